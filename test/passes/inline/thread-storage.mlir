// RUN: gan-opt %s --gan-thread-storage --split-input-file --verify-diagnostics | FileCheck %s

// CHECK-LABEL: gan.model @m
gan.model @m {
  gan.storage @G.w param tensor<2xf64> init = <constant, [0.0]> owner = "G"
  gan.storage @G.u state tensor<2xf64> init = <constant, [0.0]> owner = "G"
  gan.storage @G.v state tensor<2xf64> init = <constant, [0.0]> owner = "G"
  gan.data @points fields = [{name = "x", kind = "mixture", shape = array<i64: 2>, centres = array<f64: 0.0, 0.0>, std = 1.0 : f64}]

  // One argument for what is read twice in a move, two for two moves; a load after a store sees what was stored. G.v is not needed, G.u
  // only written, and the key of move 1 asked for nothing.
  // CHECK-LABEL: func.func @train.0(
  // CHECK-SAME: %[[X0:[a-z0-9]*]]: tensor<1x2xf64> {gan.data = "points.x", gan.move = 0 : i64}
  // CHECK-SAME: %[[X1:[a-z0-9]*]]: tensor<1x2xf64> {gan.data = "points.x", gan.move = 1 : i64}
  // CHECK-SAME: %[[C:[a-z0-9]*]]: tensor<f64> {gan.clock = ["+", "step", 1.000000e+00], gan.move = 1 : i64}
  // CHECK-SAME: %[[W:[a-z0-9]*]]: tensor<2xf64> {gan.storage = "G.w"})
  // CHECK-SAME: -> (tensor<2xf64> {gan.storage = "G.w"}, tensor<2xf64> {gan.storage = "G.u"}, tensor<f64> {gan.metric = "g.loss"})
  // CHECK-NEXT: %[[A:.*]] = gan.add %[[X0]], %[[X0]]
  // CHECK-NEXT: %[[B:.*]] = gan.add %[[A]], %[[X1]]
  // CHECK-NEXT: %[[R:.*]] = gan.reshape %[[B]]
  // CHECK-NEXT: %[[D:.*]] = gan.mul %[[R]], %[[W]]
  // CHECK-NEXT: %[[V:.*]] = gan.variable %[[D]]
  // CHECK-NEXT: %[[E:.*]] = gan.exp %[[V]]
  // CHECK-NEXT: %[[L:.*]] = gan.exp %[[C]]
  // CHECK-NEXT: return %[[E]], %[[D]], %[[L]]
  func.func @train.0(%k0: tensor<2xi64> {gan.key = 0 : i64}, %k1: tensor<2xi64> {gan.key = 1 : i64}) attributes {gan.role = "step"} {
    %a = gan.read @points "x" at %k0 : tensor<2xi64> -> tensor<1x2xf64>
    %b = gan.read @points "x" at %k0 : tensor<2xi64> -> tensor<1x2xf64>
    %c = gan.read @points "x" at %k1 : tensor<2xi64> -> tensor<1x2xf64>
    %clock = gan.clock ["+", "step", 1.0] at %k1 : tensor<2xi64> -> tensor<f64>
    %again = gan.clock ["+", "step", 1.0] at %k1 : tensor<2xi64> -> tensor<f64>
    %unused = gan.random %k1 stream = "z" from <normal, [0.0, 1.0]> plain : tensor<2xi64> -> tensor<2xf64>
    %ab = gan.add %a, %b : tensor<1x2xf64>
    %abc = gan.add %ab, %c : tensor<1x2xf64>
    %r = gan.reshape %abc : tensor<1x2xf64> -> tensor<2xf64>
    %w = gan.load @G.w : tensor<2xf64>
    %d = gan.mul %r, %w : tensor<2xf64>
    gan.store %d, @G.w : tensor<2xf64>
    %e = gan.load @G.w : tensor<2xf64>
    gan.store %e, @G.u : tensor<2xf64>
    %f = gan.exp %e : tensor<2xf64>
    %stopped = gan.stop_gradient %f : tensor<2xf64>
    gan.store %stopped, @G.w : tensor<2xf64>
    gan.report %clock as "g.loss" : tensor<f64>
    %l = gan.exp %again : tensor<f64>
    gan.report %l as "g.loss" : tensor<f64>
    %v = gan.load @G.v : tensor<2xf64>
    %v2 = gan.exp %v : tensor<2xf64>
    gan.store %v2, @G.v : tensor<2xf64>
    gan.store %v, @G.v : tensor<2xf64>
    return
  }
  // CHECK-LABEL: func.func @init() -> (tensor<2xf64> {gan.storage = "G.w"})
  func.func @init(%k: tensor<2xi64> {gan.key = 0 : i64}) attributes {gan.role = "init"} {
    %z = gan.constant dense<0.0> : tensor<2xf64>
    gan.store %z, @G.w : tensor<2xf64>
    return
  }
  // CHECK-LABEL: func.func @samples(
  // CHECK-SAME: %{{.*}}: tensor<2xi64> {gan.key = 0 : i64}, %{{.*}}: tensor<2xf64> {gan.storage = "G.w"})
  // CHECK-SAME: -> (tensor<2xf64> {gan.output = "samples"}) attributes {gan.role = "output"}
  func.func @samples(%k: tensor<2xi64>) -> tensor<2xf64> attributes {gan.role = "output", gan.output = "samples"} {
    %z = gan.random %k stream = "z" from <normal, [0.0, 1.0]> plain : tensor<2xi64> -> tensor<2xf64>
    %w = gan.load @G.w : tensor<2xf64>
    %y = gan.mul %z, %w : tensor<2xf64>
    return %y : tensor<2xf64>
  }
  // Networks keep their own arguments, and give nothing but their results.
  // CHECK-LABEL: func.func @G_infer(
  // CHECK-SAME: %{{.*}}: tensor<2xf64>, %{{.*}}: tensor<2xf64>, %{{.*}}: tensor<2xf64> {gan.storage = "G.w"}) -> tensor<2xf64>
  func.func @G_infer(%k: tensor<2xi64>, %unused: tensor<2xf64>, %x: tensor<2xf64>) -> tensor<2xf64> attributes {gan.role = "network"} {
    %w = gan.load @G.w : tensor<2xf64>
    %y = gan.mul %x, %w : tensor<2xf64>
    gan.store %y, @G.u : tensor<2xf64>
    return %y : tensor<2xf64>
  }
  gan.network @G graph = @G_infer
}

