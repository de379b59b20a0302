// RUN: gan-run-kernel %s | FileCheck %s

// Input gradients of all taps at once (gan.conv2d_input_grad's `col2im`). Where an element is a sum of K = 384 and of 1,070 products, all
// below 1, it may be K * K / 4 * 2^-24 off, 2e-3 and 2e-2; tap by tap it is 1.8e-5 and 5.8e-5 off.

// 4x4, stride 2: products of two positions meet.
// CHECK: k0_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f0(%a: tensor<2x6x4x16xf32>, %b: tensor<4x4x3x16xf32>) -> tensor<2x12x8x3xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<2x6x4x16xf32>, tensor<4x4x3x16xf32>) -> tensor<2x12x8x3xf32> {
  ^bb0(%a0: tensor<2x6x4x16xf32>, %b0: tensor<4x4x3x16xf32>):
    %0 = gan.conv2d_input_grad %a0, %b0 strides = [2, 2] padding = [1, 1, 1, 1] {col2im} : tensor<2x6x4x16xf32>, tensor<4x4x3x16xf32> -> tensor<2x12x8x3xf32>
    gan.yield %0 : tensor<2x12x8x3xf32>
  }
  return %r : tensor<2x12x8x3xf32>
}

// The same through a prologue and an epilogue, an order of four parts.
// CHECK: k1_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f1(%a: tensor<2x6x4x32xf32>, %b: tensor<4x4x3x32xf32>, %c: tensor<3xf32>, %d: tensor<2x12x8x3xf32>) -> tensor<2x12x8x3xf32> {
  %r = gan.kernel hero(contraction) (%a, %b, %c, %d) : (tensor<2x6x4x32xf32>, tensor<4x4x3x32xf32>, tensor<3xf32>, tensor<2x12x8x3xf32>) -> tensor<2x12x8x3xf32> {
  ^bb0(%a0: tensor<2x6x4x32xf32>, %b0: tensor<4x4x3x32xf32>, %c0: tensor<3xf32>, %d0: tensor<2x12x8x3xf32>):
    %0 = gan.tanh %a0 : tensor<2x6x4x32xf32>
    %1 = gan.conv2d_input_grad %0, %b0 strides = [2, 2] padding = [1, 1, 1, 1] order <splits = 4, lanes = 1> {col2im} : tensor<2x6x4x32xf32>, tensor<4x4x3x32xf32> -> tensor<2x12x8x3xf32>
    %2 = gan.broadcast %c0 dims = [3] : tensor<3xf32> -> tensor<2x12x8x3xf32>
    %3 = gan.add %1, %2 : tensor<2x12x8x3xf32>
    %4 = gan.mul %3, %d0 : tensor<2x12x8x3xf32>
    gan.yield %4 : tensor<2x12x8x3xf32>
  }
  return %r : tensor<2x12x8x3xf32>
}

// 3x3, stride 1, one channel; an image that the last window does not reach.
// CHECK: k2_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f2(%a: tensor<3x6x4x8xf32>, %b: tensor<3x3x1x8xf32>, %c: tensor<1xf32>, %d: tensor<3x7x5x1xf32>) -> tensor<3x7x5x1xf32> {
  %r = gan.kernel hero(contraction) (%a, %b, %c, %d) : (tensor<3x6x4x8xf32>, tensor<3x3x1x8xf32>, tensor<1xf32>, tensor<3x7x5x1xf32>) -> tensor<3x7x5x1xf32> {
  ^bb0(%a0: tensor<3x6x4x8xf32>, %b0: tensor<3x3x1x8xf32>, %c0: tensor<1xf32>, %d0: tensor<3x7x5x1xf32>):
    %0 = gan.tanh %a0 : tensor<3x6x4x8xf32>
    %1 = gan.conv2d_input_grad %0, %b0 strides = [1, 1] padding = [1, 0, 1, 0] {col2im} : tensor<3x6x4x8xf32>, tensor<3x3x1x8xf32> -> tensor<3x7x5x1xf32>
    %2 = gan.broadcast %c0 dims = [3] : tensor<1xf32> -> tensor<3x7x5x1xf32>
    %3 = gan.add %1, %2 : tensor<3x7x5x1xf32>
    %4 = gan.mul %3, %d0 : tensor<3x7x5x1xf32>
    gan.yield %4 : tensor<3x7x5x1xf32>
  }
  return %r : tensor<3x7x5x1xf32>
}

