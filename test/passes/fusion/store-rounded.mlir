// RUN: gan-opt %s --pass-pipeline="builtin.module(func.func(gan-store-rounded{to=bf16 least=1024},gan-verify-fused))" | FileCheck %s
// RUN: gan-opt %s --pass-pipeline="builtin.module(func.func(gan-store-rounded{to=tf32}))" | FileCheck %s --check-prefix=NONE
// NONE-NOT: bf16>

// Both readers round it: no bit changes, and the rounding moves to the kernel that stores. A view between them is seen through.
// CHECK-LABEL: func.func @rounded_anyway
// CHECK: %[[H:.*]] = gan.kernel {{.*}} -> tensor<32x32xbf16>
// CHECK: %[[E:.*]] = gan.exp
// CHECK: %[[C:.*]] = gan.cast %[[E]] : tensor<32x32xf32> -> tensor<32x32xbf16>
// CHECK: gan.yield %[[C]]
// CHECK: gan.kernel {{.*}}(%[[H]], %{{.*}})
// CHECK-NEXT: ^bb0(%[[A:.*]]: tensor<32x32xbf16>, %[[B:.*]]: tensor<32x16xf32>):
// CHECK-NEXT: %[[X:.*]] = gan.cast %[[A]] : tensor<32x32xbf16> -> tensor<32x32xf32>
// CHECK-NEXT: %[[R:.*]] = gan.round %[[B]] to bf16
// CHECK-NEXT: gan.matmul %[[X]], %[[R]]
// CHECK: %[[V:.*]] = gan.reshape %[[H]] : tensor<32x32xbf16> -> tensor<64x16xbf16>
// CHECK: gan.kernel {{.*}}(%[[V]], %{{.*}})
// CHECK-NOT: gan.round {{.*}}64x16
func.func @rounded_anyway(%a: tensor<32x32xf32>, %w: tensor<32x16xf32>, %v: tensor<16x16xf32>) -> (tensor<32x16xf32>, tensor<64x16xf32>) attributes {gan.role = "step"} {
  %h = gan.kernel hero(elementwise) (%a) : (tensor<32x32xf32>) -> tensor<32x32xf32> {
  ^bb0(%x: tensor<32x32xf32>):
    %0 = gan.exp %x : tensor<32x32xf32>
    gan.yield %0 : tensor<32x32xf32>
  }
  %y = gan.kernel hero(contraction) (%h, %w) : (tensor<32x32xf32>, tensor<32x16xf32>) -> tensor<32x16xf32> {
  ^bb0(%x: tensor<32x32xf32>, %b: tensor<32x16xf32>):
    %0 = gan.round %x to bf16 : tensor<32x32xf32>
    %1 = gan.round %b to bf16 : tensor<32x16xf32>
    %2 = gan.matmul %0, %1 : tensor<32x32xf32>, tensor<32x16xf32> -> tensor<32x16xf32>
    gan.yield %2 : tensor<32x16xf32>
  }
  %view = gan.reshape %h : tensor<32x32xf32> -> tensor<64x16xf32>
  %z = gan.kernel hero(contraction) (%view, %v) : (tensor<64x16xf32>, tensor<16x16xf32>) -> tensor<64x16xf32> {
  ^bb0(%x: tensor<64x16xf32>, %b: tensor<16x16xf32>):
    %0 = gan.round %x to bf16 : tensor<64x16xf32>
    %1 = gan.round %b to bf16 : tensor<16x16xf32>
    %2 = gan.matmul %0, %1 : tensor<64x16xf32>, tensor<16x16xf32> -> tensor<64x16xf32>
    gan.yield %2 : tensor<64x16xf32>
  }
  return %y, %z : tensor<32x16xf32>, tensor<64x16xf32>
}

