// RUN: gan-opt %s --pass-pipeline='builtin.module(func.func(gan-join-gathers))' | FileCheck %s
// RUN: gan-opt %s --pass-pipeline='builtin.module(func.func(gan-join-gathers{bucket=16}))' | FileCheck %s --check-prefix=SMALL

// Two of the first round, though a user of one stands between them; one of the second.
// CHECK-LABEL: func.func @rounds
// CHECK: %[[FIRST:.*]]:2 = gan.all_gather %arg0, %arg1
// CHECK: gan.kernel hero({{ ?}}elementwise) (%[[FIRST]]#0
// CHECK: gan.all_gather %{{.*}} : (tensor<2xf32>) -> tensor<2x2xf32>
// CHECK: return %{{.*}}, %[[FIRST]]#1

// SMALL-LABEL: func.func @rounds
// SMALL-COUNT-3: gan.all_gather
func.func @rounds(%a: tensor<4xf32> {gan.data = "a.x", gan.move = 0 : i64}, %b: tensor<2xf32> {gan.data = "b.x", gan.move = 0 : i64})
    -> (tensor<2x2xf32>, tensor<2x2xf32>) attributes {gan.role = "step", gan.shards = 2 : i64} {
  %p = gan.all_gather %a : (tensor<4xf32>) -> tensor<2x4xf32>
  %k = gan.kernel hero(elementwise) (%p, %b) : (tensor<2x4xf32>, tensor<2xf32>) -> tensor<2xf32> {
  ^bb0(%x: tensor<2x4xf32>, %y: tensor<2xf32>):
    %s = gan.slice %x offsets = [0, 0] : tensor<2x4xf32> -> tensor<1x2xf32>
    %r = gan.reshape %s : tensor<1x2xf32> -> tensor<2xf32>
    %t = gan.add %r, %y : tensor<2xf32>
    gan.yield %t : tensor<2xf32>
  }
  %q = gan.all_gather %b : (tensor<2xf32>) -> tensor<2x2xf32>
  %z = gan.all_gather %k : (tensor<2xf32>) -> tensor<2x2xf32>
  return %z, %q : tensor<2x2xf32>, tensor<2x2xf32>
}
