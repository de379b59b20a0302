// RUN: gan-opt --allow-unregistered-dialect %s | gan-opt --allow-unregistered-dialect | FileCheck %s

// All digits come back.
// CHECK: #gan.distribution<constant, [1.000000e+00]>
// CHECK-SAME: #gan.distribution<uniform, [-0.70710678118654757, 1.000000e+00]>
// CHECK-SAME: #gan.order<splits = 8, lanes = 16>
"test.attributes"() {a = #gan.distribution<constant, [1.0]>, b = #gan.distribution<uniform, [-0.70710678118654757, 1.0]>, c = #gan.order<splits = 8, lanes = 16>} : () -> ()
