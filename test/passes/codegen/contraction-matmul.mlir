// RUN: gan-run-kernel --sim %s | FileCheck %s

// Both transposes each; edges narrower and wider than any tile of registers; parts that end where nothing else does.

// One of everything.
// CHECK: k0_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f0(%x: tensor<1x1xf32>, %w: tensor<1x1xf32>) -> tensor<1x1xf32> {
  %r = gan.kernel hero(contraction) (%x, %w) : (tensor<1x1xf32>, tensor<1x1xf32>) -> tensor<1x1xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<1x1xf32>, %b0: tensor<1x1xf32>):
    %0 = gan.matmul %a0, %b0 : tensor<1x1xf32>, tensor<1x1xf32> -> tensor<1x1xf32>
    gan.yield %0 : tensor<1x1xf32>
  }
  return %r : tensor<1x1xf32>
}

// Ragged edges.
// CHECK: k1_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f1(%x: tensor<37x33xf32>, %w: tensor<33x100xf32>) -> tensor<37x100xf32> {
  %r = gan.kernel hero(contraction) (%x, %w) : (tensor<37x33xf32>, tensor<33x100xf32>) -> tensor<37x100xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<37x33xf32>, %b0: tensor<33x100xf32>):
    %0 = gan.matmul %a0, %b0 : tensor<37x33xf32>, tensor<33x100xf32> -> tensor<37x100xf32>
    gan.yield %0 : tensor<37x100xf32>
  }
  return %r : tensor<37x100xf32>
}

// Few columns exchange with many rows.
// CHECK: k2_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f2(%x: tensor<257x130xf32>, %w: tensor<257x3xf32>) -> tensor<130x3xf32> {
  %r = gan.kernel hero(contraction) (%x, %w) : (tensor<257x130xf32>, tensor<257x3xf32>) -> tensor<130x3xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<257x130xf32>, %b0: tensor<257x3xf32>):
    %0 = gan.matmul %a0, %b0 {transpose_a} : tensor<257x130xf32>, tensor<257x3xf32> -> tensor<130x3xf32>
    gan.yield %0 : tensor<130x3xf32>
  }
  return %r : tensor<130x3xf32>
}

// CHECK: k3_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f3(%x: tensor<5x40xf32>, %w: tensor<300x40xf32>) -> tensor<5x300xf32> {
  %r = gan.kernel hero(contraction) (%x, %w) : (tensor<5x40xf32>, tensor<300x40xf32>) -> tensor<5x300xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<5x40xf32>, %b0: tensor<300x40xf32>):
    %0 = gan.matmul %a0, %b0 {transpose_b} : tensor<5x40xf32>, tensor<300x40xf32> -> tensor<5x300xf32>
    gan.yield %0 : tensor<5x300xf32>
  }
  return %r : tensor<5x300xf32>
}

// CHECK: k4_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f4(%x: tensor<300x64xf32>, %w: tensor<70x300xf32>) -> tensor<64x70xf32> {
  %r = gan.kernel hero(contraction) (%x, %w) : (tensor<300x64xf32>, tensor<70x300xf32>) -> tensor<64x70xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<300x64xf32>, %b0: tensor<70x300xf32>):
    %0 = gan.matmul %a0, %b0 {transpose_a, transpose_b} : tensor<300x64xf32>, tensor<70x300xf32> -> tensor<64x70xf32>
    gan.yield %0 : tensor<64x70xf32>
  }
  return %r : tensor<64x70xf32>
}

// Seven parts of 15, the last one shorter.
// CHECK: k5_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f5(%x: tensor<33x100xf32>, %w: tensor<100x50xf32>) -> tensor<33x50xf32> {
  %r = gan.kernel hero(contraction) (%x, %w) : (tensor<33x100xf32>, tensor<100x50xf32>) -> tensor<33x50xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<33x100xf32>, %b0: tensor<100x50xf32>):
    %0 = gan.matmul %a0, %b0 order <splits = 7, lanes = 1> : tensor<33x100xf32>, tensor<100x50xf32> -> tensor<33x50xf32>
    gan.yield %0 : tensor<33x50xf32>
  }
  return %r : tensor<33x50xf32>
}

// Eight parts of 13: the last one is empty.
// CHECK: k6_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f6(%x: tensor<79x33xf32>, %w: tensor<18x79xf32>) -> tensor<33x18xf32> {
  %r = gan.kernel hero(contraction) (%x, %w) : (tensor<79x33xf32>, tensor<18x79xf32>) -> tensor<33x18xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<79x33xf32>, %b0: tensor<18x79xf32>):
    %0 = gan.matmul %a0, %b0 order <splits = 8, lanes = 1> {transpose_a, transpose_b} : tensor<79x33xf32>, tensor<18x79xf32> -> tensor<33x18xf32>
    gan.yield %0 : tensor<33x18xf32>
  }
  return %r : tensor<33x18xf32>
}

