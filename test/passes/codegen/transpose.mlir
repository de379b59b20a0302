// RUN: gan-run-kernel --sim %s | FileCheck %s

// CHECK: k0_transpose: {{[0-9]+}} tiles{{.*}}right
func.func @toChannelsLast(%x: tensor<4x3x20x20xf32>) -> tensor<4x20x20x3xf32> {
  %r = gan.kernel hero(transpose) (%x) : (tensor<4x3x20x20xf32>) -> tensor<4x20x20x3xf32> {
  ^bb0(%a: tensor<4x3x20x20xf32>):
    %0 = gan.transpose %a permutation = [0, 2, 3, 1] : tensor<4x3x20x20xf32> -> tensor<4x20x20x3xf32>
    gan.yield %0 : tensor<4x20x20x3xf32>
  }
  return %r : tensor<4x20x20x3xf32>
}

// CHECK: k1_transpose: {{[0-9]+}} tiles{{.*}}right
func.func @matrix(%x: tensor<130x75xf32>) -> tensor<75x130xf32> {
  %r = gan.kernel hero(transpose) (%x) : (tensor<130x75xf32>) -> tensor<75x130xf32> {
  ^bb0(%a: tensor<130x75xf32>):
    %0 = gan.exp %a : tensor<130x75xf32>
    %1 = gan.transpose %0 permutation = [1, 0] : tensor<130x75xf32> -> tensor<75x130xf32>
    gan.yield %1 : tensor<75x130xf32>
  }
  return %r : tensor<75x130xf32>
}
