// RUN: gan-opt %s --pass-pipeline='builtin.module(gan.model(gan-keep-outputs))' | FileCheck %s

// CHECK-LABEL: gan.model @game
// CHECK-NOT: @D
// CHECK-NOT: @generator
// CHECK-NOT: gan.phase
// CHECK-NOT: gan.network
gan.model @game {
  gan.storage @G.w param tensor<2xf64> init = <normal, [0.000000e+00, 1.000000e+00]> owner = "G"
  gan.storage @D.w param tensor<2xf64> init = <constant, [1.000000e+00]> owner = "D"
  gan.storage @generator.G.w.m optimizer tensor<2xf64> init = <constant, [0.000000e+00]> owner = "generator"
  // A copy takes its first value from nobody now.
  // CHECK: gan.storage @G_avg.w param tensor<2xf64> init = <constant, [0.000000e+00]> owner = "G_avg"
  gan.storage @G_avg.w param tensor<2xf64> copy = @G.w owner = "G_avg"
  // CHECK: gan.data @photos
  gan.data @photos fields = [{name = "x", kind = "vector", shape = array<i64: 2>}]
  // Data stay, as they say how samples of their shape are seen.
  // CHECK: gan.data @unseen
  gan.data @unseen fields = [{name = "x", kind = "vector", shape = array<i64: 2>}]
  func.func @generator_4(%key: tensor<2xi64>) attributes {gan.role = "player"} {
    %w = gan.load @G.w : tensor<2xf64>
    gan.store %w, @D.w : tensor<2xf64>
    return
  }
  // CHECK: func.func @G_infer_4
  func.func @G_infer_4(%key: tensor<2xi64>, %x: tensor<4x2xf64>) -> tensor<4x2xf64> attributes {gan.network = "G_avg", gan.role = "network"} {
    %w = gan.load @G_avg.w : tensor<2xf64>
    %0 = gan.broadcast %w dims = [1] : tensor<2xf64> -> tensor<4x2xf64>
    %1 = gan.mul %0, %x : tensor<4x2xf64>
    return %1 : tensor<4x2xf64>
  }
  gan.phase @train 10 "steps" batch = 4 {
    gan.play @generator_4 player = "generator"
  }
  // CHECK: func.func @samples
  func.func @samples(%key: tensor<2xi64>) -> tensor<4x2xf64> attributes {gan.output = "samples", gan.role = "output"} {
    %x = gan.read @photos "x" at %key : tensor<2xi64> -> tensor<4x2xf64>
    %y = gan.call @G_infer_4(%key, %x) path = "G#0" : (tensor<2xi64>, tensor<4x2xf64>) -> tensor<4x2xf64>
    return %y : tensor<4x2xf64>
  }
  gan.network @G_avg graph = @G_infer_4
}
