// RUN: gan-run-kernel %s | FileCheck %s

// Convolutions by tiles of 2x2 outputs (gan.conv2d's `winograd`), each and its two gradients.

// 3x3, tiles that do not divide the image.
// CHECK: k0_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f0(%a: tensor<2x9x7x5xf32>, %b: tensor<3x3x5x6xf32>) -> tensor<2x9x7x6xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<2x9x7x5xf32>, tensor<3x3x5x6xf32>) -> tensor<2x9x7x6xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<2x9x7x5xf32>, %b0: tensor<3x3x5x6xf32>):
    %a1 = gan.tanh %a0 : tensor<2x9x7x5xf32>
    %0 = gan.conv2d %a1, %b0 strides = [1, 1] padding = [1, 1, 1, 1] {winograd} : tensor<2x9x7x5xf32>, tensor<3x3x5x6xf32> -> tensor<2x9x7x6xf32>
    %1 = gan.neg %0 : tensor<2x9x7x6xf32>
    gan.yield %1 : tensor<2x9x7x6xf32>
  }
  return %r : tensor<2x9x7x6xf32>
}

// CHECK: k1_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f1(%a: tensor<2x9x7x6xf32>, %b: tensor<3x3x5x6xf32>) -> tensor<2x9x7x5xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<2x9x7x6xf32>, tensor<3x3x5x6xf32>) -> tensor<2x9x7x5xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<2x9x7x6xf32>, %b0: tensor<3x3x5x6xf32>):
    %a1 = gan.tanh %a0 : tensor<2x9x7x6xf32>
    %0 = gan.conv2d_input_grad %a1, %b0 strides = [1, 1] padding = [1, 1, 1, 1] {winograd} : tensor<2x9x7x6xf32>, tensor<3x3x5x6xf32> -> tensor<2x9x7x5xf32>
    %1 = gan.neg %0 : tensor<2x9x7x5xf32>
    gan.yield %1 : tensor<2x9x7x5xf32>
  }
  return %r : tensor<2x9x7x5xf32>
}

// CHECK: k2_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f2(%a: tensor<2x9x7x5xf32>, %b: tensor<2x9x7x6xf32>) -> tensor<3x3x5x6xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<2x9x7x5xf32>, tensor<2x9x7x6xf32>) -> tensor<3x3x5x6xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<2x9x7x5xf32>, %b0: tensor<2x9x7x6xf32>):
    %a1 = gan.tanh %a0 : tensor<2x9x7x5xf32>
    %0 = gan.conv2d_weight_grad %a1, %b0 strides = [1, 1] padding = [1, 1, 1, 1] {winograd} : tensor<2x9x7x5xf32>, tensor<2x9x7x6xf32> -> tensor<3x3x5x6xf32>
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
    %0 = gan.conv2d %a1, %b0 strides = [1, 1] padding = [1, 1, 1, 1] {winograd} : tensor<2x8x8x16xf32>, tensor<3x3x16x33xf32> -> tensor<2x8x8x33xf32>
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
    %0 = gan.conv2d_input_grad %a1, %b0 strides = [1, 1] padding = [1, 1, 1, 1] {winograd} : tensor<2x8x8x33xf32>, tensor<3x3x16x33xf32> -> tensor<2x8x8x16xf32>
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
    %0 = gan.conv2d_weight_grad %a1, %b0 strides = [1, 1] padding = [1, 1, 1, 1] {winograd} : tensor<2x8x8x16xf32>, tensor<2x8x8x33xf32> -> tensor<3x3x16x33xf32>
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
    %a1 = gan.tanh %a0 : tensor<1x6x7x17xf32>
    %0 = gan.conv2d %a1, %b0 strides = [1, 1] padding = [0, 0, 2, 0] {winograd} : tensor<1x6x7x17xf32>, tensor<3x3x17x20xf32> -> tensor<1x4x7x20xf32>
    %1 = gan.neg %0 : tensor<1x4x7x20xf32>
    gan.yield %1 : tensor<1x4x7x20xf32>
  }
  return %r : tensor<1x4x7x20xf32>
}