// What becomes of data is rounded though a reader computes with it in f32; the sum over it, the parameter's gradient and what is returned
// are not.
// CHECK-LABEL: func.func @activation
// CHECK: gan.kernel hero( contraction) {{.*}} -> tensor<64x32xbf16>
// CHECK: gan.kernel hero( reduction) {{.*}} -> tensor<32xf32>
// CHECK: ^bb0(%[[A:.*]]: tensor<64x32xbf16>):
// CHECK: %[[X:.*]] = gan.cast %[[A]] : tensor<64x32xbf16> -> tensor<64x32xf32>
// CHECK: gan.mul %[[X]], %[[X]] : tensor<64x32xf32>
// CHECK: gan.kernel hero( contraction) {{.*}} -> tensor<32x32xf32>
// CHECK: gan.kernel hero( elementwise) {{.*}} -> tensor<32x32xf32>
func.func @activation(%data: tensor<64x32xf32> {gan.data = "photos.x"}, %w: tensor<32x32xf32>) -> (tensor<32xf32>, tensor<32x32xf32>) attributes {gan.role = "step"} {
  %h = gan.kernel hero(contraction) (%data, %w) : (tensor<64x32xf32>, tensor<32x32xf32>) -> tensor<64x32xf32> {
  ^bb0(%x: tensor<64x32xf32>, %b: tensor<32x32xf32>):
    %0 = gan.round %x to bf16 : tensor<64x32xf32>
    %1 = gan.round %b to bf16 : tensor<32x32xf32>
    %2 = gan.matmul %0, %1 : tensor<64x32xf32>, tensor<32x32xf32> -> tensor<64x32xf32>
    gan.yield %2 : tensor<64x32xf32>
  }
  %s = gan.kernel hero(reduction) (%h) : (tensor<64x32xf32>) -> tensor<32xf32> {
  ^bb0(%x: tensor<64x32xf32>):
    %0 = gan.mul %x, %x : tensor<64x32xf32>
    %1 = gan.sum %0 dims = [0] : tensor<64x32xf32> -> tensor<32xf32>
    gan.yield %1 : tensor<32xf32>
  }
  %g = gan.kernel hero(contraction) (%data, %h) : (tensor<64x32xf32>, tensor<64x32xf32>) -> tensor<32x32xf32> {
  ^bb0(%x: tensor<64x32xf32>, %b: tensor<64x32xf32>):
    %0 = gan.round %x to bf16 : tensor<64x32xf32>
    %1 = gan.round %b to bf16 : tensor<64x32xf32>
    %2 = gan.matmul %0, %1 {transpose_a} : tensor<64x32xf32>, tensor<64x32xf32> -> tensor<32x32xf32>
    gan.yield %2 : tensor<32x32xf32>
  }
  %p = gan.kernel hero(elementwise) (%g, %w) : (tensor<32x32xf32>, tensor<32x32xf32>) -> tensor<32x32xf32> {
  ^bb0(%x: tensor<32x32xf32>, %b: tensor<32x32xf32>):
    %0 = gan.sub %b, %x : tensor<32x32xf32>
    gan.yield %0 : tensor<32x32xf32>
  }
  return %s, %p : tensor<32xf32>, tensor<32x32xf32>
}

// Sums that a contraction adds over parts of its rows stay f32 beside its result; a draw is a sample, too.
// CHECK-LABEL: func.func @part_sums
// CHECK: gan.kernel hero( elementwise) {{.*}} -> tensor<64x32xbf16>
// CHECK: gan.kernel hero( contraction) {{.*}} -> (tensor<64x1024xbf16>, tensor<2x1024xf32>)
func.func @part_sums(%key: tensor<2xi64> {gan.key = 0 : i64}, %w: tensor<32x1024xf32>) -> tensor<64x1024xf32> attributes {gan.role = "step"} {
  %h = gan.kernel hero(elementwise) (%key) : (tensor<2xi64>) -> tensor<64x32xf32> {
  ^bb0(%k: tensor<2xi64>):
    %0 = gan.random %k stream = "z" from <normal, [0.0, 1.0]> : tensor<2xi64> -> tensor<64x32xf32>
    gan.yield %0 : tensor<64x32xf32>
  }
  %y, %s = gan.kernel hero(contraction) (%h, %w) : (tensor<64x32xf32>, tensor<32x1024xf32>) -> (tensor<64x1024xf32>, tensor<2x1024xf32>) {
  ^bb0(%x: tensor<64x32xf32>, %b: tensor<32x1024xf32>):
    %0 = gan.round %x to bf16 : tensor<64x32xf32>
    %1 = gan.round %b to bf16 : tensor<32x1024xf32>
    %2 = gan.matmul %0, %1 order <splits = 1, lanes = 1> : tensor<64x32xf32>, tensor<32x1024xf32> -> tensor<64x1024xf32>
    %3 = gan.reshape %2 : tensor<64x1024xf32> -> tensor<2x32x1024xf32>
    %4 = gan.sum %3 dims = [1] order <splits = 1, lanes = 1> : tensor<2x32x1024xf32> -> tensor<2x1024xf32>
    gan.yield %2, %4 : tensor<64x1024xf32>, tensor<2x1024xf32>
  }
  %z = gan.kernel hero(elementwise) (%y, %s) : (tensor<64x1024xf32>, tensor<2x1024xf32>) -> tensor<64x1024xf32> {
  ^bb0(%x: tensor<64x1024xf32>, %b: tensor<2x1024xf32>):
    %0 = gan.slice %b offsets = [0, 0] : tensor<2x1024xf32> -> tensor<1x1024xf32>
    %1 = gan.reshape %0 : tensor<1x1024xf32> -> tensor<1024xf32>
    %2 = gan.broadcast %1 dims = [1] : tensor<1024xf32> -> tensor<64x1024xf32>
    %3 = gan.add %x, %2 : tensor<64x1024xf32>
    gan.yield %3 : tensor<64x1024xf32>
  }
  return %z : tensor<64x1024xf32>
}

