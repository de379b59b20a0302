// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/CompileForGpus.h"

#include "mlir/IR/Threading.h"

using namespace mlir;
using namespace gan;

// The target whose code an architecture gets: its own, or what all run.
static const TargetInfo &targetOf(StringRef architecture) {
  const TargetInfo *own = llvm::find_if(
      gpuTargets(), [&](auto &target) { return target.name == architecture; });
  return own == gpuTargets().end() ? gpuTargets().front() : *own;
}

static StringRef ptxOf(const GpuKernels &gpu, StringRef architecture) {
  for (const GpuKernels::OwnPtx &own : gpu.ownPtx)
    if (own.architecture == architecture)
      return own.ptx;
  return gpu.ptx;
}

// Cubins of the PTX, each by a ptxas of its own, all at the same time.
static LogicalResult assemble(Operation *root,
                              ArrayRef<std::string> architectures,
                              GpuKernels &gpu) {
  llvm::Expected<std::string> ptxas = findPtxas();
  if (!ptxas)
    return root->emitError(llvm::toString(ptxas.takeError()));
  gpu.cubins.resize(architectures.size());
  std::vector<std::string> problems(architectures.size());
  parallelFor(root->getContext(), 0, architectures.size(), [&](size_t i) {
    llvm::Expected<Cubin> cubin =
        assembleCubin(*ptxas, ptxOf(gpu, architectures[i]), architectures[i]);
    if (cubin)
      gpu.cubins[i] = std::move(*cubin);
    else
      problems[i] = llvm::toString(cubin.takeError());
  });
  for (const std::string &problem : problems)
    if (!problem.empty())
      return root->emitError(problem);
  return success();
}

// The PTX of an architecture that has its own.
static LogicalResult compileOwn(Operation *root, StringRef architecture,
                                GpuKernels &gpu) {
  FailureOr<GpuKernels> own = compileGpuKernels(root, targetOf(architecture));
  if (failed(own))
    return failure();
  assert(std::equal(own->launches.begin(), own->launches.end(),
                    gpu.launches.begin(), gpu.launches.end(),
                    [](const GpuLaunch &mine, const GpuLaunch &other) {
                      return mine.grid.name == other.grid.name &&
                             mine.grid.blocks == other.grid.blocks;
                    }) &&
         "the file tells one shape of a launch");
  gpu.ownPtx.push_back({architecture.str(), std::move(own->ptx),
                        std::move(own->kernels), std::move(own->launches)});
  return success();
}

FailureOr<std::string> gan::compilePtxFor(Operation *root,
                                          ArrayRef<std::string> architectures) {
  FailureOr<GpuKernels> gpu = compileGpuKernels(
      root, targetOf(architectures.empty() ? "" : architectures.back()));
  if (failed(gpu))
    return failure();
  return std::move(gpu->ptx);
}

FailureOr<GpuKernels> gan::compileForGpus(Operation *root,
                                          ArrayRef<std::string> architectures) {
  FailureOr<GpuKernels> gpu = compileGpuKernels(root, gpuTargets().front());
  if (failed(gpu))
    return failure();
  for (const std::string &architecture : architectures)
    if (&targetOf(architecture) != gpuTargets().begin() &&
        failed(compileOwn(root, architecture, *gpu)))
      return failure();
  if (!architectures.empty() && failed(assemble(root, architectures, *gpu)))
    return failure();
  return gpu;
}
