// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Layers that keep the shape of what they are given.
#include "test/random/Body.h"

using namespace gan::random;

static void addActivation(Body &body) {
  body.set("h" + activation(body.choose));
}

static void addFormula(Body &body) {
  body.set(body.choose.oneOf(
      {"h * sigmoid(h)",         "h / (1 + abs(h))",
       "0.5 * (h + tanh(h))",    "where(h > 0.1, h, 0.3 * h - 0.07)",
       "clamp(h, -1.5, 1.5)",    "log(1 + h^2)",
       "sqrt(h^2 + 0.1) - 0.3",  "exp(clamp(h, -2, 1))",
       "h * rsqrt(1 + h^2)",     "max(h, 0.2 * h)",
       "min(h, 1) - max(h, -1)", "cos(h) + 0.1 * h",
       "h - 0.1 * h^3",          "h + stop_gradient(floor(h) - h)",
       "scale_gradient(h, 0.5)", "lerp(h, stop_gradient(h), 0.3)",
       "(0.5 + h^2)^0.7",        "h * 2^(-1)",
       "abs(h) - sign(h) * 0.2", "1 - h"}));
}

static void addNoise(Body &body) {
  if (body.choose.chance(50))
    return body.pipe(text("dropout(0.{0}{1})", body.choose.between(1, 5),
                          body.choose.oneOf({"", ", always: true"})));
  std::string name = body.fresh("eps");
  body.say(text("draw {0}: {1} ~ {2}", name, textOf(body.shape),
                body.choose.oneOf({"normal(0, 0.1)", "uniform(-0.2, 0.3)",
                                   "normal(0.5, 1)"})));
  body.set(text("h + 0.3 * {0}", name));
}

static void addGain(Body &body) {
  std::string name = body.fresh("gain");
  bool isPlain = body.choose.chance(50);
  body.say(text(
      "param {0}{1} = {2}", name, isPlain ? "" : ": " + textOf(body.shape),
      body.choose.oneOf({"1", "0.5", "normal(1, 0.2)",
                         isPlain ? "1 / (1 + std(h))"
                                 : "1 / (0.5 + mean(abs(h), over: batch))"})));
  body.set(body.choose.oneOf({"h * ", "h + 0.5 * ", "tanh(h) - "}) + name);
}

// A running mean over moves, as a norm keeps it.
static void addState(Body &body) {
  std::string name = body.fresh("seen");
  body.say(text("state {0}: {1} = {2}", name, textOf(body.shape),
                body.choose.oneOf({"0", "0.1", "normal(0, 0.1)"})));
  std::string mean = body.choose.oneOf(
      {"mean(h, over: batch)", "stop_gradient(mean(h, over: batch))"});
  if (body.choose.chance(50))
    body.say(text("if training { {0} := lerp({0}, {1}, 0.2) }", name, mean));
  else
    body.say(text("{0} := 0.8 * {0} + 0.2 * {1}", name, mean));
  body.set(text("h - 0.3 * {0}", name));
}

// What a sample is beside its batch, its own numbers, or its group.
static void addCentering(Body &body) {
  body.set(body.choose.oneOf(
      {"h - 0.5 * mean(h, over: batch)", "h - mean(h, over: item, keep: true)",
       "h * rsqrt(mean(h^2, over: item, keep: true) + 0.1)",
       "h / (1 + norm(h, over: item, keep: true))",
       "h / (0.5 + std(h + 0.1 * position(h, over: batch), over: batch))",
       "(h - mean(h)) * rsqrt(var(h) + 0.05)",
       "h - 0.2 * sum(h, over: 0, keep: true)",
       "h / (1 + norm(h, over: batch))"}));
}

// Softmax and what stands beside it, along one axis.
static void addSoftmax(Body &body) {
  int64_t axis = body.choose.below(body.shape.size());
  body.set(text(body.choose
                    .oneOf({"h * softmax(h, over: {0})",
                            "softmax(2 * h, over: {0}) - 0.2",
                            "0.3 * log_softmax(h, over: {0})",
                            "h - logsumexp(h, over: {0}, keep: true)",
                            "h - 0.5 * max(h, over: {0}, keep: true)",
                            "h + 0.5 * min(h, over: {0}, keep: true)",
                            "lerp(h, flip(h, over: {0}), 0.3)",
                            "h * cos(position(h, over: {0}))",
                            "h - 0.1 * max(h, over: batch)"})
                    .c_str(),
                axis));
}

static void addNorm(Body &body) {
  bool isGrouped = body.choose.chance(20) && body.setting.batch % 2 == 0;
  if (isGrouped)
    return body.pipe("batch_norm(group: 2, eps: 1e-2)");
  body.pipe(body.choose.oneOf(
      {"batch_norm", "batch_norm(eps: 1e-2)", "batch_norm(momentum: 0.3)",
       "batch_norm(affine: false, eps: 0.1)", "layer_norm(eps: 1e-3)",
       "pixel_norm(eps: 1e-2)", "layer_norm", "shift"}));
}

static bool hasLabel(const Body &body) { return body.network.hasLabel; }

static void addConditionalNorm(Body &body) {
  body.pipe(text("cond_batch_norm(y, {0}, eps: 1e-2)", body.setting.classes));
}

llvm::ArrayRef<Layer> gan::random::anyLayers() {
  static constexpr Layer layers[] = {{addActivation},
                                     {addActivation},
                                     {addActivation},
                                     {addFormula},
                                     {addFormula},
                                     {addNoise},
                                     {addGain},
                                     {addState},
                                     {addCentering},
                                     {addSoftmax},
                                     {addNorm},
                                     {addNorm},
                                     {addConditionalNorm, hasLabel}};
  return layers;
}
