// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/PlanBatches.h"

#include "dialect/GanOps.h"

using namespace mlir;
using namespace gan;

static constexpr int64_t kSmallestPart = 16;

static PlannedBatch planOf(ModelOp model) {
  PlannedBatch planned;
  for (PhaseOp phase : model.getOps<PhaseOp>())
    planned.batch =
        std::max(planned.batch, static_cast<int64_t>(phase.getBatch()));
  planned.arenaBytes =
      model->getAttrOfType<IntegerAttr>("gan.arena_bytes").getInt();
  return planned;
}

std::vector<PlannedBatch> gan::planBatches(ModelOp model,
                                           const SmallerBatch &withSmallerBatch,
                                           const StageOptions &options) {
  std::vector<PlannedBatch> batches = {planOf(model)};
  if (!withSmallerBatch || batches.front().batch == 0)
    return batches;
  ScopedDiagnosticHandler silence(model.getContext(),
                                  [](Diagnostic &) { return success(); });
  for (int64_t divisor = 2; divisor <= kSmallestPart; divisor *= 2) {
    OwningOpRef<ModuleOp> smaller = withSmallerBatch(divisor);
    if (!smaller || failed(runStages(*smaller, "plan", options)))
      continue;
    PlannedBatch planned = planOf(*smaller->getOps<ModelOp>().begin());
    if (planned.batch < batches.back().batch)
      batches.push_back(planned);
  }
  return batches;
}
