// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Layers from [c, h, w] to [c', h', w'].
#include "test/random/Body.h"

using namespace gan::random;

// The extent that a convolution leaves.
static int64_t after(int64_t extent, int64_t kernel, int64_t stride,
                     int64_t padding) {
  return (extent + padding - kernel) / stride + 1;
}

static void addConv(Body &body) {
  int64_t channels = body.setting.width(/*small=*/4);
  int64_t most = std::min<int64_t>({body.shape[1], body.shape[2], 4});
  int64_t kernel = body.choose.between(1, most);
  int64_t stride = body.choose.chance(30) ? 2 : 1;
  int64_t low = body.choose.below(kernel), high = body.choose.below(kernel);
  bool isNormed = body.choose.chance(25);
  body.pipe(text("conv({0}, {1}, stride: {2}, padding: [{3}, {4}]{5}){6}",
                 channels, kernel, stride, low, high,
                 layerOptions(body.choose, isNormed), body.label()) +
            (isNormed ? " |> batch_norm(eps: 1e-3)" : "") +
            (body.choose.chance(75) ? activation(body.choose) : ""));
  body.shape = {channels, after(body.shape[1], kernel, stride, low + high),
                after(body.shape[2], kernel, stride, low + high)};
}

static void addSame(Body &body) {
  int64_t channels = body.setting.width(/*small=*/4);
  int64_t kernel = body.choose.between(1, 3);
  int64_t stride = body.choose.chance(40) ? 2 : 1;
  body.pipe(text("conv({0}, {1}, stride: {2}, padding: \"same\"{3})", channels,
                 kernel, stride, layerOptions(body.choose)));
  body.shape = {channels, (body.shape[1] + stride - 1) / stride,
                (body.shape[2] + stride - 1) / stride};
}

// Other numbers for the two axes.
static void addUneven(Body &body) {
  int64_t channels = body.setting.width(/*small=*/3);
  int64_t top = body.choose.below(3), left = body.choose.below(3);
  body.pipe(
      text("conv({0}, 2, stride: [1, 2], padding: [[{1}, 0], [{2}, 1]]{3})",
           channels, top, left, layerOptions(body.choose)));
  body.shape = {channels, after(body.shape[1], 2, 1, top),
                after(body.shape[2], 2, 2, left + 1)};
}

static void addTransposedConv(Body &body) {
  int64_t channels = body.setting.width(/*small=*/3);
  int64_t stride = body.choose.between(1, 2);
  int64_t kernel = body.choose.between(stride, 4);
  int64_t padding = body.choose.below((kernel + 1) / 2);
  int64_t extra = stride == 2 ? body.choose.below(2) : 0;
  auto grown = [&](int64_t extent) {
    return (extent - 1) * stride - 2 * padding + kernel + extra;
  };
  Shape result = {channels, grown(body.shape[1]), grown(body.shape[2])};
  if (result[1] < 1 || result[2] < 1)
    return addSame(body);
  body.pipe(text("conv_transpose({0}, {1}, stride: {2}, padding: {3}, "
                 "output_padding: {4}{5})",
                 channels, kernel, stride, padding, extra,
                 layerOptions(body.choose)) +
            activation(body.choose));
  body.shape = result;
}

// Groups, down to a channel each, and taps that are apart.
static void addGrouped(Body &body) {
  int64_t groups = body.choose.chance(50) ? body.shape[0] : 1;
  int64_t channels = groups * body.choose.between(1, 2);
  int64_t dilation = body.choose.between(1, 2);
  int64_t stride = body.choose.between(1, 2);
  body.pipe(text("conv({0}, 2, stride: {1}, padding: [{2}, 1], dilation: {2}, "
                 "groups: {3}{4})",
                 channels, stride, dilation, groups,
                 layerOptions(body.choose)));
  body.shape = {channels,
                after(body.shape[1], 1 + dilation, stride, dilation + 1),
                after(body.shape[2], 1 + dilation, stride, dilation + 1)};
}

static void addGroupedTransposed(Body &body) {
  int64_t groups = body.shape[0], channels = groups * body.choose.between(1, 2);
  body.pipe(text("conv_transpose({0}, 3, stride: 2, padding: 1, size: [{1}, "
                 "{2}], groups: {3}{4})",
                 channels, 2 * body.shape[1], 2 * body.shape[2] - 1, groups,
                 layerOptions(body.choose)));
  body.shape = {channels, 2 * body.shape[1], 2 * body.shape[2] - 1};
}

static void addUpsample(Body &body) {
  body.pipe(body.choose.oneOf(
      {"upsample(2)", "upsample(2)", "upsample(2, mode: \"bilinear\")"}));
  body.shape[1] *= 2;
  body.shape[2] *= 2;
}

