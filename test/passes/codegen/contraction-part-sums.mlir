// RUN: gan-run-kernel --sim %s | FileCheck %s
// RUN: gan-run-kernel --sim --gpu=sm_90a %s | FileCheck %s
// RUN: gan-run-kernel --ptx --gpu=sm_90a %s | FileCheck %s --check-prefix=WGMMA

// Sums over parts of 32 rows where a tile is stored: of the result, of squares around the mean of the part, of what an
// epilogue makes of the result and another tensor. A part is half a run, whole runs, runs of several rows.

// CHECK: k0_contraction: {{[0-9]+}} tiles, sim, right
func.func @moments(%x: tensor<2x12x64x5xf32>, %w: tensor<3x3x5x20xf32>) -> (tensor<2x12x64x20xf32>, tensor<2x12x2x20xf32>, tensor<2x12x2x20xf32>) {
  %y, %p, %q = gan.kernel hero(contraction) (%x, %w) : (tensor<2x12x64x5xf32>, tensor<3x3x5x20xf32>) -> (tensor<2x12x64x20xf32>, tensor<2x12x2x20xf32>, tensor<2x12x2x20xf32>) attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a: tensor<2x12x64x5xf32>, %b: tensor<3x3x5x20xf32>):
    %0 = gan.conv2d %a, %b strides = [1, 1] padding = [1, 1, 1, 1] order <splits = 1, lanes = 1> : tensor<2x12x64x5xf32>, tensor<3x3x5x20xf32> -> tensor<2x12x64x20xf32>
    %1 = gan.reshape %0 : tensor<2x12x64x20xf32> -> tensor<2x12x2x32x20xf32>
    %2 = gan.sum %1 dims = [3] order <splits = 1, lanes = 1> : tensor<2x12x2x32x20xf32> -> tensor<2x12x2x20xf32>
    %3 = gan.broadcast %2 dims = [0, 1, 2, 4] : tensor<2x12x2x20xf32> -> tensor<2x12x2x32x20xf32>
    %4 = gan.constant dense<0.03125> : tensor<2x12x2x32x20xf32>
    %5 = gan.mul %3, %4 : tensor<2x12x2x32x20xf32>
    %6 = gan.sub %1, %5 : tensor<2x12x2x32x20xf32>
    %7 = gan.mul %6, %6 : tensor<2x12x2x32x20xf32>
    %8 = gan.sum %7 dims = [3] order <splits = 1, lanes = 1> : tensor<2x12x2x32x20xf32> -> tensor<2x12x2x20xf32>
    gan.yield %0, %2, %8 : tensor<2x12x64x20xf32>, tensor<2x12x2x20xf32>, tensor<2x12x2x20xf32>
  }
  return %y, %p, %q : tensor<2x12x64x20xf32>, tensor<2x12x2x20xf32>, tensor<2x12x2x20xf32>
}

// Phases: rows of one phase in eight samples' halves; the result itself is not kept.
// CHECK: k1_contraction: {{[0-9]+}} tiles, sim, right
func.func @phases(%dy: tensor<8x4x4x7xf32>, %w: tensor<4x4x40x7xf32>, %m: tensor<8x8x8x40xf32>, %s: tensor<40xf32>) -> (tensor<8x8x8x40xf32>, tensor<4x2x2x40xf32>, tensor<4x2x2x40xf32>) {
  %y, %p, %q = gan.kernel hero(contraction) (%dy, %w, %m, %s) : (tensor<8x4x4x7xf32>, tensor<4x4x40x7xf32>, tensor<8x8x8x40xf32>, tensor<40xf32>) -> (tensor<8x8x8x40xf32>, tensor<4x2x2x40xf32>, tensor<4x2x2x40xf32>) attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a: tensor<8x4x4x7xf32>, %b: tensor<4x4x40x7xf32>, %c: tensor<8x8x8x40xf32>, %d: tensor<40xf32>):
    %0 = gan.conv2d_input_grad %a, %b strides = [2, 2] padding = [1, 1, 1, 1] order <splits = 1, lanes = 1> : tensor<8x4x4x7xf32>, tensor<4x4x40x7xf32> -> tensor<8x8x8x40xf32>
    %1 = gan.broadcast %d dims = [3] : tensor<40xf32> -> tensor<8x8x8x40xf32>
    %2 = gan.mul %0, %1 : tensor<8x8x8x40xf32>
    %3 = gan.mul %2, %c : tensor<8x8x8x40xf32>
    %4 = gan.reshape %2 : tensor<8x8x8x40xf32> -> tensor<4x2x4x2x4x2x40xf32>
    %5 = gan.reshape %3 : tensor<8x8x8x40xf32> -> tensor<4x2x4x2x4x2x40xf32>
    %6 = gan.sum %4 dims = [1, 2, 4] order <splits = 1, lanes = 1> : tensor<4x2x4x2x4x2x40xf32> -> tensor<4x2x2x40xf32>
    %7 = gan.sum %5 dims = [1, 2, 4] order <splits = 1, lanes = 1> : tensor<4x2x4x2x4x2x40xf32> -> tensor<4x2x2x40xf32>
    gan.yield %2, %6, %7 : tensor<8x8x8x40xf32>, tensor<4x2x2x40xf32>, tensor<4x2x2x40xf32>
  }
  return %y, %p, %q : tensor<8x8x8x40xf32>, tensor<4x2x2x40xf32>, tensor<4x2x2x40xf32>
}

