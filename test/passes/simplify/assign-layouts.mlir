// RUN: gan-opt %s --gan-assign-layouts --canonicalize --cse | FileCheck %s

// A weight, what Adam-like code keeps for it, and an average of it are stored as the convolution reads them; a step transposes only
// the data and the image that it shows.
// CHECK-LABEL: gan.model @stored
gan.model @stored attributes {arguments = {}} {
  // CHECK: gan.storage @w param tensor<4x4x3x16xf32> layout = [2, 3, 1, 0] init
  // CHECK: gan.storage @average state tensor<4x4x3x16xf32> layout = [2, 3, 1, 0] copy = @w
  // CHECK: gan.storage @m optimizer tensor<4x4x3x16xf32> layout = [2, 3, 1, 0] init
  // CHECK: gan.storage @table param tensor<5x6xf32> init
  gan.storage @w param tensor<16x3x4x4xf32> init = <normal, [0.0, 0.02]> owner = "D"
  gan.storage @average state tensor<16x3x4x4xf32> copy = @w owner = "D"
  gan.storage @m optimizer tensor<16x3x4x4xf32> init = <constant, [0.0]> owner = "D"
  gan.storage @table param tensor<5x6xf32> init = <constant, [0.0]> owner = "D"

  // CHECK-LABEL: func.func @step
  // CHECK-SAME: tensor<8x3x8x8xf32> {gan.data = "photos.x"}, %{{.*}}: tensor<4x4x3x16xf32> {gan.storage = "w"}
  // CHECK: %[[X:.*]] = gan.transpose %{{.*}} permutation = [0, 2, 3, 1]
  // CHECK: %[[Y:.*]] = gan.conv2d %[[X]]
  // CHECK: gan.broadcast %{{.*}} dims = [3] : tensor<16xf32> -> tensor<8x4x4x16xf32>
  // CHECK: gan.conv2d_weight_grad %[[X]]
  // CHECK-NOT: gan.transpose
  // CHECK: %[[SHOWN:.*]] = gan.transpose %{{.*}} permutation = [0, 3, 1, 2]
  // CHECK-NOT: gan.transpose
  // CHECK: return
  func.func @step(%x: tensor<8x3x8x8xf32> {gan.data = "photos.x"}, %w: tensor<16x3x4x4xf32> {gan.storage = "w"},
                  %m: tensor<16x3x4x4xf32> {gan.storage = "m"}, %b: tensor<16xf32> {gan.storage = "b"})
      -> (tensor<16x3x4x4xf32> {gan.storage = "w"}, tensor<16x3x4x4xf32> {gan.storage = "m"}, tensor<8x16x4x4xf32> {gan.output = "y"})
      attributes {gan.role = "step"} {
    %xl = gan.transpose %x permutation = [0, 2, 3, 1] : tensor<8x3x8x8xf32> -> tensor<8x8x8x3xf32>
    %wl = gan.transpose %w permutation = [2, 3, 1, 0] : tensor<16x3x4x4xf32> -> tensor<4x4x3x16xf32>
    %c = gan.conv2d %xl, %wl strides = [2, 2] padding = [1, 1, 1, 1] : tensor<8x8x8x3xf32>, tensor<4x4x3x16xf32> -> tensor<8x4x4x16xf32>
    %cf = gan.transpose %c permutation = [0, 3, 1, 2] : tensor<8x4x4x16xf32> -> tensor<8x16x4x4xf32>
    %bb = gan.broadcast %b dims = [1] : tensor<16xf32> -> tensor<8x16x4x4xf32>
    %a = gan.add %cf, %bb : tensor<8x16x4x4xf32>
    %t = gan.tanh %a : tensor<8x16x4x4xf32>
    %tl = gan.transpose %t permutation = [0, 2, 3, 1] : tensor<8x16x4x4xf32> -> tensor<8x4x4x16xf32>
    %dw = gan.conv2d_weight_grad %xl, %tl strides = [2, 2] padding = [1, 1, 1, 1]
        : tensor<8x8x8x3xf32>, tensor<8x4x4x16xf32> -> tensor<4x4x3x16xf32>
    %dwf = gan.transpose %dw permutation = [3, 2, 0, 1] : tensor<4x4x3x16xf32> -> tensor<16x3x4x4xf32>
    %m1 = gan.add %m, %dwf : tensor<16x3x4x4xf32>
    %w1 = gan.sub %w, %m1 : tensor<16x3x4x4xf32>
    return %w1, %m1, %t : tensor<16x3x4x4xf32>, tensor<16x3x4x4xf32>, tensor<8x16x4x4xf32>
  }

  // The same number for the same element of the file.
  // CHECK-LABEL: func.func @init
  // CHECK: %[[DRAWN:.*]] = gan.random %{{.*}} -> tensor<16x3x4x4xf32>
  // CHECK: %[[W:.*]] = gan.transpose %[[DRAWN]] permutation = [2, 3, 1, 0]
  // CHECK: return %[[W]], %[[W]], %{{.*}} : tensor<4x4x3x16xf32>, tensor<4x4x3x16xf32>, tensor<4x4x3x16xf32>
  func.func @init(%key: tensor<2xi64> {gan.key = 0})
      -> (tensor<16x3x4x4xf32> {gan.storage = "w"}, tensor<16x3x4x4xf32> {gan.storage = "average"}, tensor<16x3x4x4xf32> {gan.storage = "m"})
      attributes {gan.role = "init"} {
    %w = gan.random %key stream = "init/w" from <normal, [0.0, 0.02]> plain : tensor<2xi64> -> tensor<16x3x4x4xf32>
    %m = gan.constant dense<0.0> : tensor<16x3x4x4xf32>
    return %w, %w, %m : tensor<16x3x4x4xf32>, tensor<16x3x4x4xf32>, tensor<16x3x4x4xf32>
  }

  // A function that is not laid out sees what the file shows.
  // CHECK-LABEL: func.func @graph
  // CHECK: %[[STORED:.*]] = gan.load @w : tensor<4x4x3x16xf32>
  // CHECK: %[[SEEN:.*]] = gan.transpose %[[STORED]] permutation = [3, 2, 0, 1]
  // CHECK: gan.neg %[[SEEN]] : tensor<16x3x4x4xf32>
  // CHECK: %[[BACK:.*]] = gan.transpose %{{.*}} permutation = [2, 3, 1, 0]
  // CHECK: gan.store %[[BACK]], @w : tensor<4x4x3x16xf32>
  func.func @graph() attributes {gan.role = "network"} {
    %w = gan.load @w : tensor<16x3x4x4xf32>
    %n = gan.neg %w : tensor<16x3x4x4xf32>
    gan.store %n, @w : tensor<16x3x4x4xf32>
    return
  }
}

