// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The half of TensorBuilder that moves elements and contracts.
#include "frontend/TensorBuilder.h"

#include "dialect/ShapeRules.h"

#include "llvm/ADT/STLExtras.h"

#include <limits>

using namespace mlir;
using namespace gan;
using namespace gan::frontend;

// INT64_MAX where it does not fit.
static int64_t product(ArrayRef<int64_t> extents) {
  int64_t result = 1;
  for (int64_t extent : extents)
    if (__builtin_mul_overflow(result, extent, &result))
      return std::numeric_limits<int64_t>::max();
  return result;
}

Tensor TensorBuilder::reshapeWhole(Tensor x, ArrayRef<int64_t> shape,
                                   bool batched) {
  if (x.getShape() == shape)
    return {x.value, batched};
  return {ReshapeOp::create(builder, loc, typeLike(x, shape), x.value),
          batched};
}

TensorBuilder::Result TensorBuilder::reshape(Tensor x,
                                             ArrayRef<int64_t> target) {
  SmallVector<int64_t> shape(target);
  int64_t have = product(x.getItemShape());
  auto *open = llvm::find(shape, -1);
  if (open != shape.end()) {
    *open = 1;
    int64_t rest = product(shape);
    *open = rest > 0 && have % rest == 0 ? have / rest : -1;
  }
  int64_t need = product(shape);
  if (need != have || llvm::any_of(shape, [](int64_t n) { return n < 0; })) {
    InFlightDiagnostic error = site.error("reshape to ");
    error << describeShape(target) << " needs ";
    if (open != shape.end())
      error << "a multiple of " << -need << " values";
    else
      error << need << (need == 1 ? " value" : " values");
    error << (x.batched ? " per sample" : "") << ", but "
          << describeShape(x.getItemShape()) << " has " << have;
    site.noteOrigin(error, x.value);
    return std::nullopt;
  }
  if (x.batched)
    shape.insert(shape.begin(), *x.getBatch());
  return reshapeWhole(x, shape, x.batched);
}

Tensor TensorBuilder::permute(Tensor x, ArrayRef<int64_t> permutation) {
  SmallVector<int64_t> shape;
  for (int64_t axis : permutation)
    shape.push_back(x.getShape()[axis]);
  return {TransposeOp::create(builder, loc, typeLike(x, shape), x.value,
                              builder.getDenseI64ArrayAttr(permutation)),
          x.batched};
}

Tensor TensorBuilder::slice(Tensor x, int64_t axis, int64_t offset,
                            int64_t extent) {
  SmallVector<int64_t> shape(x.getShape()), offsets(shape.size(), 0);
  shape[axis] = extent;
  offsets[axis] = offset;
  return {SliceOp::create(builder, loc, typeLike(x, shape), x.value,
                          builder.getDenseI64ArrayAttr(offsets)),
          x.batched};
}

TensorBuilder::Result TensorBuilder::concat(ArrayRef<Tensor> xs, int64_t axis,
                                            bool overBatch) {
  SmallVector<Tensor> operands(xs);
  std::optional<int64_t> batch;
  for (Tensor x : xs)
    batch = batch ? batch : x.getBatch();
  SmallVector<mlir::Value> values;
  SmallVector<int64_t> shape;
  int64_t dim = overBatch ? 0 : axis + (batch ? 1 : 0);
  bool isAlike = llvm::all_of(xs, [&](Tensor x) {
    return x.getType().getElementType() ==
           xs.front().getType().getElementType();
  });
  for (Tensor &x : operands) {
    x = isAlike ? x : toReal(x);
    if (!overBatch && batch && !x.batched) {
      Result wide = broadcast(x, x.getItemShape(), batch);
      if (!wide)
        return std::nullopt;
      x = *wide;
    }
    SmallVector<int64_t> extents(x.getShape());
    bool fits = x.batched == batch.has_value() &&
                (shape.empty() || shape.size() == extents.size()) &&
                dim < static_cast<int64_t>(extents.size());
    for (size_t k = 0; fits && k < shape.size(); ++k)
      fits = static_cast<int64_t>(k) == dim || shape[k] == extents[k];
    if (!fits) {
      site.error("concat of ")
          << describe(xs.front()) << " and " << describe(x)
          << (overBatch ? " over: batch" : " over: " + std::to_string(axis))
          << " does not meet on the other axes";
      return std::nullopt;
    }
    if (shape.empty())
      shape = extents;
    else
      shape[dim] += extents[dim];
    values.push_back(x.value);
  }
  if (!fits(shape))
    return std::nullopt;
  return Tensor{ConcatOp::create(builder, loc,
                                 typeLike(operands.front(), shape), values,
                                 dim),
                batch.has_value()};
}

