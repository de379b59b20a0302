// RUN: gan-opt %s --gan-form-groups -split-input-file -verify-diagnostics

func.func @effects(%x: tensor<f32>) attributes {gan.role = "step"} {
  // expected-error @below {{cannot be fused: gan-form-groups needs pure tensor-level ops}}
  gan.report %x as "loss" : tensor<f32>
  return
}
