// RUN: gan-opt %s -verify-diagnostics -split-input-file

func.func @c1(%key: tensor<3xi64>) {
  // expected-error@+1 {{needs a key of type 'tensor<2xi64>', found 'tensor<3xi64>'}}
  %z = gan.random %key stream = "z" from <normal, [0.0, 1.0]> : tensor<3xi64> -> tensor<64xf32>
  return
}

// -----

func.func @c2(%key: tensor<2xi64>) {
  // expected-error@+1 {{cannot draw from the distribution 'constant'}}
  %z = gan.random %key stream = "z" from <constant, [0.0]> : tensor<2xi64> -> tensor<64xf32>
  return
}

// -----

func.func @c3(%key: tensor<2xi64>) {
  // expected-error@+1 {{needs an axis 0 for the samples, found 'tensor<f32>'; a draw without is 'plain'}}
  %z = gan.random %key stream = "z" from <normal, [0.0, 1.0]> : tensor<2xi64> -> tensor<f32>
  return
}
