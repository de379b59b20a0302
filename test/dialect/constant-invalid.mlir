// RUN: gan-opt %s -verify-diagnostics -split-input-file

// The value has the type of the result.
// expected-error@+1 {{failed to verify that all of {value, y} have same type}}
%0 = "gan.constant"() {value = dense<0.5> : tensor<4xf32>} : () -> tensor<5xf32>
