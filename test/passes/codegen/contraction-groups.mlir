// RUN: gan-run-kernel --sim %s | FileCheck %s

// The three convolutions with taps apart and channels in groups, in small, odd sizes.

// Taps apart, borders multiplied as zeros.
// CHECK: k0_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f0(%x: tensor<2x9x8x5xf32>, %w: tensor<3x2x5x19xf32>) -> tensor<2x8x4x19xf32> {
  %r = gan.kernel hero(contraction) (%x, %w) : (tensor<2x9x8x5xf32>, tensor<3x2x5x19xf32>) -> tensor<2x8x4x19xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<2x9x8x5xf32>, %b0: tensor<3x2x5x19xf32>):
    %a1 = gan.tanh %a0 : tensor<2x9x8x5xf32>
    %b1 = gan.neg %b0 : tensor<3x2x5x19xf32>
    %0 = gan.conv2d %a1, %b1 strides = [1, 2] padding = [2, 1, 0, 3] dilations = [2, 3] : tensor<2x9x8x5xf32>, tensor<3x2x5x19xf32> -> tensor<2x8x4x19xf32>
    %1 = gan.tanh %0 : tensor<2x8x4x19xf32>
    gan.yield %1 : tensor<2x8x4x19xf32>
  }
  return %r : tensor<2x8x4x19xf32>
}

// Few channels are not joined with taps that are apart.
// CHECK: k1_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f1(%x: tensor<2x9x8x3xf32>, %w: tensor<2x10x4x19xf32>) -> tensor<3x2x3x19xf32> {
  %r = gan.kernel hero(contraction) (%x, %w) : (tensor<2x9x8x3xf32>, tensor<2x10x4x19xf32>) -> tensor<3x2x3x19xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<2x9x8x3xf32>, %b0: tensor<2x10x4x19xf32>):
    %0 = gan.conv2d_weight_grad %a0, %b0 strides = [1, 2] padding = [2, 1, 0, 3] dilations = [1, 3] : tensor<2x9x8x3xf32>, tensor<2x10x4x19xf32> -> tensor<3x2x3x19xf32>
    gan.yield %0 : tensor<3x2x3x19xf32>
  }
  return %r : tensor<3x2x3x19xf32>
}

// Borders skipped, in parts.
// CHECK: k2_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f2(%x: tensor<17x4x4x18xf32>, %w: tensor<3x3x18x20xf32>) -> tensor<17x4x4x20xf32> {
  %r = gan.kernel hero(contraction) (%x, %w) : (tensor<17x4x4x18xf32>, tensor<3x3x18x20xf32>) -> tensor<17x4x4x20xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<17x4x4x18xf32>, %b0: tensor<3x3x18x20xf32>):
    %0 = gan.conv2d %a0, %b0 strides = [1, 1] padding = [2, 2, 2, 2] dilations = [2, 2] order <splits = 3, lanes = 1> : tensor<17x4x4x18xf32>, tensor<3x3x18x20xf32> -> tensor<17x4x4x20xf32>
    %1 = gan.tanh %0 : tensor<17x4x4x20xf32>
    gan.yield %1 : tensor<17x4x4x20xf32>
  }
  return %r : tensor<17x4x4x20xf32>
}

// CHECK: k3_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f3(%x: tensor<17x4x4x18xf32>, %w: tensor<17x4x4x20xf32>) -> tensor<3x3x18x20xf32> {
  %r = gan.kernel hero(contraction) (%x, %w) : (tensor<17x4x4x18xf32>, tensor<17x4x4x20xf32>) -> tensor<3x3x18x20xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<17x4x4x18xf32>, %b0: tensor<17x4x4x20xf32>):
    %0 = gan.conv2d_weight_grad %a0, %b0 strides = [1, 1] padding = [2, 2, 2, 2] dilations = [2, 2] order <splits = 5, lanes = 1> : tensor<17x4x4x18xf32>, tensor<17x4x4x20xf32> -> tensor<3x3x18x20xf32>
    gan.yield %0 : tensor<3x3x18x20xf32>
  }
  return %r : tensor<3x3x18x20xf32>
}

// A dilation without and with a factor in common with the stride, and a multiple of it: some phases meet no tap.
// CHECK: k4_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f4(%x: tensor<2x4x7x17xf32>, %w: tensor<3x3x6x17xf32>) -> tensor<2x11x13x6xf32> {
  %r = gan.kernel hero(contraction) (%x, %w) : (tensor<2x4x7x17xf32>, tensor<3x3x6x17xf32>) -> tensor<2x11x13x6xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<2x4x7x17xf32>, %b0: tensor<3x3x6x17xf32>):
    %a1 = gan.tanh %a0 : tensor<2x4x7x17xf32>
    %b1 = gan.neg %b0 : tensor<3x3x6x17xf32>
    %0 = gan.conv2d_input_grad %a1, %b1 strides = [3, 2] padding = [2, 1, 3, 3] dilations = [2, 3] : tensor<2x4x7x17xf32>, tensor<3x3x6x17xf32> -> tensor<2x11x13x6xf32>
    gan.yield %0 : tensor<2x11x13x6xf32>
  }
  return %r : tensor<2x11x13x6xf32>
}

