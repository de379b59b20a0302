// RUN: gan-opt %s --gan-form-groups --gan-verify-fused | FileCheck %s
// RUN: gan-opt %s --pass-pipeline='builtin.module(func.func(gan-form-groups{for-gpu=true}),func.func(gan-verify-fused))' | FileCheck %s

// What each shard computes for itself and what all compute alike stays in kernels apart, though both are small and share an input. An
// exchange is no kernel.
// CHECK-LABEL: func.func @apart
// CHECK: gan.kernel hero({{ ?}}elementwise) (%arg1) : (tensor<4xf32>) -> tensor<4xf32>
// CHECK: gan.kernel hero({{ ?}}elementwise) (%arg0, %arg1) : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
// CHECK: gan.all_gather
func.func @apart(%x: tensor<4xf32> {gan.data = "d.x", gan.move = 0 : i64}, %w: tensor<4xf32> {gan.storage = "w"})
    -> (tensor<4xf32> {gan.storage = "w"}, tensor<2x4xf32> {gan.storage = "v"}) attributes {gan.role = "step", gan.shards = 2 : i64} {
  %e = gan.exp %w : tensor<4xf32>
  %p = gan.mul %x, %w : tensor<4xf32>
  %g = gan.all_gather %p : (tensor<4xf32>) -> tensor<2x4xf32>
  return %e, %g : tensor<4xf32>, tensor<2x4xf32>
}
