// RUN: gan-opt %s | gan-opt | FileCheck %s
// RUN: gan-opt %s --canonicalize | FileCheck %s --check-prefix=FOLD

// CHECK-LABEL: func.func @round_trip
// CHECK: gan.sum %{{.*}} dims = [0, 1] : tensor<8x4x64xf32> -> tensor<64xf32>
// CHECK: gan.sum %{{.*}} dims = [0] order <splits = 8, lanes = 16> : tensor<64xf32> -> tensor<f32>
func.func @round_trip(%x: tensor<8x4x64xf32>) -> tensor<f32> {
  %y = gan.sum %x dims = [0, 1] : tensor<8x4x64xf32> -> tensor<64xf32>
  %z = gan.sum %y dims = [0] order <splits = 8, lanes = 16> : tensor<64xf32> -> tensor<f32>
  return %z : tensor<f32>
}

// FOLD-LABEL: func.func @no_axis
// FOLD-NEXT: return %arg0
func.func @no_axis(%x: tensor<8x4xf32>) -> tensor<8x4xf32> {
  %y = gan.sum %x dims = [] : tensor<8x4xf32> -> tensor<8x4xf32>
  return %y : tensor<8x4xf32>
}

// FOLD-LABEL: func.func @splat
// FOLD-NEXT: gan.constant dense<8.000000e+00> : tensor<8xf32>
func.func @splat() -> tensor<8xf32> {
  %x = gan.constant dense<2.0> : tensor<8x4xf32>
  %y = gan.sum %x dims = [1] : tensor<8x4xf32> -> tensor<8xf32>
  return %y : tensor<8xf32>
}

// FOLD-LABEL: func.func @unit_axes
// FOLD-NEXT: gan.reshape %arg0 : tensor<8x1x4xf32> -> tensor<8x4xf32>
func.func @unit_axes(%x: tensor<8x1x4xf32>) -> tensor<8x4xf32> {
  %y = gan.sum %x dims = [1] : tensor<8x1x4xf32> -> tensor<8x4xf32>
  return %y : tensor<8x4xf32>
}

// FOLD-LABEL: func.func @of_broadcast
// FOLD-DAG: %[[SIX:.*]] = gan.constant dense<6.000000e+00> : tensor<3xf32>
// FOLD-DAG: %[[SUM:.*]] = gan.sum %arg0 dims = [1] : tensor<3x4xf32> -> tensor<3xf32>
// FOLD: gan.mul %[[SUM]], %[[SIX]]
func.func @of_broadcast(%x: tensor<3x4xf32>) -> tensor<3xf32> {
  %b = gan.broadcast %x dims = [1, 2] : tensor<3x4xf32> -> tensor<6x3x4xf32>
  %y = gan.sum %b dims = [0, 2] : tensor<6x3x4xf32> -> tensor<3xf32>
  return %y : tensor<3xf32>
}

// FOLD-LABEL: func.func @of_broadcast_partly
// FOLD-DAG: %[[TWO:.*]] = gan.constant dense<2.000000e+00> : tensor<5x3xf32>
// FOLD-DAG: %[[WIDE:.*]] = gan.broadcast %arg0 dims = [1] : tensor<3xf32> -> tensor<5x3xf32>
// FOLD: gan.mul %[[WIDE]], %[[TWO]]
func.func @of_broadcast_partly(%x: tensor<3xf32>) -> tensor<5x3xf32> {
  %b = gan.broadcast %x dims = [2] : tensor<3xf32> -> tensor<5x2x3xf32>
  %y = gan.sum %b dims = [1] : tensor<5x2x3xf32> -> tensor<5x3xf32>
  return %y : tensor<5x3xf32>
}
