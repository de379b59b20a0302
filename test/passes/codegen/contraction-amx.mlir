// REQUIRES: x86-64-v4-amx
// RUN: gan-run-kernel %s | FileCheck %s
// RUN: gan-run-kernel %S/contraction-mma-matmul.mlir | FileCheck %s --check-prefix=MATMUL
// RUN: gan-run-kernel %S/contraction-mma-conv2d.mlir | FileCheck %s --check-prefix=CONV
// RUN: gan-run-kernel %S/contraction-part-sums.mlir | FileCheck %s --check-prefix=PARTS

// Kernels of bf16 that do not fill tiles of 16 rows, 16 columns and 32 steps: near to sums of fma, and the same however tiles are split.

// MATMUL: k3_contraction: {{[0-9]+}} tiles, near on x86-64-v4-amx, right
// MATMUL: k4_contraction: {{[0-9]+}} tiles, near on x86-64-v4-amx, right
// MATMUL: k7_contraction: {{[0-9]+}} tiles, near on x86-64-v4-amx, right
// CONV: k1_contraction: {{[0-9]+}} tiles, near on x86-64-v4-amx, right
// CONV: k4_contraction: {{[0-9]+}} tiles, near on x86-64-v4-amx, right
// CONV: k6_contraction: {{[0-9]+}} tiles, near on x86-64-v4-amx, right
// PARTS: k3_contraction: {{[0-9]+}} tiles, near on x86-64-v4-amx, right

// One step more than a tile has, three rows and a column.
// CHECK: k0_contraction: {{[0-9]+}} tiles, near on x86-64-v4-amx, right
func.func @odd(%a: tensor<35x33xf32>, %b: tensor<33x49xf32>) -> tensor<35x49xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<35x33xf32>, tensor<33x49xf32>) -> tensor<35x49xf32> attributes {test.tolerance = 1.0e-5} {
  ^bb0(%x: tensor<35x33xf32>, %y: tensor<33x49xf32>):
    %ra = gan.round %x to bf16 : tensor<35x33xf32>
    %rb = gan.round %y to bf16 : tensor<33x49xf32>
    %0 = gan.matmul %ra, %rb : tensor<35x33xf32>, tensor<33x49xf32> -> tensor<35x49xf32>
    gan.yield %0 : tensor<35x49xf32>
  }
  return %r : tensor<35x49xf32>
}

// Two blocks of k, the second of which no tile divides; parts.
// CHECK: k1_contraction: {{[0-9]+}} tiles, near on x86-64-v4-amx, right
func.func @deep(%a: tensor<17x300xf32>, %b: tensor<300x16xf32>) -> tensor<17x16xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<17x300xf32>, tensor<300x16xf32>) -> tensor<17x16xf32> attributes {test.tolerance = 1.0e-5} {
  ^bb0(%x: tensor<17x300xf32>, %y: tensor<300x16xf32>):
    %n = gan.neg %x : tensor<17x300xf32>
    %ra = gan.round %n to bf16 : tensor<17x300xf32>
    %rb = gan.round %y to bf16 : tensor<300x16xf32>
    %0 = gan.matmul %ra, %rb order <splits = 2, lanes = 1> : tensor<17x300xf32>, tensor<300x16xf32> -> tensor<17x16xf32>
    %e = gan.tanh %0 : tensor<17x16xf32>
    gan.yield %e : tensor<17x16xf32>
  }
  return %r : tensor<17x16xf32>
}

// Rows and columns that are neighbours in memory.
// CHECK: k2_contraction: {{[0-9]+}} tiles, near on x86-64-v4-amx, right
func.func @across(%a: tensor<90x70xf32>, %b: tensor<60x90xf32>) -> tensor<70x60xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<90x70xf32>, tensor<60x90xf32>) -> tensor<70x60xf32> attributes {test.tolerance = 1.0e-5} {
  ^bb0(%x: tensor<90x70xf32>, %y: tensor<60x90xf32>):
    %ra = gan.round %x to bf16 : tensor<90x70xf32>
    %rb = gan.round %y to bf16 : tensor<60x90xf32>
    %0 = gan.matmul %ra, %rb order <splits = 1, lanes = 1> {transpose_a, transpose_b} : tensor<90x70xf32>, tensor<60x90xf32> -> tensor<70x60xf32>
    gan.yield %0 : tensor<70x60xf32>
  }
  return %r : tensor<70x60xf32>
}

