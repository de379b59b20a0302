// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Matrix products and convolutions, with PyTorch's geometry and TensorFlow's
// "same".
#include "frontend/Builtin.h"

using namespace mlir;
using namespace gan;

namespace gan::frontend {

namespace {

Value evaluateMatmul(BuiltinCall &call) {
  std::optional<Tensor> a = call.getTensor(0), b = call.getTensor(1);
  return a && b ? BuiltinCall::wrap(call.tensors.matmul(*a, *b)) : Value();
}

// One number for both axes, or one each.
std::optional<SmallVector<int64_t>> getPair(BuiltinCall &call, size_t index,
                                            StringRef what, int64_t least) {
  auto pair = call.getInts(index, what);
  if (!pair)
    return std::nullopt;
  if (pair->size() == 1)
    pair->push_back(pair->front());
  if (pair->size() == 2 && (*pair)[0] >= least && (*pair)[1] >= least)
    return pair;
  call.fail("'" + call.callee + "' needs one or two ints from " + Twine(least) +
            " on as " + what + ", but found " + spell(call[index]));
  return std::nullopt;
}

// The last part of TensorFlow's SAME: as many outputs as strides fit, the odd
// zero at the end.
void appendSame(int64_t in, int64_t kernel, int64_t stride,
                SmallVectorImpl<int64_t> &padding) {
  int64_t out = (in + stride - 1) / stride;
  int64_t total = std::max<int64_t>((out - 1) * stride + kernel - in, 0);
  padding.push_back(total / 2);
  padding.push_back(total - total / 2);
}

// n, [before, after], [[top, bottom], [left, right]] or "same" for an input of
// `in` (of a convolution).
std::optional<SmallVector<int64_t>> getPadding(BuiltinCall &call, size_t index,
                                               ArrayRef<int64_t> in,
                                               ArrayRef<int64_t> kernel,
                                               ArrayRef<int64_t> strides) {
  const Value &value = call[index];
  SmallVector<int64_t> padding;
  const auto *word = value.getIf<StringRef>();
  if (word && *word == "same") {
    for (int axis : {0, 1})
      appendSame(in[axis], kernel[axis], strides[axis], padding);
    return padding;
  }
  const auto *list = value.getIf<const List *>();
  bool nested = list && !(*list)->items.empty() &&
                (*list)->items.front().is<const List *>();
  for (int axis : {0, 1}) {
    const Value &part =
        nested && (*list)->items.size() == 2 ? (*list)->items[axis] : value;
    auto pair = call.getInts(part, "padding");
    if (!pair)
      return std::nullopt;
    if (pair->size() == 1)
      pair->push_back(pair->front());
    llvm::append_range(padding, *pair);
  }
  if (padding.size() == 4 &&
      llvm::all_of(padding, [](int64_t n) { return n >= 0; }))
    return padding;
  call.fail("'" + call.callee +
            "' needs n, [before, after], [[top, bottom], [left, right]] or "
            "\"same\" as padding, but found " +
            spell(value));
  return std::nullopt;
}

// Refuses what has no lowering yet.
bool isPlainConvolution(BuiltinCall &call, size_t dilation, size_t groups) {
  for (size_t index : {dilation, groups}) {
    auto numbers = call.getInts(index, index == groups ? "groups" : "dilation");
    if (!numbers)
      return false;
    if (llvm::all_of(*numbers, [](int64_t n) { return n == 1; }))
      continue;
    call.fail(index == groups ? "'groups' other than 1 is not supported yet"
                              : "'dilation' other than 1 is not supported yet");
    return false;
  }
  return true;
}

// x, w, stride, padding, dilation, groups, pad_mode.
Value evaluateConvolve(BuiltinCall &call) {
  std::optional<Tensor> x = call.getTensor(0), w = call.getTensor(1);
  auto strides = getPair(call, 2, "stride", 1);
  if (!x || !w || !strides || !isPlainConvolution(call, 4, 5))
    return Poison();
  if (call[6].getIf<StringRef>() && call[6].get<StringRef>() != "zeros")
    return call.fail("pad_mode " + spell(call[6]) + " is not supported yet");
  if (x->getItemRank() != 3 || w->getItemRank() != 4)
    return BuiltinCall::wrap(call.tensors.convolve(*x, *w, {}));
  auto padding = getPadding(call, 3, x->getItemShape().drop_front(),
                            w->getItemShape().drop_front(2), *strides);
  if (!padding)
    return Poison();
  return BuiltinCall::wrap(call.tensors.convolve(*x, *w, {*strides, *padding}));
}

// The extents of the result: `size`, or in * stride under "same", or what
// `padding` and `output_padding` give.
std::optional<SmallVector<int64_t>>
getTransposedSize(BuiltinCall &call, ArrayRef<int64_t> in,
                  ArrayRef<int64_t> kernel, ArrayRef<int64_t> strides) {
  auto size = call.getInts(5, "size");
  if (!size || size->size() == 2)
    return size;
  size->clear();
  if (const auto *word = call[3].getIf<StringRef>(); word && *word == "same") {
    for (int axis : {0, 1})
      size->push_back(in[axis] * strides[axis]);
    return size;
  }
  auto padding = getPadding(call, 3, {}, kernel, strides);
  auto extra = getPair(call, 4, "output_padding", 0);
  if (!padding || !extra)
    return std::nullopt;
  for (int axis : {0, 1})
    size->push_back((in[axis] - 1) * strides[axis] - (*padding)[2 * axis] -
                    (*padding)[2 * axis + 1] + kernel[axis] + (*extra)[axis]);
  return size;
}

// x, w, stride, padding, output_padding, size, groups, dilation.
Value evaluateConvolveTranspose(BuiltinCall &call) {
  std::optional<Tensor> x = call.getTensor(0), w = call.getTensor(1);
  auto strides = getPair(call, 2, "stride", 1);
  if (!x || !w || !strides || !isPlainConvolution(call, 7, 6))
    return Poison();
  if (x->getItemRank() != 3 || w->getItemRank() != 4)
    return BuiltinCall::wrap(call.tensors.convolveTranspose(*x, *w, {}, {}));
  ArrayRef<int64_t> in = x->getItemShape().drop_front();
  ArrayRef<int64_t> kernel = w->getItemShape().drop_front(2);
  auto size = getTransposedSize(call, in, kernel, *strides);
  if (!size)
    return Poison();
  auto padding = getPadding(call, 3, *size, kernel, *strides);
  if (!padding)
    return Poison();
  return BuiltinCall::wrap(
      call.tensors.convolveTranspose(*x, *w, {*strides, *padding}, *size));
}

constexpr Builtin table[] = {
    {"matmul", "a, b", evaluateMatmul},
    {"convolve",
     "x, w, stride = 1, padding = 0, dilation = 1, groups = 1, pad_mode = "
     "\"zeros\"",
     evaluateConvolve},
    {"convolve_transpose",
     "x, w, stride = 1, padding = 0, output_padding = 0, size = [], groups = "
     "1, dilation = 1",
     evaluateConvolveTranspose},
};

} // namespace

ArrayRef<Builtin> getContractionBuiltins() { return table; }

} // namespace gan::frontend
