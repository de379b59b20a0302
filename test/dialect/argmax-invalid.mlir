// RUN: gan-opt %s -verify-diagnostics -split-input-file

func.func @c1(%x: tensor<8x10xf32>) {
  // expected-error@+1 {{'dims' must name axes of [8, 10], at least one and each once, found [2]}}
  %y = gan.argmax %x dims = [2] : tensor<8x10xf32> -> tensor<8xi32>
  return
}

// -----

func.func @c2(%x: tensor<8x10xf32>) {
  // expected-error@+1 {{expected 'y' of shape [8], found [10]}}
  %y = gan.argmax %x dims = [1] : tensor<8x10xf32> -> tensor<10xi32>
  return
}