// CHECK: k7_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f7(%a: tensor<1x4x7x20xf32>, %b: tensor<3x3x17x20xf32>) -> tensor<1x6x7x17xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<1x4x7x20xf32>, tensor<3x3x17x20xf32>) -> tensor<1x6x7x17xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<1x4x7x20xf32>, %b0: tensor<3x3x17x20xf32>):
    %a1 = gan.tanh %a0 : tensor<1x4x7x20xf32>
    %0 = gan.conv2d_input_grad %a1, %b0 strides = [1, 1] padding = [0, 0, 2, 0] {winograd} : tensor<1x4x7x20xf32>, tensor<3x3x17x20xf32> -> tensor<1x6x7x17xf32>
    %1 = gan.neg %0 : tensor<1x6x7x17xf32>
    gan.yield %1 : tensor<1x6x7x17xf32>
  }
  return %r : tensor<1x6x7x17xf32>
}

// CHECK: k8_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f8(%a: tensor<1x6x7x17xf32>, %b: tensor<1x4x7x20xf32>) -> tensor<3x3x17x20xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<1x6x7x17xf32>, tensor<1x4x7x20xf32>) -> tensor<3x3x17x20xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<1x6x7x17xf32>, %b0: tensor<1x4x7x20xf32>):
    %a1 = gan.tanh %a0 : tensor<1x6x7x17xf32>
    %0 = gan.conv2d_weight_grad %a1, %b0 strides = [1, 1] padding = [0, 0, 2, 0] {winograd} : tensor<1x6x7x17xf32>, tensor<1x4x7x20xf32> -> tensor<3x3x17x20xf32>
    %1 = gan.neg %0 : tensor<3x3x17x20xf32>
    gan.yield %1 : tensor<3x3x17x20xf32>
  }
  return %r : tensor<3x3x17x20xf32>
}

// Four phases of 2x2.
// CHECK: k9_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f9(%a: tensor<2x8x8x5xf32>, %b: tensor<4x4x5x6xf32>) -> tensor<2x4x4x6xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<2x8x8x5xf32>, tensor<4x4x5x6xf32>) -> tensor<2x4x4x6xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<2x8x8x5xf32>, %b0: tensor<4x4x5x6xf32>):
    %a1 = gan.tanh %a0 : tensor<2x8x8x5xf32>
    %0 = gan.conv2d %a1, %b0 strides = [2, 2] padding = [1, 1, 1, 1] {winograd} : tensor<2x8x8x5xf32>, tensor<4x4x5x6xf32> -> tensor<2x4x4x6xf32>
    %1 = gan.neg %0 : tensor<2x4x4x6xf32>
    gan.yield %1 : tensor<2x4x4x6xf32>
  }
  return %r : tensor<2x4x4x6xf32>
}

// CHECK: k10_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f10(%a: tensor<2x4x4x6xf32>, %b: tensor<4x4x5x6xf32>) -> tensor<2x8x8x5xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<2x4x4x6xf32>, tensor<4x4x5x6xf32>) -> tensor<2x8x8x5xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<2x4x4x6xf32>, %b0: tensor<4x4x5x6xf32>):
    %a1 = gan.tanh %a0 : tensor<2x4x4x6xf32>
    %0 = gan.conv2d_input_grad %a1, %b0 strides = [2, 2] padding = [1, 1, 1, 1] {winograd} : tensor<2x4x4x6xf32>, tensor<4x4x5x6xf32> -> tensor<2x8x8x5xf32>
    %1 = gan.neg %0 : tensor<2x8x8x5xf32>
    gan.yield %1 : tensor<2x8x8x5xf32>
  }
  return %r : tensor<2x8x8x5xf32>
}

// CHECK: k11_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f11(%a: tensor<2x8x8x5xf32>, %b: tensor<2x4x4x6xf32>) -> tensor<4x4x5x6xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<2x8x8x5xf32>, tensor<2x4x4x6xf32>) -> tensor<4x4x5x6xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<2x8x8x5xf32>, %b0: tensor<2x4x4x6xf32>):
    %a1 = gan.tanh %a0 : tensor<2x8x8x5xf32>
    %0 = gan.conv2d_weight_grad %a1, %b0 strides = [2, 2] padding = [1, 1, 1, 1] {winograd} : tensor<2x8x8x5xf32>, tensor<2x4x4x6xf32> -> tensor<4x4x5x6xf32>
    %1 = gan.neg %0 : tensor<4x4x5x6xf32>
    gan.yield %1 : tensor<4x4x5x6xf32>
  }
  return %r : tensor<4x4x5x6xf32>
}

