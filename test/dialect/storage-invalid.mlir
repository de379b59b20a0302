// RUN: gan-opt %s -verify-diagnostics -split-input-file

// storage C1
// expected-error@+1 {{'layout' must hold each axis of 'tensor<2x3xf64>' once, found [0, 0]}}
gan.storage @c1 param tensor<2x3xf64> layout = [0, 0] init = <constant, [0.0]> owner = "G"

// -----

// storage C2
// expected-error@+1 {{has both 'init' and 'copy'}}
gan.storage @c2 param tensor<2x3xf64> init = <constant, [0.0]> copy = @b owner = "G"

// -----

// storage C2
// expected-error@+1 {{needs 'init' or 'copy'}}
gan.storage @c2 param tensor<2x3xf64> owner = "G"

// -----

gan.model @storage_c3_name {
  // expected-error@+1 {{needs a storage of the model, but 'b' is none}}
  gan.storage @a param tensor<2xf64> copy = @b owner = "G"
}

// -----

gan.model @storage_c3_type {
  gan.storage @a param tensor<3xf64> init = <constant, [0.0]> owner = "G"
  // expected-error@+1 {{of type 'tensor<2xf64>' cannot copy 'a' of type 'tensor<3xf64>'}}
  gan.storage @b param tensor<2xf64> copy = @a owner = "G"
}

// -----

// storage C4
// expected-error@+1 {{cannot start as 'orthogonal', found 'tensor<3xf64>'}}
gan.storage @c4 param tensor<3xf64> init = <orthogonal, [1.0]> owner = "G"

// -----

// storage C4
// expected-error@+1 {{cannot start as 'identity', found 'tensor<2x2x1xf64>'}}
gan.storage @c4 param tensor<2x2x1xf64> init = <identity, []> owner = "G"
