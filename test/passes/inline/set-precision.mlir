// RUN: gan-opt %s --gan-set-precision | FileCheck %s
// RUN: gan-opt %s --gan-set-precision=real=f64 | FileCheck %s --check-prefix=SAME
// RUN: not gan-opt %s --gan-set-precision=real=f16 2>&1 | FileCheck %s --check-prefix=REFUSED

// REFUSED: error: a precision is 'f32' or 'f64', found 'f16'
// SAME-NOT: f32
// CHECK-LABEL: gan.model @m
gan.model @m attributes {arguments = {lr = 0.1 : f64}} {
  // The host's numbers stay: parameters of distributions and of fields, expressions of clocks.
  // CHECK: gan.storage @G.w param tensor<2x3xf32> init = <normal, [0.000000e+00, 2.000000e-02]>
  gan.storage @G.w param tensor<2x3xf64> init = <normal, [0.0, 0.02]> owner = "G"
  // CHECK: high = 1.000000e+00 : f64
  gan.data @photos fields = [{name = "x", kind = "image", shape = array<i64: 3, 1, 1>, low = -1.0 : f64, high = 1.0 : f64},
                             {name = "y", kind = "label", shape = array<i64>, classes = 2 : i64}]
  // CHECK: func.func @p_2(%[[K:.*]]: tensor<2xi64>)
  func.func @p_2(%k: tensor<2xi64>) attributes {gan.role = "player"} {
    // CHECK: gan.clock ["+", "step", 1.000000e-01] at %[[K]] : tensor<2xi64> -> tensor<f32>
    %c = gan.clock ["+", "step", 0.1] at %k : tensor<2xi64> -> tensor<f64>
    // CHECK: gan.read @photos "x" at %[[K]] : tensor<2xi64> -> tensor<2x3x1x1xf32>
    %i = gan.read @photos "x" at %k : tensor<2xi64> -> tensor<2x3x1x1xf64>
    %x = gan.reshape %i : tensor<2x3x1x1xf64> -> tensor<2x3xf64>
    // CHECK: gan.read @photos "y" at %[[K]] : tensor<2xi64> -> tensor<2xi32>
    %y = gan.read @photos "y" at %k : tensor<2xi64> -> tensor<2xi32>
    // A third, rounded to the nearest single.
    // CHECK: gan.constant dense<0.333333343> : tensor<2x3xf32>
    %a = gan.constant dense<0.33333333333333331> : tensor<2x3xf64>
    // CHECK: gan.constant dense<{{\[}}[1.000000e+00, 2.000000e+00, 3.000000e+00], [4.000000e+00, 5.000000e+00, 1.000000e-01]]> : tensor<2x3xf32>
    %b = gan.constant dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 0.1]]> : tensor<2x3xf64>
    // CHECK: gan.compare gt, %{{.*}} : tensor<2x3xf32> -> tensor<2x3xi1>
    %p = gan.compare gt, %x, %a : tensor<2x3xf64> -> tensor<2x3xi1>
    %s = gan.select %p, %a, %b : tensor<2x3xi1>, tensor<2x3xf64>
    gan.store %s, @G.w : tensor<2x3xf64>
    return
  }
  // CHECK: func.func @double(%{{.*}}: tensor<2xi64>, %{{.*}}: tensor<2xf32>) -> tensor<2xf32>
  func.func @double(%k: tensor<2xi64>, %x: tensor<2xf64>) -> tensor<2xf64> attributes {gan.role = "network"} {
    %y = gan.add %x, %x : tensor<2xf64>
    return %y : tensor<2xf64>
  }
}
