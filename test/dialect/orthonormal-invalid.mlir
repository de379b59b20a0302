// RUN: gan-opt %s -verify-diagnostics -split-input-file

func.func @c1(%x: tensor<2x3x4xf32>) {
  // expected-error@+1 {{needs a matrix, found [2, 3, 4]}}
  %y = gan.orthonormal %x : tensor<2x3x4xf32>
  return
}

// -----

func.func @c2(%x: tensor<4x3xf32>) {
  // expected-error@+1 {{needs no more rows than columns, found 4 and 3}}
  %y = gan.orthonormal %x : tensor<4x3xf32>
  return
}
