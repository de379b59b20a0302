// RUN: gan-opt %s | gan-opt | FileCheck %s

// CHECK-LABEL: func.func @round_trip
func.func @round_trip(%key: tensor<2xi64>) {
  // CHECK: gan.random %{{.*}} stream = "z" from <normal, [0.000000e+00, 1.000000e+00]> : tensor<2xi64> -> tensor<64x100xf32>
  %z = gan.random %key stream = "z" from <normal, [0.0, 1.0]> : tensor<2xi64> -> tensor<64x100xf32>
  // CHECK: gan.random %{{.*}} stream = "init/w" from <uniform, [-1.000000e+00, 1.000000e+00]> plain : tensor<2xi64> -> tensor<f64>
  %w = gan.random %key stream = "init/w" from <uniform, [-1.0, 1.0]> plain : tensor<2xi64> -> tensor<f64>
  // CHECK: gan.random %{{.*}} stream = "c" from <uniform, [0.000000e+00, 1.000000e+00]> classes = 10 : tensor<2xi64> -> tensor<64xf32>
  %c = gan.random %key stream = "c" from <uniform, [0.0, 1.0]> classes = 10 : tensor<2xi64> -> tensor<64xf32>
  return
}