// 5x5 in strides of 2 and 3, f64.
// CHECK: k3_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f3(%a: tensor<1x6x5x9xf64>, %b: tensor<5x5x2x9xf64>) -> tensor<1x11x13x2xf64> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<1x6x5x9xf64>, tensor<5x5x2x9xf64>) -> tensor<1x11x13x2xf64> {
  ^bb0(%a0: tensor<1x6x5x9xf64>, %b0: tensor<5x5x2x9xf64>):
    %0 = gan.conv2d_input_grad %a0, %b0 strides = [2, 3] padding = [2, 2, 2, 2] {col2im} : tensor<1x6x5x9xf64>, tensor<5x5x2x9xf64> -> tensor<1x11x13x2xf64>
    gan.yield %0 : tensor<1x11x13x2xf64>
  }
  return %r : tensor<1x11x13x2xf64>
}

// A stride longer than the filter: nothing falls on some places.
// CHECK: k4_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f4(%a: tensor<2x4x3x8xf32>, %b: tensor<1x2x4x8xf32>) -> tensor<2x10x11x4xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<2x4x3x8xf32>, tensor<1x2x4x8xf32>) -> tensor<2x10x11x4xf32> {
  ^bb0(%a0: tensor<2x4x3x8xf32>, %b0: tensor<1x2x4x8xf32>):
    %0 = gan.conv2d_input_grad %a0, %b0 strides = [3, 4] padding = [1, 1, 0, 1] {col2im} : tensor<2x4x3x8xf32>, tensor<1x2x4x8xf32> -> tensor<2x10x11x4xf32>
    gan.yield %0 : tensor<2x10x11x4xf32>
  }
  return %r : tensor<2x10x11x4xf32>
}

// Rows of dy so long that a window holds some lines of the image.
// CHECK: k5_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f5(%a: tensor<1x22x128x96xf32>, %b: tensor<4x4x3x96xf32>, %c: tensor<3xf32>, %d: tensor<1x45x256x3xf32>) -> tensor<1x45x256x3xf32> {
  %r = gan.kernel hero(contraction) (%a, %b, %c, %d) : (tensor<1x22x128x96xf32>, tensor<4x4x3x96xf32>, tensor<3xf32>, tensor<1x45x256x3xf32>) -> tensor<1x45x256x3xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<1x22x128x96xf32>, %b0: tensor<4x4x3x96xf32>, %c0: tensor<3xf32>, %d0: tensor<1x45x256x3xf32>):
    %0 = gan.tanh %a0 : tensor<1x22x128x96xf32>
    %1 = gan.conv2d_input_grad %0, %b0 strides = [2, 2] padding = [1, 1, 1, 1] {col2im} : tensor<1x22x128x96xf32>, tensor<4x4x3x96xf32> -> tensor<1x45x256x3xf32>
    %2 = gan.broadcast %c0 dims = [3] : tensor<3xf32> -> tensor<1x45x256x3xf32>
    %3 = gan.add %1, %2 : tensor<1x45x256x3xf32>
    %4 = gan.mul %3, %d0 : tensor<1x45x256x3xf32>
    gan.yield %4 : tensor<1x45x256x3xf32>
  }
  return %r : tensor<1x45x256x3xf32>
}

// Blocks of lines in strides of 3, two of the filter's taps before the image.
// CHECK: k6_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f6(%a: tensor<1x14x301x128xf32>, %b: tensor<5x5x1x128xf32>) -> tensor<1x40x301x1xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<1x14x301x128xf32>, tensor<5x5x1x128xf32>) -> tensor<1x40x301x1xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<1x14x301x128xf32>, %b0: tensor<5x5x1x128xf32>):
    %0 = gan.conv2d_input_grad %a0, %b0 strides = [3, 1] padding = [2, 2, 2, 2] {col2im} : tensor<1x14x301x128xf32>, tensor<5x5x1x128xf32> -> tensor<1x40x301x1xf32>
    gan.yield %0 : tensor<1x40x301x1xf32>
  }
  return %r : tensor<1x40x301x1xf32>
}

// So long that not even the smallest group of rows fits into a cache.
// CHECK: k7_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @f7(%a: tensor<1x2x1300x64xf32>, %b: tensor<4x4x3x64xf32>) -> tensor<1x4x2600x3xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<1x2x1300x64xf32>, tensor<4x4x3x64xf32>) -> tensor<1x4x2600x3xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a0: tensor<1x2x1300x64xf32>, %b0: tensor<4x4x3x64xf32>):
    %0 = gan.conv2d_input_grad %a0, %b0 strides = [2, 2] padding = [1, 1, 1, 1] {col2im} : tensor<1x2x1300x64xf32>, tensor<4x4x3x64xf32> -> tensor<1x4x2600x3xf32>
    gan.yield %0 : tensor<1x4x2600x3xf32>
  }
  return %r : tensor<1x4x2600x3xf32>
}
