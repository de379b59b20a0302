// RUN: gan-opt %s --gan-expand-grad --gan-verify-no-grad | FileCheck %s

// The example of the pass.
// CHECK-LABEL: func.func @product
// CHECK-SAME: (%[[X:.*]]: tensor<f32>, %[[W:.*]]: tensor<f32>)
func.func @product(%x: tensor<f32>, %w: tensor<f32>) -> tensor<f32> {
  // CHECK: %[[P:.*]] = gan.mul %[[X]], %[[W]]
  // CHECK: %[[Y:.*]] = gan.exp %[[P]]
  // CHECK: %[[DX:.*]] = gan.mul %[[Y]], %[[W]]
  // CHECK-NEXT: return %[[DX]]
  %p = gan.mul %x, %w : tensor<f32>
  %y = gan.exp %p : tensor<f32>
  %dx = gan.grad %y wrt %x : (tensor<f32>, tensor<f32>) -> tensor<f32>
  return %dx : tensor<f32>
}

// Only paths from the given value count: not the one beside it, and none before it.
// CHECK-LABEL: func.func @middle
// CHECK-SAME: (%[[X:.*]]: tensor<f32>)
func.func @middle(%x: tensor<f32>) -> tensor<f32> {
  // CHECK: %[[H:.*]] = gan.exp %[[X]]
  // CHECK: gan.mul %[[H]], %[[X]]
  // CHECK: return %[[X]]
  %h = gan.exp %x : tensor<f32>
  %y = gan.mul %h, %x : tensor<f32>
  %dh = gan.grad %y wrt %h : (tensor<f32>, tensor<f32>) -> tensor<f32>
  return %dh : tensor<f32>
}

// Several uses add up; what is asked for twice is built once; a value that y does not depend on gets zeros.
// CHECK-LABEL: func.func @several
// CHECK-SAME: (%[[X:.*]]: tensor<f32>, %[[U:.*]]: tensor<2xf32>)
func.func @several(%x: tensor<f32>, %u: tensor<2xf32>) -> (tensor<f32>, tensor<f32>, tensor<2xf32>) {
  // CHECK: gan.add %[[X]], %[[X]]
  // CHECK: %[[TWO:.*]] = gan.constant dense<2.0
  // CHECK: %[[ZERO:.*]] = gan.constant dense<0.0{{.*}} : tensor<2xf32>
  // CHECK-NEXT: return %[[TWO]], %[[TWO]], %[[ZERO]]
  %y = gan.add %x, %x : tensor<f32>
  %d:3 = gan.grad %y wrt %x, %x, %u : (tensor<f32>, tensor<f32>, tensor<f32>, tensor<2xf32>) -> (tensor<f32>, tensor<f32>, tensor<2xf32>)
  return %d#0, %d#1, %d#2 : tensor<f32>, tensor<f32>, tensor<2xf32>
}

// A gradient of which only one result is read builds no other.
// CHECK-LABEL: func.func @unread
func.func @unread(%a: tensor<4x8xf32>, %b: tensor<8x4xf32>) -> tensor<4x8xf32> {
  // CHECK-COUNT-2: gan.matmul
  // CHECK-NOT: gan.matmul
  // CHECK: return
  %y = gan.matmul %a, %b : tensor<4x8xf32>, tensor<8x4xf32> -> tensor<4x4xf32>
  %s = gan.sum %y dims = [0, 1] : tensor<4x4xf32> -> tensor<f32>
  %d:2 = gan.grad %s wrt %a, %b : (tensor<f32>, tensor<4x8xf32>, tensor<8x4xf32>) -> (tensor<4x8xf32>, tensor<8x4xf32>)
  return %d#0 : tensor<4x8xf32>
}

// No gradient flows through these; stop_gradient itself goes away.
// CHECK-LABEL: func.func @inactive
// CHECK-SAME: (%[[X:.*]]: tensor<f32>)
func.func @inactive(%x: tensor<f32>) -> (tensor<f32>, tensor<f32>) {
  // CHECK: %[[SIGN:.*]] = gan.sign %[[X]]
  // CHECK: %[[FLOOR:.*]] = gan.floor %[[SIGN]]
  // CHECK: %[[SUM:.*]] = gan.add %[[FLOOR]], %[[X]]
  // CHECK-NOT: stop_gradient
  // CHECK: %[[ZERO:.*]] = gan.constant dense<0.0
  // CHECK: return %[[ZERO]], %[[SUM]]
  %a = gan.sign %x : tensor<f32>
  %b = gan.floor %a : tensor<f32>
  %c = gan.stop_gradient %x : tensor<f32>
  %y = gan.add %b, %c : tensor<f32>
  %dx = gan.grad %y wrt %x : (tensor<f32>, tensor<f32>) -> tensor<f32>
  return %dx, %y : tensor<f32>, tensor<f32>
}

// A tie gives its gradient to the first operand, and sqrt'(0) is 0: the divisor is infinite there.
// CHECK-LABEL: func.func @kinks
// CHECK-SAME: (%[[A:.*]]: tensor<f32>, %[[B:.*]]: tensor<f32>)
func.func @kinks(%a: tensor<f32>, %b: tensor<f32>) -> (tensor<f32>, tensor<f32>) {
  // CHECK: gan.max
  // CHECK: %[[ROOT:.*]] = gan.sqrt
  // CHECK: %[[INF:.*]] = gan.constant dense<0x7F800000>
  // CHECK: %[[NULL:.*]] = gan.compare eq, %[[ROOT]]
  // CHECK: %[[SAFE:.*]] = gan.select %[[NULL]], %[[INF]], %[[ROOT]]
  // CHECK: %[[G:.*]] = gan.div %{{.*}}, %[[SAFE]]
  // CHECK: %[[BEATS:.*]] = gan.compare gt, %[[B]], %[[A]]
  // CHECK: gan.select %[[BEATS]], %{{.*}}, %[[G]]
  // CHECK: gan.select %{{.*}}, %[[G]], %{{.*}}
  %m = gan.max %a, %b : tensor<f32>
  %y = gan.sqrt %m : tensor<f32>
  %da, %db = gan.grad %y wrt %a, %b : (tensor<f32>, tensor<f32>, tensor<f32>) -> (tensor<f32>, tensor<f32>)
  return %da, %db : tensor<f32>, tensor<f32>
}

// Each x is a variable of its own, also where it is made of another, and whether its gradient is read or not.
// CHECK-LABEL: func.func @variables
// CHECK-SAME: (%[[X:.*]]: tensor<f32>, %[[W:.*]]: tensor<f32>)
func.func @variables(%x: tensor<f32>, %w: tensor<f32>) -> (tensor<f32>, tensor<f32>, tensor<f32>) {
  // CHECK: %[[V:.*]] = gan.mul %[[X]], %[[X]]
  // CHECK: gan.add
  // CHECK-NOT: gan.add
  // CHECK: return %[[W]], %[[V]], %[[W]]
  %v = gan.mul %x, %x : tensor<f32>
  %a = gan.mul %v, %w : tensor<f32>
  %b = gan.mul %x, %w : tensor<f32>
  %y = gan.add %a, %b : tensor<f32>
  %dx, %dv = gan.grad %y wrt %x, %v : (tensor<f32>, tensor<f32>, tensor<f32>) -> (tensor<f32>, tensor<f32>)
  %ex, %ev = gan.grad %y wrt %x, %v : (tensor<f32>, tensor<f32>, tensor<f32>) -> (tensor<f32>, tensor<f32>)
  return %dx, %v, %ex : tensor<f32>, tensor<f32>, tensor<f32>
}
