// RUN: gan-opt %s --gan-simplify-algebra --cse | FileCheck %s

// The gradient of u^T W v by a filter: nothing of its size is computed but where it is added.
// CHECK-LABEL: func.func @outer
// CHECK-SAME: %[[U:.*]]: tensor<8x1xf32>, %[[V:.*]]: tensor<36x1xf32>, %[[G:.*]]: tensor<8x4x3x3xf32>
func.func @outer(%u: tensor<8x1xf32>, %v: tensor<36x1xf32>, %g: tensor<8x4x3x3xf32>) -> tensor<8x4x3x3xf32> {
  // CHECK-NOT: gan.matmul
  // CHECK-DAG: %[[UD:.*]] = gan.reshape %[[U]] : tensor<8x1xf32> -> tensor<8xf32>
  // CHECK-DAG: %[[UB:.*]] = gan.broadcast %[[UD]] dims = [0] : tensor<8xf32> -> tensor<8x4x3x3xf32>
  // CHECK-DAG: %[[VD:.*]] = gan.reshape %[[V]] : tensor<36x1xf32> -> tensor<4x3x3xf32>
  // CHECK-DAG: %[[VB:.*]] = gan.broadcast %[[VD]] dims = [1, 2, 3] : tensor<4x3x3xf32> -> tensor<8x4x3x3xf32>
  // CHECK: %[[P:.*]] = gan.mul %[[UB]], %[[VB]] : tensor<8x4x3x3xf32>
  // CHECK: gan.add %[[G]], %[[P]]
  %p = gan.matmul %u, %v {transpose_b} : tensor<8x1xf32>, tensor<36x1xf32> -> tensor<8x36xf32>
  %r = gan.reshape %p : tensor<8x36xf32> -> tensor<8x4x3x3xf32>
  %s = gan.add %g, %r : tensor<8x4x3x3xf32>
  return %s : tensor<8x4x3x3xf32>
}

// Two of them, added under the shape of the matrices; a third one, each of a batch.
// CHECK-LABEL: func.func @outers
func.func @outers(%a: tensor<8x1xf32>, %b: tensor<1x36xf32>, %c: tensor<1x8xf32>, %d: tensor<1x36xf32>,
                  %e: tensor<2x8x1xf32>, %f: tensor<2x1x36xf32>) -> (tensor<8x4x9xf32>, tensor<2x8x4x9xf32>) {
  // CHECK-NOT: gan.matmul
  // CHECK: gan.add %{{.*}} : tensor<8x4x9xf32>
  // CHECK: gan.mul %{{.*}} : tensor<2x8x4x9xf32>
  %p = gan.matmul %a, %b : tensor<8x1xf32>, tensor<1x36xf32> -> tensor<8x36xf32>
  %q = gan.matmul %c, %d {transpose_a} : tensor<1x8xf32>, tensor<1x36xf32> -> tensor<8x36xf32>
  %s = gan.add %p, %q : tensor<8x36xf32>
  %r = gan.reshape %s : tensor<8x36xf32> -> tensor<8x4x9xf32>
  %t = gan.matmul %e, %f : tensor<2x8x1xf32>, tensor<2x1x36xf32> -> tensor<2x8x36xf32>
  %u = gan.reshape %t : tensor<2x8x36xf32> -> tensor<2x8x4x9xf32>
  return %r, %u : tensor<8x4x9xf32>, tensor<2x8x4x9xf32>
}

// A reshape that joins an axis of one factor with an axis of the other stays.
// CHECK-LABEL: func.func @joined
func.func @joined(%u: tensor<8x1xf32>, %v: tensor<1x6xf32>) -> tensor<4x12xf32> {
  // CHECK: %[[P:.*]] = gan.mul %{{.*}} : tensor<8x6xf32>
  // CHECK: gan.reshape %[[P]] : tensor<8x6xf32> -> tensor<4x12xf32>
  %p = gan.matmul %u, %v : tensor<8x1xf32>, tensor<1x6xf32> -> tensor<8x6xf32>
  %r = gan.reshape %p : tensor<8x6xf32> -> tensor<4x12xf32>
  return %r : tensor<4x12xf32>
}

// Under its own shape it is a contraction, whose epilogue takes what follows.
// CHECK-LABEL: func.func @same_shape
func.func @same_shape(%u: tensor<8x1xf32>, %v: tensor<1x6xf32>) -> tensor<8x6xf32> {
  // CHECK: gan.matmul
  %p = gan.matmul %u, %v : tensor<8x1xf32>, tensor<1x6xf32> -> tensor<8x6xf32>
  return %p : tensor<8x6xf32>
}

// The steps of a power iteration on a filter sum over its axes, and take it in any layout.
// CHECK-LABEL: func.func @power_iteration
// CHECK-SAME: %[[W:.*]]: tensor<8x4x3x3xf32>, %[[U:.*]]: tensor<8x1xf32>, %[[V:.*]]: tensor<36x1xf32>
func.func @power_iteration(%w: tensor<8x4x3x3xf32>, %u: tensor<8x1xf32>, %v: tensor<36x1xf32>)
    -> (tensor<36x1xf32>, tensor<8x1xf32>, tensor<1x36xf32>) {
  // CHECK-NOT: gan.matmul
  // CHECK: gan.sum %{{.*}} dims = [0] : tensor<8x4x3x3xf32> -> tensor<4x3x3xf32>
  // CHECK: gan.sum %{{.*}} dims = [1, 2, 3] : tensor<8x4x3x3xf32> -> tensor<8xf32>
  %m = gan.reshape %w : tensor<8x4x3x3xf32> -> tensor<8x36xf32>
  %t = gan.transpose %m permutation = [1, 0] : tensor<8x36xf32> -> tensor<36x8xf32>
  %vn = gan.matmul %t, %u : tensor<36x8xf32>, tensor<8x1xf32> -> tensor<36x1xf32>
  %un = gan.matmul %m, %v : tensor<8x36xf32>, tensor<36x1xf32> -> tensor<8x1xf32>
  %row = gan.matmul %u, %m {transpose_a} : tensor<8x1xf32>, tensor<8x36xf32> -> tensor<1x36xf32>
  return %vn, %un, %row : tensor<36x1xf32>, tensor<8x1xf32>, tensor<1x36xf32>
}

// A matrix that is nothing else has a product; so has one that joins what is summed over with what is not.
// CHECK-LABEL: func.func @matrices
func.func @matrices(%m: tensor<8x36xf32>, %w: tensor<4x72xf32>, %v: tensor<36x1xf32>) -> (tensor<8x1xf32>, tensor<8x1xf32>) {
  // CHECK-COUNT-2: gan.matmul
  %a = gan.matmul %m, %v : tensor<8x36xf32>, tensor<36x1xf32> -> tensor<8x1xf32>
  %n = gan.reshape %w : tensor<4x72xf32> -> tensor<8x36xf32>
  %b = gan.matmul %n, %v : tensor<8x36xf32>, tensor<36x1xf32> -> tensor<8x1xf32>
  return %a, %b : tensor<8x1xf32>, tensor<8x1xf32>
}
