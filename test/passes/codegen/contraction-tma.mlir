// RUN: gan-run-kernel --sim %s | FileCheck %s
// RUN: gan-run-kernel --sim --gpu=sm_90a %s | FileCheck --check-prefixes=CHECK,TMA %s

// Operands that memory holds in bf16, copied as boxes of tensors where there is TMA. How near is in CheckKernel.cpp.

// Both along k; tiles of 128 hang over the rows and the columns.
// CHECK: k0_contraction:
// TMA-SAME: 2 by TMA
// CHECK-SAME: near on sim, right
func.func @along(%a: tensor<1000x96xbf16>, %b: tensor<1040x96xbf16>) -> tensor<1000x1040xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<1000x96xbf16>, tensor<1040x96xbf16>) -> tensor<1000x1040xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%x: tensor<1000x96xbf16>, %y: tensor<1040x96xbf16>):
    %a0 = gan.cast %x : tensor<1000x96xbf16> -> tensor<1000x96xf32>
    %b0 = gan.cast %y : tensor<1040x96xbf16> -> tensor<1040x96xf32>
    %0 = gan.matmul %a0, %b0 {transpose_b} : tensor<1000x96xf32>, tensor<1040x96xf32> -> tensor<1000x1040xf32>
    gan.yield %0 : tensor<1000x1040xf32>
  }
  return %r : tensor<1000x1040xf32>
}

// Both across k, in tiles of 64; two slices share k.
// CHECK: k1_contraction:
// TMA-SAME: 2 by TMA
// CHECK-SAME: near on sim, right
func.func @across(%a: tensor<128x520xbf16>, %b: tensor<128x512xbf16>) -> tensor<520x512xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<128x520xbf16>, tensor<128x512xbf16>) -> tensor<520x512xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%x: tensor<128x520xbf16>, %y: tensor<128x512xbf16>):
    %a0 = gan.cast %x : tensor<128x520xbf16> -> tensor<128x520xf32>
    %b0 = gan.cast %y : tensor<128x512xbf16> -> tensor<128x512xf32>
    %0 = gan.matmul %a0, %b0 {transpose_a} : tensor<128x520xf32>, tensor<128x512xf32> -> tensor<520x512xf32>
    gan.yield %0 : tensor<520x512xf32>
  }
  return %r : tensor<520x512xf32>
}

// In parts, whose stages are counted on.
// CHECK: k2_contraction:
// TMA-SAME: 2 by TMA
// CHECK-SAME: near on sim, right
func.func @parts(%a: tensor<128x520xbf16>, %b: tensor<128x512xbf16>) -> tensor<520x512xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<128x520xbf16>, tensor<128x512xbf16>) -> tensor<520x512xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%x: tensor<128x520xbf16>, %y: tensor<128x512xbf16>):
    %a0 = gan.cast %x : tensor<128x520xbf16> -> tensor<128x520xf32>
    %b0 = gan.cast %y : tensor<128x512xbf16> -> tensor<128x512xf32>
    %0 = gan.matmul %a0, %b0 order <splits = 4, lanes = 1> {transpose_a} : tensor<128x520xf32>, tensor<128x512xf32> -> tensor<520x512xf32>
    gan.yield %0 : tensor<520x512xf32>
  }
  return %r : tensor<520x512xf32>
}

// One has a prologue and goes by way of registers, the other lies across k.
// CHECK: k3_contraction:
// TMA-SAME: 1 by TMA
// CHECK-SAME: near on sim, right
func.func @mixed(%a: tensor<1000x96xbf16>, %b: tensor<96x1040xbf16>) -> tensor<1000x1040xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<1000x96xbf16>, tensor<96x1040xbf16>) -> tensor<1000x1040xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%x: tensor<1000x96xbf16>, %y: tensor<96x1040xbf16>):
    %a0 = gan.cast %x : tensor<1000x96xbf16> -> tensor<1000x96xf32>
    %a1 = gan.neg %a0 : tensor<1000x96xf32>
    %a2 = gan.round %a1 to bf16 : tensor<1000x96xf32>
    %b0 = gan.cast %y : tensor<96x1040xbf16> -> tensor<96x1040xf32>
    %0 = gan.matmul %a2, %b0 : tensor<1000x96xf32>, tensor<96x1040xf32> -> tensor<1000x1040xf32>
    gan.yield %0 : tensor<1000x1040xf32>
  }
  return %r : tensor<1000x1040xf32>
}

// The other is rounded on its way.
// CHECK: k4_contraction:
// TMA-SAME: 1 by TMA
// CHECK-SAME: near on sim, right
func.func @single(%a: tensor<520x96xbf16>, %b: tensor<96x512xf32>) -> tensor<520x512xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<520x96xbf16>, tensor<96x512xf32>) -> tensor<520x512xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%x: tensor<520x96xbf16>, %y: tensor<96x512xf32>):
    %a0 = gan.cast %x : tensor<520x96xbf16> -> tensor<520x96xf32>
    %b0 = gan.round %y to bf16 : tensor<96x512xf32>
    %0 = gan.matmul %a0, %b0 : tensor<520x96xf32>, tensor<96x512xf32> -> tensor<520x512xf32>
    gan.yield %0 : tensor<520x512xf32>
  }
  return %r : tensor<520x512xf32>
}

