// RUN: gan-opt %s --gan-assign-layouts --canonicalize --cse | FileCheck %s

// Attention over the pixels of an image: both matrices of a sample are read as the convolutions leave them, and the product is given as
// the next one wants it.
// CHECK-LABEL: func.func @attention
// CHECK-NOT: gan.transpose
// CHECK-DAG: %[[F:.*]] = gan.reshape %{{.*}} : tensor<8x4x4x2xf32> -> tensor<8x16x2xf32>
// CHECK-DAG: %[[G:.*]] = gan.reshape %{{.*}} : tensor<8x4x4x6xf32> -> tensor<8x16x6xf32>
// CHECK: %[[S:.*]] = gan.matmul %[[F]], %[[F]] {transpose_b} : tensor<8x16x2xf32>, tensor<8x16x2xf32> -> tensor<8x16x16xf32>
// CHECK: %[[Y:.*]] = gan.matmul %[[S]], %[[G]] : tensor<8x16x16xf32>, tensor<8x16x6xf32> -> tensor<8x16x6xf32>
// CHECK: %[[Z:.*]] = gan.reshape %[[Y]] : tensor<8x16x6xf32> -> tensor<8x4x4x6xf32>
// CHECK: gan.conv2d %[[Z]]
// CHECK-NOT: gan.transpose
func.func @attention(%x: tensor<8x4x4x3xf32>, %wf: tensor<1x1x3x2xf32>, %wg: tensor<1x1x3x6xf32>, %wo: tensor<1x1x6x5xf32>)
    -> tensor<8x4x4x5xf32> attributes {gan.role = "step"} {
  %f = gan.conv2d %x, %wf strides = [1, 1] padding = [0, 0, 0, 0] : tensor<8x4x4x3xf32>, tensor<1x1x3x2xf32> -> tensor<8x4x4x2xf32>
  %g = gan.conv2d %x, %wg strides = [1, 1] padding = [0, 0, 0, 0] : tensor<8x4x4x3xf32>, tensor<1x1x3x6xf32> -> tensor<8x4x4x6xf32>
  %ff = gan.transpose %f permutation = [0, 3, 1, 2] : tensor<8x4x4x2xf32> -> tensor<8x2x4x4xf32>
  %gf = gan.transpose %g permutation = [0, 3, 1, 2] : tensor<8x4x4x6xf32> -> tensor<8x6x4x4xf32>
  %keys = gan.reshape %ff : tensor<8x2x4x4xf32> -> tensor<8x2x16xf32>
  %values = gan.reshape %gf : tensor<8x6x4x4xf32> -> tensor<8x6x16xf32>
  %queries = gan.transpose %keys permutation = [0, 2, 1] : tensor<8x2x16xf32> -> tensor<8x16x2xf32>
  %s = gan.matmul %queries, %keys : tensor<8x16x2xf32>, tensor<8x2x16xf32> -> tensor<8x16x16xf32>
  %y = gan.matmul %values, %s {transpose_b} : tensor<8x6x16xf32>, tensor<8x16x16xf32> -> tensor<8x6x16xf32>
  %yf = gan.reshape %y : tensor<8x6x16xf32> -> tensor<8x6x4x4xf32>
  %yl = gan.transpose %yf permutation = [0, 2, 3, 1] : tensor<8x6x4x4xf32> -> tensor<8x4x4x6xf32>
  %o = gan.conv2d %yl, %wo strides = [1, 1] padding = [0, 0, 0, 0] : tensor<8x4x4x6xf32>, tensor<1x1x6x5xf32> -> tensor<8x4x4x5xf32>
  return %o : tensor<8x4x4x5xf32>
}

// Where the axis of the batch has been moved, the matrices are laid out anew.
// CHECK-LABEL: func.func @moved
// CHECK: %[[A:.*]] = gan.transpose %{{.*}} permutation = [1, 0, 2]
// CHECK: gan.matmul %[[A]], %{{.*}} {transpose_b} : tensor<5x2x3xf32>, tensor<5x4x3xf32> -> tensor<5x2x4xf32>
func.func @moved(%x: tensor<2x5x3xf32>, %y: tensor<5x4x3xf32>) -> tensor<5x2x4xf32> attributes {gan.role = "step"} {
  %a = gan.transpose %x permutation = [1, 0, 2] : tensor<2x5x3xf32> -> tensor<5x2x3xf32>
  %b = gan.transpose %y permutation = [0, 2, 1] : tensor<5x4x3xf32> -> tensor<5x3x4xf32>
  %m = gan.matmul %a, %b : tensor<5x2x3xf32>, tensor<5x3x4xf32> -> tensor<5x2x4xf32>
  return %m : tensor<5x2x4xf32>
}
