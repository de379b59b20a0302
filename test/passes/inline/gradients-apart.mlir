// RUN: gan-opt %s --pass-pipeline='builtin.module(gan.model(gan-form-steps,gan-inline-calls,gan-thread-storage,func.func(gan-mark-variables),gan-verify-tensor,func.func(canonicalize,cse,gan-expand-grad)))' \
// RUN:   | gan-interpret --steps 1 | FileCheck %s

// What is equal is not the same: 'first' leaves 6 in v and hands it to w. In 'second', one step with it,
//   d (v stop(v) + w) / dv = stop(v) = 6,
// not 12 (a stop_gradient of what a move left folded into what it left), and not 7 (w taken for v).
// CHECK: {"phase":"train","second":6,"step":1}
gan.model @m {
  gan.storage @v param tensor<f64> init = <constant, [3.0]> owner = "A"
  gan.storage @w param tensor<f64> init = <constant, [1.0]> owner = "B"
  func.func @first_1(%k: tensor<2xi64>) attributes {gan.role = "player"} {
    %v = gan.load @v : tensor<f64>
    %twice = gan.add %v, %v : tensor<f64>
    gan.store %twice, @v : tensor<f64>
    gan.store %twice, @w : tensor<f64>
    return
  }
  func.func @second_1(%k: tensor<2xi64>) attributes {gan.role = "player"} {
    %v = gan.load @v : tensor<f64>
    %w = gan.load @w : tensor<f64>
    %stopped = gan.stop_gradient %v : tensor<f64>
    %product = gan.mul %v, %stopped : tensor<f64>
    %loss = gan.add %product, %w : tensor<f64>
    %dv = gan.grad %loss wrt %v : (tensor<f64>, tensor<f64>) -> tensor<f64>
    gan.report %dv as "second" : tensor<f64>
    return
  }
  gan.phase @train 1 "steps" batch = 1 {
    gan.play @first_1 player = "first"
    gan.play @second_1 player = "second"
  }
}
