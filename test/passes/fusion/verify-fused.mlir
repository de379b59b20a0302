// RUN: gan-opt %s --gan-verify-fused -split-input-file -verify-diagnostics

func.func @left_over(%x: tensor<4xf32>) -> tensor<4xf32> attributes {gan.role = "step"} {
  // expected-error @below {{is left outside a kernel after fusion}}
  %y = gan.exp %x : tensor<4xf32>
  return %y : tensor<4xf32>
}

// -----

func.func @shapes(%x: tensor<4xf32>, %y: tensor<5xf32>) -> (tensor<4xf32>, tensor<5xf32>) attributes {gan.role = "step"} {
  // expected-error @below {{needs results of one shape}}
  %a, %b = gan.kernel hero(elementwise) (%x, %y) : (tensor<4xf32>, tensor<5xf32>) -> (tensor<4xf32>, tensor<5xf32>) {
  ^bb0(%p: tensor<4xf32>, %q: tensor<5xf32>):
    gan.yield %p, %q : tensor<4xf32>, tensor<5xf32>
  }
  return %a, %b : tensor<4xf32>, tensor<5xf32>
}

// -----

func.func @hero_shape(%x: tensor<4x5xf32>, %z: tensor<4x5xf32>) -> tensor<4x5xf32> attributes {gan.role = "step"} {
  // expected-error @below {{needs results of the shape of its hero's}}
  %a = gan.kernel hero(reduction) (%x, %z) : (tensor<4x5xf32>, tensor<4x5xf32>) -> tensor<4x5xf32> {
  ^bb0(%p: tensor<4x5xf32>, %q: tensor<4x5xf32>):
    %s = gan.sum %p dims = [0] : tensor<4x5xf32> -> tensor<5xf32>
    gan.yield %q : tensor<4x5xf32>
  }
  return %a : tensor<4x5xf32>
}

// -----

func.func @epilogue(%x: tensor<4x5xf32>, %w: tensor<5x4xf32>) -> tensor<4x4xf32> attributes {gan.role = "step"} {
  %a = gan.kernel hero(contraction) (%x, %w) : (tensor<4x5xf32>, tensor<5x4xf32>) -> tensor<4x4xf32> {
  ^bb0(%p: tensor<4x5xf32>, %q: tensor<5x4xf32>):
    %c = gan.matmul %p, %q : tensor<4x5xf32>, tensor<5x4xf32> -> tensor<4x4xf32>
    // expected-error @below {{cannot follow the contraction of its kernel: only elementwise ops, broadcasts of inputs and sums over parts of its rows can}}
    %t = gan.transpose %c permutation = [1, 0] : tensor<4x4xf32> -> tensor<4x4xf32>
    gan.yield %t : tensor<4x4xf32>
  }
  return %a : tensor<4x4xf32>
}

// -----

// A part has 32 rows.
func.func @part(%x: tensor<64x5xf32>, %w: tensor<5x20xf32>) -> tensor<2x20xf32> attributes {gan.role = "step"} {
  %a = gan.kernel hero(contraction) (%x, %w) : (tensor<64x5xf32>, tensor<5x20xf32>) -> tensor<2x20xf32> {
  ^bb0(%p: tensor<64x5xf32>, %q: tensor<5x20xf32>):
    %c = gan.matmul %p, %q order <splits = 1, lanes = 1> : tensor<64x5xf32>, tensor<5x20xf32> -> tensor<64x20xf32>
    %u = gan.reshape %c : tensor<64x20xf32> -> tensor<2x32x20xf32>
    %s = gan.sum %u dims = [1] order <splits = 1, lanes = 1> : tensor<2x32x20xf32> -> tensor<2x20xf32>
    // expected-error @below {{cannot follow the contraction of its kernel}}
    %v = gan.reshape %c : tensor<64x20xf32> -> tensor<4x16x20xf32>
    %t = gan.sum %v dims = [1] order <splits = 1, lanes = 1> : tensor<4x16x20xf32> -> tensor<4x20xf32>
    gan.yield %s : tensor<2x20xf32>
  }
  return %a : tensor<2x20xf32>
}

// -----

func.func @reduction(%x: tensor<4x5xf32>) -> tensor<5xf32> attributes {gan.role = "step"} {
  %a = gan.kernel hero(reduction) (%x) : (tensor<4x5xf32>) -> tensor<5xf32> {
  ^bb0(%p: tensor<4x5xf32>):
    %s = gan.sum %p dims = [0] order <splits = 1, lanes = 1> : tensor<4x5xf32> -> tensor<5xf32>
    // expected-error @below {{cannot follow the hero of its kernel}}
    %t = gan.flip %s dims = [0] : tensor<5xf32>
    gan.yield %t : tensor<5xf32>
  }
  return %a : tensor<5xf32>
}

