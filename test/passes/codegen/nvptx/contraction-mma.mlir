// RUN: gan-run-kernel --ptx %s | FileCheck %s
// RUN: gan-run-kernel --ptx %s | FileCheck %s --check-prefix=ROLLED
// 4 tiles of 32 x 32 by 8 warps, two stages of 64 bytes of each row: what is rounded on its way to shared memory, ldmatrix takes from there.
// Nothing is rounded by integers, as on the CPU, and nothing is multiplied but by tensor cores.
// CHECK: // k0_contraction: 4 blocks, 8192 bytes shared
// CHECK: .visible .entry k0_contraction(
// CHECK-DAG: ld.global.v2.b32
// CHECK-DAG: cvt.rna.tf32.f32
// CHECK-DAG: st.shared.v2.b32
// CHECK-DAG: bar.sync 0
// CHECK-DAG: ldmatrix.sync.aligned.m8n8.x4.shared.b16
// CHECK-DAG: mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32
// CHECK-NOT: fma.rn.f32
// CHECK: .visible .entry k1_contraction(
// CHECK-DAG: cvt.rn.bf16x2.f32
// CHECK-DAG: st.shared.v2.b32
// CHECK-DAG: ldmatrix.sync.aligned.m8n8.x4.shared.b16
// CHECK-DAG: mma.sync.aligned.m16n8k16.row.col.f32.bf16.bf16.f32
// CHECK-NOT: fma.rn.f32
// CHECK-NOT: .extern
// A loop over few stages stays one, or ptxas reads them all at first and has no registers left.
// ROLLED-LABEL: .visible .entry k0_contraction(
// ROLLED: .pragma "nounroll"
// ROLLED: mma.sync
// ROLLED-LABEL: .visible .entry k1_contraction(
func.func @tf32(%a: tensor<64x100xf32>, %b: tensor<100x48xf32>) -> tensor<64x48xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<64x100xf32>, tensor<100x48xf32>) -> tensor<64x48xf32> {
  ^bb0(%x: tensor<64x100xf32>, %y: tensor<100x48xf32>):
    %rx = gan.round %x to tf32 : tensor<64x100xf32>
    %ry = gan.round %y to tf32 : tensor<100x48xf32>
    %0 = gan.matmul %rx, %ry order <splits = 1, lanes = 1> : tensor<64x100xf32>, tensor<100x48xf32> -> tensor<64x48xf32>
    gan.yield %0 : tensor<64x48xf32>
  }
  return %r : tensor<64x48xf32>
}

func.func @bf16(%a: tensor<64x100xf32>, %b: tensor<100x48xf32>) -> tensor<64x48xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<64x100xf32>, tensor<100x48xf32>) -> tensor<64x48xf32> {
  ^bb0(%x: tensor<64x100xf32>, %y: tensor<100x48xf32>):
    %rx = gan.round %x to bf16 : tensor<64x100xf32>
    %ry = gan.round %y to bf16 : tensor<100x48xf32>
    %0 = gan.matmul %rx, %ry order <splits = 1, lanes = 1> : tensor<64x100xf32>, tensor<100x48xf32> -> tensor<64x48xf32>
    gan.yield %0 : tensor<64x48xf32>
  }
  return %r : tensor<64x48xf32>
}

// What memory holds in bf16 along k is copied as it lies, by 16 bytes into a ring of stages.
// CHECK: .visible .entry k2_contraction(
// CHECK-NOT: ld.global
// CHECK: cp.async.cg.shared.global [{{.*}}], [{{.*}}], 16, 
// CHECK-NOT: ld.global
// CHECK-NOT: cvt.rn.bf16x2.f32
// CHECK: mma.sync.aligned.m16n8k16.row.col.f32.bf16.bf16.f32
func.func @copied(%a: tensor<64x256xbf16>, %b: tensor<48x256xbf16>) -> tensor<64x48xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<64x256xbf16>, tensor<48x256xbf16>) -> tensor<64x48xf32> {
  ^bb0(%x: tensor<64x256xbf16>, %y: tensor<48x256xbf16>):
    %0 = gan.cast %x : tensor<64x256xbf16> -> tensor<64x256xf32>
    %1 = gan.cast %y : tensor<48x256xbf16> -> tensor<48x256xf32>
    %2 = gan.matmul %0, %1 order <splits = 1, lanes = 1> {transpose_b} : tensor<64x256xf32>, tensor<48x256xf32> -> tensor<64x48xf32>
    gan.yield %2 : tensor<64x48xf32>
  }
  return %r : tensor<64x48xf32>
}