// -----

gan.model @m {
  gan.storage @G.w param tensor<f64> init = <constant, [0.0]> owner = "G"
  // expected-error@+1 {{an output changes no storage, but 'G.w' is stored}}
  func.func @y(%k: tensor<2xi64>) -> tensor<f64> attributes {gan.role = "output", gan.output = "y"} {
    %y = gan.constant dense<1.0> : tensor<f64>
    gan.store %y, @G.w : tensor<f64>
    return %y : tensor<f64>
  }
}

// -----

gan.model @m {
  gan.storage @p.level state tensor<f64> init = <constant, [0.0]> owner = "p"
  // CHECK-LABEL: func.func @train.until(
  // CHECK-SAME: %{{.*}}: tensor<f64> {gan.storage = "p.level"}, %{{.*}}: tensor<f64> {gan.clock = "step", gan.move = 0 : i64})
  // CHECK-SAME: -> (tensor<i1> {gan.until}) attributes {gan.role = "until"}
  func.func @train.until(%k: tensor<2xi64>) -> tensor<i1> attributes {gan.role = "until"} {
    %level = gan.load @p.level : tensor<f64>
    %step = gan.clock "step" at %k : tensor<2xi64> -> tensor<f64>
    %y = gan.compare lt, %level, %step : tensor<f64> -> tensor<i1>
    return %y : tensor<i1>
  }
}

// -----

gan.model @m {
  gan.storage @G.w param tensor<f64> init = <constant, [0.0]> owner = "G"
  // expected-error@+1 {{'until' changes no storage, but 'G.w' is stored}}
  func.func @y(%k: tensor<2xi64>) -> tensor<i1> attributes {gan.role = "until"} {
    %w = gan.constant dense<1.0> : tensor<f64>
    gan.store %w, @G.w : tensor<f64>
    %y = gan.constant dense<true> : tensor<i1>
    return %y : tensor<i1>
  }
}

// -----

// A first value from the first batch, once: the copy takes it, too; the second call finds it; what is taken back stores it.
gan.model @m {
  gan.storage @G.s param tensor<2xf64> init = <constant, [0.0]> owner = "G"
  gan.storage @G.s.initialised state tensor<f64> init = <constant, [0.0]> owner = "G"
  gan.storage @H.s param tensor<2xf64> copy = @G.s owner = "H"
  gan.storage @H.s.initialised state tensor<f64> copy = @G.s.initialised owner = "H"
  // CHECK-LABEL: func.func @first(
  // CHECK-SAME: %[[X:.*]]: tensor<2xf64>, %[[OLD:.*]]: tensor<2xf64> {gan.storage = "G.s"}, %[[FLAG:.*]]: tensor<f64> {gan.storage = "G.s.initialised"},
  // CHECK-SAME: %[[COPY:.*]]: tensor<2xf64> {gan.storage = "H.s"})
  // CHECK-SAME: -> (tensor<2xf64> {gan.storage = "G.s"}, tensor<f64> {gan.storage = "G.s.initialised"},
  // CHECK-SAME: tensor<2xf64> {gan.storage = "H.s"}, tensor<f64> {gan.storage = "H.s.initialised"}, tensor<f64> {gan.metric = "sum"})
  func.func @first(%x: tensor<2xf64>) attributes {gan.role = "step"} {
    %before = gan.load @G.s : tensor<2xf64>
    // CHECK: %[[DONE:.*]] = gan.compare gt, %[[FLAG]], %{{.*}} : tensor<f64> -> tensor<i1>
    // CHECK: %[[EACH:.*]] = gan.broadcast %[[DONE]] dims = [] : tensor<i1> -> tensor<2xi1>
    // CHECK: %[[S:.*]] = gan.select %[[EACH]], %[[OLD]], %[[X]]
    // CHECK: %[[NOW:.*]] = gan.variable %[[S]]
    // CHECK: %[[C:.*]] = gan.select %[[EACH]], %[[COPY]], %[[X]]
    // CHECK-NOT: gan.select
    gan.initialise %x, @G.s once = @G.s.initialised : tensor<2xf64>
    // CHECK: gan.sum %[[NOW]]
    %s = gan.load @G.s : tensor<2xf64>
    %y = gan.sum %s dims = [0] : tensor<2xf64> -> tensor<f64>
    gan.report %y as "sum" : tensor<f64>
    %twice = gan.add %s, %s : tensor<2xf64>
    gan.initialise %twice, @G.s once = @G.s.initialised : tensor<2xf64>
    gan.store %twice, @G.s : tensor<2xf64>
    // CHECK: return %[[S]]
    gan.store %before, @G.s : tensor<2xf64>
    return
  }
}
