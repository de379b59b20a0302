// RUN: gan-opt %s | gan-opt | FileCheck %s
// RUN: gan-opt %s --canonicalize | FileCheck %s --check-prefix=FOLD

// CHECK-LABEL: func.func @round_trip
// CHECK: gan.constant dense<5.000000e-01> : tensor<8x64xf32>
// Equal constants become one.
// FOLD-LABEL: func.func @round_trip
// FOLD-COUNT-1: gan.constant
// FOLD-NOT: gan.constant
func.func @round_trip() -> (tensor<8x64xf32>, tensor<8x64xf32>) {
  %a = gan.constant dense<0.5> : tensor<8x64xf32>
  %b = gan.constant dense<0.5> : tensor<8x64xf32>
  return %a, %b : tensor<8x64xf32>, tensor<8x64xf32>
}
