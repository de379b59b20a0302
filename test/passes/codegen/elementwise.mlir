// RUN: gan-run-kernel --sim %s | FileCheck %s

// CHECK: k0_elementwise: 1 tiles{{.*}}right
func.func @arithmetic(%x: tensor<3x37xf32>, %y: tensor<3x37xf32>) -> tensor<3x37xf32> {
  %r = gan.kernel hero(elementwise) (%x, %y) : (tensor<3x37xf32>, tensor<3x37xf32>) -> tensor<3x37xf32> {
  ^bb0(%a: tensor<3x37xf32>, %b: tensor<3x37xf32>):
    %0 = gan.add %a, %b : tensor<3x37xf32>
    %1 = gan.mul %0, %a : tensor<3x37xf32>
    %2 = gan.max %1, %b : tensor<3x37xf32>
    %3 = gan.constant dense<0.5> : tensor<3x37xf32>
    %4 = gan.sub %2, %3 : tensor<3x37xf32>
    gan.yield %4 : tensor<3x37xf32>
  }
  return %r : tensor<3x37xf32>
}

// CHECK: k1_elementwise: 4 tiles{{.*}}right
func.func @normalise(%x: tensor<8x16x8x64xf32>, %s: tensor<64xf32>, %m: tensor<f32>) -> (tensor<8x16x8x64xf32>, tensor<8x128x64xi1>) {
  %r:2 = gan.kernel hero(elementwise) (%x, %s, %m) : (tensor<8x16x8x64xf32>, tensor<64xf32>, tensor<f32>) -> (tensor<8x16x8x64xf32>, tensor<8x128x64xi1>) {
  ^bb0(%a: tensor<8x16x8x64xf32>, %b: tensor<64xf32>, %c: tensor<f32>):
    %0 = gan.broadcast %b dims = [3] : tensor<64xf32> -> tensor<8x16x8x64xf32>
    %1 = gan.broadcast %c dims = [] : tensor<f32> -> tensor<8x16x8x64xf32>
    %2 = gan.mul %a, %0 : tensor<8x16x8x64xf32>
    %3 = gan.sub %2, %1 : tensor<8x16x8x64xf32>
    %4 = gan.constant dense<0.0> : tensor<8x16x8x64xf32>
    %5 = gan.compare gt, %3, %4 : tensor<8x16x8x64xf32> -> tensor<8x16x8x64xi1>
    %6 = gan.mul %3, %1 : tensor<8x16x8x64xf32>
    %7 = gan.select %5, %3, %6 : tensor<8x16x8x64xi1>, tensor<8x16x8x64xf32>
    %8 = gan.reshape %5 : tensor<8x16x8x64xi1> -> tensor<8x128x64xi1>
    gan.yield %7, %8 : tensor<8x16x8x64xf32>, tensor<8x128x64xi1>
  }
  return %r#0, %r#1 : tensor<8x16x8x64xf32>, tensor<8x128x64xi1>
}

// CHECK: k2_elementwise: 1 tiles{{.*}}right
func.func @threeChannels(%x: tensor<2x5x7x3xf32>, %s: tensor<3xf32>) -> tensor<2x5x7x3xf32> {
  %r = gan.kernel hero(elementwise) (%x, %s) : (tensor<2x5x7x3xf32>, tensor<3xf32>) -> tensor<2x5x7x3xf32> {
  ^bb0(%a: tensor<2x5x7x3xf32>, %b: tensor<3xf32>):
    %0 = gan.broadcast %b dims = [3] : tensor<3xf32> -> tensor<2x5x7x3xf32>
    %1 = gan.mul %a, %0 : tensor<2x5x7x3xf32>
    gan.yield %1 : tensor<2x5x7x3xf32>
  }
  return %r : tensor<2x5x7x3xf32>
}

// CHECK: k3_elementwise: 1 tiles{{.*}}right
func.func @maps(%x: tensor<4x6x16xf32>, %y: tensor<4x2x16xf32>) -> tensor<16x8x6xf32> {
  %r = gan.kernel hero(elementwise) (%x, %y) : (tensor<4x6x16xf32>, tensor<4x2x16xf32>) -> tensor<16x8x6xf32> {
  ^bb0(%a: tensor<4x6x16xf32>, %b: tensor<4x2x16xf32>):
    %0 = gan.concat %a, %b dim = 1 : tensor<4x6x16xf32>, tensor<4x2x16xf32> -> tensor<4x8x16xf32>
    %1 = gan.transpose %0 permutation = [2, 1, 0] : tensor<4x8x16xf32> -> tensor<16x8x4xf32>
    %2 = gan.pad %1 low = [0, 0, 1] : tensor<16x8x4xf32> -> tensor<16x8x6xf32>
    %3 = gan.constant dense<[0.5, 1.5, 2.5, 3.5, 4.5, 5.5]> : tensor<6xf32>
    %4 = gan.broadcast %3 dims = [2] : tensor<6xf32> -> tensor<16x8x6xf32>
    %5 = gan.add %2, %4 : tensor<16x8x6xf32>
    gan.yield %5 : tensor<16x8x6xf32>
  }
  return %r : tensor<16x8x6xf32>
}

