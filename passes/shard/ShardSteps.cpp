// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/Shards.h"
#include "passes/shard/Passes.h"
#include "passes/shard/Sharder.h"

using namespace mlir;
using namespace gan;

namespace gan {
#define GEN_PASS_DEF_SHARDSTEPSPASS
#include "passes/shard/Passes.h.inc"
} // namespace gan

static LogicalResult checkData(func::FuncOp step, int64_t shards) {
  for (auto [index, type] : llvm::enumerate(step.getArgumentTypes())) {
    auto data = step.getArgAttrOfType<StringAttr>(index, "gan.data");
    int64_t batch = cast<RankedTensorType>(type).getRank() == 0
                        ? 1
                        : cast<RankedTensorType>(type).getDimSize(0);
    if (data && batch % shards != 0)
      return step.emitError()
             << "a batch of " << batch << " samples of '" << data.getValue()
             << "' cannot be cut into " << shards << " equal shards";
  }
  return success();
}

namespace {
struct ShardStepsPass : gan::impl::ShardStepsPassBase<ShardStepsPass> {
  using ShardStepsPassBase::ShardStepsPassBase;
  void runOnOperation() override {
    ModelOp model = getOperation();
    if (shards == 1)
      return;
    if (shards < 1) {
      model.emitError() << "a move has at least one shard, found "
                        << shards.getValue();
      return signalPassFailure();
    }
    for (func::FuncOp function : model.getBody().getOps<func::FuncOp>()) {
      auto role = function->getAttrOfType<StringAttr>("gan.role");
      if (!role || role.getValue() != "step")
        continue;
      if (failed(checkData(function, shards)))
        return signalPassFailure();
      Sharder(function, shards).run();
    }
    Builder builder(model.getContext());
    model->setAttr(shardsAttribute, builder.getI64IntegerAttr(shards));
  }
};
} // namespace
