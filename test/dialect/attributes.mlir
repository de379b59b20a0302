// RUN: gan-opt --allow-unregistered-dialect %s | gan-opt --allow-unregistered-dialect | FileCheck %s

// CHECK: #gan.distribution<constant, [1.000000e+00]>
// CHECK-SAME: #gan.distribution<uniform, [-1.000000e+00, 1.000000e+00]>
// CHECK-SAME: #gan.order<splits = 8, lanes = 16>
"test.attributes"() {a = #gan.distribution<constant, [1.0]>, b = #gan.distribution<uniform, [-1.0, 1.0]>, c = #gan.order<splits = 8, lanes = 16>} : () -> ()
