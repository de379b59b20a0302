// RUN: gan-run-kernel --ptx --gpu=sm_90a %s | FileCheck %s
// Two groups of four warps have 64 rows and 128 columns each of a tile of 128 x 128. The next stage is put into shared memory while they multiply;
// the registers of the sums are the same ones all the way.
// CHECK: // k0_contraction: 64 blocks, 32768 bytes shared
// CHECK: .target sm_90a
// CHECK: .visible .entry k0_contraction(
// CHECK: .shared .align 1024 .b8 k0_contraction_shared[32768]
// CHECK: cvt.rna.tf32.f32
// CHECK: st.shared.v4.b32
// CHECK: fence.proxy.async.shared::cta
// CHECK: bar.sync 0
// CHECK: wgmma.fence.sync.aligned
// CHECK-NEXT: wgmma.mma_async.sync.aligned.m64n128k8.f32.tf32.tf32 {[[SUMS:.*]]}, %rd{{[0-9]+}}, %rd{{[0-9]+}}, p, 1, 1;
// CHECK-NEXT: wgmma.mma_async.sync.aligned.m64n128k8.f32.tf32.tf32 {[[SUMS]]}, %rd{{[0-9]+}}, %rd{{[0-9]+}}, p, 1, 1;
// CHECK-NEXT: wgmma.commit_group.sync.aligned
// CHECK-NOT: mov.b32
// CHECK: st.shared.v4.b32
// CHECK-NOT: mov.b32
// CHECK: wgmma.wait_group.sync.aligned 0
// CHECK-NOT: mov.b32
// CHECK: fence.proxy.async.shared::cta
// CHECK-NOT: mov.b32
// CHECK: bar.sync 0
// CHECK-NOT: {{ }}mma.sync
func.func @large(%a: tensor<1000x64xf32>, %b: tensor<1000x64xf32>) -> tensor<1000x1000xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<1000x64xf32>, tensor<1000x64xf32>) -> tensor<1000x1000xf32> {
  ^bb0(%x: tensor<1000x64xf32>, %y: tensor<1000x64xf32>):
    %rx = gan.round %x to tf32 : tensor<1000x64xf32>
    %ry = gan.round %y to tf32 : tensor<1000x64xf32>
    %0 = gan.matmul %rx, %ry {transpose_b} : tensor<1000x64xf32>, tensor<1000x64xf32> -> tensor<1000x1000xf32>
    gan.yield %0 : tensor<1000x1000xf32>
  }
  return %r : tensor<1000x1000xf32>
}

// Of 64 x 64 in bf16 a group has 32 columns.
// CHECK: .visible .entry k1_contraction(
// CHECK: cvt.rn.bf16x2.f32
// CHECK: wgmma.mma_async.sync.aligned.m64n32k16.f32.bf16.bf16 {{.*}}, p, 1, 1, 0, 0;
func.func @small(%a: tensor<512x64xf32>, %b: tensor<512x64xf32>) -> tensor<512x512xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<512x64xf32>, tensor<512x64xf32>) -> tensor<512x512xf32> {
  ^bb0(%x: tensor<512x64xf32>, %y: tensor<512x64xf32>):
    %rx = gan.round %x to bf16 : tensor<512x64xf32>
    %ry = gan.round %y to bf16 : tensor<512x64xf32>
    %0 = gan.matmul %rx, %ry {transpose_b} : tensor<512x64xf32>, tensor<512x64xf32> -> tensor<512x512xf32>
    gan.yield %0 : tensor<512x512xf32>
  }
  return %r : tensor<512x512xf32>
}

// In tf32 two slices share k, a group each.
// CHECK: .visible .entry k2_contraction(
// CHECK: wgmma.mma_async.sync.aligned.m64n64k8.f32.tf32.tf32
func.func @sliced(%a: tensor<512x256xf32>, %b: tensor<512x256xf32>) -> tensor<512x512xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<512x256xf32>, tensor<512x256xf32>) -> tensor<512x512xf32> {
  ^bb0(%x: tensor<512x256xf32>, %y: tensor<512x256xf32>):
    %rx = gan.round %x to tf32 : tensor<512x256xf32>
    %ry = gan.round %y to tf32 : tensor<512x256xf32>
    %0 = gan.matmul %rx, %ry {transpose_b} : tensor<512x256xf32>, tensor<512x256xf32> -> tensor<512x512xf32>
    gan.yield %0 : tensor<512x512xf32>
  }
  return %r : tensor<512x512xf32>
}

// Tiles of 32 rows would leave half of an instruction idle.
// CHECK: .visible .entry k3_contraction(
// CHECK-NOT: wgmma
// CHECK: mma.sync.aligned.m16n8k8
func.func @few(%a: tensor<64x100xf32>, %b: tensor<100x48xf32>) -> tensor<64x48xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<64x100xf32>, tensor<100x48xf32>) -> tensor<64x48xf32> {
  ^bb0(%x: tensor<64x100xf32>, %y: tensor<100x48xf32>):
    %rx = gan.round %x to tf32 : tensor<64x100xf32>
    %ry = gan.round %y to tf32 : tensor<100x48xf32>
    %0 = gan.matmul %rx, %ry : tensor<64x100xf32>, tensor<100x48xf32> -> tensor<64x48xf32>
    gan.yield %0 : tensor<64x48xf32>
  }
  return %r : tensor<64x48xf32>
}