// Axes of extent 1 part nothing: what looks like a reshape is followed like the transposition that it is.
// CHECK-LABEL: func.func @grey
func.func @grey(%x: tensor<8x8x8x3xf32>, %w: tensor<4x4x3x1xf32>, %v: tensor<3x3x1x2xf32>) -> tensor<8x4x4x2xf32> attributes {gan.role = "step"} {
  // CHECK: %[[C:.*]] = gan.conv2d
  // CHECK-NEXT: %[[T:.*]] = gan.tanh %[[C]] : tensor<8x4x4x1xf32>
  // CHECK-NEXT: gan.conv2d %[[T]]
  %c = gan.conv2d %x, %w strides = [2, 2] padding = [1, 1, 1, 1] : tensor<8x8x8x3xf32>, tensor<4x4x3x1xf32> -> tensor<8x4x4x1xf32>
  %f = gan.reshape %c : tensor<8x4x4x1xf32> -> tensor<8x1x4x4xf32>
  %t = gan.tanh %f : tensor<8x1x4x4xf32>
  %l = gan.reshape %t : tensor<8x1x4x4xf32> -> tensor<8x4x4x1xf32>
  %d = gan.conv2d %l, %v strides = [1, 1] padding = [1, 1, 1, 1] : tensor<8x4x4x1xf32>, tensor<3x3x1x2xf32> -> tensor<8x4x4x2xf32>
  return %d : tensor<8x4x4x2xf32>
}
