// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "frontend/TensorBuilder.h"

#include "mlir/IR/Matchers.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace gan;
using namespace gan::frontend;

RankedTensorType TensorBuilder::typeLike(Tensor x, ArrayRef<int64_t> shape) {
  return RankedTensorType::get(shape, x.getType().getElementType());
}

bool TensorBuilder::fits(ArrayRef<int64_t> shape, const Site &site) {
  int64_t count = 1;
  for (int64_t extent : shape)
    if (__builtin_mul_overflow(count, extent, &count) || count > mostElements) {
      site.error("a tensor ") << describeShape(shape) << " has more than the "
                              << mostElements << " elements that one may have";
      return false;
    }
  return true;
}

Tensor TensorBuilder::constant(double number, ArrayRef<int64_t> shape) {
  auto type = RankedTensorType::get(shape, builder.getF64Type());
  return {
      ConstantOp::create(builder, loc, DenseElementsAttr::get(type, number))};
}

// Appends the numbers of nested lists row by row; false if they are ragged or
// hold anything else.
static bool collectNumbers(const List &list, size_t depth,
                           SmallVectorImpl<int64_t> &shape,
                           SmallVectorImpl<double> &numbers) {
  int64_t extent = list.items.size();
  if (depth == shape.size())
    shape.push_back(extent);
  if (shape[depth] != extent)
    return false;
  return llvm::all_of(list.items, [&](const frontend::Value &item) {
    if (const auto *row = item.getIf<const List *>())
      return collectNumbers(**row, depth + 1, shape, numbers);
    std::optional<double> number = item.getNumber();
    if (!number || depth + 1 != shape.size())
      return false;
    numbers.push_back(*number);
    return true;
  });
}

TensorBuilder::Result TensorBuilder::constant(const List &list) {
  SmallVector<int64_t> shape;
  SmallVector<double> numbers;
  if (!collectNumbers(list, 0, shape, numbers) || numbers.empty()) {
    site.error("expected a tensor, but this list is not one of numbers");
    return std::nullopt;
  }
  auto type = RankedTensorType::get(shape, builder.getF64Type());
  return Tensor{ConstantOp::create(
      builder, loc, DenseElementsAttr::get(type, ArrayRef<double>(numbers)))};
}

Tensor TensorBuilder::toReal(Tensor x) {
  if (x.isReal())
    return x;
  auto type = RankedTensorType::get(x.getShape(), builder.getF64Type());
  return {CastOp::create(builder, loc, type, x.value), x.batched};
}

// The shape both stretch to, or nothing.
static std::optional<SmallVector<int64_t>> joinShapes(ArrayRef<int64_t> a,
                                                      ArrayRef<int64_t> b) {
  if (a.empty() || b.empty())
    return SmallVector<int64_t>(a.empty() ? b : a);
  if (a.size() != b.size())
    return std::nullopt;
  SmallVector<int64_t> joined;
  for (auto [x, y] : llvm::zip_equal(a, b)) {
    if (x != y && x != 1 && y != 1)
      return std::nullopt;
    joined.push_back(x == 1 ? y : x);
  }
  return joined;
}

bool TensorBuilder::align(MutableArrayRef<Tensor> operands) {
  SmallVector<int64_t> shape;
  std::optional<int64_t> batch;
  for (Tensor operand : operands) {
    auto joined = joinShapes(shape, operand.getItemShape());
    if (!joined) {
      site.error("shapes ") << describe(operands.front()) << " and "
                            << describe(operand) << " do not meet";
      return false;
    }
    shape = *joined;
    std::optional<int64_t> other = operand.getBatch();
    if (batch && other && *batch != *other) {
      site.error("batches of ")
          << *batch << " and " << *other << " samples do not meet";
      return false;
    }
    batch = batch ? batch : other;
  }
  for (Tensor &operand : operands) {
    Result wide = broadcast(operand, shape, batch);
    if (!wide)
      return false;
    operand = *wide;
  }
  return true;
}

