// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Every differentiable op against finite differences, in double precision, by
// the interpreter: first derivatives, and second ones by differentiating the
// first.
#include "passes/Pipelines.h"
#include "test/reference/GradProgram.h"
#include "test/reference/Kinks.h"

#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Pass/PassRegistry.h"
#include "llvm/ADT/StringMap.h"
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
      EXPECT_LE(error, mostGradError(order)) << one.name << "\n"
                                             << gradProgram(one, order, "");
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

// Each case is tried in both orders.
TEST_F(GradCheck, EveryDifferentiableOpHasItsCases) {
  llvm::StringMap<int64_t> cases;
  llvm::StringSet<> names;
  for (const GradCase &one : gradCases()) {
    ++cases["gan." + one.op];
    EXPECT_TRUE(names.insert(one.name).second) << one.name << " comes twice";
  }
  int64_t differentiable = 0;
  for (RegisteredOperationName name :
       context.getRegisteredOperationsByDialect("gan")) {
    if (!name.hasInterface<DifferentiableOpInterface>())
      continue;
    ++differentiable;
    EXPECT_GE(cases.lookup(name.getStringRef()), fewestGradCases)
        << name.getStringRef().str() << " needs more cases in *GradCases.cpp";
  }
  EXPECT_GT(differentiable, 20);
}

TEST_F(GradCheck, KinksHaveTheStatedDerivatives) {
  for (const Kink &kink : kinks())
    for (size_t order = 1; order <= kink.derivatives.size(); ++order) {
      std::string text = kinkProgram(kink, order, "");
      OwningOpRef<ModuleOp> module = expand(text);
      ASSERT_TRUE(module) << text;
      FailureOr<Tensors> found = evaluateFunction(
          module->lookupSymbol<func::FuncOp>("d"), {Tensor::scalar(kink.x)});
      ASSERT_TRUE(succeeded(found));
      EXPECT_EQ(found->front().values[0], kink.derivatives[order - 1])
          << kink.rule << "\n"
          << text;
    }
}

int main(int argc, char **argv) {
  registerGanPasses();
  testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
