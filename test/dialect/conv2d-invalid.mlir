// RUN: gan-opt %s -verify-diagnostics -split-input-file

func.func @c1(%x: tensor<8x8x3xf32>, %w: tensor<4x4x3x16xf32>) {
  // expected-error@+1 {{a convolution needs rank 4, found 'x' [8, 8, 3] and 'w' [4, 4, 3, 16]}}
  %y = gan.conv2d %x, %w strides = [2, 2] padding = [1, 1, 1, 1] : tensor<8x8x3xf32>, tensor<4x4x3x16xf32> -> tensor<8x4x4x16xf32>
  return
}

// -----

func.func @c2(%x: tensor<8x8x8x4xf32>, %w: tensor<4x4x3x16xf32>) {
  // expected-error@+1 {{'x' and 'w' must agree on the channels, found 4 and 3}}
  %y = gan.conv2d %x, %w strides = [2, 2] padding = [1, 1, 1, 1] : tensor<8x8x8x4xf32>, tensor<4x4x3x16xf32> -> tensor<8x4x4x16xf32>
  return
}

// -----

func.func @c3_strides(%x: tensor<8x8x8x3xf32>, %w: tensor<4x4x3x16xf32>) {
  // expected-error@+1 {{'strides' must be two numbers >= 1, found [0, 2]}}
  %y = gan.conv2d %x, %w strides = [0, 2] padding = [1, 1, 1, 1] : tensor<8x8x8x3xf32>, tensor<4x4x3x16xf32> -> tensor<8x4x4x16xf32>
  return
}

// -----

func.func @c3_padding(%x: tensor<8x8x8x3xf32>, %w: tensor<4x4x3x16xf32>) {
  // expected-error@+1 {{'padding' must be four numbers >= 0, found [1, 1]}}
  %y = gan.conv2d %x, %w strides = [2, 2] padding = [1, 1] : tensor<8x8x8x3xf32>, tensor<4x4x3x16xf32> -> tensor<8x4x4x16xf32>
  return
}

// -----

func.func @c4_fit(%x: tensor<8x2x8x3xf32>, %w: tensor<4x4x3x16xf32>) {
  // expected-error@+1 {{a filter of extent 4 does not fit into 2 elements padded by 0 and 1}}
  %y = gan.conv2d %x, %w strides = [2, 2] padding = [0, 1, 1, 1] : tensor<8x2x8x3xf32>, tensor<4x4x3x16xf32> -> tensor<8x4x4x16xf32>
  return
}

// -----

func.func @c4_extent(%x: tensor<8x8x8x3xf32>, %w: tensor<4x4x3x16xf32>) {
  // expected-error@+1 {{expected 'y' of shape [8, 4, 4, 16], found [8, 5, 4, 16]}}
  %y = gan.conv2d %x, %w strides = [2, 2] padding = [1, 1, 1, 1] : tensor<8x8x8x3xf32>, tensor<4x4x3x16xf32> -> tensor<8x5x4x16xf32>
  return
}

// -----

func.func @c5_input_grad(%dy: tensor<8x4x4x15xf32>, %w: tensor<4x4x3x16xf32>) {
  // expected-error@+1 {{expected 'dy' of shape [8, 4, 4, 16], found [8, 4, 4, 15]}}
  %dx = gan.conv2d_input_grad %dy, %w strides = [2, 2] padding = [1, 1, 1, 1] : tensor<8x4x4x15xf32>, tensor<4x4x3x16xf32> -> tensor<8x8x8x3xf32>
  return
}

// -----

func.func @c5_weight_grad(%x: tensor<8x8x8x3xf32>, %dy: tensor<7x4x4x16xf32>) {
  // expected-error@+1 {{expected 'dy' of shape [8, 4, 4, 16], found [7, 4, 4, 16]}}
  %dw = gan.conv2d_weight_grad %x, %dy strides = [2, 2] padding = [1, 1, 1, 1] : tensor<8x8x8x3xf32>, tensor<7x4x4x16xf32> -> tensor<4x4x3x16xf32>
  return
}

// -----

func.func @c2_groups(%x: tensor<8x8x8x6xf32>, %w: tensor<4x4x6x16xf32>) {
  // expected-error@+1 {{'x' must have 2 groups of the 6 channels of 'w', found 6 channels}}
  %y = gan.conv2d %x, %w strides = [2, 2] padding = [1, 1, 1, 1] groups = 2 : tensor<8x8x8x6xf32>, tensor<4x4x6x16xf32> -> tensor<8x4x4x16xf32>
  return
}

// -----

func.func @c3_dilations(%x: tensor<8x8x8x3xf32>, %w: tensor<4x4x3x16xf32>) {
  // expected-error@+1 {{'dilations' must be two numbers >= 1, found [1, 0]}}
  %y = gan.conv2d %x, %w strides = [2, 2] padding = [1, 1, 1, 1] dilations = [1, 0] : tensor<8x8x8x3xf32>, tensor<4x4x3x16xf32> -> tensor<8x4x4x16xf32>
  return
}

// -----

func.func @c4_dilated(%x: tensor<8x8x8x3xf32>, %w: tensor<4x4x3x16xf32>) {
  // expected-error@+1 {{a filter of extent 10 does not fit into 8 elements padded by 0 and 1}}
  %y = gan.conv2d %x, %w strides = [1, 1] padding = [0, 1, 0, 0] dilations = [3, 1] : tensor<8x8x8x3xf32>, tensor<4x4x3x16xf32> -> tensor<8x1x5x16xf32>
  return
}

