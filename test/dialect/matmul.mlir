// RUN: gan-opt %s | gan-opt | FileCheck %s

// CHECK-LABEL: func.func @round_trip
func.func @round_trip(%a: tensor<8x100xf32>, %b: tensor<100x64xf32>, %t: tensor<64x100xf32>,
                      %f: tensor<8x64x4xf32>, %g: tensor<8x16x4xf32>) {
  // CHECK: gan.matmul %{{.*}}, %{{.*}} : tensor<8x100xf32>, tensor<100x64xf32> -> tensor<8x64xf32>
  %0 = gan.matmul %a, %b : tensor<8x100xf32>, tensor<100x64xf32> -> tensor<8x64xf32>
  // CHECK: gan.matmul %{{.*}}, %{{.*}} order <splits = 2, lanes = 1> {transpose_b} : tensor<8x100xf32>, tensor<64x100xf32>
  %1 = gan.matmul %a, %t order <splits = 2, lanes = 1> {transpose_b} : tensor<8x100xf32>, tensor<64x100xf32> -> tensor<8x64xf32>
  // CHECK: gan.matmul %{{.*}}, %{{.*}} {transpose_a} : tensor<8x100xf32>, tensor<8x64xf32> -> tensor<100x64xf32>
  %2 = gan.matmul %a, %0 {transpose_a} : tensor<8x100xf32>, tensor<8x64xf32> -> tensor<100x64xf32>
  // CHECK: gan.matmul %{{.*}}, %{{.*}} {transpose_b} : tensor<8x64x4xf32>, tensor<8x16x4xf32> -> tensor<8x64x16xf32>
  %3 = gan.matmul %f, %g {transpose_b} : tensor<8x64x4xf32>, tensor<8x16x4xf32> -> tensor<8x64x16xf32>
  return
}
