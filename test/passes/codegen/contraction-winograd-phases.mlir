// RUN: gan-run-kernel %s | FileCheck %s
// RUN: sed "s/winograd = 2/winograd = 4/" %s > %t.mlir && gan-run-kernel --tolerance 4e-4 %t.mlir | FileCheck %s

// Convolutions by tiles of 2x2 outputs, then of 4x4, whose filter has several taps per stride, and their two gradients;
// every second one reads its operands as they are.

// Four phases of 2x2.
// CHECK: k0_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f0(%a: tensor<2x8x8x5xf32>, %b: tensor<4x4x5x6xf32>) -> tensor<2x4x4x6xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<2x8x8x5xf32>, tensor<4x4x5x6xf32>) -> tensor<2x4x4x6xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<2x8x8x5xf32>, %b0: tensor<4x4x5x6xf32>):
    %0 = gan.conv2d %a0, %b0 strides = [2, 2] padding = [1, 1, 1, 1] {winograd = 2} : tensor<2x8x8x5xf32>, tensor<4x4x5x6xf32> -> tensor<2x4x4x6xf32>
    %1 = gan.neg %0 : tensor<2x4x4x6xf32>
    gan.yield %1 : tensor<2x4x4x6xf32>
  }
  return %r : tensor<2x4x4x6xf32>
}

// CHECK: k1_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f1(%a: tensor<2x4x4x6xf32>, %b: tensor<4x4x5x6xf32>) -> tensor<2x8x8x5xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<2x4x4x6xf32>, tensor<4x4x5x6xf32>) -> tensor<2x8x8x5xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<2x4x4x6xf32>, %b0: tensor<4x4x5x6xf32>):
    %0 = gan.conv2d_input_grad %a0, %b0 strides = [2, 2] padding = [1, 1, 1, 1] {winograd = 2} : tensor<2x4x4x6xf32>, tensor<4x4x5x6xf32> -> tensor<2x8x8x5xf32>
    %1 = gan.neg %0 : tensor<2x8x8x5xf32>
    gan.yield %1 : tensor<2x8x8x5xf32>
  }
  return %r : tensor<2x8x8x5xf32>
}

// CHECK: k2_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f2(%a: tensor<2x8x8x5xf32>, %b: tensor<2x4x4x6xf32>) -> tensor<4x4x5x6xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<2x8x8x5xf32>, tensor<2x4x4x6xf32>) -> tensor<4x4x5x6xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<2x8x8x5xf32>, %b0: tensor<2x4x4x6xf32>):
    %0 = gan.conv2d_weight_grad %a0, %b0 strides = [2, 2] padding = [1, 1, 1, 1] {winograd = 2} : tensor<2x8x8x5xf32>, tensor<2x4x4x6xf32> -> tensor<4x4x5x6xf32>
    %1 = gan.neg %0 : tensor<4x4x5x6xf32>
    gan.yield %1 : tensor<4x4x5x6xf32>
  }
  return %r : tensor<4x4x5x6xf32>
}

// More channels than a block of k takes, more images than a block of rows.
// CHECK: k3_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f3(%a: tensor<9x8x8x70xf32>, %b: tensor<4x4x70x66xf32>) -> tensor<9x4x4x66xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<9x8x8x70xf32>, tensor<4x4x70x66xf32>) -> tensor<9x4x4x66xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<9x8x8x70xf32>, %b0: tensor<4x4x70x66xf32>):
    %a1 = gan.tanh %a0 : tensor<9x8x8x70xf32>
    %0 = gan.conv2d %a1, %b0 strides = [2, 2] padding = [1, 1, 1, 1] {winograd = 2} : tensor<9x8x8x70xf32>, tensor<4x4x70x66xf32> -> tensor<9x4x4x66xf32>
    %1 = gan.neg %0 : tensor<9x4x4x66xf32>
    gan.yield %1 : tensor<9x4x4x66xf32>
  }
  return %r : tensor<9x4x4x66xf32>
}

// CHECK: k4_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f4(%a: tensor<9x4x4x66xf32>, %b: tensor<4x4x70x66xf32>) -> tensor<9x8x8x70xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<9x4x4x66xf32>, tensor<4x4x70x66xf32>) -> tensor<9x8x8x70xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<9x4x4x66xf32>, %b0: tensor<4x4x70x66xf32>):
    %a1 = gan.tanh %a0 : tensor<9x4x4x66xf32>
    %0 = gan.conv2d_input_grad %a1, %b0 strides = [2, 2] padding = [1, 1, 1, 1] {winograd = 2} : tensor<9x4x4x66xf32>, tensor<4x4x70x66xf32> -> tensor<9x8x8x70xf32>
    %1 = gan.neg %0 : tensor<9x8x8x70xf32>
    gan.yield %1 : tensor<9x8x8x70xf32>
  }
  return %r : tensor<9x8x8x70xf32>
}

