// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef GAN_PASSES_FUSION_PASSES_TD
#define GAN_PASSES_FUSION_PASSES_TD

include "mlir/Pass/PassBase.td"

def FormGroupsPass : Pass<"gan-form-groups", "::mlir::func::FuncOp"> {
  let summary = "every op of a step stands in a gan.kernel; reshapes are views";
  let description = [{
    Demands pure tensor-level ops in functions of role "step", "init", "output", "draws" and "until"; leaves other functions alone. Afterwards such a
    function holds only `gan.kernel`, `gan.reshape` (a view: the same bytes under another shape) and its `return`, and every
    kernel obeys the rules of passes/fusion/README.md. What is computed twice and what is written to memory is decided by
    `CostModel` in bytes.

    Example: test/passes/fusion/form-groups.mlir
  }];
  let dependentDialects = ["::gan::GanDialect"];
  let options = [
    Option<"fuse", "fuse", "bool", "true", "Compute ops inside their users; else every op has a kernel of its own">,
    Option<"merge", "merge", "bool", "true", "Merge groups that read the same or each other">,
    Option<"forGpu", "for-gpu", "bool", "false", "Weigh as GPUs do">
  ];
  let statistics = [Statistic<"numKernels", "kernels", "Kernels formed">];
}

def RoundOperandsPass : Pass<"gan-round-operands", "::mlir::func::FuncOp"> {
  let summary = "what large contractions multiply has the format asked for";
  let description = [{
    With `to=tf32` or `to=bf16` each contraction of f32 in a `gan.kernel` reads its operands through a `gan.round`, the last op of its
    prologue, if the rows, the columns and what is added number 16 or more each: what is smaller fills no tensor core.
    Products and sums stay f32, as do all tensors in memory: parameters, states of optimizers, activations. With `to=none` nothing changes.

    It comes after fusion, so that every rounding stands in the kernel of its contraction, and after gradients, whose contractions
    round what they read, too.

    ```mlir
    %y = gan.conv2d %x, %w ...      becomes      %0 = gan.round %x to tf32 : tensor<8x16x16x64xf32>
                                                 %1 = gan.round %w to tf32 : tensor<4x4x64x128xf32>
                                                 %y = gan.conv2d %0, %1 ...
    ```

    Example: test/passes/fusion/round-operands.mlir
  }];
  let dependentDialects = ["::gan::GanDialect"];
  let options = [Option<"to", "to", "std::string", "\"none\"", "the format: none, tf32 or bf16">];
  let statistics = [Statistic<"numContractions", "contractions", "Contractions whose operands are rounded">];
}

def StoreRoundedPass : Pass<"gan-store-rounded", "::mlir::func::FuncOp"> {
  let summary = "what passes between kernels is held in bf16 where it may be";
  let description = [{
    With `to=bf16` a kernel stores an f32 result as bf16, by a `gan.cast` last, and its readers begin with a `gan.cast` back, if kernels alone
    read it and

    - all of them round it as what contractions multiply: no bit of what they compute changes; or
    - it has a part for each sample (`SampleAxes`) and its kernel adds over no elements to make it: activations and their cotangents.

    Parameters and their gradients, states, statistics and sums, losses, outputs and what linear algebra reads stay f32, as does all
    arithmetic in kernels. Where an f32 result is rounded by two readers or more, its kernel stores a rounded copy for them, too; where four
    or more round what the function reads, one kernel does it first. Tensors of fewer than `least` elements stay as they are. With another
    format nothing changes: tf32 has the bytes of f32.

    It comes after whatever looks for equal or neighbouring kernels, and changes none of them otherwise.

    ```mlir
    %h = gan.kernel ... -> tensor<8x16x16x64xf32> {      becomes      %h = gan.kernel ... -> tensor<8x16x16x64xbf16> {
      gan.yield %y                                                      %r = gan.cast %y : tensor<8x16x16x64xf32> -> tensor<8x16x16x64xbf16>
    }                                                                   gan.yield %r
                                                                      }
    %z = gan.kernel hero(contraction) (%h, %w) {                      %z = gan.kernel hero(contraction) (%h, %w) {
    ^bb0(%a: tensor<8x16x16x64xf32>, ...):                            ^bb0(%a: tensor<8x16x16x64xbf16>, ...):
      %0 = gan.round %a to bf16                                         %0 = gan.cast %a : tensor<8x16x16x64xbf16> -> tensor<8x16x16x64xf32>
    ```

    Example: test/passes/fusion/store-rounded.mlir
  }];
  let dependentDialects = ["::gan::GanDialect"];
  let options = [
    Option<"to", "to", "std::string", "\"none\"", "the format: none, tf32 or bf16">,
    Option<"least", "least", "int64_t", "4096", "Elements of the smallest tensor that is rounded">
  ];
  let statistics = [Statistic<"numRounded", "rounded", "Tensors stored in bf16">];
}

def ChooseConvolutionsPass : Pass<"gan-choose-convolutions", "::mlir::func::FuncOp"> {
  let summary = "convolutions are marked `winograd` or `col2im` where that is cheaper";
  let description = [{
    A tile of 4x4 outputs of a filter of 3x3 taps takes 36 products of transformed numbers, not 144, one of 2x2 outputs 16, not 36; of the
    2x2 taps that each phase of a 4x4 filter of stride 2 has, 25, not 64, or 9, not 16. So do the two gradients. Against that stand the
    transforms of what is multiplied and of the sums. A gradient of few channels (`col2im`) is multiplied by all taps at once and added where
    it falls. Marked with the cheapest form are the convolutions in kernels for which the estimate of cycles (`passes/contraction/Tiling.h`, for
    a batch of 64) is at most 0.85 of that of the plain one. `tile` marks whatever has the form of such tiles, and nothing else: for tests.
    Products of rounded operands stay as they are, and so do convolutions whose kernel adds over parts of their rows (ContractionEpilogue),
    which tiles cut in another way.

    ```mlir
    %y = gan.conv2d %x, %w strides = [1, 1] ...     becomes     %y = gan.conv2d %x, %w strides = [1, 1] ... {winograd = 4} ...
    %x = gan.conv2d_input_grad %dy, %v ...          becomes     %x = gan.conv2d_input_grad %dy, %v ... {col2im} ...
    ```

    Example: test/passes/fusion/choose-convolutions.mlir
  }];
  let dependentDialects = ["::gan::GanDialect"];
  let options = [Option<"tile", "tile", "int64_t", "0", "Of all that have the form; 0: the cheapest where one is worth it">];
  let statistics = [Statistic<"numMarked", "marked", "Convolutions marked">];
}

def VerifyFusedPass : Pass<"gan-verify-fused", "::mlir::func::FuncOp"> {
  let summary = "only lawful kernels, views and copies are left in steps";
  let description = [{
    Fails if anything but `gan.kernel`, `gan.reshape`, `gan.copy` and `return` stands in a function of role "step", "init", "output", "draws" or "until",
    or if a kernel breaks a rule that the emitters rely on.

    Example: test/passes/fusion/verify-fused.mlir
  }];
}

#endif // GAN_PASSES_FUSION_PASSES_TD
