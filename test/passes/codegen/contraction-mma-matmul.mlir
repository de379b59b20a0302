// RUN: gan-run-kernel --sim %s | FileCheck %s
// RUN: gan-run-kernel --sim --gpu=sm_90a %s | FileCheck %s

// Products of tensor cores: tiles of 32, 64 and 128, both operands along k and across it. How near is in CheckKernel.cpp.

// Rows of k side by side in a, columns in b; neither fills a tile.
// CHECK: k0_contraction: {{[0-9]+}} tiles,{{.*}} near on sim, right
func.func @f0(%a: tensor<40x72xf32>, %b: tensor<72x48xf32>) -> tensor<40x48xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<40x72xf32>, tensor<72x48xf32>) -> tensor<40x48xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%x: tensor<40x72xf32>, %y: tensor<72x48xf32>):
    %ra = gan.round %x to tf32 : tensor<40x72xf32>
    %rb = gan.round %y to tf32 : tensor<72x48xf32>
    %0 = gan.matmul %ra, %rb order <splits = 1, lanes = 1> : tensor<40x72xf32>, tensor<72x48xf32> -> tensor<40x48xf32>
    gan.yield %0 : tensor<40x48xf32>
  }
  return %r : tensor<40x48xf32>
}

// The other way round; two parts.
// CHECK: k1_contraction: {{[0-9]+}} tiles,{{.*}} near on sim, right
func.func @f1(%a: tensor<72x40xf32>, %b: tensor<48x72xf32>) -> tensor<40x48xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<72x40xf32>, tensor<48x72xf32>) -> tensor<40x48xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%x: tensor<72x40xf32>, %y: tensor<48x72xf32>):
    %ra = gan.round %x to tf32 : tensor<72x40xf32>
    %rb = gan.round %y to tf32 : tensor<48x72xf32>
    %0 = gan.matmul %ra, %rb order <splits = 2, lanes = 1> {transpose_a, transpose_b} : tensor<72x40xf32>, tensor<48x72xf32> -> tensor<40x48xf32>
    gan.yield %0 : tensor<40x48xf32>
  }
  return %r : tensor<40x48xf32>
}

// Sizes that no vector divides.
// CHECK: k2_contraction: {{[0-9]+}} tiles,{{.*}} near on sim, right
func.func @f2(%a: tensor<33x35xf32>, %b: tensor<35x47xf32>) -> tensor<33x47xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<33x35xf32>, tensor<35x47xf32>) -> tensor<33x47xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%x: tensor<33x35xf32>, %y: tensor<35x47xf32>):
    %ra = gan.round %x to tf32 : tensor<33x35xf32>
    %rb = gan.round %y to tf32 : tensor<35x47xf32>
    %0 = gan.matmul %ra, %rb order <splits = 1, lanes = 1> : tensor<33x35xf32>, tensor<35x47xf32> -> tensor<33x47xf32>
    gan.yield %0 : tensor<33x47xf32>
  }
  return %r : tensor<33x47xf32>
}

// The same in bf16, whose words hold two steps.
// CHECK: k3_contraction: {{[0-9]+}} tiles,{{.*}} near on sim, right
func.func @f3(%a: tensor<33x35xf32>, %b: tensor<35x47xf32>) -> tensor<33x47xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<33x35xf32>, tensor<35x47xf32>) -> tensor<33x47xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%x: tensor<33x35xf32>, %y: tensor<35x47xf32>):
    %ra = gan.round %x to bf16 : tensor<33x35xf32>
    %rb = gan.round %y to bf16 : tensor<35x47xf32>
    %0 = gan.matmul %ra, %rb order <splits = 1, lanes = 1> : tensor<33x35xf32>, tensor<35x47xf32> -> tensor<33x47xf32>
    gan.yield %0 : tensor<33x47xf32>
  }
  return %r : tensor<33x47xf32>
}

