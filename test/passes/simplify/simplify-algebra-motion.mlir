// RUN: gan-opt %s --gan-simplify-algebra --cse | FileCheck %s

// Elementwise ops move before broadcasts, the narrower of which are broadcast to the widest.
// CHECK-LABEL: func.func @hoist
// CHECK-SAME: %[[S:.*]]: tensor<f32>, %[[V:.*]]: tensor<32xf32>, %[[W:.*]]: tensor<4x32xf32>
func.func @hoist(%s: tensor<f32>, %v: tensor<32xf32>, %w: tensor<4x32xf32>) -> (tensor<4x8x32xf32>, tensor<4x8x32xi1>) {
  // CHECK-DAG: %[[SV:.*]] = gan.broadcast %[[S]] dims = [] : tensor<f32> -> tensor<32xf32>
  // CHECK-DAG: %[[A:.*]] = gan.sub %[[V]], %[[SV]] : tensor<32xf32>
  // CHECK-DAG: %[[AW:.*]] = gan.broadcast %[[A]] dims = [1] : tensor<32xf32> -> tensor<4x32xf32>
  // CHECK-DAG: %[[T:.*]] = gan.max %[[W]], %[[AW]] : tensor<4x32xf32>
  // CHECK-DAG: gan.broadcast %[[T]] dims = [0, 2] : tensor<4x32xf32> -> tensor<4x8x32xf32>
  // CHECK-DAG: %[[C:.*]] = gan.compare {{ ?}}gt, %[[V]], %{{.*}} : tensor<32xf32> -> tensor<32xi1>
  // CHECK-DAG: gan.broadcast %[[C]] dims = [2] : tensor<32xi1> -> tensor<4x8x32xi1>
  %half = gan.constant dense<0.5> : tensor<4x8x32xf32>
  %sb = gan.broadcast %s dims = [] : tensor<f32> -> tensor<4x8x32xf32>
  %vb = gan.broadcast %v dims = [2] : tensor<32xf32> -> tensor<4x8x32xf32>
  %wb = gan.broadcast %w dims = [0, 2] : tensor<4x32xf32> -> tensor<4x8x32xf32>
  %a = gan.sub %vb, %sb : tensor<4x8x32xf32>
  %t = gan.max %wb, %a : tensor<4x8x32xf32>
  %c = gan.compare gt, %vb, %half : tensor<4x8x32xf32> -> tensor<4x8x32xi1>
  return %t, %c : tensor<4x8x32xf32>, tensor<4x8x32xi1>
}

// A row and a column do not nest.
// CHECK-LABEL: func.func @apart
func.func @apart(%v: tensor<32xf32>, %w: tensor<4xf32>) -> tensor<4x32xf32> {
  // CHECK: gan.add %{{.*}} : tensor<4x32xf32>
  %vb = gan.broadcast %v dims = [1] : tensor<32xf32> -> tensor<4x32xf32>
  %wb = gan.broadcast %w dims = [0] : tensor<4xf32> -> tensor<4x32xf32>
  %a = gan.add %vb, %wb : tensor<4x32xf32>
  return %a : tensor<4x32xf32>
}

// Means that were kept as [32, 1, 1] and as [32] become one.
// CHECK-LABEL: func.func @sink
// CHECK-SAME: %[[X:.*]]: tensor<32xf32>
func.func @sink(%x: tensor<32xf32>) -> (tensor<8x32x4x4xf32>, tensor<32xf32>) {
  // CHECK: %[[M:.*]] = gan.mul %[[X]], %{{.*}} : tensor<32xf32>
  // CHECK: %[[B:.*]] = gan.broadcast %[[M]] dims = [1] : tensor<32xf32> -> tensor<8x32x4x4xf32>
  // CHECK: return %[[B]], %[[M]]
  %n = gan.constant dense<0.3> : tensor<32xf32>
  %n1 = gan.constant dense<0.3> : tensor<32x1x1xf32>
  %m = gan.mul %x, %n : tensor<32xf32>
  %x1 = gan.reshape %x : tensor<32xf32> -> tensor<32x1x1xf32>
  %m1 = gan.mul %x1, %n1 : tensor<32x1x1xf32>
  %back = gan.reshape %m1 : tensor<32x1x1xf32> -> tensor<32xf32>
  %b = gan.broadcast %back dims = [1] : tensor<32xf32> -> tensor<8x32x4x4xf32>
  return %b, %m : tensor<8x32x4x4xf32>, tensor<32xf32>
}

// CHECK-LABEL: func.func @unit_axes
// CHECK-SAME: %[[X:.*]]: tensor<32xf32>
func.func @unit_axes(%x: tensor<32xf32>) -> tensor<8x32x1x1xf32> {
  // CHECK: gan.broadcast %[[X]] dims = [1] : tensor<32xf32> -> tensor<8x32x1x1xf32>
  %r = gan.reshape %x : tensor<32xf32> -> tensor<32x1x1xf32>
  %b = gan.broadcast %r dims = [1, 2, 3] : tensor<32x1x1xf32> -> tensor<8x32x1x1xf32>
  return %b : tensor<8x32x1x1xf32>
}

// A reshape that joins axes stays.
// CHECK-LABEL: func.func @joined
func.func @joined(%x: tensor<8x32x4xf32>) -> tensor<8x128xf32> {
  // CHECK: gan.reshape
  // CHECK: gan.tanh
  %r = gan.reshape %x : tensor<8x32x4xf32> -> tensor<8x128xf32>
  %t = gan.tanh %r : tensor<8x128xf32>
  return %t : tensor<8x128xf32>
}
