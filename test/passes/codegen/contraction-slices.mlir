// RUN: gan-run-kernel --sim %s | FileCheck %s

// Few tiles and a long k: slices of a block share it, whole parts where there are parts.

// Eight parts by four slices, two each; the bits of the CPU.
// CHECK: k0_contraction: {{[0-9]+}} tiles, sim, right
func.func @f0(%a: tensor<8x16x16x12xf32>, %b: tensor<8x16x16x20xf32>) -> tensor<3x3x12x20xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<8x16x16x12xf32>, tensor<8x16x16x20xf32>) -> tensor<3x3x12x20xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%x: tensor<8x16x16x12xf32>, %y: tensor<8x16x16x20xf32>):
    %0 = gan.conv2d_weight_grad %x, %y strides = [1, 1] padding = [1, 1, 1, 1] order <splits = 8, lanes = 1> : tensor<8x16x16x12xf32>, tensor<8x16x16x20xf32> -> tensor<3x3x12x20xf32>
    gan.yield %0 : tensor<3x3x12x20xf32>
  }
  return %r : tensor<3x3x12x20xf32>
}

// Four parts of one slice each, transposed operands.
// CHECK: k1_contraction: {{[0-9]+}} tiles, sim, right
func.func @f1(%a: tensor<256x40xf32>, %b: tensor<256x36xf32>) -> tensor<40x36xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<256x40xf32>, tensor<256x36xf32>) -> tensor<40x36xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%x: tensor<256x40xf32>, %y: tensor<256x36xf32>):
    %0 = gan.matmul %x, %y order <splits = 4, lanes = 1> {transpose_a} : tensor<256x40xf32>, tensor<256x36xf32> -> tensor<40x36xf32>
    gan.yield %0 : tensor<40x36xf32>
  }
  return %r : tensor<40x36xf32>
}

// Twelve parts: three each are no power of two, so there are no slices.
// CHECK: k2_contraction: {{[0-9]+}} tiles, sim, right
func.func @f2(%a: tensor<4x12x16x8xf32>, %b: tensor<4x12x16x20xf32>) -> tensor<3x3x8x20xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<4x12x16x8xf32>, tensor<4x12x16x20xf32>) -> tensor<3x3x8x20xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%x: tensor<4x12x16x8xf32>, %y: tensor<4x12x16x20xf32>):
    %0 = gan.conv2d_weight_grad %x, %y strides = [1, 1] padding = [1, 1, 1, 1] order <splits = 12, lanes = 1> : tensor<4x12x16x8xf32>, tensor<4x12x16x20xf32> -> tensor<3x3x8x20xf32>
    gan.yield %0 : tensor<3x3x8x20xf32>
  }
  return %r : tensor<3x3x8x20xf32>
}

// Tensor cores: eight parts by four slices.
// CHECK: k3_contraction: {{[0-9]+}} tiles,{{.*}} near on sim, right
func.func @f3(%a: tensor<8x16x16x12xf32>, %b: tensor<8x16x16x20xf32>) -> tensor<3x3x12x20xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<8x16x16x12xf32>, tensor<8x16x16x20xf32>) -> tensor<3x3x12x20xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%x: tensor<8x16x16x12xf32>, %y: tensor<8x16x16x20xf32>):
    %ra = gan.round %x to tf32 : tensor<8x16x16x12xf32>
    %rb = gan.round %y to tf32 : tensor<8x16x16x20xf32>
    %0 = gan.conv2d_weight_grad %ra, %rb strides = [1, 1] padding = [1, 1, 1, 1] order <splits = 8, lanes = 1> : tensor<8x16x16x12xf32>, tensor<8x16x16x20xf32> -> tensor<3x3x12x20xf32>
    gan.yield %0 : tensor<3x3x12x20xf32>
  }
  return %r : tensor<3x3x12x20xf32>
}

