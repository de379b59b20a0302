// RUN: gan-run-kernel --sim %s | FileCheck %s

// Lanes along the axis that disappears; what is made of the position comes after it.
// CHECK: k0_reduction: {{[0-9]+}} tiles{{.*}}right
func.func @rows(%x: tensor<300x96xf32>) -> tensor<300xf32> {
  %r = gan.kernel hero(reduction) (%x) : (tensor<300x96xf32>) -> tensor<300xf32> {
  ^bb0(%a: tensor<300x96xf32>):
    %0 = gan.argmax %a dims = [1] : tensor<300x96xf32> -> tensor<300xi32>
    %1 = gan.cast %0 : tensor<300xi32> -> tensor<300xf32>
    gan.yield %1 : tensor<300xf32>
  }
  return %r : tensor<300xf32>
}

// Lanes along what is kept. Halves make many equal elements, of which the first is wanted.
// CHECK: k1_reduction: {{[0-9]+}} tiles{{.*}}right
func.func @columns(%x: tensor<5x7x35xf32>) -> tensor<35xi32> {
  %r = gan.kernel hero(reduction) (%x) : (tensor<5x7x35xf32>) -> tensor<35xi32> {
  ^bb0(%a: tensor<5x7x35xf32>):
    %0 = gan.floor %a : tensor<5x7x35xf32>
    %1 = gan.argmax %0 dims = [0, 1] : tensor<5x7x35xf32> -> tensor<35xi32>
    gan.yield %1 : tensor<35xi32>
  }
  return %r : tensor<35xi32>
}

// Positions that count along the axes in another order than memory does, among equal elements.
// CHECK: k2_reduction: {{[0-9]+}} tiles{{.*}}right
func.func @turned(%x: tensor<6x5x12xf64>) -> tensor<5xi32> {
  %r = gan.kernel hero(reduction) (%x) : (tensor<6x5x12xf64>) -> tensor<5xi32> {
  ^bb0(%a: tensor<6x5x12xf64>):
    %0 = gan.floor %a : tensor<6x5x12xf64>
    %1 = gan.argmax %0 dims = [2, 0] : tensor<6x5x12xf64> -> tensor<5xi32>
    gan.yield %1 : tensor<5xi32>
  }
  return %r : tensor<5xi32>
}

// NaN, here of logarithms below 0, is the largest; the first of them is wanted.
// CHECK: k3_reduction: {{[0-9]+}} tiles{{.*}}right
func.func @nan(%x: tensor<9x16xf32>) -> tensor<9xi32> {
  %r = gan.kernel hero(reduction) (%x) : (tensor<9x16xf32>) -> tensor<9xi32> {
  ^bb0(%a: tensor<9x16xf32>):
    %0 = gan.log %a : tensor<9x16xf32>
    %1 = gan.argmax %0 dims = [1] : tensor<9x16xf32> -> tensor<9xi32>
    gan.yield %1 : tensor<9xi32>
  }
  return %r : tensor<9xi32>
}

// Everything is -infinity: position 0.
// CHECK: k4_reduction: {{[0-9]+}} tiles{{.*}}right
func.func @infinite(%x: tensor<4x8xf32>) -> tensor<i32> {
  %r = gan.kernel hero(reduction) (%x) : (tensor<4x8xf32>) -> tensor<i32> {
  ^bb0(%a: tensor<4x8xf32>):
    %0 = gan.sub %a, %a : tensor<4x8xf32>
    %1 = gan.log %0 : tensor<4x8xf32>
    %2 = gan.argmax %1 dims = [0, 1] : tensor<4x8xf32> -> tensor<i32>
    gan.yield %2 : tensor<i32>
  }
  return %r : tensor<i32>
}

// CHECK: k5_elementwise: 1 tiles{{.*}}right
func.func @iota() -> tensor<3x7x16xi32> {
  %r = gan.kernel hero(elementwise) () : () -> tensor<3x7x16xi32> {
    %0 = gan.iota dims = [2, 0] : tensor<3x7x16xi32>
    gan.yield %0 : tensor<3x7x16xi32>
  }
  return %r : tensor<3x7x16xi32>
}

// CHECK: k6_elementwise: 1 tiles{{.*}}right
func.func @flip(%x: tensor<5x16xf32>) -> tensor<5x16xf32> {
  %r = gan.kernel hero(elementwise) (%x) : (tensor<5x16xf32>) -> tensor<5x16xf32> {
  ^bb0(%a: tensor<5x16xf32>):
    %0 = gan.flip %a dims = [0] : tensor<5x16xf32>
    %1 = gan.flip %a dims = [0, 1] : tensor<5x16xf32>
    %2 = gan.sub %0, %1 : tensor<5x16xf32>
    gan.yield %2 : tensor<5x16xf32>
  }
  return %r : tensor<5x16xf32>
}
