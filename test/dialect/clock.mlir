// RUN: gan-opt %s | gan-opt | FileCheck %s

// CHECK-LABEL: func.func @round_trip
func.func @round_trip(%key: tensor<2xi64>) {
  // CHECK: gan.clock ["*", 2.000000e-04, ["-", 1.000000e+00, "progress"]] at %{{.*}} : tensor<2xi64> -> tensor<f64>
  %a = gan.clock ["*", 2.0e-4, ["-", 1.0, "progress"]] at %key : tensor<2xi64> -> tensor<f64>
  // CHECK: gan.clock ["if", ["not", ["<", "step", 1.000000e+02]], ["max", "images", 1.000000e+00], ["neg", "epoch"]]
  %b = gan.clock ["if", ["not", ["<", "step", 100.0]], ["max", "images", 1.0], ["neg", "epoch"]] at %key : tensor<2xi64> -> tensor<f32>
  return
}
