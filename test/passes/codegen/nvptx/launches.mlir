// RUN: gan-run-kernel --ptx %s | FileCheck %s
// Three kernels in one launch, of which two are equal: 4 blocks of each loop, 8 of the sum, whose memory is that of the launch. Equal ones share
// their code and choose whose arguments are meant; nothing is called. What is only launched together has no entry of its own.
// CHECK: // g0_of_3: 16 blocks, 224 bytes shared
// CHECK: // k2_elementwise: 4 blocks, 0 bytes shared
// CHECK: // g1_of_2: 8 blocks, 224 bytes shared
// CHECK-NOT: call
// CHECK: .visible .entry g0_of_3(
// CHECK-COUNT-6: .param .u64 .ptr .global
// CHECK: .reqntid 256, 1, 1
// CHECK: .shared .align 16 .b8 g0_of_3_shared[224];
// CHECK: mov.u32 %[[BLOCK:r[0-9]+]], %ctaid.x;
// CHECK: setp.gt.u32 %[[IS_SUM:p[0-9]+]], %[[BLOCK]], 7;
// CHECK: @%[[IS_SUM]] bra
// CHECK-DAG: ld.param.b64 %[[B_OUT:rd[0-9]+]], [g0_of_3_param_5];
// CHECK-DAG: ld.param.b64 %[[B_IN:rd[0-9]+]], [g0_of_3_param_4];
// CHECK-DAG: ld.param.b64 %[[A_OUT:rd[0-9]+]], [g0_of_3_param_1];
// CHECK-DAG: ld.param.b64 %[[A_IN:rd[0-9]+]], [g0_of_3_param_0];
// CHECK-DAG: selp.b64 %{{rd[0-9]+}}, %[[A_IN]], %[[B_IN]], %
// CHECK-DAG: selp.b64 %{{rd[0-9]+}}, %[[A_OUT]], %[[B_OUT]], %
// CHECK: sqrt.rn.f32
// CHECK-NOT: sqrt
// CHECK: add.rn.f32
// CHECK: bar.sync
// CHECK-NOT: .visible
// CHECK: .visible .entry k2_elementwise(
// A sum that follows another runs in its blocks and its memory; all threads have stored before any goes on.
// CHECK: .visible .entry g1_of_2(
// CHECK: .shared .align 16 .b8 g1_of_2_shared[224];
// CHECK: ld.param.b64 %[[MEAN:rd[0-9]+]], [g1_of_2_param_1];
// CHECK: st.global.b32
// CHECK: bar.sync 0;
// CHECK: ld.global.b32
// CHECK: st.global.b32
// CHECK-NOT: .visible
func.func @together(%x: tensor<1024xf32>, %y: tensor<1024xf32>, %z: tensor<8x5x5x64xf32>) -> (tensor<1024xf32>, tensor<64xf32>, tensor<1024xf32>) {
  %a = gan.kernel hero(elementwise) (%x) : (tensor<1024xf32>) -> tensor<1024xf32> attributes {gan.launch = 0 : i64} {
  ^bb0(%p: tensor<1024xf32>):
    %0 = gan.sqrt %p : tensor<1024xf32>
    gan.yield %0 : tensor<1024xf32>
  }
  %s = gan.kernel hero(reduction) (%z) : (tensor<8x5x5x64xf32>) -> tensor<64xf32> attributes {gan.launch = 0 : i64} {
  ^bb0(%p: tensor<8x5x5x64xf32>):
    %0 = gan.sum %p dims = [0, 1, 2] order <splits = 7, lanes = 1> : tensor<8x5x5x64xf32> -> tensor<64xf32>
    gan.yield %0 : tensor<64xf32>
  }
  %b = gan.kernel hero(elementwise) (%y) : (tensor<1024xf32>) -> tensor<1024xf32> attributes {gan.launch = 0 : i64} {
  ^bb0(%p: tensor<1024xf32>):
    %0 = gan.sqrt %p : tensor<1024xf32>
    gan.yield %0 : tensor<1024xf32>
  }
  %c = gan.kernel hero(elementwise) (%a, %b) : (tensor<1024xf32>, tensor<1024xf32>) -> tensor<1024xf32> {
  ^bb0(%p: tensor<1024xf32>, %q: tensor<1024xf32>):
    %0 = gan.add %p, %q : tensor<1024xf32>
    gan.yield %0 : tensor<1024xf32>
  }
  return %b, %s, %c : tensor<1024xf32>, tensor<64xf32>, tensor<1024xf32>
}
func.func @behind(%z: tensor<8x5x5x64xf32>) -> tensor<64xf32> {
  %m = gan.kernel hero(reduction) (%z) : (tensor<8x5x5x64xf32>) -> tensor<64xf32> attributes {gan.launch = 0 : i64} {
  ^bb0(%p: tensor<8x5x5x64xf32>):
    %0 = gan.sum %p dims = [0, 1, 2] order <splits = 7, lanes = 1> : tensor<8x5x5x64xf32> -> tensor<64xf32>
    gan.yield %0 : tensor<64xf32>
  }
  %v = gan.kernel hero(reduction) (%z, %m) : (tensor<8x5x5x64xf32>, tensor<64xf32>) -> tensor<64xf32> attributes {gan.follows, gan.launch = 0 : i64} {
  ^bb0(%p: tensor<8x5x5x64xf32>, %q: tensor<64xf32>):
    %0 = gan.broadcast %q dims = [3] : tensor<64xf32> -> tensor<8x5x5x64xf32>
    %1 = gan.sub %p, %0 : tensor<8x5x5x64xf32>
    %2 = gan.sum %1 dims = [0, 1, 2] order <splits = 7, lanes = 1> : tensor<8x5x5x64xf32> -> tensor<64xf32>
    gan.yield %2 : tensor<64xf32>
  }
  return %v : tensor<64xf32>
}
