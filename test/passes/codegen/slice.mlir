// RUN: gan-run-kernel --sim %s | FileCheck %s

// A box of a few rows: its index arithmetic is what LLVM's instcombine does not finish in one round.
// CHECK: k0_elementwise: 1 tiles{{.*}}right
func.func @rows(%x: tensor<4x3xf64>) -> tensor<2x3xf64> {
  %r = gan.kernel hero(elementwise) (%x) : (tensor<4x3xf64>) -> tensor<2x3xf64> {
  ^bb0(%a: tensor<4x3xf64>):
    %0 = gan.slice %a offsets = [1, 0] : tensor<4x3xf64> -> tensor<2x3xf64>
    gan.yield %0 : tensor<2x3xf64>
  }
  return %r : tensor<2x3xf64>
}
