// RUN: gan-opt %s -verify-diagnostics -split-input-file

// unary: one type for operand and result.
func.func @unary(%x: tensor<4xf32>) {
  // expected-error@+1 {{requires the same type for all operands and results}}
  %y = "gan.neg"(%x) : (tensor<4xf32>) -> tensor<4xf64>
  return
}

// -----

// binary: no implicit broadcast.
func.func @binary(%a: tensor<4xf32>, %b: tensor<1xf32>) {
  // expected-error@+1 {{all non-scalar operands/results must have the same shape}}
  %y = "gan.add"(%a, %b) : (tensor<4xf32>, tensor<1xf32>) -> tensor<4xf32>
  return
}

// -----

// compare C1
func.func @compare_c1(%a: tensor<4xf32>) {
  // expected-error@+1 {{all non-scalar operands/results must have the same shape}}
  %y = gan.compare eq, %a, %a : tensor<4xf32> -> tensor<2x2xi1>
  return
}

// -----

// select C1
func.func @select_c1(%c: tensor<2xi1>, %a: tensor<4xf32>) {
  // expected-error@+1 {{all non-scalar operands/results must have the same shape}}
  %y = gan.select %c, %a, %a : tensor<2xi1>, tensor<4xf32>
  return
}

// -----

// cast C1
func.func @cast_c1(%x: tensor<4xi1>) {
  // expected-error@+1 {{all non-scalar operands/results must have the same shape}}
  %y = gan.cast %x : tensor<4xi1> -> tensor<2x2xf32>
  return
}

// -----

// cast C2
func.func @cast_c2(%x: tensor<4xi1>) {
  // expected-error@+1 {{must be statically shaped tensor of 32-bit float or 64-bit float or bfloat16 type values}}
  %y = gan.cast %x : tensor<4xi1> -> tensor<4xi32>
  return
}

// -----

// cast C3
func.func @cast_c3(%x: tensor<4xi32>) {
  // expected-error@+1 {{of bf16 has f32 on its other side, but found 'i32'}}
  %y = gan.cast %x : tensor<4xi32> -> tensor<4xbf16>
  return
}

// -----

// cast C3
func.func @cast_c3_back(%x: tensor<4xbf16>) {
  // expected-error@+1 {{of bf16 has f32 on its other side, but found 'f64'}}
  %y = gan.cast %x : tensor<4xbf16> -> tensor<4xf64>
  return
}

// -----

// round C1
func.func @round_c1(%x: tensor<4xf64>) {
  // expected-error@+1 {{must be statically shaped tensor of 32-bit float values}}
  %y = gan.round %x to tf32 : tensor<4xf64>
  return
}
