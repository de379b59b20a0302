// RUN: gan-opt %s --gan-form-steps --split-input-file --verify-diagnostics

gan.model @m {
  func.func @a_4(%k: tensor<2xi64>) attributes {gan.role = "player"} {
    return
  }
  gan.phase @train 10 "steps" batch = 4 {
    gan.play @a_4 player = "a"
    gan.repeat 2.0 {
    }
    // expected-error@+1 {{'gan.play' op reuses the last move of 'a', which is not in the same straight run}}
    gan.play @a_4 player = "b" reuse = "a"
  }
}

// -----

gan.model @m {
  func.func @a_4(%k: tensor<2xi64>) attributes {gan.role = "player"} {
    return
  }
  gan.phase @train 10 "steps" batch = 4 {
    gan.play @a_4 player = "a"
    gan.together {
      gan.play @a_4 player = "b"
      // expected-error@+1 {{'gan.play' op reuses the last move of 'a', which is not in the same straight run}}
      gan.play @a_4 player = "b" reuse = "a"
    }
  }
}

// -----

gan.model @m {
  gan.phase @train 10 "steps" batch = 4 {
    gan.together {
      // expected-error@+1 {{'gan.repeat' op cannot stand in a 'gan.together'}}
      gan.repeat 2.0 {
      }
    }
  }
}

// -----

gan.model @m {
  gan.storage @A.w param tensor<f64> init = <constant, [0.0]> owner = "A"
  gan.storage @A.u state tensor<f64> init = <constant, [0.0]> owner = "A"
  func.func @A_train_4(%k: tensor<2xi64>) attributes {gan.role = "network"} {
    %w = gan.load @A.w : tensor<f64>
    gan.store %w, @A.u : tensor<f64>
    gan.store %w, @A.w : tensor<f64>
    return
  }
  func.func @a_4(%k: tensor<2xi64>) attributes {gan.role = "player"} {
    gan.call @A_train_4(%k) path = "A#0" : (tensor<2xi64>) -> ()
    return
  }
  func.func @frozen_4(%k: tensor<2xi64>) attributes {gan.role = "player"} {
    gan.call @A_train_4(%k) path = "A#0" frozen_state : (tensor<2xi64>) -> ()
    return
  }
  gan.phase @train 10 "steps" batch = 4 {
    gan.together {
      gan.play @frozen_4 player = "a"
      // expected-note@+1 {{that move is here}}
      gan.play @a_4 player = "b"
      // expected-error@+1 {{'c' stores 'A.w', which 'b' stores in the same move}}
      gan.play @a_4 player = "c"
    }
  }
}

// -----

gan.model @m {
  // expected-error@+1 {{'gan.storage' op copies a storage that copies it back}}
  gan.storage @a param tensor<f64> copy = @b owner = "A"
  gan.storage @b param tensor<f64> copy = @a owner = "A"
}
