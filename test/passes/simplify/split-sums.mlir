// RUN: gan-opt %s --gan-split-sums --cse | FileCheck %s

// Sums over what contractions compute, in parts that their tiles have as a whole.

// A mean and a variance: squares around the mean of each part, and how far that is from the whole mean.
// CHECK-LABEL: func.func @variance
// CHECK: %[[Y:.*]] = gan.conv2d
// CHECK: %[[V:.*]] = gan.reshape %[[Y]] : tensor<8x8x8x64xf32> -> tensor<8x2x4x8x64xf32>
// CHECK: %[[P:.*]] = gan.sum %[[V]] dims = [2, 3] order <splits = 1, lanes = 1> : tensor<8x2x4x8x64xf32> -> tensor<8x2x64xf32>
// CHECK: %[[S:.*]] = gan.sum %[[P]] dims = [0, 1] order <splits = 1, lanes = 1>
// CHECK: %[[B:.*]] = gan.broadcast %[[P]] dims = [0, 1, 4]
// CHECK: %[[Q:.*]] = gan.mul %[[B]], %{{.*}}
// CHECK: %[[D:.*]] = gan.sub %[[V]], %[[Q]]
// CHECK: %[[D2:.*]] = gan.mul %[[D]], %[[D]]
// CHECK: %[[P2:.*]] = gan.sum %[[D2]] dims = [2, 3]
// CHECK: gan.mul %[[P]], %{{.*}} : tensor<8x2x64xf32>
// CHECK: gan.add %[[P2]], %{{.*}} : tensor<8x2x64xf32>
// CHECK: gan.sum %{{.*}} dims = [0, 1]
func.func @variance(%x: tensor<8x16x16x4xf32>, %w: tensor<4x4x4x64xf32>) -> (tensor<64xf32>, tensor<64xf32>) attributes {gan.role = "step"} {
  %y = gan.conv2d %x, %w strides = [2, 2] padding = [1, 1, 1, 1] order <splits = 1, lanes = 1> : tensor<8x16x16x4xf32>, tensor<4x4x4x64xf32> -> tensor<8x8x8x64xf32>
  %s = gan.sum %y dims = [0, 1, 2] order <splits = 2, lanes = 1> : tensor<8x8x8x64xf32> -> tensor<64xf32>
  %c = gan.constant dense<0.001953125> : tensor<64xf32>
  %m = gan.mul %s, %c : tensor<64xf32>
  %b = gan.broadcast %m dims = [3] : tensor<64xf32> -> tensor<8x8x8x64xf32>
  %d = gan.sub %y, %b : tensor<8x8x8x64xf32>
  %d2 = gan.mul %d, %d : tensor<8x8x8x64xf32>
  %v = gan.sum %d2 dims = [0, 1, 2] order <splits = 2, lanes = 1> : tensor<8x8x8x64xf32> -> tensor<64xf32>
  return %m, %v : tensor<64xf32>, tensor<64xf32>
}

// A sum of a gradient is added where the last contraction behind it, of two, stores its result; a part has rows of one phase.
// CHECK-LABEL: func.func @last
// CHECK: %[[DX:.*]] = gan.conv2d_input_grad
// CHECK: %[[G:.*]] = gan.mul %[[DX]], %{{.*}}
// CHECK: %[[V:.*]] = gan.reshape %[[G]] : tensor<8x8x8x64xf32> -> tensor<4x2x4x2x4x2x64xf32>
// CHECK: %[[P:.*]] = gan.sum %[[V]] dims = [1, 2, 4] {{.*}} -> tensor<4x2x2x64xf32>
// CHECK: gan.sum %[[P]] dims = [0, 1, 2]
func.func @last(%x: tensor<8x8x8x4xf32>, %w: tensor<3x3x4x64xf32>, %dy: tensor<8x4x4x32xf32>, %v: tensor<4x4x64x32xf32>) -> tensor<64xf32> attributes {gan.role = "step"} {
  %y = gan.conv2d %x, %w strides = [1, 1] padding = [1, 1, 1, 1] order <splits = 1, lanes = 1> : tensor<8x8x8x4xf32>, tensor<3x3x4x64xf32> -> tensor<8x8x8x64xf32>
  %dx = gan.conv2d_input_grad %dy, %v strides = [2, 2] padding = [1, 1, 1, 1] order <splits = 1, lanes = 1> : tensor<8x4x4x32xf32>, tensor<4x4x64x32xf32> -> tensor<8x8x8x64xf32>
  %g = gan.mul %dx, %y : tensor<8x8x8x64xf32>
  %s = gan.sum %g dims = [0, 1, 2] order <splits = 2, lanes = 1> : tensor<8x8x8x64xf32> -> tensor<64xf32>
  return %s : tensor<64xf32>
}

