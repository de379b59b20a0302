// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef GAN_PASSES_AUTODIFF_PASSES_TD
#define GAN_PASSES_AUTODIFF_PASSES_TD

include "mlir/Pass/PassBase.td"

def ExpandGradPass : Pass<"gan-expand-grad", "::mlir::func::FuncOp"> {
  let summary = "every gradient is ordinary tensor ops";
  let description = [{
    Demands that whatever lies between the `xs` and the `y` of a `gan.grad` is at the tensor level, where a stored tensor is
    one SSA value: run it after `gan-thread-storage`, in functions of any role. Afterwards there is no `gan.grad`, and no
    `gan.stop_gradient`, which by then has nothing left to stop.

    A gradient is a walk from `y` back over the ops that depend on an `x` (no tape: SSA is the tape). Where no `x` lies behind
    an operand its adjoint is never built. Gradients are expanded in the order of the block, so that one which differentiates
    another meets plain ops; order n needs nothing of its own.

    ```mlir
    %p = gan.mul %x, %w : tensor<f32>
    %y = gan.exp %p : tensor<f32>
    %dx = gan.grad %y wrt %x : (tensor<f32>, tensor<f32>) -> tensor<f32>      becomes      %dx = gan.mul %y, %w : tensor<f32>
    ```

    Example: test/passes/autodiff/expand-grad.mlir
  }];
  let dependentDialects = ["::gan::GanDialect"];
  let statistics = [
    Statistic<"numGradients", "gradients", "gan.grad ops expanded">,
    Statistic<"numDifferentiated", "ops-differentiated", "Ops walked back over, once for each gradient">,
    Statistic<"numBuilt", "ops-built", "Ops that the adjoints are made of">
  ];
}

def FactorSumsPass : Pass<"gan-factor-sums", "::mlir::func::FuncOp"> {
  let summary = "no sum multiplies by what is the same for all its addends";
  let description = [{
    The adjoint of a broadcast is a sum, and what it adds is full of factors that were broadcast along the very axes it adds over: the
    gain of a norm, the reciprocal of its deviation, signs, numbers. They move behind the sum, where they are multiplied once. Sums that
    differed by them are then equal, and `cse` leaves one: the backward pass of a batch norm adds up two tensors, not five, and reads
    its input once less. A sum of which one part is summed already becomes two, of which one is there.

    Run it after `canonicalize`, before orders are fixed; values may change in their last bits.

    ```mlir
    %b = gan.broadcast %c dims = [1] : tensor<3xf32> -> tensor<8x3xf32>              %s = gan.sum %x dims = [0] : ...
    %p = gan.mul %x, %b : tensor<8x3xf32>                                 becomes    %y = gan.mul %s, %c : tensor<3xf32>
    %y = gan.sum %p dims = [0] : tensor<8x3xf32> -> tensor<3xf32>
    ```

    Example: test/passes/autodiff/factor-sums.mlir
  }];
  let dependentDialects = ["::gan::GanDialect"];
}

def JoinAveragesPass : Pass<"gan-join-averages", "::mlir::func::FuncOp"> {
  let summary = "averages over micro-batches are sums of what each reduced";
  let description = [{
    A gradient of one large batch adds over all its samples, and then adds what several uses of a parameter give, transposes it, multiplies
    it. The gradients of micro-batches have done all of this before they are averaged. As all of it is linear, the average moves in front
    of it, down to what is different for each micro-batch: the sums over samples. Averaged there, by adjacent pairs, they are parts of the
    sums of the large batch, which `gan-fix-orders` cuts at the same samples: gradients of k micro-batches are then, bit for bit, those of the
    large batch.

    Demands that the expressions of the micro-batches are built alike; where they are not, the average stays behind, right but for the
    last bits. Run it when the graph is simple, before layouts and orders are chosen.

    ```mlir
    %a = gan.add %r0, %f0 : tensor<4xf32>                        %r = gan.add %r0, %r1 : tensor<4xf32>
    %b = gan.add %r1, %f1 : tensor<4xf32>               ->       %f = gan.add %f0, %f1 : tensor<4xf32>
    %g = gan.average %a, %b : ...                                %g = gan.add %r / 2, %f / 2 : tensor<4xf32>
    ```

    Example: test/passes/autodiff/join-averages.mlir
  }];
  let dependentDialects = ["::gan::GanDialect"];
}

def VerifyNoGradPass : Pass<"gan-verify-no-grad", "::mlir::func::FuncOp"> {
  let summary = "no gradient is left to expand";
  let description = [{
    Fails if a `gan.grad` or `gan.stop_gradient` is left in a function: what follows knows no derivatives.

    Example: test/passes/autodiff/verify-no-grad.mlir
  }];
}

#endif // GAN_PASSES_AUTODIFF_PASSES_TD
