// RUN: gan-interpret %s --seed 5 --steps 2 --data random | FileCheck %s
// RUN: gan-interpret %s --seed 5 --steps 2 --data random | FileCheck %s --check-prefix=REAL

// The rules of runtime/data/SYNTHETIC.md, put together from draws of gan.random: with the centres -1 and 1,
//   x = 2 floor(2 u) - 1 + std * normal,    y = floor(10 u),    i = 4 * move + s.
// CHECK: {"difference":0,"last":3,"phase":"train","spread":{{.*}},"step":1}
// CHECK-NEXT: {"difference":0,"last":7,"phase":"train","spread":{{.*}},"step":2}
// What is compared is not constant.
// REAL-NOT: "spread":0,
gan.model @m {
  gan.data @ring fields = [
    {name = "x", kind = "mixture", shape = array<i64: 1>, centres = array<f64: -1.0, 1.0>, std = 0.25 : f64, count = 0 : i64},
    {name = "y", kind = "label", shape = array<i64>, classes = 10 : i64},
    {name = "i", kind = "index", shape = array<i64>}
  ]
  func.func @init() attributes {gan.role = "init"} {
    return
  }
  func.func @train.0(%key: tensor<2xi64> {gan.key = 0 : i64}, %x: tensor<4x1xf64> {gan.data = "ring.x", gan.move = 0 : i64},
                     %y: tensor<4xi32> {gan.data = "ring.y", gan.move = 0 : i64}, %i: tensor<4xi32> {gan.data = "ring.i", gan.move = 0 : i64})
      -> (tensor<f64> {gan.metric = "difference"}, tensor<f64> {gan.metric = "last"}, tensor<f64> {gan.metric = "spread"})
      attributes {gan.role = "step"} {
    %two = gan.constant dense<2.0> : tensor<4x1xf64>
    %one = gan.constant dense<1.0> : tensor<4x1xf64>
    %std = gan.constant dense<0.25> : tensor<4x1xf64>
    // The centre comes from element 0 of a sample, coordinate 0 from element 1.
    %u = gan.random %key stream = "data/ring.x" from <uniform, [0.0, 1.0]> : tensor<2xi64> -> tensor<4x1xf64>
    %u2 = gan.mul %u, %two : tensor<4x1xf64>
    %which = gan.floor %u2 : tensor<4x1xf64>
    %which2 = gan.mul %which, %two : tensor<4x1xf64>
    %centre = gan.sub %which2, %one : tensor<4x1xf64>
    %n2 = gan.random %key stream = "data/ring.x" from <normal, [0.0, 1.0]> : tensor<2xi64> -> tensor<4x2xf64>
    %n = gan.slice %n2 offsets = [0, 1] : tensor<4x2xf64> -> tensor<4x1xf64>
    %noise = gan.mul %std, %n : tensor<4x1xf64>
    %point = gan.add %centre, %noise : tensor<4x1xf64>
    %dx = gan.sub %point, %x : tensor<4x1xf64>
    %ax = gan.abs %dx : tensor<4x1xf64>
    %sx = gan.sum %ax dims = [0, 1] : tensor<4x1xf64> -> tensor<f64>
    %v = gan.random %key stream = "data/ring.y" from <uniform, [0.0, 10.0]> : tensor<2xi64> -> tensor<4xf64>
    %label = gan.floor %v : tensor<4xf64>
    %given = gan.cast %y : tensor<4xi32> -> tensor<4xf64>
    %dy = gan.sub %label, %given : tensor<4xf64>
    %ay = gan.abs %dy : tensor<4xf64>
    %sy = gan.sum %ay dims = [0] : tensor<4xf64> -> tensor<f64>
    %difference = gan.add %sx, %sy : tensor<f64>
    %index = gan.cast %i : tensor<4xi32> -> tensor<4xf64>
    %last1 = gan.slice %index offsets = [3] : tensor<4xf64> -> tensor<1xf64>
    %last = gan.reshape %last1 : tensor<1xf64> -> tensor<f64>
    %spread = gan.sum %noise dims = [0, 1] : tensor<4x1xf64> -> tensor<f64>
    return %difference, %last, %spread : tensor<f64>, tensor<f64>, tensor<f64>
  }
  gan.phase @train 2 "steps" batch = 4 {
    gan.run @train.0 moves = 1
  }
}
