// RUN: gan-opt %s --pass-pipeline='builtin.module(gan.model(gan-split-draws,gan-verify-tensor))' | FileCheck %s

// What an output draws for its samples are its arguments, one for each path; a function beside it draws them. The key is gone with them.
gan.model @drawn {
  func.func @init() attributes {gan.role = "init"} {
    return
  }
  // CHECK: func.func @samples.draws(%[[K:.*]]: tensor<2xi64> {gan.key = 0 : i64})
  // CHECK-SAME: -> (tensor<4x2xf32> {gan.draw = "z"}, tensor<4xf32> {gan.draw = "G#0/noise"})
  // CHECK-SAME: gan.role = "draws"
  // CHECK: %[[Z:.*]] = gan.random %[[K]] stream = "z"
  // CHECK: %[[N:.*]] = gan.random %[[K]] stream = "G#0/noise"
  // CHECK: return %[[Z]], %[[N]]
  // CHECK: func.func @samples(%[[Z:.*]]: tensor<4x2xf32> {gan.draw = "z"}, %[[N:.*]]: tensor<4xf32> {gan.classes = 3 : i64, gan.draw = "G#0/noise"})
  // CHECK-SAME: gan.draws = @samples.draws
  // CHECK: %[[Y:.*]] = gan.add %[[Z]], %[[Z]]
  // CHECK: return %[[Y]]
  func.func @samples(%k: tensor<2xi64> {gan.key = 0 : i64}) -> (tensor<4x2xf32> {gan.output = "samples"}) attributes {gan.role = "output"} {
    %a = gan.random %k stream = "z" from <normal, [0.0, 1.0]> : tensor<2xi64> -> tensor<4x2xf32>
    %b = gan.random %k stream = "z" from <normal, [0.0, 1.0]> : tensor<2xi64> -> tensor<4x2xf32>
    %n = gan.random %k stream = "G#0/noise" from <uniform, [0.0, 1.0]> classes = 3 : tensor<2xi64> -> tensor<4xf32>
    %y = gan.add %a, %b : tensor<4x2xf32>
    return %y : tensor<4x2xf32>
  }

  // A draw that belongs to no sample stays, and another of the same path; so does the key that they need.
  // CHECK: func.func @others.draws
  // CHECK: func.func @others(%[[K:.*]]: tensor<2xi64> {gan.key = 0 : i64}, %{{.*}}: tensor<4xf32> {gan.draw = "z"})
  // CHECK: gan.random %[[K]] stream = "w"
  // CHECK: gan.random %[[K]] stream = "z" from <uniform
  func.func @others(%k: tensor<2xi64> {gan.key = 0 : i64}) -> (tensor<4xf32> {gan.output = "others"}) attributes {gan.role = "output"} {
    %w = gan.random %k stream = "w" from <normal, [0.0, 1.0]> plain : tensor<2xi64> -> tensor<4xf32>
    %z = gan.random %k stream = "z" from <normal, [0.0, 1.0]> : tensor<2xi64> -> tensor<4xf32>
    %u = gan.random %k stream = "z" from <uniform, [0.0, 1.0]> : tensor<2xi64> -> tensor<4xf32>
    %zu = gan.add %z, %u : tensor<4xf32>
    %y = gan.add %w, %zu : tensor<4xf32>
    return %y : tensor<4xf32>
  }

  // Where nothing is drawn, and in steps, nothing changes.
  // CHECK-NOT: @constant.draws
  // CHECK: func.func @constant()
  func.func @constant() -> (tensor<f32> {gan.output = "constant"}) attributes {gan.role = "output"} {
    %c = gan.constant dense<1.0> : tensor<f32>
    return %c : tensor<f32>
  }
  // CHECK-NOT: @train.0.draws
  // CHECK: func.func @train.0(%{{.*}}: tensor<2xi64>
  func.func @train.0(%k: tensor<2xi64> {gan.key = 0 : i64}) -> (tensor<f32> {gan.metric = "loss"}) attributes {gan.role = "step"} {
    %z = gan.random %k stream = "z" from <normal, [0.0, 1.0]> : tensor<2xi64> -> tensor<4xf32>
    %y = gan.sum %z dims = [0] : tensor<4xf32> -> tensor<f32>
    return %y : tensor<f32>
  }
}
