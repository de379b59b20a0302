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

// Other functions are left alone.
func.func @network(%x: tensor<4xf32>) -> tensor<f32> attributes {gan.role = "network"} {
  %y = gan.sum %x dims = [0] : tensor<4xf32> -> tensor<f32>
  return %y : tensor<f32>
}