static void addPool(Body &body) {
  body.pipe(body.choose.oneOf({"avg_pool(2)", "max_pool(2)", "max_pool(2)"}));
  body.shape[1] /= 2;
  body.shape[2] /= 2;
}

static void addResidual(Body &body) {
  body.set(text("h + (h |> conv({0}, 3, padding: 1{1}){2})", body.shape[0],
                layerOptions(body.choose), activation(body.choose)));
}

static void addConcat(Body &body) {
  int64_t channels = body.choose.between(1, 2);
  body.set(text("concat([h, h |> conv({0}, 1){1}], over: 0)", channels,
                activation(body.choose)));
  body.shape[0] += channels;
}

static void addSlice(Body &body) {
  int64_t axis = body.choose.below(3), extent = body.shape[axis];
  int64_t from = body.choose.below(extent);
  int64_t to = body.choose.between(from + 1, extent);
  body.set(text("slice(h, {0}, {1}, over: {2})", from, to, axis));
  body.shape[axis] = to - from;
}

static void addPadded(Body &body) {
  int64_t top = body.choose.below(2), right = body.choose.below(2);
  body.set(text("pad(h, [[{0}, 0], [1, {1}]])", top, right));
  body.shape[1] += top;
  body.shape[2] += 1 + right;
}

// Windows that overlap; what is outside counts for max_pool as nothing.
static void addOverlappingPool(Body &body) {
  body.pipe(
      body.choose.oneOf({"max_pool(2, stride: 1)", "avg_pool(2, stride: 1)"}));
  body.shape[1] -= 1;
  body.shape[2] -= 1;
}

static void addPadMode(Body &body) {
  body.set(text("pad(h, [[1, 0], [0, 1]], mode: {0})",
                body.choose.oneOf({"\"reflect\"", "\"replicate\"",
                                   "\"zeros\", value: 0.3"})));
  body.shape[1] += 1;
  body.shape[2] += 1;
}

static void addTransposition(Body &body) {
  static constexpr int64_t orders[][3] = {
      {0, 2, 1}, {1, 0, 2}, {2, 0, 1}, {1, 2, 0}, {2, 1, 0}};
  const auto &order = orders[body.choose.below(5)];
  body.set(text("transpose(h, [{0}, {1}, {2}])", order[0], order[1], order[2]));
  body.shape = {body.shape[order[0]], body.shape[order[1]],
                body.shape[order[2]]};
}

static void addNorm(Body &body) {
  body.pipe(
      body.choose.oneOf({"instance_norm(eps: 1e-2)", "group_norm(1, eps: 1e-2)",
                         "pixel_norm", "batch_norm(eps: 1e-3)"}));
}

static void addDeviation(Body &body) {
  body.pipe("minibatch_stddev(2, eps: 1e-2)");
  body.shape[0] += 1;
}

static void addChannelGate(Body &body) {
  body.set(text("h * per_channel(sigmoid(h |> mean(over: [1, 2]) |> "
                "dense({0})), h)",
                body.shape[0]));
}

static bool isSmall(const Body &body) {
  return body.shape[1] * body.shape[2] <= 16;
}
static bool isEven(const Body &body) {
  return body.shape[1] % 2 == 0 && body.shape[2] % 2 == 0;
}
static bool isThin(const Body &body) { return body.shape[0] <= 4; }
static bool isSmallAndThin(const Body &body) {
  return isSmall(body) && isThin(body);
}
static bool canSpread(const Body &body) {
  return isThin(body) && body.setting.batch % 2 == 0;
}
static bool isWide(const Body &body) {
  return body.shape[1] >= 2 && body.shape[2] >= 2;
}

static bool isSmallAndWide(const Body &body) {
  return isSmall(body) && isWide(body);
}

llvm::ArrayRef<Layer> gan::random::imageLayers() {
  static constexpr Layer layers[] = {{addConv},
                                     {addConv},
                                     {addConv},
                                     {addSame},
                                     {addUneven, isWide},
                                     {addGrouped},
                                     {addTransposedConv, isSmall},
                                     {addGroupedTransposed, isSmallAndThin},
                                     {addUpsample, isSmall},
                                     {addPool, isEven},
                                     {addResidual, isWide},
                                     {addConcat, isThin},
                                     {addSlice},
                                     {addPadded, isSmall},
                                     {addPadMode, isSmallAndWide},
                                     {addOverlappingPool, isWide},
                                     {addTransposition},
                                     {addNorm},
                                     {addDeviation, canSpread},
                                     {addChannelGate}};
  return layers;
}
