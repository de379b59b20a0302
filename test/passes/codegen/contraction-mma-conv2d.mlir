// RUN: gan-run-kernel --sim %s | FileCheck %s
// RUN: gan-run-kernel --sim --gpu=sm_90a %s | FileCheck %s

// Convolutions and their gradients on tensor cores. How near is in CheckKernel.cpp.

// Three channels: nothing can be read as vectors along k.
// CHECK: k0_contraction: {{[0-9]+}} tiles,{{.*}} near on sim, right
func.func @f0(%a: tensor<2x16x16x3xf32>, %b: tensor<4x4x3x20xf32>) -> tensor<2x8x8x20xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<2x16x16x3xf32>, tensor<4x4x3x20xf32>) -> tensor<2x8x8x20xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%x: tensor<2x16x16x3xf32>, %y: tensor<4x4x3x20xf32>):
    %ra = gan.round %x to tf32 : tensor<2x16x16x3xf32>
    %rb = gan.round %y to tf32 : tensor<4x4x3x20xf32>
    %0 = gan.conv2d %ra, %rb strides = [2, 2] padding = [1, 1, 1, 1] : tensor<2x16x16x3xf32>, tensor<4x4x3x20xf32> -> tensor<2x8x8x20xf32>
    gan.yield %0 : tensor<2x8x8x20xf32>
  }
  return %r : tensor<2x8x8x20xf32>
}

// The same in bf16.
// CHECK: k1_contraction: {{[0-9]+}} tiles,{{.*}} near on sim, right
func.func @f1(%a: tensor<2x16x16x3xf32>, %b: tensor<4x4x3x20xf32>) -> tensor<2x8x8x20xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<2x16x16x3xf32>, tensor<4x4x3x20xf32>) -> tensor<2x8x8x20xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%x: tensor<2x16x16x3xf32>, %y: tensor<4x4x3x20xf32>):
    %ra = gan.round %x to bf16 : tensor<2x16x16x3xf32>
    %rb = gan.round %y to bf16 : tensor<4x4x3x20xf32>
    %0 = gan.conv2d %ra, %rb strides = [2, 2] padding = [1, 1, 1, 1] : tensor<2x16x16x3xf32>, tensor<4x4x3x20xf32> -> tensor<2x8x8x20xf32>
    gan.yield %0 : tensor<2x8x8x20xf32>
  }
  return %r : tensor<2x8x8x20xf32>
}

// Vectors along the channels, borders skipped on the CPU.
// CHECK: k2_contraction: {{[0-9]+}} tiles,{{.*}} near on sim, right
func.func @f2(%a: tensor<17x4x4x32xf32>, %b: tensor<4x4x32x24xf32>) -> tensor<17x2x2x24xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<17x4x4x32xf32>, tensor<4x4x32x24xf32>) -> tensor<17x2x2x24xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%x: tensor<17x4x4x32xf32>, %y: tensor<4x4x32x24xf32>):
    %p = gan.neg %x : tensor<17x4x4x32xf32>
    %ra = gan.round %p to tf32 : tensor<17x4x4x32xf32>
    %rb = gan.round %y to tf32 : tensor<4x4x32x24xf32>
    %0 = gan.conv2d %ra, %rb strides = [2, 2] padding = [1, 1, 1, 1] : tensor<17x4x4x32xf32>, tensor<4x4x32x24xf32> -> tensor<17x2x2x24xf32>
    gan.yield %0 : tensor<17x2x2x24xf32>
  }
  return %r : tensor<17x2x2x24xf32>
}

// Four phases of a strided gradient.
// CHECK: k3_contraction: {{[0-9]+}} tiles,{{.*}} near on sim, right
func.func @f3(%a: tensor<2x8x8x16xf32>, %b: tensor<4x4x20x16xf32>) -> tensor<2x16x16x20xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<2x8x8x16xf32>, tensor<4x4x20x16xf32>) -> tensor<2x16x16x20xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%x: tensor<2x8x8x16xf32>, %y: tensor<4x4x20x16xf32>):
    %ra = gan.round %x to tf32 : tensor<2x8x8x16xf32>
    %rb = gan.round %y to tf32 : tensor<4x4x20x16xf32>
    %0 = gan.conv2d_input_grad %ra, %rb strides = [2, 2] padding = [1, 1, 1, 1] : tensor<2x8x8x16xf32>, tensor<4x4x20x16xf32> -> tensor<2x16x16x20xf32>
    %1 = gan.tanh %0 : tensor<2x16x16x20xf32>
    gan.yield %1 : tensor<2x16x16x20xf32>
  }
  return %r : tensor<2x16x16x20xf32>
}

