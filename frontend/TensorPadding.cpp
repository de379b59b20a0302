// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What TensorBuilder sets around a tensor.
#include "frontend/TensorBuilder.h"

using namespace mlir;
using namespace gan;
using namespace gan::frontend;

Tensor TensorBuilder::flip(Tensor x, ArrayRef<int64_t> dims) {
  return {
      FlipOp::create(builder, loc, x.value, builder.getDenseI64ArrayAttr(dims)),
      x.batched};
}

TensorBuilder::Result TensorBuilder::padByZeros(Tensor x,
                                                const Padding &padding) {
  x = toReal(x);
  SmallVector<int64_t> shape(x.getShape()), before(shape.size(), 0);
  int64_t shift = x.batched ? 1 : 0;
  for (size_t k = 0; k < padding.low.size(); ++k) {
    before[k + shift] = padding.low[k];
    shape[k + shift] += padding.low[k] + padding.high[k];
  }
  if (!fits(shape))
    return std::nullopt;
  return Tensor{PadOp::create(builder, loc, typeLike(x, shape), x.value,
                              builder.getDenseI64ArrayAttr(before)),
                x.batched};
}

// Chosen, not added: the value may be infinite.
TensorBuilder::Result
TensorBuilder::padByValue(Tensor x, const Padding &padding, double value) {
  SmallVector<int64_t> extents(x.getItemShape());
  for (auto [extent, low, high] :
       llvm::zip_equal(extents, padding.low, padding.high))
    extent = low + high == 0 ? 1 : extent;
  Result padded = padByZeros(x, padding),
         inside = padByZeros(constant(1, extents), padding);
  if (!padded || !inside)
    return std::nullopt;
  Result isInside = compare(ComparePredicate::NE, *inside, constant(0));
  return select(*isInside, *padded, constant(value));
}

// Axis by axis, so that corners are edges of edges. `edge(x, axis, n, isFront)`
// gives the n elements of item axis `axis` that go in front or behind.
template <typename Edge>
static TensorBuilder::Result surround(TensorBuilder &builder, Tensor x,
                                      const TensorBuilder::Padding &padding,
                                      Edge edge) {
  TensorBuilder::Result y = x;
  for (size_t axis = 0; y && axis < padding.low.size(); ++axis) {
    SmallVector<Tensor> parts;
    if (padding.low[axis] > 0)
      parts.push_back(edge(*y, axis, padding.low[axis], /*isFront=*/true));
    parts.push_back(*y);
    if (padding.high[axis] > 0)
      parts.push_back(edge(*y, axis, padding.high[axis], /*isFront=*/false));
    if (parts.size() > 1)
      y = builder.concat(parts, axis, /*overBatch=*/false);
  }
  return y;
}

TensorBuilder::Result TensorBuilder::padByReflection(Tensor x,
                                                     const Padding &padding) {
  for (auto [axis, extent] : llvm::enumerate(x.getItemShape())) {
    int64_t most = std::max(padding.low[axis], padding.high[axis]);
    if (most < extent)
      continue;
    site.error("a reflection by ")
        << most << " needs more than " << most << " elements, but axis " << axis
        << " of " << describe(x) << " has " << extent;
    return std::nullopt;
  }
  return surround(*this, toReal(x), padding,
                  [&](Tensor y, int64_t axis, int64_t n, bool isFront) {
                    int64_t dim = axis + (y.batched ? 1 : 0);
                    int64_t from = isFront ? 1 : y.getShape()[dim] - 1 - n;
                    return flip(slice(y, dim, from, n), {dim});
                  });
}

TensorBuilder::Result TensorBuilder::padByReplication(Tensor x,
                                                      const Padding &padding) {
  return surround(*this, toReal(x), padding,
                  [&](Tensor y, int64_t axis, int64_t n, bool isFront) {
                    int64_t dim = axis + (y.batched ? 1 : 0);
                    int64_t from = isFront ? 0 : y.getShape()[dim] - 1;
                    SmallVector<int64_t> shape(y.getItemShape());
                    shape[axis] = n;
                    return *broadcast(slice(y, dim, from, 1), shape,
                                      y.getBatch());
                  });
}

TensorBuilder::Result TensorBuilder::pad(Tensor x, const Padding &padding,
                                         PadMode mode, double value) {
  switch (mode) {
  case PadMode::Zeros:
    return padByZeros(x, padding);
  case PadMode::Constant:
    return padByValue(x, padding, value);
  case PadMode::Reflect:
    return padByReflection(x, padding);
  case PadMode::Replicate:
    return padByReplication(x, padding);
  }
  llvm_unreachable("pad modes are a closed set");
}
