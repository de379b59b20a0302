// RUN: gan-opt %s -verify-diagnostics -split-input-file

func.func @c1(%x: tensor<8x4xf32>) {
  // expected-error@+1 {{'dims' must rise strictly within the axes of [8, 4], found [1, 0]}}
  %y = gan.sum %x dims = [1, 0] : tensor<8x4xf32> -> tensor<f32>
  return
}

// -----

func.func @c2(%x: tensor<8x4xf32>) {
  // expected-error@+1 {{expected 'y' of shape [4], found [8]}}
  %y = gan.sum %x dims = [0] : tensor<8x4xf32> -> tensor<8xf32>
  return
}
