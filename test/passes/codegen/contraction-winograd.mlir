// RUN: gan-run-kernel %s | FileCheck %s
// RUN: sed "s/winograd = 2/winograd = 4/" %s > %t.mlir && gan-run-kernel --tolerance 4e-4 %t.mlir | FileCheck %s

// Convolutions by tiles of 2x2 outputs, then of 4x4, (gan.conv2d's `winograd`), each and its two gradients; every second one
// reads its operands as they are, the others through a prologue.

// 3x3, tiles that do not divide the image.
// CHECK: k0_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f0(%a: tensor<2x9x7x5xf32>, %b: tensor<3x3x5x6xf32>) -> tensor<2x9x7x6xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<2x9x7x5xf32>, tensor<3x3x5x6xf32>) -> tensor<2x9x7x6xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<2x9x7x5xf32>, %b0: tensor<3x3x5x6xf32>):
    %0 = gan.conv2d %a0, %b0 strides = [1, 1] padding = [1, 1, 1, 1] {winograd = 2} : tensor<2x9x7x5xf32>, tensor<3x3x5x6xf32> -> tensor<2x9x7x6xf32>
    %1 = gan.neg %0 : tensor<2x9x7x6xf32>
    gan.yield %1 : tensor<2x9x7x6xf32>
  }
  return %r : tensor<2x9x7x6xf32>
}

// CHECK: k1_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f1(%a: tensor<2x9x7x6xf32>, %b: tensor<3x3x5x6xf32>) -> tensor<2x9x7x5xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<2x9x7x6xf32>, tensor<3x3x5x6xf32>) -> tensor<2x9x7x5xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<2x9x7x6xf32>, %b0: tensor<3x3x5x6xf32>):
    %0 = gan.conv2d_input_grad %a0, %b0 strides = [1, 1] padding = [1, 1, 1, 1] {winograd = 2} : tensor<2x9x7x6xf32>, tensor<3x3x5x6xf32> -> tensor<2x9x7x5xf32>
    %1 = gan.neg %0 : tensor<2x9x7x5xf32>
    gan.yield %1 : tensor<2x9x7x5xf32>
  }
  return %r : tensor<2x9x7x5xf32>
}

// CHECK: k2_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f2(%a: tensor<2x9x7x5xf32>, %b: tensor<2x9x7x6xf32>) -> tensor<3x3x5x6xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<2x9x7x5xf32>, tensor<2x9x7x6xf32>) -> tensor<3x3x5x6xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<2x9x7x5xf32>, %b0: tensor<2x9x7x6xf32>):
    %0 = gan.conv2d_weight_grad %a0, %b0 strides = [1, 1] padding = [1, 1, 1, 1] {winograd = 2} : tensor<2x9x7x5xf32>, tensor<2x9x7x6xf32> -> tensor<3x3x5x6xf32>
    %1 = gan.neg %0 : tensor<3x3x5x6xf32>
    gan.yield %1 : tensor<3x3x5x6xf32>
  }
  return %r : tensor<3x3x5x6xf32>
}

// Channels beside a register, an image of whole tiles.
// CHECK: k3_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f3(%a: tensor<2x8x8x16xf32>, %b: tensor<3x3x16x33xf32>) -> tensor<2x8x8x33xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<2x8x8x16xf32>, tensor<3x3x16x33xf32>) -> tensor<2x8x8x33xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<2x8x8x16xf32>, %b0: tensor<3x3x16x33xf32>):
    %a1 = gan.tanh %a0 : tensor<2x8x8x16xf32>
    %0 = gan.conv2d %a1, %b0 strides = [1, 1] padding = [1, 1, 1, 1] {winograd = 2} : tensor<2x8x8x16xf32>, tensor<3x3x16x33xf32> -> tensor<2x8x8x33xf32>
    %1 = gan.neg %0 : tensor<2x8x8x33xf32>
    gan.yield %1 : tensor<2x8x8x33xf32>
  }
  return %r : tensor<2x8x8x33xf32>
}

// CHECK: k4_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f4(%a: tensor<2x8x8x33xf32>, %b: tensor<3x3x16x33xf32>) -> tensor<2x8x8x16xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<2x8x8x33xf32>, tensor<3x3x16x33xf32>) -> tensor<2x8x8x16xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<2x8x8x33xf32>, %b0: tensor<3x3x16x33xf32>):
    %a1 = gan.tanh %a0 : tensor<2x8x8x33xf32>
    %0 = gan.conv2d_input_grad %a1, %b0 strides = [1, 1] padding = [1, 1, 1, 1] {winograd = 2} : tensor<2x8x8x33xf32>, tensor<3x3x16x33xf32> -> tensor<2x8x8x16xf32>
    %1 = gan.neg %0 : tensor<2x8x8x16xf32>
    gan.yield %1 : tensor<2x8x8x16xf32>
  }
  return %r : tensor<2x8x8x16xf32>
}

// CHECK: k5_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f5(%a: tensor<2x8x8x16xf32>, %b: tensor<2x8x8x33xf32>) -> tensor<3x3x16x33xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<2x8x8x16xf32>, tensor<2x8x8x33xf32>) -> tensor<3x3x16x33xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<2x8x8x16xf32>, %b0: tensor<2x8x8x33xf32>):
    %a1 = gan.tanh %a0 : tensor<2x8x8x16xf32>
    %0 = gan.conv2d_weight_grad %a1, %b0 strides = [1, 1] padding = [1, 1, 1, 1] {winograd = 2} : tensor<2x8x8x16xf32>, tensor<2x8x8x33xf32> -> tensor<3x3x16x33xf32>
    %1 = gan.neg %0 : tensor<3x3x16x33xf32>
    gan.yield %1 : tensor<3x3x16x33xf32>
  }
  return %r : tensor<3x3x16x33xf32>
}

