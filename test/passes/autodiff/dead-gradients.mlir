// RUN: gan-opt %s --gan-expand-grad | FileCheck %s

// A generator G and a discriminator D of two layers:  z --G--> fake --D0--> h --tanh--> a --D1--> logit.

// G's move walks through D but never builds the gradient of its weights: 3 products forward, then da, dfake, dG.
// CHECK-LABEL: func.func @generator
func.func @generator(%z: tensor<8x4xf32>, %G: tensor<4x6xf32>, %D0: tensor<6x5xf32>, %D1: tensor<5x1xf32>) -> tensor<4x6xf32>
    attributes {gan.role = "step"} {
  // CHECK-COUNT-3: gan.matmul
  // CHECK: %[[DA:.*]] = gan.matmul %{{.*}}, %{{.*}} {transpose_b} : tensor<8x1xf32>, tensor<5x1xf32> -> tensor<8x5xf32>
  // CHECK: %[[DFAKE:.*]] = gan.matmul %{{.*}}, %{{.*}} {transpose_b} : tensor<8x5xf32>, tensor<6x5xf32> -> tensor<8x6xf32>
  // CHECK: %[[DG:.*]] = gan.matmul %{{.*}}, %[[DFAKE]] {transpose_a} : tensor<8x4xf32>, tensor<8x6xf32> -> tensor<4x6xf32>
  // CHECK-NEXT: return %[[DG]]
  %fake = gan.matmul %z, %G : tensor<8x4xf32>, tensor<4x6xf32> -> tensor<8x6xf32>
  %h = gan.matmul %fake, %D0 : tensor<8x6xf32>, tensor<6x5xf32> -> tensor<8x5xf32>
  %a = gan.tanh %h : tensor<8x5xf32>
  %logit = gan.matmul %a, %D1 : tensor<8x5xf32>, tensor<5x1xf32> -> tensor<8x1xf32>
  %loss = gan.sum %logit dims = [0, 1] : tensor<8x1xf32> -> tensor<f32>
  %dG = gan.grad %loss wrt %G : (tensor<f32>, tensor<4x6xf32>) -> tensor<4x6xf32>
  return %dG : tensor<4x6xf32>
}

// D's move ends at D's weights: no gradient of the fakes, none of G. 3 products forward, then da, dD1 and dD0.
// CHECK-LABEL: func.func @discriminator
func.func @discriminator(%z: tensor<8x4xf32>, %G: tensor<4x6xf32>, %D0: tensor<6x5xf32>, %D1: tensor<5x1xf32>)
    -> (tensor<6x5xf32>, tensor<5x1xf32>) attributes {gan.role = "step"} {
  // CHECK-COUNT-3: gan.matmul
  // CHECK-DAG: gan.matmul %{{.*}}, %{{.*}} {transpose_b} : tensor<8x1xf32>, tensor<5x1xf32> -> tensor<8x5xf32>
  // CHECK-DAG: gan.matmul %{{.*}}, %{{.*}} {transpose_a} : tensor<8x5xf32>, tensor<8x1xf32> -> tensor<5x1xf32>
  // CHECK: gan.matmul %{{.*}}, %{{.*}} {transpose_a} : tensor<8x6xf32>, tensor<8x5xf32> -> tensor<6x5xf32>
  // CHECK-NEXT: return
  %fake = gan.matmul %z, %G : tensor<8x4xf32>, tensor<4x6xf32> -> tensor<8x6xf32>
  %h = gan.matmul %fake, %D0 : tensor<8x6xf32>, tensor<6x5xf32> -> tensor<8x5xf32>
  %a = gan.tanh %h : tensor<8x5xf32>
  %logit = gan.matmul %a, %D1 : tensor<8x5xf32>, tensor<5x1xf32> -> tensor<8x1xf32>
  %loss = gan.sum %logit dims = [0, 1] : tensor<8x1xf32> -> tensor<f32>
  %dD0, %dD1 = gan.grad %loss wrt %D0, %D1 : (tensor<f32>, tensor<6x5xf32>, tensor<5x1xf32>) -> (tensor<6x5xf32>, tensor<5x1xf32>)
  return %dD0, %dD1 : tensor<6x5xf32>, tensor<5x1xf32>
}
