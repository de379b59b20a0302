// RUN: gan-run-kernel %s | FileCheck %s
// RUN: sed "s/winograd = 2/winograd = 4/" %s > %t.mlir && gan-run-kernel --tolerance 4e-4 %t.mlir | FileCheck %s

// How far from doubles direct sums are, and then those by tiles: 3x3 taps, then 4x4 of stride 2. Direct sums are off by up to 2.8e-5, tiles of
// 4 by up to 7.4 times what they are (passes/contraction/README.md): 4e-4 is twice that.

// CHECK: k0_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f0(%a: tensor<1x12x12x64xf32>, %b: tensor<3x3x64x64xf32>) -> tensor<1x12x12x64xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<1x12x12x64xf32>, tensor<3x3x64x64xf32>) -> tensor<1x12x12x64xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<1x12x12x64xf32>, %b0: tensor<3x3x64x64xf32>):
    %0 = gan.conv2d %a0, %b0 strides = [1, 1] padding = [1, 1, 1, 1] : tensor<1x12x12x64xf32>, tensor<3x3x64x64xf32> -> tensor<1x12x12x64xf32>
    gan.yield %0 : tensor<1x12x12x64xf32>
  }
  return %r : tensor<1x12x12x64xf32>
}

// CHECK: k1_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f1(%a: tensor<1x12x12x64xf32>, %b: tensor<3x3x64x64xf32>) -> tensor<1x12x12x64xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<1x12x12x64xf32>, tensor<3x3x64x64xf32>) -> tensor<1x12x12x64xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<1x12x12x64xf32>, %b0: tensor<3x3x64x64xf32>):
    %0 = gan.conv2d %a0, %b0 strides = [1, 1] padding = [1, 1, 1, 1] {winograd = 2} : tensor<1x12x12x64xf32>, tensor<3x3x64x64xf32> -> tensor<1x12x12x64xf32>
    gan.yield %0 : tensor<1x12x12x64xf32>
  }
  return %r : tensor<1x12x12x64xf32>
}

// CHECK: k2_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f2(%a: tensor<1x12x12x64xf32>, %b: tensor<3x3x64x64xf32>) -> tensor<1x12x12x64xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<1x12x12x64xf32>, tensor<3x3x64x64xf32>) -> tensor<1x12x12x64xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<1x12x12x64xf32>, %b0: tensor<3x3x64x64xf32>):
    %0 = gan.conv2d_input_grad %a0, %b0 strides = [1, 1] padding = [1, 1, 1, 1] : tensor<1x12x12x64xf32>, tensor<3x3x64x64xf32> -> tensor<1x12x12x64xf32>
    gan.yield %0 : tensor<1x12x12x64xf32>
  }
  return %r : tensor<1x12x12x64xf32>
}

// CHECK: k3_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f3(%a: tensor<1x12x12x64xf32>, %b: tensor<3x3x64x64xf32>) -> tensor<1x12x12x64xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<1x12x12x64xf32>, tensor<3x3x64x64xf32>) -> tensor<1x12x12x64xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<1x12x12x64xf32>, %b0: tensor<3x3x64x64xf32>):
    %0 = gan.conv2d_input_grad %a0, %b0 strides = [1, 1] padding = [1, 1, 1, 1] {winograd = 2} : tensor<1x12x12x64xf32>, tensor<3x3x64x64xf32> -> tensor<1x12x12x64xf32>
    gan.yield %0 : tensor<1x12x12x64xf32>
  }
  return %r : tensor<1x12x12x64xf32>
}

// CHECK: k4_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f4(%a: tensor<1x12x12x64xf32>, %b: tensor<1x12x12x64xf32>) -> tensor<3x3x64x64xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<1x12x12x64xf32>, tensor<1x12x12x64xf32>) -> tensor<3x3x64x64xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<1x12x12x64xf32>, %b0: tensor<1x12x12x64xf32>):
    %0 = gan.conv2d_weight_grad %a0, %b0 strides = [1, 1] padding = [1, 1, 1, 1] : tensor<1x12x12x64xf32>, tensor<1x12x12x64xf32> -> tensor<3x3x64x64xf32>
    gan.yield %0 : tensor<3x3x64x64xf32>
  }
  return %r : tensor<3x3x64x64xf32>
}

// CHECK: k5_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f5(%a: tensor<1x12x12x64xf32>, %b: tensor<1x12x12x64xf32>) -> tensor<3x3x64x64xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<1x12x12x64xf32>, tensor<1x12x12x64xf32>) -> tensor<3x3x64x64xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<1x12x12x64xf32>, %b0: tensor<1x12x12x64xf32>):
    %0 = gan.conv2d_weight_grad %a0, %b0 strides = [1, 1] padding = [1, 1, 1, 1] {winograd = 2} : tensor<1x12x12x64xf32>, tensor<1x12x12x64xf32> -> tensor<3x3x64x64xf32>
    gan.yield %0 : tensor<3x3x64x64xf32>
  }
  return %r : tensor<3x3x64x64xf32>
}

