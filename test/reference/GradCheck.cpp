// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Every differentiable op against finite differences, in double precision, by
// the interpreter: first derivatives, and second ones by differentiating the
// first.
#include "passes/Pipelines.h"
#include "test/reference/GradProgram.h"

#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Pass/PassRegistry.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace mlir;
using namespace gan;
using namespace gan::reference;

class GradCheck : public testing::Test {
protected:
  GradCheck() {
    registerGanDialects(registry);
    context.appendDialectRegistry(registry);
    context.loadAllAvailableDialects();
  }

  // `text` with its gradients expanded; null where that fails.
  OwningOpRef<ModuleOp> expand(const std::string &text) {
    OwningOpRef<ModuleOp> module = parseSourceString<ModuleOp>(text, &context);
    PassManager passes(&context);
    if (!module ||
        failed(parsePassPipeline("func.func(gan-expand-grad)", passes)) ||
        failed(passes.run(*module)))
      return nullptr;
    return module;
  }

  double worstError(const GradCase &one, int order) {
    OwningOpRef<ModuleOp> module = expand(gradProgram(one, order, ""));
    if (!module)
      return INFINITY;
    auto evaluator = [&](StringRef name) {
      return [function = module->lookupSymbol<func::FuncOp>(name)](
                 const Tensors &arguments) {
        return evaluateFunction(function, arguments);
      };
    };
    return worstGradError(one, evaluator("f"), evaluator("gradient"));
  }

  void checkAll(int order) {
    double worst = 0;
    for (const GradCase &one : gradCases()) {
      double error = worstError(one, order);
      EXPECT_LE(error, 1e-7) << one.name << "\n" << gradProgram(one, order, "");
      worst = std::max(worst, error);
    }
    llvm::outs() << gradCases().size()
                 << " cases, the largest relative error is "
                 << llvm::format("%.1e\n", worst);
  }

  DialectRegistry registry;
  MLIRContext context;
};

TEST_F(GradCheck, FirstDerivativesMatchDifferences) { checkAll(/*order=*/1); }

TEST_F(GradCheck, SecondDerivativesMatchDifferences) { checkAll(/*order=*/2); }

// gan.stop_gradient has a derivative that is wrong on purpose.
TEST_F(GradCheck, WrongDerivativesAreSeen) {
  for (GradCase &one : gradCases()) {
    if (!one.isInactive)
      continue;
    one.isInactive = false;
    EXPECT_GT(worstError(one, /*order=*/1), 0.1);
  }
}

TEST_F(GradCheck, EveryDifferentiableOpHasACase) {
  llvm::StringSet<> tried;
  for (const GradCase &one : gradCases())
    tried.insert("gan." + one.op);
  int64_t differentiable = 0;
  for (RegisteredOperationName name :
       context.getRegisteredOperationsByDialect("gan")) {
    if (!name.hasInterface<DifferentiableOpInterface>())
      continue;
    ++differentiable;
    EXPECT_TRUE(tried.contains(name.getStringRef()))
        << name.getStringRef().str() << " has no case in GradCases.cpp";
  }
  EXPECT_GT(differentiable, 20);
}

//===-- kinks: where there is no difference quotient, language.md section 8 says
//what holds ----------------===//

struct Kink {
  const char *body; // defines %y from %x and the numbers below
  double x;
  std::vector<double> derivatives; // dy/dx, and those after it
};

static const std::vector<Kink> kinks = {
    {"%y = gan.sqrt %x : tensor<f64>", 0, {0, 0, 0}},
    // A norm at 0.
    {"%s = gan.mul %x, %x : tensor<f64>\n%y = gan.sqrt %s : tensor<f64>",
     0,
     {0, 0, 0}},
    {"%y = gan.abs %x : tensor<f64>", 0, {0, 0}},
    // relu is max(0, x); ties go to the first operand.
    {"%y = gan.max %zero, %x : tensor<f64>", 0, {0, 0}},
    {"%y = gan.max %x, %zero : tensor<f64>", 0, {1, 0}},
    {"%y = gan.min %one, %x : tensor<f64>", 1, {0, 0}},
    {"%y = gan.min %x, %one : tensor<f64>", 1, {1, 0}},
    // clamp passes on its closed interval.
    {"%m = gan.max %x, %zero : tensor<f64>\n%y = gan.min %m, %one : "
     "tensor<f64>",
     0,
     {1, 0}},
    {"%m = gan.max %x, %zero : tensor<f64>\n%y = gan.min %m, %one : "
     "tensor<f64>",
     1,
     {1, 0}},
    {"%y = gan.log %x : tensor<f64>", 0, {INFINITY}},
    {"%y = gan.rsqrt %x : tensor<f64>", 0, {-INFINITY}},
};

TEST_F(GradCheck, KinksHaveTheStatedDerivatives) {
  for (const Kink &kink : kinks) {
    std::string text =
        std::string("func.func @d(%x: tensor<f64>) -> tensor<f64> {\n"
                    "%zero = gan.constant dense<0.0> : tensor<f64>\n"
                    "%one = gan.constant dense<1.0> : tensor<f64>\n") +
        kink.body + "\n";
    std::string y = "%y";
    for (auto [order, expected] : llvm::enumerate(kink.derivatives)) {
      std::string dy = "%d" + std::to_string(order);
      text += dy + " = gan.grad " + y +
              " wrt %x : (tensor<f64>, tensor<f64>) -> tensor<f64>\n";
      y = dy;
      OwningOpRef<ModuleOp> module =
          expand(text + "return " + y + " : tensor<f64>\n}");
      ASSERT_TRUE(module);
      FailureOr<Tensors> found = evaluateFunction(
          module->lookupSymbol<func::FuncOp>("d"), {Tensor::scalar(kink.x)});
      ASSERT_TRUE(succeeded(found));
      EXPECT_EQ(found->front().values[0], expected) << text;
    }
  }
}

int main(int argc, char **argv) {
  registerGanPasses();
  testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