// -----

func.func @c6(%x: tensor<8x8x8x6xf32>, %w: tensor<4x4x2x16xf32>) {
  // expected-error@+1 {{'groups' must be a number >= 1 that divides the 16 outputs of 'w', found 3}}
  %y = gan.conv2d %x, %w strides = [2, 2] padding = [1, 1, 1, 1] groups = 3 : tensor<8x8x8x6xf32>, tensor<4x4x2x16xf32> -> tensor<8x4x4x16xf32>
  return
}

// -----

func.func @c6_input_grad(%dy: tensor<8x4x4x16xf32>, %w: tensor<4x4x3x16xf32>) {
  // expected-error@+1 {{'groups' must be a number >= 1 that divides the 16 outputs of 'w', found 0}}
  %dx = gan.conv2d_input_grad %dy, %w strides = [2, 2] padding = [1, 1, 1, 1] groups = 0 : tensor<8x4x4x16xf32>, tensor<4x4x3x16xf32> -> tensor<8x8x8x3xf32>
  return
}

// -----

func.func @c7(%x: tensor<8x8x8x3xf32>, %w: tensor<5x5x3x16xf32>) {
  // expected-error@+1 {{with 'winograd', which is 2 or 4, a filter is square and has 2 or 3 taps per stride, without groups and dilations; found 'w' [5, 5, 3, 16], strides [1, 1] and tiles of 2}}
  %y = gan.conv2d %x, %w strides = [1, 1] padding = [2, 2, 2, 2] {winograd = 2} : tensor<8x8x8x3xf32>, tensor<5x5x3x16xf32> -> tensor<8x8x8x16xf32>
  return
}

// -----

func.func @c7_dilations(%dy: tensor<8x8x8x16xf32>, %w: tensor<3x3x3x16xf32>) {
  // expected-error@+1 {{with 'winograd', which is 2 or 4, a filter is square}}
  %dx = gan.conv2d_input_grad %dy, %w strides = [1, 1] padding = [2, 2, 2, 2] dilations = [2, 2] {winograd = 2} : tensor<8x8x8x16xf32>, tensor<3x3x3x16xf32> -> tensor<8x8x8x3xf32>
  return
}

// -----

func.func @c8_parts(%x: tensor<8x8x8x4xf32>, %dy: tensor<8x4x4x16xf32>) {
  // expected-error@+1 {{'parts' must be at least 1 and divide the batch of 'x' [8, 8, 8, 4], found 3}}
  %dw = gan.conv2d_weight_grad %x, %dy strides = [2, 2] padding = [1, 1, 1, 1] parts = 3 : tensor<8x8x8x4xf32>, tensor<8x4x4x16xf32> -> tensor<3x4x4x4x16xf32>
  return
}

// -----

func.func @c8_parts_of_groups(%x: tensor<8x8x8x4xf32>, %dy: tensor<8x4x4x16xf32>) {
  // expected-error@+1 {{with 2 parts there are neither groups nor 'winograd'}}
  %dw = gan.conv2d_weight_grad %x, %dy strides = [2, 2] padding = [1, 1, 1, 1] groups = 2 parts = 2 : tensor<8x8x8x4xf32>, tensor<8x4x4x16xf32> -> tensor<2x4x4x2x16xf32>
  return
}

// -----

func.func @c8_parts_of_winograd(%x: tensor<8x8x8x4xf32>, %dy: tensor<8x4x4x16xf32>) {
  // expected-error@+1 {{with 2 parts there are neither groups nor 'winograd'}}
  %dw = gan.conv2d_weight_grad %x, %dy strides = [2, 2] padding = [1, 1, 1, 1] parts = 2 {winograd = 2} : tensor<8x8x8x4xf32>, tensor<8x4x4x16xf32> -> tensor<2x4x4x4x16xf32>
  return
}

// -----

func.func @c9_parts(%x: tensor<8x8x8x4xf32>, %dy: tensor<8x4x4x16xf32>) {
  // expected-error@+1 {{'dw' of 2 parts has 5 axes, the first as long, found [4, 4, 4, 16]}}
  %dw = gan.conv2d_weight_grad %x, %dy strides = [2, 2] padding = [1, 1, 1, 1] parts = 2 : tensor<8x8x8x4xf32>, tensor<8x4x4x16xf32> -> tensor<4x4x4x16xf32>
  return
}

// -----

func.func @c5_parts(%x: tensor<8x8x8x4xf32>, %dy: tensor<8x4x4x16xf32>) {
  // expected-error@+1 {{expected 'dy' of shape [8, 3, 4, 16], found [8, 4, 4, 16]}}
  %dw = gan.conv2d_weight_grad %x, %dy strides = [2, 2] padding = [1, 1, 1, 1] parts = 2 : tensor<8x8x8x4xf32>, tensor<8x4x4x16xf32> -> tensor<2x5x4x4x16xf32>
  return
}

// -----

func.func @many_taps_at_once(%dy: tensor<8x8x8x16xf32>, %w: tensor<5x5x8x16xf32>) {
  // expected-error@+1 {{with 'col2im' a filter has at most 128 taps of all channels, without groups, dilations and 'winograd'; found 'w' [5, 5, 8, 16]}}
  %dx = gan.conv2d_input_grad %dy, %w strides = [1, 1] padding = [2, 2, 2, 2] {col2im} : tensor<8x8x8x16xf32>, tensor<5x5x8x16xf32> -> tensor<8x8x8x8xf32>
  return
}
