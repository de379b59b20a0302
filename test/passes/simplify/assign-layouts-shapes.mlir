// RUN: gan-opt %s --gan-assign-layouts --canonicalize --cse | FileCheck %s

// Each op that a layout passes through, between convolutions that want their tensors channels-last.

// Nearest upsampling and average pooling split and join axes that stay side by side.
// CHECK-LABEL: func.func @resample
func.func @resample(%x: tensor<2x4x4x3xf32>, %w: tensor<1x1x3x5xf32>, %v: tensor<3x3x5x2xf32>) -> (tensor<2x8x8x2xf32>, tensor<2x2x2x2xf32>)
    attributes {gan.role = "step"} {
  // CHECK: %[[C:.*]] = gan.conv2d
  // CHECK: gan.broadcast %{{.*}} dims = [0, 1, 3, 5] : tensor<2x4x4x5xf32> -> tensor<2x4x2x4x2x5xf32>
  // CHECK: gan.reshape %{{.*}} : tensor<2x4x2x4x2x5xf32> -> tensor<2x8x8x5xf32>
  // CHECK: gan.reshape %[[C]] : tensor<2x4x4x5xf32> -> tensor<2x2x2x2x2x5xf32>
  // CHECK: gan.sum %{{.*}} dims = [2, 4] : tensor<2x2x2x2x2x5xf32> -> tensor<2x2x2x5xf32>
  // CHECK-NOT: gan.transpose
  // CHECK: return
  %c = gan.conv2d %x, %w strides = [1, 1] padding = [0, 0, 0, 0] : tensor<2x4x4x3xf32>, tensor<1x1x3x5xf32> -> tensor<2x4x4x5xf32>
  %f = gan.transpose %c permutation = [0, 3, 1, 2] : tensor<2x4x4x5xf32> -> tensor<2x5x4x4xf32>
  %b = gan.broadcast %f dims = [0, 1, 2, 4] : tensor<2x5x4x4xf32> -> tensor<2x5x4x2x4x2xf32>
  %u = gan.reshape %b : tensor<2x5x4x2x4x2xf32> -> tensor<2x5x8x8xf32>
  %ul = gan.transpose %u permutation = [0, 2, 3, 1] : tensor<2x5x8x8xf32> -> tensor<2x8x8x5xf32>
  %up = gan.conv2d %ul, %v strides = [1, 1] padding = [1, 1, 1, 1] : tensor<2x8x8x5xf32>, tensor<3x3x5x2xf32> -> tensor<2x8x8x2xf32>
  %p = gan.reshape %f : tensor<2x5x4x4xf32> -> tensor<2x5x2x2x2x2xf32>
  %s = gan.sum %p dims = [3, 5] : tensor<2x5x2x2x2x2xf32> -> tensor<2x5x2x2xf32>
  %sl = gan.transpose %s permutation = [0, 2, 3, 1] : tensor<2x5x2x2xf32> -> tensor<2x2x2x5xf32>
  %down = gan.conv2d %sl, %v strides = [1, 1] padding = [1, 1, 1, 1] : tensor<2x2x2x5xf32>, tensor<3x3x5x2xf32> -> tensor<2x2x2x2xf32>
  return %up, %down : tensor<2x8x8x2xf32>, tensor<2x2x2x2xf32>
}

