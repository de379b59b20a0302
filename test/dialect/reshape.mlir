// RUN: gan-opt %s | gan-opt | FileCheck %s
// RUN: gan-opt %s --canonicalize | FileCheck %s --check-prefix=FOLD

// CHECK-LABEL: func.func @round_trip
// CHECK: gan.reshape %{{.*}} : tensor<8x1x1x100xf32> -> tensor<8x100xf32>
func.func @round_trip(%x: tensor<8x1x1x100xf32>) -> tensor<8x100xf32> {
  %y = gan.reshape %x : tensor<8x1x1x100xf32> -> tensor<8x100xf32>
  return %y : tensor<8x100xf32>
}

// FOLD-LABEL: func.func @there_and_back
// FOLD-NEXT: return %arg0
func.func @there_and_back(%x: tensor<8x4xf32>) -> tensor<8x4xf32> {
  %i = gan.reshape %x : tensor<8x4xf32> -> tensor<32xf32>
  %y = gan.reshape %i : tensor<32xf32> -> tensor<8x4xf32>
  return %y : tensor<8x4xf32>
}

// FOLD-LABEL: func.func @twice
// FOLD-NEXT: gan.reshape %arg0 : tensor<8x4xf32> -> tensor<4x8xf32>
func.func @twice(%x: tensor<8x4xf32>) -> tensor<4x8xf32> {
  %i = gan.reshape %x : tensor<8x4xf32> -> tensor<32xf32>
  %y = gan.reshape %i : tensor<32xf32> -> tensor<4x8xf32>
  return %y : tensor<4x8xf32>
}

// FOLD-LABEL: func.func @constant
// FOLD-NEXT: gan.constant dense<{{\[\[}}1.000000e+00, 2.000000e+00]]> : tensor<1x2xf32>
func.func @constant() -> tensor<1x2xf32> {
  %x = gan.constant dense<[1.0, 2.0]> : tensor<2xf32>
  %y = gan.reshape %x : tensor<2xf32> -> tensor<1x2xf32>
  return %y : tensor<1x2xf32>
}

// FOLD-LABEL: func.func @through_elementwise
// FOLD-NEXT: %[[C:.*]] = gan.constant dense<5.0{{.*}} : tensor<8xf32>
// FOLD-NEXT: %[[Y:.*]] = gan.mul %arg0, %[[C]] : tensor<8xf32>
// FOLD-NEXT: return %[[Y]]
func.func @through_elementwise(%x: tensor<8xf32>) -> tensor<8xf32> {
  %c = gan.constant dense<5.0> : tensor<8x1x1xf32>
  %i = gan.reshape %x : tensor<8xf32> -> tensor<8x1x1xf32>
  %m = gan.mul %i, %c : tensor<8x1x1xf32>
  %y = gan.reshape %m : tensor<8x1x1xf32> -> tensor<8xf32>
  return %y : tensor<8xf32>
}

// Where the way back leads elsewhere, it stays.
// FOLD-LABEL: func.func @elsewhere
// FOLD: gan.reshape
// FOLD: gan.exp
// FOLD: gan.reshape
func.func @elsewhere(%x: tensor<8xf32>) -> tensor<2x4xf32> {
  %i = gan.reshape %x : tensor<8xf32> -> tensor<8x1x1xf32>
  %m = gan.exp %i : tensor<8x1x1xf32>
  %y = gan.reshape %m : tensor<8x1x1xf32> -> tensor<2x4xf32>
  return %y : tensor<2x4xf32>
}
