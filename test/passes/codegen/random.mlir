// RUN: gan-run-kernel --sim %s | FileCheck %s

// The error of a normal draw near 0 is that of u rounded to f32.
// CHECK: k0_elementwise: 1 tiles{{.*}}right
func.func @normal(%key: tensor<2xi64>) -> tensor<16x64xf32> {
  %r = gan.kernel hero(elementwise) (%key) : (tensor<2xi64>) -> tensor<16x64xf32> {
  ^bb0(%k: tensor<2xi64>):
    %0 = gan.random %k stream = "z" from <normal, [0.5, 2.0]> : tensor<2xi64> -> tensor<16x64xf32>
    gan.yield %0 : tensor<16x64xf32>
  }
  return %r : tensor<16x64xf32>
}

// CHECK: k1_elementwise: 1 tiles{{.*}}right
func.func @uniform(%key: tensor<2xi64>) -> tensor<9x50xf32> {
  %r = gan.kernel hero(elementwise) (%key) : (tensor<2xi64>) -> tensor<9x50xf32> {
  ^bb0(%k: tensor<2xi64>):
    %0 = gan.random %k stream = "t" from <uniform, [-1.0, 1.0]> : tensor<2xi64> -> tensor<9x50xf32>
    gan.yield %0 : tensor<9x50xf32>
  }
  return %r : tensor<9x50xf32>
}

// CHECK: k2_elementwise: 1 tiles{{.*}}right
func.func @plain(%key: tensor<2xi64>) -> tensor<7x9xf64> {
  %r = gan.kernel hero(elementwise) (%key) : (tensor<2xi64>) -> tensor<7x9xf64> attributes {test.tolerance = 1.0e-14} {
  ^bb0(%k: tensor<2xi64>):
    %0 = gan.random %k stream = "init/G.weight" from <normal, [0.0, 0.02]> plain : tensor<2xi64> -> tensor<7x9xf64>
    gan.yield %0 : tensor<7x9xf64>
  }
  return %r : tensor<7x9xf64>
}

// Within half a standard deviation, so that the middle of the inverse serves all, and within four, so that its tail serves some.
// CHECK: k3_elementwise: 1 tiles{{.*}}right
func.func @truncated(%key: tensor<2xi64>) -> (tensor<9x50xf64>, tensor<9x50xf64>) {
  %r:2 = gan.kernel hero(elementwise) (%key) : (tensor<2xi64>) -> (tensor<9x50xf64>, tensor<9x50xf64>) attributes {test.tolerance = 1.0e-14} {
  ^bb0(%k: tensor<2xi64>):
    %0 = gan.random %k stream = "a" from <truncated_normal, [1.0, 2.0, 0.5]> : tensor<2xi64> -> tensor<9x50xf64>
    %1 = gan.random %k stream = "b" from <truncated_normal, [0.0, 1.0, 4.0]> : tensor<2xi64> -> tensor<9x50xf64>
    gan.yield %0, %1 : tensor<9x50xf64>, tensor<9x50xf64>
  }
  return %r#0, %r#1 : tensor<9x50xf64>, tensor<9x50xf64>
}

// CHECK: k4_elementwise: 1 tiles{{.*}}right
func.func @truncated_f32(%key: tensor<2xi64>) -> tensor<9x50xf32> {
  %r = gan.kernel hero(elementwise) (%key) : (tensor<2xi64>) -> tensor<9x50xf32> {
  ^bb0(%k: tensor<2xi64>):
    %0 = gan.random %k stream = "a" from <truncated_normal, [0.0, 1.0, 2.0]> : tensor<2xi64> -> tensor<9x50xf32>
    gan.yield %0 : tensor<9x50xf32>
  }
  return %r : tensor<9x50xf32>
}

// Drawn at another index than it is stored.
// CHECK: k5_elementwise: {{.*}}right
func.func @transposed(%key: tensor<2xi64>) -> tensor<50x16xf32> {
  %r = gan.kernel hero(elementwise) (%key) : (tensor<2xi64>) -> tensor<50x16xf32> {
  ^bb0(%k: tensor<2xi64>):
    %0 = gan.random %k stream = "init/w" from <uniform, [-1.0, 1.0]> plain : tensor<2xi64> -> tensor<16x50xf32>
    %1 = gan.transpose %0 permutation = [1, 0] : tensor<16x50xf32> -> tensor<50x16xf32>
    gan.yield %1 : tensor<50x16xf32>
  }
  return %r : tensor<50x16xf32>
}
