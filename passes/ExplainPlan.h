// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What a planned model costs to run, told before it runs.
#ifndef GAN_PASSES_EXPLAINPLAN_H
#define GAN_PASSES_EXPLAINPLAN_H

#include "dialect/GanOps.h"

#include "llvm/Support/raw_ostream.h"

namespace gan {

/// Prints the memory of a run by what it holds (all but code and libraries),
/// and per entry the kernels, the arithmetic and the memory traffic of one run.
/// Demands what `gan-verify-plan` accepts.
mlir::LogicalResult explainPlan(ModelOp model, llvm::raw_ostream &os);

} // namespace gan

#endif // GAN_PASSES_EXPLAINPLAN_H
