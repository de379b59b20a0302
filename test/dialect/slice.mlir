// RUN: gan-opt %s | gan-opt | FileCheck %s
// RUN: gan-opt %s --canonicalize | FileCheck %s --check-prefix=FOLD

// CHECK-LABEL: func.func @round_trip
// CHECK: gan.slice %{{.*}} offsets = [0, 4] : tensor<8x10xf32> -> tensor<8x6xf32>
func.func @round_trip(%x: tensor<8x10xf32>) -> tensor<8x6xf32> {
  %y = gan.slice %x offsets = [0, 4] : tensor<8x10xf32> -> tensor<8x6xf32>
  return %y : tensor<8x6xf32>
}

// FOLD-LABEL: func.func @everything
// FOLD-NEXT: return %arg0
func.func @everything(%x: tensor<8x10xf32>) -> tensor<8x10xf32> {
  %y = gan.slice %x offsets = [0, 0] : tensor<8x10xf32> -> tensor<8x10xf32>
  return %y : tensor<8x10xf32>
}

// FOLD-LABEL: func.func @splat
// FOLD-NEXT: gan.constant dense<2.000000e+00> : tensor<1xf32>
func.func @splat() -> tensor<1xf32> {
  %x = gan.constant dense<2.0> : tensor<2xf32>
  %y = gan.slice %x offsets = [1] : tensor<2xf32> -> tensor<1xf32>
  return %y : tensor<1xf32>
}

// FOLD-LABEL: func.func @of_a_slice
// FOLD-NEXT: %[[Y:.*]] = gan.slice %arg0 offsets = [3, 5] : tensor<8x10xf32> -> tensor<2x4xf32>
// FOLD-NEXT: return %[[Y]]
func.func @of_a_slice(%x: tensor<8x10xf32>) -> tensor<2x4xf32> {
  %a = gan.slice %x offsets = [1, 5] : tensor<8x10xf32> -> tensor<6x5xf32>
  %y = gan.slice %a offsets = [2, 0] : tensor<6x5xf32> -> tensor<2x4xf32>
  return %y : tensor<2x4xf32>
}
