// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/random/Body.h"

#include "llvm/ADT/STLExtras.h"

using namespace gan::random;

void Body::pipe(const std::string &stage) {
  lines.push_back("h = h |> " + stage);
}

void Body::set(const std::string &value) { lines.push_back("h = " + value); }

std::string Body::fresh(const std::string &stem) {
  return stem + std::to_string(++names);
}

std::string Body::label() {
  if (!choose.chance(15))
    return "";
  std::string name = fresh("layer");
  network.parts.push_back(name);
  return " as " + name;
}

std::string gan::random::activation(Choice &choose) {
  return " |> " +
         choose.oneOf({"relu", "leaky_relu(0.2)", "tanh", "sigmoid", "softplus",
                       "elu", "selu", "sin", "leaky_relu", "tanh", "softplus"});
}

std::string gan::random::layerOptions(Choice &choose, bool needsNoBias) {
  std::string options;
  if (needsNoBias ? !choose.chance(10) : choose.chance(20))
    options += ", bias: false";
  if (choose.chance(25))
    options += ", init: " + choose.oneOf({"he_normal()", "glorot_uniform()",
                                          "lecun_normal()", "normal(0, 0.4)",
                                          "uniform(-0.6, 0.6)"});
  if (choose.chance(20))
    options +=
        ", weights: " +
        choose.oneOf({"spectral_norm", "weight_norm", "w => equalized(w)",
                      "w => 0.8 * w", "w => tanh(w)",
                      "w => spectral_norm(w, iterations: 2)"});
  return options;
}

// Of the layers that fit, one.
static void addOneOf(Body &body, llvm::ArrayRef<Layer> layers) {
  std::vector<const Layer *> fitting;
  for (const Layer &layer : layers)
    if (!layer.fits || layer.fits(body))
      fitting.push_back(&layer);
  fitting[body.choose.below(fitting.size())]->add(body);
}

void gan::random::addLayer(Body &body) {
  if (body.choose.chance(35))
    return addOneOf(body, anyLayers());
  if (body.shape.size() == 1)
    return addOneOf(body, vectorLayers());
  addOneOf(body, body.choose.chance(60) ? imageLayers() : pixelLayers());
}

// [n] to [c, h, w]: through a dense layer of the right size, or one of half the
// size that is scaled up.
static void reachImage(Body &body, const Shape &target) {
  if (body.shape.size() == 3)
    body.pipe("flatten");
  bool isScaled = target[1] % 2 == 0 && target[2] % 2 == 0;
  int64_t scale = isScaled && body.choose.chance(60) ? 2 : 1;
  int64_t channels = scale == 2 ? body.setting.width() : target[0];
  Shape small = {channels, target[1] / scale, target[2] / scale};
  body.pipe(text("dense({0}{1}) |> reshape({2})", countOf(small),
                 layerOptions(body.choose), textOf(small)));
  body.shape = small;
  if (scale == 1)
    return;
  if (body.choose.chance(50))
    body.pipe(text("conv_transpose({0}, 4, stride: 2, padding: 1{1})",
                   target[0], layerOptions(body.choose)));
  else
    body.pipe(text("upsample(2) |> conv({0}, 3, padding: 1{1})", target[0],
                   layerOptions(body.choose)));
  body.shape = target;
}

// To [n] or, with an empty target, to one number.
static void reachVector(Body &body, const Shape &target) {
  bool hasLearned = llvm::any_of(body.lines, [](const std::string &line) {
    return line.find("conv") != std::string::npos;
  });
  if (body.shape.size() == 3 && target.empty() && hasLearned &&
      body.choose.chance(40)) {
    body.pipe(body.choose.oneOf({"mean(over: item)", "sum(over: item)",
                                 "sum(over: [1, 2]) |> mean(over: item)"}));
    body.shape = target;
    return;
  }
  if (body.shape.size() == 3)
    body.pipe("flatten");
  if (target.empty())
    body.pipe(text("dense(1{0}) |> reshape([])", layerOptions(body.choose)));
  else
    body.pipe(text("dense({0}{1})", target[0], layerOptions(body.choose)));
  body.shape = target;
}

void gan::random::reach(Body &body, const Shape &target) {
  if (target.size() == 3)
    reachImage(body, target);
  else
    reachVector(body, target);
}