// CHECK: k5_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f5(%x: tensor<2x2x3x17xf64>, %w: tensor<3x2x6x17xf64>) -> tensor<2x12x13x6xf64> {
  %r = gan.kernel hero(contraction) (%x, %w) : (tensor<2x2x3x17xf64>, tensor<3x2x6x17xf64>) -> tensor<2x12x13x6xf64> attributes {test.tolerance = 1.0e-12} {
  ^bb0(%a0: tensor<2x2x3x17xf64>, %b0: tensor<3x2x6x17xf64>):
    %0 = gan.conv2d_input_grad %a0, %b0 strides = [4, 6] padding = [5, 2, 3, 4] dilations = [6, 4] : tensor<2x2x3x17xf64>, tensor<3x2x6x17xf64> -> tensor<2x12x13x6xf64>
    %1 = gan.tanh %0 : tensor<2x12x13x6xf64>
    gan.yield %1 : tensor<2x12x13x6xf64>
  }
  return %r : tensor<2x12x13x6xf64>
}

// CHECK: k6_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f6(%x: tensor<17x4x4x16xf32>, %w: tensor<3x3x18x16xf32>) -> tensor<17x8x8x18xf32> {
  %r = gan.kernel hero(contraction) (%x, %w) : (tensor<17x4x4x16xf32>, tensor<3x3x18x16xf32>) -> tensor<17x8x8x18xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<17x4x4x16xf32>, %b0: tensor<3x3x18x16xf32>):
    %0 = gan.conv2d_input_grad %a0, %b0 strides = [2, 2] padding = [4, 3, 2, 2] dilations = [4, 2] : tensor<17x4x4x16xf32>, tensor<3x3x18x16xf32> -> tensor<17x8x8x18xf32>
    gan.yield %0 : tensor<17x8x8x18xf32>
  }
  return %r : tensor<17x8x8x18xf32>
}

// Groups.
// CHECK: k7_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f7(%x: tensor<2x7x6x12xf32>, %w: tensor<3x3x4x21xf32>) -> tensor<2x3x6x21xf32> {
  %r = gan.kernel hero(contraction) (%x, %w) : (tensor<2x7x6x12xf32>, tensor<3x3x4x21xf32>) -> tensor<2x3x6x21xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<2x7x6x12xf32>, %b0: tensor<3x3x4x21xf32>):
    %a1 = gan.tanh %a0 : tensor<2x7x6x12xf32>
    %b1 = gan.neg %b0 : tensor<3x3x4x21xf32>
    %0 = gan.conv2d %a1, %b1 strides = [2, 1] padding = [1, 0, 1, 1] groups = 3 : tensor<2x7x6x12xf32>, tensor<3x3x4x21xf32> -> tensor<2x3x6x21xf32>
    %1 = gan.tanh %0 : tensor<2x3x6x21xf32>
    gan.yield %1 : tensor<2x3x6x21xf32>
  }
  return %r : tensor<2x3x6x21xf32>
}

// CHECK: k8_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f8(%x: tensor<2x3x6x21xf32>, %w: tensor<3x3x4x21xf32>) -> tensor<2x7x6x12xf32> {
  %r = gan.kernel hero(contraction) (%x, %w) : (tensor<2x3x6x21xf32>, tensor<3x3x4x21xf32>) -> tensor<2x7x6x12xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<2x3x6x21xf32>, %b0: tensor<3x3x4x21xf32>):
    %0 = gan.conv2d_input_grad %a0, %b0 strides = [2, 1] padding = [1, 0, 1, 1] groups = 3 : tensor<2x3x6x21xf32>, tensor<3x3x4x21xf32> -> tensor<2x7x6x12xf32>
    %1 = gan.tanh %0 : tensor<2x7x6x12xf32>
    gan.yield %1 : tensor<2x7x6x12xf32>
  }
  return %r : tensor<2x7x6x12xf32>
}

// CHECK: k9_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f9(%x: tensor<2x7x6x12xf32>, %w: tensor<2x3x6x21xf32>) -> tensor<3x3x4x21xf32> {
  %r = gan.kernel hero(contraction) (%x, %w) : (tensor<2x7x6x12xf32>, tensor<2x3x6x21xf32>) -> tensor<3x3x4x21xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<2x7x6x12xf32>, %b0: tensor<2x3x6x21xf32>):
    %0 = gan.conv2d_weight_grad %a0, %b0 strides = [2, 1] padding = [1, 0, 1, 1] groups = 3 order <splits = 2, lanes = 1> : tensor<2x7x6x12xf32>, tensor<2x3x6x21xf32> -> tensor<3x3x4x21xf32>
    gan.yield %0 : tensor<3x3x4x21xf32>
  }
  return %r : tensor<3x3x4x21xf32>
}

