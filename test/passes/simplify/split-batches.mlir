// RUN: gan-opt %s --pass-pipeline="builtin.module(func.func(gan-split-batches{for-gpu=true}))" | FileCheck %s
// RUN: gan-opt %s --pass-pipeline="builtin.module(func.func(gan-split-batches))" | FileCheck %s --check-prefix=CPU

// 4 tiles of 32 x 32 results of 131072 steps: eight parts of 16 samples, as more would be written and read than these are worth.
// CHECK-LABEL: func.func @first_layer
// CHECK: %[[P:.*]] = gan.conv2d_weight_grad %{{.*}}, %{{.*}} strides = [2, 2] padding = [1, 1, 1, 1] parts = 8 order <splits = 16, lanes = 1> : tensor<128x64x64x3xf32>, tensor<128x32x32x64xf32> -> tensor<8x4x4x3x64xf32>
// CHECK-NEXT: %[[S:.*]] = gan.sum %[[P]] dims = [0] order <splits = 8, lanes = 1> : tensor<8x4x4x3x64xf32> -> tensor<4x4x3x64xf32>
// CHECK-NEXT: return %[[S]]
// Eight threads have 48 x 64 results each.
// CPU-LABEL: func.func @first_layer
// CPU: parts = 8 order <splits = 16, lanes = 1>
func.func @first_layer(%x: tensor<128x64x64x3xf32>, %dy: tensor<128x32x32x64xf32>) -> tensor<4x4x3x64xf32> attributes {gan.role = "step"} {
  %w = gan.conv2d_weight_grad %x, %dy strides = [2, 2] padding = [1, 1, 1, 1] order <splits = 128, lanes = 1> : tensor<128x64x64x3xf32>, tensor<128x32x32x64xf32> -> tensor<4x4x3x64xf32>
  return %w : tensor<4x4x3x64xf32>
}

// Twelve parts of the order: three or six of the batch would leave a power of two, four would not.
// CHECK-LABEL: func.func @powers
// CHECK: parts = 6 order <splits = 2, lanes = 1>
func.func @powers(%x: tensor<48x32x32x3xf32>, %dy: tensor<48x16x16x32xf32>) -> tensor<4x4x3x32xf32> attributes {gan.role = "step"} {
  %w = gan.conv2d_weight_grad %x, %dy strides = [2, 2] padding = [1, 1, 1, 1] order <splits = 12, lanes = 1> : tensor<48x32x32x3xf32>, tensor<48x16x16x32xf32> -> tensor<4x4x3x32xf32>
  return %w : tensor<4x4x3x32xf32>
}

// 64 blocks have enough to do; borders are skipped, which parts of the batch would not; few steps; no order.
// CHECK-LABEL: func.func @whole
// CHECK-NOT: parts
// Here, too, and where results are more than a tile.
// CPU-LABEL: func.func @whole
// CPU-NOT: parts
func.func @whole(%x: tensor<8x32x32x16xf32>, %dy: tensor<8x16x16x256xf32>, %u: tensor<32x4x4x16xf32>, %du: tensor<32x2x2x16xf32>,
                 %v: tensor<8x16x16x3xf32>, %dv: tensor<8x8x8x16xf32>, %z: tensor<32x32x32x3xf32>, %dz: tensor<32x16x16x16xf32>)
    -> (tensor<4x4x16x256xf32>, tensor<4x4x16x16xf32>, tensor<4x4x3x16xf32>, tensor<4x4x3x16xf32>) attributes {gan.role = "step"} {
  %0 = gan.conv2d_weight_grad %x, %dy strides = [2, 2] padding = [1, 1, 1, 1] order <splits = 8, lanes = 1> : tensor<8x32x32x16xf32>, tensor<8x16x16x256xf32> -> tensor<4x4x16x256xf32>
  %1 = gan.conv2d_weight_grad %u, %du strides = [2, 2] padding = [1, 1, 1, 1] order <splits = 8, lanes = 1> : tensor<32x4x4x16xf32>, tensor<32x2x2x16xf32> -> tensor<4x4x16x16xf32>
  %2 = gan.conv2d_weight_grad %v, %dv strides = [2, 2] padding = [1, 1, 1, 1] order <splits = 8, lanes = 1> : tensor<8x16x16x3xf32>, tensor<8x8x8x16xf32> -> tensor<4x4x3x16xf32>
  %3 = gan.conv2d_weight_grad %z, %dz strides = [2, 2] padding = [1, 1, 1, 1] : tensor<32x32x32x3xf32>, tensor<32x16x16x16xf32> -> tensor<4x4x3x16xf32>
  return %0, %1, %2, %3 : tensor<4x4x16x256xf32>, tensor<4x4x16x16xf32>, tensor<4x4x3x16xf32>, tensor<4x4x3x16xf32>
}