// Transposed in bf16, three parts, the last shorter.
// CHECK: k4_contraction: {{[0-9]+}} tiles,{{.*}} near on sim, right
func.func @f4(%a: tensor<100x36xf32>, %b: tensor<44x100xf32>) -> tensor<36x44xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<100x36xf32>, tensor<44x100xf32>) -> tensor<36x44xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%x: tensor<100x36xf32>, %y: tensor<44x100xf32>):
    %ra = gan.round %x to bf16 : tensor<100x36xf32>
    %rb = gan.round %y to bf16 : tensor<44x100xf32>
    %0 = gan.matmul %ra, %rb order <splits = 3, lanes = 1> {transpose_a, transpose_b} : tensor<100x36xf32>, tensor<44x100xf32> -> tensor<36x44xf32>
    gan.yield %0 : tensor<36x44xf32>
  }
  return %r : tensor<36x44xf32>
}

// Tiles of 64, a prologue and an epilogue.
// CHECK: k5_contraction: {{[0-9]+}} tiles,{{.*}} near on sim, right
func.func @f5(%a: tensor<500x40xf32>, %b: tensor<40x512xf32>) -> tensor<500x512xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<500x40xf32>, tensor<40x512xf32>) -> tensor<500x512xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%x: tensor<500x40xf32>, %y: tensor<40x512xf32>):
    %p = gan.neg %x : tensor<500x40xf32>
    %ra = gan.round %p to tf32 : tensor<500x40xf32>
    %rb = gan.round %y to tf32 : tensor<40x512xf32>
    %0 = gan.matmul %ra, %rb order <splits = 1, lanes = 1> : tensor<500x40xf32>, tensor<40x512xf32> -> tensor<500x512xf32>
    %1 = gan.tanh %0 : tensor<500x512xf32>
    gan.yield %1 : tensor<500x512xf32>
  }
  return %r : tensor<500x512xf32>
}

// Tiles of 128.
// CHECK: k6_contraction: {{[0-9]+}} tiles,{{.*}} near on sim, right
func.func @f6(%a: tensor<1024x32xf32>, %b: tensor<32x1000xf32>) -> tensor<1024x1000xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<1024x32xf32>, tensor<32x1000xf32>) -> tensor<1024x1000xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%x: tensor<1024x32xf32>, %y: tensor<32x1000xf32>):
    %ra = gan.round %x to tf32 : tensor<1024x32xf32>
    %rb = gan.round %y to tf32 : tensor<32x1000xf32>
    %0 = gan.matmul %ra, %rb order <splits = 1, lanes = 1> : tensor<1024x32xf32>, tensor<32x1000xf32> -> tensor<1024x1000xf32>
    gan.yield %0 : tensor<1024x1000xf32>
  }
  return %r : tensor<1024x1000xf32>
}

// And in bf16.
// CHECK: k7_contraction: {{[0-9]+}} tiles,{{.*}} near on sim, right
func.func @f7(%a: tensor<1024x68xf32>, %b: tensor<68x1024xf32>) -> tensor<1024x1024xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<1024x68xf32>, tensor<68x1024xf32>) -> tensor<1024x1024xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%x: tensor<1024x68xf32>, %y: tensor<68x1024xf32>):
    %ra = gan.round %x to bf16 : tensor<1024x68xf32>
    %rb = gan.round %y to bf16 : tensor<68x1024xf32>
    %0 = gan.matmul %ra, %rb order <splits = 1, lanes = 1> : tensor<1024x68xf32>, tensor<68x1024xf32> -> tensor<1024x1024xf32>
    gan.yield %0 : tensor<1024x1024xf32>
  }
  return %r : tensor<1024x1024xf32>
}

// A batch of matrices.
// CHECK: k8_contraction: {{[0-9]+}} tiles,{{.*}} near on sim, right
func.func @f8(%a: tensor<3x20x36xf32>, %b: tensor<3x36x24xf32>) -> tensor<3x20x24xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<3x20x36xf32>, tensor<3x36x24xf32>) -> tensor<3x20x24xf32> attributes {test.tolerance = 1.0e-4} {
  ^bb0(%x: tensor<3x20x36xf32>, %y: tensor<3x36x24xf32>):
    %ra = gan.round %x to tf32 : tensor<3x20x36xf32>
    %rb = gan.round %y to tf32 : tensor<3x36x24xf32>
    %0 = gan.matmul %ra, %rb order <splits = 1, lanes = 1> : tensor<3x20x36xf32>, tensor<3x36x24xf32> -> tensor<3x20x24xf32>
    gan.yield %0 : tensor<3x20x24xf32>
  }
  return %r : tensor<3x20x24xf32>
}
