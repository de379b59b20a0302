// RUN: gan-opt %s --pass-pipeline='builtin.module(func.func(gan-mark-variables,canonicalize,cse))' | FileCheck %s

// The variable stays apart from an equal value and from a constant made of it; arguments and variables stand already.
// CHECK-LABEL: func.func @apart
// CHECK-SAME: (%[[X:.*]]: tensor<4xf64>, %[[W:.*]]: tensor<4xf64>)
func.func @apart(%x: tensor<4xf64>, %w: tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>) {
  // CHECK: %[[EXP:.*]] = gan.exp %[[X]]
  // CHECK: %[[A:.*]] = gan.variable %[[EXP]]
  %a = gan.exp %x : tensor<4xf64>
  %b = gan.exp %x : tensor<4xf64>
  // CHECK: %[[STOP:.*]] = gan.stop_gradient %[[A]]
  %c = gan.stop_gradient %a : tensor<4xf64>
  // CHECK: %[[AB:.*]] = gan.mul %[[A]], %[[EXP]]
  %ab = gan.mul %a, %b : tensor<4xf64>
  // CHECK: gan.mul %[[AB]], %[[STOP]]
  %abc = gan.mul %ab, %c : tensor<4xf64>
  // CHECK: %[[V:.*]] = gan.variable %[[W]]
  %v = gan.variable %w : tensor<4xf64>
  %abcv = gan.mul %abc, %v : tensor<4xf64>
  %s = gan.sum %abcv dims = [0] : tensor<4xf64> -> tensor<f64>
  // CHECK: gan.grad %{{.*}} wrt %[[A]], %[[V]] :
  %d:2 = gan.grad %s wrt %a, %v : (tensor<f64>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  return %d#0, %d#1 : tensor<4xf64>, tensor<4xf64>
}

// What nothing reads is gone.
// CHECK-LABEL: func.func @unused
func.func @unused(%x: tensor<4xf64>) {
  // CHECK-NEXT: return
  %v = gan.variable %x : tensor<4xf64>
  return
}
