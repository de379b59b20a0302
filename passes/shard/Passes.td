// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef GAN_PASSES_SHARD_PASSES_TD
#define GAN_PASSES_SHARD_PASSES_TD

include "mlir/Pass/PassBase.td"

def ShardStepsPass : Pass<"gan-shard-steps", "::gan::ModelOp"> {
  let summary = "steps are written for one shard of the samples of a move";
  let description = [{
    Demands simplified functions whose reductions have no order yet. Data and draws of a step are cut along the axis of samples into
    `shards` equal parts, and the step becomes what one of them computes: whatever keeps samples apart works on the part at hand; a sum over
    samples is one over those of the shard, `gan.all_gather`, and a sum over shards in their order. Sums and differences of such
    sums are formed before they are exchanged. What mixes samples in another way works on all of them, gathered, in every shard. Other functions stay.

    ```mlir
    %s = gan.sum %x dims = [0] : tensor<8x4xf32> -> tensor<4xf32>                // before, %x a data

    %p = gan.sum %x dims = [0] : tensor<4x4xf32> -> tensor<4xf32>                // after, for 2 shards
    %a = gan.all_gather %p : (tensor<4xf32>) -> tensor<2x4xf32>
    %s = gan.sum %a dims = [0] order <splits = 1, lanes = 1> : tensor<2x4xf32> -> tensor<4xf32>
    ```

    Example: test/passes/shard/shard-steps.mlir
  }];
  let options = [Option<"shards", "shards", "int64_t", "1", "into how many parts; 1: nothing is done">];
  let dependentDialects = ["::gan::GanDialect"];
}

def JoinGathersPass : Pass<"gan-join-gathers", "::mlir::func::FuncOp"> {
  let summary = "what can be exchanged at once is exchanged at once";
  let description = [{
    Demands fused functions. A round of an exchange is how many others lie on the longest way to it. Those of one round become one
    `gan.all_gather`, or several of about `bucket` bytes each where they are large: gradients travel in a few buckets, and the
    first of them while the last are still being computed, where a device can do that.

    Example: test/passes/shard/join-gathers.mlir
  }];
  let options = [Option<"bucket", "bucket", "int64_t", "16777216", "bytes of a shard after which a bucket is full">];
  let dependentDialects = ["::gan::GanDialect"];
}

#endif // GAN_PASSES_SHARD_PASSES_TD
