// RUN: gan-run-kernel --sim %s | FileCheck %s
// RUN: gan-run-kernel --sim --gpu=sm_90a %s | FileCheck %s

// Tensors that memory holds in bf16: the bits of every target are the same but where tensor cores or AMX add in an order of their own, and
// rounding is the interpreter's. Inputs have 8 bits, so that f32 adds their products exactly; where something else is computed a value may
// fall to the other side of a tie than in double.

// Ties, carries, zeros, subnormal numbers, what overflows, infinities and NaNs, written and kept for f32 in the same kernel.
// CHECK: k0_elementwise: {{[0-9]+}} tiles,{{.*}} sim, right
func.func @rounds() -> (tensor<32xbf16>, tensor<32xf32>) {
  %r:2 = gan.kernel hero(elementwise) () : () -> (tensor<32xbf16>, tensor<32xf32>) attributes {test.tolerance = 0.0} {
    %0 = gan.constant dense<[0x3F800000, 0x3F800FFF, 0x3F801000, 0xBF801000, 0x3F801001, 0x3F803000, 0x3F807FFF, 0x3F808000, 0xBF808000, 0x3F808001, 0x3F818000, 0x3FFFFFFF, 0x00000000, 0x80000000, 0x00000001, 0x00000FFF, 0x00001000, 0x80001000, 0x00008000, 0x00018000, 0x007FFFFF, 0x00800000, 0x7F7FEFFF, 0x7F7FF000, 0x7F7F7FFF, 0x7F7F8000, 0xFF7FFFFF, 0x7F800000, 0xFF800000, 0x7FC00000, 0x7FFFFFFF, 0xFF800001]> : tensor<32xf32>
    %1 = gan.cast %0 : tensor<32xf32> -> tensor<32xbf16>
    gan.yield %1, %0 : tensor<32xbf16>, tensor<32xf32>
  }
  return %r#0, %r#1 : tensor<32xbf16>, tensor<32xf32>
}

// Whole registers and a rest; two tensors of bf16, one of f32, the first read at other places, too.
// CHECK: k1_elementwise: {{[0-9]+}} tiles,{{.*}} sim, right
func.func @reads(%x: tensor<7x9x11xbf16>, %y: tensor<7x9x11xf32>, %s: tensor<11xf32>) -> (tensor<7x9x11xbf16>, tensor<7x9x11xf32>) {
  %r:2 = gan.kernel hero(elementwise) (%x, %y, %s) : (tensor<7x9x11xbf16>, tensor<7x9x11xf32>, tensor<11xf32>) -> (tensor<7x9x11xbf16>, tensor<7x9x11xf32>) attributes {test.tolerance = 8.0e-3} {
  ^bb0(%x0: tensor<7x9x11xbf16>, %y0: tensor<7x9x11xf32>, %s0: tensor<11xf32>):
    %0 = gan.cast %x0 : tensor<7x9x11xbf16> -> tensor<7x9x11xf32>
    %1 = gan.broadcast %s0 dims = [2] : tensor<11xf32> -> tensor<7x9x11xf32>
    %2 = gan.flip %0 dims = [1] : tensor<7x9x11xf32>
    %3 = gan.add %0, %2 : tensor<7x9x11xf32>
    %4 = gan.mul %3, %1 : tensor<7x9x11xf32>
    %5 = gan.max %4, %y0 : tensor<7x9x11xf32>
    %6 = gan.cast %5 : tensor<7x9x11xf32> -> tensor<7x9x11xbf16>
    gan.yield %6, %5 : tensor<7x9x11xbf16>, tensor<7x9x11xf32>
  }
  return %r#0, %r#1 : tensor<7x9x11xbf16>, tensor<7x9x11xf32>
}

// Sums along the last axis and along the others.
// CHECK: k2_reduction: {{[0-9]+}} tiles,{{.*}} sim, right
func.func @rows(%x: tensor<5x100xbf16>) -> tensor<5xf32> {
  %r = gan.kernel hero(reduction) (%x) : (tensor<5x100xbf16>) -> tensor<5xf32> attributes {test.tolerance = 0.0} {
  ^bb0(%x0: tensor<5x100xbf16>):
    %0 = gan.cast %x0 : tensor<5x100xbf16> -> tensor<5x100xf32>
    %1 = gan.mul %0, %0 : tensor<5x100xf32>
    %2 = gan.sum %1 dims = [1] order <splits = 2, lanes = 8> : tensor<5x100xf32> -> tensor<5xf32>
    gan.yield %2 : tensor<5xf32>
  }
  return %r : tensor<5xf32>
}

