// RUN: gan-opt %s -verify-diagnostics -split-input-file

func.func @c1(%x: tensor<2x3xf32>) {
  // expected-error@+1 {{'permutation' must hold each axis of [2, 3] once, found [0, 0]}}
  %y = gan.transpose %x permutation = [0, 0] : tensor<2x3xf32> -> tensor<2x2xf32>
  return
}

// -----

func.func @c2(%x: tensor<2x3xf32>) {
  // expected-error@+1 {{expected 'y' of shape [3, 2], found [2, 3]}}
  %y = gan.transpose %x permutation = [1, 0] : tensor<2x3xf32> -> tensor<2x3xf32>
  return
}
