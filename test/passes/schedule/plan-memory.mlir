// RUN: gan-opt %s --pass-pipeline='builtin.module(gan.model(func.func(gan-form-groups,gan-verify-fused,gan-order-steps),gan-plan-memory,gan-verify-plan))' | FileCheck %s

// Storage "p" and "m" are written in place by the kernel that reads them at the same index; "a" and "b" change places by copies;
// "keep" stays as it is; the data and the loss have buffers of their own.
// CHECK: gan.model @game attributes {gan.arena_bytes = {{[0-9]+}} : i64, gan.buffers = array<i64: 0, 256, 256, 256, 512, 256, 768, 256, 1024, 256
gan.model @game {
  // CHECK: gan.storage @p param {{.*}}gan.buffer = 0 : i64
  gan.storage @p param tensor<64xf32> init = <constant, [0.0]> owner = "G"
  gan.storage @m optimizer tensor<64xf32> init = <constant, [0.0]> owner = "g"
  gan.storage @a state tensor<64xf32> init = <constant, [0.0]> owner = "G"
  gan.storage @b state tensor<64xf32> init = <constant, [0.0]> owner = "G"
  gan.storage @keep state tensor<64xf32> init = <constant, [0.0]> owner = "G"
  gan.storage @w param tensor<8x8xf32> init = <constant, [0.0]> owner = "G"
  gan.storage @n optimizer tensor<8x8xf32> init = <constant, [0.0]> owner = "g"
  // CHECK: func.func @train.0(%{{.*}}: tensor<64xf32> {gan.buffer = 0 : i64, gan.storage = "p"}
  // CHECK-SAME: gan.buffer = 7 : i64, gan.data = "x.x"
  // CHECK-SAME: -> (tensor<64xf32> {gan.buffer = 0 : i64, gan.storage = "p"}, tensor<64xf32> {gan.buffer = 1 : i64, gan.storage = "m"}
  func.func @train.0(%p: tensor<64xf32> {gan.storage = "p"}, %m: tensor<64xf32> {gan.storage = "m"}, %a: tensor<64xf32> {gan.storage = "a"},
                     %b: tensor<64xf32> {gan.storage = "b"}, %keep: tensor<64xf32> {gan.storage = "keep"}, %x: tensor<64xf32> {gan.data = "x.x", gan.move = 0 : i64})
      -> (tensor<64xf32> {gan.storage = "p"}, tensor<64xf32> {gan.storage = "m"}, tensor<64xf32> {gan.storage = "a"}, tensor<64xf32> {gan.storage = "b"},
          tensor<64xf32> {gan.storage = "keep"}, tensor<f32> {gan.metric = "loss"}) attributes {gan.role = "step"} {
    // CHECK-DAG: %[[SA:.*]] = gan.copy %{{.*}} {gan.inputs = array<i64: 3>, gan.outputs = array<i64: [[TB:[0-9]+]]>}
    // CHECK-DAG: %[[SB:.*]] = gan.copy %{{.*}} {gan.inputs = array<i64: 2>, gan.outputs = array<i64: [[TA:[0-9]+]]>}
    // CHECK: gan.kernel hero( elementwise) {{.*}}gan.outputs = array<i64: {{[01], [01]}}>
    // CHECK: gan.kernel hero( reduction)
    // CHECK: gan.copy %[[SA]] {gan.inputs = array<i64: [[TB]]>, gan.outputs = array<i64: 2>}
    // CHECK: gan.copy %[[SB]] {gan.inputs = array<i64: [[TA]]>, gan.outputs = array<i64: 3>}
    %m1 = gan.add %m, %x : tensor<64xf32>
    %p1 = gan.sub %p, %m1 : tensor<64xf32>
    %l = gan.sum %x dims = [0] : tensor<64xf32> -> tensor<f32>
    return %p1, %m1, %b, %a, %keep, %l : tensor<64xf32>, tensor<64xf32>, tensor<64xf32>, tensor<64xf32>, tensor<64xf32>, tensor<f32>
  }

  // A new value whose kernel reads the old one at other indices waits in a temporary.
  // CHECK: func.func @train.1
  // CHECK: gan.kernel hero( elementwise) {{.*}}gan.inputs = array<i64: 0>, gan.outputs = array<i64: [[T:[0-9]+]]>
  // CHECK: gan.copy %{{.*}} {gan.inputs = array<i64: [[T]]>, gan.outputs = array<i64: 0>}
  func.func @train.1(%p: tensor<64xf32> {gan.storage = "p"}) -> (tensor<64xf32> {gan.storage = "p"}) attributes {gan.role = "step"} {
    %h = gan.slice %p offsets = [32] : tensor<64xf32> -> tensor<32xf32>
    %q = gan.slice %p offsets = [0] : tensor<64xf32> -> tensor<32xf32>
    %c = gan.concat %h, %q dim = 0 : tensor<32xf32>, tensor<32xf32> -> tensor<64xf32>
    return %c : tensor<64xf32>
  }

  // The epilogue of a contraction updates a storage in place; what feeds the contraction it may not.
  // CHECK: func.func @train.2
  // CHECK: gan.kernel hero( contraction)
  // CHECK-SAME: gan.inputs = array<i64: 9, 5, 6>, gan.outputs = array<i64: 6, [[LATE:[0-9]+]]>
  // CHECK: gan.copy %{{.*}}#1 {gan.inputs = array<i64: [[LATE]]>, gan.outputs = array<i64: 5>}
  // CHECK-NOT: gan.copy
  // CHECK: return
  func.func @train.2(%w: tensor<8x8xf32> {gan.storage = "w"}, %n: tensor<8x8xf32> {gan.storage = "n"}, %x: tensor<8x8xf32> {gan.data = "x.y", gan.move = 0 : i64})
      -> (tensor<8x8xf32> {gan.storage = "w"}, tensor<8x8xf32> {gan.storage = "n"}) attributes {gan.role = "step"} {
    %g = gan.matmul %x, %w : tensor<8x8xf32>, tensor<8x8xf32> -> tensor<8x8xf32>
    %n1 = gan.add %n, %g : tensor<8x8xf32>
    %w1 = gan.sub %w, %n1 : tensor<8x8xf32>
    return %w1, %n1 : tensor<8x8xf32>, tensor<8x8xf32>
  }

  // The view of a kernel's result is the storage itself: no copy.
  // CHECK: func.func @init
  // CHECK: gan.kernel
  // CHECK-SAME: gan.outputs = array<i64: 0>
  // CHECK-NOT: gan.copy
  // CHECK: return
  func.func @init(%k: tensor<2xi64> {gan.key = 0 : i64}) -> (tensor<64xf32> {gan.storage = "p"}) attributes {gan.role = "init"} {
    %z = gan.random %k stream = "init/p" from <normal, [0.0, 1.0]> plain : tensor<2xi64> -> tensor<8x8xf32>
    %v = gan.reshape %z : tensor<8x8xf32> -> tensor<64xf32>
    return %v : tensor<64xf32>
  }
}
