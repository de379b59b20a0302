// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Layers from [n] to [m].
#include "test/random/Body.h"

using namespace gan::random;

static int64_t size(const Body &body) { return body.shape[0]; }

static void addDense(Body &body) {
  int64_t width = body.setting.width();
  bool isNormed = body.choose.chance(20);
  body.pipe(text("dense({0}{1}){2}", width, layerOptions(body.choose, isNormed),
                 body.label()) +
            (isNormed ? " |> batch_norm(eps: 1e-3)" : "") +
            (body.choose.chance(75) ? activation(body.choose) : ""));
  body.shape = {width};
}

static void addResidual(Body &body) {
  body.set(text("h + (h |> dense({0}){1} |> dense({2}{3}))",
                body.setting.width(), activation(body.choose), size(body),
                layerOptions(body.choose)));
}

// A function without a body of its own, with a name for its one or two layers.
static void addNamed(Body &body) {
  int64_t width = body.setting.width();
  std::string name = body.fresh("named");
  std::string second =
      body.choose.chance(60)
          ? text("{0} |> dense({1})", activation(body.choose), width)
          : "";
  body.network.parts.push_back(name);
  body.set(text("(v => v |> dense({0}{1}){2})(h) as {3}", width,
                layerOptions(body.choose), second, name));
  body.shape = {width};
}

static void addMaxout(Body &body) {
  int64_t width = body.setting.width();
  body.pipe(text("maxout({0}, {1})", width, body.choose.between(2, 3)));
  body.shape = {width};
}

static void addConcat(Body &body) {
  int64_t width = body.choose.between(1, 3);
  body.set(text("concat([h, h |> dense({0}){1}], over: 0)", width,
                activation(body.choose)));
  body.shape = {size(body) + width};
}

static void addSlice(Body &body) {
  int64_t from = body.choose.between(0, size(body) - 2);
  int64_t to = body.choose.between(from + 1, size(body));
  body.set(text("slice(h, {0}, {1}, over: 0)", from, to));
  body.shape = {to - from};
}

static void addGate(Body &body) {
  std::string name = body.fresh("halves");
  body.say(text("let {0} = split(h, 2, over: 0)", name));
  body.set(text("{0}[0] * sigmoid({0}[1])", name));
  body.shape = {size(body) / 2};
}

// A matrix of one's own: rows and columns of h meet.
static void addMatrix(Body &body) {
  std::string rows = body.fresh("rows");
  int64_t half = size(body) / 2;
  body.say(text("let {0} = reshape(h, [2, {1}])", rows, half));
  body.set(body.choose.oneOf({"concat([", "0.5 * concat(["}) +
           text("sum({0}, over: 0), mean({0}, over: 1)], over: 0)", rows));
  body.shape = {half + 2};
}

static void addTransposed(Body &body) {
  body.set(text("h * (0.5 + tanh(flatten(transpose(reshape(h, [2, {0}])))))",
                size(body) / 2));
}

// Along the vector, as a signal of one channel.
static void addSignal(Body &body) {
  int64_t channels = body.choose.between(1, 3);
  int64_t dilation = body.choose.between(1, 2);
  body.pipe(text("reshape([1, {0}]) |> conv1d({1}, 2, padding: [{2}, 0], "
                 "dilation: {2}) |> tanh |> flatten",
                 size(body), channels, dilation));
  body.shape = {channels * size(body)};
}

// A matrix per sample, far enough from singular.
static void addInverse(Body &body) {
  int64_t n = size(body);
  std::string matrix = body.fresh("matrix");
  body.say(text("let {0} = reshape(h |> dense({1}) |> tanh, [{2}, {2}])",
                matrix, n * n, n));
  body.say(text("{0} = {0} + where(position({0}, over: 0) == "
                "position({0}, over: 1), {1}, 0)",
                matrix, n + 1));
  body.set(body.choose.chance(50)
               ? text("h + 0.1 * logdet({0})", matrix)
               : text("flatten(matmul(inverse({0}), reshape(h, [{1}, 1])))",
                      matrix, n));
}

static void addLargest(Body &body) {
  body.set("where(position(h, over: 0) == topk(h, 1, over: 0), h, 0.5 * h)");
}

static void addExchanged(Body &body) { body.set("h + 0.3 * exchange(h)"); }

static void addPadded(Body &body) {
  int64_t before = body.choose.between(0, 1), after = body.choose.between(0, 2);
  body.set(text("pad(h, [[{0}, {1}]])", before, after));
  body.shape = {size(body) + before + after};
}

static void addEmbedding(Body &body) {
  body.set(body.choose.oneOf({"h + ", "h * ", "tanh(h) - 0.5 * "}) +
           text("embedding(y, {0}, {1})", body.setting.classes, size(body)));
}

static void addOneHot(Body &body) {
  body.set(text("concat([h, one_hot(y, {0})], over: 0)", body.setting.classes));
  body.shape = {size(body) + body.setting.classes};
}

// Each sample beside its neighbour.
static void addNeighbours(Body &body) {
  std::string pairs = body.fresh("pairs");
  body.say(text("let {0} = fold(h, 2)", pairs));
  body.set(text("unfold({0} - 0.5 * mean({0}, over: 0, keep: true))", pairs));
}

static bool isShort(const Body &body) { return size(body) <= 5; }
static bool isTiny(const Body &body) { return size(body) <= 3; }
static bool isLong(const Body &body) { return size(body) >= 2; }
static bool isEven(const Body &body) { return size(body) % 2 == 0; }
static bool isEvenBatch(const Body &body) {
  return body.setting.batch % 2 == 0;
}
static bool hasLabel(const Body &body) { return body.network.hasLabel; }
static bool isShortWithLabel(const Body &body) {
  return hasLabel(body) && isShort(body);
}

llvm::ArrayRef<Layer> gan::random::vectorLayers() {
  static constexpr Layer layers[] = {{addDense},
                                     {addDense},
                                     {addDense},
                                     {addResidual},
                                     {addNamed},
                                     {addMaxout},
                                     {addConcat, isShort},
                                     {addSlice, isLong},
                                     {addGate, isEven},
                                     {addMatrix, isEven},
                                     {addTransposed, isEven},
                                     {addPadded, isShort},
                                     {addSignal, isShort},
                                     {addInverse, isTiny},
                                     {addLargest},
                                     {addExchanged, isEvenBatch},
                                     {addNeighbours, isEvenBatch},
                                     {addEmbedding, hasLabel},
                                     {addOneHot, isShortWithLabel}};
  return layers;
}
