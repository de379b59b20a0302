// RUN: gan-opt %s | gan-opt | FileCheck %s
// RUN: gan-opt %s --canonicalize | FileCheck %s --check-prefix=FOLD

// CHECK-LABEL: func.func @round_trip
// CHECK: gan.broadcast %{{.*}} dims = [3] : tensor<64xf32> -> tensor<8x4x4x64xf32>
func.func @round_trip(%x: tensor<64xf32>) -> tensor<8x4x4x64xf32> {
  %y = gan.broadcast %x dims = [3] : tensor<64xf32> -> tensor<8x4x4x64xf32>
  return %y : tensor<8x4x4x64xf32>
}

// FOLD-LABEL: func.func @same_shape
// FOLD-NEXT: return %arg0
func.func @same_shape(%x: tensor<4x5xf32>) -> tensor<4x5xf32> {
  %y = gan.broadcast %x dims = [0, 1] : tensor<4x5xf32> -> tensor<4x5xf32>
  return %y : tensor<4x5xf32>
}

// FOLD-LABEL: func.func @splat
// FOLD-NEXT: gan.constant dense<2.000000e+00> : tensor<4x5xf32>
func.func @splat() -> tensor<4x5xf32> {
  %x = gan.constant dense<2.0> : tensor<f32>
  %y = gan.broadcast %x dims = [] : tensor<f32> -> tensor<4x5xf32>
  return %y : tensor<4x5xf32>
}

// FOLD-LABEL: func.func @twice
// FOLD-NEXT: gan.broadcast %arg0 dims = [2] : tensor<3xf32> -> tensor<4x5x3xf32>
func.func @twice(%x: tensor<3xf32>) -> tensor<4x5x3xf32> {
  %i = gan.broadcast %x dims = [1] : tensor<3xf32> -> tensor<5x3xf32>
  %y = gan.broadcast %i dims = [1, 2] : tensor<5x3xf32> -> tensor<4x5x3xf32>
  return %y : tensor<4x5x3xf32>
}