// CHECK-LABEL: func.func @boxes
func.func @boxes(%x: tensor<2x4x4x3xf32>, %w: tensor<1x1x3x5xf32>, %v: tensor<3x3x9x2xf32>) -> tensor<2x4x4x2xf32> attributes {gan.role = "step"} {
  // CHECK: gan.slice %{{.*}} offsets = [0, 1, 0, 2] : tensor<2x4x4x5xf32> -> tensor<2x3x4x3xf32>
  // CHECK: gan.pad %{{.*}} low = [0, 1, 0, 1] : tensor<2x3x4x3xf32> -> tensor<2x4x4x4xf32>
  // CHECK: gan.concat %{{.*}} dim = 3 : tensor<2x4x4x5xf32>, tensor<2x4x4x4xf32> -> tensor<2x4x4x9xf32>
  // CHECK-NOT: gan.transpose
  // CHECK: return
  %c = gan.conv2d %x, %w strides = [1, 1] padding = [0, 0, 0, 0] : tensor<2x4x4x3xf32>, tensor<1x1x3x5xf32> -> tensor<2x4x4x5xf32>
  %f = gan.transpose %c permutation = [0, 3, 1, 2] : tensor<2x4x4x5xf32> -> tensor<2x5x4x4xf32>
  %s = gan.slice %f offsets = [0, 2, 1, 0] : tensor<2x5x4x4xf32> -> tensor<2x3x3x4xf32>
  %p = gan.pad %s low = [0, 1, 1, 0] : tensor<2x3x3x4xf32> -> tensor<2x4x4x4xf32>
  %j = gan.concat %f, %p dim = 1 : tensor<2x5x4x4xf32>, tensor<2x4x4x4xf32> -> tensor<2x9x4x4xf32>
  %l = gan.transpose %j permutation = [0, 2, 3, 1] : tensor<2x9x4x4xf32> -> tensor<2x4x4x9xf32>
  %d = gan.conv2d %l, %v strides = [1, 1] padding = [1, 1, 1, 1] : tensor<2x4x4x9xf32>, tensor<3x3x9x2xf32> -> tensor<2x4x4x2xf32>
  return %d : tensor<2x4x4x2xf32>
}

// Flattening before a dense layer speaks of the order of the elements: one transposition. The transposed weight is a flag.
// CHECK-LABEL: func.func @flatten
func.func @flatten(%x: tensor<2x4x4x3xf32>, %w: tensor<1x1x3x5xf32>, %v: tensor<7x80xf32>) -> tensor<2x7xf32> attributes {gan.role = "step"} {
  // CHECK: %[[C:.*]] = gan.conv2d
  // CHECK: %[[E:.*]] = gan.exp %[[C]]
  // CHECK: %[[T:.*]] = gan.transpose %[[E]] permutation = [0, 3, 1, 2]
  // CHECK: %[[F:.*]] = gan.reshape %[[T]]
  // CHECK: gan.matmul %[[F]], %{{.*}} {transpose_b}
  // CHECK-NOT: gan.transpose
  // CHECK: return
  %c = gan.conv2d %x, %w strides = [1, 1] padding = [0, 0, 0, 0] : tensor<2x4x4x3xf32>, tensor<1x1x3x5xf32> -> tensor<2x4x4x5xf32>
  %f = gan.transpose %c permutation = [0, 3, 1, 2] : tensor<2x4x4x5xf32> -> tensor<2x5x4x4xf32>
  %e = gan.exp %f : tensor<2x5x4x4xf32>
  %r = gan.reshape %e : tensor<2x5x4x4xf32> -> tensor<2x80xf32>
  %vt = gan.transpose %v permutation = [1, 0] : tensor<7x80xf32> -> tensor<80x7xf32>
  %y = gan.matmul %r, %vt : tensor<2x80xf32>, tensor<80x7xf32> -> tensor<2x7xf32>
  return %y : tensor<2x7xf32>
}

// Sums and broadcasts of any axes follow.
// CHECK-LABEL: func.func @norm
func.func @norm(%x: tensor<2x4x6x3xf32>, %w: tensor<1x1x3x5xf32>) -> tensor<2x4x6x5xf32> attributes {gan.role = "step"} {
  // CHECK: gan.sum %{{.*}} dims = [2] : tensor<2x4x6x5xf32> -> tensor<2x4x5xf32>
  // CHECK: gan.broadcast %{{.*}} dims = [0, 1, 3] : tensor<2x4x5xf32> -> tensor<2x4x6x5xf32>
  // CHECK-NOT: gan.transpose
  // CHECK: return
  %c = gan.conv2d %x, %w strides = [1, 1] padding = [0, 0, 0, 0] : tensor<2x4x6x3xf32>, tensor<1x1x3x5xf32> -> tensor<2x4x6x5xf32>
  %f = gan.transpose %c permutation = [0, 3, 1, 2] : tensor<2x4x6x5xf32> -> tensor<2x5x4x6xf32>
  %s = gan.sum %f dims = [3] : tensor<2x5x4x6xf32> -> tensor<2x5x4xf32>
  %b = gan.broadcast %s dims = [0, 1, 2] : tensor<2x5x4xf32> -> tensor<2x5x4x6xf32>
  %g = gan.sub %f, %b : tensor<2x5x4x6xf32>
  %l = gan.transpose %g permutation = [0, 2, 3, 1] : tensor<2x5x4x6xf32> -> tensor<2x4x6x5xf32>
  return %l : tensor<2x4x6x5xf32>
}

