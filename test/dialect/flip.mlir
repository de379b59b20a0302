// RUN: gan-opt %s | gan-opt | FileCheck %s
// RUN: gan-opt %s --canonicalize | FileCheck %s --check-prefix=FOLD

// CHECK-LABEL: func.func @round_trip
// CHECK: gan.flip %{{.*}} dims = [0, 1] : tensor<8x10xf32>
func.func @round_trip(%x: tensor<8x10xf32>) -> tensor<8x10xf32> {
  %y = gan.flip %x dims = [0, 1] : tensor<8x10xf32>
  return %y : tensor<8x10xf32>
}

// FOLD-LABEL: func.func @there_and_back
// FOLD-NEXT: return %arg0
func.func @there_and_back(%x: tensor<8x10xf32>) -> tensor<8x10xf32> {
  %a = gan.flip %x dims = [1] : tensor<8x10xf32>
  %y = gan.flip %a dims = [1] : tensor<8x10xf32>
  return %y : tensor<8x10xf32>
}

// FOLD-LABEL: func.func @one_place
// FOLD-NEXT: return %arg0
func.func @one_place(%x: tensor<8x1xf32>) -> tensor<8x1xf32> {
  %y = gan.flip %x dims = [1] : tensor<8x1xf32>
  return %y : tensor<8x1xf32>
}

// FOLD-LABEL: func.func @splat
// FOLD-NEXT: gan.constant dense<2.000000e+00> : tensor<3xf32>
func.func @splat() -> tensor<3xf32> {
  %x = gan.constant dense<2.0> : tensor<3xf32>
  %y = gan.flip %x dims = [0] : tensor<3xf32>
  return %y : tensor<3xf32>
}
