// RUN: gan-run-kernel --sim %s | FileCheck %s

// The layers of a DCGAN in small, odd sizes, borders multiplied as zeros and borders skipped.

// Three channels.
// CHECK: k0_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f0(%x: tensor<2x8x8x3xf32>, %w: tensor<2x4x4x5xf32>) -> tensor<4x4x3x5xf32> {
  %r = gan.kernel hero(contraction) (%x, %w) : (tensor<2x8x8x3xf32>, tensor<2x4x4x5xf32>) -> tensor<4x4x3x5xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<2x8x8x3xf32>, %b0: tensor<2x4x4x5xf32>):
    %0 = gan.conv2d_weight_grad %a0, %b0 strides = [2, 2] padding = [1, 1, 1, 1] : tensor<2x8x8x3xf32>, tensor<2x4x4x5xf32> -> tensor<4x4x3x5xf32>
    gan.yield %0 : tensor<4x4x3x5xf32>
  }
  return %r : tensor<4x4x3x5xf32>
}

// The window does not divide into phases.
// CHECK: k1_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f1(%x: tensor<2x9x7x3xf32>, %w: tensor<2x5x4x5xf32>) -> tensor<3x3x3x5xf32> {
  %r = gan.kernel hero(contraction) (%x, %w) : (tensor<2x9x7x3xf32>, tensor<2x5x4x5xf32>) -> tensor<3x3x3x5xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<2x9x7x3xf32>, %b0: tensor<2x5x4x5xf32>):
    %a1 = gan.tanh %a0 : tensor<2x9x7x3xf32>
    %b1 = gan.neg %b0 : tensor<2x5x4x5xf32>
    %0 = gan.conv2d_weight_grad %a1, %b1 strides = [2, 2] padding = [1, 1, 1, 1] : tensor<2x9x7x3xf32>, tensor<2x5x4x5xf32> -> tensor<3x3x3x5xf32>
    gan.yield %0 : tensor<3x3x3x5xf32>
  }
  return %r : tensor<3x3x3x5xf32>
}

// A batch of one.
// CHECK: k2_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f2(%x: tensor<1x9x7x16xf32>, %w: tensor<1x9x7x33xf32>) -> tensor<3x3x16x33xf32> {
  %r = gan.kernel hero(contraction) (%x, %w) : (tensor<1x9x7x16xf32>, tensor<1x9x7x33xf32>) -> tensor<3x3x16x33xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<1x9x7x16xf32>, %b0: tensor<1x9x7x33xf32>):
    %a1 = gan.tanh %a0 : tensor<1x9x7x16xf32>
    %b1 = gan.neg %b0 : tensor<1x9x7x33xf32>
    %0 = gan.conv2d_weight_grad %a1, %b1 strides = [1, 1] padding = [1, 1, 1, 1] : tensor<1x9x7x16xf32>, tensor<1x9x7x33xf32> -> tensor<3x3x16x33xf32>
    %1 = gan.tanh %0 : tensor<3x3x16x33xf32>
    gan.yield %1 : tensor<3x3x16x33xf32>
  }
  return %r : tensor<3x3x16x33xf32>
}

// Borders are skipped.
// CHECK: k3_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f3(%x: tensor<17x4x4x32xf32>, %w: tensor<17x2x2x24xf32>) -> tensor<4x4x32x24xf32> {
  %r = gan.kernel hero(contraction) (%x, %w) : (tensor<17x4x4x32xf32>, tensor<17x2x2x24xf32>) -> tensor<4x4x32x24xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<17x4x4x32xf32>, %b0: tensor<17x2x2x24xf32>):
    %0 = gan.conv2d_weight_grad %a0, %b0 strides = [2, 2] padding = [1, 1, 1, 1] : tensor<17x4x4x32xf32>, tensor<17x2x2x24xf32> -> tensor<4x4x32x24xf32>
    %1 = gan.tanh %0 : tensor<4x4x32x24xf32>
    gan.yield %1 : tensor<4x4x32x24xf32>
  }
  return %r : tensor<4x4x32x24xf32>
}

