// RUN: gan-opt %s | gan-opt | FileCheck %s
// RUN: gan-opt %s --canonicalize | FileCheck %s --check-prefix=FOLD

// CHECK-LABEL: func.func @round_trip
// CHECK: gan.iota dims = [2, 0] : tensor<3x4x5xi32>
func.func @round_trip() -> tensor<3x4x5xi32> {
  %y = gan.iota dims = [2, 0] : tensor<3x4x5xi32>
  return %y : tensor<3x4x5xi32>
}

// FOLD-LABEL: func.func @one_place
// FOLD-NEXT: gan.constant dense<0> : tensor<4x1xi32>
func.func @one_place() -> tensor<4x1xi32> {
  %y = gan.iota dims = [1] : tensor<4x1xi32>
  return %y : tensor<4x1xi32>
}