// No border, then one on one side only.
// CHECK: k6_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f6(%a: tensor<1x6x7x17xf32>, %b: tensor<3x3x17x20xf32>) -> tensor<1x4x7x20xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<1x6x7x17xf32>, tensor<3x3x17x20xf32>) -> tensor<1x4x7x20xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<1x6x7x17xf32>, %b0: tensor<3x3x17x20xf32>):
    %0 = gan.conv2d %a0, %b0 strides = [1, 1] padding = [0, 0, 2, 0] {winograd = 2} : tensor<1x6x7x17xf32>, tensor<3x3x17x20xf32> -> tensor<1x4x7x20xf32>
    %1 = gan.neg %0 : tensor<1x4x7x20xf32>
    gan.yield %1 : tensor<1x4x7x20xf32>
  }
  return %r : tensor<1x4x7x20xf32>
}

// CHECK: k7_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f7(%a: tensor<1x4x7x20xf32>, %b: tensor<3x3x17x20xf32>) -> tensor<1x6x7x17xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<1x4x7x20xf32>, tensor<3x3x17x20xf32>) -> tensor<1x6x7x17xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<1x4x7x20xf32>, %b0: tensor<3x3x17x20xf32>):
    %0 = gan.conv2d_input_grad %a0, %b0 strides = [1, 1] padding = [0, 0, 2, 0] {winograd = 2} : tensor<1x4x7x20xf32>, tensor<3x3x17x20xf32> -> tensor<1x6x7x17xf32>
    %1 = gan.neg %0 : tensor<1x6x7x17xf32>
    gan.yield %1 : tensor<1x6x7x17xf32>
  }
  return %r : tensor<1x6x7x17xf32>
}

// CHECK: k8_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f8(%a: tensor<1x6x7x17xf32>, %b: tensor<1x4x7x20xf32>) -> tensor<3x3x17x20xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<1x6x7x17xf32>, tensor<1x4x7x20xf32>) -> tensor<3x3x17x20xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<1x6x7x17xf32>, %b0: tensor<1x4x7x20xf32>):
    %0 = gan.conv2d_weight_grad %a0, %b0 strides = [1, 1] padding = [0, 0, 2, 0] {winograd = 2} : tensor<1x6x7x17xf32>, tensor<1x4x7x20xf32> -> tensor<3x3x17x20xf32>
    %1 = gan.neg %0 : tensor<3x3x17x20xf32>
    gan.yield %1 : tensor<3x3x17x20xf32>
  }
  return %r : tensor<3x3x17x20xf32>
}

// Sums in parts that end within a row of tiles.
// CHECK: k9_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f9(%a: tensor<6x6x6x8xf32>, %b: tensor<3x3x8x9xf32>) -> tensor<6x6x6x9xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<6x6x6x8xf32>, tensor<3x3x8x9xf32>) -> tensor<6x6x6x9xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<6x6x6x8xf32>, %b0: tensor<3x3x8x9xf32>):
    %a1 = gan.tanh %a0 : tensor<6x6x6x8xf32>
    %0 = gan.conv2d %a1, %b0 strides = [1, 1] padding = [1, 1, 1, 1] order <splits = 4, lanes = 1> {winograd = 2} : tensor<6x6x6x8xf32>, tensor<3x3x8x9xf32> -> tensor<6x6x6x9xf32>
    %1 = gan.neg %0 : tensor<6x6x6x9xf32>
    gan.yield %1 : tensor<6x6x6x9xf32>
  }
  return %r : tensor<6x6x6x9xf32>
}

// CHECK: k10_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f10(%a: tensor<6x6x6x9xf32>, %b: tensor<3x3x8x9xf32>) -> tensor<6x6x6x8xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<6x6x6x9xf32>, tensor<3x3x8x9xf32>) -> tensor<6x6x6x8xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<6x6x6x9xf32>, %b0: tensor<3x3x8x9xf32>):
    %a1 = gan.tanh %a0 : tensor<6x6x6x9xf32>
    %0 = gan.conv2d_input_grad %a1, %b0 strides = [1, 1] padding = [1, 1, 1, 1] {winograd = 2} : tensor<6x6x6x9xf32>, tensor<3x3x8x9xf32> -> tensor<6x6x6x8xf32>
    %1 = gan.neg %0 : tensor<6x6x6x8xf32>
    gan.yield %1 : tensor<6x6x6x8xf32>
  }
  return %r : tensor<6x6x6x8xf32>
}

// CHECK: k11_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f11(%a: tensor<6x6x6x8xf32>, %b: tensor<6x6x6x9xf32>) -> tensor<3x3x8x9xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<6x6x6x8xf32>, tensor<6x6x6x9xf32>) -> tensor<3x3x8x9xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<6x6x6x8xf32>, %b0: tensor<6x6x6x9xf32>):
    %a1 = gan.tanh %a0 : tensor<6x6x6x8xf32>
    %0 = gan.conv2d_weight_grad %a1, %b0 strides = [1, 1] padding = [1, 1, 1, 1] order <splits = 4, lanes = 1> {winograd = 2} : tensor<6x6x6x8xf32>, tensor<6x6x6x9xf32> -> tensor<3x3x8x9xf32>
    %1 = gan.neg %0 : tensor<3x3x8x9xf32>
    gan.yield %1 : tensor<3x3x8x9xf32>
  }
  return %r : tensor<3x3x8x9xf32>
}
