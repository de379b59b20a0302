// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Goes through a step once, producers first, and decides for each op what
// shards hold of its result: a part along one axis, addends of a sum over
// shards, or all of it.
#include "passes/shard/Sharder.h"

#include "dialect/Arithmetic.h"
#include "dialect/Shards.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace gan;

static RankedTensorType typeOf(Value value) {
  return cast<RankedTensorType>(value.getType());
}

RankedTensorType Sharder::cutType(Type type, int64_t axis) const {
  auto tensor = cast<RankedTensorType>(type);
  SmallVector<int64_t> shape(tensor.getShape());
  shape[axis] /= shards;
  return tensor.clone(shape);
}

std::optional<int64_t> Sharder::homeOf(Value old) const {
  return held.find(old)->second.home;
}

bool Sharder::isAddend(Value old) const {
  const Held &forms = held.find(old)->second;
  return forms.addend && !forms.whole;
}

// `op` once more, on other operands.
Value Sharder::copy(Operation *op, ArrayRef<Value> operands, Type type) {
  Operation *made = op->cloneWithoutRegions();
  made->setOperands(operands);
  made->getResult(0).setType(type);
  builder.insert(made);
  return made->getResult(0);
}

Value Sharder::gather(Value value) {
  RankedTensorType type = typeOf(value);
  SmallVector<int64_t> shape = {shards};
  llvm::append_range(shape, type.getShape());
  return AllGatherOp::create(builder, value.getLoc(),
                             TypeRange(type.clone(shape)), value)
      .getYs()
      .front();
}

// From addends by their sum in the order of shards; from parts along axis k by
// [n, .., d_k / n, ..] -> [.., n, d_k / n, ..] -> [.., d_k, ..].
Value Sharder::whole(Value old) {
  Held &forms = held[old];
  if (forms.whole)
    return forms.whole;
  Location loc = old.getLoc();
  if (forms.addend) {
    auto inOrder = OrderAttr::get(builder.getContext(), 1, 1);
    return forms.whole =
               SumOp::create(builder, loc, old.getType(), gather(forms.addend),
                             ArrayRef<int64_t>(0), inOrder);
  }
  int64_t axis = *forms.home;
  Value all = gather(forms.cuts[axis]);
  SmallVector<int64_t> permutation =
      llvm::to_vector(llvm::seq<int64_t>(1, axis + 1));
  permutation.push_back(0);
  llvm::append_range(permutation,
                     llvm::seq<int64_t>(axis + 1, typeOf(all).getRank()));
  if (axis > 0) {
    SmallVector<int64_t> shape;
    for (int64_t from : permutation)
      shape.push_back(typeOf(all).getDimSize(from));
    all = TransposeOp::create(builder, loc, typeOf(all).clone(shape), all,
                              permutation);
  }
  return forms.whole = ReshapeOp::create(builder, loc, old.getType(), all);
}

Value Sharder::cut(Value old, int64_t axis) {
  if (auto found = held[old].cuts.find(axis); found != held[old].cuts.end())
    return found->second;
  Value value = cutAnew(old, axis);
  return held[old].cuts[axis] = value;
}

// What all shards hold is cut where that is cheapest: constants and broadcasts
// are smaller from the start, and what is computed of them element by element.
Value Sharder::cutAnew(Value old, int64_t axis) {
  Operation *op = old.getDefiningOp();
  Location loc = old.getLoc();
  RankedTensorType type = cutType(old.getType(), axis);
  if (op && !homeOf(old)) {
    if (auto constant = dyn_cast<ConstantOp>(op))
      if (auto splat = dyn_cast<SplatElementsAttr>(constant.getValue()))
        return ConstantOp::create(
            builder, loc, type,
            cast<ElementsAttr>(DenseElementsAttr(splat.resizeSplat(type))));
    if (auto broadcast = dyn_cast<BroadcastOp>(op)) {
      const auto *from = llvm::find(broadcast.getDims(), axis);
      Value x = from == broadcast.getDims().end()
                    ? whole(broadcast.getX())
                    : cut(broadcast.getX(), from - broadcast.getDims().begin());
      return copy(op, x, type);
    }
    if (auto transpose = dyn_cast<TransposeOp>(op))
      return copy(op, cut(transpose.getX(), transpose.getPermutation()[axis]),
                  type);
    if (op->hasTrait<OpTrait::Elementwise>()) {
      SmallVector<Value> operands;
      for (Value operand : op->getOperands())
        operands.push_back(cut(operand, axis));
      return copy(op, operands, type);
    }
  }
  return ShardOp::create(builder, loc, type, whole(old), number, axis);
}

