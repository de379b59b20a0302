// RUN: gan-opt %s --gan-form-groups --gan-verify-fused | FileCheck %s

// A bias and an activation follow their matmul.
// CHECK-LABEL: func.func @epilogue
func.func @epilogue(%x: tensor<64x100xf32>, %w: tensor<32x100xf32>, %b: tensor<32xf32>) -> tensor<64x32xf32> attributes {gan.role = "step"} {
  // CHECK: gan.kernel hero( contraction)
  // CHECK: gan.matmul
  // CHECK: gan.broadcast
  // CHECK: gan.add
  // CHECK: gan.tanh
  // CHECK: gan.yield
  // CHECK-NOT: gan.kernel
  %c = gan.matmul %x, %w {transpose_b} : tensor<64x100xf32>, tensor<32x100xf32> -> tensor<64x32xf32>
  %bb = gan.broadcast %b dims = [1] : tensor<32xf32> -> tensor<64x32xf32>
  %a = gan.add %c, %bb : tensor<64x32xf32>
  %t = gan.tanh %a : tensor<64x32xf32>
  return %t : tensor<64x32xf32>
}

// One kernel updates a parameter and its two moments.
// CHECK-LABEL: func.func @adam
func.func @adam(%p: tensor<64x1000xf32>, %m: tensor<64x1000xf32>, %v: tensor<64x1000xf32>, %g: tensor<64x1000xf32>)
    -> (tensor<64x1000xf32>, tensor<64x1000xf32>, tensor<64x1000xf32>) attributes {gan.role = "step"} {
  // CHECK: %[[K:.*]]:3 = gan.kernel hero( elementwise)
  // CHECK-NOT: gan.kernel
  // CHECK: return %[[K]]#{{[0-2]}}, %[[K]]#{{[0-2]}}, %[[K]]#{{[0-2]}}
  %b1 = gan.constant dense<0.5> : tensor<64x1000xf32>
  %b2 = gan.constant dense<0.999> : tensor<64x1000xf32>
  %m0 = gan.mul %m, %b1 : tensor<64x1000xf32>
  %m1 = gan.add %m0, %g : tensor<64x1000xf32>
  %v0 = gan.mul %v, %b2 : tensor<64x1000xf32>
  %gg = gan.mul %g, %g : tensor<64x1000xf32>
  %v1 = gan.add %v0, %gg : tensor<64x1000xf32>
  %r = gan.rsqrt %v1 : tensor<64x1000xf32>
  %d = gan.mul %m1, %r : tensor<64x1000xf32>
  %p1 = gan.sub %p, %d : tensor<64x1000xf32>
  return %p1, %m1, %v1 : tensor<64x1000xf32>, tensor<64x1000xf32>, tensor<64x1000xf32>
}

// Batch norm: the mean, then the variance with its reciprocal root, then the normalisation; sums share no nest here, since one
// needs the other. The broadcast mean is read through its [16] buffer.
// CHECK-LABEL: func.func @moments
func.func @moments(%x: tensor<8x16x16x16xf32>) -> tensor<8x16x16x16xf32> attributes {gan.role = "step"} {
  // CHECK: gan.kernel hero( reduction) (%{{[a-z0-9]+}}) : (tensor<8x16x16x16xf32>) -> tensor<16xf32>
  // CHECK: gan.kernel hero( reduction)
  // CHECK: gan.rsqrt
  // CHECK: gan.kernel hero( elementwise)
  // CHECK-NOT: gan.kernel
  %n = gan.constant dense<0.00048828125> : tensor<16xf32>
  %e = gan.constant dense<1.0e-5> : tensor<16xf32>
  %s = gan.sum %x dims = [0, 1, 2] : tensor<8x16x16x16xf32> -> tensor<16xf32>
  %mean = gan.mul %s, %n : tensor<16xf32>
  %mb = gan.broadcast %mean dims = [3] : tensor<16xf32> -> tensor<8x16x16x16xf32>
  %c = gan.sub %x, %mb : tensor<8x16x16x16xf32>
  %cc = gan.mul %c, %c : tensor<8x16x16x16xf32>
  %s2 = gan.sum %cc dims = [0, 1, 2] : tensor<8x16x16x16xf32> -> tensor<16xf32>
  %var = gan.mul %s2, %n : tensor<16xf32>
  %ve = gan.add %var, %e : tensor<16xf32>
  %r = gan.rsqrt %ve : tensor<16xf32>
  %rb = gan.broadcast %r dims = [3] : tensor<16xf32> -> tensor<8x16x16x16xf32>
  %y = gan.mul %c, %rb : tensor<8x16x16x16xf32>
  return %y : tensor<8x16x16x16xf32>
}