// CHECK: k3_reduction: {{[0-9]+}} tiles,{{.*}} sim, right
func.func @columns(%x: tensor<40x37xbf16>) -> tensor<37xf32> {
  %r = gan.kernel hero(reduction) (%x) : (tensor<40x37xbf16>) -> tensor<37xf32> attributes {test.tolerance = 0.0} {
  ^bb0(%x0: tensor<40x37xbf16>):
    %0 = gan.cast %x0 : tensor<40x37xbf16> -> tensor<40x37xf32>
    %1 = gan.sum %0 dims = [0] order <splits = 4, lanes = 1> : tensor<40x37xf32> -> tensor<37xf32>
    gan.yield %1 : tensor<37xf32>
  }
  return %r : tensor<37xf32>
}

// CHECK: k4_transpose: {{[0-9]+}} tiles,{{.*}} sim, right
func.func @turned(%x: tensor<70x65xbf16>) -> tensor<65x70xbf16> {
  %r = gan.kernel hero(transpose) (%x) : (tensor<70x65xbf16>) -> tensor<65x70xbf16> attributes {test.tolerance = 0.0} {
  ^bb0(%x0: tensor<70x65xbf16>):
    %0 = gan.cast %x0 : tensor<70x65xbf16> -> tensor<70x65xf32>
    %1 = gan.transpose %0 permutation = [1, 0] : tensor<70x65xf32> -> tensor<65x70xf32>
    %2 = gan.cast %1 : tensor<65x70xf32> -> tensor<65x70xbf16>
    gan.yield %2 : tensor<65x70xbf16>
  }
  return %r : tensor<65x70xbf16>
}

// Products of f32: what is read as bf16 goes through a prologue.
// CHECK: k5_contraction: {{[0-9]+}} tiles,{{.*}} sim, right
func.func @single(%x: tensor<19x35xbf16>, %w: tensor<35x21xf32>) -> tensor<19x21xbf16> {
  %r = gan.kernel hero(contraction) (%x, %w) : (tensor<19x35xbf16>, tensor<35x21xf32>) -> tensor<19x21xbf16> attributes {test.tolerance = 0.0} {
  ^bb0(%x0: tensor<19x35xbf16>, %w0: tensor<35x21xf32>):
    %0 = gan.cast %x0 : tensor<19x35xbf16> -> tensor<19x35xf32>
    %1 = gan.matmul %0, %w0 order <splits = 1, lanes = 1> : tensor<19x35xf32>, tensor<35x21xf32> -> tensor<19x21xf32>
    %2 = gan.cast %1 : tensor<19x21xf32> -> tensor<19x21xbf16>
    gan.yield %2 : tensor<19x21xbf16>
  }
  return %r : tensor<19x21xbf16>
}

// Operands as memory holds them: k along the first, then along the second.
// CHECK: k6_contraction: {{[0-9]+}} tiles,{{.*}} near on sim, right
func.func @held(%x: tensor<35x33xbf16>, %w: tensor<33x49xbf16>) -> tensor<35x49xf32> {
  %r = gan.kernel hero(contraction) (%x, %w) : (tensor<35x33xbf16>, tensor<33x49xbf16>) -> tensor<35x49xf32> attributes {test.tolerance = 0.0} {
  ^bb0(%x0: tensor<35x33xbf16>, %w0: tensor<33x49xbf16>):
    %0 = gan.cast %x0 : tensor<35x33xbf16> -> tensor<35x33xf32>
    %1 = gan.cast %w0 : tensor<33x49xbf16> -> tensor<33x49xf32>
    %2 = gan.matmul %0, %1 order <splits = 1, lanes = 1> : tensor<35x33xf32>, tensor<33x49xf32> -> tensor<35x49xf32>
    gan.yield %2 : tensor<35x49xf32>
  }
  return %r : tensor<35x49xf32>
}

// CHECK: k7_contraction: {{[0-9]+}} tiles,{{.*}} near on sim, right
func.func @turned_operands(%x: tensor<33x40xbf16>, %w: tensor<48x33xbf16>) -> tensor<40x48xbf16> {
  %r = gan.kernel hero(contraction) (%x, %w) : (tensor<33x40xbf16>, tensor<48x33xbf16>) -> tensor<40x48xbf16> attributes {test.tolerance = 0.0} {
  ^bb0(%x0: tensor<33x40xbf16>, %w0: tensor<48x33xbf16>):
    %0 = gan.cast %x0 : tensor<33x40xbf16> -> tensor<33x40xf32>
    %1 = gan.cast %w0 : tensor<48x33xbf16> -> tensor<48x33xf32>
    %2 = gan.matmul %0, %1 order <splits = 1, lanes = 1> {transpose_a, transpose_b} : tensor<33x40xf32>, tensor<48x33xf32> -> tensor<40x48xf32>
    %3 = gan.cast %2 : tensor<40x48xf32> -> tensor<40x48xbf16>
    gan.yield %3 : tensor<40x48xbf16>
  }
  return %r : tensor<40x48xbf16>
}