bool Sharder::holdCut(Operation *op, int64_t axis, Value value) {
  Held &forms = held[op->getResult(0)];
  forms.cuts[axis] = value;
  forms.home = axis;
  return true;
}

bool Sharder::holdAddend(Operation *op, Value value) {
  held[op->getResult(0)].addend = value;
  return true;
}

// ---- ops by family: true where the op works on parts or addends

bool Sharder::visitElementwise(Operation *op) {
  std::optional<int64_t> axis;
  for (Value operand : op->getOperands())
    if (!axis)
      axis = homeOf(operand);
  Type type = op->getResult(0).getType();
  SmallVector<Value> operands;
  if (axis) {
    for (Value operand : op->getOperands())
      operands.push_back(cut(operand, *axis));
    auto element = cast<RankedTensorType>(type);
    return holdCut(op, *axis, copy(op, operands, cutType(element, *axis)));
  }
  // A sum of sums over shards is a sum over shards.
  bool isLinear = isa<AddOp, SubOp, NegOp>(op) &&
                  llvm::all_of(op->getOperands(),
                               [&](Value value) { return isAddend(value); });
  if (!isLinear)
    return false;
  for (Value operand : op->getOperands())
    operands.push_back(held[operand].addend);
  return holdAddend(op, copy(op, operands, type));
}

bool Sharder::visitBroadcast(BroadcastOp op) {
  std::optional<int64_t> home = homeOf(op.getX());
  if (!home)
    return false;
  int64_t axis = op.getDims()[*home];
  return holdCut(op, axis,
                 copy(op, cut(op.getX(), *home), cutType(op.getType(), axis)));
}

bool Sharder::visitTranspose(TransposeOp op) {
  if (isAddend(op.getX()))
    return holdAddend(op, copy(op, held[op.getX()].addend, op.getType()));
  std::optional<int64_t> home = homeOf(op.getX());
  if (!home)
    return false;
  int64_t axis =
      llvm::find(op.getPermutation(), *home) - op.getPermutation().begin();
  return holdCut(op, axis,
                 copy(op, cut(op.getX(), *home), cutType(op.getType(), axis)));
}

// A part along axis k is every n-th of the runs that the axes from k on make.
// The same runs are those of axis j of the result where as many elements lie
// before both; a part of a run is one along j if `shards` divides its extent.
bool Sharder::visitReshape(ReshapeOp op) {
  if (isAddend(op.getX()))
    return holdAddend(op, copy(op, held[op.getX()].addend, op.getType()));
  std::optional<int64_t> home = homeOf(op.getX());
  if (!home)
    return false;
  int64_t runs = 1, before = 1;
  for (int64_t extent : typeOf(op.getX()).getShape().take_front(*home))
    runs *= extent;
  for (auto [axis, extent] : llvm::enumerate(op.getType().getShape())) {
    if (before == runs && extent % shards == 0)
      return holdCut(
          op, axis,
          copy(op, cut(op.getX(), *home), cutType(op.getType(), axis)));
    before *= extent;
  }
  return false;
}

// The axis that `axis` is when `dropped` are gone.
static int64_t axisWithout(int64_t axis, ArrayRef<int64_t> dropped) {
  return axis - llvm::count_if(dropped, [&](int64_t d) { return d < axis; });
}

