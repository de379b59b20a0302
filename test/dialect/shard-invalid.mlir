// RUN: gan-opt %s -verify-diagnostics -split-input-file

func.func @c1(%x: tensor<8x10xf32>, %n: tensor<2xi64>) {
  // expected-error@+1 {{needs the number of a shard, of shape [], found [2]}}
  %y = gan.shard %x of %n dim = 0 : tensor<8x10xf32>, tensor<2xi64> -> tensor<4x10xf32>
  return
}

// -----

func.func @c2(%x: tensor<8x10xf32>, %n: tensor<i64>) {
  // expected-error@+1 {{'dim' must be an axis of [8, 10], found 2}}
  %y = gan.shard %x of %n dim = 2 : tensor<8x10xf32>, tensor<i64> -> tensor<4x10xf32>
  return
}

// -----

func.func @c3_divides(%x: tensor<8x10xf32>, %n: tensor<i64>) {
  // expected-error@+1 {{cannot cut [8, 10] along axis 0 into parts of [3, 10]}}
  %y = gan.shard %x of %n dim = 0 : tensor<8x10xf32>, tensor<i64> -> tensor<3x10xf32>
  return
}

// -----

func.func @c3_other_axes(%x: tensor<8x10xf32>, %n: tensor<i64>) {
  // expected-error@+1 {{cannot cut [8, 10] along axis 0 into parts of [4, 5]}}
  %y = gan.shard %x of %n dim = 0 : tensor<8x10xf32>, tensor<i64> -> tensor<4x5xf32>
  return
}
