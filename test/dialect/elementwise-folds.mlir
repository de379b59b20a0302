// RUN: gan-opt %s --canonicalize | FileCheck %s

// CHECK-LABEL: func.func @neutral
// CHECK-SAME: (%[[X:.*]]: tensor<4xf32>)
func.func @neutral(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) {
  %zero = gan.constant dense<0.0> : tensor<4xf32>
  %one = gan.constant dense<1.0> : tensor<4xf32>
  %0 = gan.add %zero, %x : tensor<4xf32>
  %1 = gan.sub %x, %zero : tensor<4xf32>
  %2 = gan.mul %x, %one : tensor<4xf32>
  %3 = gan.div %x, %one : tensor<4xf32>
  %4 = gan.pow %x, %one : tensor<4xf32>
  // CHECK-NEXT: return %[[X]], %[[X]], %[[X]], %[[X]], %[[X]]
  return %0, %1, %2, %3, %4 : tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>
}

// CHECK-LABEL: func.func @absorbing
func.func @absorbing(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  // CHECK-DAG: %[[ZERO:.*]] = gan.constant dense<0.0{{.*}}>
  // CHECK-DAG: %[[ONE:.*]] = gan.constant dense<1.0{{.*}}>
  %zero = gan.constant dense<0.0> : tensor<4xf32>
  %0 = gan.mul %x, %zero : tensor<4xf32>
  %1 = gan.pow %x, %zero : tensor<4xf32>
  // CHECK: return %[[ZERO]], %[[ONE]]
  return %0, %1 : tensor<4xf32>, tensor<4xf32>
}

// Constants are computed in the element type: 0.1 + 0.2 has other bits in f64.
// CHECK-LABEL: func.func @constants
func.func @constants() -> (tensor<2xf32>, tensor<2xf64>, tensor<2xf64>) {
  // CHECK-DAG: dense<3.000000e-01> : tensor<2xf32>
  %a = gan.constant dense<0.1> : tensor<2xf32>
  %b = gan.constant dense<0.2> : tensor<2xf32>
  %0 = gan.add %a, %b : tensor<2xf32>
  // CHECK-DAG: dense<0.30000000000000004> : tensor<2xf64>
  %c = gan.constant dense<0.1> : tensor<2xf64>
  %d = gan.constant dense<0.2> : tensor<2xf64>
  %1 = gan.add %c, %d : tensor<2xf64>
  // CHECK-DAG: dense<[2.000000e+00, 3.000000e+00]> : tensor<2xf64>
  %e = gan.constant dense<[4.0, 9.0]> : tensor<2xf64>
  %2 = gan.sqrt %e : tensor<2xf64>
  return %0, %1, %2 : tensor<2xf32>, tensor<2xf64>, tensor<2xf64>
}

// CHECK-LABEL: func.func @unary_constants
func.func @unary_constants() -> (tensor<f64>, tensor<f64>, tensor<f64>, tensor<f64>, tensor<f64>, tensor<f64>) {
  %zero = gan.constant dense<0.0> : tensor<f64>
  %a = gan.constant dense<-2.5> : tensor<f64>
  %b = gan.constant dense<4.0> : tensor<f64>
  // CHECK-DAG: dense<0.693147180559945{{[0-9]+}}>
  %0 = gan.softplus %zero : tensor<f64>
  // CHECK-DAG: dense<5.000000e-01>
  %1 = gan.sigmoid %zero : tensor<f64>
  // CHECK-DAG: dense<-3.000000e+00>
  %2 = gan.floor %a : tensor<f64>
  // CHECK-DAG: dense<-1.000000e+00>
  %3 = gan.sign %a : tensor<f64>
  // CHECK-DAG: dense<2.500000e+00>
  %4 = gan.abs %a : tensor<f64>
  %5 = gan.rsqrt %b : tensor<f64>
  return %0, %1, %2, %3, %4, %5 : tensor<f64>, tensor<f64>, tensor<f64>, tensor<f64>, tensor<f64>, tensor<f64>
}

