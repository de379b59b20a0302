// RUN: gan-run-kernel --sim %s | FileCheck %s

// The inputs are uniform in [-2, 2): condition numbers of some hundred.
// CHECK: k0_matrix: 3 tiles, sim, right
func.func @inverses(%x: tensor<3x5x5xf64>) -> tensor<3x5x5xf64> {
  %r = gan.kernel hero(matrix) (%x) : (tensor<3x5x5xf64>) -> tensor<3x5x5xf64> attributes {test.tolerance = 1.0e-12} {
  ^bb0(%a: tensor<3x5x5xf64>):
    %0 = gan.inverse %a : tensor<3x5x5xf64>
    gan.yield %0 : tensor<3x5x5xf64>
  }
  return %r : tensor<3x5x5xf64>
}

// CHECK: k1_matrix: 1 tiles, sim, right
func.func @one(%x: tensor<1x1xf32>) -> tensor<1x1xf32> {
  %r = gan.kernel hero(matrix) (%x) : (tensor<1x1xf32>) -> tensor<1x1xf32> {
  ^bb0(%a: tensor<1x1xf32>):
    %0 = gan.inverse %a : tensor<1x1xf32>
    gan.yield %0 : tensor<1x1xf32>
  }
  return %r : tensor<1x1xf32>
}

// CHECK: k2_matrix: 4 tiles, sim, right
func.func @logdets(%x: tensor<4x6x6xf64>) -> tensor<4xf64> {
  %r = gan.kernel hero(matrix) (%x) : (tensor<4x6x6xf64>) -> tensor<4xf64> attributes {test.tolerance = 1.0e-13} {
  ^bb0(%a: tensor<4x6x6xf64>):
    %0 = gan.logdet %a : tensor<4x6x6xf64> -> tensor<4xf64>
    gan.yield %0 : tensor<4xf64>
  }
  return %r : tensor<4xf64>
}

// Rows that fill registers, and those that do not.
// CHECK: k3_matrix: 1 tiles, sim, right
func.func @frame(%x: tensor<9x37xf64>) -> tensor<9x37xf64> {
  %r = gan.kernel hero(matrix) (%x) : (tensor<9x37xf64>) -> tensor<9x37xf64> attributes {test.tolerance = 1.0e-14} {
  ^bb0(%a: tensor<9x37xf64>):
    %0 = gan.orthonormal %a : tensor<9x37xf64>
    gan.yield %0 : tensor<9x37xf64>
  }
  return %r : tensor<9x37xf64>
}

// CHECK: k4_matrix: 1 tiles, sim, right
func.func @square(%x: tensor<5x5xf32>) -> tensor<5x5xf32> {
  %r = gan.kernel hero(matrix) (%x) : (tensor<5x5xf32>) -> tensor<5x5xf32> {
  ^bb0(%a: tensor<5x5xf32>):
    %0 = gan.orthonormal %a : tensor<5x5xf32>
    gan.yield %0 : tensor<5x5xf32>
  }
  return %r : tensor<5x5xf32>
}