// More channels than a block of k takes, more images than a block of rows.
// CHECK: k12_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f12(%a: tensor<9x8x8x70xf32>, %b: tensor<4x4x70x66xf32>) -> tensor<9x4x4x66xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<9x8x8x70xf32>, tensor<4x4x70x66xf32>) -> tensor<9x4x4x66xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<9x8x8x70xf32>, %b0: tensor<4x4x70x66xf32>):
    %a1 = gan.tanh %a0 : tensor<9x8x8x70xf32>
    %0 = gan.conv2d %a1, %b0 strides = [2, 2] padding = [1, 1, 1, 1] {winograd} : tensor<9x8x8x70xf32>, tensor<4x4x70x66xf32> -> tensor<9x4x4x66xf32>
    %1 = gan.neg %0 : tensor<9x4x4x66xf32>
    gan.yield %1 : tensor<9x4x4x66xf32>
  }
  return %r : tensor<9x4x4x66xf32>
}

// CHECK: k13_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f13(%a: tensor<9x4x4x66xf32>, %b: tensor<4x4x70x66xf32>) -> tensor<9x8x8x70xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<9x4x4x66xf32>, tensor<4x4x70x66xf32>) -> tensor<9x8x8x70xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<9x4x4x66xf32>, %b0: tensor<4x4x70x66xf32>):
    %a1 = gan.tanh %a0 : tensor<9x4x4x66xf32>
    %0 = gan.conv2d_input_grad %a1, %b0 strides = [2, 2] padding = [1, 1, 1, 1] {winograd} : tensor<9x4x4x66xf32>, tensor<4x4x70x66xf32> -> tensor<9x8x8x70xf32>
    %1 = gan.neg %0 : tensor<9x8x8x70xf32>
    gan.yield %1 : tensor<9x8x8x70xf32>
  }
  return %r : tensor<9x8x8x70xf32>
}

// CHECK: k14_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f14(%a: tensor<9x8x8x70xf32>, %b: tensor<9x4x4x66xf32>) -> tensor<4x4x70x66xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<9x8x8x70xf32>, tensor<9x4x4x66xf32>) -> tensor<4x4x70x66xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<9x8x8x70xf32>, %b0: tensor<9x4x4x66xf32>):
    %a1 = gan.tanh %a0 : tensor<9x8x8x70xf32>
    %0 = gan.conv2d_weight_grad %a1, %b0 strides = [2, 2] padding = [1, 1, 1, 1] {winograd} : tensor<9x8x8x70xf32>, tensor<9x4x4x66xf32> -> tensor<4x4x70x66xf32>
    %1 = gan.neg %0 : tensor<4x4x70x66xf32>
    gan.yield %1 : tensor<4x4x70x66xf32>
  }
  return %r : tensor<4x4x70x66xf32>
}

// The image does not divide into phases.
// CHECK: k15_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f15(%a: tensor<2x9x7x6xf32>, %b: tensor<4x4x6x5xf32>) -> tensor<2x4x3x5xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<2x9x7x6xf32>, tensor<4x4x6x5xf32>) -> tensor<2x4x3x5xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<2x9x7x6xf32>, %b0: tensor<4x4x6x5xf32>):
    %a1 = gan.tanh %a0 : tensor<2x9x7x6xf32>
    %0 = gan.conv2d %a1, %b0 strides = [2, 2] padding = [1, 1, 2, 0] {winograd} : tensor<2x9x7x6xf32>, tensor<4x4x6x5xf32> -> tensor<2x4x3x5xf32>
    %1 = gan.neg %0 : tensor<2x4x3x5xf32>
    gan.yield %1 : tensor<2x4x3x5xf32>
  }
  return %r : tensor<2x4x3x5xf32>
}

