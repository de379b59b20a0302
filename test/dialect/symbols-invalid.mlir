// RUN: gan-opt %s -verify-diagnostics -split-input-file

// What names in a model must stand for.
gan.model @load_c1 {
  func.func @f() {
    // expected-error@+1 {{needs a storage of the model, but 'w' is none}}
    %w = gan.load @w : tensor<2xf64>
    return
  }
}

// -----

gan.model @load_c2 {
  // expected-note@+1 {{the storage is here}}
  gan.storage @w param tensor<3xf64> init = <constant, [0.0]> owner = "G"
  func.func @f() {
    // expected-error@+1 {{has a value of type 'tensor<2xf64>', but 'w' holds 'tensor<3xf64>'}}
    %w = gan.load @w : tensor<2xf64>
    return
  }
}

// -----

gan.model @store_c1 {
  func.func @f(%x: tensor<2xf64>) {
    // expected-error@+1 {{needs a storage of the model, but 'w' is none}}
    gan.store %x, @w : tensor<2xf64>
    return
  }
}

// -----

gan.model @store_c2 {
  // expected-note@+1 {{the storage is here}}
  gan.storage @w param tensor<3xf64> init = <constant, [0.0]> owner = "G"
  func.func @f(%x: tensor<2xf64>) {
    // expected-error@+1 {{has a value of type 'tensor<2xf64>', but 'w' holds 'tensor<3xf64>'}}
    gan.store %x, @w : tensor<2xf64>
    return
  }
}

// -----

gan.model @initialise_c1 {
  func.func @f(%x: tensor<2xf64>) {
    // expected-error@+1 {{needs a storage of the model, but 'w' is none}}
    gan.initialise %x, @w once = @w : tensor<2xf64>
    return
  }
}

// -----

gan.model @initialise_c2 {
  // expected-note@+1 {{the storage is here}}
  gan.storage @w param tensor<3xf64> init = <constant, [0.0]> owner = "G"
  func.func @f(%x: tensor<2xf64>) {
    // expected-error@+1 {{has a value of type 'tensor<2xf64>', but 'w' holds 'tensor<3xf64>'}}
    gan.initialise %x, @w once = @w : tensor<2xf64>
    return
  }
}

// -----

gan.model @initialise_c3 {
  // expected-note@+1 {{the storage is here}}
  gan.storage @w param tensor<2xf64> init = <constant, [0.0]> owner = "G"
  func.func @f(%x: tensor<2xf64>) {
    // expected-error@+1 {{has a flag of type 'tensor<f64>', but 'w' holds 'tensor<2xf64>'}}
    gan.initialise %x, @w once = @w : tensor<2xf64>
    return
  }
}

// -----

gan.model @call_c1 {
  // expected-note@+1 {{the function is here}}
  func.func @g(%x: tensor<2xf64>) attributes {gan.role = "player"} {
    return
  }
  func.func @f(%x: tensor<2xf64>) {
    // expected-error@+1 {{needs a function of role 'network', but 'g' has 'player'}}
    gan.call @g(%x) path = "g" : (tensor<2xf64>) -> ()
    return
  }
}

// -----

gan.model @call_c2 {
  // expected-note@+1 {{the function is here}}
  func.func @g(%x: tensor<2xf64>) -> tensor<2xf64> attributes {gan.role = "network"} {
    return %x : tensor<2xf64>
  }
  func.func @f(%x: tensor<3xf64>) {
    // expected-error@+1 {{has type '(tensor<3xf64>) -> tensor<3xf64>', but 'g' has '(tensor<2xf64>) -> tensor<2xf64>'}}
    %y = gan.call @g(%x) path = "g" : (tensor<3xf64>) -> tensor<3xf64>
    return
  }
}

// -----

gan.model @read_c1 {
  gan.data @photos fields = [{name = "x", kind = "vector", shape = array<i64: 2>}]
  func.func @f(%key: tensor<2xi64>) {
    // expected-error@+1 {{reads field 'y', which 'photos' does not have}}
    %y = gan.read @photos "y" at %key : tensor<2xi64> -> tensor<4x2xf64>
    return
  }
}

// -----

gan.model @read_c2 {
  gan.data @photos fields = [{name = "x", kind = "vector", shape = array<i64: 2>}]
  func.func @f(%key: tensor<2xi64>) {
    // expected-error@+1 {{needs a batch of [2], found [4, 3]}}
    %y = gan.read @photos "x" at %key : tensor<2xi64> -> tensor<4x3xf64>
    return
  }
}

// -----

gan.model @play_c1 {
  gan.phase @p 1 "steps" batch = 1 {
    // expected-error@+1 {{needs a function of the model, but 'g' is none}}
    gan.play @g player = "g"
  }
}

// -----

gan.model @run_c1 {
  // expected-note@+1 {{the function is here}}
  func.func @g() {
    return
  }
  gan.phase @p 1 "steps" batch = 1 {
    // expected-error@+1 {{needs a function of role 'step', but 'g' has 'none'}}
    gan.run @g moves = 1
  }
}

// -----

gan.model @phase_c4 {
  // expected-note@+1 {{the function is here}}
  func.func @g() {
    return
  }
  // expected-error@+1 {{needs a function of role 'until', but 'g' has 'none'}}
  gan.phase @p 1 "steps" batch = 1 until = @g check = 1 {
  }
}

// -----

gan.model @network_c1 {
  // expected-error@+1 {{needs a function of the model, but 'g' is none}}
  gan.network @G graph = @g
}
