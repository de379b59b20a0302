// RUN: gan-opt %s --gan-verify-simplified -split-input-file -verify-diagnostics

func.func @impure() attributes {gan.role = "step"} {
  // expected-error @below {{is left in a simplified function: only pure tensor-level ops of one result may be}}
  %w = gan.load @w : tensor<4xf32>
  return
}

// -----

func.func @unordered(%x: tensor<4xf32>) -> tensor<f32> attributes {gan.role = "output"} {
  // expected-error @below {{needs an order of its additions}}
  %y = gan.sum %x dims = [0] : tensor<4xf32> -> tensor<f32>
  return %y : tensor<f32>
}

// -----

func.func @transposed(%w: tensor<4x5xf32> {gan.storage = "w"}) -> tensor<5x4xf32> attributes {gan.role = "step"} {
  // expected-error @below {{is the only use of the storage 'w', which could be stored that way}}
  %t = gan.transpose %w permutation = [1, 0] : tensor<4x5xf32> -> tensor<5x4xf32>
  return %t : tensor<5x4xf32>
}

// -----

// A storage that is needed both ways has to be transposed somewhere.
func.func @both(%w: tensor<4x5xf32> {gan.storage = "w"}) -> (tensor<5x4xf32>, tensor<4x5xf32>) attributes {gan.role = "step"} {
  %t = gan.transpose %w permutation = [1, 0] : tensor<4x5xf32> -> tensor<5x4xf32>
  return %t, %w : tensor<5x4xf32>, tensor<4x5xf32>
}

// -----

// Other functions are left alone.
func.func @network(%x: tensor<4xf32>) -> tensor<f32> attributes {gan.role = "network"} {
  %y = gan.sum %x dims = [0] : tensor<4xf32> -> tensor<f32>
  return %y : tensor<f32>
}