// A matrix a tile.
// CHECK: k3_contraction: {{[0-9]+}} tiles, near on x86-64-v4-amx, right
func.func @batch(%a: tensor<3x20x40xf32>, %b: tensor<3x40x24xf32>) -> tensor<3x20x24xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<3x20x40xf32>, tensor<3x40x24xf32>) -> tensor<3x20x24xf32> attributes {test.tolerance = 1.0e-5} {
  ^bb0(%x: tensor<3x20x40xf32>, %y: tensor<3x40x24xf32>):
    %ra = gan.round %x to bf16 : tensor<3x20x40xf32>
    %rb = gan.round %y to bf16 : tensor<3x40x24xf32>
    %0 = gan.matmul %ra, %rb : tensor<3x20x40xf32>, tensor<3x40x24xf32> -> tensor<3x20x24xf32>
    gan.yield %0 : tensor<3x20x24xf32>
  }
  return %r : tensor<3x20x24xf32>
}

// Runs of k of 18 channels.
// CHECK: k4_contraction: {{[0-9]+}} tiles, near on x86-64-v4-amx, right
func.func @window(%a: tensor<2x9x9x18xf32>, %b: tensor<3x3x18x20xf32>) -> tensor<2x9x9x20xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<2x9x9x18xf32>, tensor<3x3x18x20xf32>) -> tensor<2x9x9x20xf32> attributes {test.tolerance = 1.0e-5} {
  ^bb0(%x: tensor<2x9x9x18xf32>, %y: tensor<3x3x18x20xf32>):
    %n = gan.neg %x : tensor<2x9x9x18xf32>
    %ra = gan.round %n to bf16 : tensor<2x9x9x18xf32>
    %rb = gan.round %y to bf16 : tensor<3x3x18x20xf32>
    %0 = gan.conv2d %ra, %rb strides = [1, 1] padding = [1, 1, 1, 1] : tensor<2x9x9x18xf32>, tensor<3x3x18x20xf32> -> tensor<2x9x9x20xf32>
    %e = gan.tanh %0 : tensor<2x9x9x20xf32>
    gan.yield %e : tensor<2x9x9x20xf32>
  }
  return %r : tensor<2x9x9x20xf32>
}

// Borders are skipped: a run of rows has 17 images.
// CHECK: k5_contraction: {{[0-9]+}} tiles, near on x86-64-v4-amx, right
func.func @skips(%a: tensor<17x4x4x32xf32>, %b: tensor<4x4x32x24xf32>) -> tensor<17x2x2x24xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<17x4x4x32xf32>, tensor<4x4x32x24xf32>) -> tensor<17x2x2x24xf32> attributes {test.tolerance = 1.0e-5} {
  ^bb0(%x: tensor<17x4x4x32xf32>, %y: tensor<4x4x32x24xf32>):
    %ra = gan.round %x to bf16 : tensor<17x4x4x32xf32>
    %rb = gan.round %y to bf16 : tensor<4x4x32x24xf32>
    %0 = gan.conv2d %ra, %rb strides = [2, 2] padding = [1, 1, 1, 1] : tensor<17x4x4x32xf32>, tensor<4x4x32x24xf32> -> tensor<17x2x2x24xf32>
    gan.yield %0 : tensor<17x2x2x24xf32>
  }
  return %r : tensor<17x2x2x24xf32>
}

