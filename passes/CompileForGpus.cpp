// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/CompileForGpus.h"

#include "mlir/IR/Threading.h"

using namespace mlir;
using namespace gan;

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
        assembleCubin(*ptxas, gpu.ptx, architectures[i]);
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

FailureOr<GpuKernels> gan::compileForGpus(Operation *root,
                                          ArrayRef<std::string> architectures) {
  FailureOr<GpuKernels> gpu = compileGpuKernels(root, gpuTargets().front());
  if (failed(gpu))
    return failure();
  if (!architectures.empty() && failed(assemble(root, architectures, *gpu)))
    return failure();
  return gpu;
}
