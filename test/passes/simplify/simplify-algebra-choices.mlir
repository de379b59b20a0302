// RUN: gan-opt %s --gan-simplify-algebra --cse | FileCheck %s

// The two halves of a gradient become one product (a canonical form of the dialect), and its mask is read from the activation, so that
// what goes in need not be kept.
// CHECK-LABEL: func.func @leaky
// CHECK-SAME: %[[X:[a-z0-9]*]]: tensor<8x32xf32>, %[[G:[a-z0-9]*]]: tensor<8x32xf32>
func.func @leaky(%x0: tensor<8x32xf32>, %g: tensor<8x32xf32>) -> (tensor<8x32xf32>, tensor<8x32xf32>) {
  // CHECK: %[[D:.*]] = gan.sub %[[X]]
  // CHECK: %[[C:.*]] = gan.compare {{ ?}}gt, %[[D]]
  // CHECK: %[[SLOPE:.*]] = gan.select %[[C]]
  // CHECK: %[[Y:.*]] = gan.mul %[[D]], %[[SLOPE]]
  // CHECK: %[[MASK:.*]] = gan.compare {{ ?}}gt, %[[Y]]
  // CHECK: %[[BACK:.*]] = gan.select %[[MASK]]
  // CHECK: %[[DX:.*]] = gan.mul %[[G]], %[[BACK]]
  // CHECK: return %[[Y]], %[[DX]]
  %zero = gan.constant dense<0.0> : tensor<8x32xf32>
  %slope = gan.constant dense<0.2> : tensor<8x32xf32>
  %shift = gan.constant dense<0.75> : tensor<8x32xf32>
  %x = gan.sub %x0, %shift : tensor<8x32xf32>
  %c = gan.compare gt, %x, %zero : tensor<8x32xf32> -> tensor<8x32xi1>
  %s = gan.mul %x, %slope : tensor<8x32xf32>
  %y = gan.select %c, %x, %s : tensor<8x32xi1>, tensor<8x32xf32>
  %yes = gan.select %c, %g, %zero : tensor<8x32xi1>, tensor<8x32xf32>
  %no = gan.select %c, %zero, %g : tensor<8x32xi1>, tensor<8x32xf32>
  %scaled = gan.mul %no, %slope : tensor<8x32xf32>
  %dx = gan.add %yes, %scaled : tensor<8x32xf32>
  return %y, %dx : tensor<8x32xf32>, tensor<8x32xf32>
}

// CHECK-LABEL: func.func @relu
func.func @relu(%x0: tensor<8x32xf32>, %g: tensor<8x32xf32>) -> (tensor<8x32xf32>, tensor<8x32xf32>) {
  // CHECK: %[[Y:.*]] = gan.max
  // CHECK: %[[MASK:.*]] = gan.compare {{ ?}}gt, %[[Y]]
  // CHECK: gan.select %[[MASK]]
  %zero = gan.constant dense<0.0> : tensor<8x32xf32>
  %shift = gan.constant dense<0.75> : tensor<8x32xf32>
  %x = gan.sub %x0, %shift : tensor<8x32xf32>
  %y = gan.max %zero, %x : tensor<8x32xf32>
  %c = gan.compare gt, %x, %zero : tensor<8x32xf32> -> tensor<8x32xi1>
  %dx = gan.select %c, %g, %zero : tensor<8x32xi1>, tensor<8x32xf32>
  return %y, %dx : tensor<8x32xf32>, tensor<8x32xf32>
}

// A mask stays where others read x, like the other branch of a residual block, and where the activation grows below 0.
// CHECK-LABEL: func.func @masks_kept
// CHECK-SAME: %[[X:[a-z0-9]*]]: tensor<8x32xf32>, %[[Z:[a-z0-9]*]]: tensor<8x32xf32>
func.func @masks_kept(%x: tensor<8x32xf32>, %z: tensor<8x32xf32>, %g: tensor<8x32xf32>)
    -> (tensor<8x32xf32>, tensor<8x32xf32>, tensor<8x32xf32>, tensor<8x32xf32>, tensor<8x32xf32>) {
  // CHECK-DAG: gan.compare {{ ?}}gt, %[[X]]
  // CHECK-DAG: gan.compare {{ ?}}gt, %[[Z]]
  // CHECK-NOT: gan.compare
  // CHECK: return
  %zero = gan.constant dense<0.0> : tensor<8x32xf32>
  %y = gan.max %zero, %x : tensor<8x32xf32>
  %branch = gan.exp %x : tensor<8x32xf32>
  %c = gan.compare gt, %x, %zero : tensor<8x32xf32> -> tensor<8x32xi1>
  %dx = gan.select %c, %g, %zero : tensor<8x32xi1>, tensor<8x32xf32>
  %slope = gan.constant dense<-0.5> : tensor<8x32xf32>
  %k = gan.compare gt, %z, %zero : tensor<8x32xf32> -> tensor<8x32xi1>
  %s = gan.mul %z, %slope : tensor<8x32xf32>
  %a = gan.select %k, %z, %s : tensor<8x32xi1>, tensor<8x32xf32>
  %dz = gan.select %k, %g, %zero : tensor<8x32xi1>, tensor<8x32xf32>
  return %y, %branch, %dx, %a, %dz : tensor<8x32xf32>, tensor<8x32xf32>, tensor<8x32xf32>, tensor<8x32xf32>, tensor<8x32xf32>
}

// CHECK-LABEL: func.func @nested
// CHECK-SAME: %[[C:.*]]: tensor<8xi1>, %[[A:[a-z0-9]*]]: tensor<8xf32>, %{{.*}}: tensor<8xf32>, %[[D:.*]]: tensor<8xf32>
func.func @nested(%c: tensor<8xi1>, %a: tensor<8xf32>, %b: tensor<8xf32>, %d: tensor<8xf32>) -> tensor<8xf32> {
  // CHECK: %[[Y:.*]] = gan.select %[[C]], %[[A]], %[[D]]
  // CHECK: return %[[Y]]
  %x = gan.select %c, %a, %b : tensor<8xi1>, tensor<8xf32>
  %y = gan.select %c, %x, %d : tensor<8xi1>, tensor<8xf32>
  return %y : tensor<8xf32>
}

// CHECK-LABEL: func.func @scaled
// CHECK-SAME: %[[C:.*]]: tensor<8xi1>, %[[A:[a-z0-9]*]]: tensor<8xf32>, %[[B:.*]]: tensor<8xf32>
func.func @scaled(%c: tensor<8xi1>, %a: tensor<8xf32>, %b: tensor<8xf32>) -> tensor<8xf32> {
  // CHECK: %[[Q:.*]] = gan.div %[[A]], %[[B]]
  // CHECK: %[[N:.*]] = gan.neg %[[B]]
  // CHECK: gan.select %[[C]], %[[Q]], %[[N]]
  %zero = gan.constant dense<0.0> : tensor<8xf32>
  %x = gan.select %c, %a, %zero : tensor<8xi1>, tensor<8xf32>
  %q = gan.div %x, %b : tensor<8xf32>
  %y = gan.select %c, %zero, %b : tensor<8xi1>, tensor<8xf32>
  %n = gan.neg %y : tensor<8xf32>
  %s = gan.add %q, %n : tensor<8xf32>
  return %s : tensor<8xf32>
}