// CHECK: k16_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f16(%a: tensor<2x4x3x5xf32>, %b: tensor<4x4x6x5xf32>) -> tensor<2x9x7x6xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<2x4x3x5xf32>, tensor<4x4x6x5xf32>) -> tensor<2x9x7x6xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<2x4x3x5xf32>, %b0: tensor<4x4x6x5xf32>):
    %a1 = gan.tanh %a0 : tensor<2x4x3x5xf32>
    %0 = gan.conv2d_input_grad %a1, %b0 strides = [2, 2] padding = [1, 1, 2, 0] {winograd} : tensor<2x4x3x5xf32>, tensor<4x4x6x5xf32> -> tensor<2x9x7x6xf32>
    %1 = gan.neg %0 : tensor<2x9x7x6xf32>
    gan.yield %1 : tensor<2x9x7x6xf32>
  }
  return %r : tensor<2x9x7x6xf32>
}

// CHECK: k17_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f17(%a: tensor<2x9x7x6xf32>, %b: tensor<2x4x3x5xf32>) -> tensor<4x4x6x5xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<2x9x7x6xf32>, tensor<2x4x3x5xf32>) -> tensor<4x4x6x5xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<2x9x7x6xf32>, %b0: tensor<2x4x3x5xf32>):
    %a1 = gan.tanh %a0 : tensor<2x9x7x6xf32>
    %0 = gan.conv2d_weight_grad %a1, %b0 strides = [2, 2] padding = [1, 1, 2, 0] {winograd} : tensor<2x9x7x6xf32>, tensor<2x4x3x5xf32> -> tensor<4x4x6x5xf32>
    %1 = gan.neg %0 : tensor<4x4x6x5xf32>
    gan.yield %1 : tensor<4x4x6x5xf32>
  }
  return %r : tensor<4x4x6x5xf32>
}

// Nine phases of 2x2.
// CHECK: k18_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f18(%a: tensor<2x9x9x4xf32>, %b: tensor<6x6x4x5xf32>) -> tensor<2x3x2x5xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<2x9x9x4xf32>, tensor<6x6x4x5xf32>) -> tensor<2x3x2x5xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<2x9x9x4xf32>, %b0: tensor<6x6x4x5xf32>):
    %a1 = gan.tanh %a0 : tensor<2x9x9x4xf32>
    %0 = gan.conv2d %a1, %b0 strides = [3, 3] padding = [2, 2, 1, 1] {winograd} : tensor<2x9x9x4xf32>, tensor<6x6x4x5xf32> -> tensor<2x3x2x5xf32>
    %1 = gan.neg %0 : tensor<2x3x2x5xf32>
    gan.yield %1 : tensor<2x3x2x5xf32>
  }
  return %r : tensor<2x3x2x5xf32>
}

// CHECK: k19_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f19(%a: tensor<2x3x2x5xf32>, %b: tensor<6x6x4x5xf32>) -> tensor<2x9x9x4xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<2x3x2x5xf32>, tensor<6x6x4x5xf32>) -> tensor<2x9x9x4xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<2x3x2x5xf32>, %b0: tensor<6x6x4x5xf32>):
    %a1 = gan.tanh %a0 : tensor<2x3x2x5xf32>
    %0 = gan.conv2d_input_grad %a1, %b0 strides = [3, 3] padding = [2, 2, 1, 1] {winograd} : tensor<2x3x2x5xf32>, tensor<6x6x4x5xf32> -> tensor<2x9x9x4xf32>
    %1 = gan.neg %0 : tensor<2x9x9x4xf32>
    gan.yield %1 : tensor<2x9x9x4xf32>
  }
  return %r : tensor<2x9x9x4xf32>
}

// CHECK: k20_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f20(%a: tensor<2x9x9x4xf32>, %b: tensor<2x3x2x5xf32>) -> tensor<6x6x4x5xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<2x9x9x4xf32>, tensor<2x3x2x5xf32>) -> tensor<6x6x4x5xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<2x9x9x4xf32>, %b0: tensor<2x3x2x5xf32>):
    %a1 = gan.tanh %a0 : tensor<2x9x9x4xf32>
    %0 = gan.conv2d_weight_grad %a1, %b0 strides = [3, 3] padding = [2, 2, 1, 1] {winograd} : tensor<2x9x9x4xf32>, tensor<2x3x2x5xf32> -> tensor<6x6x4x5xf32>
    %1 = gan.neg %0 : tensor<6x6x4x5xf32>
    gan.yield %1 : tensor<6x6x4x5xf32>
  }
  return %r : tensor<6x6x4x5xf32>
}

