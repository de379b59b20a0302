// RUN: gan-opt %s -verify-diagnostics -split-input-file

func.func @c1(%x: tensor<8x4xf32>) {
  // expected-error@+1 {{[8, 4] has 32 elements, but [31] has 31}}
  %y = gan.reshape %x : tensor<8x4xf32> -> tensor<31xf32>
  return
}

// -----

func.func @c2(%x: tensor<8x4xf32>) {
  // expected-error@+1 {{requires the same element type for all operands and results}}
  %y = gan.reshape %x : tensor<8x4xf32> -> tensor<32xf64>
  return
}
