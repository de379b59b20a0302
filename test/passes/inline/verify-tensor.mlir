// RUN: gan-opt %s --gan-verify-tensor --split-input-file --verify-diagnostics

gan.model @good {
  gan.storage @G.w param tensor<2xf64> init = <constant, [0.0]> owner = "G"
  gan.data @points fields = [{name = "x", kind = "mixture", shape = array<i64: 2>, centres = array<f64: 0.0, 0.0>, std = 1.0 : f64}]
  func.func @init(%k: tensor<2xi64> {gan.key = 0 : i64}) -> (tensor<2xf64> {gan.storage = "G.w"}) attributes {gan.role = "init"} {
    %w = gan.random %k stream = "init/G.w" from <normal, [0.0, 1.0]> plain : tensor<2xi64> -> tensor<2xf64>
    return %w : tensor<2xf64>
  }
  func.func @train.0(%w: tensor<2xf64> {gan.storage = "G.w"}, %x: tensor<1x2xf64> {gan.data = "points.x", gan.move = 1 : i64},
                     %c: tensor<f64> {gan.clock = "step", gan.move = 0 : i64})
      -> (tensor<2xf64> {gan.storage = "G.w"}, tensor<f64> {gan.metric = "g.loss"}) attributes {gan.role = "step"} {
    %y = gan.sum %w dims = [0] : tensor<2xf64> -> tensor<f64>
    %dw = gan.grad %y wrt %w : (tensor<f64>, tensor<2xf64>) -> tensor<2xf64>
    return %dw, %y : tensor<2xf64>, tensor<f64>
  }
  func.func @samples(%w: tensor<2xf64> {gan.storage = "G.w"}) -> (tensor<2xf64> {gan.output = "samples"}) attributes {gan.role = "output"} {
    return %w : tensor<2xf64>
  }
  func.func @train.until(%w: tensor<2xf64> {gan.storage = "G.w"}, %c: tensor<f64> {gan.clock = "step", gan.move = 0 : i64})
      -> (tensor<i1> {gan.until}) attributes {gan.role = "until"} {
    %y = gan.compare lt, %c, %c : tensor<f64> -> tensor<i1>
    return %y : tensor<i1>
  }
  func.func @G_infer(%x: tensor<2xf64>, %w: tensor<2xf64> {gan.storage = "G.w"}) -> tensor<2xf64> attributes {gan.role = "network"} {
    return %x : tensor<2xf64>
  }
  gan.network @G graph = @G_infer
  gan.phase @train 1 "steps" batch = 1 {
    gan.repeat 2.0 {
      gan.run @train.0 moves = 2
    }
  }
}

// -----

gan.model @m {
  func.func @init() attributes {gan.role = "init"} {
    return
  }
  func.func @train.0(%k: tensor<2xi64> {gan.key = 1 : i64}) attributes {gan.role = "step"} {
    return
  }
  gan.phase @train 1 "steps" batch = 1 {
    // expected-error@+1 {{'gan.run' op makes 1 moves, but its step binds move 1}}
    gan.run @train.0 moves = 1
  }
}

// -----

gan.model @m {
  func.func @init() attributes {gan.role = "init"} {
    return
  }
  gan.phase @train 1 "steps" batch = 1 {
    gan.repeat 2.0 {
      // expected-error@+1 {{'gan.constant' op is left in a phase after inlining}}
      %c = gan.constant dense<0.0> : tensor<f64>
    }
  }
}

// -----

gan.model @m {
  // expected-error@+1 {{'p_4' of role 'player' is left after inlining}}
  func.func @p_4(%k: tensor<2xi64>) attributes {gan.role = "player"} {
    return
  }
}

// -----

gan.model @m {
  // expected-error@+1 {{'G' of role 'network' is left after inlining}}
  func.func @G() attributes {gan.role = "network"} {
    return
  }
}

// -----

// expected-error@+1 {{'gan.model' op needs one function of role 'init', found 0}}
gan.model @m {
}

// -----

gan.model @m {
  // expected-error@+1 {{'gan.storage' op gets no first value from the function of role 'init'}}
  gan.storage @G.w param tensor<f64> init = <constant, [1.0]> owner = "G"
  func.func @init() attributes {gan.role = "init"} {
    return
  }
}

// -----

gan.model @m {
  gan.storage @G.w param tensor<f64> init = <constant, [0.0]> owner = "G"
  func.func @step() attributes {gan.role = "step"} {
    // expected-error@+1 {{'gan.load' op is left in a function after inlining}}
    %w = gan.load @G.w : tensor<f64>
    return
  }
}

// -----

gan.model @m {
  func.func @step(%k: tensor<2xi64> {gan.key = 0 : i64}) attributes {gan.role = "step"} {
    // expected-error@+1 {{'gan.copy' op is left in a function after inlining}}
    %x = gan.copy %k : tensor<2xi64>
    return
  }
}

// -----

gan.model @m {
  // expected-error@+1 {{argument 1 of 'step' needs one binding of [gan.key, gan.storage, gan.data, gan.clock], found []}}
  func.func @step(%k: tensor<2xi64> {gan.key = 0 : i64}, %x: tensor<f64>) attributes {gan.role = "step"} {
    return
  }
}

