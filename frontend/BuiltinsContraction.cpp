// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Matrix products and convolutions, with PyTorch's geometry and TensorFlow's
// "same".
#include "dialect/ShapeRules.h"
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

// n, [before, after] or "same" for both axes, or a list of one of these for
// each; "same" needs the extents `in` of a convolution's input.
std::optional<SmallVector<int64_t>> getPadding(BuiltinCall &call, size_t index,
                                               ArrayRef<int64_t> in,
                                               ArrayRef<int64_t> kernel,
                                               ArrayRef<int64_t> strides) {
  const Value &value = call[index];
  SmallVector<int64_t> padding;
  const auto *list = value.getIf<const List *>();
  bool nested = list && !(*list)->items.empty() &&
                (*list)->items.front().is<const List *>();
  for (int axis : {0, 1}) {
    const Value &part =
        nested && (*list)->items.size() == 2 ? (*list)->items[axis] : value;
    const auto *word = part.getIf<StringRef>();
    if (word && *word == "same" && !in.empty()) {
      appendSame(in[axis], kernel[axis], strides[axis], padding);
      continue;
    }
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

// The extents of the filter `w` over its last two axes, with the gaps between
// its taps.
SmallVector<int64_t> getKernel(const Tensor &w, ArrayRef<int64_t> dilations) {
  SmallVector<int64_t> kernel;
  for (auto [taps, dilation] :
       llvm::zip_equal(w.getItemShape().take_back(2), dilations))
    kernel.push_back(dilatedExtent(taps, dilation));
  return kernel;
}

// Everything but the padding.
std::optional<ConvolutionGeometry> getGeometry(BuiltinCall &call,
                                               size_t dilation, size_t groups) {
  auto strides = getPair(call, 2, "stride", 1);
  auto dilations = getPair(call, dilation, "dilation", 1);
  auto count = call.getInt(groups, "groups");
  if (!strides || !dilations || !count)
    return std::nullopt;
  if (*count < 1) {
    call.fail("'" + call.callee +
              "' needs an int from 1 on as groups, but "
              "found " +
              Twine(*count));
    return std::nullopt;
  }
  return ConvolutionGeometry{*strides, {}, *dilations, *count};
}

// The image with its padding, which `geometry` then no longer has: what is not
// zero has to be there.
TensorBuilder::Result padAround(BuiltinCall &call, Tensor x, PadMode mode,
                                ConvolutionGeometry &geometry) {
  ArrayRef<int64_t> around = geometry.padding;
  TensorBuilder::Padding padding{{0, around[0], around[2]},
                                 {0, around[1], around[3]}};
  geometry.padding.assign(4, 0);
  return call.tensors.pad(x, padding, mode);
}

// x, w, stride, padding, dilation, groups, pad_mode.
Value evaluateConvolve(BuiltinCall &call) {
  std::optional<Tensor> x = call.getTensor(0), w = call.getTensor(1);
  auto geometry = getGeometry(call, /*dilation=*/4, /*groups=*/5);
  if (!x || !w || !geometry)
    return Poison();
  std::optional<PadMode> mode = call.getPadMode(6);
  if (!mode)
    return Poison();
  if (x->getItemRank() == 3 && w->getItemRank() == 4) {
    auto padding =
        getPadding(call, 3, x->getItemShape().drop_front(),
                   getKernel(*w, geometry->dilations), geometry->strides);
    if (!padding)
      return Poison();
    geometry->padding = *padding;
    if (*mode != PadMode::Zeros && !(x = padAround(call, *x, *mode, *geometry)))
      return Poison();
  }
  return BuiltinCall::wrap(call.tensors.convolve(*x, *w, *geometry));
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
  auto geometry = getGeometry(call, /*dilation=*/7, /*groups=*/6);
  if (!x || !w || !geometry)
    return Poison();
  if (x->getItemRank() != 3 || w->getItemRank() != 4)
    return BuiltinCall::wrap(
        call.tensors.convolveTranspose(*x, *w, *geometry, {}));
  ArrayRef<int64_t> in = x->getItemShape().drop_front();
  SmallVector<int64_t> kernel = getKernel(*w, geometry->dilations);
  auto size = getTransposedSize(call, in, kernel, geometry->strides);
  if (!size)
    return Poison();
  auto padding = getPadding(call, 3, *size, kernel, geometry->strides);
  if (!padding)
    return Poison();
  geometry->padding = *padding;
  return BuiltinCall::wrap(
      call.tensors.convolveTranspose(*x, *w, *geometry, *size));
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
