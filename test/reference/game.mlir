// RUN: gan-interpret %s --steps 3 --seed 7 -o %t.safetensors --outputs %t.outputs | FileCheck %s
// RUN: head -c 60 %t.outputs | FileCheck %s --check-prefix=OUTPUT
// RUN: gan-interpret %s --steps 3 --seed 7 --weights %t.safetensors | FileCheck %s --check-prefix=LOADED
// RUN: not gan-interpret %s --weights %t.missing 2>&1 | FileCheck %s --check-prefix=MISSING

// The weight starts at 1, and grows by the clock's `step + 1` in each pass of `train`; in `rest`, which is one pass long, it is doubled
// twice, since `repeat` stands around it. Loaded weights go on from where the first run ended.
// CHECK: {"G.w":2,"phase":"train","step":1}
// CHECK-NEXT: {"G.w":4,"phase":"train","step":2}
// CHECK-NEXT: {"G.w":16,"phase":"rest","step":3}
// LOADED: {"G.w":17,"phase":"train","step":1}
// OUTPUT: "twice":{"data_offsets":[0,16],"dtype":"F64"
// MISSING: error: cannot read '{{.*}}.missing'
gan.model @m {
  gan.storage @G.w param tensor<1x2xf64> layout = [1, 0] init = <constant, [1.0]> owner = "G"
  func.func @init() -> (tensor<1x2xf64> {gan.storage = "G.w"}) attributes {gan.role = "init"} {
    %one = gan.constant dense<1.0> : tensor<1x2xf64>
    return %one : tensor<1x2xf64>
  }
  func.func @train.0(%w: tensor<1x2xf64> {gan.storage = "G.w"},
                     %c: tensor<f64> {gan.clock = ["+", "step", 1.0], gan.move = 0 : i64})
      -> (tensor<1x2xf64> {gan.storage = "G.w"}, tensor<f64> {gan.metric = "G.w"}) attributes {gan.role = "step"} {
    %b = gan.broadcast %c dims = [] : tensor<f64> -> tensor<1x2xf64>
    %y = gan.kernel hero(elementwise) (%w, %b) : (tensor<1x2xf64>, tensor<1x2xf64>) -> tensor<1x2xf64> {
    ^bb0(%p: tensor<1x2xf64>, %q: tensor<1x2xf64>):
      %s = gan.add %p, %q : tensor<1x2xf64>
      gan.yield %s : tensor<1x2xf64>
    }
    %first = gan.slice %y offsets = [0, 0] : tensor<1x2xf64> -> tensor<1x1xf64>
    %m = gan.reshape %first : tensor<1x1xf64> -> tensor<f64>
    return %y, %m : tensor<1x2xf64>, tensor<f64>
  }
  func.func @rest.0(%w: tensor<1x2xf64> {gan.storage = "G.w"})
      -> (tensor<1x2xf64> {gan.storage = "G.w"}, tensor<f64> {gan.metric = "G.w"}) attributes {gan.role = "step"} {
    %y = gan.add %w, %w : tensor<1x2xf64>
    %first = gan.slice %y offsets = [0, 1] : tensor<1x2xf64> -> tensor<1x1xf64>
    %m = gan.reshape %first : tensor<1x1xf64> -> tensor<f64>
    return %y, %m : tensor<1x2xf64>, tensor<f64>
  }
  func.func @twice(%w: tensor<1x2xf64> {gan.storage = "G.w"}) -> (tensor<1x2xf64> {gan.output = "twice"}) attributes {gan.role = "output"} {
    %y = gan.add %w, %w : tensor<1x2xf64>
    return %y : tensor<1x2xf64>
  }
  gan.phase @train 2 "steps" batch = 4 {
    gan.run @train.0 moves = 1
  }
  gan.phase @rest 1 "steps" batch = 4 {
    gan.repeat 2.5 {
      gan.when ["<", "progress", 1.0] {
        gan.run @rest.0 moves = 1
      } else {
      }
    }
  }
}