// The product of two matrices, or of each pair of two batches of them, all axes
// of the types counted.
Tensor TensorBuilder::multiply(Tensor a, Tensor b, bool transposeB) {
  SmallVector<int64_t> shape(a.getShape());
  shape.back() = b.getShape()[shape.size() - (transposeB ? 2 : 1)];
  return {MatmulOp::create(builder, loc, typeLike(a, shape), a.value, b.value,
                           /*transpose_a=*/UnitAttr(),
                           transposeB ? builder.getUnitAttr() : UnitAttr(),
                           OrderAttr()),
          a.batched || b.batched};
}

// [k] x [k, n], [m, k] x [k] and [m, k] x [k, n] per sample.
//   plain b:         all rows of all samples at once, (a b)
//   both batched:    a product for every sample
//   only b batched:  all columns of all samples at once, (b^T a^T)^T
TensorBuilder::Result TensorBuilder::matmul(Tensor a, Tensor b) {
  a = toReal(a);
  b = toReal(b);
  ArrayRef<int64_t> left = a.getItemShape(), right = b.getItemShape();
  bool legal = left.size() >= 1 && left.size() <= 2 && right.size() >= 1 &&
               right.size() <= 2 && left.size() + right.size() > 2 &&
               left.back() == right.front();
  if (!legal) {
    site.error("matmul of ") << describe(a) << " and " << describe(b)
                             << " needs equal inner extents";
    return std::nullopt;
  }
  int64_t m = left.size() == 2 ? left[0] : 1, k = left.back(),
          n = right.size() == 2 ? right[1] : 1;
  SmallVector<int64_t> whole(left.drop_back());
  whole.append(right.begin() + 1, right.end());
  bool batched = a.batched || b.batched;
  int64_t batch = a.batched ? *a.getBatch() : batched ? *b.getBatch() : 1;
  if (batched)
    whole.insert(whole.begin(), batch);
  if (!fits(whole))
    return std::nullopt;
  if (!b.batched)
    return reshapeWhole(multiply(reshapeWhole(a, {batch * m, k}, a.batched),
                                 reshapeWhole(b, {k, n}, false),
                                 /*transposeB=*/false),
                        whole, batched);
  if (a.batched) {
    Tensor operands[] = {reshapeWhole(a, {batch, m, k}, true),
                         reshapeWhole(b, {*b.getBatch(), k, n}, true)};
    if (a.getBatch() != b.getBatch()) {
      site.error("batches of ")
          << batch << " and " << *b.getBatch() << " samples do not meet";
      return std::nullopt;
    }
    return reshapeWhole(
        multiply(operands[0], operands[1], /*transposeB=*/false), whole, true);
  }
  Tensor columns = permute(reshapeWhole(b, {batch, k, n}, true), {0, 2, 1});
  Tensor product = multiply(reshapeWhole(columns, {batch * n, k}, true),
                            reshapeWhole(a, {m, k}, false),
                            /*transposeB=*/true);
  Tensor transposed = reshapeWhole(product, {batch, n, m}, true);
  return reshapeWhole(permute(transposed, {0, 2, 1}), whole, true);
}

static int64_t outputExtent(int64_t in, int64_t kernel, int64_t stride,
                            int64_t padding) {
  int64_t room = in + padding - kernel;
  return room < 0 ? 0 : room / stride + 1;
}

// [.., c, h, w] to [n, h, w, c].
static Tensor toChannelsLast(TensorBuilder &builder, Tensor x) {
  if (!x.batched) {
    SmallVector<int64_t> shape(x.getShape());
    shape.insert(shape.begin(), 1);
    x = builder.reshapeWhole(x, shape, true);
  }
  return builder.permute(x, {0, 2, 3, 1});
}

static Tensor fromChannelsLast(TensorBuilder &builder, Tensor y, bool batched) {
  y = builder.permute(y, {0, 3, 1, 2});
  if (batched)
    return y;
  return builder.reshapeWhole(y, y.getShape().drop_front(), false);
}

// False after a report.
bool TensorBuilder::divideGroups(const ConvolutionGeometry &geometry, Tensor x,
                                 int64_t outputs) {
  int64_t groups = geometry.groups, inputs = x.getItemShape()[0];
  if (inputs % groups != 0) {
    InFlightDiagnostic error = site.error("groups = ");
    error << groups << " must divide the input channels, but " << describe(x)
          << " has " << inputs;
    site.noteOrigin(error, x.value);
    return false;
  }
  if (outputs % groups == 0)
    return true;
  site.error("groups = ") << groups << " must divide the output channels, but "
                          << "the filter has " << outputs;
  return false;
}

