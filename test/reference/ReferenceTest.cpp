// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Known answers for what every other test takes from the reference interpreter
// on trust.
#include "test/reference/Clock.h"
#include "test/reference/Interpreter.h"
#include "test/reference/Random.h"

#include "mlir/AsmParser/AsmParser.h"
#include "mlir/Parser/Parser.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace mlir;
using namespace gan;
using namespace gan::reference;

// From kat_vectors of Random123, the authors' own library.
TEST(Random, PhiloxGivesThePublishedAnswers) {
  EXPECT_EQ(philox({0, 0, 0, 0}, {0, 0}),
            (Words{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  EXPECT_EQ(philox({~0u, ~0u, ~0u, ~0u}, {~0u, ~0u}),
            (Words{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
                   {0xa4093822, 0x299f31d0}),
            (Words{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

// From the FNV draft, appendix C.
TEST(Random, HashGivesThePublishedAnswers) {
  EXPECT_EQ(fnv1a64(""), 0xcbf29ce484222325u);
  EXPECT_EQ(fnv1a64("a"), 0xaf63dc4c8601ec8cu);
  EXPECT_EQ(fnv1a64("foobar"), 0x85944171f73967e8u);
}

TEST(Random, UnitStaysInside) {
  EXPECT_EQ(unit(0), 0x1p-25);
  EXPECT_EQ(unit(~0u), 1 - 0x1p-25);
}

// From the paper of AS 241, to the digits of its double precision routine.
TEST(Random, NormalQuantileGivesThePublishedAnswers) {
  EXPECT_NEAR(normalQuantile(0.25), -0.6744897501960817, 1e-15);
  EXPECT_NEAR(normalQuantile(0.001), -3.090232306167814, 4e-15);
  EXPECT_EQ(normalQuantile(0.5), 0);
}

class Evaluate : public testing::Test {
protected:
  Evaluate() : context() {
    context.loadDialect<GanDialect, func::FuncDialect>();
  }

  // The values of the first result of the one function in `text`.
  std::vector<double> run(StringRef text, Tensors arguments) {
    OwningOpRef<ModuleOp> module = parseSourceString<ModuleOp>(text, &context);
    if (!module)
      return {};
    FailureOr<Tensors> results = evaluateFunction(
        *module->getOps<func::FuncOp>().begin(), std::move(arguments));
    return failed(results) ? std::vector<double>() : results->front().values;
  }

  MLIRContext context;
};

TEST_F(Evaluate, MatmulTransposesItsOperands) {
  Tensor a{{2, 2}, {1, 2, 3, 4}}, b{{2, 2}, {5, 6, 7, 8}};
  auto product = [&](StringRef attributes) {
    return run(("func.func @f(%a: tensor<2x2xf64>, %b: tensor<2x2xf64>) -> "
                "tensor<2x2xf64> {\n"
                "%y = gan.matmul %a, %b " +
                attributes +
                " : tensor<2x2xf64>, tensor<2x2xf64> -> tensor<2x2xf64>\n"
                "return %y : tensor<2x2xf64> }")
                   .str(),
               {a, b});
  };
  EXPECT_EQ(product(""), (std::vector<double>{19, 22, 43, 50}));
  EXPECT_EQ(product("{transpose_a}"), (std::vector<double>{26, 30, 38, 44}));
  EXPECT_EQ(product("{transpose_b}"), (std::vector<double>{17, 23, 39, 53}));
}

// One channel, one row: x = 1 2 3 with a zero before, filter 10 1, stride 2:
// 0*10 + 1*1,  2*10 + 3*1.
TEST_F(Evaluate, ConvolutionPadsAndStrides) {
  EXPECT_EQ(
      run(R"(func.func @f(%x: tensor<1x1x3x1xf64>, %w: tensor<1x2x1x1xf64>) -> tensor<1x1x2x1xf64> {
      %y = gan.conv2d %x, %w strides = [1, 2] padding = [0, 0, 1, 0]
          : tensor<1x1x3x1xf64>, tensor<1x2x1x1xf64> -> tensor<1x1x2x1xf64>
      return %y : tensor<1x1x2x1xf64> })",
          {Tensor{{1, 1, 3, 1}, {1, 2, 3}}, Tensor{{1, 2, 1, 1}, {10, 1}}}),
      (std::vector<double>{1, 23}));
}

// The same geometry backwards: dy = 1 2 spreads to 1*1 | 2*10, 2*1 (what falls
// on the padding is lost).
TEST_F(Evaluate, InputGradientSpreads) {
  EXPECT_EQ(
      run(R"(func.func @f(%y: tensor<1x1x2x1xf64>, %w: tensor<1x2x1x1xf64>) -> tensor<1x1x3x1xf64> {
      %x = gan.conv2d_input_grad %y, %w strides = [1, 2] padding = [0, 0, 1, 0]
          : tensor<1x1x2x1xf64>, tensor<1x2x1x1xf64> -> tensor<1x1x3x1xf64>
      return %x : tensor<1x1x3x1xf64> })",
          {Tensor{{1, 1, 2, 1}, {1, 2}}, Tensor{{1, 2, 1, 1}, {10, 1}}}),
      (std::vector<double>{1, 20, 2}));
}

TEST_F(Evaluate, ShapesMove) {
  EXPECT_EQ(run(R"(func.func @f(%x: tensor<2x3xf64>) -> tensor<3x2x2xf64> {
      %t = gan.transpose %x permutation = [1, 0] : tensor<2x3xf64> -> tensor<3x2xf64>
      %y = gan.broadcast %t dims = [0, 2] : tensor<3x2xf64> -> tensor<3x2x2xf64>
      return %y : tensor<3x2x2xf64> })",
                {Tensor{{2, 3}, {1, 2, 3, 4, 5, 6}}}),
            (std::vector<double>{1, 4, 1, 4, 2, 5, 2, 5, 3, 6, 3, 6}));
  EXPECT_EQ(run(R"(func.func @f(%x: tensor<2x2xf64>) -> tensor<3xf64> {
      %p = gan.pad %x low = [0, 1] : tensor<2x2xf64> -> tensor<2x3xf64>
      %c = gan.concat %p, %p dim = 0 : tensor<2x3xf64>, tensor<2x3xf64> -> tensor<4x3xf64>
      %s = gan.slice %c offsets = [1, 0] : tensor<4x3xf64> -> tensor<2x3xf64>
      %y = gan.sum %s dims = [0] : tensor<2x3xf64> -> tensor<3xf64>
      return %y : tensor<3xf64> })",
                {Tensor{{2, 2}, {1, 2, 3, 4}}}),
            (std::vector<double>{0, 4, 6}));
}

