// RUN: gan-opt %s --pass-pipeline='builtin.module(gan.model(func.func(gan-group-launches{growth=100})))' | FileCheck %s
// RUN: gan-opt %s --pass-pipeline='builtin.module(gan.model(func.func(gan-group-launches{growth=100}),gan-plan-memory,gan-verify-plan))' | FileCheck %s --check-prefix=PLAN
// RUN: gan-opt %s --pass-pipeline='builtin.module(gan.model(func.func(gan-group-launches{growth=0})))' | FileCheck %s --check-prefix=TIGHT

gan.model @m {
  // Two chains side by side: step by step they share launches. The number of each comes from the order of launches.
  // CHECK-LABEL: func.func @chains
  // CHECK: attributes {gan.launch = 0 : i64}
  // CHECK: gan.exp
  // CHECK: attributes {gan.launch = 0 : i64}
  // CHECK: gan.log
  // CHECK: attributes {gan.launch = 1 : i64}
  // CHECK: gan.tanh
  // CHECK: attributes {gan.launch = 1 : i64}
  // CHECK: gan.sqrt
  // CHECK: return

  // Where memory must not grow, three launches hold no more than the one value behind the last kernel and the two of the next.
  // TIGHT-LABEL: func.func @chains
  // TIGHT-NOT: gan.launch
  // TIGHT: gan.exp
  // TIGHT: gan.launch = 1
  // TIGHT: gan.launch = 1

  // All four values of a launch are alive at the same time: the second launch writes into the bytes that each of its members reads itself.
  // PLAN-LABEL: func.func @chains
  // PLAN: attributes {gan.inputs = array<i64: [[#X:]]>, gan.launch = 0 : i64, gan.outputs = array<i64: [[#A:]]>}
  // PLAN: attributes {gan.inputs = array<i64: [[#X]]>, gan.launch = 0 : i64, gan.outputs = array<i64: [[#B:]]>}
  // PLAN: attributes {gan.inputs = array<i64: [[#A]]>, gan.launch = 1 : i64, gan.outputs
  // PLAN: attributes {gan.inputs = array<i64: [[#B]]>, gan.launch = 1 : i64, gan.outputs
  func.func @chains(%x: tensor<16xf32> {gan.data = "d.x"}) -> (tensor<16xf32> {gan.output = "a"}, tensor<16xf32> {gan.output = "b"}) attributes {gan.role = "step"} {
    %a = gan.kernel hero(elementwise) (%x) : (tensor<16xf32>) -> tensor<16xf32> {
    ^bb0(%p: tensor<16xf32>):
      %v = gan.exp %p : tensor<16xf32>
      gan.yield %v : tensor<16xf32>
    }
    %c = gan.kernel hero(elementwise) (%a) : (tensor<16xf32>) -> tensor<16xf32> {
    ^bb0(%p: tensor<16xf32>):
      %v = gan.tanh %p : tensor<16xf32>
      gan.yield %v : tensor<16xf32>
    }
    %b = gan.kernel hero(elementwise) (%x) : (tensor<16xf32>) -> tensor<16xf32> {
    ^bb0(%p: tensor<16xf32>):
      %v = gan.log %p : tensor<16xf32>
      gan.yield %v : tensor<16xf32>
    }
    %d = gan.kernel hero(elementwise) (%b) : (tensor<16xf32>) -> tensor<16xf32> {
    ^bb0(%p: tensor<16xf32>):
      %v = gan.sqrt %p : tensor<16xf32>
      gan.yield %v : tensor<16xf32>
    }
    return %c, %d : tensor<16xf32>, tensor<16xf32>
  }

  // What the other member of a launch reads is not written over.
  // PLAN-LABEL: func.func @shared
  // PLAN: gan.outputs = array<i64: [[#A:]]>}
  // PLAN: attributes {gan.inputs = array<i64: [[#A]]>, gan.launch = 1 : i64, gan.outputs = array<i64: [[#B:]]>}
  // PLAN: attributes {gan.inputs = array<i64: [[#A]]>, gan.launch = 1 : i64, gan.outputs = array<i64: [[#C:]]>}
  // PLAN: gan.kernel{{.*}}gan.inputs = array<i64: [[#B]], [[#C]]>
  func.func @shared(%x: tensor<16xf32> {gan.data = "d.x"}) -> (tensor<16xf32> {gan.output = "s"}) attributes {gan.role = "step"} {
    %a = gan.kernel hero(elementwise) (%x) : (tensor<16xf32>) -> tensor<16xf32> {
    ^bb0(%p: tensor<16xf32>):
      %v = gan.exp %p : tensor<16xf32>
      gan.yield %v : tensor<16xf32>
    }
    %b = gan.kernel hero(elementwise) (%a) : (tensor<16xf32>) -> tensor<16xf32> {
    ^bb0(%p: tensor<16xf32>):
      %v = gan.tanh %p : tensor<16xf32>
      gan.yield %v : tensor<16xf32>
    }
    %c = gan.kernel hero(elementwise) (%a) : (tensor<16xf32>) -> tensor<16xf32> {
    ^bb0(%p: tensor<16xf32>):
      %v = gan.sqrt %p : tensor<16xf32>
      gan.yield %v : tensor<16xf32>
    }
    %d = gan.kernel hero(elementwise) (%b, %c) : (tensor<16xf32>, tensor<16xf32>) -> tensor<16xf32> {
    ^bb0(%p: tensor<16xf32>, %q: tensor<16xf32>):
      %v = gan.add %p, %q : tensor<16xf32>
      gan.yield %v : tensor<16xf32>
    }
    return %d : tensor<16xf32>
  }

  // A sum goes before the product, a loop over 32 MiB has a launch of its own.
  // CHECK-LABEL: func.func @heavy
  // CHECK: hero( reduction){{.*}}gan.launch = 0
  // CHECK: hero( contraction){{.*}}gan.launch = 0
  // CHECK: hero( elementwise)
  // CHECK-NOT: gan.launch
  func.func @heavy(%x: tensor<4096x1024xf32> {gan.data = "d.x"}, %w: tensor<1024x8xf32> {gan.data = "d.w"})
      -> (tensor<4096x8xf32> {gan.output = "a"}, tensor<4096x1024xf32> {gan.output = "b"}, tensor<1024xf32> {gan.output = "c"}) attributes {gan.role = "step"} {
    %a = gan.kernel hero(contraction) (%x, %w) : (tensor<4096x1024xf32>, tensor<1024x8xf32>) -> tensor<4096x8xf32> {
    ^bb0(%p: tensor<4096x1024xf32>, %q: tensor<1024x8xf32>):
      %v = gan.matmul %p, %q : tensor<4096x1024xf32>, tensor<1024x8xf32> -> tensor<4096x8xf32>
      gan.yield %v : tensor<4096x8xf32>
    }
    %c = gan.kernel hero(reduction) (%x) : (tensor<4096x1024xf32>) -> tensor<1024xf32> {
    ^bb0(%p: tensor<4096x1024xf32>):
      %v = gan.sum %p dims = [0] : tensor<4096x1024xf32> -> tensor<1024xf32>
      gan.yield %v : tensor<1024xf32>
    }
    %b = gan.kernel hero(elementwise) (%x) : (tensor<4096x1024xf32>) -> tensor<4096x1024xf32> {
    ^bb0(%p: tensor<4096x1024xf32>):
      %v = gan.sqrt %p : tensor<4096x1024xf32>
      gan.yield %v : tensor<4096x1024xf32>
    }
    return %a, %b, %c : tensor<4096x8xf32>, tensor<4096x1024xf32>, tensor<1024xf32>
  }

  // A variance goes on in the blocks of its mean: it reads the mean at its own output only. A sum that reads the variance in reverse does not.
  // CHECK-LABEL: func.func @follows
  // CHECK: hero( reduction){{.*}}attributes {gan.launch = 0 : i64}
  // CHECK: hero( reduction){{.*}}attributes {gan.follows, gan.launch = 0 : i64}
  // CHECK: hero( reduction)
  // CHECK-NOT: gan.launch
  // CHECK: return
  // PLAN-LABEL: func.func @follows
  // PLAN: attributes {gan.inputs = array<i64: [[#X:]]>, gan.launch = 0 : i64, gan.outputs = array<i64: [[#M:]]>}
  // PLAN: attributes {gan.follows, gan.inputs = array<i64: [[#X]], [[#M]]>, gan.launch = 0 : i64, gan.outputs = array<i64: [[#V:]]>}
  // PLAN: attributes {gan.inputs = array<i64: [[#X]], [[#V]]>, gan.outputs
  func.func @follows(%x: tensor<8x64xf32> {gan.data = "d.x"}) -> (tensor<64xf32> {gan.output = "s"}) attributes {gan.role = "step"} {
    %m = gan.kernel hero(reduction) (%x) : (tensor<8x64xf32>) -> tensor<64xf32> {
    ^bb0(%p: tensor<8x64xf32>):
      %s = gan.sum %p dims = [0] : tensor<8x64xf32> -> tensor<64xf32>
      gan.yield %s : tensor<64xf32>
    }
    %v = gan.kernel hero(reduction) (%x, %m) : (tensor<8x64xf32>, tensor<64xf32>) -> tensor<64xf32> {
    ^bb0(%p: tensor<8x64xf32>, %q: tensor<64xf32>):
      %b = gan.broadcast %q dims = [1] : tensor<64xf32> -> tensor<8x64xf32>
      %c = gan.sub %p, %b : tensor<8x64xf32>
      %d = gan.mul %c, %c : tensor<8x64xf32>
      %s = gan.sum %d dims = [0] : tensor<8x64xf32> -> tensor<64xf32>
      %t = gan.add %s, %q : tensor<64xf32>
      gan.yield %t : tensor<64xf32>
    }
    %w = gan.kernel hero(reduction) (%x, %v) : (tensor<8x64xf32>, tensor<64xf32>) -> tensor<64xf32> {
    ^bb0(%p: tensor<8x64xf32>, %q: tensor<64xf32>):
      %f = gan.flip %q dims = [0] : tensor<64xf32>
      %b = gan.broadcast %f dims = [1] : tensor<64xf32> -> tensor<8x64xf32>
      %c = gan.sub %p, %b : tensor<8x64xf32>
      %s = gan.sum %c dims = [0] : tensor<8x64xf32> -> tensor<64xf32>
      gan.yield %s : tensor<64xf32>
    }
    return %w : tensor<64xf32>
  }

  // Of two results that could take the bytes of an operand that dies, one does, even if its launch alone reads it.
  // PLAN-LABEL: func.func @heirs
  // PLAN: gan.outputs = array<i64: [[#D:]]>}
  // PLAN: attributes {gan.inputs = array<i64: [[#X:]], [[#D]]>, gan.launch = 1 : i64, gan.outputs = array<i64: [[#M:]], [[#N:]]>}
  // PLAN: attributes {gan.follows, gan.inputs = array<i64: [[#X]], [[#M]]>, gan.launch = 1 : i64
  func.func @heirs(%x: tensor<8x64xf32> {gan.data = "d.x"}, %y: tensor<64xf32> {gan.data = "d.y"}) -> (tensor<64xf32> {gan.output = "s"}) attributes {gan.role = "step"} {
    %d = gan.kernel hero(elementwise) (%y) : (tensor<64xf32>) -> tensor<64xf32> {
    ^bb0(%p: tensor<64xf32>):
      %v = gan.exp %p : tensor<64xf32>
      gan.yield %v : tensor<64xf32>
    }
    %m:2 = gan.kernel hero(reduction) (%x, %d) : (tensor<8x64xf32>, tensor<64xf32>) -> (tensor<64xf32>, tensor<64xf32>) {
    ^bb0(%p: tensor<8x64xf32>, %q: tensor<64xf32>):
      %s = gan.sum %p dims = [0] : tensor<8x64xf32> -> tensor<64xf32>
      %a = gan.add %s, %q : tensor<64xf32>
      %b = gan.mul %s, %q : tensor<64xf32>
      gan.yield %a, %b : tensor<64xf32>, tensor<64xf32>
    }
    %v = gan.kernel hero(reduction) (%x, %m#0) : (tensor<8x64xf32>, tensor<64xf32>) -> tensor<64xf32> {
    ^bb0(%p: tensor<8x64xf32>, %q: tensor<64xf32>):
      %s = gan.sum %p dims = [0] : tensor<8x64xf32> -> tensor<64xf32>
      %t = gan.mul %s, %q : tensor<64xf32>
      gan.yield %t : tensor<64xf32>
    }
    %r = gan.kernel hero(elementwise) (%v, %m#1) : (tensor<64xf32>, tensor<64xf32>) -> tensor<64xf32> {
    ^bb0(%p: tensor<64xf32>, %q: tensor<64xf32>):
      %t = gan.sub %p, %q : tensor<64xf32>
      gan.yield %t : tensor<64xf32>
    }
    return %r : tensor<64xf32>
  }

  // Nor do sums in another order, whose blocks are others.
  // CHECK-LABEL: func.func @other_order
  // CHECK-NOT: gan.follows
  // CHECK: return
  func.func @other_order(%x: tensor<8x64xf32> {gan.data = "d.x"}) -> (tensor<64xf32> {gan.output = "s"}) attributes {gan.role = "step"} {
    %m = gan.kernel hero(reduction) (%x) : (tensor<8x64xf32>) -> tensor<64xf32> {
    ^bb0(%p: tensor<8x64xf32>):
      %s = gan.sum %p dims = [0] : tensor<8x64xf32> -> tensor<64xf32>
      gan.yield %s : tensor<64xf32>
    }
    %v = gan.kernel hero(reduction) (%x, %m) : (tensor<8x64xf32>, tensor<64xf32>) -> tensor<64xf32> {
    ^bb0(%p: tensor<8x64xf32>, %q: tensor<64xf32>):
      %b = gan.broadcast %q dims = [1] : tensor<64xf32> -> tensor<8x64xf32>
      %c = gan.sub %p, %b : tensor<8x64xf32>
      %s = gan.sum %c dims = [0] order <splits = 2, lanes = 1> : tensor<8x64xf32> -> tensor<64xf32>
      gan.yield %s : tensor<64xf32>
    }
    return %v : tensor<64xf32>
  }
}
