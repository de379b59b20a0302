// RUN: gan-opt %s -verify-diagnostics -split-input-file

func.func @c1(%x: tensor<4xf32>) {
  // expected-error@+1 {{needs a matrix, or several along axis 0, found [4]}}
  %y = gan.inverse %x : tensor<4xf32>
  return
}

// -----

func.func @c2(%x: tensor<2x4x3xf32>) {
  // expected-error@+1 {{needs as many rows as columns, found 4 and 3}}
  %y = gan.inverse %x : tensor<2x4x3xf32>
  return
}
