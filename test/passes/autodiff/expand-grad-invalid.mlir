// RUN: gan-opt %s --gan-expand-grad --verify-diagnostics

func.func private @opaque(tensor<f32>) -> tensor<f32>

func.func @no_derivative(%x: tensor<f32>) -> tensor<f32> {
  // expected-error@+1 {{'func.call' op has no derivative, but a gradient goes through it}}
  %y = func.call @opaque(%x) : (tensor<f32>) -> tensor<f32>
  // expected-note@+1 {{the gradient is asked for here}}
  %dx = gan.grad %y wrt %x : (tensor<f32>, tensor<f32>) -> tensor<f32>
  return %dx : tensor<f32>
}

// Beside the path it may stand.
func.func @beside(%x: tensor<f32>) -> tensor<f32> {
  %c = func.call @opaque(%x) : (tensor<f32>) -> tensor<f32>
  %y = gan.exp %x : tensor<f32>
  %dx = gan.grad %y wrt %x : (tensor<f32>, tensor<f32>) -> tensor<f32>
  return %dx : tensor<f32>
}
