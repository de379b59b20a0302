// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef GAN_DIALECT_GAMEOPS_TD
#define GAN_DIALECT_GAMEOPS_TD

include "dialect/GanOpBase.td"
include "mlir/IR/RegionKindInterface.td"
include "mlir/IR/SymbolInterfaces.td"

// Functions of a model are `func.func` with the string attribute `gan.role`:
//   "network"  one specialisation of a network's body (batch, constant arguments, training); `gan.network` names the network
//   "player"   a move of one player, or of several together, at one batch size; first argument: the move key, tensor<2xi64>; no results
//   "output"   one output; first argument: the key; one result
//   "draws"    after gan-split-draws: what an output's samples are drawn from; one argument, the key; `gan.draws` of the output names it
//   "until"    whether a phase is over; first argument: a key, of which only the clock may be read; one result, tensor<i1>
//   "step"     after gan-form-steps: a maximal straight run of moves, the unit of compilation and of launch
//   "init"     after gan-form-steps: gives every storage its first value, but for zeros, with which a run begins
// After gan-thread-storage every argument of a step carries exactly one of
//   gan.storage = "G.0.weight" | gan.data = "photos.x" with gan.move = i | gan.clock = <expression> with gan.move = i | gan.key = i
// (or, after gan-shard-steps, gan.shard: the number of the shard; in outputs also gan.draw = "z": the result of that name of its draws)
// and every result exactly one of
//   gan.storage = "G.0.weight" | gan.metric = "generator.loss" | gan.output = "samples" | gan.draw = "z" | gan.until
// where i counts the fresh moves of the step from 0.
//
// A clock expression is an attribute in prefix form: a number (f64), a name ("step", "images", "epoch", "progress"), or an
// array [operator, operands...] with operators + - * / // % ^ min max neg floor sqrt exp log cos sin, comparisons
// == != < <= > >=, not and or, and "if" (condition, then, else). The host evaluates it in double before the move.

