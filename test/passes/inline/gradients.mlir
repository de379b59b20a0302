// RUN: gan-opt %s --pass-pipeline='builtin.module(gan.model(gan-form-steps,gan-inline-calls,gan-thread-storage,gan-verify-tensor,func.func(gan-expand-grad)))' \
// RUN:   | gan-interpret --steps 1 | FileCheck %s

// Gradients stay in their move, whose loads are one value: 'second' follows 'first', which set w = 3 to v x = 3 * 5, and
//   d (w v + v) / dv = w + 1 = 16,
// not 16 + v dw/dv. Within a move a gradient goes through what was stored: d (v^2 v) / dv = 3 v^2 = 27, v loaded again for each.
// CHECK: {"first":16,"phase":"train","second":27,"step":1}
gan.model @m {
  gan.storage @v param tensor<f64> init = <constant, [3.0]> owner = "A"
  gan.storage @w param tensor<f64> init = <constant, [1.0]> owner = "A"
  gan.storage @s state tensor<f64> init = <constant, [0.0]> owner = "A"
  func.func @times_v(%k: tensor<2xi64>, %x: tensor<f64>) -> tensor<f64> attributes {gan.role = "network"} {
    %v = gan.load @v : tensor<f64>
    %y = gan.mul %v, %x : tensor<f64>
    gan.store %y, @s : tensor<f64>
    return %y : tensor<f64>
  }
  func.func @first_1(%k: tensor<2xi64>) attributes {gan.role = "player"} {
    %x = gan.constant dense<5.0> : tensor<f64>
    %y = gan.call @times_v(%k, %x) path = "N#0" : (tensor<2xi64>, tensor<f64>) -> tensor<f64>
    gan.store %y, @w : tensor<f64>
    return
  }
  func.func @second_1(%k: tensor<2xi64>) attributes {gan.role = "player"} {
    %w = gan.load @w : tensor<f64>
    %y = gan.call @times_v(%k, %w) path = "N#0" : (tensor<2xi64>, tensor<f64>) -> tensor<f64>
    %v = gan.load @v : tensor<f64>
    %loss = gan.add %y, %v : tensor<f64>
    %dv = gan.grad %loss wrt %v : (tensor<f64>, tensor<f64>) -> tensor<f64>
    gan.report %dv as "first" : tensor<f64>
    %vv = gan.call @times_v(%k, %v) path = "N#1" frozen_state : (tensor<2xi64>, tensor<f64>) -> tensor<f64>
    gan.store %vv, @s : tensor<f64>
    %stored = gan.load @s : tensor<f64>
    %cube = gan.mul %stored, %v : tensor<f64>
    %dcube = gan.grad %cube wrt %v : (tensor<f64>, tensor<f64>) -> tensor<f64>
    gan.report %dcube as "second" : tensor<f64>
    return
  }
  gan.phase @train 1 "steps" batch = 1 {
    gan.play @first_1 player = "first"
    gan.play @second_1 player = "second"
  }
}