TensorBuilder::Result TensorBuilder::broadcast(Tensor x,
                                               ArrayRef<int64_t> itemShape,
                                               std::optional<int64_t> batch) {
  auto joined = joinShapes(x.getItemShape(), itemShape);
  if (!joined || ArrayRef<int64_t>(*joined) != itemShape) {
    site.error("") << describe(x) << " cannot be stretched to "
                   << describeShape(itemShape);
    return std::nullopt;
  }
  SmallVector<int64_t> shape(itemShape);
  if (batch)
    shape.insert(shape.begin(), *batch);
  if (ArrayRef<int64_t>(shape) == x.getShape() &&
      x.batched == batch.has_value())
    return x;
  if (!fits(shape))
    return std::nullopt;
  Type type = typeLike(x, shape);
  DenseElementsAttr splat;
  if (matchPattern(x.value, m_Constant(&splat)) && splat.isSplat()) {
    auto wide = splat.resizeSplat(cast<ShapedType>(type));
    return Tensor{ConstantOp::create(builder, loc, wide), batch.has_value()};
  }
  // An axis of extent 1 that stretches disappears first: broadcast only adds
  // axes.
  int64_t shift = batch ? 1 : 0;
  SmallVector<int64_t> kept, dims;
  if (x.batched) {
    kept.push_back(*batch);
    dims.push_back(0);
  }
  for (auto [axis, extent] : llvm::enumerate(x.getItemShape()))
    if (extent == itemShape[axis]) {
      kept.push_back(extent);
      dims.push_back(axis + shift);
    }
  Tensor narrow = reshapeWhole(x, kept, x.batched);
  if (ArrayRef<int64_t>(kept) == ArrayRef<int64_t>(shape))
    return Tensor{narrow.value, batch.has_value()};
  return Tensor{BroadcastOp::create(builder, loc, type, narrow.value,
                                    builder.getDenseI64ArrayAttr(dims)),
                batch.has_value()};
}

TensorBuilder::Result TensorBuilder::compare(ComparePredicate predicate,
                                             Tensor a, Tensor b) {
  Tensor operands[] = {a, b};
  if (a.getType().getElementType() != b.getType().getElementType())
    for (Tensor &operand : operands)
      operand = toReal(operand);
  if (!align(operands))
    return std::nullopt;
  auto type =
      RankedTensorType::get(operands[0].getShape(), builder.getI1Type());
  return Tensor{CompareOp::create(builder, loc, type, predicate,
                                  operands[0].value, operands[1].value),
                operands[0].batched};
}

TensorBuilder::Result TensorBuilder::select(Tensor condition, Tensor a,
                                            Tensor b) {
  if (!condition.isBool())
    condition = *compare(ComparePredicate::NE, condition, constant(0));
  Tensor operands[] = {condition, toReal(a), toReal(b)};
  if (!align(operands))
    return std::nullopt;
  return Tensor{SelectOp::create(builder, loc, operands[1].getType(),
                                 operands[0].value, operands[1].value,
                                 operands[2].value),
                operands[0].batched};
}

TensorBuilder::Result TensorBuilder::power(Tensor base, Tensor exponent) {
  return binary<PowOp>(base, exponent);
}

// By squaring: exact for any sign of the base.
Tensor TensorBuilder::power(Tensor base, int64_t exponent) {
  base = toReal(base);
  if (exponent == 0)
    return *broadcast(constant(1), base.getItemShape(), base.getBatch());
  if (exponent < 0)
    return *binary<DivOp>(constant(1), power(base, -exponent));
  if (exponent == 1)
    return base;
  Tensor half = power(base, exponent / 2);
  Tensor square = *binary<MulOp>(half, half);
  return exponent % 2 ? *binary<MulOp>(square, base) : square;
}

int64_t TensorBuilder::count(const Tensor &x, const Axes &axes) {
  int64_t n = axes.batch ? x.getShape().front() : 1;
  for (int64_t axis : axes.item)
    n *= x.getItemShape()[axis];
  return n;
}

TensorBuilder::Reduced TensorBuilder::reduce(const Tensor &x,
                                             const Axes &axes) {
  int64_t shift = x.batched ? 1 : 0;
  Reduced reduced;
  reduced.batched = x.batched && !axes.batch;
  if (axes.batch)
    reduced.dims.push_back(0);
  for (int64_t axis : axes.item)
    reduced.dims.push_back(axis + shift);
  for (auto [index, extent] : llvm::enumerate(x.getShape())) {
    auto dim = static_cast<int64_t>(index);
    bool isGone = llvm::is_contained(reduced.dims, dim);
    if (!isGone)
      reduced.shape.push_back(extent);
    if (!isGone || dim >= shift)
      reduced.kept.push_back(isGone ? 1 : extent);
  }
  return reduced;
}

Tensor TensorBuilder::sum(Tensor x, const Axes &axes, bool keep) {
  x = toReal(x);
  Reduced reduced = reduce(x, axes);
  Tensor y = x;
  if (!reduced.dims.empty())
    y = {SumOp::create(builder, loc, typeLike(x, reduced.shape), x.value,
                       builder.getDenseI64ArrayAttr(reduced.dims),
                       /*order=*/OrderAttr()),
         reduced.batched};
  return keep ? reshapeWhole(y, reduced.kept, reduced.batched) : y;
}

Tensor TensorBuilder::mean(Tensor x, const Axes &axes, bool keep) {
  double share = 1.0 / static_cast<double>(count(x, axes));
  return *binary<MulOp>(sum(x, axes, keep), constant(share));
}

Tensor TensorBuilder::variance(Tensor x, const Axes &axes, bool keep) {
  x = toReal(x);
  Tensor centre = mean(x, axes, /*keep=*/true);
  Tensor difference = *binary<SubOp>(x, centre);
  return mean(*binary<MulOp>(difference, difference), axes, keep);
}
