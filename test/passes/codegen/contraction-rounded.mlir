// RUN: gan-run-kernel --sim %s | FileCheck %s

// Operands are rounded where they are packed; the interpreter rounds the same numbers in double. Unrounded ones give sums that are
// wrong in the fourth digit.

// CHECK: k0_contraction: {{[0-9]+}} tiles,{{.*}} near on sim, right
func.func @tf32(%a: tensor<40x70xf32>, %b: tensor<70x48xf32>) -> tensor<40x48xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<40x70xf32>, tensor<70x48xf32>) -> tensor<40x48xf32> attributes {test.tolerance = 1.0e-5} {
  ^bb0(%x: tensor<40x70xf32>, %y: tensor<70x48xf32>):
    %ra = gan.round %x to tf32 : tensor<40x70xf32>
    %rb = gan.round %y to tf32 : tensor<70x48xf32>
    %0 = gan.matmul %ra, %rb order <splits = 1, lanes = 1> : tensor<40x70xf32>, tensor<70x48xf32> -> tensor<40x48xf32>
    gan.yield %0 : tensor<40x48xf32>
  }
  return %r : tensor<40x48xf32>
}

// CHECK: k1_contraction: {{[0-9]+}} tiles,{{.*}} near on sim, right
func.func @bf16(%a: tensor<40x70xf32>, %b: tensor<70x48xf32>) -> tensor<40x48xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<40x70xf32>, tensor<70x48xf32>) -> tensor<40x48xf32> attributes {test.tolerance = 1.0e-5} {
  ^bb0(%x: tensor<40x70xf32>, %y: tensor<70x48xf32>):
    %n = gan.neg %x : tensor<40x70xf32>
    %ra = gan.round %n to bf16 : tensor<40x70xf32>
    %rb = gan.round %y to bf16 : tensor<70x48xf32>
    %0 = gan.matmul %ra, %rb order <splits = 2, lanes = 1> : tensor<40x70xf32>, tensor<70x48xf32> -> tensor<40x48xf32>
    %e = gan.tanh %0 : tensor<40x48xf32>
    gan.yield %e : tensor<40x48xf32>
  }
  return %r : tensor<40x48xf32>
}