// One part, cut anywhere, the last slice shorter; bf16.
// CHECK: k4_contraction: {{[0-9]+}} tiles,{{.*}} near on sim, right
func.func @f4(%a: tensor<40x300xf32>, %b: tensor<300x36xf32>) -> tensor<40x36xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<40x300xf32>, tensor<300x36xf32>) -> tensor<40x36xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%x: tensor<40x300xf32>, %y: tensor<300x36xf32>):
    %ra = gan.round %x to bf16 : tensor<40x300xf32>
    %rb = gan.round %y to bf16 : tensor<300x36xf32>
    %0 = gan.matmul %ra, %rb order <splits = 1, lanes = 1> : tensor<40x300xf32>, tensor<300x36xf32> -> tensor<40x36xf32>
    %1 = gan.tanh %0 : tensor<40x36xf32>
    gan.yield %1 : tensor<40x36xf32>
  }
  return %r : tensor<40x36xf32>
}

// Tiles of 64, two slices, the last half empty.
// CHECK: k5_contraction: {{[0-9]+}} tiles,{{.*}} near on sim, right
func.func @f5(%a: tensor<500x200xf32>, %b: tensor<200x510xf32>) -> tensor<500x510xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<500x200xf32>, tensor<200x510xf32>) -> tensor<500x510xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%x: tensor<500x200xf32>, %y: tensor<200x510xf32>):
    %ra = gan.round %x to tf32 : tensor<500x200xf32>
    %rb = gan.round %y to tf32 : tensor<200x510xf32>
    %0 = gan.matmul %ra, %rb order <splits = 1, lanes = 1> : tensor<500x200xf32>, tensor<200x510xf32> -> tensor<500x510xf32>
    gan.yield %0 : tensor<500x510xf32>
  }
  return %r : tensor<500x510xf32>
}

// A strided gradient of an input, every phase in slices.
// CHECK: k6_contraction: {{[0-9]+}} tiles,{{.*}} near on sim, right
func.func @f6(%a: tensor<1x4x4x80xf32>, %b: tensor<4x4x40x80xf32>) -> tensor<1x8x8x40xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<1x4x4x80xf32>, tensor<4x4x40x80xf32>) -> tensor<1x8x8x40xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%x: tensor<1x4x4x80xf32>, %y: tensor<4x4x40x80xf32>):
    %ra = gan.round %x to tf32 : tensor<1x4x4x80xf32>
    %rb = gan.round %y to tf32 : tensor<4x4x40x80xf32>
    %0 = gan.conv2d_input_grad %ra, %rb strides = [2, 2] padding = [1, 1, 1, 1] order <splits = 1, lanes = 1> : tensor<1x4x4x80xf32>, tensor<4x4x40x80xf32> -> tensor<1x8x8x40xf32>
    gan.yield %0 : tensor<1x8x8x40xf32>
  }
  return %r : tensor<1x8x8x40xf32>
}

// Few pixels, skipped borders on the CPU, two parts by slices: not four, so none.
// CHECK: k7_contraction: {{[0-9]+}} tiles,{{.*}} near on sim, right
func.func @f7(%a: tensor<32x4x4x16xf32>, %b: tensor<32x2x2x24xf32>) -> tensor<4x4x16x24xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<32x4x4x16xf32>, tensor<32x2x2x24xf32>) -> tensor<4x4x16x24xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%x: tensor<32x4x4x16xf32>, %y: tensor<32x2x2x24xf32>):
    %p = gan.neg %x : tensor<32x4x4x16xf32>
    %ra = gan.round %p to tf32 : tensor<32x4x4x16xf32>
    %rb = gan.round %y to tf32 : tensor<32x2x2x24xf32>
    %0 = gan.conv2d_weight_grad %ra, %rb strides = [2, 2] padding = [1, 1, 1, 1] order <splits = 2, lanes = 1> : tensor<32x4x4x16xf32>, tensor<32x2x2x24xf32> -> tensor<4x4x16x24xf32>
    gan.yield %0 : tensor<4x4x16x24xf32>
  }
  return %r : tensor<4x4x16x24xf32>
}
