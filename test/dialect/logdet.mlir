// RUN: gan-opt %s | gan-opt | FileCheck %s

// CHECK-LABEL: func.func @round_trip
// CHECK: gan.logdet %{{.*}} : tensor<4x4xf32> -> tensor<f32>
// CHECK: gan.logdet %{{.*}} : tensor<2x3x3xf64> -> tensor<2xf64>
func.func @round_trip(%x: tensor<4x4xf32>, %b: tensor<2x3x3xf64>) -> (tensor<f32>, tensor<2xf64>) {
  %y = gan.logdet %x : tensor<4x4xf32> -> tensor<f32>
  %c = gan.logdet %b : tensor<2x3x3xf64> -> tensor<2xf64>
  return %y, %c : tensor<f32>, tensor<2xf64>
}
