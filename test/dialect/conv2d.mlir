// RUN: gan-opt %s | gan-opt | FileCheck %s

// The three convolutions; 9 rows do not divide by the stride, so the extent is rounded down.
// CHECK-LABEL: func.func @round_trip
func.func @round_trip(%x: tensor<8x9x8x3xf32>, %w: tensor<4x4x3x16xf32>, %dy: tensor<8x4x4x16xf32>) {
  // CHECK: gan.conv2d %{{.*}}, %{{.*}} strides = [2, 2] padding = [1, 1, 1, 1] : tensor<8x9x8x3xf32>, tensor<4x4x3x16xf32> -> tensor<8x4x4x16xf32>
  %y = gan.conv2d %x, %w strides = [2, 2] padding = [1, 1, 1, 1]
      : tensor<8x9x8x3xf32>, tensor<4x4x3x16xf32> -> tensor<8x4x4x16xf32>
  // CHECK: gan.conv2d_input_grad %{{.*}} strides = [2, 2] padding = [1, 1, 1, 1] : tensor<8x4x4x16xf32>, tensor<4x4x3x16xf32> -> tensor<8x9x8x3xf32>
  %dx = gan.conv2d_input_grad %dy, %w strides = [2, 2] padding = [1, 1, 1, 1]
      : tensor<8x4x4x16xf32>, tensor<4x4x3x16xf32> -> tensor<8x9x8x3xf32>
  // CHECK: gan.conv2d_weight_grad %{{.*}} order <splits = 4, lanes = 1> : tensor<8x9x8x3xf32>, tensor<8x4x4x16xf32> -> tensor<4x4x3x16xf32>
  %dw = gan.conv2d_weight_grad %x, %dy strides = [2, 2] padding = [1, 1, 1, 1] order <splits = 4, lanes = 1>
      : tensor<8x9x8x3xf32>, tensor<8x4x4x16xf32> -> tensor<4x4x3x16xf32>
  return
}
