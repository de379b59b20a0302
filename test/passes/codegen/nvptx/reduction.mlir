// RUN: gan-run-kernel --ptx %s | FileCheck %s
// Channels: few, so 8 blocks of 8 outputs, which are 32 bytes; 32 rows of threads for 7 parts, which join in shared memory. Nothing is added atomically.
// CHECK: // k0_reduction: 8 blocks, 224 bytes shared
// Rows of 1000: 8 lanes, 16 outputs a block, and a row of threads that has nothing to add.
// CHECK: // k1_reduction: 1 blocks, 1024 bytes shared
// CHECK: .visible .entry k0_reduction(
// CHECK: add.rn.f32
// CHECK: st.shared.b32
// CHECK: bar.sync 0
// CHECK: ld.shared.b32
// CHECK-NOT: {{[[:space:]](atom|red)[.]}}
func.func @channels(%x: tensor<8x5x5x64xf32>) -> tensor<64xf32> {
  %r = gan.kernel hero(reduction) (%x) : (tensor<8x5x5x64xf32>) -> tensor<64xf32> {
  ^bb0(%a: tensor<8x5x5x64xf32>):
    %0 = gan.sum %a dims = [0, 1, 2] order <splits = 7, lanes = 1> : tensor<8x5x5x64xf32> -> tensor<64xf32>
    gan.yield %0 : tensor<64xf32>
  }
  return %r : tensor<64xf32>
}
func.func @rows(%x: tensor<16x1000xf32>) -> tensor<16xf32> {
  %r = gan.kernel hero(reduction) (%x) : (tensor<16x1000xf32>) -> tensor<16xf32> {
  ^bb0(%a: tensor<16x1000xf32>):
    %0 = gan.sum %a dims = [1] order <splits = 1, lanes = 8> : tensor<16x1000xf32> -> tensor<16xf32>
    gan.yield %0 : tensor<16xf32>
  }
  return %r : tensor<16xf32>
}