// -----

func.func @prologue(%x: tensor<5x4xf32>, %w: tensor<5x4xf32>) -> tensor<4x4xf32> attributes {gan.role = "step"} {
  %a = gan.kernel hero(contraction) (%x, %w) : (tensor<5x4xf32>, tensor<5x4xf32>) -> tensor<4x4xf32> {
  ^bb0(%p: tensor<5x4xf32>, %q: tensor<5x4xf32>):
    // expected-error @below {{cannot feed a contraction: only elementwise ops and broadcasts of inputs along the last axis can}}
    %t = gan.transpose %p permutation = [1, 0] : tensor<5x4xf32> -> tensor<4x5xf32>
    %c = gan.matmul %t, %q : tensor<4x5xf32>, tensor<5x4xf32> -> tensor<4x4xf32>
    gan.yield %c : tensor<4x4xf32>
  }
  return %a : tensor<4x4xf32>
}

// -----

func.func @no_sum(%x: tensor<4xf32>) -> tensor<4xf32> attributes {gan.role = "step"} {
  // expected-error @below {{with hero(reduction) needs a sum or an argmax, found none}}
  %a = gan.kernel hero(reduction) (%x) : (tensor<4xf32>) -> tensor<4xf32> {
  ^bb0(%p: tensor<4xf32>):
    gan.yield %p : tensor<4xf32>
  }
  return %a : tensor<4xf32>
}

// -----

func.func @no_contraction(%x: tensor<4xf32>) -> tensor<4xf32> attributes {gan.role = "step"} {
  // expected-error @below {{with hero(contraction) needs 1 contraction, found 0}}
  %a = gan.kernel hero(contraction) (%x) : (tensor<4xf32>) -> tensor<4xf32> {
  ^bb0(%p: tensor<4xf32>):
    gan.yield %p : tensor<4xf32>
  }
  return %a : tensor<4xf32>
}

// -----

func.func @nests(%x: tensor<4x4xf32>) -> (tensor<4xf32>, tensor<4xf32>) attributes {gan.role = "step"} {
  %a, %b = gan.kernel hero(reduction) (%x) : (tensor<4x4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  ^bb0(%p: tensor<4x4xf32>):
    %s = gan.sum %p dims = [0] : tensor<4x4xf32> -> tensor<4xf32>
    // expected-error @below {{needs the operand type, axes and order of the other sums of its kernel, and none to feed it}}
    %t = gan.sum %p dims = [1] : tensor<4x4xf32> -> tensor<4xf32>
    gan.yield %s, %t : tensor<4xf32>, tensor<4xf32>
  }
  return %a, %b : tensor<4xf32>, tensor<4xf32>
}

// -----

func.func @transpose(%x: tensor<4x4xf32>) -> tensor<4x4xf32> attributes {gan.role = "step"} {
  // expected-error @below {{with hero(transpose) needs one transposition and nothing else}}
  %a = gan.kernel hero(transpose) (%x) : (tensor<4x4xf32>) -> tensor<4x4xf32> {
  ^bb0(%p: tensor<4x4xf32>):
    gan.yield %p : tensor<4x4xf32>
  }
  return %a : tensor<4x4xf32>
}

// -----

func.func @matrix(%x: tensor<4x4xf32>) -> tensor<4x4xf32> attributes {gan.role = "step"} {
  // expected-error @below {{with hero(matrix) needs one op on whole matrices and nothing else}}
  %a = gan.kernel hero(matrix) (%x) : (tensor<4x4xf32>) -> tensor<4x4xf32> {
  ^bb0(%p: tensor<4x4xf32>):
    %i = gan.inverse %p : tensor<4x4xf32>
    %e = gan.exp %i : tensor<4x4xf32>
    gan.yield %e : tensor<4x4xf32>
  }
  return %a : tensor<4x4xf32>
}

// -----

func.func @no_result(%x: tensor<4x4xf32>) attributes {gan.role = "step"} {
  // expected-error @below {{needs a result, found none}}
  gan.kernel hero(elementwise) (%x) : (tensor<4x4xf32>) -> () {
  ^bb0(%p: tensor<4x4xf32>):
    gan.yield
  }
  return
}

// -----

// expected-error @below {{returns result 1, which differs between shards}}
func.func @of_shard(%x: tensor<4xf32> {gan.data = "d.x", gan.move = 0 : i64}) -> (tensor<2x4xf32>, tensor<4xf32>) attributes {gan.role = "step", gan.shards = 2 : i64} {
  %a = gan.all_gather %x : (tensor<4xf32>) -> tensor<2x4xf32>
  return %a, %x : tensor<2x4xf32>, tensor<4xf32>
}
