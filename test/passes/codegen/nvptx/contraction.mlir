// RUN: gan-run-kernel --ptx %s | FileCheck %s
// 16 x 16 threads with 2 x 2 sums each: 4 tiles of 32 x 32, four stages of 16 steps of both operands; fma in the order of k.
// Three stages are on their way before the first is multiplied; steps of k become rows, columns stay side by side.
// CHECK: // k0_contraction: 4 blocks, 18432 bytes shared
// CHECK: // k1_contraction: 64 blocks, 33792 bytes shared
// CHECK: .visible .entry k0_contraction(
// CHECK-COUNT-3: cp.async.commit_group
// CHECK: cp.async.wait_group 2
// CHECK-NEXT: bar.sync 0
// CHECK: cp.async.ca.shared.global [{{.*}}], [{{.*}}], 4, %r
// CHECK: cp.async.ca.shared.global [{{.*}}], [{{.*}}], 8, %r
// CHECK: cp.async.commit_group
// CHECK-DAG: ld.shared.v2.b32
// CHECK-DAG: fma.rn.f32
// CHECK-DAG: fma.rn.f32
// CHECK-DAG: fma.rn.f32
// CHECK-DAG: fma.rn.f32
// CHECK: cp.async.wait_group 2
// CHECK-NEXT: bar.sync 0
// CHECK: cp.async.wait_group 0
// CHECK-NEXT: bar.sync 0
// CHECK: st.global.b32
// CHECK-NOT: .extern
func.func @matmul(%a: tensor<64x100xf32>, %b: tensor<100x48xf32>) -> tensor<64x48xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<64x100xf32>, tensor<100x48xf32>) -> tensor<64x48xf32> {
  ^bb0(%x: tensor<64x100xf32>, %y: tensor<100x48xf32>):
    %0 = gan.matmul %x, %y order <splits = 1, lanes = 1> : tensor<64x100xf32>, tensor<100x48xf32> -> tensor<64x48xf32>
    %1 = gan.tanh %0 : tensor<64x48xf32>
    gan.yield %1 : tensor<64x48xf32>
  }
  return %r : tensor<64x48xf32>
}

// Tiles of 128 x 128, two stages: what lies along k is turned on its way through registers, what has a prologue computed there,
// the rest copied by 16 bytes, nothing of them where the tensor ends.
// CHECK: .visible .entry k1_contraction(
// CHECK: ld.global.v4.b32
// CHECK: cp.async.cg.shared.global [{{.*}}], [{{.*}}], 16, %r
// CHECK: st.shared.b32
// CHECK: cp.async.wait_group 0
// CHECK-NEXT: bar.sync 0
func.func @large(%a: tensor<1000x64xf32>, %b: tensor<64x1000xf32>) -> tensor<1000x1000xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<1000x64xf32>, tensor<64x1000xf32>) -> tensor<1000x1000xf32> {
  ^bb0(%x: tensor<1000x64xf32>, %y: tensor<64x1000xf32>):
    %0 = gan.matmul %x, %y : tensor<1000x64xf32>, tensor<64x1000xf32> -> tensor<1000x1000xf32>
    gan.yield %0 : tensor<1000x1000xf32>
  }
  return %r : tensor<1000x1000xf32>
}

// CHECK: .visible .entry k2_contraction(
// CHECK: neg.f32
// CHECK: cp.async.cg.shared.global
// CHECK: st.shared.v4.b32
func.func @prologue(%a: tensor<64x1000xf32>, %b: tensor<64x1000xf32>) -> tensor<1000x1000xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<64x1000xf32>, tensor<64x1000xf32>) -> tensor<1000x1000xf32> {
  ^bb0(%x: tensor<64x1000xf32>, %y: tensor<64x1000xf32>):
    %t = gan.neg %y : tensor<64x1000xf32>
    %0 = gan.matmul %x, %t {transpose_a} : tensor<64x1000xf32>, tensor<64x1000xf32> -> tensor<1000x1000xf32>
    gan.yield %0 : tensor<1000x1000xf32>
  }
  return %r : tensor<1000x1000xf32>
}