// Four phases of 3x3.
// CHECK: k21_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f21(%a: tensor<2x10x8x4xf32>, %b: tensor<6x6x4x5xf32>) -> tensor<2x5x4x5xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<2x10x8x4xf32>, tensor<6x6x4x5xf32>) -> tensor<2x5x4x5xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<2x10x8x4xf32>, %b0: tensor<6x6x4x5xf32>):
    %a1 = gan.tanh %a0 : tensor<2x10x8x4xf32>
    %0 = gan.conv2d %a1, %b0 strides = [2, 2] padding = [2, 2, 3, 2] {winograd} : tensor<2x10x8x4xf32>, tensor<6x6x4x5xf32> -> tensor<2x5x4x5xf32>
    %1 = gan.neg %0 : tensor<2x5x4x5xf32>
    gan.yield %1 : tensor<2x5x4x5xf32>
  }
  return %r : tensor<2x5x4x5xf32>
}

// CHECK: k22_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f22(%a: tensor<2x5x4x5xf32>, %b: tensor<6x6x4x5xf32>) -> tensor<2x10x8x4xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<2x5x4x5xf32>, tensor<6x6x4x5xf32>) -> tensor<2x10x8x4xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<2x5x4x5xf32>, %b0: tensor<6x6x4x5xf32>):
    %a1 = gan.tanh %a0 : tensor<2x5x4x5xf32>
    %0 = gan.conv2d_input_grad %a1, %b0 strides = [2, 2] padding = [2, 2, 3, 2] {winograd} : tensor<2x5x4x5xf32>, tensor<6x6x4x5xf32> -> tensor<2x10x8x4xf32>
    %1 = gan.neg %0 : tensor<2x10x8x4xf32>
    gan.yield %1 : tensor<2x10x8x4xf32>
  }
  return %r : tensor<2x10x8x4xf32>
}

// CHECK: k23_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f23(%a: tensor<2x10x8x4xf32>, %b: tensor<2x5x4x5xf32>) -> tensor<6x6x4x5xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<2x10x8x4xf32>, tensor<2x5x4x5xf32>) -> tensor<6x6x4x5xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<2x10x8x4xf32>, %b0: tensor<2x5x4x5xf32>):
    %a1 = gan.tanh %a0 : tensor<2x10x8x4xf32>
    %0 = gan.conv2d_weight_grad %a1, %b0 strides = [2, 2] padding = [2, 2, 3, 2] {winograd} : tensor<2x10x8x4xf32>, tensor<2x5x4x5xf32> -> tensor<6x6x4x5xf32>
    %1 = gan.neg %0 : tensor<6x6x4x5xf32>
    gan.yield %1 : tensor<6x6x4x5xf32>
  }
  return %r : tensor<6x6x4x5xf32>
}

// 2x2, doubles.
// CHECK: k24_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f24(%a: tensor<2x5x5x6xf64>, %b: tensor<2x2x6x7xf64>) -> tensor<2x5x5x7xf64> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<2x5x5x6xf64>, tensor<2x2x6x7xf64>) -> tensor<2x5x5x7xf64> attributes {test.tolerance = 1.0e-12} {
  ^bb0(%a0: tensor<2x5x5x6xf64>, %b0: tensor<2x2x6x7xf64>):
    %a1 = gan.tanh %a0 : tensor<2x5x5x6xf64>
    %0 = gan.conv2d %a1, %b0 strides = [1, 1] padding = [1, 0, 0, 1] {winograd} : tensor<2x5x5x6xf64>, tensor<2x2x6x7xf64> -> tensor<2x5x5x7xf64>
    %1 = gan.neg %0 : tensor<2x5x5x7xf64>
    gan.yield %1 : tensor<2x5x5x7xf64>
  }
  return %r : tensor<2x5x5x7xf64>
}

// CHECK: k25_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f25(%a: tensor<2x5x5x7xf64>, %b: tensor<2x2x6x7xf64>) -> tensor<2x5x5x6xf64> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<2x5x5x7xf64>, tensor<2x2x6x7xf64>) -> tensor<2x5x5x6xf64> attributes {test.tolerance = 1.0e-12} {
  ^bb0(%a0: tensor<2x5x5x7xf64>, %b0: tensor<2x2x6x7xf64>):
    %a1 = gan.tanh %a0 : tensor<2x5x5x7xf64>
    %0 = gan.conv2d_input_grad %a1, %b0 strides = [1, 1] padding = [1, 0, 0, 1] {winograd} : tensor<2x5x5x7xf64>, tensor<2x2x6x7xf64> -> tensor<2x5x5x6xf64>
    %1 = gan.neg %0 : tensor<2x5x5x6xf64>
    gan.yield %1 : tensor<2x5x5x6xf64>
  }
  return %r : tensor<2x5x5x6xf64>
}