// x y^T is lower triangular with a positive diagonal, and y y^T the identity.
TEST_F(Evaluate, RowsBecomeOrthonormal) {
  Tensor x{{2, 3}, {3, 4, 0, 1, 1, 1}};
  std::vector<double> y =
      run(R"(func.func @f(%x: tensor<2x3xf64>) -> tensor<2x3xf64> {
      %y = gan.orthonormal %x : tensor<2x3xf64>
      return %y : tensor<2x3xf64> })",
          {x});
  ASSERT_EQ(y.size(), 6u);
  auto dot = [](const double *a, const double *b) {
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  };
  EXPECT_NEAR(dot(&y[0], &y[0]), 1, 1e-15);
  EXPECT_NEAR(dot(&y[3], &y[3]), 1, 1e-15);
  EXPECT_NEAR(dot(&y[0], &y[3]), 0, 1e-15);
  EXPECT_NEAR(dot(&x.values[0], &y[0]), 5, 1e-14);
  EXPECT_NEAR(dot(&x.values[0], &y[3]), 0, 1e-14);
  EXPECT_GT(dot(&x.values[3], &y[3]), 0);
}

// The first pivot is 0 unless rows change places.
TEST_F(Evaluate, MatricesAreInverted) {
  Tensor x{{2, 2}, {0, 2, 4, 1}};
  EXPECT_EQ(run(R"(func.func @f(%x: tensor<2x2xf64>) -> tensor<2x2xf64> {
      %y = gan.inverse %x : tensor<2x2xf64>
      return %y : tensor<2x2xf64> })",
                {x}),
            (std::vector<double>{-0.125, 0.25, 0.5, 0}));
  EXPECT_NEAR(run(R"(func.func @f(%x: tensor<2x2xf64>) -> tensor<f64> {
      %y = gan.logdet %x : tensor<2x2xf64> -> tensor<f64>
      return %y : tensor<f64> })",
                  {x})[0],
              std::log(8.0), 1e-15);
}

TEST_F(Evaluate, ClocksCompute) {
  Clock clock{.step = 7, .images = 70, .epoch = 2, .progress = 0.25};
  auto value = [&](StringRef text) {
    return evaluateClock(parseAttribute(text, &context), clock);
  };
  EXPECT_EQ(value(R"(["*", 2.0, ["-", 1.0, "progress"]])"), 1.5);
  EXPECT_EQ(value(R"(["^", 0.5, ["//", "epoch", 2.0]])"), 0.5);
  EXPECT_EQ(value(R"(["%", ["neg", "step"], 5.0])"), 3);
  EXPECT_EQ(
      value(
          R"(["if", ["and", [">=", "step", 7.0], ["not", 0.0]], "images", 1.0])"),
      70);
  EXPECT_EQ(
      value(R"(["if", ["==", "step", 6.0], "images", ["max", 1.0, 2.0]])"), 2);
}
