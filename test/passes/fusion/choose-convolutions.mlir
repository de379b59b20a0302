// RUN: gan-opt %s --pass-pipeline="builtin.module(func.func(gan-choose-convolutions))" | FileCheck %s
// RUN: gan-opt %s --pass-pipeline="builtin.module(func.func(gan-choose-convolutions{tile=2}))" | FileCheck %s --check-prefix=ALWAYS

// Many channels: 36 products per tile instead of 144, in all directions.
// CHECK-LABEL: func.func @wide
// CHECK: gan.conv2d %{{.*}} {winograd = 4 : i64}
// CHECK: gan.conv2d_input_grad %{{.*}} {winograd = 4 : i64}
// CHECK: gan.conv2d_weight_grad %{{.*}} {winograd = 4 : i64}
func.func @wide(%x: tensor<32x16x16x128xf32>, %w: tensor<3x3x128x128xf32>) attributes {gan.role = "step"} {
  %y = gan.conv2d %x, %w strides = [1, 1] padding = [1, 1, 1, 1] : tensor<32x16x16x128xf32>, tensor<3x3x128x128xf32> -> tensor<32x16x16x128xf32>
  %dx = gan.conv2d_input_grad %y, %w strides = [1, 1] padding = [1, 1, 1, 1] : tensor<32x16x16x128xf32>, tensor<3x3x128x128xf32> -> tensor<32x16x16x128xf32>
  %dw = gan.conv2d_weight_grad %x, %y strides = [1, 1] padding = [1, 1, 1, 1] : tensor<32x16x16x128xf32>, tensor<32x16x16x128xf32> -> tensor<3x3x128x128xf32>
  return
}

// The choice is the same for a micro-batch, whose gradients add to the bits of the whole batch.
// CHECK-LABEL: func.func @few_samples
// CHECK: gan.conv2d_weight_grad %{{.*}} {winograd = 4 : i64}
func.func @few_samples(%x: tensor<1x16x16x128xf32>, %y: tensor<1x16x16x128xf32>) attributes {gan.role = "step"} {
  %dw = gan.conv2d_weight_grad %x, %y strides = [1, 1] padding = [1, 1, 1, 1] : tensor<1x16x16x128xf32>, tensor<1x16x16x128xf32> -> tensor<3x3x128x128xf32>
  return
}

// Three channels: transforms would cost more than they save.
// CHECK-LABEL: func.func @narrow
// CHECK-NOT: winograd
// ALWAYS-LABEL: func.func @narrow
// ALWAYS: {winograd = 2 : i64}
func.func @narrow(%x: tensor<64x64x64x3xf32>, %w: tensor<4x4x3x64xf32>) attributes {gan.role = "step"} {
  %y = gan.conv2d %x, %w strides = [2, 2] padding = [1, 1, 1, 1] : tensor<64x64x64x3xf32>, tensor<4x4x3x64xf32> -> tensor<64x32x32x64xf32>
  return
}

// Their gradient by all taps at once, but not that of many channels.
// CHECK-LABEL: func.func @narrow_gradient
// CHECK: gan.conv2d_input_grad %{{.*}} {col2im}
// CHECK-NOT: col2im
// ALWAYS-LABEL: func.func @narrow_gradient
// ALWAYS-NOT: col2im
func.func @narrow_gradient(%dy: tensor<64x32x32x64xf32>, %w: tensor<4x4x3x64xf32>, %v: tensor<4x4x32x64xf32>) attributes {gan.role = "step"} {
  %dx = gan.conv2d_input_grad %dy, %w strides = [2, 2] padding = [1, 1, 1, 1] : tensor<64x32x32x64xf32>, tensor<4x4x3x64xf32> -> tensor<64x64x64x3xf32>
  %dz = gan.conv2d_input_grad %dy, %v strides = [2, 2] padding = [1, 1, 1, 1] : tensor<64x32x32x64xf32>, tensor<4x4x32x64xf32> -> tensor<64x64x64x32xf32>
  return
}

// A tile for one output each.
// CHECK-LABEL: func.func @single
// CHECK-NOT: winograd
func.func @single(%x: tensor<64x3x3x128xf32>, %w: tensor<3x3x128x128xf32>) attributes {gan.role = "step"} {
  %y = gan.conv2d %x, %w strides = [1, 1] padding = [0, 0, 0, 0] : tensor<64x3x3x128xf32>, tensor<3x3x128x128xf32> -> tensor<64x1x1x128xf32>
  return
}

