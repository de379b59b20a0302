// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Layers that move pixels, or look at all of them.
#include "test/random/Body.h"

using namespace gan::random;

static void addResized(Body &body) {
  int64_t height = body.choose.between(1, 5), width = body.choose.between(1, 5);
  body.pipe(text("resize([{0}, {1}]{2})", height, width,
                 body.choose.oneOf({"", "", ", filter: \"nearest\"",
                                    ", align_corners: true"})));
  body.shape = {body.shape[0], height, width};
}

static void addPooledTo(Body &body) {
  int64_t height = body.choose.between(1, body.shape[1]);
  int64_t width = body.choose.between(1, body.shape[2]);
  body.pipe(text("pool_to([{0}, {1}]{2})", height, width,
                 body.choose.oneOf({"", ", pool: mean", ", pool: sum"})));
  body.shape = {body.shape[0], height, width};
}

static void addTurned(Body &body) {
  int64_t turns = body.choose.between(-1, 3);
  body.pipe(text("rot90({0})", turns));
  if (turns % 2 != 0)
    std::swap(body.shape[1], body.shape[2]);
}

static void addRolled(Body &body) {
  body.set(text("h - 0.3 * roll(h, {0}, over: {1})", body.choose.between(-2, 2),
                body.choose.oneOf({"0", "1", "2", "batch"})));
}

static void addDeep(Body &body) {
  body.pipe("space_to_depth(2)");
  body.shape = {4 * body.shape[0], body.shape[1] / 2, body.shape[2] / 2};
}

static void addShuffled(Body &body) {
  body.pipe("depth_to_space(2)");
  body.shape = {body.shape[0] / 4, 2 * body.shape[1], 2 * body.shape[2]};
}

static void addTiled(Body &body) {
  body.pipe("tile([1, 2, 1])");
  body.shape[1] *= 2;
}

static void addAttention(Body &body) {
  body.set(body.choose.oneOf({"conv(h, 8, 1) |> attention",
                              "conv(h, 8, 1) |> attention(weights: "
                              "spectral_norm)"}));
  body.shape[0] = 8;
}

// Channels as seen by channels: two matrices per sample.
static void addGram(Body &body) {
  std::string rows = body.fresh("rows");
  body.say(text("let {0} = reshape(h, [{1}, -1])", rows, body.shape[0]));
  body.set(text("h + 0.2 * reshape(matmul(tanh(matmul({0}, transpose({0}))), "
                "{0}), shape(h))",
                rows));
}

static bool isEven(const Body &body) {
  return body.shape[1] % 2 == 0 && body.shape[2] % 2 == 0;
}
static bool isSmall(const Body &body) {
  return body.shape[1] * body.shape[2] <= 16;
}
static bool isEvenAndThin(const Body &body) {
  return isEven(body) && body.shape[0] <= 2;
}
static bool hasDepth(const Body &body) {
  return isSmall(body) && body.shape[0] % 4 == 0;
}
static bool isEvenAndSmall(const Body &body) {
  return isEven(body) && isSmall(body);
}

llvm::ArrayRef<Layer> gan::random::pixelLayers() {
  static constexpr Layer layers[] = {{addResized},
                                     {addPooledTo},
                                     {addTurned},
                                     {addRolled},
                                     {addDeep, isEvenAndThin},
                                     {addShuffled, hasDepth},
                                     {addTiled, isSmall},
                                     {addAttention, isEvenAndSmall},
                                     {addGram, isSmall}};
  return layers;
}
