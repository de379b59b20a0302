// RUN: gan-opt %s -verify-diagnostics -split-input-file

func.func @c1_arguments(%x: tensor<8xf32>) {
  // expected-error@+1 {{needs block arguments of the types of its 1 operands, found 0 or other types}}
  %y = gan.kernel hero(elementwise) (%x) : (tensor<8xf32>) -> tensor<8xf32> {
    %t = gan.constant dense<0.0> : tensor<8xf32>
    gan.yield %t : tensor<8xf32>
  }
  return
}

// -----

func.func @c1_results(%x: tensor<8xf32>) {
  // expected-error@+1 {{needs yielded values of the types of its 1 results, found 2 or other types}}
  %y = gan.kernel hero(elementwise) (%x) : (tensor<8xf32>) -> tensor<8xf32> {
  ^bb0(%a: tensor<8xf32>):
    gan.yield %a, %a : tensor<8xf32>, tensor<8xf32>
  }
  return
}

// -----

func.func @c2(%x: tensor<8xf32>) {
  %y = gan.kernel hero(elementwise) (%x) : (tensor<8xf32>) -> tensor<8xf32> {
  ^bb0(%a: tensor<8xf32>):
    // expected-error@+1 {{cannot stand in a kernel}}
    gan.store %a, @w : tensor<8xf32>
    gan.yield %a : tensor<8xf32>
  }
  return
}

// -----

func.func @c3_sum_first(%x: tensor<8x8xf32>) {
  %y:2 = gan.kernel hero(contraction) (%x) : (tensor<8x8xf32>) -> (tensor<8x8xf32>, tensor<8xf32>) {
  ^bb0(%a: tensor<8x8xf32>):
    // expected-error@+1 {{needs a kernel with hero(reduction), found hero(contraction)}}
    %s = gan.sum %a dims = [0] : tensor<8x8xf32> -> tensor<8xf32>
    %t = gan.matmul %a, %a : tensor<8x8xf32>, tensor<8x8xf32> -> tensor<8x8xf32>
    gan.yield %t, %s : tensor<8x8xf32>, tensor<8xf32>
  }
  return
}

// -----

func.func @c3_kind(%x: tensor<8xf32>) {
  %y = gan.kernel hero(elementwise) (%x) : (tensor<8xf32>) -> tensor<f32> {
  ^bb0(%a: tensor<8xf32>):
    // expected-error@+1 {{needs a kernel with hero(reduction), found hero(elementwise)}}
    %s = gan.sum %a dims = [0] : tensor<8xf32> -> tensor<f32>
    gan.yield %s : tensor<f32>
  }
  return
}

// -----

func.func @c3_two(%x: tensor<8x8xf32>) {
  %y = gan.kernel hero(contraction) (%x) : (tensor<8x8xf32>) -> tensor<8x8xf32> {
  ^bb0(%a: tensor<8x8xf32>):
    // expected-note@+1 {{the first is here}}
    %s = gan.matmul %a, %a : tensor<8x8xf32>, tensor<8x8xf32> -> tensor<8x8xf32>
    // expected-error@+1 {{is the second contraction of its kernel}}
    %t = gan.matmul %a, %s : tensor<8x8xf32>, tensor<8x8xf32> -> tensor<8x8xf32>
    gan.yield %t : tensor<8x8xf32>
  }
  return
}

// -----

func.func @yield(%x: tensor<8x8xf32>) {
  // expected-error@+1 {{expects parent op 'gan.kernel'}}
  gan.yield %x : tensor<8x8xf32>
}
