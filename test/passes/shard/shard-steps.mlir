// RUN: gan-opt %s --pass-pipeline='builtin.module(gan.model(gan-shard-steps{shards=2},func.func(cse)))' -split-input-file -verify-diagnostics | FileCheck %s
// RUN: not gan-opt %s --pass-pipeline='builtin.module(gan.model(gan-shard-steps{shards=0}))' 2>&1 | FileCheck %s --check-prefix=NONE
// NONE: a move has at least one shard, found 0

// CHECK: gan.model @m attributes {gan.shards = 2 : i64}
gan.model @m {
  // CHECK-LABEL: func.func @sums
  // CHECK-SAME: %arg0: tensor<4x6xf32> {gan.data = "d.x"
  // CHECK-SAME: attributes {gan.role = "step", gan.shards = 2 : i64}
  // CHECK: %[[A:.*]] = gan.sum %arg0 dims = [0] : tensor<4x6xf32> -> tensor<6xf32>
  // CHECK: %[[B:.*]] = gan.sum %{{.*}} dims = [0] : tensor<4x6xf32> -> tensor<6xf32>
  // What is added is added before the exchange.
  // CHECK: %[[C:.*]] = gan.sub %[[A]], %[[B]] : tensor<6xf32>
  // CHECK: %[[G:.*]] = gan.all_gather %[[C]] : (tensor<6xf32>) -> tensor<2x6xf32>
  // CHECK: %[[S:.*]] = gan.sum %[[G]] dims = [0] order <splits = 1, lanes = 1> : tensor<2x6xf32> -> tensor<6xf32>
  // CHECK: return %[[S]]
  func.func @sums(%x: tensor<8x6xf32> {gan.data = "d.x", gan.move = 0 : i64}) -> (tensor<6xf32> {gan.storage = "s"}) attributes {gan.role = "step"} {
    %a = gan.sum %x dims = [0] : tensor<8x6xf32> -> tensor<6xf32>
    %y = gan.exp %x : tensor<8x6xf32>
    %b = gan.sum %y dims = [0] : tensor<8x6xf32> -> tensor<6xf32>
    %c = gan.sub %a, %b : tensor<6xf32>
    return %c : tensor<6xf32>
  }

  // The gradient of a weight; a product for each sample; a transposed filter gradient.
  // CHECK-LABEL: func.func @contractions
  // CHECK: gan.matmul %arg0, %arg1 : tensor<4x6xf32>, tensor<6x5xf32> -> tensor<4x5xf32>
  // CHECK: %[[W:.*]] = gan.matmul %arg0, %{{.*}} {transpose_a} : tensor<4x6xf32>, tensor<4x5xf32> -> tensor<6x5xf32>
  // CHECK: %[[T:.*]] = gan.transpose %[[W]] permutation = [1, 0] : tensor<6x5xf32> -> tensor<5x6xf32>
  // CHECK: gan.all_gather %[[T]]
  func.func @contractions(%x: tensor<8x6xf32> {gan.data = "d.x", gan.move = 0 : i64}, %w: tensor<6x5xf32> {gan.storage = "w"})
      -> (tensor<5x6xf32> {gan.storage = "w"}) attributes {gan.role = "step"} {
    %y = gan.matmul %x, %w : tensor<8x6xf32>, tensor<6x5xf32> -> tensor<8x5xf32>
    %g = gan.matmul %x, %y {transpose_a} : tensor<8x6xf32>, tensor<8x5xf32> -> tensor<6x5xf32>
    %t = gan.transpose %g permutation = [1, 0] : tensor<6x5xf32> -> tensor<5x6xf32>
    return %t : tensor<5x6xf32>
  }

  // Convolutions, and all products of two samples: the other factor is gathered.
  // CHECK-LABEL: func.func @images
  // CHECK: %[[Y:.*]] = gan.conv2d %arg0, %arg1 {{.*}} -> tensor<2x4x4x3xf32>
  // CHECK: %[[D:.*]] = gan.conv2d_weight_grad %arg0, %[[Y]] {{.*}} -> tensor<1x1x3x3xf32>
  // CHECK: %[[F:.*]] = gan.reshape %arg0 : tensor<2x4x4x3xf32> -> tensor<2x48xf32>
  // CHECK: %[[ALL:.*]] = gan.all_gather %[[F]] : (tensor<2x48xf32>) -> tensor<2x2x48xf32>
  // CHECK: %[[WHOLE:.*]] = gan.reshape %[[ALL]] : tensor<2x2x48xf32> -> tensor<4x48xf32>
  // CHECK: gan.matmul %[[F]], %[[WHOLE]] {transpose_b} : tensor<2x48xf32>, tensor<4x48xf32> -> tensor<2x4xf32>
  func.func @images(%x: tensor<4x4x4x3xf32> {gan.data = "d.x", gan.move = 0 : i64}, %w: tensor<1x1x3x3xf32> {gan.storage = "w"})
      -> (tensor<1x1x3x3xf32> {gan.storage = "w"}, tensor<f32> {gan.metric = "m"}) attributes {gan.role = "step"} {
    %y = gan.conv2d %x, %w strides = [1, 1] padding = [0, 0, 0, 0] : tensor<4x4x4x3xf32>, tensor<1x1x3x3xf32> -> tensor<4x4x4x3xf32>
    %g = gan.conv2d_weight_grad %x, %y strides = [1, 1] padding = [0, 0, 0, 0] : tensor<4x4x4x3xf32>, tensor<4x4x4x3xf32> -> tensor<1x1x3x3xf32>
    %f = gan.reshape %x : tensor<4x4x4x3xf32> -> tensor<4x48xf32>
    %p = gan.matmul %f, %f {transpose_b} : tensor<4x48xf32>, tensor<4x48xf32> -> tensor<4x4xf32>
    %s = gan.sum %p dims = [0, 1] : tensor<4x4xf32> -> tensor<f32>
    return %g, %s : tensor<1x1x3x3xf32>, tensor<f32>
  }

  // Numbers are those of their places in the whole batch; what all shards have is cut where it meets a part.
  // CHECK-LABEL: func.func @draws
  // CHECK-SAME: %[[N:arg[0-9]+]]: tensor<i64> {gan.shard}
  // CHECK: %[[R:.*]] = gan.random %arg0 {{.*}} -> tensor<8x6xf32>
  // CHECK: %[[Z:.*]] = gan.shard %[[R]] of %[[N]] dim = 0 : tensor<8x6xf32>, tensor<i64> -> tensor<4x6xf32>
  // CHECK: %[[P:.*]] = gan.broadcast %arg1 dims = [1] : tensor<6xf32> -> tensor<4x6xf32>
  // CHECK: gan.add %[[Z]], %[[P]]
  // CHECK: %[[I:.*]] = gan.iota dims = [0] : tensor<8x6xi32>
  // CHECK: gan.shard %[[I]] of %[[N]] dim = 0 : tensor<8x6xi32>, tensor<i64> -> tensor<4x6xi32>
  func.func @draws(%k: tensor<2xi64> {gan.key = 0 : i64}, %b: tensor<6xf32> {gan.storage = "b"})
      -> (tensor<6xf32> {gan.storage = "b"}) attributes {gan.role = "step"} {
    %z = gan.random %k stream = "z" from <normal, [0.0, 1.0]> : tensor<2xi64> -> tensor<8x6xf32>
    %p = gan.broadcast %b dims = [1] : tensor<6xf32> -> tensor<8x6xf32>
    %a = gan.add %z, %p : tensor<8x6xf32>
    %i = gan.iota dims = [0] : tensor<8x6xi32>
    %f = gan.cast %i : tensor<8x6xi32> -> tensor<8x6xf32>
    %m = gan.mul %a, %f : tensor<8x6xf32>
    %s = gan.sum %m dims = [0] : tensor<8x6xf32> -> tensor<6xf32>
    return %s : tensor<6xf32>
  }

  // Groups of samples do not cross shards: nothing but their sum is exchanged.
  // CHECK-LABEL: func.func @groups
  // CHECK: gan.reshape %arg0 : tensor<4x6xf32> -> tensor<2x2x6xf32>
  // CHECK-NEXT: gan.sum %{{.*}} dims = [1] : tensor<2x2x6xf32> -> tensor<2x6xf32>
  // CHECK: gan.all_gather
  // CHECK-NOT: gan.all_gather
  // CHECK: return
  func.func @groups(%x: tensor<8x6xf32> {gan.data = "d.x", gan.move = 0 : i64}) -> (tensor<6xf32> {gan.storage = "s"}) attributes {gan.role = "step"} {
    %g = gan.reshape %x : tensor<8x6xf32> -> tensor<4x2x6xf32>
    %m = gan.sum %g dims = [1] : tensor<4x2x6xf32> -> tensor<4x6xf32>
    %q = gan.mul %m, %m : tensor<4x6xf32>
    %s = gan.sum %q dims = [0] : tensor<4x6xf32> -> tensor<6xf32>
    return %s : tensor<6xf32>
  }

  // What mixes samples works on all of them; the axis may have moved.
  // CHECK-LABEL: func.func @mixed
  // CHECK: %[[T:.*]] = gan.transpose %arg0 permutation = [1, 0] : tensor<4x6xf32> -> tensor<6x4xf32>
  // CHECK: %[[ALL:.*]] = gan.all_gather %[[T]] : (tensor<6x4xf32>) -> tensor<2x6x4xf32>
  // CHECK: %[[BACK:.*]] = gan.transpose %[[ALL]] permutation = [1, 0, 2] : tensor<2x6x4xf32> -> tensor<6x2x4xf32>
  // CHECK: %[[WHOLE:.*]] = gan.reshape %[[BACK]] : tensor<6x2x4xf32> -> tensor<6x8xf32>
  // CHECK: gan.slice %[[WHOLE]] offsets = [0, 1] : tensor<6x8xf32> -> tensor<6x3xf32>
  func.func @mixed(%x: tensor<8x6xf32> {gan.data = "d.x", gan.move = 0 : i64}) -> (tensor<6x3xf32> {gan.storage = "s"}) attributes {gan.role = "step"} {
    %t = gan.transpose %x permutation = [1, 0] : tensor<8x6xf32> -> tensor<6x8xf32>
    %s = gan.slice %t offsets = [0, 1] : tensor<6x8xf32> -> tensor<6x3xf32>
    return %s : tensor<6x3xf32>
  }

  // CHECK-LABEL: func.func @samples
  // CHECK: gan.exp %arg0 : tensor<8x6xf32>
  func.func @samples(%x: tensor<8x6xf32> {gan.data = "d.x", gan.move = 0 : i64}) -> (tensor<8x6xf32> {gan.output = "s"}) attributes {gan.role = "output"} {
    %y = gan.exp %x : tensor<8x6xf32>
    return %y : tensor<8x6xf32>
  }
}

// -----

gan.model @odd {
  // expected-error@+1 {{a batch of 7 samples of 'd.x' cannot be cut into 2 equal shards}}
  func.func @odd(%x: tensor<7x6xf32> {gan.data = "d.x", gan.move = 0 : i64}) -> (tensor<6xf32> {gan.storage = "s"}) attributes {gan.role = "step"} {
    %a = gan.sum %x dims = [0] : tensor<7x6xf32> -> tensor<6xf32>
    return %a : tensor<6xf32>
  }
}
