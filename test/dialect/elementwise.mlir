// RUN: gan-opt %s | gan-opt | FileCheck %s

// CHECK-LABEL: func.func @unary
func.func @unary(%x: tensor<4xf64>) {
  // CHECK: gan.neg %{{.*}} : tensor<4xf64>
  %neg = gan.neg %x : tensor<4xf64>
  // CHECK: gan.exp %{{.*}} : tensor<4xf64>
  %exp = gan.exp %x : tensor<4xf64>
  // CHECK: gan.log %{{.*}} : tensor<4xf64>
  %log = gan.log %x : tensor<4xf64>
  // CHECK: gan.sqrt %{{.*}} : tensor<4xf64>
  %sqrt = gan.sqrt %x : tensor<4xf64>
  // CHECK: gan.rsqrt %{{.*}} : tensor<4xf64>
  %rsqrt = gan.rsqrt %x : tensor<4xf64>
  // CHECK: gan.sin %{{.*}} : tensor<4xf64>
  %sin = gan.sin %x : tensor<4xf64>
  // CHECK: gan.cos %{{.*}} : tensor<4xf64>
  %cos = gan.cos %x : tensor<4xf64>
  // CHECK: gan.tanh %{{.*}} : tensor<4xf64>
  %tanh = gan.tanh %x : tensor<4xf64>
  // CHECK: gan.sigmoid %{{.*}} : tensor<4xf64>
  %sigmoid = gan.sigmoid %x : tensor<4xf64>
  // CHECK: gan.softplus %{{.*}} : tensor<4xf64>
  %softplus = gan.softplus %x : tensor<4xf64>
  // CHECK: gan.abs %{{.*}} : tensor<4xf64>
  %abs = gan.abs %x : tensor<4xf64>
  // CHECK: gan.sign %{{.*}} : tensor<4xf64>
  %sign = gan.sign %x : tensor<4xf64>
  // CHECK: gan.floor %{{.*}} : tensor<4xf64>
  %floor = gan.floor %x : tensor<4xf64>
  // CHECK: gan.stop_gradient %{{.*}} : tensor<4xf64>
  %stop_gradient = gan.stop_gradient %x : tensor<4xf64>
  // CHECK: gan.variable %{{.*}} : tensor<4xf64>
  %variable = gan.variable %x : tensor<4xf64>
  return
}

// CHECK-LABEL: func.func @round
func.func @round(%x: tensor<4xf32>) {
  // CHECK: gan.round %{{.*}} to tf32 : tensor<4xf32>
  %tf32 = gan.round %x to tf32 : tensor<4xf32>
  // CHECK: gan.round %{{.*}} to bf16 : tensor<4xf32>
  %bf16 = gan.round %x to bf16 : tensor<4xf32>
  return
}

// CHECK-LABEL: func.func @binary
func.func @binary(%a: tensor<2x3xf32>, %b: tensor<2x3xf32>) {
  // CHECK: gan.add %{{.*}}, %{{.*}} : tensor<2x3xf32>
  %add = gan.add %a, %b : tensor<2x3xf32>
  // CHECK: gan.sub %{{.*}}, %{{.*}} : tensor<2x3xf32>
  %sub = gan.sub %a, %b : tensor<2x3xf32>
  // CHECK: gan.mul %{{.*}}, %{{.*}} : tensor<2x3xf32>
  %mul = gan.mul %a, %b : tensor<2x3xf32>
  // CHECK: gan.div %{{.*}}, %{{.*}} : tensor<2x3xf32>
  %div = gan.div %a, %b : tensor<2x3xf32>
  // CHECK: gan.pow %{{.*}}, %{{.*}} : tensor<2x3xf32>
  %pow = gan.pow %a, %b : tensor<2x3xf32>
  // CHECK: gan.max %{{.*}}, %{{.*}} : tensor<2x3xf32>
  %max = gan.max %a, %b : tensor<2x3xf32>
  // CHECK: gan.min %{{.*}}, %{{.*}} : tensor<2x3xf32>
  %min = gan.min %a, %b : tensor<2x3xf32>
  // CHECK: gan.average %{{.*}}, %{{.*}}, %{{.*}} : (tensor<2x3xf32>, tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
  %average = gan.average %a, %b, %a : (tensor<2x3xf32>, tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
  return
}

// CHECK-LABEL: func.func @choice
func.func @choice(%a: tensor<4xf32>, %b: tensor<4xf32>, %i: tensor<4xi32>) {
  // CHECK: gan.compare gt, %{{.*}}, %{{.*}} : tensor<4xf32> -> tensor<4xi1>
  %c = gan.compare gt, %a, %b : tensor<4xf32> -> tensor<4xi1>
  // CHECK: gan.select %{{.*}}, %{{.*}}, %{{.*}} : tensor<4xi1>, tensor<4xf32>
  %s = gan.select %c, %a, %b : tensor<4xi1>, tensor<4xf32>
  // CHECK: gan.cast %{{.*}} : tensor<4xi32> -> tensor<4xf32>
  %r = gan.cast %i : tensor<4xi32> -> tensor<4xf32>
  // CHECK: gan.cast %{{.*}} : tensor<4xf32> -> tensor<4xbf16>
  %h = gan.cast %r : tensor<4xf32> -> tensor<4xbf16>
  // CHECK: gan.reshape %{{.*}} : tensor<4xbf16> -> tensor<2x2xbf16>
  %v = gan.reshape %h : tensor<4xbf16> -> tensor<2x2xbf16>
  // CHECK: gan.cast %{{.*}} : tensor<2x2xbf16> -> tensor<2x2xf32>
  %f = gan.cast %v : tensor<2x2xbf16> -> tensor<2x2xf32>
  return
}
