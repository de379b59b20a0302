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
    gan.repeat 2.0 {
      gan.play @a_4 player = "b"
      // expected-error@+1 {{'gan.play' op reuses the last move of 'a', which is not in the same straight run}}
      gan.play @a_4 player = "b" reuse = "a"
    }
  }
}

// -----

gan.model @m {
  // expected-error@+1 {{'gan.storage' op copies a storage that copies it back}}
  gan.storage @a param tensor<f64> copy = @b owner = "A"
  gan.storage @b param tensor<f64> copy = @a owner = "A"
}