// Groups, taps apart and borders skipped.
// CHECK: k10_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f10(%x: tensor<16x3x4x32xf32>, %w: tensor<3x3x16x34xf32>) -> tensor<16x3x4x34xf32> {
  %r = gan.kernel hero(contraction) (%x, %w) : (tensor<16x3x4x32xf32>, tensor<3x3x16x34xf32>) -> tensor<16x3x4x34xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<16x3x4x32xf32>, %b0: tensor<3x3x16x34xf32>):
    %0 = gan.conv2d %a0, %b0 strides = [1, 1] padding = [2, 2, 2, 2] dilations = [2, 2] groups = 2 : tensor<16x3x4x32xf32>, tensor<3x3x16x34xf32> -> tensor<16x3x4x34xf32>
    gan.yield %0 : tensor<16x3x4x34xf32>
  }
  return %r : tensor<16x3x4x34xf32>
}

// CHECK: k11_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f11(%x: tensor<16x3x4x34xf32>, %w: tensor<3x3x16x34xf32>) -> tensor<16x3x4x32xf32> {
  %r = gan.kernel hero(contraction) (%x, %w) : (tensor<16x3x4x34xf32>, tensor<3x3x16x34xf32>) -> tensor<16x3x4x32xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<16x3x4x34xf32>, %b0: tensor<3x3x16x34xf32>):
    %0 = gan.conv2d_input_grad %a0, %b0 strides = [1, 1] padding = [2, 2, 2, 2] dilations = [2, 2] groups = 2 order <splits = 2, lanes = 1> : tensor<16x3x4x34xf32>, tensor<3x3x16x34xf32> -> tensor<16x3x4x32xf32>
    gan.yield %0 : tensor<16x3x4x32xf32>
  }
  return %r : tensor<16x3x4x32xf32>
}

// CHECK: k12_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f12(%x: tensor<16x3x4x32xf32>, %w: tensor<16x3x4x34xf32>) -> tensor<3x3x16x34xf32> {
  %r = gan.kernel hero(contraction) (%x, %w) : (tensor<16x3x4x32xf32>, tensor<16x3x4x34xf32>) -> tensor<3x3x16x34xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<16x3x4x32xf32>, %b0: tensor<16x3x4x34xf32>):
    %0 = gan.conv2d_weight_grad %a0, %b0 strides = [1, 1] padding = [2, 2, 2, 2] dilations = [2, 2] groups = 2 : tensor<16x3x4x32xf32>, tensor<16x3x4x34xf32> -> tensor<3x3x16x34xf32>
    gan.yield %0 : tensor<3x3x16x34xf32>
  }
  return %r : tensor<3x3x16x34xf32>
}

// Depthwise: one channel and one output in a group, then two.
// CHECK: k13_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f13(%x: tensor<2x9x20x7xf32>, %w: tensor<3x3x1x7xf32>) -> tensor<2x9x20x7xf32> {
  %r = gan.kernel hero(contraction) (%x, %w) : (tensor<2x9x20x7xf32>, tensor<3x3x1x7xf32>) -> tensor<2x9x20x7xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<2x9x20x7xf32>, %b0: tensor<3x3x1x7xf32>):
    %0 = gan.conv2d %a0, %b0 strides = [1, 1] padding = [1, 1, 1, 1] groups = 7 : tensor<2x9x20x7xf32>, tensor<3x3x1x7xf32> -> tensor<2x9x20x7xf32>
    %1 = gan.tanh %0 : tensor<2x9x20x7xf32>
    gan.yield %1 : tensor<2x9x20x7xf32>
  }
  return %r : tensor<2x9x20x7xf32>
}

// CHECK: k14_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f14(%x: tensor<2x5x10x7xf32>, %w: tensor<3x3x1x7xf32>) -> tensor<2x9x20x7xf32> {
  %r = gan.kernel hero(contraction) (%x, %w) : (tensor<2x5x10x7xf32>, tensor<3x3x1x7xf32>) -> tensor<2x9x20x7xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<2x5x10x7xf32>, %b0: tensor<3x3x1x7xf32>):
    %0 = gan.conv2d_input_grad %a0, %b0 strides = [2, 2] padding = [1, 1, 1, 1] groups = 7 : tensor<2x5x10x7xf32>, tensor<3x3x1x7xf32> -> tensor<2x9x20x7xf32>
    gan.yield %0 : tensor<2x9x20x7xf32>
  }
  return %r : tensor<2x9x20x7xf32>
}

// CHECK: k15_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f15(%x: tensor<2x9x20x7xf64>, %w: tensor<2x9x18x14xf64>) -> tensor<3x3x1x14xf64> {
  %r = gan.kernel hero(contraction) (%x, %w) : (tensor<2x9x20x7xf64>, tensor<2x9x18x14xf64>) -> tensor<3x3x1x14xf64> attributes {test.tolerance = 1.0e-12} {
  ^bb0(%a0: tensor<2x9x20x7xf64>, %b0: tensor<2x9x18x14xf64>):
    %0 = gan.conv2d_weight_grad %a0, %b0 strides = [1, 1] padding = [1, 1, 1, 1] dilations = [1, 2] groups = 7 order <splits = 3, lanes = 1> : tensor<2x9x20x7xf64>, tensor<2x9x18x14xf64> -> tensor<3x3x1x14xf64>
    gan.yield %0 : tensor<3x3x1x14xf64>
  }
  return %r : tensor<3x3x1x14xf64>
}
