// RUN: gan-run-kernel --ptx %s | FileCheck %s
// One thread per element; a product and a sum are rounded one by one, square roots and quotients as on the CPU.
// CHECK: // k0_elementwise: 4 blocks, 0 bytes shared
// CHECK: // k1_transpose: 1 blocks, 0 bytes shared
// CHECK: .version 8.0
// CHECK: .target sm_80
// CHECK: .visible .entry k0_elementwise(
// CHECK-NEXT: .param .u64 .ptr .global
// CHECK: .reqntid 256, 1, 1
// CHECK: ld.global.b32
// CHECK-NOT: fma
// CHECK: sqrt.rn.f32
// CHECK: div.rn.f32
// CHECK: st.global.b32
// CHECK-NOT: .extern
func.func @elementwise(%x: tensor<10x100xf32>, %y: tensor<10x100xf32>) -> tensor<10x100xf32> {
  %r = gan.kernel hero(elementwise) (%x, %y) : (tensor<10x100xf32>, tensor<10x100xf32>) -> tensor<10x100xf32> {
  ^bb0(%a: tensor<10x100xf32>, %b: tensor<10x100xf32>):
    %0 = gan.mul %a, %b : tensor<10x100xf32>
    %1 = gan.add %0, %b : tensor<10x100xf32>
    %2 = gan.sqrt %1 : tensor<10x100xf32>
    %3 = gan.div %2, %a : tensor<10x100xf32>
    gan.yield %3 : tensor<10x100xf32>
  }
  return %r : tensor<10x100xf32>
}
func.func @transposed(%x: tensor<8x16xf32>) -> tensor<16x8xf32> {
  %r = gan.kernel hero(transpose) (%x) : (tensor<8x16xf32>) -> tensor<16x8xf32> {
  ^bb0(%a: tensor<8x16xf32>):
    %0 = gan.transpose %a permutation = [1, 0] : tensor<8x16xf32> -> tensor<16x8xf32>
    gan.yield %0 : tensor<16x8xf32>
  }
  return %r : tensor<16x8xf32>
}
