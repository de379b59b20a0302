// RUN: gan-opt %s | gan-opt | FileCheck %s

// CHECK-LABEL: func.func @round_trip
// CHECK: gan.grad %{{.*}} wrt %{{.*}}, %{{.*}} : (tensor<f32>, tensor<4x3xf32>, tensor<3xf32>) -> (tensor<4x3xf32>, tensor<3xf32>)
func.func @round_trip(%loss: tensor<f32>, %w: tensor<4x3xf32>, %b: tensor<3xf32>) {
  %dw, %db = gan.grad %loss wrt %w, %b : (tensor<f32>, tensor<4x3xf32>, tensor<3xf32>) -> (tensor<4x3xf32>, tensor<3xf32>)
  return
}
