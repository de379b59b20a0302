// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/Compile.h"

#include "passes/ExplainMoves.h"
#include "passes/ExplainPlan.h"
#include "passes/Pipelines.h"
#include "passes/ShowLines.h"
#include "passes/codegen/nvptx/AssembleCubin.h"

#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/Threading.h"

using namespace mlir;
using namespace gan;

// The passes need dialects that the frontend does not load, and threads. Text
// of the IR in messages would tell the user nothing.
static void prepare(MLIRContext *context) {
  DialectRegistry registry;
  registerGanDialects(registry);
  registerCodegenDialects(registry);
  context->appendDialectRegistry(registry);
  context->enableMultithreading();
  context->printOpOnDiagnostic(false);
}

static void print(ModuleOp module, bool showsLines, llvm::raw_ostream &os) {
  if (showsLines)
    showLines(module);
  module.print(os, OpPrintingFlags().enableDebugInfo(false));
}

// The kernels of every target, one module each.
static LogicalResult emitKernels(ModuleOp module, bool isLowered,
                                 bool showsLines, llvm::raw_ostream &os) {
  for (const TargetInfo &target : cpuTargets()) {
    FailureOr<OwningOpRef<ModuleOp>> kernels = emitKernelModule(module, target);
    if (failed(kernels) || (isLowered && failed(lowerToLlvm(**kernels))))
      return failure();
    print(**kernels, showsLines, os);
  }
  return success();
}

// For the least demanding GPU: every other runs it.
static FailureOr<GpuKernels> compilePtx(Operation *root) {
  return compileGpuKernels(root, gpuTargets().front());
}

static LogicalResult emitPtx(ModuleOp module, llvm::raw_ostream &os) {
  FailureOr<GpuKernels> kernels = compilePtx(module);
  if (failed(kernels))
    return failure();
  os << kernels->ptx;
  return success();
}

LogicalResult gan::emitStage(ModuleOp module, StringRef stage,
                             const CompileOptions &options,
                             llvm::raw_ostream &os) {
  prepare(module.getContext());
  bool isCode = stage == "kernels" || stage == "llvm" || stage == "ptx";
  if (failed(runStages(module, isCode ? "plan" : stage,
                       {options.precision, options.without})))
    return failure();
  if (stage == "ptx")
    return emitPtx(module, os);
  if (isCode)
    return emitKernels(module, stage == "llvm", options.showsLines, os);
  print(module, options.showsLines, os);
  return success();
}

// The one model of the module, planned.
static FailureOr<ModelOp> plan(ModuleOp module, const CompileOptions &options) {
  prepare(module.getContext());
  if (failed(runStages(module, "plan", {options.precision, options.without})))
    return failure();
  return *module.getOps<ModelOp>().begin();
}

LogicalResult gan::explainCosts(ModuleOp module, const CompileOptions &options,
                                llvm::raw_ostream &os) {
  prepare(module.getContext());
  if (failed(explainMoves(module, {options.precision, options.without}, os)))
    return failure();
  FailureOr<ModelOp> model = plan(module, options);
  if (failed(model))
    return failure();
  return explainPlan(*model, os);
}

// Cubins of the PTX, each by a ptxas of its own, all at the same time.
static LogicalResult
assemble(ModelOp model, ArrayRef<std::string> architectures, GpuKernels &gpu) {
  if (architectures.empty())
    return success();
  llvm::Expected<std::string> ptxas = findPtxas();
  if (!ptxas)
    return model.emitError(llvm::toString(ptxas.takeError()));
  gpu.cubins.resize(architectures.size());
  std::vector<std::string> problems(architectures.size());
  parallelFor(model.getContext(), 0, architectures.size(), [&](size_t i) {
    llvm::Expected<std::vector<char>> cubin =
        assembleCubin(*ptxas, gpu.ptx, architectures[i]);
    if (cubin)
      gpu.cubins[i] = {architectures[i], std::move(*cubin)};
    else
      problems[i] = llvm::toString(cubin.takeError());
  });
  for (const std::string &problem : problems)
    if (!problem.empty())
      return model.emitError(problem);
  return success();
}

static LogicalResult addGpuCode(ModelOp model,
                                ArrayRef<std::string> architectures,
                                CompiledKernels &kernels) {
  FailureOr<GpuKernels> gpu = compilePtx(model);
  if (failed(gpu) || failed(assemble(model, architectures, *gpu)))
    return failure();
  kernels.gpu = std::move(*gpu);
  return success();
}

LogicalResult gan::buildTrainer(ModuleOp module, const CompileOptions &options,
                                StringRef runtime, StringRef output) {
  FailureOr<ModelOp> model = plan(module, options);
  if (failed(model))
    return failure();
  FailureOr<CompiledKernels> kernels = compileKernels(*model);
  if (failed(kernels) ||
      (options.forGpu &&
       failed(addGpuCode(*model, options.architectures, *kernels))))
    return failure();
  FailureOr<std::vector<char>> ganx =
      writeExecutable(*model, *kernels, options.provenance);
  if (failed(ganx))
    return failure();
  std::string problem = appendToRuntime(runtime, *ganx, output);
  if (!problem.empty())
    return model->emitError() << problem;
  return success();
}
