// RUN: gan-opt %s --gan-expand-grad --canonicalize --cse --gan-factor-sums --canonicalize --cse | FileCheck %s

// The backward pass of a batch norm with a gain and a bias adds up two tensors: the cotangent, and its product with the centred
// input. Everything else of it is one number per channel, or at the elements' own indices.
// CHECK-LABEL: func.func @batch_norm
func.func @batch_norm(%x: tensor<8x4x4x3xf64>, %gain: tensor<3xf64>, %bias: tensor<3xf64>, %r: tensor<8x4x4x3xf64>)
    -> (tensor<8x4x4x3xf64>, tensor<3xf64>, tensor<3xf64>) {
  // Forward: two moments, and the loss, which nobody reads.
  // CHECK-COUNT-2: gan.sum
  // CHECK: gan.rsqrt
  // CHECK: gan.sum
  // CHECK: gan.sum
  // CHECK-NOT: gan.sum
  %n = gan.constant dense<0.0078125> : tensor<3xf64>
  %e = gan.constant dense<1.0e-5> : tensor<3xf64>
  %s = gan.sum %x dims = [0, 1, 2] : tensor<8x4x4x3xf64> -> tensor<3xf64>
  %mean = gan.mul %s, %n : tensor<3xf64>
  %mb = gan.broadcast %mean dims = [3] : tensor<3xf64> -> tensor<8x4x4x3xf64>
  %c = gan.sub %x, %mb : tensor<8x4x4x3xf64>
  %cc = gan.mul %c, %c : tensor<8x4x4x3xf64>
  %s2 = gan.sum %cc dims = [0, 1, 2] : tensor<8x4x4x3xf64> -> tensor<3xf64>
  %var = gan.mul %s2, %n : tensor<3xf64>
  %ve = gan.add %var, %e : tensor<3xf64>
  %rstd = gan.rsqrt %ve : tensor<3xf64>
  %rb = gan.broadcast %rstd dims = [3] : tensor<3xf64> -> tensor<8x4x4x3xf64>
  %h = gan.mul %c, %rb : tensor<8x4x4x3xf64>
  %gb = gan.broadcast %gain dims = [3] : tensor<3xf64> -> tensor<8x4x4x3xf64>
  %hg = gan.mul %h, %gb : tensor<8x4x4x3xf64>
  %bb = gan.broadcast %bias dims = [3] : tensor<3xf64> -> tensor<8x4x4x3xf64>
  %y = gan.add %hg, %bb : tensor<8x4x4x3xf64>
  %t = gan.mul %y, %r : tensor<8x4x4x3xf64>
  %loss = gan.sum %t dims = [0, 1, 2, 3] : tensor<8x4x4x3xf64> -> tensor<f64>
  %d:3 = gan.grad %loss wrt %x, %gain, %bias : (tensor<f64>, tensor<8x4x4x3xf64>, tensor<3xf64>, tensor<3xf64>)
      -> (tensor<8x4x4x3xf64>, tensor<3xf64>, tensor<3xf64>)
  return %d#0, %d#1, %d#2 : tensor<8x4x4x3xf64>, tensor<3xf64>, tensor<3xf64>
}
