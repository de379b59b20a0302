// RUN: gan-opt %s --pass-pipeline='builtin.module(func.func(gan-form-groups{for-gpu},gan-verify-fused))' | FileCheck %s
// RUN: gan-opt %s --gan-form-groups | FileCheck %s --check-prefix=CPU

// What a convolution and the gradient of its filter read is made of what is in memory: a GPU computes it in both, a CPU, which packs an element 4
// times and has less arithmetic a byte, once.
// CHECK-LABEL: func.func @normalise
// CHECK-COUNT-2: gan.kernel hero( contraction)
// CHECK-NOT: gan.kernel
// CPU-LABEL: func.func @normalise
// CPU: gan.kernel hero( elementwise)
// CPU: gan.conv2d
func.func @normalise(%x: tensor<64x32x32x64xf32>, %scale: tensor<64xf32>, %shift: tensor<64xf32>, %w: tensor<4x4x64x64xf32>, %dy: tensor<64x16x16x64xf32>)
    -> (tensor<64x16x16x64xf32>, tensor<4x4x64x64xf32>) attributes {gan.role = "step"} {
  %s = gan.broadcast %scale dims = [3] : tensor<64xf32> -> tensor<64x32x32x64xf32>
  %t = gan.broadcast %shift dims = [3] : tensor<64xf32> -> tensor<64x32x32x64xf32>
  %m = gan.mul %x, %s : tensor<64x32x32x64xf32>
  %a = gan.add %m, %t : tensor<64x32x32x64xf32>
  %h = gan.tanh %a : tensor<64x32x32x64xf32>
  %y = gan.conv2d %h, %w strides = [2, 2] padding = [1, 1, 1, 1] : tensor<64x32x32x64xf32>, tensor<4x4x64x64xf32> -> tensor<64x16x16x64xf32>
  %dw = gan.conv2d_weight_grad %h, %dy strides = [2, 2] padding = [1, 1, 1, 1] : tensor<64x32x32x64xf32>, tensor<64x16x16x64xf32> -> tensor<4x4x64x64xf32>
  return %y, %dw : tensor<64x16x16x64xf32>, tensor<4x4x64x64xf32>
}

// Small kernels that share nothing, or of which one is read by the other, stay apart: launches are shared later, and none waits for what it does
// not need.
// CHECK-LABEL: func.func @small
// CHECK-COUNT-3: gan.kernel hero( elementwise)
// CPU-LABEL: func.func @small
// CPU-COUNT-1: gan.kernel hero( elementwise)
// CPU-NOT: gan.kernel
// CPU: return
func.func @small(%x: tensor<64xf32>, %y: tensor<64xf32>, %z: tensor<64xf32>) -> (tensor<64xf32>, tensor<64xf32>, tensor<64xf32>) attributes {gan.role = "step"} {
  %a = gan.exp %x : tensor<64xf32>
  %b = gan.exp %y : tensor<64xf32>
  %c = gan.mul %a, %z : tensor<64xf32>
  return %a, %b, %c : tensor<64xf32>, tensor<64xf32>, tensor<64xf32>
}

// An optimizer follows the gradient in its kernel, though it computes a number that it repeats; one kernel moves what else would be read again.
// CHECK-LABEL: func.func @update
// CHECK: gan.kernel hero( contraction)
// CHECK: gan.matmul
// CHECK: gan.sqrt %{{.*}} : tensor<f32>
// CHECK: gan.broadcast
// CHECK-NOT: gan.kernel
// CHECK: return
func.func @update(%x: tensor<64x128xf32>, %dy: tensor<64x256xf32>, %p: tensor<128x256xf32>, %m: tensor<128x256xf32>, %t: tensor<f32>)
    -> (tensor<128x256xf32>, tensor<128x256xf32>) attributes {gan.role = "step"} {
  %g = gan.matmul %x, %dy {transpose_a} : tensor<64x128xf32>, tensor<64x256xf32> -> tensor<128x256xf32>
  %n = gan.add %g, %m : tensor<128x256xf32>
  %r = gan.sqrt %t : tensor<f32>
  %s = gan.broadcast %r dims = [] : tensor<f32> -> tensor<128x256xf32>
  %d = gan.div %n, %s : tensor<128x256xf32>
  %q = gan.sub %p, %d : tensor<128x256xf32>
  return %n, %q : tensor<128x256xf32>, tensor<128x256xf32>
}
