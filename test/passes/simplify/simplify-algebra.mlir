// RUN: gan-opt %s --gan-simplify-algebra --cse | FileCheck %s

// What an optimizer multiplies an update with is computed once, as a number.
// CHECK-LABEL: func.func @update
// CHECK-SAME: %[[M:.*]]: tensor<64x100xf32>, %[[S:.*]]: tensor<f32>
func.func @update(%m: tensor<64x100xf32>, %s: tensor<f32>) -> tensor<64x100xf32> {
  // CHECK-DAG: %[[ONE:.*]] = gan.constant dense<1.000000e+00> : tensor<f32>
  // CHECK-DAG: %[[LR:.*]] = gan.constant dense<2.000000e-04> : tensor<f32>
  // CHECK: %[[R:.*]] = gan.div %[[ONE]], %[[S]] : tensor<f32>
  // CHECK: %[[T:.*]] = gan.mul %[[R]], %[[LR]] : tensor<f32>
  // CHECK: %[[B:.*]] = gan.broadcast %[[T]] dims = []
  // CHECK: %[[U:.*]] = gan.mul %[[M]], %[[B]]
  // CHECK: return %[[U]]
  %lr = gan.constant dense<0.0002> : tensor<64x100xf32>
  %b = gan.broadcast %s dims = [] : tensor<f32> -> tensor<64x100xf32>
  %d = gan.div %m, %b : tensor<64x100xf32>
  %u = gan.mul %lr, %d : tensor<64x100xf32>
  return %u : tensor<64x100xf32>
}

// The gain of a norm and the reciprocal of its deviation are one factor; numbers join it.
// CHECK-LABEL: func.func @gain
// CHECK-SAME: %[[X:.*]]: tensor<64x32xf32>, %[[R:.*]]: tensor<32xf32>, %[[G:.*]]: tensor<32xf32>
func.func @gain(%x: tensor<64x32xf32>, %r: tensor<32xf32>, %g: tensor<32xf32>) -> tensor<64x32xf32> {
  // CHECK: %[[TWO:.*]] = gan.constant dense<2.000000e+00> : tensor<32xf32>
  // CHECK: %[[G2:.*]] = gan.mul %[[G]], %[[TWO]] : tensor<32xf32>
  // CHECK: %[[K:.*]] = gan.mul %[[R]], %[[G2]] : tensor<32xf32>
  // CHECK: %[[B:.*]] = gan.broadcast %[[K]] dims = [1]
  // CHECK: %[[Y:.*]] = gan.mul %[[X]], %[[B]]
  // CHECK: return %[[Y]]
  %rb = gan.broadcast %r dims = [1] : tensor<32xf32> -> tensor<64x32xf32>
  %gb = gan.broadcast %g dims = [1] : tensor<32xf32> -> tensor<64x32xf32>
  %h = gan.mul %x, %rb : tensor<64x32xf32>
  %i = gan.mul %h, %gb : tensor<64x32xf32>
  %y = gan.add %i, %i : tensor<64x32xf32>
  return %y : tensor<64x32xf32>
}

// A product that is needed anyway stays; so does a factor that is not cheap.
// CHECK-LABEL: func.func @kept
// CHECK-SAME: %[[X:.*]]: tensor<64x32xf32>, %[[R:.*]]: tensor<32xf32>, %[[W:.*]]: tensor<8x32xf32>
func.func @kept(%x: tensor<64x32xf32>, %r: tensor<32xf32>, %w: tensor<8x32xf32>) -> (tensor<64x32xf32>, tensor<64x32xf32>, tensor<8x8x32xf32>) {
  // CHECK: %[[H:.*]] = gan.mul %[[X]]
  // CHECK: gan.mul %[[H]]
  // CHECK: gan.div
  %rb = gan.broadcast %r dims = [1] : tensor<32xf32> -> tensor<64x32xf32>
  %h = gan.mul %x, %rb : tensor<64x32xf32>
  %y = gan.mul %h, %rb : tensor<64x32xf32>
  %v = gan.reshape %x : tensor<64x32xf32> -> tensor<8x8x32xf32>
  %wb = gan.broadcast %w dims = [0, 2] : tensor<8x32xf32> -> tensor<8x8x32xf32>
  %d = gan.div %v, %wb : tensor<8x8x32xf32>
  return %h, %y, %d : tensor<64x32xf32>, tensor<64x32xf32>, tensor<8x8x32xf32>
}

// n times a mean is the sum, although 1 / n is rounded: so the gradient through the mean of a norm's variance is nothing.
// CHECK-LABEL: func.func @mean
func.func @mean(%sum: tensor<32xf32>) -> tensor<32xf32> {
  // CHECK: %[[ZERO:.*]] = gan.constant dense<0.000000e+00> : tensor<32xf32>
  // CHECK: return %[[ZERO]]
  %r = gan.constant dense<0.00031887754564173520> : tensor<32xf32>
  %n = gan.constant dense<3136.0> : tensor<32xf32>
  %mean = gan.mul %sum, %r : tensor<32xf32>
  %back = gan.mul %mean, %n : tensor<32xf32>
  %none = gan.sub %sum, %back : tensor<32xf32>
  return %none : tensor<32xf32>
}

// CHECK-LABEL: func.func @sign
// CHECK-SAME: %[[X:.*]]: tensor<64xf32>
func.func @sign(%x: tensor<64xf32>) -> tensor<64xf32> {
  // CHECK: %[[C:.*]] = gan.constant dense<-3.000000e+00>
  // CHECK: %[[Y:.*]] = gan.mul %[[X]], %[[C]]
  // CHECK: return %[[Y]]
  %c = gan.constant dense<3.0> : tensor<64xf32>
  %y = gan.mul %x, %c : tensor<64xf32>
  %n = gan.neg %y : tensor<64xf32>
  return %n : tensor<64xf32>
}

// Three cheap factors do not take turns for ever.
// CHECK-LABEL: func.func @threeCheapFactors
// CHECK: %[[P:.*]] = gan.mul %{{.*}}, %{{.*}} : tensor<f64>
// CHECK: %[[Q:.*]] = gan.mul %{{.*}}, %{{.*}} : tensor<f64>
// CHECK: gan.broadcast %[[Q]]
func.func @threeCheapFactors(%a: tensor<f64>, %b: tensor<f64>, %c: tensor<f64>) -> tensor<33xf64> {
  %0 = gan.broadcast %a dims = [] : tensor<f64> -> tensor<33xf64>
  %1 = gan.broadcast %b dims = [] : tensor<f64> -> tensor<33xf64>
  %2 = gan.broadcast %c dims = [] : tensor<f64> -> tensor<33xf64>
  %3 = gan.mul %0, %1 : tensor<33xf64>
  %4 = gan.mul %3, %2 : tensor<33xf64>
  return %4 : tensor<33xf64>
}
