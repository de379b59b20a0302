// RUN: gan-opt %s --pass-pipeline='builtin.module(gan.model(gan-plan-memory,gan-verify-plan))' | FileCheck %s

// Behind what all shards share - the storage, the sums of all - comes what each has for itself: the data, a temporary, its sum.
// CHECK: gan.arena_bytes = 320 : i64
// CHECK-SAME: gan.buffers = array<i64: 0, 16, 128, 64, 192, 64, 256, 16, 64, 32>
// CHECK-SAME: gan.shard_offset = 128 : i64
gan.model @m attributes {gan.shards = 2 : i64} {
  gan.storage @w param tensor<4xf32> init = <constant, [0.0]> owner = "G"
  // CHECK: gan.kernel {{.*}}gan.inputs = array<i64: 1>
  func.func @s(%x: tensor<4x4xf32> {gan.data = "d.x", gan.move = 0 : i64}) -> (tensor<4xf32> {gan.storage = "w"}) attributes {gan.role = "step", gan.shards = 2 : i64} {
    %e = gan.kernel hero(elementwise) (%x) : (tensor<4x4xf32>) -> tensor<4x4xf32> {
    ^bb0(%p: tensor<4x4xf32>):
      %v = gan.exp %p : tensor<4x4xf32>
      gan.yield %v : tensor<4x4xf32>
    }
    %s = gan.kernel hero(reduction) (%e) : (tensor<4x4xf32>) -> tensor<4xf32> {
    ^bb0(%p: tensor<4x4xf32>):
      %v = gan.sum %p dims = [0] order <splits = 1, lanes = 1> : tensor<4x4xf32> -> tensor<4xf32>
      gan.yield %v : tensor<4xf32>
    }
    %g = gan.all_gather %s : (tensor<4xf32>) -> tensor<2x4xf32>
    %w = gan.kernel hero(reduction) (%g) : (tensor<2x4xf32>) -> tensor<4xf32> {
    ^bb0(%p: tensor<2x4xf32>):
      %v = gan.sum %p dims = [0] order <splits = 1, lanes = 1> : tensor<2x4xf32> -> tensor<4xf32>
      gan.yield %v : tensor<4xf32>
    }
    return %w : tensor<4xf32>
  }
}