// A sum over parts of the rows, which tiles do not have.
// ALWAYS-LABEL: func.func @summed
// ALWAYS-NOT: winograd
func.func @summed(%x: tensor<2x4x4x1xf32>, %w: tensor<3x3x1x3xf32>) -> (tensor<2x4x4x3xf32>, tensor<3xf32>) attributes {gan.role = "step"} {
  %y, %s = gan.kernel hero(contraction) (%x, %w) : (tensor<2x4x4x1xf32>, tensor<3x3x1x3xf32>) -> (tensor<2x4x4x3xf32>, tensor<3xf32>) {
  ^bb0(%p: tensor<2x4x4x1xf32>, %q: tensor<3x3x1x3xf32>):
    %c = gan.conv2d %p, %q strides = [1, 1] padding = [1, 1, 1, 1] : tensor<2x4x4x1xf32>, tensor<3x3x1x3xf32> -> tensor<2x4x4x3xf32>
    %t = gan.sum %c dims = [0, 1, 2] order <splits = 1, lanes = 1> : tensor<2x4x4x3xf32> -> tensor<3xf32>
    gan.yield %c, %t : tensor<2x4x4x3xf32>, tensor<3xf32>
  }
  return %y, %s : tensor<2x4x4x3xf32>, tensor<3xf32>
}

// Five taps of stride 2 are phases of three, two of which have a zero at their end.
// CHECK-LABEL: func.func @unequal
// ALWAYS-LABEL: func.func @unequal
// ALWAYS: winograd = 2
// CHECK: winograd = 4
func.func @unequal(%x: tensor<32x16x16x128xf32>, %w: tensor<5x5x128x128xf32>) attributes {gan.role = "step"} {
  %y = gan.conv2d %x, %w strides = [2, 2] padding = [2, 2, 2, 2] : tensor<32x16x16x128xf32>, tensor<5x5x128x128xf32> -> tensor<32x8x8x128xf32>
  return
}

// Maps of 6 are covered by tiles of 2, not of 4.
// CHECK-LABEL: func.func @covered
// ALWAYS-LABEL: func.func @covered
// ALWAYS: winograd = 2
// CHECK: winograd = 2
func.func @covered(%x: tensor<32x6x6x128xf32>, %w: tensor<3x3x128x128xf32>) attributes {gan.role = "step"} {
  %y = gan.conv2d %x, %w strides = [1, 1] padding = [1, 1, 1, 1] : tensor<32x6x6x128xf32>, tensor<3x3x128x128xf32> -> tensor<32x6x6x128xf32>
  return
}

// No form: five taps, dilation, groups, two strides; and rounded operands.
// ALWAYS-LABEL: func.func @formless
// ALWAYS-NOT: winograd
func.func @formless(%x: tensor<32x16x16x128xf32>, %w5: tensor<5x5x128x128xf32>, %w3: tensor<3x3x128x128xf32>, %wg: tensor<3x3x64x128xf32>) attributes {gan.role = "step"} {
  %a = gan.conv2d %x, %w5 strides = [1, 1] padding = [2, 2, 2, 2] : tensor<32x16x16x128xf32>, tensor<5x5x128x128xf32> -> tensor<32x16x16x128xf32>
  %b = gan.conv2d %x, %w3 strides = [1, 1] padding = [2, 2, 2, 2] dilations = [2, 2] : tensor<32x16x16x128xf32>, tensor<3x3x128x128xf32> -> tensor<32x16x16x128xf32>
  %c = gan.conv2d %x, %wg strides = [1, 1] padding = [1, 1, 1, 1] groups = 2 : tensor<32x16x16x128xf32>, tensor<3x3x64x128xf32> -> tensor<32x16x16x128xf32>
  %d = gan.conv2d %x, %w3 strides = [1, 2] padding = [1, 1, 1, 1] : tensor<32x16x16x128xf32>, tensor<3x3x128x128xf32> -> tensor<32x16x8x128xf32>
  %r = gan.round %x to tf32 : tensor<32x16x16x128xf32>
  %f = gan.conv2d %r, %w3 strides = [1, 1] padding = [1, 1, 1, 1] : tensor<32x16x16x128xf32>, tensor<3x3x128x128xf32> -> tensor<32x16x16x128xf32>
  return
}
