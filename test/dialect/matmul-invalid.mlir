// RUN: gan-opt %s -verify-diagnostics -split-input-file

func.func @c1(%a: tensor<8x100xf32>, %b: tensor<100xf32>) {
  // expected-error@+1 {{operands must be two matrices, or two batches of one size of them, found [8, 100] and [100]}}
  %y = gan.matmul %a, %b : tensor<8x100xf32>, tensor<100xf32> -> tensor<8x1xf32>
  return
}

// -----

func.func @c1_batch(%a: tensor<8x4x100xf32>, %b: tensor<4x100x2xf32>) {
  // expected-error@+1 {{or two batches of one size of them, found [8, 4, 100] and [4, 100, 2]}}
  %y = gan.matmul %a, %b : tensor<8x4x100xf32>, tensor<4x100x2xf32> -> tensor<8x4x2xf32>
  return
}

// -----

func.func @c2(%a: tensor<8x100xf32>, %b: tensor<100x64xf32>) {
  // expected-error@+1 {{inner extents must agree, found 100 in 'a' and 64 in 'b'}}
  %y = gan.matmul %a, %b {transpose_b} : tensor<8x100xf32>, tensor<100x64xf32> -> tensor<8x100xf32>
  return
}

// -----

func.func @c3(%a: tensor<8x100xf32>, %b: tensor<100x64xf32>) {
  // expected-error@+1 {{expected 'y' of shape [8, 64], found [64, 8]}}
  %y = gan.matmul %a, %b : tensor<8x100xf32>, tensor<100x64xf32> -> tensor<64x8xf32>
  return
}

// -----

func.func @c3_batch(%a: tensor<8x4x100xf32>, %b: tensor<8x100x2xf32>) {
  // expected-error@+1 {{expected 'y' of shape [8, 4, 2], found [4, 8, 2]}}
  %y = gan.matmul %a, %b : tensor<8x4x100xf32>, tensor<8x100x2xf32> -> tensor<4x8x2xf32>
  return
}
