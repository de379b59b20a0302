// RUN: gan-opt %s --pass-pipeline="builtin.module(func.func(gan-round-operands{to=tf32},gan-verify-fused))" | FileCheck %s
// RUN: gan-opt %s --pass-pipeline="builtin.module(func.func(gan-round-operands{to=bf16}))" | FileCheck %s --check-prefix=BF16
// RUN: gan-opt %s --pass-pipeline="builtin.module(func.func(gan-round-operands))" | FileCheck %s --check-prefix=NONE
// RUN: not gan-opt %s --pass-pipeline="builtin.module(func.func(gan-round-operands{to=f16}))" 2>&1 | FileCheck %s --check-prefix=REFUSED
// NONE-NOT: gan.round
// REFUSED: error: operands are rounded to 'tf32', 'bf16' or 'none', found 'f16'

// The prologue is computed in f32 and rounded last; the epilogue and what it reads are not rounded.
// CHECK-LABEL: func.func @product
// CHECK: ^bb0(%[[A:.*]]: tensor<16x32xf32>, %[[B:.*]]: tensor<32x16xf32>):
// CHECK: %[[T:.*]] = gan.tanh %[[A]]
// CHECK: %[[RA:.*]] = gan.round %[[T]] to tf32 : tensor<16x32xf32>
// CHECK: %[[RB:.*]] = gan.round %[[B]] to tf32 : tensor<32x16xf32>
// CHECK: %[[Y:.*]] = gan.matmul %[[RA]], %[[RB]]
// CHECK: gan.exp %[[Y]]
// BF16: gan.round %{{.*}} to bf16
func.func @product(%a: tensor<16x32xf32>, %b: tensor<32x16xf32>) -> tensor<16x16xf32> attributes {gan.role = "step"} {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<16x32xf32>, tensor<32x16xf32>) -> tensor<16x16xf32> {
  ^bb0(%x: tensor<16x32xf32>, %y: tensor<32x16xf32>):
    %t = gan.tanh %x : tensor<16x32xf32>
    %0 = gan.matmul %t, %y order <splits = 1, lanes = 1> : tensor<16x32xf32>, tensor<32x16xf32> -> tensor<16x16xf32>
    %1 = gan.exp %0 : tensor<16x16xf32>
    gan.yield %1 : tensor<16x16xf32>
  }
  return %r : tensor<16x16xf32>
}

// 15 columns fill no tensor core.
// CHECK-LABEL: func.func @narrow
// CHECK-NOT: gan.round
func.func @narrow(%a: tensor<16x32xf32>, %b: tensor<32x15xf32>) -> tensor<16x15xf32> attributes {gan.role = "step"} {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<16x32xf32>, tensor<32x15xf32>) -> tensor<16x15xf32> {
  ^bb0(%x: tensor<16x32xf32>, %y: tensor<32x15xf32>):
    %0 = gan.matmul %x, %y : tensor<16x32xf32>, tensor<32x15xf32> -> tensor<16x15xf32>
    gan.yield %0 : tensor<16x15xf32>
  }
  return %r : tensor<16x15xf32>
}

// Nor do 15 addends.
// CHECK-LABEL: func.func @shallow
// CHECK-NOT: gan.round
func.func @shallow(%a: tensor<16x15xf32>, %b: tensor<15x16xf32>) -> tensor<16x16xf32> attributes {gan.role = "step"} {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<16x15xf32>, tensor<15x16xf32>) -> tensor<16x16xf32> {
  ^bb0(%x: tensor<16x15xf32>, %y: tensor<15x16xf32>):
    %0 = gan.matmul %x, %y : tensor<16x15xf32>, tensor<15x16xf32> -> tensor<16x16xf32>
    gan.yield %0 : tensor<16x16xf32>
  }
  return %r : tensor<16x16xf32>
}

// Double stays double.
// CHECK-LABEL: func.func @double
// CHECK-NOT: gan.round
func.func @double(%a: tensor<16x32xf64>, %b: tensor<32x16xf64>) -> tensor<16x16xf64> attributes {gan.role = "step"} {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<16x32xf64>, tensor<32x16xf64>) -> tensor<16x16xf64> {
  ^bb0(%x: tensor<16x32xf64>, %y: tensor<32x16xf64>):
    %0 = gan.matmul %x, %y : tensor<16x32xf64>, tensor<32x16xf64> -> tensor<16x16xf64>
    gan.yield %0 : tensor<16x16xf64>
  }
  return %r : tensor<16x16xf64>
}

