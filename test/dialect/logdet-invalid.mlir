// RUN: gan-opt %s -verify-diagnostics -split-input-file

func.func @c1(%x: tensor<1x2x3x3xf32>) {
  // expected-error@+1 {{needs a matrix, or several along axis 0, found [1, 2, 3, 3]}}
  %y = gan.logdet %x : tensor<1x2x3x3xf32> -> tensor<1x2xf32>
  return
}

// -----

func.func @c2(%x: tensor<4x3xf32>) {
  // expected-error@+1 {{needs as many rows as columns, found 4 and 3}}
  %y = gan.logdet %x : tensor<4x3xf32> -> tensor<f32>
  return
}

// -----

func.func @c3(%x: tensor<2x3x3xf32>) {
  // expected-error@+1 {{expected 'y' of shape [2], found []}}
  %y = gan.logdet %x : tensor<2x3x3xf32> -> tensor<f32>
  return
}