// A prologue on both sides, an epilogue.
// CHECK: k7_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f7(%x: tensor<19x70xf64>, %w: tensor<45x70xf64>) -> tensor<19x45xf64> {
  %r = gan.kernel hero(contraction) (%x, %w) : (tensor<19x70xf64>, tensor<45x70xf64>) -> tensor<19x45xf64> attributes {test.tolerance = 1.0e-13} {
  ^bb0(%a0: tensor<19x70xf64>, %b0: tensor<45x70xf64>):
    %a1 = gan.tanh %a0 : tensor<19x70xf64>
    %b1 = gan.neg %b0 : tensor<45x70xf64>
    %0 = gan.matmul %a1, %b1 {transpose_b} : tensor<19x70xf64>, tensor<45x70xf64> -> tensor<19x45xf64>
    %1 = gan.tanh %0 : tensor<19x45xf64>
    gan.yield %1 : tensor<19x45xf64>
  }
  return %r : tensor<19x45xf64>
}

// A batch of products; every matrix is a few tiles of its own.
// CHECK: k8_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f8(%x: tensor<3x37x33xf32>, %w: tensor<3x33x20xf32>) -> tensor<3x37x20xf32> {
  %r = gan.kernel hero(contraction) (%x, %w) : (tensor<3x37x33xf32>, tensor<3x33x20xf32>) -> tensor<3x37x20xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<3x37x33xf32>, %b0: tensor<3x33x20xf32>):
    %a1 = gan.tanh %a0 : tensor<3x37x33xf32>
    %b1 = gan.neg %b0 : tensor<3x33x20xf32>
    %0 = gan.matmul %a1, %b1 : tensor<3x37x33xf32>, tensor<3x33x20xf32> -> tensor<3x37x20xf32>
    %1 = gan.tanh %0 : tensor<3x37x20xf32>
    gan.yield %1 : tensor<3x37x20xf32>
  }
  return %r : tensor<3x37x20xf32>
}

// CHECK: k9_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f9(%x: tensor<5x40x9xf64>, %w: tensor<5x70x40xf64>) -> tensor<5x9x70xf64> {
  %r = gan.kernel hero(contraction) (%x, %w) : (tensor<5x40x9xf64>, tensor<5x70x40xf64>) -> tensor<5x9x70xf64> attributes {test.tolerance = 1.0e-12} {
  ^bb0(%a0: tensor<5x40x9xf64>, %b0: tensor<5x70x40xf64>):
    %0 = gan.matmul %a0, %b0 order <splits = 3, lanes = 1> {transpose_a, transpose_b} : tensor<5x40x9xf64>, tensor<5x70x40xf64> -> tensor<5x9x70xf64>
    gan.yield %0 : tensor<5x9x70xf64>
  }
  return %r : tensor<5x9x70xf64>
}

// One column of many rows.
// CHECK: k10_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f10(%x: tensor<2x130x17xf32>, %w: tensor<2x17x1xf32>) -> tensor<2x130x1xf32> {
  %r = gan.kernel hero(contraction) (%x, %w) : (tensor<2x130x17xf32>, tensor<2x17x1xf32>) -> tensor<2x130x1xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<2x130x17xf32>, %b0: tensor<2x17x1xf32>):
    %0 = gan.matmul %a0, %b0 : tensor<2x130x17xf32>, tensor<2x17x1xf32> -> tensor<2x130x1xf32>
    gan.yield %0 : tensor<2x130x1xf32>
  }
  return %r : tensor<2x130x1xf32>
}

// CHECK: k11_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f11(%x: tensor<4x1x17xf32>, %w: tensor<4x2x17xf32>) -> tensor<4x1x2xf32> {
  %r = gan.kernel hero(contraction) (%x, %w) : (tensor<4x1x17xf32>, tensor<4x2x17xf32>) -> tensor<4x1x2xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<4x1x17xf32>, %b0: tensor<4x2x17xf32>):
    %0 = gan.matmul %a0, %b0 {transpose_b} : tensor<4x1x17xf32>, tensor<4x2x17xf32> -> tensor<4x1x2xf32>
    gan.yield %0 : tensor<4x1x2xf32>
  }
  return %r : tensor<4x1x2xf32>
}
