// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef GAN_PASSES_SIMPLIFY_PASSES_TD
#define GAN_PASSES_SIMPLIFY_PASSES_TD

include "mlir/Pass/PassBase.td"

def SimplifyAlgebraPass : Pass<"gan-simplify-algebra", "::mlir::func::FuncOp"> {
  let summary = "small factors are joined, choices made once, work is done on small tensors";
  let description = [{
    What autodiff and a library of plain functions leave behind, and what costs time or memory: factors of optimizers and norms are multiplied
    with each other before they meet a large tensor; elementwise ops move before broadcasts and reshapes behind them; the two halves of
    an activation's gradient become one, and its mask is read from the activation, so that what went into it need not be kept. Runs the
    canonical forms of the dialect, too. README.md lists which rewrites change rounding.

    ```mlir
    %b = gan.broadcast %s dims = [] : tensor<f32> -> tensor<64x100xf32>           %r = gan.div %one, %s : tensor<f32>
    %d = gan.div %m, %b : tensor<64x100xf32>                                      %t = gan.mul %r, %lr : tensor<f32>
    %u = gan.mul %d, %lr_everywhere : tensor<64x100xf32>              becomes     %b = gan.broadcast %t dims = [] : ...
                                                                                  %u = gan.mul %m, %b : tensor<64x100xf32>
    ```

    Example: test/passes/simplify/simplify-algebra.mlir
  }];
  let dependentDialects = ["::gan::GanDialect"];
}

def AssignLayoutsPass : Pass<"gan-assign-layouts"> {
  let summary = "tensors lie as contractions read them, and storages as they are used";
  let description = [{
    The frontend speaks channels first and transposes around every convolution. This pass chooses a layout for every tensor of the steps,
    outputs and initial values of a model so that the fewest bytes are transposed: activations become channels-last through the whole
    step, and a storage that is only used transposed is stored that way, with its optimizer states and averages, and says so in its
    `layout`. Initial values are drawn as the file shows them, then transposed. Data and outputs keep the order of the program.
    Demands that no sum has an order yet, as an order speaks of axes. Runs on a `gan.model`, or on a module for every model in it.

    ```mlir
    %0 = gan.transpose %x permutation = [0, 2, 3, 1]     // before: x channels first
    %1 = gan.transpose %w permutation = [2, 3, 1, 0]     // w of storage [O, C, KH, KW]
    %2 = gan.conv2d %0, %1 ...
    %3 = gan.transpose %2 permutation = [0, 3, 1, 2]
    %4 = gan.tanh %3 ...

    %2 = gan.conv2d %x, %w ...                           // after: x channels last, w of storage [KH, KW, C, O]
    %4 = gan.tanh %2 ...
    ```

    Example: test/passes/simplify/assign-layouts.mlir
  }];
  let dependentDialects = ["::gan::GanDialect"];
  let statistics = [Statistic<"numTransposes", "transposes", "Transpositions left in steps">];
}

def FixOrdersPass : Pass<"gan-fix-orders", "::mlir::func::FuncOp"> {
  let summary = "every sum and contraction says in which order it adds";
  let description = [{
    Gives each `gan.sum` and contraction without an `order` the one that its shapes call for: from here on, no choice of target, tile or
    thread count changes a bit of a result. The policy is the table at the head of FixOrders.cpp. An order that is there stays.

    Example: test/passes/simplify/fix-orders.mlir
  }];
  let dependentDialects = ["::gan::GanDialect"];
  let statistics = [Statistic<"numOrders", "orders", "Orders fixed">];
}

def SplitSumsPass : Pass<"gan-split-sums", "::mlir::func::FuncOp"> {
  let summary = "sums over the rows of contractions are added part by part first";
  let description = [{
    A `gan.sum` over all axes but the last of what is computed elementwise from a contraction becomes two: one over parts of 32 rows that the
    contraction's tiles have as a whole (`RowParts`), which fusion adds where the result is stored; one over what the parts gave. A sum
    of squared distances from a mean of the same rows becomes the squares around the mean of each part, and how far that is from the whole
    mean. Every sum has an order before and after; `cse` then joins equal sums of parts. For GPUs: on a CPU a convolution is cheaper by
    tiles of patches (`gan-choose-convolutions`) than a pass over its result is dear.

    ```mlir
    %s = gan.sum %y dims = [0, 1, 2]       becomes    %v = gan.reshape %y : tensor<8x8x8x64xf32> -> tensor<16x32x64xf32>
                                                      %p = gan.sum %v dims = [1]
                                                      %s = gan.sum %p dims = [0]
    ```

    Example: test/passes/simplify/split-sums.mlir
  }];
  let dependentDialects = ["::gan::GanDialect"];
  let statistics = [Statistic<"numSums", "sums", "Sums cut in two">];
}

def SplitBatchesPass : Pass<"gan-split-batches", "::mlir::func::FuncOp"> {
  let summary = "few sums of many samples are added part by part of the batch first";
  let description = [{
    A block of a GPU has a tile of results; where a `gan.conv2d_weight_grad` has few results of many samples, few blocks would have all of
    its work. Where all results are one tile of a CPU's thread, threads would share them, and each read all samples. It becomes the
    gradients of parts of the batch and their sum, the same to the bit: parts end where those of its order do that are joined last. With
    `for-gpu` a `gan.sum` of many elements becomes the sums at each index of its first axes, and of these. All
    has an order, before and after.

    ```mlir
    %w = gan.conv2d_weight_grad %x, %dy ... order <splits = 128, lanes = 1>
    becomes
    %p = gan.conv2d_weight_grad %x, %dy ... parts = 8 order <splits = 16, lanes = 1>
    %w = gan.sum %p dims = [0] order <splits = 8, lanes = 1>
    ```

    Example: test/passes/simplify/split-batches.mlir
  }];
  let dependentDialects = ["::gan::GanDialect"];
  let options = [Option<"forGpu", "for-gpu", "bool", "false", "Enough parts for the blocks of a GPU">];
  let statistics = [Statistic<"numGradients", "gradients", "Gradients cut into parts">,
                    Statistic<"numSums", "sums", "Sums cut into parts">];
}

def VerifySimplifiedPass : Pass<"gan-verify-simplified", "::mlir::func::FuncOp"> {
  let summary = "steps hold pure ops with fixed orders";
  let description = [{
    Fails if a function of role "step", "init", "output", "draws" or "until" holds anything but pure tensor-level ops of one result, or a reduction
    without an order. How storages lie is not judged: what one function transposes may lie well for another.

    Example: test/passes/simplify/verify-simplified.mlir
  }];
}

#endif // GAN_PASSES_SIMPLIFY_PASSES_TD