TensorBuilder::Result
TensorBuilder::convolve(Tensor x, Tensor w,
                        const ConvolutionGeometry &geometry) {
  x = toReal(x);
  ArrayRef<int64_t> in = x.getItemShape(), filter = w.getItemShape();
  bool legal = in.size() == 3 && filter.size() == 4 && !w.batched;
  if (legal && !divideGroups(geometry, x, filter[0]))
    return std::nullopt;
  if (!legal || in[0] != filter[1] * geometry.groups) {
    InFlightDiagnostic error = site.error("convolve");
    if (geometry.groups != 1)
      error << " in " << geometry.groups << " groups";
    error << " needs [c, h, w] and a filter [out, c";
    if (geometry.groups != 1)
      error << " / " << geometry.groups;
    error << ", kh, kw], but has " << describe(x) << " and " << describe(w);
    return std::nullopt;
  }
  ArrayRef<int64_t> pad = geometry.padding, stride = geometry.strides;
  int64_t height = dilatedExtent(filter[2], geometry.dilations[0]),
          width = dilatedExtent(filter[3], geometry.dilations[1]);
  int64_t p = outputExtent(in[1], height, stride[0], pad[0] + pad[1]);
  int64_t q = outputExtent(in[2], width, stride[1], pad[2] + pad[3]);
  if (p < 1 || q < 1) {
    site.error("a ") << height << " x " << width
                     << " filter does not fit into [" << in[1] + pad[0] + pad[1]
                     << ", " << in[2] + pad[2] + pad[3]
                     << "], the input with its padding";
    return std::nullopt;
  }
  Tensor image = toChannelsLast(*this, x);
  if (!fits({image.getShape()[0], filter[0], p, q}))
    return std::nullopt;
  Tensor hwio = permute(w, {2, 3, 1, 0});
  Tensor y = {Conv2dOp::create(
                  builder, loc,
                  typeLike(x, {image.getShape()[0], p, q, filter[0]}),
                  image.value, hwio.value, builder.getDenseI64ArrayAttr(stride),
                  builder.getDenseI64ArrayAttr(pad),
                  builder.getDenseI64ArrayAttr(geometry.dilations),
                  builder.getI64IntegerAttr(geometry.groups), OrderAttr(),
                  /*winograd=*/IntegerAttr()),
              true};
  return fromChannelsLast(*this, y, x.batched);
}

TensorBuilder::Result
TensorBuilder::convolveTranspose(Tensor x, Tensor w,
                                 const ConvolutionGeometry &geometry,
                                 ArrayRef<int64_t> size) {
  x = toReal(x);
  ArrayRef<int64_t> in = x.getItemShape(), filter = w.getItemShape();
  bool legal = in.size() == 3 && filter.size() == 4 && !w.batched;
  if (legal && !divideGroups(geometry, x, filter[1] * geometry.groups))
    return std::nullopt;
  if (!legal || in[0] != filter[0]) {
    site.error("convolve_transpose needs [c, h, w] and a filter [c, out, kh, "
               "kw], but has ")
        << describe(x) << " and " << describe(w);
    return std::nullopt;
  }
  ArrayRef<int64_t> pad = geometry.padding, stride = geometry.strides;
  for (int axis : {0, 1}) {
    int64_t extent = dilatedExtent(filter[2 + axis], geometry.dilations[axis]);
    int64_t back = outputExtent(size[axis], extent, stride[axis],
                                pad[2 * axis] + pad[2 * axis + 1]);
    if (size[axis] >= 1 && back == in[1 + axis])
      continue;
    site.error("convolve_transpose to extent ")
        << size[axis] << " needs an input of " << back << ", but has "
        << in[1 + axis];
    return std::nullopt;
  }
  Tensor image = toChannelsLast(*this, x);
  int64_t outputs = filter[1] * geometry.groups;
  if (!fits({image.getShape()[0], outputs, size[0], size[1]}))
    return std::nullopt;
  Tensor hwio = permute(w, {2, 3, 1, 0});
  Tensor y = {Conv2dInputGradOp::create(
                  builder, loc,
                  typeLike(x, {image.getShape()[0], size[0], size[1], outputs}),
                  image.value, hwio.value, builder.getDenseI64ArrayAttr(stride),
                  builder.getDenseI64ArrayAttr(pad),
                  builder.getDenseI64ArrayAttr(geometry.dilations),
                  builder.getI64IntegerAttr(geometry.groups), OrderAttr(),
                  /*winograd=*/IntegerAttr()),
              true};
  return fromChannelsLast(*this, y, x.batched);
}
