// RUN: gan-opt %s | gan-opt | FileCheck %s

// CHECK-LABEL: func.func @round_trip
// CHECK: gan.all_gather %{{.*}}, %{{.*}} : (tensor<8xf32>, tensor<f32>) -> (tensor<2x8xf32>, tensor<2xf32>)
func.func @round_trip(%x: tensor<8xf32>, %s: tensor<f32>) -> (tensor<2x8xf32>, tensor<2xf32>) {
  %y:2 = gan.all_gather %x, %s : (tensor<8xf32>, tensor<f32>) -> (tensor<2x8xf32>, tensor<2xf32>)
  return %y#0, %y#1 : tensor<2x8xf32>, tensor<2xf32>
}
