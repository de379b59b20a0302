// RUN: gan-run-kernel %s | FileCheck %s

// By tiles of 2x2 outputs, of images in bf16.
// CHECK: k0_contraction: {{[0-9]+}} tiles{{.*}}right
func.func @winograd(%a: tensor<2x9x7x5xbf16>, %b: tensor<3x3x5x6xf32>) -> tensor<2x9x7x6xbf16> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<2x9x7x5xbf16>, tensor<3x3x5x6xf32>) -> tensor<2x9x7x6xbf16> attributes {test.tolerance = 8.0e-3} {
  ^bb0(%a0: tensor<2x9x7x5xbf16>, %b0: tensor<3x3x5x6xf32>):
    %x = gan.cast %a0 : tensor<2x9x7x5xbf16> -> tensor<2x9x7x5xf32>
    %0 = gan.conv2d %x, %b0 strides = [1, 1] padding = [1, 1, 1, 1] {winograd = 2} : tensor<2x9x7x5xf32>, tensor<3x3x5x6xf32> -> tensor<2x9x7x6xf32>
    %1 = gan.cast %0 : tensor<2x9x7x6xf32> -> tensor<2x9x7x6xbf16>
    gan.yield %1 : tensor<2x9x7x6xbf16>
  }
  return %r : tensor<2x9x7x6xbf16>
}