// Phases of different size, in bf16.
// CHECK: k4_contraction: {{[0-9]+}} tiles,{{.*}} near on sim, right
func.func @f4(%a: tensor<2x5x4x17xf32>, %b: tensor<3x3x16x17xf32>) -> tensor<2x9x7x16xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<2x5x4x17xf32>, tensor<3x3x16x17xf32>) -> tensor<2x9x7x16xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%x: tensor<2x5x4x17xf32>, %y: tensor<3x3x16x17xf32>):
    %ra = gan.round %x to bf16 : tensor<2x5x4x17xf32>
    %rb = gan.round %y to bf16 : tensor<3x3x16x17xf32>
    %0 = gan.conv2d_input_grad %ra, %rb strides = [2, 2] padding = [1, 1, 1, 1] : tensor<2x5x4x17xf32>, tensor<3x3x16x17xf32> -> tensor<2x9x7x16xf32>
    gan.yield %0 : tensor<2x9x7x16xf32>
  }
  return %r : tensor<2x9x7x16xf32>
}

// A gradient of a filter, over all pixels in four parts.
// CHECK: k5_contraction: {{[0-9]+}} tiles,{{.*}} near on sim, right
func.func @f5(%a: tensor<4x8x8x12xf32>, %b: tensor<4x8x8x20xf32>) -> tensor<3x3x12x20xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<4x8x8x12xf32>, tensor<4x8x8x20xf32>) -> tensor<3x3x12x20xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%x: tensor<4x8x8x12xf32>, %y: tensor<4x8x8x20xf32>):
    %ra = gan.round %x to tf32 : tensor<4x8x8x12xf32>
    %rb = gan.round %y to tf32 : tensor<4x8x8x20xf32>
    %0 = gan.conv2d_weight_grad %ra, %rb strides = [1, 1] padding = [1, 1, 1, 1] order <splits = 4, lanes = 1> : tensor<4x8x8x12xf32>, tensor<4x8x8x20xf32> -> tensor<3x3x12x20xf32>
    gan.yield %0 : tensor<3x3x12x20xf32>
  }
  return %r : tensor<3x3x12x20xf32>
}

// In bf16, strided, borders skipped on the CPU.
// CHECK: k6_contraction: {{[0-9]+}} tiles,{{.*}} near on sim, right
func.func @f6(%a: tensor<16x4x4x16xf32>, %b: tensor<16x2x2x24xf32>) -> tensor<4x4x16x24xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<16x4x4x16xf32>, tensor<16x2x2x24xf32>) -> tensor<4x4x16x24xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%x: tensor<16x4x4x16xf32>, %y: tensor<16x2x2x24xf32>):
    %p = gan.neg %x : tensor<16x4x4x16xf32>
    %ra = gan.round %p to bf16 : tensor<16x4x4x16xf32>
    %rb = gan.round %y to bf16 : tensor<16x2x2x24xf32>
    %0 = gan.conv2d_weight_grad %ra, %rb strides = [2, 2] padding = [1, 1, 1, 1] order <splits = 2, lanes = 1> : tensor<16x4x4x16xf32>, tensor<16x2x2x24xf32> -> tensor<4x4x16x24xf32>
    gan.yield %0 : tensor<4x4x16x24xf32>
  }
  return %r : tensor<4x4x16x24xf32>
}

// Two groups, dilated.
// CHECK: k7_contraction: {{[0-9]+}} tiles,{{.*}} near on sim, right
func.func @f7(%a: tensor<2x9x9x32xf32>, %b: tensor<3x3x16x40xf32>) -> tensor<2x5x5x40xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<2x9x9x32xf32>, tensor<3x3x16x40xf32>) -> tensor<2x5x5x40xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%x: tensor<2x9x9x32xf32>, %y: tensor<3x3x16x40xf32>):
    %ra = gan.round %x to tf32 : tensor<2x9x9x32xf32>
    %rb = gan.round %y to tf32 : tensor<3x3x16x40xf32>
    %0 = gan.conv2d %ra, %rb strides = [1, 1] padding = [0, 0, 0, 0] dilations = [2, 2] groups = 2 : tensor<2x9x9x32xf32>, tensor<3x3x16x40xf32> -> tensor<2x5x5x40xf32>
    gan.yield %0 : tensor<2x5x5x40xf32>
  }
  return %r : tensor<2x5x5x40xf32>
}
