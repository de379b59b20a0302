// RUN: gan-opt %s --pass-pipeline='builtin.module(gan.model(func.func(gan-group-launches),gan-plan-memory,gan-verify-plan))' | FileCheck %s

// The first kernel stores a new value of what two others read: beside or before them it could not write over the old one, and the new one
// would have to be copied.
gan.model @m {
  gan.storage @w param tensor<64xf32> init = <constant, [0.0]> owner = "G"
  // CHECK-LABEL: func.func @step
  // CHECK: gan.launch = 0
  // CHECK: gan.exp
  // CHECK: gan.launch = 0
  // CHECK: gan.tanh
  // CHECK-NOT: gan.launch
  // CHECK: gan.neg
  // CHECK-NOT: gan.copy
  // CHECK: return
  func.func @step(%w: tensor<64xf32> {gan.storage = "w"}) -> (tensor<64xf32> {gan.storage = "w"}, tensor<64xf32> {gan.output = "a"}, tensor<64xf32> {gan.output = "b"}) attributes {gan.role = "step"} {
    %n = gan.kernel hero(elementwise) (%w) : (tensor<64xf32>) -> tensor<64xf32> {
    ^bb0(%p: tensor<64xf32>):
      %v = gan.neg %p : tensor<64xf32>
      gan.yield %v : tensor<64xf32>
    }
    %a = gan.kernel hero(elementwise) (%w) : (tensor<64xf32>) -> tensor<64xf32> {
    ^bb0(%p: tensor<64xf32>):
      %v = gan.exp %p : tensor<64xf32>
      gan.yield %v : tensor<64xf32>
    }
    %b = gan.kernel hero(elementwise) (%w) : (tensor<64xf32>) -> tensor<64xf32> {
    ^bb0(%p: tensor<64xf32>):
      %v = gan.tanh %p : tensor<64xf32>
      gan.yield %v : tensor<64xf32>
    }
    return %n, %a, %b : tensor<64xf32>, tensor<64xf32>, tensor<64xf32>
  }
}
