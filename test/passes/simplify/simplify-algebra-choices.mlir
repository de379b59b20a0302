// RUN: gan-opt %s --gan-simplify-algebra --cse | FileCheck %s

// The gradient of a leaky_relu behind a matmul: one select, with a mask that is read from the activation.
// CHECK-LABEL: func.func @leaky
// CHECK-SAME: %[[A:.*]]: tensor<8x16xf32>, %[[W:.*]]: tensor<32x16xf32>, %{{.*}}: tensor<32xf32>, %[[G:.*]]: tensor<8x32xf32>
func.func @leaky(%a: tensor<8x16xf32>, %w: tensor<32x16xf32>, %b: tensor<32xf32>, %g: tensor<8x32xf32>) -> (tensor<8x32xf32>, tensor<8x32xf32>) {
  // CHECK: %[[X:.*]] = gan.add
  // CHECK: %[[C:.*]] = gan.compare {{ ?}}gt, %[[X]]
  // CHECK: %[[Y:.*]] = gan.select %[[C]], %[[X]]
  // CHECK: %[[MASK:.*]] = gan.compare {{ ?}}gt, %[[Y]]
  // CHECK: %[[SLOPED:.*]] = gan.mul %[[G]]
  // CHECK: %[[DX:.*]] = gan.select %[[MASK]], %[[G]], %[[SLOPED]]
  // CHECK: return %[[Y]], %[[DX]]
  %m = gan.matmul %a, %w {transpose_b} : tensor<8x16xf32>, tensor<32x16xf32> -> tensor<8x32xf32>
  %minus = gan.constant dense<-12.0> : tensor<32xf32>
  %nb = gan.mul %b, %minus : tensor<32xf32>
  %bb = gan.broadcast %nb dims = [1] : tensor<32xf32> -> tensor<8x32xf32>
  %x = gan.add %m, %bb : tensor<8x32xf32>
  %zero = gan.constant dense<0.0> : tensor<8x32xf32>
  %slope = gan.constant dense<0.2> : tensor<8x32xf32>
  %c = gan.compare gt, %x, %zero : tensor<8x32xf32> -> tensor<8x32xi1>
  %s = gan.mul %x, %slope : tensor<8x32xf32>
  %y = gan.select %c, %x, %s : tensor<8x32xi1>, tensor<8x32xf32>
  %yes = gan.select %c, %g, %zero : tensor<8x32xi1>, tensor<8x32xf32>
  %no = gan.select %c, %zero, %g : tensor<8x32xi1>, tensor<8x32xf32>
  %scaled = gan.mul %no, %slope : tensor<8x32xf32>
  %dx = gan.add %yes, %scaled : tensor<8x32xf32>
  return %y, %dx : tensor<8x32xf32>, tensor<8x32xf32>
}

// The mask of a relu behind a convolution.
// CHECK-LABEL: func.func @relu
func.func @relu(%a: tensor<2x4x4x3xf32>, %w: tensor<3x3x3x5xf32>, %g: tensor<2x4x4x5xf32>) -> (tensor<2x4x4x5xf32>, tensor<2x4x4x5xf32>) {
  // CHECK: %[[Y:.*]] = gan.max
  // CHECK: %[[MASK:.*]] = gan.compare {{ ?}}gt, %[[Y]]
  // CHECK: gan.select %[[MASK]]
  %x = gan.conv2d %a, %w strides = [1, 1] padding = [1, 1, 1, 1] : tensor<2x4x4x3xf32>, tensor<3x3x3x5xf32> -> tensor<2x4x4x5xf32>
  %zero = gan.constant dense<0.0> : tensor<2x4x4x5xf32>
  %y = gan.max %zero, %x : tensor<2x4x4x5xf32>
  %c = gan.compare gt, %x, %zero : tensor<2x4x4x5xf32> -> tensor<2x4x4x5xi1>
  %dx = gan.select %c, %g, %zero : tensor<2x4x4x5xi1>, tensor<2x4x4x5xf32>
  return %y, %dx : tensor<2x4x4x5xf32>, tensor<2x4x4x5xf32>
}

// What a sum feeds is computed again where it is needed: its mask stays. So does that of an activation which grows below 0.
// CHECK-LABEL: func.func @masks_kept
// CHECK-SAME: %[[X:[a-z0-9]*]]: tensor<8x32xf32>
func.func @masks_kept(%x: tensor<8x32xf32>, %a: tensor<8x16xf32>, %w: tensor<16x32xf32>, %g: tensor<8x32xf32>)
    -> (tensor<8x32xf32>, tensor<8x32xf32>, tensor<8x32xf32>, tensor<8x32xf32>) {
  // CHECK: gan.compare {{ ?}}gt, %[[X]]
  // CHECK: %[[M:.*]] = gan.matmul
  // CHECK: gan.compare {{ ?}}gt, %[[M]]
  // CHECK-NOT: gan.compare
  // CHECK: return
  %zero = gan.constant dense<0.0> : tensor<8x32xf32>
  %y = gan.max %zero, %x : tensor<8x32xf32>
  %c = gan.compare gt, %x, %zero : tensor<8x32xf32> -> tensor<8x32xi1>
  %dx = gan.select %c, %g, %zero : tensor<8x32xi1>, tensor<8x32xf32>
  %m = gan.matmul %a, %w : tensor<8x16xf32>, tensor<16x32xf32> -> tensor<8x32xf32>
  %slope = gan.constant dense<-0.5> : tensor<8x32xf32>
  %k = gan.compare gt, %m, %zero : tensor<8x32xf32> -> tensor<8x32xi1>
  %s = gan.mul %m, %slope : tensor<8x32xf32>
  %z = gan.select %k, %m, %s : tensor<8x32xi1>, tensor<8x32xf32>
  %dm = gan.select %k, %g, %zero : tensor<8x32xi1>, tensor<8x32xf32>
  return %y, %dx, %z, %dm : tensor<8x32xf32>, tensor<8x32xf32>, tensor<8x32xf32>, tensor<8x32xf32>
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
