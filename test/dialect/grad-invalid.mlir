// RUN: gan-opt %s -verify-diagnostics -split-input-file

func.func @c1(%loss: tensor<1xf32>, %w: tensor<4x3xf32>) {
  // expected-error@+1 {{needs one number to differentiate, found 'tensor<1xf32>'}}
  %dw = gan.grad %loss wrt %w : (tensor<1xf32>, tensor<4x3xf32>) -> tensor<4x3xf32>
  return
}

// -----

func.func @c2(%loss: tensor<f32>, %w: tensor<4x3xf32>) {
  // expected-error@+1 {{needs one gradient of the type of each 'xs', found 1 tensors and 1 gradients, or other types}}
  %dw = gan.grad %loss wrt %w : (tensor<f32>, tensor<4x3xf32>) -> tensor<3x4xf32>
  return
}