bool Sharder::visitSum(SumOp op) {
  if (isAddend(op.getX()))
    return holdAddend(op, copy(op, held[op.getX()].addend, op.getType()));
  std::optional<int64_t> home = homeOf(op.getX());
  if (!home)
    return false;
  if (llvm::is_contained(op.getDims(), *home))
    return holdAddend(op, copy(op, cut(op.getX(), *home), op.getType()));
  int64_t axis = axisWithout(*home, op.getDims());
  return holdCut(op, axis,
                 copy(op, cut(op.getX(), *home), cutType(op.getType(), axis)));
}

// Ops of one operand that leave the axis of the parts alone, if they do.
bool Sharder::visitWindow(Operation *op) {
  std::optional<int64_t> home = homeOf(op->getOperand(0));
  if (!home)
    return false;
  int64_t axis = *home, extent = typeOf(op->getOperand(0)).getDimSize(axis);
  bool isKept = true;
  if (auto argmax = dyn_cast<ArgmaxOp>(op)) {
    isKept = !llvm::is_contained(argmax.getDims(), axis);
    axis = axisWithout(axis, argmax.getDims());
  } else if (auto flip = dyn_cast<FlipOp>(op)) {
    isKept = !llvm::is_contained(flip.getDims(), axis);
  } else {
    isKept = typeOf(op->getResult(0)).getDimSize(axis) == extent;
  }
  return isKept && holdCut(op, axis,
                           copy(op, cut(op->getOperand(0), *home),
                                cutType(op->getResult(0).getType(), axis)));
}

bool Sharder::visitConcat(ConcatOp op) {
  std::optional<int64_t> axis;
  for (Value x : op.getXs())
    if (!axis)
      axis = homeOf(x);
  if (!axis || *axis == static_cast<int64_t>(op.getDim()))
    return false;
  SmallVector<Value> xs;
  for (Value x : op.getXs())
    xs.push_back(cut(x, *axis));
  return holdCut(op, *axis, copy(op, xs, cutType(op.getType(), *axis)));
}

// y[m, n] = sum_k A[m, k] B[k, n], or one such for each index of an axis before
// these: cut along that, along m or n, or addends where k is cut.
bool Sharder::visitMatmul(MatmulOp op) {
  int64_t first = op.getType().getRank() - 2; // the axis of rows
  int64_t m = first + op.getTransposeA(), aK = first + !op.getTransposeA();
  int64_t n = first + !op.getTransposeB(), bK = first + op.getTransposeB();
  std::optional<int64_t> a = homeOf(op.getA()), b = homeOf(op.getB());
  Type type = op.getType();
  if (first == 1 && (a == 0 || b == 0))
    return holdCut(
        op, 0,
        copy(op, {cut(op.getA(), 0), cut(op.getB(), 0)}, cutType(type, 0)));
  if (a == aK || b == bK)
    return holdAddend(op,
                      copy(op, {cut(op.getA(), aK), cut(op.getB(), bK)}, type));
  if (a == m)
    return holdCut(
        op, first,
        copy(op, {cut(op.getA(), m), whole(op.getB())}, cutType(type, first)));
  if (b == n)
    return holdCut(op, first + 1,
                   copy(op, {whole(op.getA()), cut(op.getB(), n)},
                        cutType(type, first + 1)));
  return false;
}

// Convolutions by a filter, and ops on matrices along axis 0: each index of
// axis 0 of the first operand by itself.
bool Sharder::visitBatched(Operation *op) {
  bool isBatch = isContraction(op) || typeOf(op->getOperand(0)).getRank() == 3;
  if (!isBatch || homeOf(op->getOperand(0)) != 0)
    return false;
  SmallVector<Value> operands = {cut(op->getOperand(0), 0)};
  for (Value operand : op->getOperands().drop_front())
    operands.push_back(whole(operand));
  return holdCut(op, 0,
                 copy(op, operands, cutType(op->getResult(0).getType(), 0)));
}

bool Sharder::visitWeightGrad(Conv2dWeightGradOp op) {
  if (homeOf(op.getX()) != 0 && homeOf(op.getDy()) != 0)
    return false;
  return holdAddend(
      op, copy(op, {cut(op.getX(), 0), cut(op.getDy(), 0)}, op.getType()));
}

