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

// -----

func.func @c4(%key: tensor<2xi64>) {
  // expected-error@+1 {{chooses among 10 classes by #gan.distribution<normal, [0.000000e+00, 1.000000e+00]>, expected one or more by <uniform, [0, 1]>}}
  %z = gan.random %key stream = "z" from <normal, [0.0, 1.0]> classes = 10 : tensor<2xi64> -> tensor<64xf32>
  return
}

// -----

func.func @c4_none(%key: tensor<2xi64>) {
  // expected-error@+1 {{chooses among 0 classes}}
  %z = gan.random %key stream = "z" from <uniform, [0.0, 1.0]> classes = 0 : tensor<2xi64> -> tensor<64xf32>
  return
}
