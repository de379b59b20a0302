// RUN: gan-opt %s --gan-join-averages --canonicalize | FileCheck %s

// The example of the pass: the uses of a parameter are added behind the micro-batches.
// CHECK-LABEL: func.func @uses
// CHECK-SAME: (%[[R0:.*]]: tensor<4xf32>, %[[F0:.*]]: tensor<4xf32>, %[[R1:.*]]: tensor<4xf32>, %[[F1:.*]]: tensor<4xf32>)
func.func @uses(%r0: tensor<4xf32>, %f0: tensor<4xf32>, %r1: tensor<4xf32>, %f1: tensor<4xf32>) -> tensor<4xf32> {
  // CHECK-DAG: %[[HALF:.*]] = gan.constant dense<5.000000e-01>
  // CHECK-DAG: %[[R:.*]] = gan.add %[[R0]], %[[R1]]
  // CHECK-DAG: %[[F:.*]] = gan.add %[[F0]], %[[F1]]
  // CHECK-DAG: %[[A:.*]] = gan.mul %[[R]], %[[HALF]]
  // CHECK-DAG: %[[B:.*]] = gan.mul %[[F]], %[[HALF]]
  // CHECK: %[[G:.*]] = gan.add %[[A]], %[[B]]
  // CHECK: return %[[G]]
  %a = gan.add %r0, %f0 : tensor<4xf32>
  %b = gan.add %r1, %f1 : tensor<4xf32>
  %g = gan.average %a, %b : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %g : tensor<4xf32>
}

// What all share is the factor of the sum; sums are by adjacent pairs; where two differ by their making, the average stays behind.
// CHECK-LABEL: func.func @factors
// CHECK-SAME: (%[[A:.*]]: tensor<2x2xf32>, %[[B:.*]]: tensor<2x2xf32>, %[[C:.*]]: tensor<2x2xf32>, %[[D:.*]]: tensor<2x2xf32>, %[[W:.*]]: tensor<2x2xf32>)
func.func @factors(%a: tensor<2x2xf32>, %b: tensor<2x2xf32>, %c: tensor<2x2xf32>, %d: tensor<2x2xf32>, %w: tensor<2x2xf32>)
    -> (tensor<2x2xf32>, tensor<2x2xf32>) {
  // CHECK-DAG: %[[AB:.*]] = gan.add %[[A]], %[[B]]
  // CHECK-DAG: %[[CD:.*]] = gan.add %[[C]], %[[D]]
  // CHECK: %[[S:.*]] = gan.add %[[AB]], %[[CD]]
  // CHECK: %[[Q:.*]] = gan.mul %[[S]], %{{.*}}
  // CHECK: %[[T:.*]] = gan.transpose %[[Q]]
  // CHECK: gan.mul %[[T]], %[[W]]
  // CHECK: %[[E:.*]] = gan.exp %[[A]]
  // CHECK: gan.add %[[E]], %[[B]]
  %ta = gan.transpose %a permutation = [1, 0] : tensor<2x2xf32> -> tensor<2x2xf32>
  %tb = gan.transpose %b permutation = [1, 0] : tensor<2x2xf32> -> tensor<2x2xf32>
  %tc = gan.transpose %c permutation = [1, 0] : tensor<2x2xf32> -> tensor<2x2xf32>
  %td = gan.transpose %d permutation = [1, 0] : tensor<2x2xf32> -> tensor<2x2xf32>
  %wa = gan.mul %ta, %w : tensor<2x2xf32>
  %wb = gan.mul %tb, %w : tensor<2x2xf32>
  %wc = gan.mul %tc, %w : tensor<2x2xf32>
  %wd = gan.mul %td, %w : tensor<2x2xf32>
  %g = gan.average %wa, %wb, %wc, %wd : (tensor<2x2xf32>, tensor<2x2xf32>, tensor<2x2xf32>, tensor<2x2xf32>) -> tensor<2x2xf32>
  %e = gan.exp %a : tensor<2x2xf32>
  %h = gan.average %e, %b : (tensor<2x2xf32>, tensor<2x2xf32>) -> tensor<2x2xf32>
  return %g, %h : tensor<2x2xf32>, tensor<2x2xf32>
}
