// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef GAN_PASSES_FUSION_PASSES_TD
#define GAN_PASSES_FUSION_PASSES_TD

include "mlir/Pass/PassBase.td"

def FormGroupsPass : Pass<"gan-form-groups", "::mlir::func::FuncOp"> {
  let summary = "every op of a step stands in a gan.kernel; reshapes are views";
  let description = [{
    Demands pure tensor-level ops in functions of role "step", "init", "output" and "until"; leaves other functions alone. Afterwards such a
    function holds only `gan.kernel`, `gan.reshape` (a view: the same bytes under another shape) and its `return`, and every
    kernel obeys the rules of passes/fusion/README.md. What is computed twice and what is written to memory is decided by
    `CostModel` in bytes.

    Example: test/passes/fusion/form-groups.mlir
  }];
  let dependentDialects = ["::gan::GanDialect"];
  let options = [
    Option<"fuse", "fuse", "bool", "true", "Compute ops inside their users; else every op has a kernel of its own">,
    Option<"merge", "merge", "bool", "true", "Merge groups that read the same or each other">
  ];
  let statistics = [Statistic<"numKernels", "kernels", "Kernels formed">];
}

def VerifyFusedPass : Pass<"gan-verify-fused", "::mlir::func::FuncOp"> {
  let summary = "only lawful kernels, views and copies are left in steps";
  let description = [{
    Fails if anything but `gan.kernel`, `gan.reshape`, `gan.copy` and `return` stands in a function of role "step", "init", "output" or "until",
    or if a kernel breaks a rule that the emitters rely on.

    Example: test/passes/fusion/verify-fused.mlir
  }];
}

#endif // GAN_PASSES_FUSION_PASSES_TD
