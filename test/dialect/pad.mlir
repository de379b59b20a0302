// RUN: gan-opt %s | gan-opt | FileCheck %s
// RUN: gan-opt %s --canonicalize | FileCheck %s --check-prefix=FOLD

// CHECK-LABEL: func.func @round_trip
// CHECK: gan.pad %{{.*}} low = [0, 4] : tensor<8x6xf32> -> tensor<8x12xf32>
func.func @round_trip(%x: tensor<8x6xf32>) -> tensor<8x12xf32> {
  %y = gan.pad %x low = [0, 4] : tensor<8x6xf32> -> tensor<8x12xf32>
  return %y : tensor<8x12xf32>
}

// FOLD-LABEL: func.func @nothing
// FOLD-NEXT: return %arg0
func.func @nothing(%x: tensor<8x6xf32>) -> tensor<8x6xf32> {
  %y = gan.pad %x low = [0, 0] : tensor<8x6xf32> -> tensor<8x6xf32>
  return %y : tensor<8x6xf32>
}

// Only zeros set into zeros are one constant.
// FOLD-LABEL: func.func @splats
// FOLD-DAG: gan.constant dense<0.000000e+00> : tensor<3xf32>
// FOLD-DAG: gan.pad
func.func @splats() -> (tensor<3xf32>, tensor<3xf32>) {
  %x = gan.constant dense<0.0> : tensor<2xf32>
  %0 = gan.pad %x low = [1] : tensor<2xf32> -> tensor<3xf32>
  %one = gan.constant dense<1.0> : tensor<2xf32>
  %1 = gan.pad %one low = [1] : tensor<2xf32> -> tensor<3xf32>
  return %0, %1 : tensor<3xf32>, tensor<3xf32>
}
