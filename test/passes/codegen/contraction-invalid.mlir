// RUN: split-file %s %t
// RUN: not gan-run-kernel %t/lanes.mlir 2>&1 | FileCheck %s --check-prefix=LANES
// RUN: not gan-run-kernel %t/hero.mlir 2>&1 | FileCheck %s --check-prefix=HERO

//--- lanes.mlir
// LANES: error: 'gan.matmul' op the order of a contraction must have 1 lane, but has 4
func.func @lanes(%x: tensor<8x8xf32>) -> tensor<8x8xf32> {
  %r = gan.kernel hero(contraction) (%x) : (tensor<8x8xf32>) -> tensor<8x8xf32> {
  ^bb0(%a: tensor<8x8xf32>):
    %0 = gan.matmul %a, %a order <splits = 1, lanes = 4> : tensor<8x8xf32>, tensor<8x8xf32> -> tensor<8x8xf32>
    gan.yield %0 : tensor<8x8xf32>
  }
  return %r : tensor<8x8xf32>
}

//--- hero.mlir
// HERO: error: a contraction kernel needs a contraction
func.func @hero(%x: tensor<8x8xf32>) -> tensor<8x8xf32> {
  %r = gan.kernel hero(contraction) (%x) : (tensor<8x8xf32>) -> tensor<8x8xf32> {
  ^bb0(%a: tensor<8x8xf32>):
    %0 = gan.neg %a : tensor<8x8xf32>
    gan.yield %0 : tensor<8x8xf32>
  }
  return %r : tensor<8x8xf32>
}
