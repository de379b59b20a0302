// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Contractions bit by bit: each part of the order is one chain of fma from 0
// in increasing k, and parts join by adjacent pairs.
#include "test/passes/codegen/RunKernel.h"

#include "mlir/Parser/Parser.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Support/FormatVariadic.h"

#include <cmath>
#include <cstring>
#include <gtest/gtest.h>

using namespace mlir;
using namespace gan;
using namespace gan::test;

namespace {

using Floats = std::vector<float>;

// What the kernel of `op` (on %a and %b) gives on the most capable target here.
Floats run(const char *op, const char *aType, const char *bType,
           const char *yType, const Floats &a, const Floats &b, int64_t count) {
  std::string text = llvm::formatv(
      "func.func @f(%x: {1}, %w: {2}) {{\n"
      "%r = gan.kernel hero(contraction) (%x, %w) : ({1}, {2}) -> {3} {{\n"
      "^bb0(%a: {1}, %b: {2}):\n%y = {0} : {1}, {2} -> {3}\n"
      "gan.yield %y : {3}\n}\nreturn\n}",
      op, aType, bType, yType);
  DialectRegistry registry;
  registerCodegenDialects(registry);
  registry.insert<GanDialect>();
  MLIRContext context(registry);
  OwningOpRef<ModuleOp> module = parseSourceString<ModuleOp>(text, &context);
  FailureOr<CompiledKernels> compiled = compileKernels(*module);
  std::vector<Bytes> in, out(1, Bytes(count * sizeof(float)));
  for (const Floats *values : {&a, &b}) {
    in.emplace_back(values->size() * sizeof(float));
    std::memcpy(in.back().data(), values->data(), in.back().size());
  }
  const Image &last = compiled->images.back();
  const Image &image = canRun(last.target) ? last : compiled->images.front();
  MappedImage(image).run(compiled->kernels[0], in, out, 1000);
  Floats y(count);
  std::memcpy(y.data(), out[0].data(), out[0].size());
  return y;
}

Floats numbers(int64_t count, int step) {
  Floats result(count);
  for (int64_t i = 0; i < count; ++i)
    result[i] = (float)(i * step % 101) / 37 - 1.3f;
  return result;
}

// Parts of `part` of k = 0 .. n - 1, joined pair by pair, level by level.
float sum(int64_t n, int64_t part, int64_t splits,
          llvm::function_ref<float(int64_t k, float chain)> step) {
  Floats sums(splits);
  for (int64_t k = 0; k < n; ++k)
    sums[k / part] = step(k, sums[k / part]);
  while (sums.size() > 1) {
    Floats next;
    for (size_t i = 0; i < sums.size(); i += 2)
      next.push_back(i + 1 < sums.size() ? sums[i] + sums[i + 1] : sums[i]);
    sums = next;
  }
  return sums[0];
}

TEST(ContractionOrder, MatmulChainsWithinPartsAndJoinsPairs) {
  constexpr int64_t rows = 19, columns = 21, inner = 103;
  Floats a = numbers(rows * inner, 7), b = numbers(inner * columns, 11);
  for (int64_t splits : {1, 2, 5, 6, 7, 8}) {
    std::string op = llvm::formatv(
        "gan.matmul %a, %b order <splits = {0}, lanes = 1>", splits);
    Floats y = run(op.c_str(), "tensor<19x103xf32>", "tensor<103x21xf32>",
                   "tensor<19x21xf32>", a, b, rows * columns);
    int64_t part = (inner + splits - 1) / splits;
    for (int64_t i = 0; i < rows * columns; ++i) {
      int64_t row = i / columns, column = i % columns;
      float want = sum(inner, part, splits, [&](int64_t k, float chain) {
        return std::fma(a[row * inner + k], b[k * columns + column], chain);
      });
      ASSERT_EQ(y[i], want) << "at " << i << " in " << splits << " parts";
    }
  }
}

// x [2, 5, 5, 3], w [3, 3, 3, 4], padding 1: k = (i, j, c).
TEST(ContractionOrder, ConvolutionRunsOverTapsThenChannels) {
  Floats x = numbers(2 * 5 * 5 * 3, 7), w = numbers(27 * 4, 11);
  Floats y = run("gan.conv2d %a, %b strides = [1, 1] padding = [1, 1, 1, 1]",
                 "tensor<2x5x5x3xf32>", "tensor<3x3x3x4xf32>",
                 "tensor<2x5x5x4xf32>", x, w, 200);
  for (int64_t at = 0; at < 200; ++at) {
    int64_t o = at % 4, q = at / 4 % 5, p = at / 20 % 5, n = at / 100;
    float want = sum(27, 27, 1, [&](int64_t k, float chain) {
      int64_t h = p + k / 9 - 1, v = q + k / 3 % 3 - 1;
      bool inside = h >= 0 && h < 5 && v >= 0 && v < 5;
      return inside ? std::fma(x[((n * 5 + h) * 5 + v) * 3 + k % 3],
                               w[k * 4 + o], chain)
                    : chain;
    });
    ASSERT_EQ(y[at], want) << "at " << at;
  }
}

// By tiles a part is transformed back before it joins others: four images in
// two parts are what two and two give, added.
TEST(ContractionOrder, TilesOfHalfABatchAddToThoseOfTheBatch) {
  constexpr int64_t image = 6 * 6, channels = 5, outputs = 7;
  Floats x = numbers(4 * image * channels, 7),
         dy = numbers(4 * image * outputs, 11);
  auto half = [](const Floats &batch, bool second) {
    auto middle = batch.begin() + batch.size() / 2;
    return second ? Floats(middle, batch.end()) : Floats(batch.begin(), middle);
  };
  auto gradient = [&](const char *order, const Floats &x, const Floats &dy) {
    int64_t n = x.size() / (image * channels), count = 9 * channels * outputs;
    std::string op =
        llvm::formatv("gan.conv2d_weight_grad %a, %b strides = [1, 1] "
                      "padding = [1, 1, 1, 1] order <splits = {0}, lanes = 1> "
                      "{{winograd = 2}",
                      order);
    return run(op.c_str(),
               llvm::formatv("tensor<{0}x6x6x5xf32>", n).str().c_str(),
               llvm::formatv("tensor<{0}x6x6x7xf32>", n).str().c_str(),
               "tensor<3x3x5x7xf32>", x, dy, count);
  };
  Floats whole = gradient("2", x, dy),
         first = gradient("1", half(x, false), half(dy, false)),
         second = gradient("1", half(x, true), half(dy, true));
  for (size_t at = 0; at < whole.size(); ++at)
    ASSERT_EQ(whole[at], first[at] + second[at]) << "at " << at;
}

} // namespace