// What cannot agree is transposed where the fewest bytes are: here before the convolution, once for both of its uses.
// CHECK-LABEL: func.func @disagree
func.func @disagree(%x: tensor<2x48xf32>, %w: tensor<1x1x3x5xf32>, %dy: tensor<2x4x4x5xf32>) -> (tensor<2x4x4x5xf32>, tensor<1x1x3x5xf32>)
    attributes {gan.role = "step"} {
  // CHECK: gan.exp
  // CHECK: gan.transpose
  // CHECK-NOT: gan.transpose
  // CHECK: return
  %e = gan.exp %x : tensor<2x48xf32>
  %r = gan.reshape %e : tensor<2x48xf32> -> tensor<2x3x4x4xf32>
  %l = gan.transpose %r permutation = [0, 2, 3, 1] : tensor<2x3x4x4xf32> -> tensor<2x4x4x3xf32>
  %c = gan.conv2d %l, %w strides = [1, 1] padding = [0, 0, 0, 0] : tensor<2x4x4x3xf32>, tensor<1x1x3x5xf32> -> tensor<2x4x4x5xf32>
  %dw = gan.conv2d_weight_grad %l, %dy strides = [1, 1] padding = [0, 0, 0, 0] : tensor<2x4x4x3xf32>, tensor<2x4x4x5xf32> -> tensor<1x1x3x5xf32>
  return %c, %dw : tensor<2x4x4x5xf32>, tensor<1x1x3x5xf32>
}

// Positions count along the axes in the order of `dims`, wherever these lie.
// CHECK-LABEL: func.func @positions
func.func @positions(%x: tensor<2x4x3x3xf32>, %w: tensor<1x1x3x5xf32>, %v: tensor<3x3x5x2xf32>) -> tensor<2x4x3x2xf32> attributes {gan.role = "step"} {
  // CHECK: %[[C:.*]] = gan.conv2d
  // CHECK: %[[F:.*]] = gan.flip %[[C]] dims = [2] : tensor<2x4x3x5xf32>
  // CHECK: %[[A:.*]] = gan.argmax %[[F]] dims = [3, 2] : tensor<2x4x3x5xf32> -> tensor<2x4xi32>
  // CHECK: gan.iota dims = [3, 2] : tensor<2x4x3x5xi32>
  // CHECK-NOT: gan.transpose
  // CHECK: return
  %c = gan.conv2d %x, %w strides = [1, 1] padding = [0, 0, 0, 0] : tensor<2x4x3x3xf32>, tensor<1x1x3x5xf32> -> tensor<2x4x3x5xf32>
  %g = gan.transpose %c permutation = [0, 3, 1, 2] : tensor<2x4x3x5xf32> -> tensor<2x5x4x3xf32>
  %f = gan.flip %g dims = [3] : tensor<2x5x4x3xf32>
  %a = gan.argmax %f dims = [1, 3] : tensor<2x5x4x3xf32> -> tensor<2x4xi32>
  %b = gan.broadcast %a dims = [0, 2] : tensor<2x4xi32> -> tensor<2x5x4x3xi32>
  %i = gan.iota dims = [1, 3] : tensor<2x5x4x3xi32>
  %m = gan.compare le, %i, %b : tensor<2x5x4x3xi32> -> tensor<2x5x4x3xi1>
  %z = gan.constant dense<0.0> : tensor<2x5x4x3xf32>
  %s = gan.select %m, %f, %z : tensor<2x5x4x3xi1>, tensor<2x5x4x3xf32>
  %l = gan.transpose %s permutation = [0, 2, 3, 1] : tensor<2x5x4x3xf32> -> tensor<2x4x3x5xf32>
  %d = gan.conv2d %l, %v strides = [1, 1] padding = [1, 1, 1, 1] : tensor<2x4x3x5xf32>, tensor<3x3x5x2xf32> -> tensor<2x4x3x2xf32>
  return %d : tensor<2x4x3x2xf32>
}
