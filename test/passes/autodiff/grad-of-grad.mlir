// RUN: gan-opt %s --gan-expand-grad --gan-verify-no-grad --canonicalize | FileCheck %s
// RUN: gan-opt %s --gan-expand-grad --mlir-print-debuginfo --mlir-print-local-scope | FileCheck %s --check-prefix=LOC

// The derivatives of x^3 are 3 x^2, 6 x and 6: each by the same walk, over what the one before it built.
// CHECK-LABEL: func.func @cube
// CHECK: %[[SIX:.*]] = gan.constant dense<6.0
// CHECK: return %[[SIX]]
func.func @cube(%x: tensor<f64>) -> tensor<f64> {
  %xx = gan.mul %x, %x : tensor<f64>
  %y = gan.mul %xx, %x : tensor<f64>
  %d1 = gan.grad %y wrt %x : (tensor<f64>, tensor<f64>) -> tensor<f64>
  %d2 = gan.grad %d1 wrt %x : (tensor<f64>, tensor<f64>) -> tensor<f64>
  %d3 = gan.grad %d2 wrt %x : (tensor<f64>, tensor<f64>) -> tensor<f64>
  return %d3 : tensor<f64>
}

// What differentiates an op carries its location, named "grad"; what differentiates that is named once more. Where uses of a
// value add up, the location is that of the value.
// LOC-LABEL: func.func @wave
// LOC-SAME: loc("wave.gan":2:3)
func.func @wave(%x: tensor<f64> loc("wave.gan":2:3)) -> (tensor<f64>, tensor<2xf64>) {
  // LOC: gan.sin {{.*}} loc("wave.gan":3:7)
  // LOC: gan.add {{.*}} loc("wave.gan":3:14)
  %s = gan.sin %x : tensor<f64> loc("wave.gan":3:7)
  %y = gan.add %s, %s : tensor<f64> loc("wave.gan":3:14)
  %u = gan.constant dense<[1.0, 2.0]> : tensor<2xf64>
  // LOC: gan.constant dense<1.0{{.*}} loc("grad"("wave.gan":4:8))
  // LOC: gan.constant dense<2.0{{.*}} loc("grad"("wave.gan":3:7))
  // LOC: gan.cos {{.*}} loc("grad"("wave.gan":3:7))
  // LOC: gan.sin {{.*}} loc("grad"("grad"("wave.gan":3:7)))
  // LOC: gan.constant dense<0.0{{.*}} loc("grad"("wave.gan":5:8))
  %d1 = gan.grad %y wrt %x : (tensor<f64>, tensor<f64>) -> tensor<f64> loc("wave.gan":4:8)
  %d2:2 = gan.grad %d1 wrt %x, %u : (tensor<f64>, tensor<f64>, tensor<2xf64>) -> (tensor<f64>, tensor<2xf64>) loc("wave.gan":5:8)
  return %d2#0, %d2#1 : tensor<f64>, tensor<2xf64>
}