// CHECK: k5_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f5(%a: tensor<9x8x8x70xf32>, %b: tensor<9x4x4x66xf32>) -> tensor<4x4x70x66xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<9x8x8x70xf32>, tensor<9x4x4x66xf32>) -> tensor<4x4x70x66xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<9x8x8x70xf32>, %b0: tensor<9x4x4x66xf32>):
    %a1 = gan.tanh %a0 : tensor<9x8x8x70xf32>
    %0 = gan.conv2d_weight_grad %a1, %b0 strides = [2, 2] padding = [1, 1, 1, 1] {winograd = 2} : tensor<9x8x8x70xf32>, tensor<9x4x4x66xf32> -> tensor<4x4x70x66xf32>
    %1 = gan.neg %0 : tensor<4x4x70x66xf32>
    gan.yield %1 : tensor<4x4x70x66xf32>
  }
  return %r : tensor<4x4x70x66xf32>
}

// The image does not divide into phases.
// CHECK: k6_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f6(%a: tensor<2x9x7x6xf32>, %b: tensor<4x4x6x5xf32>) -> tensor<2x4x3x5xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<2x9x7x6xf32>, tensor<4x4x6x5xf32>) -> tensor<2x4x3x5xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<2x9x7x6xf32>, %b0: tensor<4x4x6x5xf32>):
    %0 = gan.conv2d %a0, %b0 strides = [2, 2] padding = [1, 1, 2, 0] {winograd = 2} : tensor<2x9x7x6xf32>, tensor<4x4x6x5xf32> -> tensor<2x4x3x5xf32>
    %1 = gan.neg %0 : tensor<2x4x3x5xf32>
    gan.yield %1 : tensor<2x4x3x5xf32>
  }
  return %r : tensor<2x4x3x5xf32>
}

// CHECK: k7_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f7(%a: tensor<2x4x3x5xf32>, %b: tensor<4x4x6x5xf32>) -> tensor<2x9x7x6xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<2x4x3x5xf32>, tensor<4x4x6x5xf32>) -> tensor<2x9x7x6xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<2x4x3x5xf32>, %b0: tensor<4x4x6x5xf32>):
    %0 = gan.conv2d_input_grad %a0, %b0 strides = [2, 2] padding = [1, 1, 2, 0] {winograd = 2} : tensor<2x4x3x5xf32>, tensor<4x4x6x5xf32> -> tensor<2x9x7x6xf32>
    %1 = gan.neg %0 : tensor<2x9x7x6xf32>
    gan.yield %1 : tensor<2x9x7x6xf32>
  }
  return %r : tensor<2x9x7x6xf32>
}

// CHECK: k8_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f8(%a: tensor<2x9x7x6xf32>, %b: tensor<2x4x3x5xf32>) -> tensor<4x4x6x5xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<2x9x7x6xf32>, tensor<2x4x3x5xf32>) -> tensor<4x4x6x5xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<2x9x7x6xf32>, %b0: tensor<2x4x3x5xf32>):
    %0 = gan.conv2d_weight_grad %a0, %b0 strides = [2, 2] padding = [1, 1, 2, 0] {winograd = 2} : tensor<2x9x7x6xf32>, tensor<2x4x3x5xf32> -> tensor<4x4x6x5xf32>
    %1 = gan.neg %0 : tensor<4x4x6x5xf32>
    gan.yield %1 : tensor<4x4x6x5xf32>
  }
  return %r : tensor<4x4x6x5xf32>
}

// Nine phases of 2x2.
// CHECK: k9_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f9(%a: tensor<2x9x9x4xf32>, %b: tensor<6x6x4x5xf32>) -> tensor<2x3x2x5xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<2x9x9x4xf32>, tensor<6x6x4x5xf32>) -> tensor<2x3x2x5xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<2x9x9x4xf32>, %b0: tensor<6x6x4x5xf32>):
    %a1 = gan.tanh %a0 : tensor<2x9x9x4xf32>
    %0 = gan.conv2d %a1, %b0 strides = [3, 3] padding = [2, 2, 1, 1] {winograd = 2} : tensor<2x9x9x4xf32>, tensor<6x6x4x5xf32> -> tensor<2x3x2x5xf32>
    %1 = gan.neg %0 : tensor<2x3x2x5xf32>
    gan.yield %1 : tensor<2x3x2x5xf32>
  }
  return %r : tensor<2x3x2x5xf32>
}

