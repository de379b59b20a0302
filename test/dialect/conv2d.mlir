// RUN: gan-opt %s | gan-opt | FileCheck %s

// The three convolutions; 9 rows do not divide by the stride, so the extent is rounded down.
// CHECK-LABEL: func.func @round_trip
func.func @round_trip(%x: tensor<8x9x8x3xf32>, %w: tensor<4x4x3x16xf32>, %dy: tensor<8x4x4x16xf32>,
                      %v: tensor<3x3x1x16xf32>, %e: tensor<8x4x2x16xf32>, %f: tensor<8x6x6x16xf32>) {
  // CHECK: gan.conv2d %{{.*}}, %{{.*}} strides = [2, 2] padding = [1, 1, 1, 1] : tensor<8x9x8x3xf32>, tensor<4x4x3x16xf32> -> tensor<8x4x4x16xf32>
  %y = gan.conv2d %x, %w strides = [2, 2] padding = [1, 1, 1, 1]
      : tensor<8x9x8x3xf32>, tensor<4x4x3x16xf32> -> tensor<8x4x4x16xf32>
  // CHECK: gan.conv2d_input_grad %{{.*}} strides = [2, 2] padding = [1, 1, 1, 1] : tensor<8x4x4x16xf32>, tensor<4x4x3x16xf32> -> tensor<8x9x8x3xf32>
  %dx = gan.conv2d_input_grad %dy, %w strides = [2, 2] padding = [1, 1, 1, 1]
      : tensor<8x4x4x16xf32>, tensor<4x4x3x16xf32> -> tensor<8x9x8x3xf32>
  // CHECK: gan.conv2d_weight_grad %{{.*}} order <splits = 4, lanes = 1> : tensor<8x9x8x3xf32>, tensor<8x4x4x16xf32> -> tensor<4x4x3x16xf32>
  %dw = gan.conv2d_weight_grad %x, %dy strides = [2, 2] padding = [1, 1, 1, 1] order <splits = 4, lanes = 1>
      : tensor<8x9x8x3xf32>, tensor<8x4x4x16xf32> -> tensor<4x4x3x16xf32>
  // CHECK: gan.conv2d %{{.*}} strides = [1, 1] padding = [2, 2, 2, 2] dilations = [2, 2] groups = 16 order <splits = 2, lanes = 1> : tensor<8x4x4x16xf32>, tensor<3x3x1x16xf32> -> tensor<8x4x4x16xf32>
  %d = gan.conv2d %y, %v strides = [1, 1] padding = [2, 2, 2, 2] dilations = [2, 2] groups = 16 order <splits = 2, lanes = 1>
      : tensor<8x4x4x16xf32>, tensor<3x3x1x16xf32> -> tensor<8x4x4x16xf32>
  // CHECK: gan.conv2d_input_grad %{{.*}} dilations = [1, 2] : tensor<8x4x2x16xf32>, tensor<4x4x3x16xf32> -> tensor<8x9x8x3xf32>
  %dx2 = gan.conv2d_input_grad %e, %w strides = [2, 2] padding = [1, 1, 1, 1] dilations = [1, 2]
      : tensor<8x4x2x16xf32>, tensor<4x4x3x16xf32> -> tensor<8x9x8x3xf32>
  // CHECK: gan.conv2d_weight_grad %{{.*}} padding = [1, 1, 1, 1] {winograd = 2 : i64} : tensor<8x9x8x3xf32>
  %dwt = gan.conv2d_weight_grad %x, %dy strides = [2, 2] padding = [1, 1, 1, 1] {winograd = 2 : i64}
      : tensor<8x9x8x3xf32>, tensor<8x4x4x16xf32> -> tensor<4x4x3x16xf32>
  // What is the default is not printed.
  // CHECK: gan.conv2d_weight_grad %{{.*}} padding = [2, 2, 2, 2] groups = 4 : tensor<8x4x4x16xf32>, tensor<8x6x6x16xf32> -> tensor<3x3x4x16xf32>
  %dv = gan.conv2d_weight_grad %y, %f strides = [1, 1] padding = [2, 2, 2, 2] dilations = [1, 1] groups = 4
      : tensor<8x4x4x16xf32>, tensor<8x6x6x16xf32> -> tensor<3x3x4x16xf32>
  // CHECK: gan.conv2d_weight_grad %{{.*}} padding = [1, 1, 1, 1] parts = 4 order <splits = 2, lanes = 1> : tensor<8x9x8x3xf32>, tensor<8x4x4x16xf32> -> tensor<4x4x4x3x16xf32>
  %dwp = gan.conv2d_weight_grad %x, %dy strides = [2, 2] padding = [1, 1, 1, 1] parts = 4 order <splits = 2, lanes = 1>
      : tensor<8x9x8x3xf32>, tensor<8x4x4x16xf32> -> tensor<4x4x4x3x16xf32>
  return
}