// Borders are skipped, so that samples follow each other; large enough for tiles of 128.
// CHECK: k2_contraction: {{[0-9]+}} tiles, sim, right
func.func @skipped(%x: tensor<64x16x16x16xf32>, %w: tensor<4x4x16x160xf32>) -> (tensor<64x8x8x160xf32>, tensor<2x8x8x160xf32>) {
  %y, %p = gan.kernel hero(contraction) (%x, %w) : (tensor<64x16x16x16xf32>, tensor<4x4x16x160xf32>) -> (tensor<64x8x8x160xf32>, tensor<2x8x8x160xf32>) attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a: tensor<64x16x16x16xf32>, %b: tensor<4x4x16x160xf32>):
    %0 = gan.conv2d %a, %b strides = [2, 2] padding = [1, 1, 1, 1] order <splits = 1, lanes = 1> : tensor<64x16x16x16xf32>, tensor<4x4x16x160xf32> -> tensor<64x8x8x160xf32>
    %1 = gan.reshape %0 : tensor<64x8x8x160xf32> -> tensor<2x32x8x8x160xf32>
    %2 = gan.sum %1 dims = [1] order <splits = 1, lanes = 1> : tensor<2x32x8x8x160xf32> -> tensor<2x8x8x160xf32>
    gan.yield %0, %2 : tensor<64x8x8x160xf32>, tensor<2x8x8x160xf32>
  }
  return %y, %p : tensor<64x8x8x160xf32>, tensor<2x8x8x160xf32>
}

// Tensor cores, in one slice and in several.
// CHECK: k3_contraction: {{[0-9]+}} tiles,{{.*}} near on sim, right
func.func @rounded(%x: tensor<4x16x16x16xf32>, %w: tensor<3x3x16x24xf32>) -> (tensor<4x16x16x24xf32>, tensor<4x8x24xf32>) {
  %y, %p = gan.kernel hero(contraction) (%x, %w) : (tensor<4x16x16x16xf32>, tensor<3x3x16x24xf32>) -> (tensor<4x16x16x24xf32>, tensor<4x8x24xf32>) attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a: tensor<4x16x16x16xf32>, %b: tensor<3x3x16x24xf32>):
    %r = gan.round %a to bf16 : tensor<4x16x16x16xf32>
    %s = gan.round %b to bf16 : tensor<3x3x16x24xf32>
    %0 = gan.conv2d %r, %s strides = [1, 1] padding = [1, 1, 1, 1] order <splits = 1, lanes = 1> : tensor<4x16x16x16xf32>, tensor<3x3x16x24xf32> -> tensor<4x16x16x24xf32>
    %1 = gan.reshape %0 : tensor<4x16x16x24xf32> -> tensor<4x8x2x16x24xf32>
    %2 = gan.sum %1 dims = [2, 3] order <splits = 1, lanes = 1> : tensor<4x8x2x16x24xf32> -> tensor<4x8x24xf32>
    gan.yield %0, %2 : tensor<4x16x16x24xf32>, tensor<4x8x24xf32>
  }
  return %y, %p : tensor<4x16x16x24xf32>, tensor<4x8x24xf32>
}

// Tiles of 64 rows, which wgmma multiplies where there is one.
// WGMMA: .entry k4_contraction
// WGMMA: wgmma.mma_async
// CHECK: k4_contraction: {{[0-9]+}} tiles,{{.*}} near on sim, right
func.func @wide(%x: tensor<8x16x16x16xf32>, %w: tensor<3x3x16x128xf32>) -> (tensor<8x16x16x128xf32>, tensor<8x8x128xf32>) {
  %y, %p = gan.kernel hero(contraction) (%x, %w) : (tensor<8x16x16x16xf32>, tensor<3x3x16x128xf32>) -> (tensor<8x16x16x128xf32>, tensor<8x8x128xf32>) attributes {test.tolerance = 1.0e-4} {
  ^bb0(%a: tensor<8x16x16x16xf32>, %b: tensor<3x3x16x128xf32>):
    %r = gan.round %a to tf32 : tensor<8x16x16x16xf32>
    %s = gan.round %b to tf32 : tensor<3x3x16x128xf32>
    %0 = gan.conv2d %r, %s strides = [1, 1] padding = [1, 1, 1, 1] order <splits = 1, lanes = 1> : tensor<8x16x16x16xf32>, tensor<3x3x16x128xf32> -> tensor<8x16x16x128xf32>
    %1 = gan.reshape %0 : tensor<8x16x16x128xf32> -> tensor<8x8x2x16x128xf32>
    %2 = gan.sum %1 dims = [2, 3] order <splits = 1, lanes = 1> : tensor<8x8x2x16x128xf32> -> tensor<8x8x128xf32>
    gan.yield %0, %2 : tensor<8x16x16x128xf32>, tensor<8x8x128xf32>
  }
  return %y, %p : tensor<8x16x16x128xf32>, tensor<8x8x128xf32>
}