// CHECK: k4_elementwise: 1 tiles{{.*}}right
func.func @functions(%x: tensor<1000xf32>) -> tensor<1000xf32> {
  %r = gan.kernel hero(elementwise) (%x) : (tensor<1000xf32>) -> tensor<1000xf32> {
  ^bb0(%a: tensor<1000xf32>):
    %0 = gan.exp %a : tensor<1000xf32>
    %1 = gan.log %0 : tensor<1000xf32>
    %2 = gan.tanh %a : tensor<1000xf32>
    %3 = gan.sigmoid %a : tensor<1000xf32>
    %4 = gan.softplus %a : tensor<1000xf32>
    %5 = gan.sin %a : tensor<1000xf32>
    %6 = gan.cos %a : tensor<1000xf32>
    %7 = gan.pow %0, %a : tensor<1000xf32>
    %8 = gan.add %0, %1 : tensor<1000xf32>
    %9 = gan.add %8, %2 : tensor<1000xf32>
    %10 = gan.add %9, %3 : tensor<1000xf32>
    %11 = gan.add %10, %4 : tensor<1000xf32>
    %12 = gan.add %11, %5 : tensor<1000xf32>
    %13 = gan.add %12, %6 : tensor<1000xf32>
    %14 = gan.add %13, %7 : tensor<1000xf32>
    gan.yield %14 : tensor<1000xf32>
  }
  return %r : tensor<1000xf32>
}

// CHECK: k5_elementwise: 1 tiles{{.*}}right
func.func @inDouble(%x: tensor<1000xf64>) -> tensor<1000xf64> {
  %r = gan.kernel hero(elementwise) (%x) : (tensor<1000xf64>) -> tensor<1000xf64> attributes {test.tolerance = 2.0e-15} {
  ^bb0(%a: tensor<1000xf64>):
    %0 = gan.exp %a : tensor<1000xf64>
    %1 = gan.log %0 : tensor<1000xf64>
    %2 = gan.tanh %1 : tensor<1000xf64>
    %3 = gan.softplus %2 : tensor<1000xf64>
    %4 = gan.sin %3 : tensor<1000xf64>
    gan.yield %4 : tensor<1000xf64>
  }
  return %r : tensor<1000xf64>
}

// A long chain in which every value is read twice, beside an output that does not depend on it: each way is gone once.
// CHECK: k{{[0-9]+}}_elementwise: 1 tiles{{.*}}right
func.func @doubled(%x: tensor<5xf32>, %y: tensor<5xf32>) -> (tensor<5xf32>, tensor<5xf32>) {
  %r:2 = gan.kernel hero(elementwise) (%x, %y) : (tensor<5xf32>, tensor<5xf32>) -> (tensor<5xf32>, tensor<5xf32>) {
  ^bb0(%a: tensor<5xf32>, %b: tensor<5xf32>):
    %negated = gan.neg %b : tensor<5xf32>
    %0 = gan.max %a, %a : tensor<5xf32>
    %1 = gan.max %0, %0 : tensor<5xf32>
    %2 = gan.max %1, %1 : tensor<5xf32>
    %3 = gan.max %2, %2 : tensor<5xf32>
    %4 = gan.max %3, %3 : tensor<5xf32>
    %5 = gan.max %4, %4 : tensor<5xf32>
    %6 = gan.max %5, %5 : tensor<5xf32>
    %7 = gan.max %6, %6 : tensor<5xf32>
    %8 = gan.max %7, %7 : tensor<5xf32>
    %9 = gan.max %8, %8 : tensor<5xf32>
    %10 = gan.max %9, %9 : tensor<5xf32>
    %11 = gan.max %10, %10 : tensor<5xf32>
    %12 = gan.max %11, %11 : tensor<5xf32>
    %13 = gan.max %12, %12 : tensor<5xf32>
    %14 = gan.max %13, %13 : tensor<5xf32>
    %15 = gan.max %14, %14 : tensor<5xf32>
    %16 = gan.max %15, %15 : tensor<5xf32>
    %17 = gan.max %16, %16 : tensor<5xf32>
    %18 = gan.max %17, %17 : tensor<5xf32>
    %19 = gan.max %18, %18 : tensor<5xf32>
    %20 = gan.max %19, %19 : tensor<5xf32>
    %21 = gan.max %20, %20 : tensor<5xf32>
    %22 = gan.max %21, %21 : tensor<5xf32>
    %23 = gan.max %22, %22 : tensor<5xf32>
    %24 = gan.max %23, %23 : tensor<5xf32>
    %25 = gan.max %24, %24 : tensor<5xf32>
    %26 = gan.max %25, %25 : tensor<5xf32>
    %27 = gan.max %26, %26 : tensor<5xf32>
    %28 = gan.max %27, %27 : tensor<5xf32>
    %29 = gan.max %28, %28 : tensor<5xf32>
    %30 = gan.max %29, %29 : tensor<5xf32>
    %31 = gan.max %30, %30 : tensor<5xf32>
    %32 = gan.max %31, %31 : tensor<5xf32>
    %33 = gan.max %32, %32 : tensor<5xf32>
    %34 = gan.max %33, %33 : tensor<5xf32>
    %35 = gan.max %34, %34 : tensor<5xf32>
    %36 = gan.max %35, %35 : tensor<5xf32>
    %37 = gan.max %36, %36 : tensor<5xf32>
    %38 = gan.max %37, %37 : tensor<5xf32>
    %39 = gan.max %38, %38 : tensor<5xf32>
    %40 = gan.max %39, %39 : tensor<5xf32>
    %41 = gan.max %40, %40 : tensor<5xf32>
    %42 = gan.max %41, %41 : tensor<5xf32>
    %43 = gan.max %42, %42 : tensor<5xf32>
    %44 = gan.max %43, %43 : tensor<5xf32>
    %45 = gan.max %44, %44 : tensor<5xf32>
    %46 = gan.max %45, %45 : tensor<5xf32>
    %47 = gan.max %46, %46 : tensor<5xf32>
    gan.yield %negated, %47 : tensor<5xf32>, tensor<5xf32>
  }
  return %r#0, %r#1 : tensor<5xf32>, tensor<5xf32>
}
