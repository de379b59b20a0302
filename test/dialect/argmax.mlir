// RUN: gan-opt %s | gan-opt | FileCheck %s
// RUN: gan-opt %s --canonicalize | FileCheck %s --check-prefix=FOLD

// CHECK-LABEL: func.func @round_trip
// CHECK: gan.argmax %{{.*}} dims = [2, 0] : tensor<3x4x5xf32> -> tensor<4xi32>
func.func @round_trip(%x: tensor<3x4x5xf32>) -> tensor<4xi32> {
  %y = gan.argmax %x dims = [2, 0] : tensor<3x4x5xf32> -> tensor<4xi32>
  return %y : tensor<4xi32>
}

// FOLD-LABEL: func.func @one_place
// FOLD-NEXT: gan.constant dense<0> : tensor<4xi32>
func.func @one_place(%x: tensor<4x1xf32>) -> tensor<4xi32> {
  %y = gan.argmax %x dims = [1] : tensor<4x1xf32> -> tensor<4xi32>
  return %y : tensor<4xi32>
}
