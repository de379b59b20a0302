// RUN: gan-run-kernel --sim %s | FileCheck %s

// CHECK: k0_reduction: 1 tiles{{.*}}right
func.func @perChannel(%x: tensor<8x5x5x64xf32>) -> (tensor<64xf32>, tensor<64xf32>) {
  %r:2 = gan.kernel hero(reduction) (%x) : (tensor<8x5x5x64xf32>) -> (tensor<64xf32>, tensor<64xf32>) {
  ^bb0(%a: tensor<8x5x5x64xf32>):
    %0 = gan.mul %a, %a : tensor<8x5x5x64xf32>
    %1 = gan.sum %a dims = [0, 1, 2] order <splits = 7, lanes = 1> : tensor<8x5x5x64xf32> -> tensor<64xf32>
    %2 = gan.sum %0 dims = [0, 1, 2] order <splits = 7, lanes = 1> : tensor<8x5x5x64xf32> -> tensor<64xf32>
    %3 = gan.sqrt %2 : tensor<64xf32>
    gan.yield %1, %3 : tensor<64xf32>, tensor<64xf32>
  }
  return %r#0, %r#1 : tensor<64xf32>, tensor<64xf32>
}

// CHECK: k1_reduction: 1 tiles{{.*}}right
func.func @all(%x: tensor<13x77xf32>) -> tensor<f32> {
  %r = gan.kernel hero(reduction) (%x) : (tensor<13x77xf32>) -> tensor<f32> {
  ^bb0(%a: tensor<13x77xf32>):
    %0 = gan.sum %a dims = [0, 1] order <splits = 3, lanes = 16> : tensor<13x77xf32> -> tensor<f32>
    gan.yield %0 : tensor<f32>
  }
  return %r : tensor<f32>
}

// CHECK: k2_reduction: {{[0-9]+}} tiles{{.*}}right
func.func @rows(%x: tensor<300x96xf32>) -> tensor<300xf32> {
  %r = gan.kernel hero(reduction) (%x) : (tensor<300x96xf32>) -> tensor<300xf32> {
  ^bb0(%a: tensor<300x96xf32>):
    %0 = gan.sum %a dims = [1] order <splits = 1, lanes = 16> : tensor<300x96xf32> -> tensor<300xf32>
    gan.yield %0 : tensor<300xf32>
  }
  return %r : tensor<300xf32>
}

// CHECK: k3_reduction: {{[0-9]+}} tiles{{.*}}right
func.func @ragged(%x: tensor<6x7x10x3xf64>) -> tensor<7x3xf64> {
  %r = gan.kernel hero(reduction) (%x) : (tensor<6x7x10x3xf64>) -> tensor<7x3xf64> attributes {test.tolerance = 1.0e-14} {
  ^bb0(%a: tensor<6x7x10x3xf64>):
    %0 = gan.sum %a dims = [0, 2] order <splits = 4, lanes = 4> : tensor<6x7x10x3xf64> -> tensor<7x3xf64>
    gan.yield %0 : tensor<7x3xf64>
  }
  return %r : tensor<7x3xf64>
}

// More lanes than a block has threads: a thread takes all of them.
// CHECK: k4_reduction: 1 tiles{{.*}}, sim, right
func.func @manyLanes(%x: tensor<3x1500xf32>) -> tensor<3xf32> {
  %r = gan.kernel hero(reduction) (%x) : (tensor<3x1500xf32>) -> tensor<3xf32> {
  ^bb0(%a: tensor<3x1500xf32>):
    %0 = gan.sum %a dims = [1] order <splits = 2, lanes = 512> : tensor<3x1500xf32> -> tensor<3xf32>
    gan.yield %0 : tensor<3xf32>
  }
  return %r : tensor<3xf32>
}
