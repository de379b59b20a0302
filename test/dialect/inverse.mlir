// RUN: gan-opt %s | gan-opt | FileCheck %s

// CHECK-LABEL: func.func @round_trip
// CHECK: gan.inverse %{{.*}} : tensor<4x4xf32>
// CHECK: gan.inverse %{{.*}} : tensor<2x3x3xf64>
func.func @round_trip(%x: tensor<4x4xf32>, %b: tensor<2x3x3xf64>) -> (tensor<4x4xf32>, tensor<2x3x3xf64>) {
  %y = gan.inverse %x : tensor<4x4xf32>
  %c = gan.inverse %b : tensor<2x3x3xf64>
  return %y, %c : tensor<4x4xf32>, tensor<2x3x3xf64>
}
