// RUN: gan-opt %s | gan-opt | FileCheck %s

// Everything that the game level can say.
// CHECK-LABEL: gan.model @ring attributes {arguments = {width = 128 : i64}} {
gan.model @ring attributes {arguments = {width = 128 : i64}} {
  // CHECK: gan.storage @G.w param tensor<2x3xf64> layout = [1, 0] init = <normal, [0.000000e+00, 2.000000e-02]> owner = "G"
  gan.storage @G.w param tensor<2x3xf64> layout = [1, 0] init = <normal, [0.0, 0.02]> owner = "G"
  // CHECK: gan.storage @A.w state tensor<2x3xf64> copy = @G.w owner = "A"
  gan.storage @A.w state tensor<2x3xf64> copy = @G.w owner = "A"
  gan.storage @G.w.initialised state tensor<f64> init = <constant, [0.0]> owner = "G"
  // CHECK: gan.data @ring_data fields = [{centres = array<f64: 1.000000e+00, 0.000000e+00>, count = 0 : i64, kind = "mixture", name = "x"
  gan.data @ring_data fields = [{name = "x", kind = "mixture", shape = array<i64: 2>, centres = array<f64: 1.0, 0.0>, std = 0.1 : f64, count = 0 : i64}]
  // CHECK: gan.network @G graph = @G_infer
  gan.network @G graph = @G_infer
  func.func @G_infer(%key: tensor<2xi64>, %z: tensor<4x2xf64>) -> tensor<4x3xf64> attributes {gan.role = "network"} {
    // CHECK: gan.load @G.w : tensor<2x3xf64>
    %w = gan.load @G.w : tensor<2x3xf64>
    %y = gan.matmul %z, %w : tensor<4x2xf64>, tensor<2x3xf64> -> tensor<4x3xf64>
    return %y : tensor<4x3xf64>
  }
  func.func @play(%key: tensor<2xi64>) attributes {gan.role = "player"} {
    // CHECK: gan.read @ring_data "x" at %{{.*}} : tensor<2xi64> -> tensor<4x2xf64>
    %x = gan.read @ring_data "x" at %key : tensor<2xi64> -> tensor<4x2xf64>
    // CHECK: gan.call @G_infer(%{{.*}}, %{{.*}}) path = "G#0" frozen_state : (tensor<2xi64>, tensor<4x2xf64>) -> tensor<4x3xf64>
    %y = gan.call @G_infer(%key, %x) path = "G#0" frozen_state : (tensor<2xi64>, tensor<4x2xf64>) -> tensor<4x3xf64>
    %s = gan.sum %y dims = [0, 1] : tensor<4x3xf64> -> tensor<f64>
    // CHECK: gan.report %{{.*}} as "play.loss" : tensor<f64>
    gan.report %s as "play.loss" : tensor<f64>
    %w = gan.load @A.w : tensor<2x3xf64>
    // CHECK: gan.store %{{.*}}, @G.w : tensor<2x3xf64>
    gan.store %w, @G.w : tensor<2x3xf64>
    // CHECK: gan.initialise %{{.*}}, @G.w once = @G.w.initialised : tensor<2x3xf64>
    gan.initialise %w, @G.w once = @G.w.initialised : tensor<2x3xf64>
    return
  }
  func.func @train.0() attributes {gan.role = "step"} {
    return
  }
  func.func @train.until(%key: tensor<2xi64>) -> tensor<i1> attributes {gan.role = "until"} {
    %c = gan.constant dense<true> : tensor<i1>
    return %c : tensor<i1>
  }
  // CHECK: gan.phase @train 100 "steps" batch = 4 reset = ["play"] until = @train.until check = 10 {
  gan.phase @train 100 "steps" batch = 4 reset = ["play"] until = @train.until check = 10 {
    // CHECK: gan.play @play player = "play"
    gan.play @play player = "play"
    // CHECK: gan.play @play player = "play" reuse = "play"
    gan.play @play player = "play" reuse = "play"
    // CHECK: gan.repeat 5.000000e+00 : f64 {
    gan.repeat 5.0 {
      // CHECK: gan.run @train.0 moves = 1
      gan.run @train.0 moves = 1
    }
    // CHECK: gan.when [">", "step", 0.000000e+00] {
    gan.when [">", "step", 0.0] {
      gan.play @play player = "play"
    // CHECK: } else {
    } else {
    }
  }
}
