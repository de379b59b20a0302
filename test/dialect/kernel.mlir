// RUN: gan-opt %s | gan-opt | FileCheck %s

// CHECK-LABEL: func.func @round_trip
func.func @round_trip(%x: tensor<8x64xf32>, %w: tensor<32x64xf32>) -> tensor<8x32xf32> {
  // CHECK: %[[Y:.*]] = gan.kernel hero({{ ?}}contraction) (%{{.*}}, %{{.*}}) : (tensor<8x64xf32>, tensor<32x64xf32>) -> tensor<8x32xf32> {
  // CHECK: gan.yield %{{.*}} : tensor<8x32xf32>
  %y = gan.kernel hero(contraction) (%x, %w) : (tensor<8x64xf32>, tensor<32x64xf32>) -> tensor<8x32xf32> {
  ^bb0(%a: tensor<8x64xf32>, %b: tensor<32x64xf32>):
    %c = gan.matmul %a, %b {transpose_b} : tensor<8x64xf32>, tensor<32x64xf32> -> tensor<8x32xf32>
    %t = gan.tanh %c : tensor<8x32xf32>
    gan.yield %t : tensor<8x32xf32>
  }
  // CHECK: %[[Z:.*]] = gan.copy %[[Y]] : tensor<8x32xf32>
  %z = gan.copy %y : tensor<8x32xf32>
  // CHECK: return %[[Z]]
  return %z : tensor<8x32xf32>
}

// CHECK-LABEL: func.func @copy
func.func @copy(%x: tensor<8x64xf32>) -> tensor<8x64xf32> {
  // CHECK: gan.copy %{{.*}} : tensor<8x64xf32>
  %y = gan.copy %x : tensor<8x64xf32>
  return %y : tensor<8x64xf32>
}
