// RUN: gan-opt %s -verify-diagnostics -split-input-file

func.func @c1_count(%x: tensor<3xf32>) {
  // expected-error@+1 {{'dims' must give an axis of [4, 3] to each axis of [3], strictly rising, found [0, 1]}}
  %y = gan.broadcast %x dims = [0, 1] : tensor<3xf32> -> tensor<4x3xf32>
  return
}

// -----

func.func @c1_order(%x: tensor<3x3xf32>) {
  // expected-error@+1 {{strictly rising, found [1, 0]}}
  %y = gan.broadcast %x dims = [1, 0] : tensor<3x3xf32> -> tensor<3x3xf32>
  return
}

// -----

func.func @c2(%x: tensor<1x3xf32>) {
  // expected-error@+1 {{axis 0 of 'x' has extent 1, but axis 0 of the result has 4}}
  %y = gan.broadcast %x dims = [0, 1] : tensor<1x3xf32> -> tensor<4x3xf32>
  return
}
