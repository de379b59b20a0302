// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef GAN_PASSES_INLINE_PASSES_TD
#define GAN_PASSES_INLINE_PASSES_TD

include "mlir/Pass/PassBase.td"

def SetPrecisionPass : Pass<"gan-set-precision", "::gan::ModelOp"> {
  let summary = "every real of the model has the precision asked for";
  let description = [{
    The frontend writes every real as f64. With `real=f32` each tensor of f64 becomes one of f32: storages, constants (rounded to
    nearest), values and signatures. What the host computes in double stays: clock expressions, the parameters of distributions,
    the ranges of data fields.

    ```mlir
    %c = gan.constant dense<0.1> : tensor<f64>      becomes      %c = gan.constant dense<0.1> : tensor<f32>
    ```

    Example: test/passes/inline/set-precision.mlir
  }];
  let dependentDialects = ["::gan::GanDialect"];
  let options = [Option<"real", "real", "std::string", "\"f32\"", "the precision: f32 or f64">];
}

def KeepOutputsPass : Pass<"gan-keep-outputs", "::gan::ModelOp"> {
  let summary = "outputs, and what they need, are all that is left";
  let description = [{
    For a library that draws samples: players, phases, networks that no output calls and their storage are gone, optimizer states with them.
    Data stay, as they say how samples of their shape are seen. Storage begins with zeros, as its values come from a file of weights, so
    that a copy needs no source.

    ```mlir
    gan.storage @D.w ...                                   gan.storage @G.w param tensor<4xf64> init = <constant, [0.0]> owner = "G"
    gan.storage @G.w ... init = <normal, ...> ...    ->    func.func @samples(...) { gan.call @G ... }
    func.func @train_4 attributes {gan.role = "player"}
    func.func @samples(...) { gan.call @G ... }
    ```

    Example: test/passes/inline/keep-outputs.mlir
  }];
  let dependentDialects = ["::gan::GanDialect"];
  let statistics = [Statistic<"numErased", "erased", "Ops erased">];
}

def FormStepsPass : Pass<"gan-form-steps", "::gan::ModelOp"> {
  let summary = "phases hold only gan.run, gan.repeat and gan.when";
  let description = [{
    Each maximal straight run of moves becomes one function of role "step", named "<phase>.<n>", that holds the bodies of its players
    one after the other; equal runs share one. Its arguments are the keys of its fresh moves; a `reuse` takes the key of the
    move it names. One function of role "init" gives every storage its first value, but for zeros. The
    functions of role "player" are gone.

    What one move stores is a constant to the gradients of the next: a `gan.stop_gradient` stands between them.

    ```mlir
    gan.play @a_4 player = "a"                        func.func @train.0(%0: tensor<2xi64> {gan.key = 0 : i64}) {
    gan.play @b_4 player = "b" reuse = "a"      ->      body of @a_4 at %0; body of @b_4 at %0
                                                      }
                                                      gan.run @train.0 moves = 1
    ```

    Example: test/passes/inline/form-steps.mlir
  }];
  let dependentDialects = ["::gan::GanDialect", "::mlir::func::FuncDialect"];
  let statistics = [Statistic<"numSteps", "steps", "Steps formed">];
}

def InlineCallsPass : Pass<"gan-inline-calls", "::gan::ModelOp"> {
  let summary = "no gan.call is left; draws carry the paths of their calls";
  let description = [{
    The body of the callee stands where the call stood, in every function; what a call with `frozen_state` stored is stored back
    after it. Networks keep only the functions that a `gan.network` names.

    ```mlir
    %y = gan.call @G(%k, %z) path = "G#0" : ...      ->      %n = gan.random %k stream = "G#0/noise" from ...
                                                             %y = gan.add %z, %n : ...
    ```

    Example: test/passes/inline/inline-calls.mlir
  }];
  let dependentDialects = ["::gan::GanDialect"];
  let statistics = [Statistic<"numCalls", "calls", "Calls inlined">];
}

