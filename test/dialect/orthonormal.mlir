// RUN: gan-opt %s | gan-opt | FileCheck %s

// CHECK-LABEL: func.func @round_trip
// CHECK: gan.orthonormal %{{.*}} : tensor<4x7xf32>
func.func @round_trip(%x: tensor<4x7xf32>) -> tensor<4x7xf32> {
  %y = gan.orthonormal %x : tensor<4x7xf32>
  return %y : tensor<4x7xf32>
}
