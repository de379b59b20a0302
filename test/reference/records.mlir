// RUN: gan-interpret %s --seed 5 --steps 6 | FileCheck %s

// The order of runtime/data/ORDER.md: six records, two in each move that reads them, so that three moves see each once (0 + .. + 5 = 15), in
// every epoch. A move that reads no data moves no cursor; an epoch is six records, whatever --records says.
// CHECK: {"epoch":0,"phase":"train","seen":[[A:.*]],"step":1,"total":[[A]]}
// CHECK-NEXT: "step":2,
// CHECK-NEXT: {"epoch":0,"phase":"train",{{.*}},"step":3,"total":15}
// CHECK-NEXT: "step":4,
// CHECK-NEXT: "step":5,
// CHECK-NEXT: {"epoch":1,"phase":"train",{{.*}},"step":6,"total":30}
gan.model @m {
  gan.storage @total state tensor<f64> init = <constant, [0.0]> owner = "p"
  gan.data @ring fields = [
    {name = "x", kind = "mixture", shape = array<i64: 1>, centres = array<f64: -1.0, 1.0>, std = 0.25 : f64, count = 6 : i64},
    {name = "i", kind = "index", shape = array<i64>}
  ]
  func.func @init() -> (tensor<f64> {gan.storage = "total"}) attributes {gan.role = "init"} {
    %zero = gan.constant dense<0.0> : tensor<f64>
    return %zero : tensor<f64>
  }
  func.func @train.0(%i: tensor<2xi32> {gan.data = "ring.i", gan.move = 1 : i64}, %before: tensor<f64> {gan.storage = "total"},
                     %epoch: tensor<f64> {gan.clock = "epoch", gan.move = 0 : i64})
      -> (tensor<f64> {gan.storage = "total"}, tensor<f64> {gan.metric = "total"}, tensor<f64> {gan.metric = "seen"},
          tensor<f64> {gan.metric = "epoch"}) attributes {gan.role = "step"} {
    %index = gan.cast %i : tensor<2xi32> -> tensor<2xf64>
    %seen = gan.sum %index dims = [0] : tensor<2xf64> -> tensor<f64>
    %total = gan.add %before, %seen : tensor<f64>
    return %total, %total, %seen, %epoch : tensor<f64>, tensor<f64>, tensor<f64>, tensor<f64>
  }
  gan.phase @train 6 "steps" batch = 2 {
    gan.run @train.0 moves = 2
  }
}