// One block would add all, or 16 would; sums at each sample, those of 9 taps where more axes would join other parts.
// CHECK-LABEL: func.func @sums
// CHECK: %[[P:.*]] = gan.sum %{{.*}} dims = [1, 2, 3] order <splits = 8, lanes = 16> : tensor<64x32x32x16xf32> -> tensor<64xf32>
// CHECK-NEXT: gan.sum %[[P]] dims = [0] order <splits = 64, lanes = 1> : tensor<64xf32> -> tensor<f32>
// CHECK: %[[Q:.*]] = gan.sum %{{.*}} dims = [1, 2] order <splits = 4, lanes = 1> : tensor<64x32x32x16xf32> -> tensor<64x16xf32>
// CHECK-NEXT: gan.sum %[[Q]] dims = [0] order <splits = 64, lanes = 1> : tensor<64x16xf32> -> tensor<16xf32>
// CHECK: %[[R:.*]] = gan.sum %{{.*}} dims = [2, 3] order <splits = 16, lanes = 16> : tensor<3x3x256x256xf32> -> tensor<3x3xf32>
// CHECK-NEXT: gan.sum %[[R]] dims = [0, 1] order <splits = 9, lanes = 1> : tensor<3x3xf32> -> tensor<f32>
// CPU-LABEL: func.func @sums
// CPU-NOT: dims = [0]
func.func @sums(%x: tensor<64x32x32x16xf32>, %w: tensor<3x3x256x256xf32>) -> (tensor<f32>, tensor<16xf32>, tensor<f32>) attributes {gan.role = "step"} {
  %0 = gan.sum %x dims = [0, 1, 2, 3] order <splits = 512, lanes = 16> : tensor<64x32x32x16xf32> -> tensor<f32>
  %1 = gan.sum %x dims = [0, 1, 2] order <splits = 256, lanes = 1> : tensor<64x32x32x16xf32> -> tensor<16xf32>
  %2 = gan.sum %w dims = [0, 1, 2, 3] order <splits = 144, lanes = 16> : tensor<3x3x256x256xf32> -> tensor<f32>
  return %0, %1, %2 : tensor<f32>, tensor<16xf32>, tensor<f32>
}

// Few elements; parts that end within a sample, or join as no power of two of them does; a sum at each sample already; no order.
// CHECK-LABEL: func.func @whole_sums
// CHECK-COUNT-5: gan.sum
// CHECK-NOT: gan.sum
func.func @whole_sums(%x: tensor<64x16x16x8xf32>, %y: tensor<64x32x32x16xf32>, %z: tensor<48x1x32768xf32>)
    -> (tensor<f32>, tensor<f32>, tensor<f32>, tensor<64xf32>, tensor<f32>) attributes {gan.role = "step"} {
  %0 = gan.sum %x dims = [0, 1, 2, 3] order <splits = 64, lanes = 16> : tensor<64x16x16x8xf32> -> tensor<f32>
  %1 = gan.sum %y dims = [0, 1, 2, 3] order <splits = 16, lanes = 16> : tensor<64x32x32x16xf32> -> tensor<f32>
  %2 = gan.sum %z dims = [0, 1, 2] order <splits = 144, lanes = 16> : tensor<48x1x32768xf32> -> tensor<f32>
  %3 = gan.sum %y dims = [1, 2, 3] order <splits = 4, lanes = 16> : tensor<64x32x32x16xf32> -> tensor<64xf32>
  %4 = gan.sum %y dims = [0, 1, 2, 3] : tensor<64x32x32x16xf32> -> tensor<f32>
  return %0, %1, %2, %3, %4 : tensor<f32>, tensor<f32>, tensor<f32>, tensor<64xf32>, tensor<f32>
}
