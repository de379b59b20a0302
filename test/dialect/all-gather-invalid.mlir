// RUN: gan-opt %s -verify-diagnostics -split-input-file

func.func @all_gather_c1(%x: tensor<8xf32>) {
  // expected-error@+1 {{needs one result for each operand, found 2 for 1}}
  %y:2 = gan.all_gather %x : (tensor<8xf32>) -> (tensor<2x8xf32>, tensor<2x8xf32>)
  return
}

// -----

func.func @all_gather_c2(%x: tensor<8xf32>) {
  // expected-error@+1 {{needs 'tensor<8xf32>' behind an axis of shards that all results share, found 'tensor<2x4xf32>'}}
  %y = gan.all_gather %x : (tensor<8xf32>) -> tensor<2x4xf32>
  return
}

// -----

func.func @all_gather_c2_shared(%x: tensor<8xf32>, %s: tensor<f32>) {
  // expected-error@+1 {{needs 'tensor<f32>' behind an axis of shards that all results share, found 'tensor<4xf32>'}}
  %y:2 = gan.all_gather %x, %s : (tensor<8xf32>, tensor<f32>) -> (tensor<2x8xf32>, tensor<4xf32>)
  return
}
