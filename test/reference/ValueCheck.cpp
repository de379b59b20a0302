// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Canonical forms compute what was written: every function of the lit files of
// test/dialect, on random arguments, before and after `canonicalize`. usage:
// gan-fold-check FILE.mlir...
#include "passes/Pipelines.h"
#include "test/reference/Interpreter.h"
#include "test/reference/Random.h"

#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Pass/PassRegistry.h"

#include <gtest/gtest.h>

using namespace mlir;
using namespace gan;
using namespace gan::reference;

static std::string pipeline;
static llvm::SmallVector<std::string> files;

// Reals in (0.25, 1.25), so that no fold meets a pole; bools in {0, 1}.
static Tensors drawArguments(func::FuncOp function) {
  Tensors arguments;
  for (auto [i, type] : llvm::enumerate(function.getArgumentTypes())) {
    auto tensor = cast<RankedTensorType>(type);
    arguments.push_back(Tensor::zeros(tensor.getShape()));
    Stream stream(function.getSymName(), /*seed=*/i, /*move=*/0);
    for (auto [j, value] : llvm::enumerate(arguments[i].values)) {
      double u = unit(stream.at(j, 0)[0]);
      value = isa<FloatType>(tensor.getElementType()) ? 0.25 + u : u > 0.5;
    }
  }
  return arguments;
}

// The results of all functions that give any, one after the other.
static Tensors evaluateAll(ModuleOp module) {
  Tensors all;
  for (auto function : module.getOps<func::FuncOp>()) {
    if (function.getNumResults() == 0)
      continue;
    FailureOr<Tensors> results =
        evaluateFunction(function, drawArguments(function));
    EXPECT_TRUE(succeeded(results)) << function.getSymName().str();
    if (succeeded(results))
      llvm::append_range(all, *results);
  }
  return all;
}

TEST(ValueCheck, ThePipelineKeepsTheValues) {
  DialectRegistry registry;
  registerGanDialects(registry);
  MLIRContext context(registry);
  int64_t compared = 0;
  for (const std::string &file : files) {
    SCOPED_TRACE(file);
    OwningOpRef<ModuleOp> module = parseSourceFile<ModuleOp>(file, &context);
    ASSERT_TRUE(module);
    Tensors before = evaluateAll(*module);
    PassManager passes(&context);
    ASSERT_TRUE(succeeded(parsePassPipeline(pipeline, passes)));
    ASSERT_TRUE(succeeded(passes.run(*module)));
    Tensors after = evaluateAll(*module);
    ASSERT_EQ(before.size(), after.size());
    for (size_t i = 0; i < before.size(); ++i) {
      ASSERT_EQ(before[i].values.size(), after[i].values.size());
      // Constants of f32 are folded in f32, which the interpreter computes in
      // double: 1e-6 allows for that.
      for (size_t j = 0; j < before[i].values.size(); ++j, ++compared) {
        double x = before[i].values[j], y = after[i].values[j];
        bool areEqual = x == y || (std::isnan(x) && std::isnan(y));
        ASSERT_TRUE(areEqual || std::abs(x - y) <= 1e-6 * (1 + std::abs(x)))
            << "result " << i << ", element " << j << ": " << x
            << " has become " << y;
      }
    }
  }
  EXPECT_GT(compared, 100);
}

int main(int argc, char **argv) {
  testing::InitGoogleTest(&argc, argv);
  registerGanPasses();
  if (argc > 1)
    pipeline = argv[1];
  files.assign(argv + std::min(argc, 2), argv + argc);
  return RUN_ALL_TESTS();
}