// CHECK: k10_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f10(%a: tensor<2x3x2x5xf32>, %b: tensor<6x6x4x5xf32>) -> tensor<2x9x9x4xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<2x3x2x5xf32>, tensor<6x6x4x5xf32>) -> tensor<2x9x9x4xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<2x3x2x5xf32>, %b0: tensor<6x6x4x5xf32>):
    %a1 = gan.tanh %a0 : tensor<2x3x2x5xf32>
    %0 = gan.conv2d_input_grad %a1, %b0 strides = [3, 3] padding = [2, 2, 1, 1] {winograd = 2} : tensor<2x3x2x5xf32>, tensor<6x6x4x5xf32> -> tensor<2x9x9x4xf32>
    %1 = gan.neg %0 : tensor<2x9x9x4xf32>
    gan.yield %1 : tensor<2x9x9x4xf32>
  }
  return %r : tensor<2x9x9x4xf32>
}

// CHECK: k11_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f11(%a: tensor<2x9x9x4xf32>, %b: tensor<2x3x2x5xf32>) -> tensor<6x6x4x5xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<2x9x9x4xf32>, tensor<2x3x2x5xf32>) -> tensor<6x6x4x5xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<2x9x9x4xf32>, %b0: tensor<2x3x2x5xf32>):
    %a1 = gan.tanh %a0 : tensor<2x9x9x4xf32>
    %0 = gan.conv2d_weight_grad %a1, %b0 strides = [3, 3] padding = [2, 2, 1, 1] {winograd = 2} : tensor<2x9x9x4xf32>, tensor<2x3x2x5xf32> -> tensor<6x6x4x5xf32>
    %1 = gan.neg %0 : tensor<6x6x4x5xf32>
    gan.yield %1 : tensor<6x6x4x5xf32>
  }
  return %r : tensor<6x6x4x5xf32>
}

// Four phases of 3x3.
// CHECK: k12_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f12(%a: tensor<2x10x8x4xf32>, %b: tensor<6x6x4x5xf32>) -> tensor<2x5x4x5xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<2x10x8x4xf32>, tensor<6x6x4x5xf32>) -> tensor<2x5x4x5xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<2x10x8x4xf32>, %b0: tensor<6x6x4x5xf32>):
    %0 = gan.conv2d %a0, %b0 strides = [2, 2] padding = [2, 2, 3, 2] {winograd = 2} : tensor<2x10x8x4xf32>, tensor<6x6x4x5xf32> -> tensor<2x5x4x5xf32>
    %1 = gan.neg %0 : tensor<2x5x4x5xf32>
    gan.yield %1 : tensor<2x5x4x5xf32>
  }
  return %r : tensor<2x5x4x5xf32>
}

// CHECK: k13_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f13(%a: tensor<2x5x4x5xf32>, %b: tensor<6x6x4x5xf32>) -> tensor<2x10x8x4xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<2x5x4x5xf32>, tensor<6x6x4x5xf32>) -> tensor<2x10x8x4xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<2x5x4x5xf32>, %b0: tensor<6x6x4x5xf32>):
    %0 = gan.conv2d_input_grad %a0, %b0 strides = [2, 2] padding = [2, 2, 3, 2] {winograd = 2} : tensor<2x5x4x5xf32>, tensor<6x6x4x5xf32> -> tensor<2x10x8x4xf32>
    %1 = gan.neg %0 : tensor<2x10x8x4xf32>
    gan.yield %1 : tensor<2x10x8x4xf32>
  }
  return %r : tensor<2x10x8x4xf32>
}

// CHECK: k14_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f14(%a: tensor<2x10x8x4xf32>, %b: tensor<2x5x4x5xf32>) -> tensor<6x6x4x5xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<2x10x8x4xf32>, tensor<2x5x4x5xf32>) -> tensor<6x6x4x5xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<2x10x8x4xf32>, %b0: tensor<2x5x4x5xf32>):
    %0 = gan.conv2d_weight_grad %a0, %b0 strides = [2, 2] padding = [2, 2, 3, 2] {winograd = 2} : tensor<2x10x8x4xf32>, tensor<2x5x4x5xf32> -> tensor<6x6x4x5xf32>
    %1 = gan.neg %0 : tensor<6x6x4x5xf32>
    gan.yield %1 : tensor<6x6x4x5xf32>
  }
  return %r : tensor<6x6x4x5xf32>
}

