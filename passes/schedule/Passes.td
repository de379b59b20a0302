// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef GAN_PASSES_SCHEDULE_PASSES_TD
#define GAN_PASSES_SCHEDULE_PASSES_TD

include "mlir/Pass/PassBase.td"

def OrderStepsPass : Pass<"gan-order-steps", "::mlir::func::FuncOp"> {
  let summary = "kernels stand in an order that keeps little memory live";
  let description = [{
    Tries two orders. One takes, among the kernels whose operands are there, the one after which the least memory is live. The other
    takes one that frees as much as it needs, else the first of a walk from the results back, which finishes the gradients of one
    micro-batch before it begins the next. The best of these and the order written stands.

    Example: test/passes/schedule/order-steps.mlir
  }];
}

def GroupLaunchesPass : Pass<"gan-group-launches", "::mlir::func::FuncOp"> {
  let summary = "kernels that need not wait for each other share launches";
  let description = [{
    For GPUs, where a launch costs as much as some megabytes of traffic. Moves kernels that do not need each other side by side and gives
    them the same `gan.launch`; the grid of the launch is that of all its members. Kernels with the longest way to the end behind them
    go first, and what is ready beside them comes along, unless it would suffer from the registers of a contraction. A sum that needs of
    another only what the same block computes (a variance of its mean) has `gan.follows` and runs behind it, in its blocks. How far ahead of
    their place kernels may go is the widest of several windows for which memory grows by no more than `growth` percent; none goes before
    or beside others that read what it overwrites, if another can.

    Example: test/passes/schedule/group-launches.mlir
  }];
  let options = [Option<"growth", "growth", "int64_t", "20", "percent by which the live memory of an entry, arguments included, may grow">];
  let statistics = [Statistic<"numLaunches", "launches", "launches of all entries">];
}

def PlanMemoryPass : Pass<"gan-plan-memory", "::gan::ModelOp"> {
  let summary = "every tensor of every entry has a place in one arena";
  let description = [{
    Demands what `gan-verify-fused` accepts. Gives the model `gan.arena_bytes` and `gan.buffers` (offset, bytes of each buffer), storages
    and arguments and results of entries `gan.buffer`, and kernels and copies `gan.inputs` and `gan.outputs`. Storage, inputs and
    outputs of entries keep their bytes for ever; temporaries share what is left by live ranges. New storage values are written in place
    where no reader of the old value comes later; else a `gan.copy` at the end of the entry puts them there.

    Example: test/passes/schedule/plan-memory.mlir
  }];
  let dependentDialects = ["::gan::GanDialect"];
}

def VerifyPlanPass : Pass<"gan-verify-plan", "::gan::ModelOp"> {
  let summary = "no live tensor is overwritten by the plan";
  let description = [{
    Recomputes liveness from the attributes of the plan alone and fails if a write touches bytes that are still to be read.

    Example: test/passes/schedule/verify-plan.mlir
  }];
}

#endif // GAN_PASSES_SCHEDULE_PASSES_TD