// One output per image.
// CHECK: k4_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f4(%x: tensor<16x4x4x32xf32>, %w: tensor<16x1x1x1xf32>) -> tensor<4x4x32x1xf32> {
  %r = gan.kernel hero(contraction) (%x, %w) : (tensor<16x4x4x32xf32>, tensor<16x1x1x1xf32>) -> tensor<4x4x32x1xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<16x4x4x32xf32>, %b0: tensor<16x1x1x1xf32>):
    %0 = gan.conv2d_weight_grad %a0, %b0 strides = [1, 1] padding = [0, 0, 0, 0] : tensor<16x4x4x32xf32>, tensor<16x1x1x1xf32> -> tensor<4x4x32x1xf32>
    gan.yield %0 : tensor<4x4x32x1xf32>
  }
  return %r : tensor<4x4x32x1xf32>
}

// Skipped, odd in every number, in parts.
// CHECK: k5_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f5(%x: tensor<20x6x5x17xf64>, %w: tensor<20x2x3x19xf64>) -> tensor<2x3x17x19xf64> {
  %r = gan.kernel hero(contraction) (%x, %w) : (tensor<20x6x5x17xf64>, tensor<20x2x3x19xf64>) -> tensor<2x3x17x19xf64> attributes {test.tolerance = 1.0e-12} {
  ^bb0(%a0: tensor<20x6x5x17xf64>, %b0: tensor<20x2x3x19xf64>):
    %a1 = gan.tanh %a0 : tensor<20x6x5x17xf64>
    %b1 = gan.neg %b0 : tensor<20x2x3x19xf64>
    %0 = gan.conv2d_weight_grad %a1, %b1 strides = [3, 2] padding = [0, 1, 2, 1] order <splits = 3, lanes = 1> : tensor<20x6x5x17xf64>, tensor<20x2x3x19xf64> -> tensor<2x3x17x19xf64>
    gan.yield %0 : tensor<2x3x17x19xf64>
  }
  return %r : tensor<2x3x17x19xf64>
}

// A stride longer than the window.
// CHECK: k6_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f6(%x: tensor<3x6x5x5xf64>, %w: tensor<3x3x4x19xf64>) -> tensor<1x2x5x19xf64> {
  %r = gan.kernel hero(contraction) (%x, %w) : (tensor<3x6x5x5xf64>, tensor<3x3x4x19xf64>) -> tensor<1x2x5x19xf64> attributes {test.tolerance = 1.0e-12} {
  ^bb0(%a0: tensor<3x6x5x5xf64>, %b0: tensor<3x3x4x19xf64>):
    %0 = gan.conv2d_weight_grad %a0, %b0 strides = [3, 2] padding = [0, 1, 2, 1] order <splits = 5, lanes = 1> : tensor<3x6x5x5xf64>, tensor<3x3x4x19xf64> -> tensor<1x2x5x19xf64>
    %1 = gan.tanh %0 : tensor<1x2x5x19xf64>
    gan.yield %1 : tensor<1x2x5x19xf64>
  }
  return %r : tensor<1x2x5x19xf64>
}

// Several blocks of k.
// CHECK: k7_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f7(%x: tensor<2x8x8x300xf32>, %w: tensor<2x8x8x40xf32>) -> tensor<1x1x300x40xf32> {
  %r = gan.kernel hero(contraction) (%x, %w) : (tensor<2x8x8x300xf32>, tensor<2x8x8x40xf32>) -> tensor<1x1x300x40xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<2x8x8x300xf32>, %b0: tensor<2x8x8x40xf32>):
    %0 = gan.conv2d_weight_grad %a0, %b0 strides = [1, 1] padding = [0, 0, 0, 0] : tensor<2x8x8x300xf32>, tensor<2x8x8x40xf32> -> tensor<1x1x300x40xf32>
    gan.yield %0 : tensor<1x1x300x40xf32>
  }
  return %r : tensor<1x1x300x40xf32>
}

// Few channels on a side: positions run along the registers.
// CHECK: k8_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f8(%x: tensor<2x20x18x20xf32>, %w: tensor<2x20x9x2xf32>) -> tensor<3x4x20x2xf32> {
  %r = gan.kernel hero(contraction) (%x, %w) : (tensor<2x20x18x20xf32>, tensor<2x20x9x2xf32>) -> tensor<3x4x20x2xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<2x20x18x20xf32>, %b0: tensor<2x20x9x2xf32>):
    %0 = gan.conv2d_weight_grad %a0, %b0 strides = [1, 2] padding = [1, 1, 1, 1] : tensor<2x20x18x20xf32>, tensor<2x20x9x2xf32> -> tensor<3x4x20x2xf32>
    %1 = gan.tanh %0 : tensor<3x4x20x2xf32>
    gan.yield %1 : tensor<3x4x20x2xf32>
  }
  return %r : tensor<3x4x20x2xf32>
}

