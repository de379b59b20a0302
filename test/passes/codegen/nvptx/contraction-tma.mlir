// RUN: gan-run-kernel --ptx --gpu=sm_90a %s | FileCheck %s
// Both operands lie in memory as they are multiplied: a thread asks for boxes of them, four stages ahead in all, an mbarrier counts what comes. The filter
// lies across k, in rows of 64 columns. A block shares more than it has without asking.
// CHECK: // k0_contraction: 64 blocks, 65568 bytes shared
// CHECK: .extern .shared .align 1024 .b8 k0_contraction_shared[];
// CHECK: .visible .entry k0_contraction(
// CHECK: .param .align 64 .b8 k0_contraction_param_3[128]
// CHECK-NEXT: .param .align 64 .b8 k0_contraction_param_4[128]
// CHECK-COUNT-4: mbarrier.init.shared::cta.b64 [{{%rd[0-9]+}}], 1;
// CHECK: fence.proxy.async.shared::cta;
// CHECK: bar.sync 0
// CHECK-COUNT-3: mbarrier.arrive.expect_tx.shared::cta.b64 _, [{{%rd[0-9]+}}], {{%r[0-9]+}};
// CHECK: wgmma.mma_async.sync.aligned.m64n64k16.f32.bf16.bf16 {{.*}}, p, 1, 1, 0, 1;
// CHECK: wgmma.wait_group.sync.aligned 0
// CHECK: bar.sync 0
// CHECK: mbarrier.try_wait.parity.shared::cta.b64 isThere
// CHECK: mbarrier.arrive.expect_tx.shared::cta.b64
// CHECK: cp.async.bulk.tensor.4d.shared::cluster.global.tile.mbarrier::complete_tx::bytes [{{%rd[0-9]+}}], [{{%rd[0-9]+}}, {{[{]%r[0-9]+, %r[0-9]+, %r[0-9]+, %r[0-9]+[}]}}], [{{%rd[0-9]+}}];
// CHECK-COUNT-3: cp.async.bulk.tensor.4d
// CHECK-COUNT-4: mbarrier.inval.shared::cta.b64
// CHECK-NOT: st.shared.v4
func.func @conv2d(%a: tensor<16x32x32x32xbf16>, %b: tensor<4x4x32x64xbf16>) -> tensor<16x16x16x64xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<16x32x32x32xbf16>, tensor<4x4x32x64xbf16>) -> tensor<16x16x16x64xf32> {
  ^bb0(%x: tensor<16x32x32x32xbf16>, %y: tensor<4x4x32x64xbf16>):
    %a0 = gan.cast %x : tensor<16x32x32x32xbf16> -> tensor<16x32x32x32xf32>
    %b0 = gan.cast %y : tensor<4x4x32x64xbf16> -> tensor<4x4x32x64xf32>
    %0 = gan.conv2d %a0, %b0 strides = [2, 2] padding = [1, 1, 1, 1] : tensor<16x32x32x32xf32>, tensor<4x4x32x64xf32> -> tensor<16x16x16x64xf32>
    gan.yield %0 : tensor<16x16x16x64xf32>
  }
  return %r : tensor<16x16x16x64xf32>
}

// One operand has a prologue: it goes by way of registers beside the other.
// CHECK: .visible .entry k1_contraction(
// CHECK: .param .align 64 .b8 k1_contraction_param_3[128]
// CHECK-NOT: k1_contraction_param_4
// CHECK: cp.async.bulk.tensor.2d
// CHECK: st.shared.v4
// CHECK: wgmma.mma_async.sync.aligned.m64n128k16.f32.bf16.bf16 {{.*}}, p, 1, 1, 0, 1;
// CHECK: fence.proxy.async.shared::cta
// CHECK: bar.sync 0
// CHECK: mbarrier.try_wait.parity
func.func @mixed(%a: tensor<1024x96xbf16>, %b: tensor<96x1024xbf16>) -> tensor<1024x1024xf32> {
  %r = gan.kernel hero(contraction) (%a, %b) : (tensor<1024x96xbf16>, tensor<96x1024xbf16>) -> tensor<1024x1024xf32> {
  ^bb0(%x: tensor<1024x96xbf16>, %y: tensor<96x1024xbf16>):
    %a0 = gan.cast %x : tensor<1024x96xbf16> -> tensor<1024x96xf32>
    %a1 = gan.neg %a0 : tensor<1024x96xf32>
    %a2 = gan.round %a1 to bf16 : tensor<1024x96xf32>
    %b0 = gan.cast %y : tensor<96x1024xbf16> -> tensor<96x1024xf32>
    %0 = gan.matmul %a2, %b0 : tensor<1024x96xf32>, tensor<96x1024xf32> -> tensor<1024x1024xf32>
    gan.yield %0 : tensor<1024x1024xf32>
  }
  return %r : tensor<1024x1024xf32>
}

// No sm_90a, no TMA; the same kernels are called otherwise then.
// RUN: gan-run-kernel --ptx %s | FileCheck --check-prefix=OTHER %s
// OTHER-NOT: bulk
// OTHER-NOT: mbarrier
