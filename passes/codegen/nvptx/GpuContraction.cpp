// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/Arithmetic.h"
#include "passes/codegen/KernelEmitter.h"
#include "passes/codegen/nvptx/GpuTile.h"

using namespace mlir;
using namespace gan;

LogicalResult gan::emitGpuContraction(GpuKernel &g) {
  FailureOr<Operation *> op = findContraction(g.k);
  if (failed(op))
    return failure();
  if ((*op)->hasAttr("winograd") || (*op)->hasAttr("col2im"))
    return (*op)->emitOpError(
        "by tiles of outputs, or by all taps at once, has no form for GPUs");
  GpuTile tile(g, *op);
  if (std::optional<RealFormat> format = formatOfProducts(*op))
    emitRoundedTile(tile, *format);
  else
    emitFmaTile(tile);
  return success();
}