// Each group has 8 columns.
// CHECK-LABEL: func.func @groups
// CHECK-NOT: gan.round
func.func @groups(%a: tensor<4x8x8x16xf32>, %b: tensor<3x3x8x16xf32>) -> tensor<4x8x8x16xf32> attributes {gan.role = "step"} {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<4x8x8x16xf32>, tensor<3x3x8x16xf32>) -> tensor<4x8x8x16xf32> {
  ^bb0(%x: tensor<4x8x8x16xf32>, %y: tensor<3x3x8x16xf32>):
    %0 = gan.conv2d %x, %y strides = [1, 1] padding = [1, 1, 1, 1] groups = 2 : tensor<4x8x8x16xf32>, tensor<3x3x8x16xf32> -> tensor<4x8x8x16xf32>
    gan.yield %0 : tensor<4x8x8x16xf32>
  }
  return %r : tensor<4x8x8x16xf32>
}

// Each of 4 phases adds 2 x 2 x 3 products.
// CHECK-LABEL: func.func @phases
// CHECK-NOT: gan.round
func.func @phases(%a: tensor<4x8x8x3xf32>, %b: tensor<4x4x16x3xf32>) -> tensor<4x16x16x16xf32> attributes {gan.role = "step"} {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<4x8x8x3xf32>, tensor<4x4x16x3xf32>) -> tensor<4x16x16x16xf32> {
  ^bb0(%x: tensor<4x8x8x3xf32>, %y: tensor<4x4x16x3xf32>):
    %0 = gan.conv2d_input_grad %x, %y strides = [2, 2] padding = [1, 1, 1, 1] : tensor<4x8x8x3xf32>, tensor<4x4x16x3xf32> -> tensor<4x16x16x16xf32>
    gan.yield %0 : tensor<4x16x16x16xf32>
  }
  return %r : tensor<4x16x16x16xf32>
}

// CHECK-LABEL: func.func @convolution
// CHECK-COUNT-2: gan.round
func.func @convolution(%a: tensor<4x8x8x3xf32>, %b: tensor<3x3x3x16xf32>) -> tensor<4x8x8x16xf32> attributes {gan.role = "step"} {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<4x8x8x3xf32>, tensor<3x3x3x16xf32>) -> tensor<4x8x8x16xf32> {
  ^bb0(%x: tensor<4x8x8x3xf32>, %y: tensor<3x3x3x16xf32>):
    %0 = gan.conv2d %x, %y strides = [1, 1] padding = [1, 1, 1, 1] : tensor<4x8x8x3xf32>, tensor<3x3x3x16xf32> -> tensor<4x8x8x16xf32>
    gan.yield %0 : tensor<4x8x8x16xf32>
  }
  return %r : tensor<4x8x8x16xf32>
}

// CHECK-LABEL: func.func @input_grad
// CHECK-COUNT-2: gan.round
func.func @input_grad(%a: tensor<4x8x8x4xf32>, %b: tensor<4x4x16x4xf32>) -> tensor<4x16x16x16xf32> attributes {gan.role = "step"} {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<4x8x8x4xf32>, tensor<4x4x16x4xf32>) -> tensor<4x16x16x16xf32> {
  ^bb0(%x: tensor<4x8x8x4xf32>, %y: tensor<4x4x16x4xf32>):
    %0 = gan.conv2d_input_grad %x, %y strides = [2, 2] padding = [1, 1, 1, 1] : tensor<4x8x8x4xf32>, tensor<4x4x16x4xf32> -> tensor<4x16x16x16xf32>
    gan.yield %0 : tensor<4x16x16x16xf32>
  }
  return %r : tensor<4x16x16x16xf32>
}

// CHECK-LABEL: func.func @weight_grad
// CHECK-COUNT-2: gan.round
func.func @weight_grad(%a: tensor<4x8x8x3xf32>, %b: tensor<4x8x8x16xf32>) -> tensor<3x3x3x16xf32> attributes {gan.role = "step"} {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<4x8x8x3xf32>, tensor<4x8x8x16xf32>) -> tensor<3x3x3x16xf32> {
  ^bb0(%x: tensor<4x8x8x3xf32>, %y: tensor<4x8x8x16xf32>):
    %0 = gan.conv2d_weight_grad %x, %y strides = [1, 1] padding = [1, 1, 1, 1] : tensor<4x8x8x3xf32>, tensor<4x8x8x16xf32> -> tensor<3x3x3x16xf32>
    gan.yield %0 : tensor<3x3x3x16xf32>
  }
  return %r : tensor<3x3x3x16xf32>
}