// A border around what memory holds in bf16; a prologue beside it; an epilogue that reads bf16, and sums over parts of rows, which see what is not rounded.
// CHECK: k8_contraction: {{[0-9]+}} tiles,{{.*}} near on sim, right
func.func @convolution(%x: tensor<2x16x16x24xbf16>, %w: tensor<4x4x24x32xf32>, %m: tensor<2x8x8x32xbf16>) -> (tensor<2x8x8x32xbf16>, tensor<2x2x32xf32>) {
  %r:2 = gan.kernel hero(contraction) (%x, %w, %m) : (tensor<2x16x16x24xbf16>, tensor<4x4x24x32xf32>, tensor<2x8x8x32xbf16>) -> (tensor<2x8x8x32xbf16>, tensor<2x2x32xf32>) attributes {test.tolerance = 8.0e-3} {
  ^bb0(%x0: tensor<2x16x16x24xbf16>, %w0: tensor<4x4x24x32xf32>, %m0: tensor<2x8x8x32xbf16>):
    %0 = gan.cast %x0 : tensor<2x16x16x24xbf16> -> tensor<2x16x16x24xf32>
    %1 = gan.neg %w0 : tensor<4x4x24x32xf32>
    %2 = gan.round %1 to bf16 : tensor<4x4x24x32xf32>
    %3 = gan.conv2d %0, %2 strides = [2, 2] padding = [1, 1, 1, 1] order <splits = 1, lanes = 1> : tensor<2x16x16x24xf32>, tensor<4x4x24x32xf32> -> tensor<2x8x8x32xf32>
    %4 = gan.cast %m0 : tensor<2x8x8x32xbf16> -> tensor<2x8x8x32xf32>
    %5 = gan.sub %3, %4 : tensor<2x8x8x32xf32>
    %6 = gan.reshape %3 : tensor<2x8x8x32xf32> -> tensor<2x2x4x8x32xf32>
    %7 = gan.sum %6 dims = [2, 3] order <splits = 1, lanes = 1> : tensor<2x2x4x8x32xf32> -> tensor<2x2x32xf32>
    %8 = gan.cast %5 : tensor<2x8x8x32xf32> -> tensor<2x8x8x32xbf16>
    gan.yield %8, %7 : tensor<2x8x8x32xbf16>, tensor<2x2x32xf32>
  }
  return %r#0, %r#1 : tensor<2x8x8x32xbf16>, tensor<2x2x32xf32>
}

// Gradients: phases of rows; parts of k.
// CHECK: k9_contraction: {{[0-9]+}} tiles,{{.*}} near on sim, right
func.func @input_grad(%dy: tensor<2x8x8x32xbf16>, %w: tensor<4x4x24x32xbf16>) -> tensor<2x16x16x24xbf16> {
  %r = gan.kernel hero(contraction) (%dy, %w) : (tensor<2x8x8x32xbf16>, tensor<4x4x24x32xbf16>) -> tensor<2x16x16x24xbf16> attributes {test.tolerance = 0.0} {
  ^bb0(%dy0: tensor<2x8x8x32xbf16>, %w0: tensor<4x4x24x32xbf16>):
    %0 = gan.cast %dy0 : tensor<2x8x8x32xbf16> -> tensor<2x8x8x32xf32>
    %1 = gan.cast %w0 : tensor<4x4x24x32xbf16> -> tensor<4x4x24x32xf32>
    %2 = gan.conv2d_input_grad %0, %1 strides = [2, 2] padding = [1, 1, 1, 1] order <splits = 1, lanes = 1> : tensor<2x8x8x32xf32>, tensor<4x4x24x32xf32> -> tensor<2x16x16x24xf32>
    %3 = gan.cast %2 : tensor<2x16x16x24xf32> -> tensor<2x16x16x24xbf16>
    gan.yield %3 : tensor<2x16x16x24xbf16>
  }
  return %r : tensor<2x16x16x24xbf16>
}