def ThreadStoragePass : Pass<"gan-thread-storage", "::gan::ModelOp"> {
  let summary = "functions are pure: storage, data and clock are their arguments";
  let description = [{
    Demands functions without calls. A load gives what was last stored in the function, as a `gan.variable`, or an argument; what is
    stored at the end and differs from the argument is a result. Data and clocks are arguments of their move, reports are results, each name once. A first value from the first batch is a `gan.select` by its flag. What nothing
    needs is gone, arguments too; those of networks stay. The binding of arguments and results is that at the head of
    GameOps.td.

    ```mlir
    func.func @train.0(%k: tensor<2xi64> {gan.key = 0 : i64}) ...        func.func @train.0(%w: tensor<4xf32> {gan.storage = "G.w"})
      %w = gan.load @G.w : tensor<4xf32>                            ->       -> (tensor<4xf32> {gan.storage = "G.w"}) ...
      %y = gan.exp %w : tensor<4xf32>                                       %y = gan.exp %w : tensor<4xf32>
      gan.store %y, @G.w : tensor<4xf32>                                    return %y : tensor<4xf32>
    ```

    Example: test/passes/inline/thread-storage.mlir
  }];
  let dependentDialects = ["::gan::GanDialect", "::mlir::func::FuncDialect"];
}

def MarkVariablesPass : Pass<"gan-mark-variables", "::mlir::func::FuncOp"> {
  let summary = "gradients are with respect to values that stay apart from all others";
  let description = [{
    Every `xs` of a `gan.grad` is an argument or the result of a `gan.variable` afterwards: folding and common subexpressions make one
    value of equal ones, and a gradient would then count paths from all of them.

    ```mlir
    %a = gan.mul %x, %half : tensor<4xf32>             ->      %b = gan.mul %x, %half : tensor<4xf32>
    %d = gan.grad %y wrt %a : ...                              %a = gan.variable %b : tensor<4xf32>
                                                               %d = gan.grad %y wrt %a : ...
    ```

    Example: test/passes/inline/mark-variables.mlir
  }];
  let dependentDialects = ["::gan::GanDialect"];
  let statistics = [Statistic<"numVariables", "variables", "Values set apart">];
}

def SplitDrawsPass : Pass<"gan-split-draws", "::gan::ModelOp"> {
  let summary = "outputs take what is drawn for their samples as arguments";
  let description = [{
    Demands pure functions. What a function of role "output" draws for each sample it takes as arguments afterwards, `gan.draw` with the path of
    the draw, and a function of role "draws" before it, which `gan.draws` names, draws the same numbers as its results. Who calls the two one after the
    other has what there was before; who puts other numbers in between has the samples of these. `gan.classes` tells among how many such a number
    chooses, if it does. Draws that belong to no sample stay.

    ```mlir
    func.func @samples(%k: tensor<2xi64> {gan.key = 0}) ...                func.func @samples.draws(%k: tensor<2xi64> {gan.key = 0})
      %z = gan.random %k stream = "z" from ...                      ->       -> (tensor<4x2xf32> {gan.draw = "z"}) ...
      %y = gan.exp %z : tensor<4x2xf32>                                    func.func @samples(%z: tensor<4x2xf32> {gan.draw = "z"}) ...
                                                                             %y = gan.exp %z : tensor<4x2xf32>
    ```

    Example: test/passes/inline/split-draws.mlir
  }];
  let dependentDialects = ["::gan::GanDialect", "::mlir::func::FuncDialect"];
  let statistics = [Statistic<"numDraws", "draws", "Draws taken out of outputs">];
}

def VerifyTensorPass : Pass<"gan-verify-tensor", "::gan::ModelOp"> {
  let summary = "the model is phases of runs over pure tensor functions";
  let description = [{
    Fails unless
    - phases hold only `gan.run`, `gan.repeat` and `gan.when`, and a run has more moves than any number that its step binds;
    - every function is a "step", the one "init", an "output", the "draws" of one, or a "network" that a `gan.network` names;
    - functions hold only pure tensor-level ops, `gan.grad`, `gan.variable` and `return`; no `gan.kernel` and no `gan.copy`, which come later;
    - every argument is bound once: `gan.storage`, `gan.key`, or with `gan.move`, `gan.data` or `gan.clock`; those of networks may be free; in outputs also
      `gan.draw`, which its draws have a result for, of the same type;
    - every result of a step is bound once, `gan.storage` or `gan.metric`; `gan.storage` in init, `gan.output` in outputs, `gan.draw` in draws, none in networks;
    - what is bound has the type of its storage; keys are `tensor<2xi64>`, clocks and metrics one real;
    - init takes no storage and gives each its value.

    Example: test/passes/inline/verify-tensor.mlir
  }];
}

#endif // GAN_PASSES_INLINE_PASSES_TD
