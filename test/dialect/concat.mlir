// RUN: gan-opt %s | gan-opt | FileCheck %s
// RUN: gan-opt %s --canonicalize | FileCheck %s --check-prefix=FOLD

// CHECK-LABEL: func.func @round_trip
// CHECK: gan.concat %{{.*}}, %{{.*}} dim = 0 : tensor<8x10xf32>, tensor<4x10xf32> -> tensor<12x10xf32>
func.func @round_trip(%a: tensor<8x10xf32>, %b: tensor<4x10xf32>) -> tensor<12x10xf32> {
  %y = gan.concat %a, %b dim = 0 : tensor<8x10xf32>, tensor<4x10xf32> -> tensor<12x10xf32>
  return %y : tensor<12x10xf32>
}

// FOLD-LABEL: func.func @one
// FOLD-NEXT: return %arg0
func.func @one(%a: tensor<8x10xf32>) -> tensor<8x10xf32> {
  %y = gan.concat %a dim = 1 : tensor<8x10xf32> -> tensor<8x10xf32>
  return %y : tensor<8x10xf32>
}

// FOLD-LABEL: func.func @equal_splats
// FOLD-NEXT: gan.constant dense<2.000000e+00> : tensor<5xf32>
func.func @equal_splats() -> tensor<5xf32> {
  %a = gan.constant dense<2.0> : tensor<2xf32>
  %b = gan.constant dense<2.0> : tensor<3xf32>
  %y = gan.concat %a, %b dim = 0 : tensor<2xf32>, tensor<3xf32> -> tensor<5xf32>
  return %y : tensor<5xf32>
}
