// RUN: gan-opt %s --gan-inline-calls --split-input-file --verify-diagnostics | FileCheck %s
// RUN: gan-opt %s --gan-inline-calls --split-input-file --verify-diagnostics --mlir-print-debuginfo --mlir-print-local-scope | FileCheck %s --check-prefix=PLACE

// CHECK-LABEL: gan.model @m
gan.model @m {
  gan.storage @G.u state tensor<2xf64> init = <constant, [0.0]> owner = "G"

  // What no `gan.network` names is gone; what one names is flat too.
  // CHECK-NOT: func.func @noisy
  func.func @noisy(%k: tensor<2xi64>, %x: tensor<2xf64>) -> tensor<2xf64> attributes {gan.role = "network"} {
    %n = gan.random %k stream = "noise#0/n" from <normal, [0.0, 1.0]> plain : tensor<2xi64> -> tensor<2xf64> loc("net.gan":1:2)
    %y = gan.add %x, %n : tensor<2xf64>
    gan.store %y, @G.u : tensor<2xf64>
    return %y : tensor<2xf64>
  }
  // CHECK-LABEL: func.func @outer
  // CHECK-NEXT: %[[N:.*]] = gan.random %{{.*}} stream = "G#0/noise#0/n"
  // CHECK-NEXT: gan.add %{{.*}}, %[[N]]
  func.func @outer(%k: tensor<2xi64>, %x: tensor<2xf64>) -> tensor<2xf64> attributes {gan.role = "network"} {
    %y = gan.call @noisy(%k, %x) path = "G#0" : (tensor<2xi64>, tensor<2xf64>) -> tensor<2xf64> loc("net.gan":3:4)
    return %y : tensor<2xf64>
  }
  gan.network @H graph = @outer

  // Paths add up, outermost first; what stood inside keeps its place and gains those of the calls. The frozen call sees what it stored,
  // and puts back what was there.
  // CHECK-LABEL: func.func @train.0
  // CHECK-NEXT: %[[Z:.*]] = gan.constant
  // CHECK-NEXT: gan.random %{{.*}} stream = "H#0/G#0/noise#0/n"
  // CHECK-NEXT: %[[A:.*]] = gan.add %[[Z]]
  // CHECK-NEXT: gan.store %[[A]], @G.u
  // CHECK-NEXT: %[[OLD:.*]] = gan.load @G.u
  // CHECK-NEXT: gan.random %{{.*}} stream = "H#1/G#0/noise#0/n"
  // CHECK-NEXT: %[[B:.*]] = gan.add %[[A]]
  // CHECK-NEXT: gan.store %[[B]], @G.u
  // CHECK-NEXT: gan.store %[[OLD]], @G.u
  // CHECK-NEXT: gan.store %[[B]], @G.u
  // CHECK-NEXT: return
  // PLACE: gan.random {{.*}} "H#0/G#0/noise#0/n" {{.*}} loc(callsite(callsite("net.gan":1:2 at "net.gan":3:4) at "net.gan":5:6))
  func.func @train.0(%k: tensor<2xi64> {gan.key = 0 : i64}) attributes {gan.role = "step"} {
    %z = gan.constant dense<0.0> : tensor<2xf64>
    %a = gan.call @outer(%k, %z) path = "H#0" : (tensor<2xi64>, tensor<2xf64>) -> tensor<2xf64> loc("net.gan":5:6)
    %b = gan.call @outer(%k, %a) path = "H#1" frozen_state : (tensor<2xi64>, tensor<2xf64>) -> tensor<2xf64>
    gan.store %b, @G.u : tensor<2xf64>
    return
  }
}

// -----

gan.model @m {
  // expected-error@+1 {{'f' calls itself}}
  func.func @f(%k: tensor<2xi64>) attributes {gan.role = "network"} {
    gan.call @g(%k) path = "g#0" : (tensor<2xi64>) -> ()
    return
  }
  func.func @g(%k: tensor<2xi64>) attributes {gan.role = "network"} {
    gan.call @f(%k) path = "f#0" : (tensor<2xi64>) -> ()
    return
  }
}
