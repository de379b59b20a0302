// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef GAN_DIALECT_SHARDOPS_TD
#define GAN_DIALECT_SHARDOPS_TD

include "dialect/GanOpBase.td"

// The samples of a move in equal parts, the shards. A step with `gan.shards` = n (dialect/Shards.h) is written for one of them and run for
// each: its data are the samples of the shard, and an argument with `gan.shard` is the shard's number. What depends on these is a value of
// the shard; everything else, and what gan.all_gather gives, is the same for all.

def Gan_ShardNumber : StaticShapeTensorOf<[I64]>;

def Gan_ShardOp : Gan_PureOp<"shard", [AllElementTypesMatch<["x", "y"]>]> {
  let summary = "a shard's part of a tensor that all shards have";
  let description = [{
    `x` along `dim` in parts of the extent of `y`; `y` is part `number`: `y[.., i, ..] = x[.., number * e + i, ..]`, where `e` is
    the extent of `y` on `dim`.

    **Constraints**: (C1) the number has shape []; (C2) `dim` is an axis of `x`; (C3) the extent of `y` on `dim` divides that of `x`, and
    other extents agree.

    Example:

    ```mlir
    %y = gan.shard %x of %number dim = 0 : tensor<64x100xf32>, tensor<i64> -> tensor<16x100xf32>
    ```
  }];
  let arguments = (ins Gan_Tensor:$x, Gan_ShardNumber:$number, I64Attr:$dim);
  let results = (outs Gan_Tensor:$y);
  let assemblyFormat = "$x `of` $number `dim` `=` $dim attr-dict `:` type($x) `,` type($number) `->` type($y)";
  let hasVerifier = 1;
}

def Gan_AllGatherOp : Gan_PureOp<"all_gather"> {
  let summary = "tensors of every shard, in the order of the shards";
  let description = [{
    `y[s, ..] = x of shard s`, for each of the `xs`: the one place where shards learn of each other. All that stands in one op is exchanged
    at once.

    **Constraints**: (C1) as many results as operands, at least one; (C2) each result has the type of its operand behind one more axis,
    whose extent, the number of shards, all of them share.

    Example:

    ```mlir
    %y:2 = gan.all_gather %a, %b : (tensor<64xf32>, tensor<f32>) -> (tensor<4x64xf32>, tensor<4xf32>)
    ```
  }];
  let arguments = (ins Variadic<Gan_Tensor>:$xs);
  let results = (outs Variadic<Gan_Tensor>:$ys);
  let assemblyFormat = "$xs attr-dict `:` functional-type($xs, $ys)";
  let hasVerifier = 1;
}

#endif // GAN_DIALECT_SHARDOPS_TD
