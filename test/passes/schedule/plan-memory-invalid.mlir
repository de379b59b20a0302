// RUN: gan-opt %s --pass-pipeline='builtin.module(gan.model(gan-plan-memory))' -split-input-file -verify-diagnostics

gan.model @m {
  // expected-error @below {{reads the storage 'w', which the model does not have}}
  func.func @s(%x: tensor<16xf32> {gan.storage = "w"}) attributes {gan.role = "step"} {
    return
  }
}

// -----

gan.model @m {
  // expected-error @below {{writes the storage 'w', which the model does not have}}
  func.func @s(%x: tensor<16xf32> {gan.data = "d.x"}) -> (tensor<16xf32> {gan.storage = "w"}) attributes {gan.role = "step"} {
    return %x : tensor<16xf32>
  }
}