// CHECK: k26_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f26(%a: tensor<2x5x5x6xf64>, %b: tensor<2x5x5x7xf64>) -> tensor<2x2x6x7xf64> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<2x5x5x6xf64>, tensor<2x5x5x7xf64>) -> tensor<2x2x6x7xf64> attributes {test.tolerance = 1.0e-12} {
  ^bb0(%a0: tensor<2x5x5x6xf64>, %b0: tensor<2x5x5x7xf64>):
    %a1 = gan.tanh %a0 : tensor<2x5x5x6xf64>
    %0 = gan.conv2d_weight_grad %a1, %b0 strides = [1, 1] padding = [1, 0, 0, 1] {winograd} : tensor<2x5x5x6xf64>, tensor<2x5x5x7xf64> -> tensor<2x2x6x7xf64>
    %1 = gan.neg %0 : tensor<2x2x6x7xf64>
    gan.yield %1 : tensor<2x2x6x7xf64>
  }
  return %r : tensor<2x2x6x7xf64>
}

// Sums in parts that end within a row of tiles.
// CHECK: k27_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f27(%a: tensor<6x6x6x8xf32>, %b: tensor<3x3x8x9xf32>) -> tensor<6x6x6x9xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<6x6x6x8xf32>, tensor<3x3x8x9xf32>) -> tensor<6x6x6x9xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<6x6x6x8xf32>, %b0: tensor<3x3x8x9xf32>):
    %a1 = gan.tanh %a0 : tensor<6x6x6x8xf32>
    %0 = gan.conv2d %a1, %b0 strides = [1, 1] padding = [1, 1, 1, 1] order <splits = 4, lanes = 1> {winograd} : tensor<6x6x6x8xf32>, tensor<3x3x8x9xf32> -> tensor<6x6x6x9xf32>
    %1 = gan.neg %0 : tensor<6x6x6x9xf32>
    gan.yield %1 : tensor<6x6x6x9xf32>
  }
  return %r : tensor<6x6x6x9xf32>
}

// CHECK: k28_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f28(%a: tensor<6x6x6x9xf32>, %b: tensor<3x3x8x9xf32>) -> tensor<6x6x6x8xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<6x6x6x9xf32>, tensor<3x3x8x9xf32>) -> tensor<6x6x6x8xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<6x6x6x9xf32>, %b0: tensor<3x3x8x9xf32>):
    %a1 = gan.tanh %a0 : tensor<6x6x6x9xf32>
    %0 = gan.conv2d_input_grad %a1, %b0 strides = [1, 1] padding = [1, 1, 1, 1] {winograd} : tensor<6x6x6x9xf32>, tensor<3x3x8x9xf32> -> tensor<6x6x6x8xf32>
    %1 = gan.neg %0 : tensor<6x6x6x8xf32>
    gan.yield %1 : tensor<6x6x6x8xf32>
  }
  return %r : tensor<6x6x6x8xf32>
}

// CHECK: k29_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f29(%a: tensor<6x6x6x8xf32>, %b: tensor<6x6x6x9xf32>) -> tensor<3x3x8x9xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<6x6x6x8xf32>, tensor<6x6x6x9xf32>) -> tensor<3x3x8x9xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<6x6x6x8xf32>, %b0: tensor<6x6x6x9xf32>):
    %a1 = gan.tanh %a0 : tensor<6x6x6x8xf32>
    %0 = gan.conv2d_weight_grad %a1, %b0 strides = [1, 1] padding = [1, 1, 1, 1] order <splits = 4, lanes = 1> {winograd} : tensor<6x6x6x8xf32>, tensor<6x6x6x9xf32> -> tensor<3x3x8x9xf32>
    %1 = gan.neg %0 : tensor<3x3x8x9xf32>
    gan.yield %1 : tensor<3x3x8x9xf32>
  }
  return %r : tensor<3x3x8x9xf32>
}

