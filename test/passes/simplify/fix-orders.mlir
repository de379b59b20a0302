// RUN: gan-opt %s --gan-fix-orders | FileCheck %s

// Every line of the table in FixOrders.cpp, and parts that end with an axis.

// CHECK-LABEL: func.func @sums
func.func @sums(%x: tensor<64x32x32x48xf32>, %y: tensor<64x28x28x3xf32>, %z: tensor<64x3072xf32>, %v: tensor<8xf32>) {
  // 768 parts of 4096 would do; 1024 end with a row.
  // CHECK: gan.sum %{{.*}} dims = [0, 1, 2, 3] order <splits = 1024, lanes = 16>
  %all = gan.sum %x dims = [0, 1, 2, 3] : tensor<64x32x32x48xf32> -> tensor<f32>
  // Parts of 8 rows of 32 pixels.
  // CHECK: gan.sum %{{.*}} dims = [0, 1, 2] order <splits = 256, lanes = 1>
  %channels = gan.sum %x dims = [0, 1, 2] : tensor<64x32x32x48xf32> -> tensor<48xf32>
  // Three kept: 4 chains; parts of 784 pixels.
  // CHECK: gan.sum %{{.*}} dims = [0, 1, 2] order <splits = 64, lanes = 4>
  %few = gan.sum %y dims = [0, 1, 2] : tensor<64x28x28x3xf32> -> tensor<3xf32>
  // CHECK: gan.sum %{{.*}} dims = [1] order <splits = 1, lanes = 16>
  %rows = gan.sum %z dims = [1] : tensor<64x3072xf32> -> tensor<64xf32>
  // CHECK: gan.sum %{{.*}} dims = [0] order <splits = 1, lanes = 8>
  %short = gan.sum %v dims = [0] : tensor<8xf32> -> tensor<f32>
  // A run of 28 * 3 is read in fours.
  // CHECK: gan.sum %{{.*}} dims = [2, 3] order <splits = 1, lanes = 4>
  %run = gan.sum %y dims = [2, 3] : tensor<64x28x28x3xf32> -> tensor<64x28xf32>
  return
}

// CHECK-LABEL: func.func @contractions
func.func @contractions(%x: tensor<100x16x16x64xf32>, %w: tensor<4x4x64x128xf32>, %dy: tensor<100x8x8x128xf32>,
                        %a: tensor<20000x8xf32>, %b: tensor<20000x16xf32>) {
  // CHECK: gan.conv2d %{{.*}} order <splits = 1, lanes = 1>
  %y = gan.conv2d %x, %w strides = [2, 2] padding = [1, 1, 1, 1]
      : tensor<100x16x16x64xf32>, tensor<4x4x64x128xf32> -> tensor<100x8x8x128xf32>
  // CHECK: gan.conv2d_input_grad %{{.*}} order <splits = 1, lanes = 1>
  %dx = gan.conv2d_input_grad %dy, %w strides = [2, 2] padding = [1, 1, 1, 1]
      : tensor<100x8x8x128xf32>, tensor<4x4x64x128xf32> -> tensor<100x16x16x64xf32>
  // 6400 pixels need 7 parts; 10 divide the batch.
  // CHECK: gan.conv2d_weight_grad %{{.*}} order <splits = 10, lanes = 1>
  %dw = gan.conv2d_weight_grad %x, %dy strides = [2, 2] padding = [1, 1, 1, 1]
      : tensor<100x16x16x64xf32>, tensor<100x8x8x128xf32> -> tensor<4x4x64x128xf32>
  // 3 parts would do; 4 are equally long.
  // CHECK: gan.matmul %{{.*}} order <splits = 4, lanes = 1>
  %m = gan.matmul %a, %b {transpose_a} : tensor<20000x8xf32>, tensor<20000x16xf32> -> tensor<8x16xf32>
  return
}

// Each matrix of a batch, each group: its own sums.
// CHECK-LABEL: func.func @batches
func.func @batches(%a: tensor<20000x9000x2xf32>, %b: tensor<20000x9000x3xf32>, %w: tensor<3x3x8x20000xf32>,
                   %dy: tensor<2x8x8x20000xf32>) {
  // CHECK: gan.matmul %{{.*}} order <splits = 2, lanes = 1>
  %m = gan.matmul %a, %b {transpose_a} : tensor<20000x9000x2xf32>, tensor<20000x9000x3xf32> -> tensor<20000x2x3xf32>
  // 9 taps of 10 outputs.
  // CHECK: gan.conv2d_input_grad %{{.*}} order <splits = 1, lanes = 1>
  %dx = gan.conv2d_input_grad %dy, %w strides = [1, 1] padding = [1, 1, 1, 1] groups = 2000
      : tensor<2x8x8x20000xf32>, tensor<3x3x8x20000xf32> -> tensor<2x8x8x16000xf32>
  return
}

// An order that is there stays.
// CHECK-LABEL: func.func @kept
func.func @kept(%x: tensor<64x48xf32>) -> tensor<48xf32> {
  // CHECK: order <splits = 2, lanes = 2>
  %y = gan.sum %x dims = [0] order <splits = 2, lanes = 2> : tensor<64x48xf32> -> tensor<48xf32>
  return %y : tensor<48xf32>
}

// Batches in blocks of 32 samples, blocks in a power of two of parts: 128 samples add as four times 32 do.
// CHECK-LABEL: func.func @samples
func.func @samples(%a: tensor<128x8xf32>, %b: tensor<128x16xf32>, %c: tensor<32x8xf32>, %d: tensor<32x16xf32>, %x: tensor<128x8x8x4xf32>,
                   %dy: tensor<128x4x4x8xf32>, %loss: tensor<128xf32>, %few: tensor<32xf32>, %y: tensor<128x28x28x16xf32>) {
  // CHECK: gan.matmul %{{.*}} order <splits = 4, lanes = 1>
  %m = gan.matmul %a, %b {transpose_a} : tensor<128x8xf32>, tensor<128x16xf32> -> tensor<8x16xf32>
  // CHECK: gan.matmul %{{.*}} order <splits = 1, lanes = 1>
  %n = gan.matmul %c, %d {transpose_a} : tensor<32x8xf32>, tensor<32x16xf32> -> tensor<8x16xf32>
  // CHECK: gan.conv2d_weight_grad %{{.*}} order <splits = 4, lanes = 1>
  %w = gan.conv2d_weight_grad %x, %dy strides = [2, 2] padding = [1, 1, 1, 1]
      : tensor<128x8x8x4xf32>, tensor<128x4x4x8xf32> -> tensor<4x4x4x8xf32>
  // CHECK: gan.sum %{{.*}} dims = [0] order <splits = 4, lanes = 16>
  %l = gan.sum %loss dims = [0] : tensor<128xf32> -> tensor<f32>
  // CHECK: gan.sum %{{.*}} dims = [0] order <splits = 1, lanes = 16>
  %f = gan.sum %few dims = [0] : tensor<32xf32> -> tensor<f32>
  // 98 parts of a block would do; 128 are a power of two.
  // CHECK: gan.sum %{{.*}} dims = [0, 1, 2] order <splits = 512, lanes = 1>
  %s = gan.sum %y dims = [0, 1, 2] : tensor<128x28x28x16xf32> -> tensor<16xf32>
  return
}
