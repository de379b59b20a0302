// RUN: gan-opt %s -verify-diagnostics -split-input-file

func.func @c1_name(%key: tensor<2xi64>) {
  // expected-error@+1 {{the clock has 'step', 'images', 'epoch' and 'progress', found 'time'}}
  %a = gan.clock ["+", "time", 1.0] at %key : tensor<2xi64> -> tensor<f64>
  return
}

// -----

func.func @c1_operator(%key: tensor<2xi64>) {
  // expected-error@+1 {{unknown clock operator 'tan'}}
  %a = gan.clock ["tan", "step"] at %key : tensor<2xi64> -> tensor<f64>
  return
}

// -----

func.func @c1_count(%key: tensor<2xi64>) {
  // expected-error@+1 {{clock operator '-' takes 2 operands, found 1}}
  %a = gan.clock ["-", "step"] at %key : tensor<2xi64> -> tensor<f64>
  return
}

// -----

func.func @c1_no_operator(%key: tensor<2xi64>) {
  // expected-error@+1 {{a clock operation begins with its operator, found [1.000000e+00]}}
  %a = gan.clock [1.0] at %key : tensor<2xi64> -> tensor<f64>
  return
}

// -----

func.func @c1_number(%key: tensor<2xi64>) {
  // expected-error@+1 {{a clock number must be f64, found 1.000000e+00 : f32}}
  %a = gan.clock 1.0 : f32 at %key : tensor<2xi64> -> tensor<f64>
  return
}

// -----

func.func @c1_other(%key: tensor<2xi64>) {
  // expected-error@+1 {{expected a clock number, name or operation, found 1 : i64}}
  %a = gan.clock 1 at %key : tensor<2xi64> -> tensor<f64>
  return
}

// -----

func.func @c2(%key: tensor<2xi64>) {
  // expected-error@+1 {{gives one number, found 'tensor<1xf64>'}}
  %a = gan.clock "step" at %key : tensor<2xi64> -> tensor<1xf64>
  return
}

// -----

func.func @c3(%key: tensor<1xi64>) {
  // expected-error@+1 {{needs a key of type 'tensor<2xi64>', found 'tensor<1xi64>'}}
  %a = gan.clock "step" at %key : tensor<1xi64> -> tensor<f64>
  return
}