// CHECK: k10_contraction: {{[0-9]+}} tiles,{{.*}} near on sim, right
func.func @weight_grad(%x: tensor<2x16x16x24xbf16>, %dy: tensor<2x8x8x32xbf16>) -> tensor<4x4x24x32xf32> {
  %r = gan.kernel hero(contraction) (%x, %dy) : (tensor<2x16x16x24xbf16>, tensor<2x8x8x32xbf16>) -> tensor<4x4x24x32xf32> attributes {test.tolerance = 8.0e-3} {
  ^bb0(%x0: tensor<2x16x16x24xbf16>, %dy0: tensor<2x8x8x32xbf16>):
    %0 = gan.cast %x0 : tensor<2x16x16x24xbf16> -> tensor<2x16x16x24xf32>
    %1 = gan.tanh %0 : tensor<2x16x16x24xf32>
    %2 = gan.round %1 to bf16 : tensor<2x16x16x24xf32>
    %3 = gan.cast %dy0 : tensor<2x8x8x32xbf16> -> tensor<2x8x8x32xf32>
    %4 = gan.conv2d_weight_grad %2, %3 strides = [2, 2] padding = [1, 1, 1, 1] order <splits = 2, lanes = 1> : tensor<2x16x16x24xf32>, tensor<2x8x8x32xf32> -> tensor<4x4x24x32xf32>
    gan.yield %4 : tensor<4x4x24x32xf32>
  }
  return %r : tensor<4x4x24x32xf32>
}

// Tiles of 128, and of 64 rows by wgmma.
// CHECK: k11_contraction: {{[0-9]+}} tiles,{{.*}} near on sim, right
func.func @large(%x: tensor<1024x64xbf16>, %w: tensor<64x512xbf16>) -> tensor<1024x512xbf16> {
  %r = gan.kernel hero(contraction) (%x, %w) : (tensor<1024x64xbf16>, tensor<64x512xbf16>) -> tensor<1024x512xbf16> attributes {test.tolerance = 0.0} {
  ^bb0(%x0: tensor<1024x64xbf16>, %w0: tensor<64x512xbf16>):
    %0 = gan.cast %x0 : tensor<1024x64xbf16> -> tensor<1024x64xf32>
    %1 = gan.cast %w0 : tensor<64x512xbf16> -> tensor<64x512xf32>
    %2 = gan.matmul %0, %1 order <splits = 1, lanes = 1> : tensor<1024x64xf32>, tensor<64x512xf32> -> tensor<1024x512xf32>
    %3 = gan.cast %2 : tensor<1024x512xf32> -> tensor<1024x512xbf16>
    gan.yield %3 : tensor<1024x512xbf16>
  }
  return %r : tensor<1024x512xbf16>
}

// Copied as they lie: a ring of three stages, and one that is not full.
// CHECK: k12_contraction: {{[0-9]+}} tiles,{{.*}} near on sim, right
func.func @copied(%x: tensor<1024x200xbf16>, %w: tensor<512x200xbf16>) -> tensor<1024x512xf32> {
  %r = gan.kernel hero(contraction) (%x, %w) : (tensor<1024x200xbf16>, tensor<512x200xbf16>) -> tensor<1024x512xf32> attributes {test.tolerance = 0.0} {
  ^bb0(%x0: tensor<1024x200xbf16>, %w0: tensor<512x200xbf16>):
    %0 = gan.cast %x0 : tensor<1024x200xbf16> -> tensor<1024x200xf32>
    %1 = gan.cast %w0 : tensor<512x200xbf16> -> tensor<512x200xf32>
    %2 = gan.matmul %0, %1 order <splits = 1, lanes = 1> {transpose_b} : tensor<1024x200xf32>, tensor<512x200xf32> -> tensor<1024x512xf32>
    gan.yield %2 : tensor<1024x512xf32>
  }
  return %r : tensor<1024x512xf32>
}

// By 4 bytes, beyond the last row and column; slices share k.
// CHECK: k13_contraction: {{[0-9]+}} tiles,{{.*}} near on sim, right
func.func @copied_in_pairs(%x: tensor<50x270xbf16>, %w: tensor<37x270xbf16>) -> tensor<50x37xf32> {
  %r = gan.kernel hero(contraction) (%x, %w) : (tensor<50x270xbf16>, tensor<37x270xbf16>) -> tensor<50x37xf32> attributes {test.tolerance = 0.0} {
  ^bb0(%x0: tensor<50x270xbf16>, %w0: tensor<37x270xbf16>):
    %0 = gan.cast %x0 : tensor<50x270xbf16> -> tensor<50x270xf32>
    %1 = gan.cast %w0 : tensor<37x270xbf16> -> tensor<37x270xf32>
    %2 = gan.matmul %0, %1 order <splits = 1, lanes = 1> {transpose_b} : tensor<50x270xf32>, tensor<37x270xf32> -> tensor<50x37xf32>
    gan.yield %2 : tensor<50x37xf32>
  }
  return %r : tensor<50x37xf32>
}
