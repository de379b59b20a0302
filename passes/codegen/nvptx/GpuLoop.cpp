// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/codegen/KernelEmitter.h"
#include "passes/codegen/nvptx/GpuKernel.h"

using namespace mlir;
using namespace gan;

static constexpr int64_t threads = 256;

// One thread per element, in row-major order, whatever the shape; neighbours
// load and store neighbours.
LogicalResult gan::emitGpuLoop(GpuKernel &g) {
  KernelBuilder &k = g.k;
  Value first = k.yield().getValues().front();
  int64_t count = cast<RankedTensorType>(first.getType()).getNumElements();
  if (failed(checkEqualCounts(k)))
    return failure();
  g.launch.threads = threads;
  g.launch.blocks = llvm::divideCeil(count, threads);
  Value element = k.add(k.mul(g.block(), threads), g.thread());
  Index index;
  index.digits = {{count, element}};
  g.whenBelow(element, count, threads, [&] { k.storeOutputs(first, index); });
  return success();
}