// A parameter is returned in f32, and stored rounded for the two products that read it.
// CHECK-LABEL: func.func @parameter
// CHECK-NEXT: %[[P:.*]]:2 = gan.kernel hero( elementwise) {{.*}} -> (tensor<32x32xf32>, tensor<32x32xbf16>)
// CHECK: gan.kernel hero( contraction) (%[[P]]#1, %{{.*}})
// CHECK: gan.kernel hero( contraction) (%[[P]]#1, %{{.*}})
// CHECK: return %[[P]]#0
func.func @parameter(%w: tensor<32x32xf32>, %a: tensor<32x16xf32>) -> (tensor<32x32xf32>, tensor<32x16xf32>, tensor<32x16xf32>) attributes {gan.role = "step"} {
  %p = gan.kernel hero(elementwise) (%w) : (tensor<32x32xf32>) -> tensor<32x32xf32> {
  ^bb0(%x: tensor<32x32xf32>):
    %0 = gan.neg %x : tensor<32x32xf32>
    gan.yield %0 : tensor<32x32xf32>
  }
  %y = gan.kernel hero(contraction) (%p, %a) : (tensor<32x32xf32>, tensor<32x16xf32>) -> tensor<32x16xf32> {
  ^bb0(%x: tensor<32x32xf32>, %b: tensor<32x16xf32>):
    %0 = gan.round %x to bf16 : tensor<32x32xf32>
    %1 = gan.round %b to bf16 : tensor<32x16xf32>
    %2 = gan.matmul %0, %1 : tensor<32x32xf32>, tensor<32x16xf32> -> tensor<32x16xf32>
    gan.yield %2 : tensor<32x16xf32>
  }
  %z = gan.kernel hero(contraction) (%p, %y) : (tensor<32x32xf32>, tensor<32x16xf32>) -> tensor<32x16xf32> {
  ^bb0(%x: tensor<32x32xf32>, %b: tensor<32x16xf32>):
    %0 = gan.round %x to bf16 : tensor<32x32xf32>
    %1 = gan.round %b to bf16 : tensor<32x16xf32>
    %2 = gan.matmul %0, %1 {transpose_a} : tensor<32x32xf32>, tensor<32x16xf32> -> tensor<32x16xf32>
    gan.yield %2 : tensor<32x16xf32>
  }
  return %p, %y, %z : tensor<32x32xf32>, tensor<32x16xf32>, tensor<32x16xf32>
}

