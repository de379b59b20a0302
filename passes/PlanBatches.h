// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// How much memory a model needs with other batches: what a GPU that has too
// little can be told of.
#ifndef GAN_PASSES_PLANBATCHES_H
#define GAN_PASSES_PLANBATCHES_H

#include "passes/Pipelines.h"
#include "passes/codegen/executable/WriteExecutable.h"

#include "mlir/IR/OwningOpRef.h"

#include <functional>

namespace gan {

/// The game that is compiled, phases having only this part of their batch,
/// rounded up; null if it cannot have it.
using SmallerBatch =
    std::function<mlir::OwningOpRef<mlir::ModuleOp>(int64_t divisor)>;

/// The largest batch of the planned model, half of it, and so on down to a
/// sixteenth, each with the arena that it needs. A batch that the model cannot
/// have is left out, without a report.
std::vector<PlannedBatch> planBatches(ModelOp model,
                                      const SmallerBatch &withSmallerBatch,
                                      const StageOptions &options);

} // namespace gan

#endif // GAN_PASSES_PLANBATCHES_H
