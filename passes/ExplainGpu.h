// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What a planned model costs on GPUs, told before it runs on one.
#ifndef GAN_PASSES_EXPLAINGPU_H
#define GAN_PASSES_EXPLAINGPU_H

#include "dialect/GanOps.h"
#include "passes/codegen/EmitKernels.h"

#include "llvm/Support/raw_ostream.h"

namespace gan {

/// Prints, of a model planned for GPUs, per entry its launches, and for some
/// GPUs the time below which no run of it can be: for each launch its
/// arithmetic at the GPU's peak, that of tensor cores where these multiply, or
/// its traffic at the full bandwidth of memory, whichever takes longer. Then
/// the arena, beside that of the plan for a CPU alone. Then per launch its
/// grid, what a block shares, and per architecture of `gpu.cubins` the
/// registers of a thread, with the bytes it spills.
void explainGpu(ModelOp model, const GpuKernels &gpu, int64_t arenaWithoutGpu,
                llvm::raw_ostream &os);

} // namespace gan

#endif // GAN_PASSES_EXPLAINGPU_H