// 128 samples add as four times 32 do: four parts of the second stage, joined by pairs.
// CHECK-LABEL: func.func @batches
// CHECK: gan.sum %{{.*}} dims = [0, 1] order <splits = 8, lanes = 1> : tensor<128x2x64xf32> -> tensor<64xf32>
// CHECK: gan.sum %{{.*}} dims = [0, 1] order <splits = 2, lanes = 1> : tensor<32x2x64xf32> -> tensor<64xf32>
func.func @batches(%x: tensor<128x8x8x4xf32>, %z: tensor<32x8x8x4xf32>, %w: tensor<1x1x4x64xf32>) -> (tensor<64xf32>, tensor<64xf32>) attributes {gan.role = "step"} {
  %a = gan.conv2d %x, %w strides = [1, 1] padding = [0, 0, 0, 0] order <splits = 1, lanes = 1> : tensor<128x8x8x4xf32>, tensor<1x1x4x64xf32> -> tensor<128x8x8x64xf32>
  %b = gan.conv2d %z, %w strides = [1, 1] padding = [0, 0, 0, 0] order <splits = 1, lanes = 1> : tensor<32x8x8x4xf32>, tensor<1x1x4x64xf32> -> tensor<32x8x8x64xf32>
  %s = gan.sum %a dims = [0, 1, 2] order <splits = 32, lanes = 1> : tensor<128x8x8x64xf32> -> tensor<64xf32>
  %t = gan.sum %b dims = [0, 1, 2] order <splits = 8, lanes = 1> : tensor<32x8x8x64xf32> -> tensor<64xf32>
  return %s, %t : tensor<64xf32>, tensor<64xf32>
}

// What tiles cannot know, rows that no parts of 32 fit, sums over fewer axes and dense layers stay.
// CHECK-LABEL: func.func @others
// CHECK-NOT: gan.reshape
// CHECK: return
func.func @others(%x: tensor<8x8x8x4xf32>, %w: tensor<1x1x4x64xf32>, %u: tensor<8x7x7x4xf32>, %a: tensor<64x8xf32>, %k: tensor<8x16xf32>) -> (tensor<64xf32>, tensor<64xf32>, tensor<8x64xf32>, tensor<16xf32>) attributes {gan.role = "step"} {
  %y = gan.conv2d %x, %w strides = [1, 1] padding = [0, 0, 0, 0] order <splits = 1, lanes = 1> : tensor<8x8x8x4xf32>, tensor<1x1x4x64xf32> -> tensor<8x8x8x64xf32>
  %0 = gan.sum %y dims = [1, 2] order <splits = 1, lanes = 1> : tensor<8x8x8x64xf32> -> tensor<8x64xf32>
  %1 = gan.broadcast %0 dims = [0, 3] : tensor<8x64xf32> -> tensor<8x8x8x64xf32>
  %2 = gan.mul %y, %1 : tensor<8x8x8x64xf32>
  %3 = gan.sum %2 dims = [0, 1, 2] order <splits = 2, lanes = 1> : tensor<8x8x8x64xf32> -> tensor<64xf32>
  %4 = gan.conv2d %u, %w strides = [1, 1] padding = [0, 0, 0, 0] order <splits = 1, lanes = 1> : tensor<8x7x7x4xf32>, tensor<1x1x4x64xf32> -> tensor<8x7x7x64xf32>
  %5 = gan.sum %4 dims = [0, 1, 2] order <splits = 2, lanes = 1> : tensor<8x7x7x64xf32> -> tensor<64xf32>
  %6 = gan.matmul %a, %k order <splits = 1, lanes = 1> : tensor<64x8xf32>, tensor<8x16xf32> -> tensor<64x16xf32>
  %7 = gan.sum %6 dims = [0] order <splits = 2, lanes = 1> : tensor<64x16xf32> -> tensor<16xf32>
  return %3, %5, %0, %7 : tensor<64xf32>, tensor<64xf32>, tensor<8x64xf32>, tensor<16xf32>
}