// CHECK-LABEL: func.func @signs
// CHECK-SAME: (%[[A:.*]]: tensor<4xf32>, %[[B:.*]]: tensor<4xf32>)
func.func @signs(%a: tensor<4xf32>, %b: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) {
  %zero = gan.constant dense<0.0> : tensor<4xf32>
  %minus = gan.constant dense<-1.0> : tensor<4xf32>
  %na = gan.neg %a : tensor<4xf32>
  %nb = gan.neg %b : tensor<4xf32>
  // CHECK-DAG: %[[R0:.*]] = gan.sub %[[A]], %[[B]]
  %0 = gan.add %a, %nb : tensor<4xf32>
  // CHECK-DAG: %[[R1:.*]] = gan.add %[[A]], %[[B]]
  %1 = gan.sub %a, %nb : tensor<4xf32>
  // CHECK-DAG: %[[R2:.*]] = gan.mul %[[A]], %[[B]]
  %2 = gan.mul %na, %nb : tensor<4xf32>
  // CHECK-DAG: %[[R3:.*]] = gan.neg %[[A]]
  %3 = gan.sub %zero, %a : tensor<4xf32>
  %4 = gan.mul %na, %minus : tensor<4xf32>
  // CHECK: return %[[R0]], %[[R1]], %[[R2]], %[[R3]], %[[A]]
  return %0, %1, %2, %3, %4 : tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>
}

// Only a power of two becomes a factor: no quotient changes its bits.
// CHECK-LABEL: func.func @quotients
func.func @quotients(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  // CHECK-DAG: %[[QUARTER:.*]] = gan.constant dense<2.500000e-01>
  // CHECK-DAG: %[[THREE:.*]] = gan.constant dense<3.000000e+00>
  %four = gan.constant dense<4.0> : tensor<4xf32>
  %three = gan.constant dense<3.0> : tensor<4xf32>
  // CHECK: gan.mul %{{.*}}, %[[QUARTER]]
  %0 = gan.div %x, %four : tensor<4xf32>
  // CHECK: gan.div %{{.*}}, %[[THREE]]
  %1 = gan.div %x, %three : tensor<4xf32>
  return %0, %1 : tensor<4xf32>, tensor<4xf32>
}

// CHECK-LABEL: func.func @powers
// CHECK-SAME: (%[[X:.*]]: tensor<4xf32>)
func.func @powers(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) {
  %two = gan.constant dense<2.0> : tensor<4xf32>
  %half = gan.constant dense<0.5> : tensor<4xf32>
  %mhalf = gan.constant dense<-0.5> : tensor<4xf32>
  %minus = gan.constant dense<-1.0> : tensor<4xf32>
  %five = gan.constant dense<2.5> : tensor<4xf32>
  // CHECK-DAG: %[[ONE:.*]] = gan.constant dense<1.0{{.*}}>
  // CHECK-DAG: gan.mul %[[X]], %[[X]]
  %0 = gan.pow %x, %two : tensor<4xf32>
  // CHECK-DAG: gan.sqrt %[[X]]
  %1 = gan.pow %x, %half : tensor<4xf32>
  // CHECK-DAG: gan.rsqrt %[[X]]
  %2 = gan.pow %x, %mhalf : tensor<4xf32>
  // CHECK-DAG: gan.div %[[ONE]], %[[X]]
  %3 = gan.pow %x, %minus : tensor<4xf32>
  // CHECK-DAG: gan.pow %[[X]]
  %4 = gan.pow %x, %five : tensor<4xf32>
  return %0, %1, %2, %3, %4 : tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>
}

