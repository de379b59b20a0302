// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/codegen/KernelEmitter.h"
#include "passes/codegen/nvptx/GpuKernel.h"

using namespace mlir;
using namespace gan;

// One thread per element, in row-major order, whatever the shape; neighbours
// load and store neighbours.
LogicalResult gan::emitGpuLoop(GpuKernel &g) {
  KernelBuilder &k = g.k;
  Value first = k.yield().getValues().front();
  int64_t count = cast<RankedTensorType>(first.getType()).getNumElements();
  if (failed(checkEqualCounts(k)))
    return failure();
  g.launch.blocks = llvm::divideCeil(count, blockThreads);
  Value element = k.add(k.mul(k.block, blockThreads), g.thread());
  Index index;
  index.digits = {{count, element}};
  g.whenBelow(element, count, blockThreads,
              [&] { k.storeOutputs(first, index); });
  return success();
}
