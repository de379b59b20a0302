// RUN: gan-opt %s --gan-factor-sums --cse | FileCheck %s

// What is broadcast along the summed axes is multiplied once, behind the sum.
// CHECK-LABEL: func.func @broadcast
// CHECK-SAME: (%[[X:.*]]: tensor<8x3xf32>, %[[C:.*]]: tensor<3xf32>)
func.func @broadcast(%x: tensor<8x3xf32>, %c: tensor<3xf32>) -> tensor<3xf32> {
  // CHECK: %[[S:.*]] = gan.sum %[[X]] dims = [0]
  // CHECK: %[[Y:.*]] = gan.mul %[[S]], %[[C]] : tensor<3xf32>
  // CHECK: return %[[Y]]
  %b = gan.broadcast %c dims = [1] : tensor<3xf32> -> tensor<8x3xf32>
  %p = gan.mul %x, %b : tensor<8x3xf32>
  %y = gan.sum %p dims = [0] : tensor<8x3xf32> -> tensor<3xf32>
  return %y : tensor<3xf32>
}

// So are signs, numbers, doublings and divisors, wherever they stand in the product; what varies stays.
// CHECK-LABEL: func.func @product
// CHECK-SAME: (%[[X:.*]]: tensor<8x3xf32>, %[[Z:.*]]: tensor<8x3xf32>, %[[D:.*]]: tensor<f32>)
func.func @product(%x: tensor<8x3xf32>, %z: tensor<8x3xf32>, %d: tensor<f32>) -> tensor<8xf32> {
  // CHECK: %[[K:.*]] = gan.constant dense<-6.0{{.*}} : tensor<8xf32>
  // CHECK: %[[P:.*]] = gan.mul %[[X]], %[[Z]] : tensor<8x3xf32>
  // CHECK: %[[S:.*]] = gan.sum %[[P]] dims = [1]
  // CHECK: %[[T:.*]] = gan.mul %[[S]], %[[K]]
  // CHECK: %[[B:.*]] = gan.broadcast %[[D]]
  // CHECK: %[[Y:.*]] = gan.div %[[T]], %[[B]] : tensor<8xf32>
  // CHECK: return %[[Y]]
  %three = gan.constant dense<3.0> : tensor<8x3xf32>
  %b = gan.broadcast %d dims = [] : tensor<f32> -> tensor<8x3xf32>
  %q = gan.div %x, %b : tensor<8x3xf32>
  %n = gan.neg %q : tensor<8x3xf32>
  %t = gan.mul %z, %three : tensor<8x3xf32>
  %p = gan.mul %n, %t : tensor<8x3xf32>
  %pp = gan.add %p, %p : tensor<8x3xf32>
  %y = gan.sum %pp dims = [1] : tensor<8x3xf32> -> tensor<8xf32>
  return %y : tensor<8xf32>
}

// A sum of nothing but fixed factors is their product with the number of addends.
// CHECK-LABEL: func.func @all_fixed
func.func @all_fixed(%a: tensor<3xf32>, %c: tensor<3xf32>) -> tensor<3xf32> {
  // CHECK-NOT: gan.sum
  // CHECK: gan.constant dense<8.0
  %ab = gan.broadcast %a dims = [1] : tensor<3xf32> -> tensor<8x3xf32>
  %cb = gan.broadcast %c dims = [1] : tensor<3xf32> -> tensor<8x3xf32>
  %p = gan.mul %ab, %cb : tensor<8x3xf32>
  %y = gan.sum %p dims = [0] : tensor<8x3xf32> -> tensor<3xf32>
  return %y : tensor<3xf32>
}

// What varies along a summed axis stays where it is, and so does a sum whose order is fixed.
// CHECK-LABEL: func.func @kept
func.func @kept(%x: tensor<8x3xf32>, %c: tensor<3xf32>) -> (tensor<8xf32>, tensor<3xf32>) {
  // CHECK: %[[B:.*]] = gan.broadcast
  // CHECK: %[[P:.*]] = gan.mul %{{.*}}, %[[B]]
  // CHECK: gan.sum %[[P]] dims = [1]
  // CHECK: gan.sum %[[P]] dims = [0] order
  %b = gan.broadcast %c dims = [1] : tensor<3xf32> -> tensor<8x3xf32>
  %p = gan.mul %x, %b : tensor<8x3xf32>
  %y = gan.sum %p dims = [1] : tensor<8x3xf32> -> tensor<8xf32>
  %z = gan.sum %p dims = [0] order <splits = 1, lanes = 1> : tensor<8x3xf32> -> tensor<3xf32>
  return %y, %z : tensor<8xf32>, tensor<3xf32>
}