// CHECK-LABEL: func.func @choice
// CHECK-SAME: (%[[A:.*]]: tensor<4xf32>, %[[B:.*]]: tensor<4xf32>
func.func @choice(%a: tensor<4xf32>, %b: tensor<4xf32>, %c: tensor<4xi1>)
    -> (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) {
  %one = gan.constant dense<1.0> : tensor<4xf32>
  %two = gan.constant dense<2.0> : tensor<4xf32>
  %less = gan.compare lt, %one, %two : tensor<4xf32> -> tensor<4xi1>
  %0 = gan.select %less, %a, %b : tensor<4xi1>, tensor<4xf32>
  %1 = gan.select %c, %b, %b : tensor<4xi1>, tensor<4xf32>
  %2 = gan.max %a, %a : tensor<4xf32>
  %3 = gan.min %b, %b : tensor<4xf32>
  // CHECK: %[[ONE:.*]] = gan.constant dense<1.0{{.*}}> : tensor<4xf32>
  %4 = gan.cast %less : tensor<4xi1> -> tensor<4xf32>
  // CHECK-NEXT: return %[[A]], %[[B]], %[[A]], %[[B]], %[[ONE]]
  return %0, %1, %2, %3, %4 : tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>
}

// A choice between x and a multiple of x is a multiple by a choice, whichever branch it is.
// CHECK-LABEL: func.func @leaky
// CHECK-SAME: (%[[X:.*]]: tensor<4xf32>, %[[C:.*]]: tensor<4xi1>, %[[A:.*]]: tensor<4xf32>)
func.func @leaky(%x: tensor<4xf32>, %c: tensor<4xi1>, %a: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  // CHECK-DAG: %[[ONE:.*]] = gan.constant dense<1.0{{.*}}> : tensor<4xf32>
  // CHECK-DAG: %[[SLOPE:.*]] = gan.constant dense<2.0{{.*}}> : tensor<4xf32>
  // CHECK: %[[S0:.*]] = gan.select %[[C]], %[[ONE]], %[[SLOPE]]
  // CHECK: %[[Y0:.*]] = gan.mul %[[X]], %[[S0]]
  // CHECK: %[[S1:.*]] = gan.select %[[C]], %[[A]], %[[ONE]]
  // CHECK: %[[Y1:.*]] = gan.mul %[[X]], %[[S1]]
  // CHECK: return %[[Y0]], %[[Y1]]
  %slope = gan.constant dense<2.0> : tensor<4xf32>
  %sx = gan.mul %slope, %x : tensor<4xf32>
  %0 = gan.select %c, %x, %sx : tensor<4xi1>, tensor<4xf32>
  %ax = gan.mul %a, %x : tensor<4xf32>
  %1 = gan.select %c, %ax, %x : tensor<4xi1>, tensor<4xf32>
  return %0, %1 : tensor<4xf32>, tensor<4xf32>
}

// Half of the last of 10 bits goes away from zero, half of the last of 7 to even; both formats have the exponents of f32.
// CHECK-LABEL: func.func @rounded
// CHECK-SAME: (%[[X:.*]]: tensor<4xf32>)
func.func @rounded(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) {
  // CHECK-DAG: %[[TF32:.*]] = gan.constant dense<[1.00097656, -1.00097656, 0x7F800000, 1.147940e-41]> : tensor<4xf32>
  // CHECK-DAG: %[[BF16:.*]] = gan.constant dense<[1.000000e+00, -1.000000e+00, 0x7F800000, 0.000000e+00]> : tensor<4xf32>
  // CHECK-DAG: %[[ONCE:.*]] = gan.round %[[X]] to tf32
  // CHECK-DAG: %[[TWICE:.*]] = gan.round %[[ONCE]] to bf16
  // CHECK: return %[[TF32]], %[[BF16]], %[[ONCE]], %[[TWICE]]
  %c = gan.constant dense<[0x3F801000, 0xBF801000, 0x7F7FFFFF, 0x00001000]> : tensor<4xf32>
  %0 = gan.round %c to tf32 : tensor<4xf32>
  %1 = gan.round %c to bf16 : tensor<4xf32>
  %2 = gan.round %x to tf32 : tensor<4xf32>
  %3 = gan.round %2 to tf32 : tensor<4xf32>
  %4 = gan.round %3 to bf16 : tensor<4xf32>
  return %0, %1, %3, %4 : tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>
}
