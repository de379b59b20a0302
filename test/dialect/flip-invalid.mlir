// RUN: gan-opt %s -verify-diagnostics -split-input-file

func.func @c1(%x: tensor<8x10xf32>) {
  // expected-error@+1 {{'dims' must rise strictly within the axes of [8, 10], found [1, 0]}}
  %y = gan.flip %x dims = [1, 0] : tensor<8x10xf32>
  return
}