// -----

gan.model @m {
  gan.storage @G.w param tensor<f64> init = <constant, [0.0]> owner = "G"
  // expected-error@+1 {{argument 0 of 'init' needs one binding of [gan.key], found [gan.storage]}}
  func.func @init(%w: tensor<f64> {gan.storage = "G.w"}) attributes {gan.role = "init"} {
    return
  }
}

// -----

gan.model @m {
  // expected-error@+1 {{result 0 of 'step' needs one binding of [gan.storage, gan.metric], found [gan.output]}}
  func.func @step(%k: tensor<2xi64> {gan.key = 0 : i64}) -> (tensor<2xi64> {gan.output = "k"}) attributes {gan.role = "step"} {
    return %k : tensor<2xi64>
  }
}

// -----

gan.model @m {
  // expected-error@+1 {{argument 0 of 'step' is bound to "G.w", which is no storage}}
  func.func @step(%w: tensor<f64> {gan.storage = "G.w"}) attributes {gan.role = "step"} {
    return
  }
}

// -----

gan.model @m {
  gan.storage @G.w param tensor<f64> init = <constant, [0.0]> owner = "G"
  // expected-error@+1 {{argument 0 of 'step' has type 'tensor<f32>', but 'G.w' holds 'tensor<f64>'}}
  func.func @step(%w: tensor<f32> {gan.storage = "G.w"}) attributes {gan.role = "step"} {
    return
  }
}

// -----

gan.model @m {
  gan.storage @G.w param tensor<f64> init = <constant, [0.0]> owner = "G"
  // expected-error@+1 {{result 1 of 'step' is bound to "G.w", to which another is bound}}
  func.func @step(%w: tensor<f64> {gan.storage = "G.w"}) -> (tensor<f64> {gan.storage = "G.w"}, tensor<f64> {gan.storage = "G.w"}) attributes {gan.role = "step"} {
    return %w, %w : tensor<f64>, tensor<f64>
  }
}

// -----

gan.model @m {
  // expected-error@+1 {{argument 0 of 'step' is a key, 'tensor<2xi64>', but has type 'tensor<3xi64>'}}
  func.func @step(%k: tensor<3xi64> {gan.key = 0 : i64}) attributes {gan.role = "step"} {
    return
  }
}

// -----

gan.model @m {
  // expected-error@+1 {{argument 0 of 'step' is one real, but has type 'tensor<1xf64>'}}
  func.func @step(%c: tensor<1xf64> {gan.clock = "step", gan.move = 0 : i64}) attributes {gan.role = "step"} {
    return
  }
}

// -----

gan.model @m {
  // expected-error@+1 {{argument 0 of 'step' needs the number of its move, 'gan.move'}}
  func.func @step(%c: tensor<f64> {gan.clock = "step"}) attributes {gan.role = "step"} {
    return
  }
}

// -----

gan.model @m {
  func.func @init() attributes {gan.role = "init"} {
    return
  }
  // expected-error@+1 {{argument 0 of 'train.until' needs one binding of [gan.storage, gan.clock], found [gan.data]}}
  func.func @train.until(%x: tensor<1xi1> {gan.data = "points.x", gan.move = 0 : i64})
      -> (tensor<1xi1> {gan.until}) attributes {gan.role = "until"} {
    return %x : tensor<1xi1>
  }
}

// -----

gan.model @m {
  func.func @init() attributes {gan.role = "init"} {
    return
  }
  // expected-error@+1 {{result 0 of 'train.until' is one bool, but has type 'tensor<f64>'}}
  func.func @train.until(%c: tensor<f64> {gan.clock = "step", gan.move = 0 : i64})
      -> (tensor<f64> {gan.until}) attributes {gan.role = "until"} {
    return %c : tensor<f64>
  }
}

// -----

gan.model @m {
  func.func @init() attributes {gan.role = "init"} {
    return
  }
  func.func @samples.draws(%k: tensor<2xi64> {gan.key = 0 : i64}) -> (tensor<4xf64> {gan.draw = "z"}) attributes {gan.role = "draws"} {
    %z = gan.random %k stream = "z" from <normal, [0.0, 1.0]> : tensor<2xi64> -> tensor<4xf64>
    return %z : tensor<4xf64>
  }
  // expected-error@+1 {{argument 0 of 'samples' is bound to the draw "z" of type 'tensor<2xf64>', which the draws of its output do not make}}
  func.func @samples(%z: tensor<2xf64> {gan.draw = "z"}) -> (tensor<2xf64> {gan.output = "samples"}) attributes {gan.role = "output", gan.draws = @samples.draws} {
    return %z : tensor<2xf64>
  }
}

// -----

gan.model @m {
  // expected-error@+1 {{argument 0 of 'step' needs one binding of [gan.key, gan.storage, gan.data, gan.clock], found [gan.draw]}}
  func.func @step(%z: tensor<2xf64> {gan.draw = "z"}) attributes {gan.role = "step"} {
    return
  }
}
