// RUN: gan-opt %s --gan-verify-no-grad --split-input-file --verify-diagnostics

func.func @lawful(%x: tensor<f32>) -> tensor<f32> {
  %y = gan.exp %x : tensor<f32>
  return %y : tensor<f32>
}

// -----

func.func @grad(%x: tensor<f32>) -> tensor<f32> {
  // expected-error@+1 {{'gan.grad' op is left after gradients were expanded}}
  %dx = gan.grad %x wrt %x : (tensor<f32>, tensor<f32>) -> tensor<f32>
  return %dx : tensor<f32>
}

// -----

func.func @stop_gradient(%x: tensor<f32>) -> tensor<f32> {
  // expected-error@+1 {{'gan.stop_gradient' op is left after gradients were expanded}}
  %y = gan.stop_gradient %x : tensor<f32>
  return %y : tensor<f32>
}
