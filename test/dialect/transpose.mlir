// RUN: gan-opt %s | gan-opt | FileCheck %s
// RUN: gan-opt %s --canonicalize | FileCheck %s --check-prefix=FOLD

// CHECK-LABEL: func.func @round_trip
// CHECK: gan.transpose %{{.*}} permutation = [0, 2, 3, 1] : tensor<8x3x6x5xf32> -> tensor<8x6x5x3xf32>
func.func @round_trip(%x: tensor<8x3x6x5xf32>) -> tensor<8x6x5x3xf32> {
  %y = gan.transpose %x permutation = [0, 2, 3, 1] : tensor<8x3x6x5xf32> -> tensor<8x6x5x3xf32>
  return %y : tensor<8x6x5x3xf32>
}

// FOLD-LABEL: func.func @there_and_back
// FOLD-NEXT: return %arg0
func.func @there_and_back(%x: tensor<8x3x6x5xf32>) -> tensor<8x3x6x5xf32> {
  %i = gan.transpose %x permutation = [0, 2, 3, 1] : tensor<8x3x6x5xf32> -> tensor<8x6x5x3xf32>
  %y = gan.transpose %i permutation = [0, 3, 1, 2] : tensor<8x6x5x3xf32> -> tensor<8x3x6x5xf32>
  return %y : tensor<8x3x6x5xf32>
}

// The two do not commute: the outer permutation picks among the axes of the inner one.
// FOLD-LABEL: func.func @twice
// FOLD-NEXT: gan.transpose %arg0 permutation = [1, 0, 2] : tensor<2x3x4xf32> -> tensor<3x2x4xf32>
func.func @twice(%x: tensor<2x3x4xf32>) -> tensor<3x2x4xf32> {
  %i = gan.transpose %x permutation = [1, 2, 0] : tensor<2x3x4xf32> -> tensor<3x4x2xf32>
  %y = gan.transpose %i permutation = [0, 2, 1] : tensor<3x4x2xf32> -> tensor<3x2x4xf32>
  return %y : tensor<3x2x4xf32>
}

// FOLD-LABEL: func.func @unit_axes
// FOLD-NEXT: gan.reshape %arg0 : tensor<8x100x1x1xf32> -> tensor<8x1x1x100xf32>
func.func @unit_axes(%x: tensor<8x100x1x1xf32>) -> tensor<8x1x1x100xf32> {
  %y = gan.transpose %x permutation = [0, 2, 3, 1] : tensor<8x100x1x1xf32> -> tensor<8x1x1x100xf32>
  return %y : tensor<8x1x1x100xf32>
}

// FOLD-LABEL: func.func @splat
// FOLD-NEXT: gan.constant dense<2.000000e+00> : tensor<3x2xf32>
func.func @splat() -> tensor<3x2xf32> {
  %x = gan.constant dense<2.0> : tensor<2x3xf32>
  %y = gan.transpose %x permutation = [1, 0] : tensor<2x3xf32> -> tensor<3x2xf32>
  return %y : tensor<3x2xf32>
}
