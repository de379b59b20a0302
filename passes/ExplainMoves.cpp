// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/ExplainMoves.h"

#include "passes/codegen/executable/KernelCost.h"

#include "llvm/ADT/MapVector.h"
#include "llvm/Support/FormatVariadic.h"

using namespace mlir;
using namespace gan;
using llvm::formatv;

namespace {
// Of one move at one stage.
struct MoveCost {
  uint64_t launches = 0;
  KernelCost cost;

  void add(KernelCost more) {
    ++launches;
    cost.flops += more.flops;
    cost.bytes += more.bytes;
  }
};
using MoveCosts = llvm::MapVector<StringRef, MoveCost>; // by step
} // namespace

// A copy in which a phase of its own plays each function of a player, so that
// each becomes a step of its own.
static OwningOpRef<ModuleOp> separateMoves(ModuleOp module) {
  OwningOpRef<ModuleOp> copy = module.clone();
  ModelOp model = *copy->getOps<ModelOp>().begin();
  llvm::MapVector<StringRef, PlayOp> plays; // by function
  model.walk([&](PlayOp play) { plays.try_emplace(play.getCallee(), play); });
  SmallVector<PhaseOp> phases(model.getOps<PhaseOp>());
  OpBuilder builder = OpBuilder::atBlockEnd(&model.getBody().front());
  for (auto &[callee, play] : plays) {
    auto phase =
        PhaseOp::create(builder, play.getLoc(), ("move:" + callee).str(),
                        /*length=*/1, "steps", /*batch=*/1, ArrayAttr(),
                        /*until=*/FlatSymbolRefAttr(), /*check=*/IntegerAttr());
    OpBuilder inside = OpBuilder::atBlockEnd(&phase.getBody().emplaceBlock());
    PlayOp::create(inside, play.getLoc(), play.getCallee(), play.getPlayer(),
                   StringAttr());
  }
  for (PhaseOp phase : phases)
    phase.erase();
  return copy;
}

// Costs at `stage`, the names of the steps being those of the functions of
// players.
static FailureOr<MoveCosts> costsAt(StringRef stage, ModuleOp module,
                                    const StageOptions &options,
                                    llvm::StringSaver &names) {
  OwningOpRef<ModuleOp> copy = separateMoves(module);
  if (failed(runStages(*copy, stage, options)))
    return failure();
  MoveCosts costs;
  copy->walk([&](func::FuncOp step) {
    StringRef name = step.getSymName();
    if (!name.consume_front("move:"))
      return;
    MoveCost &cost = costs[names.save(name.rsplit('.').first)];
    for (Operation &op : step.getBody().front().without_terminator())
      if (auto kernel = dyn_cast<KernelOp>(op))
        cost.add(costOf(kernel));
      else if (!isa<ConstantOp, ReshapeOp>(op))
        cost.add(costOf(op));
  });
  return costs;
}

LogicalResult gan::explainMoves(ModuleOp module, const StageOptions &options,
                                llvm::raw_ostream &os) {
  llvm::BumpPtrAllocator allocator;
  llvm::StringSaver names(allocator);
  auto written = costsAt("grad", module, options, names);
  if (failed(written))
    return failure();
  auto planned = costsAt("plan", module, options, names);
  if (failed(planned))
    return failure();
  static constexpr char row[] =
      "  {0,-28} {1,8} {2,10} {3,10}   {4,8} {5,10} {6,10}\n";
  os << "\nmoves, each alone: as differentiated, one launch an op; and as they "
        "run\n"
     << formatv(row, "player and batch", "ops", "GFLOP", "MiB moved", "kernels",
                "GFLOP", "MiB moved");
  for (auto &[name, before] : *written) {
    const MoveCost &after = (*planned)[name];
    auto mebibytes = [](const MoveCost &cost) {
      return formatv("{0:f1}", cost.cost.bytes / 1048576.0).str();
    };
    auto gigaflops = [](const MoveCost &cost) {
      return formatv("{0:f4}", cost.cost.flops * 1e-9).str();
    };
    os << formatv(row, name, before.launches, gigaflops(before),
                  mebibytes(before), after.launches, gigaflops(after),
                  mebibytes(after));
  }
  return success();
}