// A number depends on its place among all samples. The kernel computes those of
// the part alone.
bool Sharder::visitRandom(RandomOp op) {
  if (op.getPlain() || op.getType().getDimSize(0) % shards != 0)
    return false;
  Value all = copy(op, held[op.getKey()].whole, op.getType());
  held[op].whole = all;
  return holdCut(op, 0,
                 ShardOp::create(builder, op.getLoc(), cutType(op.getType(), 0),
                                 all, number, 0));
}

bool Sharder::visitCut(Operation *op) {
  if (op->hasTrait<OpTrait::Elementwise>())
    return visitElementwise(op);
  return TypeSwitch<Operation *, bool>(op)
      .Case([&](BroadcastOp op) { return visitBroadcast(op); })
      .Case([&](TransposeOp op) { return visitTranspose(op); })
      .Case([&](ReshapeOp op) { return visitReshape(op); })
      .Case([&](SumOp op) { return visitSum(op); })
      .Case<SliceOp, PadOp, FlipOp, ArgmaxOp>(
          [&](auto op) { return visitWindow(op); })
      .Case([&](ConcatOp op) { return visitConcat(op); })
      .Case([&](MatmulOp op) { return visitMatmul(op); })
      .Case<Conv2dOp, Conv2dInputGradOp, InverseOp, LogdetOp>(
          [&](auto op) { return visitBatched(op); })
      .Case([&](Conv2dWeightGradOp op) { return visitWeightGrad(op); })
      .Case([&](RandomOp op) { return visitRandom(op); })
      .Default([](Operation *) { return false; });
}

void Sharder::visit(Operation *op) {
  builder.setInsertionPoint(op);
  if (visitCut(op))
    return;
  SmallVector<Value> operands;
  for (Value operand : op->getOperands())
    operands.push_back(whole(operand));
  held[op->getResult(0)].whole = copy(op, operands, op->getResult(0).getType());
}

// Behind each data stands the shard's part of it, which takes its place when
// all has been rewritten.
void Sharder::cutArguments() {
  SmallVector<BlockArgument> old(block.getArguments());
  for (BlockArgument argument : old) {
    Held &forms = held[argument];
    unsigned index = argument.getArgNumber();
    if (!function.getArgAttr(index, "gan.data")) {
      forms.whole = argument;
      continue;
    }
    (void)function.insertArgument(index + 1, cutType(argument.getType(), 0),
                                  function.getArgAttrDict(index),
                                  argument.getLoc());
    forms.cuts[0] = block.getArgument(index + 1);
    forms.home = 0;
    data.push_back(argument);
  }
  unsigned last = function.getNumArguments();
  Builder attributes(function.getContext());
  (void)function.insertArgument(
      last, RankedTensorType::get({}, attributes.getI64Type()),
      attributes.getDictionaryAttr(
          attributes.getNamedAttr(shardAttribute, attributes.getUnitAttr())),
      function.getLoc());
  number = block.getArgument(last);
}

// Takes away what nobody needs any more.
void Sharder::dropArguments() {
  bool isCut = !data.empty() || !number.use_empty();
  if (number.use_empty())
    (void)function.eraseArgument(function.getNumArguments() - 1);
  for (BlockArgument argument : llvm::reverse(data))
    (void)function.eraseArgument(argument.getArgNumber());
  if (isCut)
    function->setAttr(
        shardsAttribute,
        IntegerAttr::get(IntegerType::get(function.getContext(), 64), shards));
}

void Sharder::run() {
  SmallVector<Operation *> old;
  for (Operation &op : block.without_terminator())
    old.push_back(&op);
  cutArguments();
  for (Operation *op : old)
    visit(op);
  builder.setInsertionPoint(block.getTerminator());
  for (OpOperand &operand : block.getTerminator()->getOpOperands())
    operand.set(whole(operand.get()));
  for (Operation *op : llvm::reverse(old))
    op->erase();
  dropArguments();
}