def Gan_ModelOp : Gan_Op<"model", [IsolatedFromAbove, NoRegionArguments, SymbolTable, Symbol, NoTerminator, SingleBlock,
                                   RegionKindInterface]> {
  let summary = "a game: its storage, data, functions and phases";
  let description = [{
    `arguments` holds the model parameters as they were set.

    **Constraints**: (C1) of this dialect only storage, data, networks and phases stand directly inside; (C2) the `gan.role` of a
    function, if it has one, is one of those above.

    Example:

    ```mlir
    gan.model @ring attributes {arguments = {width = 128 : i64}} {
      gan.storage @"G.dense.0.bias" param tensor<128xf64> init = <constant, [0.0]> owner = "G"
    }
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = "$sym_name attr-dict-with-keyword $body";
  let extraClassDeclaration = [{
    static ::mlir::RegionKind getRegionKind(unsigned) { return ::mlir::RegionKind::Graph; }
  }];
  let hasRegionVerifier = 1;
}

def Gan_StorageOp : Gan_Op<"storage", [Symbol, DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "a tensor that outlives the move";
  let description = [{
    The name is the key in the weights file. `type` is the stored type; axis `k` of what is stored is axis `layout[k]` of what
    the file shows (absent: the same). `init` is a distribution, or `copy` names the storage whose first value it takes.

    **Constraints**: (C1) `layout` is a permutation of the axes; (C2) exactly one of `init` and `copy`;
    (C3) `copy` names another storage of the model, of the same type; (C4) `orthogonal` has two axes at least, `identity` two.

    Example:

    ```mlir
    gan.storage @"D.conv.0.weight" param tensor<4x4x3x64xf64> layout = [2, 3, 1, 0] init = <normal, [0.0, 0.02]> owner = "D"
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, Gan_StorageKindAttr:$kind, TypeAttrOf<Gan_Tensor>:$type,
                       OptionalAttr<DenseI64ArrayAttr>:$layout, OptionalAttr<Gan_DistributionAttr>:$init,
                       OptionalAttr<FlatSymbolRefAttr>:$copy, StrAttr:$owner);
  let assemblyFormat = [{
    $sym_name $kind $type (`layout` `=` $layout^)? (`init` `=` $init^)? (`copy` `=` $copy^)? `owner` `=` $owner attr-dict
  }];
  let hasVerifier = 1;
}

def Gan_DataOp : Gan_Op<"data", [Symbol]> {
  let summary = "records that the trainer binds to files";
  let description = [{
    `fields` holds one dictionary per field: `name`, `kind` ("image", "label", "map", "sequence", "vector", "index", "mixture", "swiss_roll"), `shape` per sample, and
    what the kind needs (`low`, `high`, and if they are not 0, "center", false and "bilinear" `resize`, `crop`, `flip` (of a map, too), `filter`, of a `stack` of
    more than one picture how many are its channels, and of a fixed set of such their `count`; `classes`;
    `centres` row-major, `std`, `count`; if they are not 1, how many vectors a record has, `of`, and the mean of how many is taken, `mean`; of the values of another record the field that it is of, `other`, and the one that `differs`). A data of synthetic fields needs no files.

    **Constraints**: (C1) every field has a `name` of its own, a known `kind` and a `shape`; (C2) an image has `low` < `high`, a `resize` from its extents on, a `crop` "random", a known `filter`, and channels that its `stack` divides,
    a label, map or sequence at least one of `classes` and 0, 2 or 1 axes, a map at most 256, a vector a `mean` of no more than it has, a mixture `centres` of `shape[0]` reals each, it and a swiss_roll of two axes a `std` >= 0 and a `count` >= 0; (C3) an `other` names a field of its kind and shape, and a label or index that `differs`.

    Example:

    ```mlir
    gan.data @photos fields = [{name = "x", kind = "image", shape = array<i64: 3, 64, 64>, low = -1.0 : f64, high = 1.0 : f64} ]
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, ArrayAttr:$fields);
  let assemblyFormat = "$sym_name `fields` `=` $fields attr-dict";
  let hasVerifier = 1;
}

def Gan_LoadOp : Gan_Op<"load", [MemoryEffects<[MemRead]>, DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "the present value of a storage";
  let description = [{
    **Constraints**: (C1) the name is that of a storage of the model; (C2) the value has its type.

    Example:

    ```mlir
    %w = gan.load @"G.dense.0.weight" : tensor<64x100xf64>
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$storage);
  let results = (outs Gan_Tensor:$value);
  let assemblyFormat = "$storage attr-dict `:` type($value)";
}

def Gan_StoreOp : Gan_Op<"store", [MemoryEffects<[MemWrite]>, DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "a new value for a storage";
  let description = [{
    Later loads of the move see it, gradients go through it, and it outlives the move.

    **Constraints**: (C1) and (C2) as for `gan.load`.

    Example:

    ```mlir
    gan.store %w, @"G.dense.0.weight" : tensor<64x100xf64>
    ```
  }];
  let arguments = (ins Gan_Tensor:$value, FlatSymbolRefAttr:$storage);
  let assemblyFormat = "$value `,` $storage attr-dict `:` type($value)";
}

def Gan_InitialiseOp : Gan_Op<"initialise", [MemoryEffects<[MemRead, MemWrite]>, DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "a first value from the first batch";
  let description = [{
    Where `flag` holds 0, the storage, and every storage that is a copy of it, takes the value, and `flag` becomes 1. Until then they
    hold what `init` says. To gradients the value is a constant. Only the first of a straight run of moves counts.

    **Constraints**: (C1) the name is that of a storage of the model; (C2) the value has its type; (C3) the flag is a storage of one
    real.

    Example:

    ```mlir
    gan.initialise %s, @"D.act.scale" once = @"D.act.scale.initialised" : tensor<64xf64>
    ```
  }];
  let arguments = (ins Gan_RealTensor:$value, FlatSymbolRefAttr:$storage, FlatSymbolRefAttr:$flag);
  let assemblyFormat = "$value `,` $storage `once` `=` $flag attr-dict `:` type($value)";
}

def Gan_CallOp : Gan_Op<"call", [MemoryEffects<[MemRead, MemWrite]>, DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "a call of a network";
  let description = [{
    `path` is put before the streams of the draws inside. With `frozen_state`, what the call stores is dropped after it
    (`update: false`).

    **Constraints**: (C1) the callee is a function of the model, of role "network"; (C2) operands and results have its types.

    Example:

    ```mlir
    %y = gan.call @G_train_64(%key, %z) path = "G#0" : (tensor<2xi64>, tensor<64x100xf64>) -> tensor<64x3x64x64xf64>
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$callee, Variadic<AnyStaticShapeTensor>:$inputs, StrAttr:$path, UnitAttr:$frozen_state);
  let results = (outs Variadic<AnyStaticShapeTensor>:$outputs);
  let assemblyFormat = [{
    $callee `(` $inputs `)` `path` `=` $path (`frozen_state` $frozen_state^)? attr-dict `:` functional-type($inputs, $outputs)
  }];
}

def Gan_ReadOp : Gan_Op<"read", [MemoryEffects<[MemRead]>, DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "the batch of a data field in this move";
  let description = [{
    The field's elements of the samples of this move: axis 0 is the batch.

    **Constraints**: (C1) the data has such a field; (C2) the shape is the batch, then the field's; (C3) the key has shape [2].

    Example:

    ```mlir
    %x = gan.read @photos "x" at %key : tensor<2xi64> -> tensor<64x3x64x64xf64>
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$data, StrAttr:$field, Gan_MoveKey:$key);
  let results = (outs Gan_Tensor:$value);
  let hasVerifier = 1;
  let assemblyFormat = "$data $field `at` $key attr-dict `:` type($key) `->` type($value)";
}

def Gan_ClockOp : Gan_Op<"clock", [MemoryEffects<[MemRead]>]> {
  let summary = "a number known before the move";
  let description = [{
    The host evaluates the clock expression (prefix form, see the head of GameOps.td) in double.

    **Constraints**: (C1) a well-formed clock expression; (C2) shape []; (C3) the key has shape [2].

    Example:

    ```mlir
    %lr = gan.clock ["*", 2.0e-4, ["-", 1.0, "progress"]] at %key : tensor<2xi64> -> tensor<f64>
    ```
  }];
  let arguments = (ins AnyAttr:$expression, Gan_MoveKey:$key);
  let results = (outs Gan_RealTensor:$value);
  let assemblyFormat = "$expression `at` $key attr-dict `:` type($key) `->` type($value)";
  let hasVerifier = 1;
}

def Gan_ReportOp : Gan_Op<"report", [MemoryEffects<[MemWrite]>]> {
  let summary = "a named number for the log";
  let description = [{
    **Constraints**: (C1) shape [].

    Example:

    ```mlir
    gan.report %loss as "generator.loss" : tensor<f64>
    ```
  }];
  let arguments = (ins Gan_RealTensor:$value, StrAttr:$name);
  let assemblyFormat = "$value `as` $name attr-dict `:` type($value)";
  let hasVerifier = 1;
}

def Gan_PhaseOp : Gan_Op<"phase", [Symbol, NoTerminator, SingleBlock, NoRegionArguments,
                                   DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "a part of the schedule";
  let description = [{
    Runs its body again and again until `length` of `unit` ("steps": passes through the body, "images", "epochs") is reached.
    Phases run in the order written. `reset` names players whose optimizer states are forgotten at the start. Every `check` passes
    the function `until` is asked, at the clock of the next pass; the phase is over where it gives true.

    **Constraints**: (C1) a known unit; (C2) a positive length and batch; (C3) `until` and a positive `check`, or neither;
    (C4) `until` is a function of the model, of role "until".

    Example:

    ```mlir
    gan.phase @train 100000 "steps" batch = 64 until = @train.until check = 100 {
      gan.play @discriminator_64 player = "discriminator"
      gan.play @generator_64 player = "generator" reuse = "discriminator"
    }
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, I64Attr:$length, StrAttr:$unit, I64Attr:$batch, OptionalAttr<StrArrayAttr>:$reset,
                       OptionalAttr<FlatSymbolRefAttr>:$until, OptionalAttr<I64Attr>:$check);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = [{
    $sym_name $length $unit `batch` `=` $batch (`reset` `=` $reset^)? (`until` `=` $until^)? (`check` `=` $check^)?
    attr-dict-with-keyword $body
  }];
  let hasVerifier = 1;
}

def Gan_PlayOp : Gan_Op<"play", [DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "one move of a player";
  let description = [{
    Calls the player's function with a fresh move key, or with that of the last move of `reuse`. Players that move together are one
    function and one `player`, "a, b".

    **Constraints**: (C1) the callee is a function of the model, of role "player".

    Example:

    ```mlir
    gan.play @generator_64 player = "generator" reuse = "discriminator"
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$callee, StrAttr:$player, OptionalAttr<StrAttr>:$reuse);
  let assemblyFormat = "$callee `player` `=` $player (`reuse` `=` $reuse^)? attr-dict";
}

def Gan_RepeatOp : Gan_Op<"repeat", [NoTerminator, SingleBlock, NoRegionArguments]> {
  let summary = "moves made several times";
  let description = [{
    `count` is a clock expression, rounded down; zero or less: never.

    **Constraints**: (C1) a well-formed clock expression.

    Example:

    ```mlir
    gan.repeat 5.0 {
      gan.play @critic_64 player = "critic"
    }
    ```
  }];
  let arguments = (ins AnyAttr:$count);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = "$count attr-dict-with-keyword $body";
  let hasVerifier = 1;
}

def Gan_WhenOp : Gan_Op<"when", [NoTerminator, NoRegionArguments]> {
  let summary = "moves made under a condition on the clock";
  let description = [{
    The first region runs where `condition` is not 0, else the second.

    **Constraints**: (C1) a well-formed clock expression.

    Example:

    ```mlir
    gan.when [">", "step", 0.0] {
      gan.play @generator_64 player = "generator"
    } else {
    }
    ```
  }];
  let arguments = (ins AnyAttr:$condition);
  let regions = (region MaxSizedRegion<1>:$then, MaxSizedRegion<1>:$otherwise);
  let assemblyFormat = "$condition attr-dict-with-keyword $then `else` $otherwise";
  let hasVerifier = 1;
}

def Gan_RunOp : Gan_Op<"run", [DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "one launch of a step";
  let description = [{
    Stands in a phase after `gan-form-steps`, for a straight run of `moves` fresh moves.

    **Constraints**: (C1) the step is a function of the model, of role "step"; (C2) at least one move.

    Example:

    ```mlir
    gan.run @train.0 moves = 1
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$step, I64Attr:$moves);
  let assemblyFormat = "$step `moves` `=` $moves attr-dict";
  let hasVerifier = 1;
}

def Gan_NetworkOp : Gan_Op<"network", [Symbol, DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "a network and its inference graph";
  let description = [{
    Names the function that computes the network with `training: false`, for export and inspection.

    **Constraints**: (C1) the graph is a function of the model, of role "network".

    Example:

    ```mlir
    gan.network @G graph = @G_infer_64
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, FlatSymbolRefAttr:$graph);
  let assemblyFormat = "$sym_name `graph` `=` $graph attr-dict";
}

#endif // GAN_DIALECT_GAMEOPS_TD
