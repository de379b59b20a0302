// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// gradcheck in compiled code: the programs of test/reference/GradCases.cpp go
// through the passes from gradients to kernels, and gradients and difference
// quotients alike are computed by the kernels, in f64, in process.
#include "passes/Pipelines.h"
#include "test/passes/codegen/RunKernel.h"
#include "test/reference/GradProgram.h"
#include "test/reference/Kinks.h"

#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Pass/PassRegistry.h"
#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>

using namespace mlir;
using namespace gan;
using namespace gan::test;
using namespace gan::reference;

static const char *const pipeline =
    "func.func(gan-expand-grad,gan-verify-no-grad,canonicalize,cse,gan-factor-"
    "sums,canonicalize,cse,"
    "gan-fix-orders,gan-verify-simplified,gan-form-groups,gan-verify-fused)";

static Bytes toBytes(const Tensor &tensor) {
  Bytes bytes(tensor.values.size() * sizeof(double));
  std::memcpy(bytes.data(), tensor.values.data(), bytes.size());
  return bytes;
}

static Tensor toTensor(const Bytes &bytes, Type type) {
  Tensor tensor = Tensor::zeros(cast<RankedTensorType>(type).getShape());
  std::memcpy(tensor.values.data(), bytes.data(), bytes.size());
  return tensor;
}

static Bytes emptyBytes(Type type) {
  auto tensor = cast<RankedTensorType>(type);
  return Bytes(tensor.getNumElements() *
               std::max(1u, tensor.getElementTypeBitWidth() / 8));
}

namespace {
// Runs fused functions: kernels on the processor, views as copies.
class CompiledFunctions {
public:
  CompiledFunctions(const CompiledKernels &compiled, const Image &image)
      : compiled(compiled), image(image) {}

  // All arguments and results are f64.
  Tensors run(func::FuncOp function, const Tensors &arguments) const;

private:
  void run(KernelOp kernel, llvm::DenseMap<Value, Bytes> &values) const;

  const CompiledKernels &compiled;
  MappedImage image;
};
} // namespace

void CompiledFunctions::run(KernelOp kernel,
                            llvm::DenseMap<Value, Bytes> &values) const {
  const EmittedKernel &emitted =
      compiled.kernels[compiled.kernelOf.lookup(kernel)];
  std::vector<Bytes> inputs, outputs;
  for (Value input : kernel.getInputs())
    inputs.push_back(values.lookup(input));
  for (Type type : kernel.getOutputs().getTypes())
    outputs.push_back(emptyBytes(type));
  image.run(emitted, inputs, outputs, /*span=*/emitted.tiles);
  for (auto [output, bytes] : llvm::zip_equal(kernel.getOutputs(), outputs))
    values[output] = std::move(bytes);
}

Tensors CompiledFunctions::run(func::FuncOp function,
                               const Tensors &arguments) const {
  llvm::DenseMap<Value, Bytes> values;
  for (auto [argument, tensor] :
       llvm::zip_equal(function.getArguments(), arguments))
    values[argument] = toBytes(tensor);
  Tensors results;
  for (Operation &op : function.getBody().front())
    TypeSwitch<Operation *>(&op)
        .Case([&](KernelOp kernel) { run(kernel, values); })
        .Case([&](ReshapeOp view) {
          values[view.getY()] = values.lookup(view.getX());
        })
        .Case([&](func::ReturnOp end) {
          for (Value result : end.getOperands())
            results.push_back(
                toTensor(values.lookup(result), result.getType()));
        });
  return results;
}

class CompiledGradCheck : public testing::Test {
protected:
  CompiledGradCheck() {
    registerGanDialects(registry);
    registerCodegenDialects(registry);
    context.appendDialectRegistry(registry);
    context.loadAllAvailableDialects();
  }

