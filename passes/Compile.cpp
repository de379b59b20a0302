// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/Compile.h"

#include "passes/CompileForGpus.h"
#include "passes/ExplainGpu.h"
#include "passes/ExplainMoves.h"
#include "passes/ExplainPlan.h"
#include "passes/Pipelines.h"
#include "passes/ShowLines.h"
#include "passes/codegen/executable/LibraryHeader.h"
#include "passes/codegen/executable/StoredValues.h"

#include "mlir/IR/Diagnostics.h"

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
  for (const TargetInfo &target : cpuTargetsOf(module)) {
    FailureOr<OwningOpRef<ModuleOp>> kernels = emitKernelModule(module, target);
    if (failed(kernels) || (isLowered && failed(lowerToLlvm(**kernels))))
      return failure();
    print(**kernels, showsLines, os);
  }
  return success();
}

static LogicalResult emitPtx(ModuleOp module,
                             ArrayRef<std::string> architectures,
                             llvm::raw_ostream &os) {
  FailureOr<std::string> ptx = compilePtxFor(module, architectures);
  if (failed(ptx))
    return failure();
  os << *ptx;
  return success();
}

static StageOptions stagesOf(const CompileOptions &options) {
  return {.precision = options.precision,
          .without = options.without,
          .forGpu = options.forGpu,
          .shards = options.shards,
          .onlyOutputs = options.onlyOutputs};
}

LogicalResult gan::emitStage(ModuleOp module, StringRef stage,
                             const CompileOptions &options,
                             llvm::raw_ostream &os) {
  prepare(module.getContext());
  bool isCode = stage == "kernels" || stage == "llvm" || stage == "ptx";
  StageOptions stages = stagesOf(options);
  stages.forGpu |= stage == "ptx";
  if (failed(runStages(module, isCode ? "plan" : stage, stages)))
    return failure();
  if (stage == "ptx")
    return emitPtx(module, options.architectures, os);
  if (isCode)
    return emitKernels(module, stage == "llvm", options.showsLines, os);
  print(module, options.showsLines, os);
  return success();
}

// The one model of the module, planned.
static FailureOr<ModelOp> plan(ModuleOp module, const CompileOptions &options) {
  prepare(module.getContext());
  if (failed(runStages(module, "plan", stagesOf(options))))
    return failure();
  return *module.getOps<ModelOp>().begin();
}

// What the same model costs where it is planned for GPUs.
static LogicalResult explainForGpus(ModuleOp module,
                                    const CompileOptions &options,
                                    int64_t arenaWithoutGpu,
                                    llvm::raw_ostream &os) {
  FailureOr<ModelOp> model = plan(module, options);
  if (failed(model))
    return failure();
  FailureOr<GpuKernels> gpu = compileForGpus(*model, options.architectures);
  if (failed(gpu))
    return failure();
  explainGpu(*model, *gpu, arenaWithoutGpu, os);
  return success();
}

LogicalResult gan::explainCosts(ModuleOp module, const CompileOptions &options,
                                llvm::raw_ostream &os) {
  prepare(module.getContext());
  CompileOptions forCpu = options;
  forCpu.forGpu = false;
  if (failed(explainMoves(module, stagesOf(forCpu), os)))
    return failure();
  OwningOpRef<ModuleOp> forGpu;
  if (options.forGpu)
    forGpu = module.clone();
  FailureOr<ModelOp> model = plan(module, forCpu);
  if (failed(model) || failed(explainPlan(*model, os)))
    return failure();
  auto arena = (*model)->getAttrOfType<IntegerAttr>("gan.arena_bytes");
  return forGpu ? explainForGpus(*forGpu, options, arena.getInt(), os)
                : success();
}

// The code of the model for every target.
static FailureOr<CompiledKernels> compileAll(ModelOp model,
                                             const CompileOptions &options) {
  FailureOr<CompiledKernels> kernels = compileKernels(model);
  if (failed(kernels) || !options.forGpu)
    return kernels;
  FailureOr<GpuKernels> gpu = compileForGpus(model, options.architectures);
  if (failed(gpu))
    return failure();
  kernels->gpu = std::move(*gpu);
  return kernels;
}

static LogicalResult append(ModelOp model, StringRef runtime,
                            const FailureOr<std::vector<char>> &ganx,
                            StringRef output) {
  if (failed(ganx))
    return failure();
  std::string problem = appendToRuntime(runtime, *ganx, output);
  if (!problem.empty())
    return model->emitError() << problem;
  return success();
}

LogicalResult gan::buildTrainer(ModuleOp module, const CompileOptions &options,
                                StringRef runtime, StringRef output) {
  FailureOr<ModelOp> model = plan(module, options);
  if (failed(model))
    return failure();
  FailureOr<CompiledKernels> kernels = compileAll(*model, options);
  if (failed(kernels))
    return failure();
  std::vector<PlannedBatch> batches;
  if (options.forGpu)
    batches = planBatches(*model, options.withSmallerBatch, stagesOf(options));
  return append(*model, runtime,
                writeExecutable(*model, *kernels, options.provenance, batches),
                output);
}

LogicalResult gan::buildLibrary(ModuleOp module, const CompileOptions &options,
                                StringRef runtime, StringRef output,
                                StringRef header) {
  FailureOr<ModelOp> model = plan(module, options);
  if (failed(model))
    return failure();
  StoredValues values;
  if (!options.weights.empty()) {
    FailureOr<StoredValues> read = readStoredValues(*model, options.weights);
    if (failed(read))
      return failure();
    values = std::move(*read);
  }
  FailureOr<CompiledKernels> kernels = compileAll(*model, options);
  if (failed(kernels))
    return failure();
  if (failed(append(*model, runtime,
                    writeExecutable(*model, *kernels, options.provenance,
                                    /*batches=*/{}, values),
                    output)))
    return failure();
  std::string problem = writeLibraryHeader(*model, options.provenance, header);
  if (!problem.empty())
    return (*model)->emitError() << problem;
  return success();
}
