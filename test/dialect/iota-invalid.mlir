// RUN: gan-opt %s -verify-diagnostics -split-input-file

func.func @c1_none() {
  // expected-error@+1 {{'dims' must name axes of [8, 10], at least one and each once, found []}}
  %y = gan.iota dims = [] : tensor<8x10xi32>
  return
}

// -----

func.func @c1_twice() {
  // expected-error@+1 {{'dims' must name axes of [8, 10], at least one and each once, found [1, 1]}}
  %y = gan.iota dims = [1, 1] : tensor<8x10xi32>
  return
}
