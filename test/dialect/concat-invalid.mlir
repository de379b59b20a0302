// RUN: gan-opt %s -verify-diagnostics -split-input-file

// C1: something to lay end to end
// expected-error@+1 {{expected 1 or more operands, but found 0}}
%0 = "gan.concat"() {dim = 0 : i64} : () -> tensor<4xf32>

// -----

func.func @c1_rank(%a: tensor<8x10xf32>, %b: tensor<4xf32>) {
  // expected-error@+1 {{operands must have one rank, found [8, 10] and [4]}}
  %y = gan.concat %a, %b dim = 0 : tensor<8x10xf32>, tensor<4xf32> -> tensor<12x10xf32>
  return
}

// -----

func.func @c1_dim(%a: tensor<8x10xf32>) {
  // expected-error@+1 {{'dim' must be an axis of [8, 10], found 2}}
  %y = gan.concat %a, %a dim = 2 : tensor<8x10xf32>, tensor<8x10xf32> -> tensor<8x20xf32>
  return
}

// -----

func.func @c2(%a: tensor<8x10xf32>, %b: tensor<4x9xf32>) {
  // expected-error@+1 {{operands must agree on every axis but 0, found [8, 10] and [4, 9]}}
  %y = gan.concat %a, %b dim = 0 : tensor<8x10xf32>, tensor<4x9xf32> -> tensor<12x10xf32>
  return
}

// -----

func.func @c3(%a: tensor<8x10xf32>) {
  // expected-error@+1 {{expected 'y' of shape [16, 10], found [15, 10]}}
  %y = gan.concat %a, %a dim = 0 : tensor<8x10xf32>, tensor<8x10xf32> -> tensor<15x10xf32>
  return
}