// Every second pixel under a tap; borders lie outside of the box.
// CHECK: k5_contraction:
// TMA-SAME: 2 by TMA
// CHECK-SAME: near on sim, right
func.func @conv2d(%a: tensor<16x32x32x32xbf16>, %b: tensor<4x4x32x64xbf16>) -> tensor<16x16x16x64xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<16x32x32x32xbf16>, tensor<4x4x32x64xbf16>) -> tensor<16x16x16x64xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%x: tensor<16x32x32x32xbf16>, %y: tensor<4x4x32x64xbf16>):
    %a0 = gan.cast %x : tensor<16x32x32x32xbf16> -> tensor<16x32x32x32xf32>
    %b0 = gan.cast %y : tensor<4x4x32x64xbf16> -> tensor<4x4x32x64xf32>
    %0 = gan.conv2d %a0, %b0 strides = [2, 2] padding = [1, 1, 1, 1] : tensor<16x32x32x32xf32>, tensor<4x4x32x64xf32> -> tensor<16x16x16x64xf32>
    gan.yield %0 : tensor<16x16x16x64xf32>
  }
  return %r : tensor<16x16x16x64xf32>
}

// Few pixels, whose borders a CPU skips: boxes of samples.
// CHECK: k6_contraction:
// TMA-SAME: 2 by TMA
// CHECK-SAME: near on sim, right
func.func @small(%a: tensor<128x4x4x64xbf16>, %b: tensor<4x4x64x512xbf16>) -> tensor<128x2x2x512xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<128x4x4x64xbf16>, tensor<4x4x64x512xbf16>) -> tensor<128x2x2x512xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%x: tensor<128x4x4x64xbf16>, %y: tensor<4x4x64x512xbf16>):
    %a0 = gan.cast %x : tensor<128x4x4x64xbf16> -> tensor<128x4x4x64xf32>
    %b0 = gan.cast %y : tensor<4x4x64x512xbf16> -> tensor<4x4x64x512xf32>
    %0 = gan.conv2d %a0, %b0 strides = [2, 2] padding = [1, 1, 1, 1] : tensor<128x4x4x64xf32>, tensor<4x4x64x512xf32> -> tensor<128x2x2x512xf32>
    gan.yield %0 : tensor<128x2x2x512xf32>
  }
  return %r : tensor<128x2x2x512xf32>
}

// Taps go backwards, pixels do not.
// CHECK: k7_contraction:
// TMA-SAME: 2 by TMA
// CHECK-SAME: near on sim, right
func.func @input_grad(%a: tensor<16x8x8x32xbf16>, %b: tensor<4x4x64x32xbf16>) -> tensor<16x16x16x64xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<16x8x8x32xbf16>, tensor<4x4x64x32xbf16>) -> tensor<16x16x16x64xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%x: tensor<16x8x8x32xbf16>, %y: tensor<4x4x64x32xbf16>):
    %a0 = gan.cast %x : tensor<16x8x8x32xbf16> -> tensor<16x8x8x32xf32>
    %b0 = gan.cast %y : tensor<4x4x64x32xbf16> -> tensor<4x4x64x32xf32>
    %0 = gan.conv2d_input_grad %a0, %b0 strides = [2, 2] padding = [1, 1, 1, 1] : tensor<16x8x8x32xf32>, tensor<4x4x64x32xf32> -> tensor<16x16x16x64xf32>
    gan.yield %0 : tensor<16x16x16x64xf32>
  }
  return %r : tensor<16x16x16x64xf32>
}

// Pixels are steps of k, of both.
// CHECK: k8_contraction:
// TMA-SAME: 2 by TMA
// CHECK-SAME: near on sim, right
func.func @weight_grad(%a: tensor<2x16x16x128xbf16>, %b: tensor<2x8x8x128xbf16>) -> tensor<4x4x128x128xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<2x16x16x128xbf16>, tensor<2x8x8x128xbf16>) -> tensor<4x4x128x128xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%x: tensor<2x16x16x128xbf16>, %y: tensor<2x8x8x128xbf16>):
    %a0 = gan.cast %x : tensor<2x16x16x128xbf16> -> tensor<2x16x16x128xf32>
    %b0 = gan.cast %y : tensor<2x8x8x128xbf16> -> tensor<2x8x8x128xf32>
    %0 = gan.conv2d_weight_grad %a0, %b0 strides = [2, 2] padding = [1, 1, 1, 1] : tensor<2x16x16x128xf32>, tensor<2x8x8x128xf32> -> tensor<4x4x128x128xf32>
    gan.yield %0 : tensor<4x4x128x128xf32>
  }
  return %r : tensor<4x4x128x128xf32>
}

// No row of 3 channels begins at a multiple of 16 bytes; pictures of 12 x 12 are cut by tiles.
// CHECK: k9_contraction:
// TMA-NOT: by TMA
// CHECK-SAME: near on sim, right
func.func @odd(%a: tensor<8x24x24x3xbf16>, %b: tensor<8x12x12x64xbf16>) -> tensor<4x4x3x64xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<8x24x24x3xbf16>, tensor<8x12x12x64xbf16>) -> tensor<4x4x3x64xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%x: tensor<8x24x24x3xbf16>, %y: tensor<8x12x12x64xbf16>):
    %a0 = gan.cast %x : tensor<8x24x24x3xbf16> -> tensor<8x24x24x3xf32>
    %b0 = gan.cast %y : tensor<8x12x12x64xbf16> -> tensor<8x12x12x64xf32>
    %0 = gan.conv2d_weight_grad %a0, %b0 strides = [2, 2] padding = [1, 1, 1, 1] : tensor<8x24x24x3xf32>, tensor<8x12x12x64xf32> -> tensor<4x4x3x64xf32>
    gan.yield %0 : tensor<4x4x3x64xf32>
  }
  return %r : tensor<4x4x3x64xf32>
}