// One problem a phase of the stride.
// CHECK: k6_contraction: {{[0-9]+}} tiles, near on x86-64-v4-amx, right
func.func @phases(%a: tensor<2x8x8x40xf32>, %b: tensor<4x4x20x40xf32>) -> tensor<2x16x16x20xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<2x8x8x40xf32>, tensor<4x4x20x40xf32>) -> tensor<2x16x16x20xf32> attributes {test.tolerance = 1.0e-5} {
  ^bb0(%x: tensor<2x8x8x40xf32>, %y: tensor<4x4x20x40xf32>):
    %ra = gan.round %x to bf16 : tensor<2x8x8x40xf32>
    %rb = gan.round %y to bf16 : tensor<4x4x20x40xf32>
    %0 = gan.conv2d_input_grad %ra, %rb strides = [2, 2] padding = [1, 1, 1, 1] : tensor<2x8x8x40xf32>, tensor<4x4x20x40xf32> -> tensor<2x16x16x20xf32>
    gan.yield %0 : tensor<2x16x16x20xf32>
  }
  return %r : tensor<2x16x16x20xf32>
}

// CHECK: k7_contraction: {{[0-9]+}} tiles, near on x86-64-v4-amx, right
func.func @phases_skip(%a: tensor<33x2x2x24xf32>, %b: tensor<4x4x16x24xf32>) -> tensor<33x4x4x16xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<33x2x2x24xf32>, tensor<4x4x16x24xf32>) -> tensor<33x4x4x16xf32> attributes {test.tolerance = 1.0e-5} {
  ^bb0(%x: tensor<33x2x2x24xf32>, %y: tensor<4x4x16x24xf32>):
    %ra = gan.round %x to bf16 : tensor<33x2x2x24xf32>
    %rb = gan.round %y to bf16 : tensor<4x4x16x24xf32>
    %0 = gan.conv2d_input_grad %ra, %rb strides = [2, 2] padding = [1, 1, 1, 1] : tensor<33x2x2x24xf32>, tensor<4x4x16x24xf32> -> tensor<33x4x4x16xf32>
    %e = gan.tanh %0 : tensor<33x4x4x16xf32>
    gan.yield %e : tensor<33x4x4x16xf32>
  }
  return %r : tensor<33x4x4x16xf32>
}

// Steps are positions, and no operand has them side by side.
// CHECK: k8_contraction: {{[0-9]+}} tiles, near on x86-64-v4-amx, right
func.func @filter(%a: tensor<4x9x9x17xf32>, %b: tensor<4x9x9x20xf32>) -> tensor<3x3x17x20xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<4x9x9x17xf32>, tensor<4x9x9x20xf32>) -> tensor<3x3x17x20xf32> attributes {test.tolerance = 1.0e-5} {
  ^bb0(%x: tensor<4x9x9x17xf32>, %y: tensor<4x9x9x20xf32>):
    %n = gan.neg %x : tensor<4x9x9x17xf32>
    %ra = gan.round %n to bf16 : tensor<4x9x9x17xf32>
    %rb = gan.round %y to bf16 : tensor<4x9x9x20xf32>
    %0 = gan.conv2d_weight_grad %ra, %rb strides = [1, 1] padding = [1, 1, 1, 1] order <splits = 4, lanes = 1> : tensor<4x9x9x17xf32>, tensor<4x9x9x20xf32> -> tensor<3x3x17x20xf32>
    gan.yield %0 : tensor<3x3x17x20xf32>
  }
  return %r : tensor<3x3x17x20xf32>
}

// CHECK: k9_contraction: {{[0-9]+}} tiles, near on x86-64-v4-amx, right
func.func @filter_skips(%a: tensor<40x4x4x16xf32>, %b: tensor<40x2x2x24xf32>) -> tensor<4x4x16x24xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<40x4x4x16xf32>, tensor<40x2x2x24xf32>) -> tensor<4x4x16x24xf32> attributes {test.tolerance = 1.0e-5} {
  ^bb0(%x: tensor<40x4x4x16xf32>, %y: tensor<40x2x2x24xf32>):
    %ra = gan.round %x to bf16 : tensor<40x4x4x16xf32>
    %rb = gan.round %y to bf16 : tensor<40x2x2x24xf32>
    %0 = gan.conv2d_weight_grad %ra, %rb strides = [2, 2] padding = [1, 1, 1, 1] order <splits = 2, lanes = 1> : tensor<40x4x4x16xf32>, tensor<40x2x2x24xf32> -> tensor<4x4x16x24xf32>
    gan.yield %0 : tensor<4x4x16x24xf32>
  }
  return %r : tensor<4x4x16x24xf32>
}