  // Functions compiled together, so that equal kernels are compiled once.
  struct Compiled {
    OwningOpRef<ModuleOp> module;
    std::unique_ptr<CompiledKernels> kernels;
    std::unique_ptr<CompiledFunctions> functions;
  };
  // Nothing where that fails, or where there is no code for this processor.
  std::optional<Compiled> compile(const std::string &text);

  // Compares the programs of all cases.
  void checkAll(int order);

  DialectRegistry registry;
  MLIRContext context;
};

std::optional<CompiledGradCheck::Compiled>
CompiledGradCheck::compile(const std::string &text) {
  Compiled result;
  result.module = parseSourceString<ModuleOp>(text, &context);
  PassManager passes(&context);
  if (!result.module || failed(parsePassPipeline(pipeline, passes)) ||
      failed(passes.run(*result.module))) {
    ADD_FAILURE() << "the passes fail";
    return std::nullopt;
  }
  FailureOr<CompiledKernels> kernels = compileKernels(*result.module);
  if (failed(kernels)) {
    ADD_FAILURE() << "code generation fails";
    return std::nullopt;
  }
  result.kernels = std::make_unique<CompiledKernels>(std::move(*kernels));
  auto image = llvm::find_if(result.kernels->images, [](const Image &image) {
    return canRun(image.target);
  });
  if (image == result.kernels->images.end())
    return std::nullopt;
  result.functions =
      std::make_unique<CompiledFunctions>(*result.kernels, *image);
  return result;
}

void CompiledGradCheck::checkAll(int order) {
  std::vector<GradCase> cases = gradCases();
  std::string text;
  for (auto [i, one] : llvm::enumerate(cases))
    text += gradProgram(one, order, std::to_string(i),
                        "attributes {gan.role = \"step\"}");
  std::optional<Compiled> program = compile(text);
  if (!program)
    return;
  const CompiledFunctions &functions = *program->functions;
  double worst = 0;
  for (auto [i, one] : llvm::enumerate(cases)) {
    auto evaluator = [&](const std::string &name) {
      return
          [&functions, function = program->module->lookupSymbol<func::FuncOp>(
                           name + std::to_string(i))](
              const Tensors &arguments) -> FailureOr<Tensors> {
            return functions.run(function, arguments);
          };
    };
    double error = worstGradError(one, evaluator("f"), evaluator("gradient"));
    EXPECT_LE(error, mostGradError(order)) << one.name << "\n"
                                           << gradProgram(one, order, "");
    worst = std::max(worst, error);
  }
  llvm::outs() << cases.size() << " cases in "
               << program->kernels->kernels.size()
               << " kernels, the largest relative error is "
               << llvm::format("%.1e\n", worst);
}

TEST_F(CompiledGradCheck, FirstDerivativesMatchDifferences) {
  checkAll(/*order=*/1);
}

TEST_F(CompiledGradCheck, SecondDerivativesMatchDifferences) {
  checkAll(/*order=*/2);
}

TEST_F(CompiledGradCheck, KinksHaveTheStatedDerivatives) {
  std::string text;
  for (auto [i, kink] : llvm::enumerate(kinks()))
    for (size_t order = 1; order <= kink.derivatives.size(); ++order)
      text += kinkProgram(kink, order,
                          std::to_string(i) + "_" + std::to_string(order),
                          "attributes {gan.role = \"step\"}");
  std::optional<Compiled> program = compile(text);
  if (!program)
    return;
  for (auto [i, kink] : llvm::enumerate(kinks()))
    for (size_t order = 1; order <= kink.derivatives.size(); ++order) {
      std::string name = "d" + std::to_string(i) + "_" + std::to_string(order);
      Tensors found = program->functions->run(
          program->module->lookupSymbol<func::FuncOp>(name),
          {Tensor::scalar(kink.x)});
      EXPECT_EQ(found.front().values[0], kink.derivatives[order - 1])
          << kink.rule << ", order " << order;
    }
}

int main(int argc, char **argv) {
  registerGanPasses();
  testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
