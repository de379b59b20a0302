// RUN: gan-run-kernel --ptx %s | FileCheck %s
// 16 x 16 threads with 2 x 2 sums each: 4 tiles of 32 x 32, two stages of 16 steps of both operands; fma in the order of k.
// CHECK: // k0_contraction: 4 blocks, 9216 bytes shared
// CHECK: .visible .entry k0_contraction(
// CHECK-DAG: ld.global.v2.b32
// CHECK-DAG: st.shared.v2.b32
// CHECK-DAG: ld.shared.v2.b32
// CHECK-DAG: bar.sync 0
// CHECK-DAG: fma.rn.f32
// CHECK-DAG: fma.rn.f32
// CHECK-DAG: fma.rn.f32
// CHECK-DAG: fma.rn.f32
// CHECK-DAG: st.global.b32
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