// 2x2, doubles.
// CHECK: k15_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f15(%a: tensor<2x5x5x6xf64>, %b: tensor<2x2x6x7xf64>) -> tensor<2x5x5x7xf64> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<2x5x5x6xf64>, tensor<2x2x6x7xf64>) -> tensor<2x5x5x7xf64> attributes {test.tolerance = 1.0e-12} {
  ^bb0(%a0: tensor<2x5x5x6xf64>, %b0: tensor<2x2x6x7xf64>):
    %a1 = gan.tanh %a0 : tensor<2x5x5x6xf64>
    %0 = gan.conv2d %a1, %b0 strides = [1, 1] padding = [1, 0, 0, 1] {winograd = 2} : tensor<2x5x5x6xf64>, tensor<2x2x6x7xf64> -> tensor<2x5x5x7xf64>
    %1 = gan.neg %0 : tensor<2x5x5x7xf64>
    gan.yield %1 : tensor<2x5x5x7xf64>
  }
  return %r : tensor<2x5x5x7xf64>
}

// CHECK: k16_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f16(%a: tensor<2x5x5x7xf64>, %b: tensor<2x2x6x7xf64>) -> tensor<2x5x5x6xf64> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<2x5x5x7xf64>, tensor<2x2x6x7xf64>) -> tensor<2x5x5x6xf64> attributes {test.tolerance = 1.0e-12} {
  ^bb0(%a0: tensor<2x5x5x7xf64>, %b0: tensor<2x2x6x7xf64>):
    %a1 = gan.tanh %a0 : tensor<2x5x5x7xf64>
    %0 = gan.conv2d_input_grad %a1, %b0 strides = [1, 1] padding = [1, 0, 0, 1] {winograd = 2} : tensor<2x5x5x7xf64>, tensor<2x2x6x7xf64> -> tensor<2x5x5x6xf64>
    %1 = gan.neg %0 : tensor<2x5x5x6xf64>
    gan.yield %1 : tensor<2x5x5x6xf64>
  }
  return %r : tensor<2x5x5x6xf64>
}

// CHECK: k17_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f17(%a: tensor<2x5x5x6xf64>, %b: tensor<2x5x5x7xf64>) -> tensor<2x2x6x7xf64> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<2x5x5x6xf64>, tensor<2x5x5x7xf64>) -> tensor<2x2x6x7xf64> attributes {test.tolerance = 1.0e-12} {
  ^bb0(%a0: tensor<2x5x5x6xf64>, %b0: tensor<2x5x5x7xf64>):
    %a1 = gan.tanh %a0 : tensor<2x5x5x6xf64>
    %0 = gan.conv2d_weight_grad %a1, %b0 strides = [1, 1] padding = [1, 0, 0, 1] {winograd = 2} : tensor<2x5x5x6xf64>, tensor<2x5x5x7xf64> -> tensor<2x2x6x7xf64>
    %1 = gan.neg %0 : tensor<2x2x6x7xf64>
    gan.yield %1 : tensor<2x2x6x7xf64>
  }
  return %r : tensor<2x2x6x7xf64>
}

// Phases of unequal filters: of five taps of stride 2 three and two, of three taps two and one.

// CHECK: k18_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f18(%a: tensor<2x9x12x17xf32>, %b: tensor<5x5x17x18xf32>) -> tensor<2x5x6x18xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<2x9x12x17xf32>, tensor<5x5x17x18xf32>) -> tensor<2x5x6x18xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<2x9x12x17xf32>, %b0: tensor<5x5x17x18xf32>):
    %0 = gan.conv2d %a0, %b0 strides = [2, 2] padding = [2, 2, 2, 2] {winograd = 2} : tensor<2x9x12x17xf32>, tensor<5x5x17x18xf32> -> tensor<2x5x6x18xf32>
    gan.yield %0 : tensor<2x5x6x18xf32>
  }
  return %r : tensor<2x5x6x18xf32>
}

