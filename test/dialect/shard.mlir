// RUN: gan-opt %s | gan-opt | FileCheck %s

// CHECK-LABEL: func.func @round_trip
// CHECK: gan.shard %{{.*}} of %{{.*}} dim = 0 : tensor<8x10xf32>, tensor<i64> -> tensor<2x10xf32>
func.func @round_trip(%x: tensor<8x10xf32>, %n: tensor<i64>) -> tensor<2x10xf32> {
  %y = gan.shard %x of %n dim = 0 : tensor<8x10xf32>, tensor<i64> -> tensor<2x10xf32>
  return %y : tensor<2x10xf32>
}