// CHECK: k6_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f6(%a: tensor<1x12x12x64xf32>, %b: tensor<4x4x64x64xf32>) -> tensor<1x6x6x64xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<1x12x12x64xf32>, tensor<4x4x64x64xf32>) -> tensor<1x6x6x64xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<1x12x12x64xf32>, %b0: tensor<4x4x64x64xf32>):
    %0 = gan.conv2d %a0, %b0 strides = [2, 2] padding = [1, 1, 1, 1] : tensor<1x12x12x64xf32>, tensor<4x4x64x64xf32> -> tensor<1x6x6x64xf32>
    gan.yield %0 : tensor<1x6x6x64xf32>
  }
  return %r : tensor<1x6x6x64xf32>
}

// CHECK: k7_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f7(%a: tensor<1x12x12x64xf32>, %b: tensor<4x4x64x64xf32>) -> tensor<1x6x6x64xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<1x12x12x64xf32>, tensor<4x4x64x64xf32>) -> tensor<1x6x6x64xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<1x12x12x64xf32>, %b0: tensor<4x4x64x64xf32>):
    %0 = gan.conv2d %a0, %b0 strides = [2, 2] padding = [1, 1, 1, 1] {winograd = 2} : tensor<1x12x12x64xf32>, tensor<4x4x64x64xf32> -> tensor<1x6x6x64xf32>
    gan.yield %0 : tensor<1x6x6x64xf32>
  }
  return %r : tensor<1x6x6x64xf32>
}

// CHECK: k8_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f8(%a: tensor<1x6x6x64xf32>, %b: tensor<4x4x64x64xf32>) -> tensor<1x12x12x64xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<1x6x6x64xf32>, tensor<4x4x64x64xf32>) -> tensor<1x12x12x64xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<1x6x6x64xf32>, %b0: tensor<4x4x64x64xf32>):
    %0 = gan.conv2d_input_grad %a0, %b0 strides = [2, 2] padding = [1, 1, 1, 1] : tensor<1x6x6x64xf32>, tensor<4x4x64x64xf32> -> tensor<1x12x12x64xf32>
    gan.yield %0 : tensor<1x12x12x64xf32>
  }
  return %r : tensor<1x12x12x64xf32>
}

// CHECK: k9_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f9(%a: tensor<1x6x6x64xf32>, %b: tensor<4x4x64x64xf32>) -> tensor<1x12x12x64xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<1x6x6x64xf32>, tensor<4x4x64x64xf32>) -> tensor<1x12x12x64xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<1x6x6x64xf32>, %b0: tensor<4x4x64x64xf32>):
    %0 = gan.conv2d_input_grad %a0, %b0 strides = [2, 2] padding = [1, 1, 1, 1] {winograd = 2} : tensor<1x6x6x64xf32>, tensor<4x4x64x64xf32> -> tensor<1x12x12x64xf32>
    gan.yield %0 : tensor<1x12x12x64xf32>
  }
  return %r : tensor<1x12x12x64xf32>
}

// CHECK: k10_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f10(%a: tensor<1x12x12x64xf32>, %b: tensor<1x6x6x64xf32>) -> tensor<4x4x64x64xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<1x12x12x64xf32>, tensor<1x6x6x64xf32>) -> tensor<4x4x64x64xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<1x12x12x64xf32>, %b0: tensor<1x6x6x64xf32>):
    %0 = gan.conv2d_weight_grad %a0, %b0 strides = [2, 2] padding = [1, 1, 1, 1] : tensor<1x12x12x64xf32>, tensor<1x6x6x64xf32> -> tensor<4x4x64x64xf32>
    gan.yield %0 : tensor<4x4x64x64xf32>
  }
  return %r : tensor<4x4x64x64xf32>
}

// CHECK: k11_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f11(%a: tensor<1x12x12x64xf32>, %b: tensor<1x6x6x64xf32>) -> tensor<4x4x64x64xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<1x12x12x64xf32>, tensor<1x6x6x64xf32>) -> tensor<4x4x64x64xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<1x12x12x64xf32>, %b0: tensor<1x6x6x64xf32>):
    %0 = gan.conv2d_weight_grad %a0, %b0 strides = [2, 2] padding = [1, 1, 1, 1] {winograd = 2} : tensor<1x12x12x64xf32>, tensor<1x6x6x64xf32> -> tensor<4x4x64x64xf32>
    gan.yield %0 : tensor<4x4x64x64xf32>
  }
  return %r : tensor<4x4x64x64xf32>
}