// CHECK: k19_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f19(%a: tensor<2x5x6x18xf32>, %b: tensor<5x5x17x18xf32>) -> tensor<2x9x12x17xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<2x5x6x18xf32>, tensor<5x5x17x18xf32>) -> tensor<2x9x12x17xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<2x5x6x18xf32>, %b0: tensor<5x5x17x18xf32>):
    %0 = gan.tanh %a0 : tensor<2x5x6x18xf32>
    %1 = gan.conv2d_input_grad %0, %b0 strides = [2, 2] padding = [2, 2, 2, 2] {winograd = 2} : tensor<2x5x6x18xf32>, tensor<5x5x17x18xf32> -> tensor<2x9x12x17xf32>
    gan.yield %1 : tensor<2x9x12x17xf32>
  }
  return %r : tensor<2x9x12x17xf32>
}

// CHECK: k20_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f20(%a: tensor<2x9x12x17xf32>, %b: tensor<2x5x6x18xf32>) -> tensor<5x5x17x18xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<2x9x12x17xf32>, tensor<2x5x6x18xf32>) -> tensor<5x5x17x18xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<2x9x12x17xf32>, %b0: tensor<2x5x6x18xf32>):
    %0 = gan.conv2d_weight_grad %a0, %b0 strides = [2, 2] padding = [2, 2, 2, 2] {winograd = 2} : tensor<2x9x12x17xf32>, tensor<2x5x6x18xf32> -> tensor<5x5x17x18xf32>
    gan.yield %0 : tensor<5x5x17x18xf32>
  }
  return %r : tensor<5x5x17x18xf32>
}

// CHECK: k21_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f21(%a: tensor<2x9x12x17xf32>, %b: tensor<3x3x17x18xf32>) -> tensor<2x5x6x18xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<2x9x12x17xf32>, tensor<3x3x17x18xf32>) -> tensor<2x5x6x18xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<2x9x12x17xf32>, %b0: tensor<3x3x17x18xf32>):
    %0 = gan.tanh %a0 : tensor<2x9x12x17xf32>
    %1 = gan.conv2d %0, %b0 strides = [2, 2] padding = [1, 1, 1, 1] {winograd = 2} : tensor<2x9x12x17xf32>, tensor<3x3x17x18xf32> -> tensor<2x5x6x18xf32>
    gan.yield %1 : tensor<2x5x6x18xf32>
  }
  return %r : tensor<2x5x6x18xf32>
}

// CHECK: k22_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f22(%a: tensor<2x5x6x18xf32>, %b: tensor<3x3x17x18xf32>) -> tensor<2x9x12x17xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<2x5x6x18xf32>, tensor<3x3x17x18xf32>) -> tensor<2x9x12x17xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<2x5x6x18xf32>, %b0: tensor<3x3x17x18xf32>):
    %0 = gan.conv2d_input_grad %a0, %b0 strides = [2, 2] padding = [1, 1, 1, 1] {winograd = 2} : tensor<2x5x6x18xf32>, tensor<3x3x17x18xf32> -> tensor<2x9x12x17xf32>
    gan.yield %0 : tensor<2x9x12x17xf32>
  }
  return %r : tensor<2x9x12x17xf32>
}

// CHECK: k23_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f23(%a: tensor<2x9x12x17xf32>, %b: tensor<2x5x6x18xf32>) -> tensor<3x3x17x18xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<2x9x12x17xf32>, tensor<2x5x6x18xf32>) -> tensor<3x3x17x18xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<2x9x12x17xf32>, %b0: tensor<2x5x6x18xf32>):
    %0 = gan.tanh %a0 : tensor<2x9x12x17xf32>
    %1 = gan.conv2d_weight_grad %0, %b0 strides = [2, 2] padding = [1, 1, 1, 1] {winograd = 2} : tensor<2x9x12x17xf32>, tensor<2x5x6x18xf32> -> tensor<3x3x17x18xf32>
    gan.yield %1 : tensor<3x3x17x18xf32>
  }
  return %r : tensor<3x3x17x18xf32>
}

// One position along an axis, so that a patch begins outside of it.
// CHECK: k24_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f24(%a: tensor<1x2x1x25xf32>, %b: tensor<2x2x3x25xf32>) -> tensor<1x3x2x3xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<1x2x1x25xf32>, tensor<2x2x3x25xf32>) -> tensor<1x3x2x3xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<1x2x1x25xf32>, %b0: tensor<2x2x3x25xf32>):
    %0 = gan.conv2d_input_grad %a0, %b0 strides = [1, 1] padding = [0, 0, 0, 0] {winograd = 2} : tensor<1x2x1x25xf32>, tensor<2x2x3x25xf32> -> tensor<1x3x2x3xf32>
    gan.yield %0 : tensor<1x3x2x3xf32>
  }
  return %r : tensor<1x3x2x3xf32>
}
