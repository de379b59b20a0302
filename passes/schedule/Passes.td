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
