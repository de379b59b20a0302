// RUN: gan-opt %s -verify-diagnostics -split-input-file

func.func @c1(%x: tensor<8x10xf32>) {
  // expected-error@+1 {{'offsets' and the result must have the rank of [8, 10], found [0] and [8, 6]}}
  %y = gan.slice %x offsets = [0] : tensor<8x10xf32> -> tensor<8x6xf32>
  return
}

// -----

func.func @c2(%x: tensor<8x10xf32>) {
  // expected-error@+1 {{a box [8, 6] at [0, 5] does not lie inside [8, 10]}}
  %y = gan.slice %x offsets = [0, 5] : tensor<8x10xf32> -> tensor<8x6xf32>
  return
}