// The sum of a sum or a difference is no pass of its own where the sums of its parts are there: here of the values that were
// centred, and of the cotangent that a gain is multiplied with.
// CHECK-LABEL: func.func @distribute
// CHECK-SAME: (%[[X:.*]]: tensor<8x3xf32>, %[[G:.*]]: tensor<8x3xf32>
func.func @distribute(%x: tensor<8x3xf32>, %g: tensor<8x3xf32>, %a: tensor<3xf32>) -> (tensor<3xf32>, tensor<3xf32>, tensor<8x3xf32>) {
  // CHECK: gan.sum %[[X]]
  // CHECK: gan.sum %[[G]]
  // CHECK-NOT: gan.sum
  %n = gan.constant dense<0.125> : tensor<3xf32>
  %s = gan.sum %x dims = [0] : tensor<8x3xf32> -> tensor<3xf32>
  %m = gan.mul %s, %n : tensor<3xf32>
  %b = gan.broadcast %m dims = [1] : tensor<3xf32> -> tensor<8x3xf32>
  %c = gan.sub %x, %b : tensor<8x3xf32>
  %t = gan.sum %g dims = [0] : tensor<8x3xf32> -> tensor<3xf32>
  %ab = gan.broadcast %a dims = [1] : tensor<3xf32> -> tensor<8x3xf32>
  %ga = gan.mul %g, %ab : tensor<8x3xf32>
  %d = gan.add %c, %ga : tensor<8x3xf32>
  %y = gan.sum %d dims = [0] : tensor<8x3xf32> -> tensor<3xf32>
  return %y, %t, %d : tensor<3xf32>, tensor<3xf32>, tensor<8x3xf32>
}

// Where one part is summed already, the sum of the other takes the place of the whole.
// CHECK-LABEL: func.func @instead
// CHECK-SAME: (%[[X:.*]]: tensor<8x3xf32>, %[[G:.*]]: tensor<8x3xf32>)
func.func @instead(%x: tensor<8x3xf32>, %g: tensor<8x3xf32>) -> (tensor<3xf32>, tensor<3xf32>) {
  // CHECK: gan.sum %[[G]]
  // CHECK: gan.sum %[[X]]
  // CHECK-NOT: gan.sum
  %t = gan.sum %g dims = [0] : tensor<8x3xf32> -> tensor<3xf32>
  %d = gan.add %x, %g : tensor<8x3xf32>
  %y = gan.sum %d dims = [0] : tensor<8x3xf32> -> tensor<3xf32>
  return %y, %t : tensor<3xf32>, tensor<3xf32>
}

// A product is summed where one of the same factors is, whatever it is scaled by: the gains of two passes over one norm.
// CHECK-LABEL: func.func @products
// CHECK-SAME: (%[[X:.*]]: tensor<8x3xf32>, %[[G:.*]]: tensor<8x3xf32>, %[[Z:.*]]: tensor<8x3xf32>
func.func @products(%x: tensor<8x3xf32>, %g: tensor<8x3xf32>, %z: tensor<8x3xf32>, %r: tensor<3xf32>) -> (tensor<3xf32>, tensor<3xf32>) {
  // CHECK: %[[P:.*]] = gan.mul %[[X]], %[[G]]
  // CHECK: gan.sum %[[P]]
  // CHECK: gan.sum %[[Z]]
  // CHECK-NOT: gan.sum
  %p = gan.mul %x, %g : tensor<8x3xf32>
  %s = gan.sum %p dims = [0] : tensor<8x3xf32> -> tensor<3xf32>
  %b = gan.broadcast %r dims = [1] : tensor<3xf32> -> tensor<8x3xf32>
  %xb = gan.mul %x, %b : tensor<8x3xf32>
  %q = gan.mul %xb, %g : tensor<8x3xf32>
  %d = gan.add %q, %z : tensor<8x3xf32>
  %y = gan.sum %d dims = [0] : tensor<8x3xf32> -> tensor<3xf32>
  return %s, %y : tensor<3xf32>, tensor<3xf32>
}

// Where neither is, one sum of both is less than two.
// CHECK-LABEL: func.func @together
func.func @together(%x: tensor<8x3xf32>, %g: tensor<8x3xf32>) -> tensor<3xf32> {
  // CHECK: %[[D:.*]] = gan.add
  // CHECK: gan.sum %[[D]]
  %d = gan.add %x, %g : tensor<8x3xf32>
  %y = gan.sum %d dims = [0] : tensor<8x3xf32> -> tensor<3xf32>
  return %y : tensor<3xf32>
}