// Four readers round what the step is given: one kernel does it for them, which reads 4 bytes of an element, writes 2 and saves 8. What three
// read, and what has 1023 elements, stays; so does what linear algebra reads.
// CHECK-LABEL: func.func @argument
// CHECK-NEXT: %[[R:.*]] = gan.kernel hero( elementwise) (%arg0) : (tensor<32x32xf32>) -> tensor<32x32xbf16>
// CHECK-COUNT-3: gan.kernel hero( contraction) (%[[R]], %arg1) : (tensor<32x32xbf16>, tensor<32x32xf32>)
// CHECK: gan.kernel hero( contraction) (%[[R]], %{{.*}}) : (tensor<32x32xbf16>, tensor<32x16xf32>)
// CHECK: gan.kernel hero( matrix)
// CHECK-SAME: (tensor<32x32xf32>) -> tensor<32x32xf32>
func.func @argument(%w: tensor<32x32xf32>, %v: tensor<32x32xf32>, %u: tensor<32x16xf32>, %data: tensor<32x32xf32> {gan.data = "x"}) -> (tensor<32x32xf32>, tensor<32x32xf32>, tensor<32x32xf32>, tensor<32x16xf32>, tensor<32x32xf32>) attributes {gan.role = "step"} {
  %a = gan.kernel hero(contraction) (%w, %v) : (tensor<32x32xf32>, tensor<32x32xf32>) -> tensor<32x32xf32> {
  ^bb0(%x: tensor<32x32xf32>, %y: tensor<32x32xf32>):
    %0 = gan.round %x to bf16 : tensor<32x32xf32>
    %1 = gan.round %y to bf16 : tensor<32x32xf32>
    %2 = gan.matmul %0, %1 : tensor<32x32xf32>, tensor<32x32xf32> -> tensor<32x32xf32>
    gan.yield %2 : tensor<32x32xf32>
  }
  %b = gan.kernel hero(contraction) (%w, %v) : (tensor<32x32xf32>, tensor<32x32xf32>) -> tensor<32x32xf32> {
  ^bb0(%x: tensor<32x32xf32>, %y: tensor<32x32xf32>):
    %0 = gan.round %x to bf16 : tensor<32x32xf32>
    %1 = gan.round %y to bf16 : tensor<32x32xf32>
    %2 = gan.matmul %0, %1 {transpose_a} : tensor<32x32xf32>, tensor<32x32xf32> -> tensor<32x32xf32>
    gan.yield %2 : tensor<32x32xf32>
  }
  %c = gan.kernel hero(contraction) (%w, %v) : (tensor<32x32xf32>, tensor<32x32xf32>) -> tensor<32x32xf32> {
  ^bb0(%x: tensor<32x32xf32>, %y: tensor<32x32xf32>):
    %0 = gan.round %x to bf16 : tensor<32x32xf32>
    %1 = gan.round %y to bf16 : tensor<32x32xf32>
    %2 = gan.matmul %0, %1 {transpose_b} : tensor<32x32xf32>, tensor<32x32xf32> -> tensor<32x32xf32>
    gan.yield %2 : tensor<32x32xf32>
  }
  %d = gan.kernel hero(contraction) (%w, %u) : (tensor<32x32xf32>, tensor<32x16xf32>) -> tensor<32x16xf32> {
  ^bb0(%x: tensor<32x32xf32>, %y: tensor<32x16xf32>):
    %0 = gan.round %x to bf16 : tensor<32x32xf32>
    %1 = gan.round %y to bf16 : tensor<32x16xf32>
    %2 = gan.matmul %0, %1 : tensor<32x32xf32>, tensor<32x16xf32> -> tensor<32x16xf32>
    gan.yield %2 : tensor<32x16xf32>
  }
  %e = gan.kernel hero(elementwise) (%data) : (tensor<32x32xf32>) -> tensor<32x32xf32> {
  ^bb0(%x: tensor<32x32xf32>):
    %0 = gan.exp %x : tensor<32x32xf32>
    gan.yield %0 : tensor<32x32xf32>
  }
  %f = gan.kernel hero(matrix) (%e) : (tensor<32x32xf32>) -> tensor<32x32xf32> {
  ^bb0(%x: tensor<32x32xf32>):
    %0 = gan.inverse %x : tensor<32x32xf32>
    gan.yield %0 : tensor<32x32xf32>
  }
  return %a, %b, %c, %d, %f : tensor<32x32xf32>, tensor<32x32xf32>, tensor<32x32xf32>, tensor<32x16xf32>, tensor<32x32xf32>
}

// What follows a hero may be broadcast from an input that memory holds in bf16.
// CHECK-LABEL: func.func @behind_a_hero
// CHECK: gan.kernel {{.*}} -> tensor<64x32xbf16>
// CHECK: gan.kernel hero( reduction)
// CHECK: %[[H:.*]] = gan.cast %{{.*}} : tensor<64x32xbf16> -> tensor<64x32xf32>
// CHECK: gan.broadcast %[[H]]
func.func @behind_a_hero(%data: tensor<64x32xf32> {gan.data = "photos.x"}, %other: tensor<64x32x4x8xf32> {gan.data = "photos.y"}) -> tensor<64x32x4xf32> attributes {gan.role = "step"} {
  %h = gan.kernel hero(elementwise) (%data) : (tensor<64x32xf32>) -> tensor<64x32xf32> {
  ^bb0(%x: tensor<64x32xf32>):
    %0 = gan.exp %x : tensor<64x32xf32>
    gan.yield %0 : tensor<64x32xf32>
  }
  %r = gan.kernel hero(reduction) (%other, %h) : (tensor<64x32x4x8xf32>, tensor<64x32xf32>) -> tensor<64x32x4xf32> {
  ^bb0(%x: tensor<64x32x4x8xf32>, %y: tensor<64x32xf32>):
    %0 = gan.sum %x dims = [3] order <splits = 1, lanes = 1> : tensor<64x32x4x8xf32> -> tensor<64x32x4xf32>
    %1 = gan.broadcast %y dims = [0, 1] : tensor<64x32xf32> -> tensor<64x32x4xf32>
    %2 = gan.mul %0, %1 : tensor<64x32x4xf32>
    gan.yield %2 : tensor<64x32x4xf32>
  }
  return %r : tensor<64x32x4xf32>
}