// CHECK: k9_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f9(%x: tensor<2x32x32x2xf32>, %w: tensor<2x16x16x17xf32>) -> tensor<4x4x2x17xf32> {
  %r = gan.kernel hero(contraction) (%x, %w) : (tensor<2x32x32x2xf32>, tensor<2x16x16x17xf32>) -> tensor<4x4x2x17xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<2x32x32x2xf32>, %b0: tensor<2x16x16x17xf32>):
    %0 = gan.conv2d_weight_grad %a0, %b0 strides = [2, 2] padding = [1, 1, 1, 1] : tensor<2x32x32x2xf32>, tensor<2x16x16x17xf32> -> tensor<4x4x2x17xf32>
    gan.yield %0 : tensor<4x4x2x17xf32>
  }
  return %r : tensor<4x4x2x17xf32>
}

// CHECK: k10_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f10(%x: tensor<2x16x16x24xf32>, %w: tensor<2x8x8x70xf32>) -> tensor<4x4x24x70xf32> {
  %r = gan.kernel hero(contraction) (%x, %w) : (tensor<2x16x16x24xf32>, tensor<2x8x8x70xf32>) -> tensor<4x4x24x70xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<2x16x16x24xf32>, %b0: tensor<2x8x8x70xf32>):
    %0 = gan.conv2d_weight_grad %a0, %b0 strides = [2, 2] padding = [1, 1, 1, 1] order <splits = 2, lanes = 1> : tensor<2x16x16x24xf32>, tensor<2x8x8x70xf32> -> tensor<4x4x24x70xf32>
    gan.yield %0 : tensor<4x4x24x70xf32>
  }
  return %r : tensor<4x4x24x70xf32>
}

// Parts of the batch, of few channels and of many; of odd sizes, with an order within a part.
// CHECK: k11_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @parts0(%x: tensor<12x8x8x3xf32>, %w: tensor<12x4x4x5xf32>) -> tensor<3x4x4x3x5xf32> {
  %r = gan.kernel hero(contraction) (%x, %w) : (tensor<12x8x8x3xf32>, tensor<12x4x4x5xf32>) -> tensor<3x4x4x3x5xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<12x8x8x3xf32>, %b0: tensor<12x4x4x5xf32>):
    %a1 = gan.tanh %a0 : tensor<12x8x8x3xf32>
    %0 = gan.conv2d_weight_grad %a1, %b0 strides = [2, 2] padding = [1, 1, 1, 1] parts = 3 order <splits = 4, lanes = 1> : tensor<12x8x8x3xf32>, tensor<12x4x4x5xf32> -> tensor<3x4x4x3x5xf32>
    %1 = gan.neg %0 : tensor<3x4x4x3x5xf32>
    gan.yield %1 : tensor<3x4x4x3x5xf32>
  }
  return %r : tensor<3x4x4x3x5xf32>
}

// CHECK: k12_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @parts1(%x: tensor<8x6x6x33xf32>, %w: tensor<8x3x3x20xf32>) -> tensor<4x4x4x33x20xf32> {
  %r = gan.kernel hero(contraction) (%x, %w) : (tensor<8x6x6x33xf32>, tensor<8x3x3x20xf32>) -> tensor<4x4x4x33x20xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<8x6x6x33xf32>, %b0: tensor<8x3x3x20xf32>):
    %a1 = gan.tanh %a0 : tensor<8x6x6x33xf32>
    %0 = gan.conv2d_weight_grad %a1, %b0 strides = [2, 2] padding = [1, 1, 1, 1] parts = 4 order <splits = 2, lanes = 1> : tensor<8x6x6x33xf32>, tensor<8x3x3x20xf32> -> tensor<4x4x4x33x20xf32>
    %1 = gan.neg %0 : tensor<4x4x4x33x20xf32>
    gan.yield %1 : tensor<4x4x4x33x20xf32>
  }
  return %r : tensor<4x4x4x33x20xf32>
}
