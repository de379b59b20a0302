// RUN: gan-interpret %s --seed 3 --steps 2 --data random | FileCheck %s
// RUN: not gan-interpret %s --steps 1 2>&1 | FileCheck %s --check-prefix=FILES

// Moments of 4096 draws, and the known answer of Philox: the same key and counter give the same number in a draw and in data.
// CHECK: {"difference":0,"mean":{{-?0\.0[0-4]}}{{[0-9]*}},"phase":"train","step":1,"variance":{{0\.9[5-9]|1\.0[0-5]}}{{[0-9]*}}}
// CHECK-NEXT: {"difference":0,
// FILES: error: 'photos.x' of kind 'image' needs files or '--data random'
gan.model @m {
  gan.data @photos fields = [{name = "x", kind = "image", shape = array<i64: 2, 1, 1>, low = -1.0 : f64, high = 1.0 : f64}]
  func.func @init() attributes {gan.role = "init"} {
    return
  }
  func.func @train.0(%key: tensor<2xi64> {gan.key = 0 : i64}, %x: tensor<3x2x1x1xf64> {gan.data = "photos.x", gan.move = 0 : i64})
      -> (tensor<f64> {gan.metric = "mean"}, tensor<f64> {gan.metric = "variance"}, tensor<f64> {gan.metric = "difference"})
      attributes {gan.role = "step"} {
    %z = gan.random %key stream = "z" from <normal, [0.0, 1.0]> : tensor<2xi64> -> tensor<64x64xf64>
    %n = gan.constant dense<4096.0> : tensor<f64>
    %s = gan.sum %z dims = [0, 1] : tensor<64x64xf64> -> tensor<f64>
    %mean = gan.div %s, %n : tensor<f64>
    %zz = gan.mul %z, %z : tensor<64x64xf64>
    %ss = gan.sum %zz dims = [0, 1] : tensor<64x64xf64> -> tensor<f64>
    %variance = gan.div %ss, %n : tensor<f64>
    %u = gan.random %key stream = "data/photos.x" from <uniform, [-1.0, 1.0]> : tensor<2xi64> -> tensor<3x2x1x1xf64>
    %d = gan.sub %u, %x : tensor<3x2x1x1xf64>
    %a = gan.abs %d : tensor<3x2x1x1xf64>
    %difference = gan.sum %a dims = [0, 1, 2, 3] : tensor<3x2x1x1xf64> -> tensor<f64>
    return %mean, %variance, %difference : tensor<f64>, tensor<f64>, tensor<f64>
  }
  gan.phase @train 2 "steps" batch = 3 {
    gan.run @train.0 moves = 1
  }
}