// Two sums over the same nest are one kernel.
// CHECK-LABEL: func.func @sums
func.func @sums(%x: tensor<512x64xf32>, %g: tensor<512x64xf32>) -> (tensor<64xf32>, tensor<64xf32>) attributes {gan.role = "step"} {
  // CHECK: gan.kernel hero( reduction)
  // CHECK: gan.yield %{{.*}}, %{{.*}}
  // CHECK-NOT: gan.kernel
  %gx = gan.mul %g, %x : tensor<512x64xf32>
  %a = gan.sum %g dims = [0] : tensor<512x64xf32> -> tensor<64xf32>
  %b = gan.sum %gx dims = [0] : tensor<512x64xf32> -> tensor<64xf32>
  return %a, %b : tensor<64xf32>, tensor<64xf32>
}

// A cheap activation is computed again while the next convolution loads it; a reshape stays outside as a view.
// CHECK-LABEL: func.func @prologue
func.func @prologue(%x: tensor<8x1024xf32>, %w: tensor<4x4x16x32xf32>) -> (tensor<8x4x4x32xf32>, tensor<8x8x8x16xf32>) attributes {gan.role = "step"} {
  // CHECK: %[[V:.*]] = gan.reshape
  // CHECK: gan.kernel hero( contraction) (%[[V]]
  // CHECK: gan.max
  // CHECK: gan.conv2d
  %v = gan.reshape %x : tensor<8x1024xf32> -> tensor<8x8x8x16xf32>
  %zero = gan.constant dense<0.0> : tensor<8x8x8x16xf32>
  %r = gan.max %zero, %v : tensor<8x8x8x16xf32>
  %y = gan.conv2d %r, %w strides = [2, 2] padding = [1, 1, 1, 1] : tensor<8x8x8x16xf32>, tensor<4x4x16x32xf32> -> tensor<8x4x4x32xf32>
  %t = gan.exp %r : tensor<8x8x8x16xf32>
  return %y, %t : tensor<8x4x4x32xf32>, tensor<8x8x8x16xf32>
}

// A gradient is masked on its way out of its contraction, although the mask comes from another one and has another reader; the
// gradient is stored once, for the two products that read it.
// CHECK-LABEL: func.func @masked
func.func @masked(%x: tensor<64x64xf32>, %w: tensor<64x64xf32>, %dy: tensor<64x64xf32>, %v: tensor<64x64xf32>)
    -> (tensor<64x64xf32>, tensor<64x64xf32>, tensor<64x64xf32>, tensor<64x64xf32>) attributes {gan.role = "step"} {
  // CHECK: gan.matmul
  // CHECK: gan.max
  // CHECK: gan.yield
  // CHECK: gan.matmul
  // CHECK: gan.matmul
  // CHECK: gan.mul
  // CHECK: %[[DX:.*]] = gan.select
  // CHECK: gan.yield %[[DX]] : tensor<64x64xf32>
  %zero = gan.constant dense<0.0> : tensor<64x64xf32>
  %slope = gan.constant dense<0.2> : tensor<64x64xf32>
  %c = gan.matmul %x, %w : tensor<64x64xf32>, tensor<64x64xf32> -> tensor<64x64xf32>
  %y = gan.max %zero, %c : tensor<64x64xf32>
  %mask = gan.compare gt, %y, %zero : tensor<64x64xf32> -> tensor<64x64xi1>
  %o = gan.matmul %y, %dy : tensor<64x64xf32>, tensor<64x64xf32> -> tensor<64x64xf32>
  %g = gan.matmul %o, %v : tensor<64x64xf32>, tensor<64x64xf32> -> tensor<64x64xf32>
  %s = gan.mul %g, %slope : tensor<64x64xf32>
  %dx = gan.select %mask, %g, %s : tensor<64x64xi1>, tensor<64x64xf32>
  %h = gan.select %mask, %v, %zero : tensor<64x64xi1>, tensor<64x64xf32>
  %a = gan.matmul %dx, %w : tensor<64x64xf32>, tensor<64x64xf32> -> tensor<64x64xf32>
  %b = gan.matmul %x, %dx {transpose_a} : tensor<64x64xf32>, tensor<64x64xf32> -> tensor<64x64xf32>
  return %y, %h, %a, %b : tensor<64x64xf32>, tensor<64x64xf32>, tensor<64x64xf32>, tensor<64x64xf32>
}

