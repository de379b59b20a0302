// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Checks the kernels of a file, see CheckKernel.h; or prints them for a GPU.
#include "passes/codegen/EmitKernels.h"
#include "test/passes/codegen/CheckKernel.h"

#include "mlir/Parser/Parser.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;
using namespace gan;

namespace cl = llvm::cl;

static cl::opt<std::string> file(cl::Positional, cl::Required,
                                 cl::desc("FILE.mlir"));
static cl::opt<bool> sim("sim", cl::desc("ask a simulated GPU, too"));
static cl::opt<bool>
    bitsOnly("bits-only",
             cl::desc("compare targets with each other, not with the "
                      "interpreter: inputs are random, and where a kernel "
                      "of a game is ill-conditioned f32 is far from f64"));
static cl::opt<double>
    tolerance("tolerance", cl::init(0),
              cl::desc("bounds all errors, whatever the kernels say"));
static cl::opt<bool> ptx("ptx",
                         cl::desc("print launches and code for a GPU instead"));

static cl::opt<std::string>
    architecture("gpu", cl::init("sm_80"),
                 cl::desc("the GPU to print or simulate code for"));

static LogicalResult printPtx(ModuleOp module, const TargetInfo &gpu) {
  FailureOr<GpuKernels> compiled = compileGpuKernels(module, gpu);
  if (failed(compiled))
    return failure();
  for (const GpuLaunch &launch : compiled->launches)
    llvm::outs() << "// " << launch.grid.name << ": " << launch.grid.blocks
                 << " blocks, " << launch.grid.sharedBytes << " bytes shared\n";
  llvm::outs() << compiled->ptx;
  return success();
}

int main(int argc, char **argv) {
  cl::ParseCommandLineOptions(argc, argv, "kernels against each other\n");
  DialectRegistry registry;
  registerCodegenDialects(registry);
  registry.insert<GanDialect>();
  MLIRContext context(registry);
  OwningOpRef<ModuleOp> module = parseSourceFile<ModuleOp>(file, &context);
  if (!module)
    return 1;
  const TargetInfo *gpu = llvm::find_if(
      gpuTargets(), [](auto &target) { return target.name == architecture; });
  if (gpu == gpuTargets().end())
    return 1;
  LogicalResult result =
      ptx ? printPtx(*module, *gpu)
          : test::checkKernels(*module, {.onSim = sim ? gpu : nullptr,
                                         .byReference = !bitsOnly,
                                         .tolerance = tolerance});
  return succeeded(result) ? 0 : 1;
}
