// RUN: gan-opt %s --gan-order-steps | FileCheck %s

// Two large tensors, each summed: as written both live at once; ordered, one after the other.
// CHECK-LABEL: func.func @order
func.func @order(%x: tensor<1000xf32>) -> (tensor<f32>, tensor<f32>) attributes {gan.role = "step"} {
  // CHECK: gan.exp
  // CHECK: gan.sum
  // CHECK: gan.sin
  // CHECK: gan.sum
  %a = gan.kernel hero(elementwise) (%x) : (tensor<1000xf32>) -> tensor<1000xf32> {
  ^bb0(%p: tensor<1000xf32>):
    %y = gan.exp %p : tensor<1000xf32>
    gan.yield %y : tensor<1000xf32>
  }
  %b = gan.kernel hero(elementwise) (%x) : (tensor<1000xf32>) -> tensor<1000xf32> {
  ^bb0(%p: tensor<1000xf32>):
    %y = gan.sin %p : tensor<1000xf32>
    gan.yield %y : tensor<1000xf32>
  }
  %s = gan.kernel hero(reduction) (%a) : (tensor<1000xf32>) -> tensor<f32> {
  ^bb0(%p: tensor<1000xf32>):
    %y = gan.sum %p dims = [0] : tensor<1000xf32> -> tensor<f32>
    gan.yield %y : tensor<f32>
  }
  %t = gan.kernel hero(reduction) (%b) : (tensor<1000xf32>) -> tensor<f32> {
  ^bb0(%p: tensor<1000xf32>):
    %y = gan.sum %p dims = [0] : tensor<1000xf32> -> tensor<f32>
    gan.yield %y : tensor<f32>
  }
  return %s, %t : tensor<f32>, tensor<f32>
}
