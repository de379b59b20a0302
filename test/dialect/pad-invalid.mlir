// RUN: gan-opt %s -verify-diagnostics -split-input-file

func.func @c1(%x: tensor<8x6xf32>) {
  // expected-error@+1 {{'low' must have a number >= 0 for each axis of [8, 6] and of the result, found [0, -1]}}
  %y = gan.pad %x low = [0, -1] : tensor<8x6xf32> -> tensor<8x10xf32>
  return
}

// -----

func.func @c2(%x: tensor<8x6xf32>) {
  // expected-error@+1 {{[8, 6] at [0, 5] does not fit into [8, 10]}}
  %y = gan.pad %x low = [0, 5] : tensor<8x6xf32> -> tensor<8x10xf32>
  return
}
