// RUN: gan-opt %s --gan-form-steps | FileCheck %s

gan.model @m {
  gan.storage @A.w param tensor<2xf64> init = <uniform, [0.0, 1.0]> owner = "A"
  gan.storage @B.w param tensor<2xf64> copy = @A.w owner = "B"
  gan.storage @B.u state tensor<2xf64> init = <constant, [3.0]> owner = "B"

  // Players are gone.
  // CHECK-NOT: func.func @a_4
  func.func @a_4(%k: tensor<2xi64>) attributes {gan.role = "player"} {
    %z = gan.random %k stream = "z" from <normal, [0.0, 1.0]> plain : tensor<2xi64> -> tensor<2xf64>
    gan.store %z, @A.w : tensor<2xf64>
    return
  }
  func.func @b_4(%k: tensor<2xi64>) attributes {gan.role = "player"} {
    %u = gan.load @A.w : tensor<2xf64>
    gan.store %u, @B.w : tensor<2xf64>
    gan.store %u, @B.u : tensor<2xf64>
    return
  }

  // A straight run: `reuse` takes the key of the move it names, and what a move stored is a constant in the next.
  // CHECK-LABEL: func.func @train.0(
  // CHECK-SAME: %[[K0:.*]]: tensor<2xi64> {gan.key = 0 : i64}, %[[K1:.*]]: tensor<2xi64> {gan.key = 1 : i64})
  // CHECK-SAME: gan.role = "step"
  // CHECK-NEXT: %[[Z0:.*]] = gan.random %[[K0]]
  // CHECK-NEXT: gan.store %[[Z0]], @A.w
  // CHECK-NEXT: %[[W:.*]] = gan.load @A.w
  // CHECK-NEXT: %[[C:.*]] = gan.stop_gradient %[[W]]
  // CHECK-NEXT: gan.store %[[C]], @A.w
  // CHECK-NEXT: %[[U:.*]] = gan.load @A.w
  // CHECK-NEXT: gan.store %[[U]], @B.w
  // CHECK: gan.random %[[K0]]
  // CHECK: gan.random %[[K1]]
  // CHECK-NEXT: gan.store
  // CHECK-NEXT: return

  // CHECK-LABEL: gan.phase @train
  // CHECK-NEXT: gan.run @train.0 moves = 2
  // CHECK-NEXT: gan.repeat 3.0
  // CHECK-NEXT: gan.run @train.1 moves = 2
  // CHECK: gan.when
  // CHECK-NEXT: gan.run @train.2 moves = 1
  // CHECK-NEXT: } else {
  // CHECK-NEXT: gan.run @train.1 moves = 2
  gan.phase @train 10 "steps" batch = 4 {
    gan.play @a_4 player = "a"
    gan.play @b_4 player = "b" reuse = "a"
    gan.play @a_4 player = "a" reuse = "b"
    gan.play @a_4 player = "a" reuse = "a"
    gan.play @a_4 player = "a"
    gan.repeat 3.0 {
      gan.play @a_4 player = "a"
      gan.play @b_4 player = "b"
    }
    gan.when ["<", "step", 5.0] {
      gan.play @b_4 player = "b"
    } else {
      gan.play @a_4 player = "a"
      gan.play @b_4 player = "b"
    }
  }
  // Equal runs are one function, from phase to phase too.
  // CHECK-NOT: func.func @rest
  // CHECK-LABEL: gan.phase @rest
  // CHECK-NEXT: gan.run @train.2 moves = 1
  gan.phase @rest 10 "steps" batch = 4 {
    gan.play @b_4 player = "b"
  }

  // CHECK-LABEL: func.func @init(
  // CHECK-SAME: %[[K:.*]]: tensor<2xi64> {gan.key = 0 : i64}) attributes {gan.role = "init"}
  // CHECK-NEXT: %[[W:.*]] = gan.random %[[K]] stream = "init/A.w" from <uniform, [0.000000e+00, 1.000000e+00]> plain
  // CHECK-NEXT: gan.store %[[W]], @A.w
  // CHECK-NEXT: gan.store %[[W]], @B.w
  // CHECK-NEXT: %[[U:.*]] = gan.constant dense<3.000000e+00>
  // CHECK-NEXT: gan.store %[[U]], @B.u
}