// What comes back to a convolution's reader through a sum cannot join the convolution: it would be a cycle.
// CHECK-LABEL: func.func @no_cycle
func.func @no_cycle(%x: tensor<64x64xf32>, %w: tensor<64x64xf32>) -> tensor<64x64xf32> attributes {gan.role = "step"} {
  // CHECK: gan.kernel hero( contraction)
  // CHECK: gan.kernel hero( reduction)
  // CHECK: gan.kernel hero( elementwise)
  %c = gan.matmul %x, %w : tensor<64x64xf32>, tensor<64x64xf32> -> tensor<64x64xf32>
  %s = gan.sum %c dims = [0] : tensor<64x64xf32> -> tensor<64xf32>
  %sb = gan.broadcast %s dims = [1] : tensor<64xf32> -> tensor<64x64xf32>
  %y = gan.sub %c, %sb : tensor<64x64xf32>
  return %y : tensor<64x64xf32>
}

// What is drawn is drawn where it goes; what is loaded moves in tiles.
// CHECK-LABEL: func.func @drawn
func.func @drawn(%key: tensor<2xi64>, %x: tensor<64x128xf32>) -> (tensor<128x64xf32>, tensor<128x64xf32>) attributes {gan.role = "init"} {
  // CHECK: gan.kernel hero( elementwise) (%{{.*}}) : (tensor<2xi64>) -> tensor<128x64xf32>
  // CHECK: gan.random
  // CHECK-NEXT: gan.transpose
  // CHECK: gan.kernel hero( transpose)
  %w = gan.random %key stream = "init/w" from <uniform, [0.0, 1.0]> plain : tensor<2xi64> -> tensor<64x128xf32>
  %0 = gan.transpose %w permutation = [1, 0] : tensor<64x128xf32> -> tensor<128x64xf32>
  %1 = gan.transpose %x permutation = [1, 0] : tensor<64x128xf32> -> tensor<128x64xf32>
  return %0, %1 : tensor<128x64xf32>, tensor<128x64xf32>
}

// Functions that are never launched are left alone.
// CHECK-LABEL: func.func @network
func.func @network(%x: tensor<4xf32>) -> tensor<4xf32> attributes {gan.role = "network"} {
  // CHECK-NOT: gan.kernel
  // CHECK: gan.exp
  %y = gan.exp %x : tensor<4xf32>
  return %y : tensor<4xf32>
}

// A constant that is returned, too, ties no early user of it to a late one: the matmul stands between their kernels.
// CHECK-LABEL: func.func @returned_constant
func.func @returned_constant(%y: tensor<f32>, %w: tensor<1x1xf32>) -> (tensor<f32>, tensor<f32>) attributes {gan.role = "step"} {
  // CHECK: gan.kernel hero( elementwise)
  // CHECK: gan.kernel hero( contraction)
  // CHECK: %[[LATE:.*]]:2 = gan.kernel hero( elementwise)
  // CHECK: return %[[LATE]]#
  %one = gan.constant dense<1.0> : tensor<f32>
  %early = gan.add %y, %one : tensor<f32>
  %row = gan.reshape %early : tensor<f32> -> tensor<1x1xf32>
  %product = gan.matmul %row, %w : tensor<1x1xf32>, tensor<1x1xf32> -> tensor<1x1xf32>
  %number = gan.reshape %product : tensor<1x1xf32> -> tensor<f32>
  %late = gan.add %number, %one : tensor<f32>
  return %one, %late : tensor<f32>, tensor<f32>
}
