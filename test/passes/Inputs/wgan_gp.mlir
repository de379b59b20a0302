module {
  gan.model @wgan_gp attributes {arguments = {batch = 4 : i64, critic_steps = 5 : i64, lambda = 1.000000e+01 : f64, width = 4 : i64}} {
    gan.storage @G.dense.0.weight  param tensor<256x128xf64> init = <uniform, [-0.088388347648318433, 0.088388347648318433]> owner = "G"
    gan.storage @G.dense.0.bias  param tensor<256xf64> init = <uniform, [-0.088388347648318433, 0.088388347648318433]> owner = "G"
    gan.storage @G.batch_norm.0.running_mean  state tensor<16xf64> init = <constant, [0.000000e+00]> owner = "G"
    gan.storage @G.batch_norm.0.running_var  state tensor<16xf64> init = <constant, [1.000000e+00]> owner = "G"
    gan.storage @G.batch_norm.0.weight  param tensor<16xf64> init = <constant, [1.000000e+00]> owner = "G"
    gan.storage @G.batch_norm.0.bias  param tensor<16xf64> init = <constant, [0.000000e+00]> owner = "G"
    gan.storage @G.conv_transpose.0.weight  param tensor<16x8x5x5xf64> init = <uniform, [-0.070710678118654752, 0.070710678118654752]> owner = "G"
    gan.storage @G.conv_transpose.0.bias  param tensor<8xf64> init = <uniform, [-0.070710678118654752, 0.070710678118654752]> owner = "G"
    gan.storage @G.batch_norm.1.running_mean  state tensor<8xf64> init = <constant, [0.000000e+00]> owner = "G"
    gan.storage @G.batch_norm.1.running_var  state tensor<8xf64> init = <constant, [1.000000e+00]> owner = "G"
    gan.storage @G.batch_norm.1.weight  param tensor<8xf64> init = <constant, [1.000000e+00]> owner = "G"
    gan.storage @G.batch_norm.1.bias  param tensor<8xf64> init = <constant, [0.000000e+00]> owner = "G"
    gan.storage @G.conv_transpose.1.weight  param tensor<8x4x5x5xf64> init = <uniform, [-1.000000e-01, 1.000000e-01]> owner = "G"
    gan.storage @G.conv_transpose.1.bias  param tensor<4xf64> init = <uniform, [-1.000000e-01, 1.000000e-01]> owner = "G"
    gan.storage @G.batch_norm.2.running_mean  state tensor<4xf64> init = <constant, [0.000000e+00]> owner = "G"
    gan.storage @G.batch_norm.2.running_var  state tensor<4xf64> init = <constant, [1.000000e+00]> owner = "G"
    gan.storage @G.batch_norm.2.weight  param tensor<4xf64> init = <constant, [1.000000e+00]> owner = "G"
    gan.storage @G.batch_norm.2.bias  param tensor<4xf64> init = <constant, [0.000000e+00]> owner = "G"
    gan.storage @G.conv_transpose.2.weight  param tensor<4x3x5x5xf64> init = <uniform, [-0.11547005383792514, 0.11547005383792514]> owner = "G"
    gan.storage @G.conv_transpose.2.bias  param tensor<3xf64> init = <uniform, [-0.11547005383792514, 0.11547005383792514]> owner = "G"
    gan.storage @D.conv.0.weight  param tensor<4x3x5x5xf64> init = <uniform, [-0.11547005383792514, 0.11547005383792514]> owner = "D"
    gan.storage @D.conv.0.bias  param tensor<4xf64> init = <uniform, [-0.11547005383792514, 0.11547005383792514]> owner = "D"
    gan.storage @D.conv.1.weight  param tensor<8x4x5x5xf64> init = <uniform, [-1.000000e-01, 1.000000e-01]> owner = "D"
    gan.storage @D.conv.1.bias  param tensor<8xf64> init = <uniform, [-1.000000e-01, 1.000000e-01]> owner = "D"
    gan.storage @D.conv.2.weight  param tensor<16x8x5x5xf64> init = <uniform, [-0.070710678118654752, 0.070710678118654752]> owner = "D"
    gan.storage @D.conv.2.bias  param tensor<16xf64> init = <uniform, [-0.070710678118654752, 0.070710678118654752]> owner = "D"
    gan.storage @D.dense.0.weight  param tensor<1x256xf64> init = <uniform, [-6.250000e-02, 6.250000e-02]> owner = "D"
    gan.storage @D.dense.0.bias  param tensor<1xf64> init = <uniform, [-6.250000e-02, 6.250000e-02]> owner = "D"
    gan.storage @generator.G.dense.0.weight.m  optimizer tensor<256x128xf64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.dense.0.weight.v  optimizer tensor<256x128xf64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.dense.0.weight.t  optimizer tensor<f64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.dense.0.bias.m  optimizer tensor<256xf64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.dense.0.bias.v  optimizer tensor<256xf64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.dense.0.bias.t  optimizer tensor<f64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.batch_norm.0.weight.m  optimizer tensor<16xf64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.batch_norm.0.weight.v  optimizer tensor<16xf64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.batch_norm.0.weight.t  optimizer tensor<f64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.batch_norm.0.bias.m  optimizer tensor<16xf64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.batch_norm.0.bias.v  optimizer tensor<16xf64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.batch_norm.0.bias.t  optimizer tensor<f64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.conv_transpose.0.weight.m  optimizer tensor<16x8x5x5xf64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.conv_transpose.0.weight.v  optimizer tensor<16x8x5x5xf64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.conv_transpose.0.weight.t  optimizer tensor<f64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.conv_transpose.0.bias.m  optimizer tensor<8xf64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.conv_transpose.0.bias.v  optimizer tensor<8xf64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.conv_transpose.0.bias.t  optimizer tensor<f64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.batch_norm.1.weight.m  optimizer tensor<8xf64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.batch_norm.1.weight.v  optimizer tensor<8xf64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.batch_norm.1.weight.t  optimizer tensor<f64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.batch_norm.1.bias.m  optimizer tensor<8xf64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.batch_norm.1.bias.v  optimizer tensor<8xf64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.batch_norm.1.bias.t  optimizer tensor<f64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.conv_transpose.1.weight.m  optimizer tensor<8x4x5x5xf64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.conv_transpose.1.weight.v  optimizer tensor<8x4x5x5xf64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.conv_transpose.1.weight.t  optimizer tensor<f64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.conv_transpose.1.bias.m  optimizer tensor<4xf64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.conv_transpose.1.bias.v  optimizer tensor<4xf64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.conv_transpose.1.bias.t  optimizer tensor<f64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.batch_norm.2.weight.m  optimizer tensor<4xf64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.batch_norm.2.weight.v  optimizer tensor<4xf64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.batch_norm.2.weight.t  optimizer tensor<f64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.batch_norm.2.bias.m  optimizer tensor<4xf64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.batch_norm.2.bias.v  optimizer tensor<4xf64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.batch_norm.2.bias.t  optimizer tensor<f64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.conv_transpose.2.weight.m  optimizer tensor<4x3x5x5xf64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.conv_transpose.2.weight.v  optimizer tensor<4x3x5x5xf64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.conv_transpose.2.weight.t  optimizer tensor<f64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.conv_transpose.2.bias.m  optimizer tensor<3xf64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.conv_transpose.2.bias.v  optimizer tensor<3xf64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.conv_transpose.2.bias.t  optimizer tensor<f64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @G_avg.dense.0.weight  param tensor<256x128xf64> copy = @G.dense.0.weight owner = "G_avg"
    gan.storage @G_avg.dense.0.bias  param tensor<256xf64> copy = @G.dense.0.bias owner = "G_avg"
    gan.storage @G_avg.batch_norm.0.running_mean  state tensor<16xf64> copy = @G.batch_norm.0.running_mean owner = "G_avg"
    gan.storage @G_avg.batch_norm.0.running_var  state tensor<16xf64> copy = @G.batch_norm.0.running_var owner = "G_avg"
    gan.storage @G_avg.batch_norm.0.weight  param tensor<16xf64> copy = @G.batch_norm.0.weight owner = "G_avg"
    gan.storage @G_avg.batch_norm.0.bias  param tensor<16xf64> copy = @G.batch_norm.0.bias owner = "G_avg"
    gan.storage @G_avg.conv_transpose.0.weight  param tensor<16x8x5x5xf64> copy = @G.conv_transpose.0.weight owner = "G_avg"
    gan.storage @G_avg.conv_transpose.0.bias  param tensor<8xf64> copy = @G.conv_transpose.0.bias owner = "G_avg"
    gan.storage @G_avg.batch_norm.1.running_mean  state tensor<8xf64> copy = @G.batch_norm.1.running_mean owner = "G_avg"
    gan.storage @G_avg.batch_norm.1.running_var  state tensor<8xf64> copy = @G.batch_norm.1.running_var owner = "G_avg"
    gan.storage @G_avg.batch_norm.1.weight  param tensor<8xf64> copy = @G.batch_norm.1.weight owner = "G_avg"
    gan.storage @G_avg.batch_norm.1.bias  param tensor<8xf64> copy = @G.batch_norm.1.bias owner = "G_avg"
    gan.storage @G_avg.conv_transpose.1.weight  param tensor<8x4x5x5xf64> copy = @G.conv_transpose.1.weight owner = "G_avg"
    gan.storage @G_avg.conv_transpose.1.bias  param tensor<4xf64> copy = @G.conv_transpose.1.bias owner = "G_avg"
    gan.storage @G_avg.batch_norm.2.running_mean  state tensor<4xf64> copy = @G.batch_norm.2.running_mean owner = "G_avg"
    gan.storage @G_avg.batch_norm.2.running_var  state tensor<4xf64> copy = @G.batch_norm.2.running_var owner = "G_avg"
    gan.storage @G_avg.batch_norm.2.weight  param tensor<4xf64> copy = @G.batch_norm.2.weight owner = "G_avg"
    gan.storage @G_avg.batch_norm.2.bias  param tensor<4xf64> copy = @G.batch_norm.2.bias owner = "G_avg"
    gan.storage @G_avg.conv_transpose.2.weight  param tensor<4x3x5x5xf64> copy = @G.conv_transpose.2.weight owner = "G_avg"
    gan.storage @G_avg.conv_transpose.2.bias  param tensor<3xf64> copy = @G.conv_transpose.2.bias owner = "G_avg"
    gan.storage @critic.D.conv.0.weight.m  optimizer tensor<4x3x5x5xf64> init = <constant, [0.000000e+00]> owner = "critic"
    gan.storage @critic.D.conv.0.weight.v  optimizer tensor<4x3x5x5xf64> init = <constant, [0.000000e+00]> owner = "critic"
    gan.storage @critic.D.conv.0.weight.t  optimizer tensor<f64> init = <constant, [0.000000e+00]> owner = "critic"
    gan.storage @critic.D.conv.0.bias.m  optimizer tensor<4xf64> init = <constant, [0.000000e+00]> owner = "critic"
    gan.storage @critic.D.conv.0.bias.v  optimizer tensor<4xf64> init = <constant, [0.000000e+00]> owner = "critic"
    gan.storage @critic.D.conv.0.bias.t  optimizer tensor<f64> init = <constant, [0.000000e+00]> owner = "critic"
    gan.storage @critic.D.conv.1.weight.m  optimizer tensor<8x4x5x5xf64> init = <constant, [0.000000e+00]> owner = "critic"
    gan.storage @critic.D.conv.1.weight.v  optimizer tensor<8x4x5x5xf64> init = <constant, [0.000000e+00]> owner = "critic"
    gan.storage @critic.D.conv.1.weight.t  optimizer tensor<f64> init = <constant, [0.000000e+00]> owner = "critic"
    gan.storage @critic.D.conv.1.bias.m  optimizer tensor<8xf64> init = <constant, [0.000000e+00]> owner = "critic"
    gan.storage @critic.D.conv.1.bias.v  optimizer tensor<8xf64> init = <constant, [0.000000e+00]> owner = "critic"
    gan.storage @critic.D.conv.1.bias.t  optimizer tensor<f64> init = <constant, [0.000000e+00]> owner = "critic"
    gan.storage @critic.D.conv.2.weight.m  optimizer tensor<16x8x5x5xf64> init = <constant, [0.000000e+00]> owner = "critic"
    gan.storage @critic.D.conv.2.weight.v  optimizer tensor<16x8x5x5xf64> init = <constant, [0.000000e+00]> owner = "critic"
    gan.storage @critic.D.conv.2.weight.t  optimizer tensor<f64> init = <constant, [0.000000e+00]> owner = "critic"
    gan.storage @critic.D.conv.2.bias.m  optimizer tensor<16xf64> init = <constant, [0.000000e+00]> owner = "critic"
    gan.storage @critic.D.conv.2.bias.v  optimizer tensor<16xf64> init = <constant, [0.000000e+00]> owner = "critic"
    gan.storage @critic.D.conv.2.bias.t  optimizer tensor<f64> init = <constant, [0.000000e+00]> owner = "critic"
    gan.storage @critic.D.dense.0.weight.m  optimizer tensor<1x256xf64> init = <constant, [0.000000e+00]> owner = "critic"
    gan.storage @critic.D.dense.0.weight.v  optimizer tensor<1x256xf64> init = <constant, [0.000000e+00]> owner = "critic"
    gan.storage @critic.D.dense.0.weight.t  optimizer tensor<f64> init = <constant, [0.000000e+00]> owner = "critic"
    gan.storage @critic.D.dense.0.bias.m  optimizer tensor<1xf64> init = <constant, [0.000000e+00]> owner = "critic"
    gan.storage @critic.D.dense.0.bias.v  optimizer tensor<1xf64> init = <constant, [0.000000e+00]> owner = "critic"
    gan.storage @critic.D.dense.0.bias.t  optimizer tensor<f64> init = <constant, [0.000000e+00]> owner = "critic"
    gan.data @cifar fields = [{high = 1.000000e+00 : f64, kind = "image", low = -1.000000e+00 : f64, name = "x", shape = array<i64: 3, 32, 32>}]
    func.func @generator_4(%arg0: tensor<2xi64>) attributes {gan.role = "player"} {
      %0 = gan.random %arg0 stream = "z" from <normal, [0.000000e+00, 1.000000e+00]> : tensor<2xi64> -> tensor<4x128xf64>
      %1 = gan.call @G_train_4(%arg0, %0) path = "G#0" : (tensor<2xi64>, tensor<4x128xf64>) -> tensor<4x3x32x32xf64>
      %2 = gan.call @D_train_4(%arg0, %1) path = "D#0" : (tensor<2xi64>, tensor<4x3x32x32xf64>) -> tensor<4xf64>
      %3 = gan.sum %2 dims = [0] : tensor<4xf64> -> tensor<f64>
      %4 = gan.constant dense<2.500000e-01> : tensor<f64>
      %5 = gan.mul %3, %4 : tensor<f64>
      %6 = gan.neg %5 : tensor<f64>
      gan.report %6 as "generator.loss" : tensor<f64>
      %7 = gan.load @G.dense.0.weight : tensor<256x128xf64>
      %8 = gan.load @G.dense.0.bias : tensor<256xf64>
      %9 = gan.load @G.batch_norm.0.weight : tensor<16xf64>
      %10 = gan.load @G.batch_norm.0.bias : tensor<16xf64>
      %11 = gan.load @G.conv_transpose.0.weight : tensor<16x8x5x5xf64>
      %12 = gan.load @G.conv_transpose.0.bias : tensor<8xf64>
      %13 = gan.load @G.batch_norm.1.weight : tensor<8xf64>
      %14 = gan.load @G.batch_norm.1.bias : tensor<8xf64>
      %15 = gan.load @G.conv_transpose.1.weight : tensor<8x4x5x5xf64>
      %16 = gan.load @G.conv_transpose.1.bias : tensor<4xf64>
      %17 = gan.load @G.batch_norm.2.weight : tensor<4xf64>
      %18 = gan.load @G.batch_norm.2.bias : tensor<4xf64>
      %19 = gan.load @G.conv_transpose.2.weight : tensor<4x3x5x5xf64>
      %20 = gan.load @G.conv_transpose.2.bias : tensor<3xf64>
      %21:14 = gan.grad %6 wrt %7, %8, %9, %10, %11, %12, %13, %14, %15, %16, %17, %18, %19, %20 : (tensor<f64>, tensor<256x128xf64>, tensor<256xf64>, tensor<16xf64>, tensor<16xf64>, tensor<16x8x5x5xf64>, tensor<8xf64>, tensor<8xf64>, tensor<8xf64>, tensor<8x4x5x5xf64>, tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<4x3x5x5xf64>, tensor<3xf64>) -> (tensor<256x128xf64>, tensor<256xf64>, tensor<16xf64>, tensor<16xf64>, tensor<16x8x5x5xf64>, tensor<8xf64>, tensor<8xf64>, tensor<8xf64>, tensor<8x4x5x5xf64>, tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<4x3x5x5xf64>, tensor<3xf64>)
      %22 = gan.load @generator.G.dense.0.weight.m : tensor<256x128xf64>
      %23 = gan.load @generator.G.dense.0.weight.v : tensor<256x128xf64>
      %24 = gan.load @generator.G.dense.0.weight.t : tensor<f64>
      %25 = gan.constant dense<1.000000e+00> : tensor<f64>
      %26 = gan.add %24, %25 : tensor<f64>
      gan.store %26, @generator.G.dense.0.weight.t : tensor<f64>
      %27 = gan.sub %21#0, %22 : tensor<256x128xf64>
      %28 = gan.constant dense<5.000000e-01> : tensor<f64>
      %29 = gan.constant dense<5.000000e-01> : tensor<256x128xf64>
      %30 = gan.mul %27, %29 : tensor<256x128xf64>
      %31 = gan.add %22, %30 : tensor<256x128xf64>
      gan.store %31, @generator.G.dense.0.weight.m : tensor<256x128xf64>
      %32 = gan.mul %21#0, %21#0 : tensor<256x128xf64>
      %33 = gan.sub %32, %23 : tensor<256x128xf64>
      %34 = gan.constant dense<0.099999999999999978> : tensor<f64>
      %35 = gan.constant dense<0.099999999999999978> : tensor<256x128xf64>
      %36 = gan.mul %33, %35 : tensor<256x128xf64>
      %37 = gan.add %23, %36 : tensor<256x128xf64>
      gan.store %37, @generator.G.dense.0.weight.v : tensor<256x128xf64>
      %38 = gan.constant dense<5.000000e-01> : tensor<f64>
      %39 = gan.pow %38, %26 : tensor<f64>
      %40 = gan.constant dense<1.000000e+00> : tensor<f64>
      %41 = gan.sub %40, %39 : tensor<f64>
      %42 = gan.broadcast %41 dims = [] : tensor<f64> -> tensor<256x128xf64>
      %43 = gan.div %31, %42 : tensor<256x128xf64>
      %44 = gan.constant dense<1.000000e-04> : tensor<f64>
      %45 = gan.constant dense<1.000000e-04> : tensor<256x128xf64>
      %46 = gan.mul %45, %43 : tensor<256x128xf64>
      %47 = gan.constant dense<9.000000e-01> : tensor<f64>
      %48 = gan.pow %47, %26 : tensor<f64>
      %49 = gan.constant dense<1.000000e+00> : tensor<f64>
      %50 = gan.sub %49, %48 : tensor<f64>
      %51 = gan.broadcast %50 dims = [] : tensor<f64> -> tensor<256x128xf64>
      %52 = gan.div %37, %51 : tensor<256x128xf64>
      %53 = gan.sqrt %52 : tensor<256x128xf64>
      %54 = gan.constant dense<1.000000e-08> : tensor<f64>
      %55 = gan.constant dense<1.000000e-08> : tensor<256x128xf64>
      %56 = gan.add %53, %55 : tensor<256x128xf64>
      %57 = gan.div %46, %56 : tensor<256x128xf64>
      %58 = gan.sub %7, %57 : tensor<256x128xf64>
      %59 = gan.load @generator.G.dense.0.bias.m : tensor<256xf64>
      %60 = gan.load @generator.G.dense.0.bias.v : tensor<256xf64>
      %61 = gan.load @generator.G.dense.0.bias.t : tensor<f64>
      %62 = gan.constant dense<1.000000e+00> : tensor<f64>
      %63 = gan.add %61, %62 : tensor<f64>
      gan.store %63, @generator.G.dense.0.bias.t : tensor<f64>
      %64 = gan.sub %21#1, %59 : tensor<256xf64>
      %65 = gan.constant dense<5.000000e-01> : tensor<f64>
      %66 = gan.constant dense<5.000000e-01> : tensor<256xf64>
      %67 = gan.mul %64, %66 : tensor<256xf64>
      %68 = gan.add %59, %67 : tensor<256xf64>
      gan.store %68, @generator.G.dense.0.bias.m : tensor<256xf64>
      %69 = gan.mul %21#1, %21#1 : tensor<256xf64>
      %70 = gan.sub %69, %60 : tensor<256xf64>
      %71 = gan.constant dense<0.099999999999999978> : tensor<f64>
      %72 = gan.constant dense<0.099999999999999978> : tensor<256xf64>
      %73 = gan.mul %70, %72 : tensor<256xf64>
      %74 = gan.add %60, %73 : tensor<256xf64>
      gan.store %74, @generator.G.dense.0.bias.v : tensor<256xf64>
      %75 = gan.constant dense<5.000000e-01> : tensor<f64>
      %76 = gan.pow %75, %63 : tensor<f64>
      %77 = gan.constant dense<1.000000e+00> : tensor<f64>
      %78 = gan.sub %77, %76 : tensor<f64>
      %79 = gan.broadcast %78 dims = [] : tensor<f64> -> tensor<256xf64>
      %80 = gan.div %68, %79 : tensor<256xf64>
      %81 = gan.constant dense<1.000000e-04> : tensor<f64>
      %82 = gan.constant dense<1.000000e-04> : tensor<256xf64>
      %83 = gan.mul %82, %80 : tensor<256xf64>
      %84 = gan.constant dense<9.000000e-01> : tensor<f64>
      %85 = gan.pow %84, %63 : tensor<f64>
      %86 = gan.constant dense<1.000000e+00> : tensor<f64>
      %87 = gan.sub %86, %85 : tensor<f64>
      %88 = gan.broadcast %87 dims = [] : tensor<f64> -> tensor<256xf64>
      %89 = gan.div %74, %88 : tensor<256xf64>
      %90 = gan.sqrt %89 : tensor<256xf64>
      %91 = gan.constant dense<1.000000e-08> : tensor<f64>
      %92 = gan.constant dense<1.000000e-08> : tensor<256xf64>
      %93 = gan.add %90, %92 : tensor<256xf64>
      %94 = gan.div %83, %93 : tensor<256xf64>
      %95 = gan.sub %8, %94 : tensor<256xf64>
      %96 = gan.load @generator.G.batch_norm.0.weight.m : tensor<16xf64>
      %97 = gan.load @generator.G.batch_norm.0.weight.v : tensor<16xf64>
      %98 = gan.load @generator.G.batch_norm.0.weight.t : tensor<f64>
      %99 = gan.constant dense<1.000000e+00> : tensor<f64>
      %100 = gan.add %98, %99 : tensor<f64>
      gan.store %100, @generator.G.batch_norm.0.weight.t : tensor<f64>
      %101 = gan.sub %21#2, %96 : tensor<16xf64>
      %102 = gan.constant dense<5.000000e-01> : tensor<f64>
      %103 = gan.constant dense<5.000000e-01> : tensor<16xf64>
      %104 = gan.mul %101, %103 : tensor<16xf64>
      %105 = gan.add %96, %104 : tensor<16xf64>
      gan.store %105, @generator.G.batch_norm.0.weight.m : tensor<16xf64>
      %106 = gan.mul %21#2, %21#2 : tensor<16xf64>
      %107 = gan.sub %106, %97 : tensor<16xf64>
      %108 = gan.constant dense<0.099999999999999978> : tensor<f64>
      %109 = gan.constant dense<0.099999999999999978> : tensor<16xf64>
      %110 = gan.mul %107, %109 : tensor<16xf64>
      %111 = gan.add %97, %110 : tensor<16xf64>
      gan.store %111, @generator.G.batch_norm.0.weight.v : tensor<16xf64>
      %112 = gan.constant dense<5.000000e-01> : tensor<f64>
      %113 = gan.pow %112, %100 : tensor<f64>
      %114 = gan.constant dense<1.000000e+00> : tensor<f64>
      %115 = gan.sub %114, %113 : tensor<f64>
      %116 = gan.broadcast %115 dims = [] : tensor<f64> -> tensor<16xf64>
      %117 = gan.div %105, %116 : tensor<16xf64>
      %118 = gan.constant dense<1.000000e-04> : tensor<f64>
      %119 = gan.constant dense<1.000000e-04> : tensor<16xf64>
      %120 = gan.mul %119, %117 : tensor<16xf64>
      %121 = gan.constant dense<9.000000e-01> : tensor<f64>
      %122 = gan.pow %121, %100 : tensor<f64>
      %123 = gan.constant dense<1.000000e+00> : tensor<f64>
      %124 = gan.sub %123, %122 : tensor<f64>
      %125 = gan.broadcast %124 dims = [] : tensor<f64> -> tensor<16xf64>
      %126 = gan.div %111, %125 : tensor<16xf64>
      %127 = gan.sqrt %126 : tensor<16xf64>
      %128 = gan.constant dense<1.000000e-08> : tensor<f64>
      %129 = gan.constant dense<1.000000e-08> : tensor<16xf64>
      %130 = gan.add %127, %129 : tensor<16xf64>
      %131 = gan.div %120, %130 : tensor<16xf64>
      %132 = gan.sub %9, %131 : tensor<16xf64>
      %133 = gan.load @generator.G.batch_norm.0.bias.m : tensor<16xf64>
      %134 = gan.load @generator.G.batch_norm.0.bias.v : tensor<16xf64>
      %135 = gan.load @generator.G.batch_norm.0.bias.t : tensor<f64>
      %136 = gan.constant dense<1.000000e+00> : tensor<f64>
      %137 = gan.add %135, %136 : tensor<f64>
      gan.store %137, @generator.G.batch_norm.0.bias.t : tensor<f64>
      %138 = gan.sub %21#3, %133 : tensor<16xf64>
      %139 = gan.constant dense<5.000000e-01> : tensor<f64>
      %140 = gan.constant dense<5.000000e-01> : tensor<16xf64>
      %141 = gan.mul %138, %140 : tensor<16xf64>
      %142 = gan.add %133, %141 : tensor<16xf64>
      gan.store %142, @generator.G.batch_norm.0.bias.m : tensor<16xf64>
      %143 = gan.mul %21#3, %21#3 : tensor<16xf64>
      %144 = gan.sub %143, %134 : tensor<16xf64>
      %145 = gan.constant dense<0.099999999999999978> : tensor<f64>
      %146 = gan.constant dense<0.099999999999999978> : tensor<16xf64>
      %147 = gan.mul %144, %146 : tensor<16xf64>
      %148 = gan.add %134, %147 : tensor<16xf64>
      gan.store %148, @generator.G.batch_norm.0.bias.v : tensor<16xf64>
      %149 = gan.constant dense<5.000000e-01> : tensor<f64>
      %150 = gan.pow %149, %137 : tensor<f64>
      %151 = gan.constant dense<1.000000e+00> : tensor<f64>
      %152 = gan.sub %151, %150 : tensor<f64>
      %153 = gan.broadcast %152 dims = [] : tensor<f64> -> tensor<16xf64>
      %154 = gan.div %142, %153 : tensor<16xf64>
      %155 = gan.constant dense<1.000000e-04> : tensor<f64>
      %156 = gan.constant dense<1.000000e-04> : tensor<16xf64>
      %157 = gan.mul %156, %154 : tensor<16xf64>
      %158 = gan.constant dense<9.000000e-01> : tensor<f64>
      %159 = gan.pow %158, %137 : tensor<f64>
      %160 = gan.constant dense<1.000000e+00> : tensor<f64>
      %161 = gan.sub %160, %159 : tensor<f64>
      %162 = gan.broadcast %161 dims = [] : tensor<f64> -> tensor<16xf64>
      %163 = gan.div %148, %162 : tensor<16xf64>
      %164 = gan.sqrt %163 : tensor<16xf64>
      %165 = gan.constant dense<1.000000e-08> : tensor<f64>
      %166 = gan.constant dense<1.000000e-08> : tensor<16xf64>
      %167 = gan.add %164, %166 : tensor<16xf64>
      %168 = gan.div %157, %167 : tensor<16xf64>
      %169 = gan.sub %10, %168 : tensor<16xf64>
      %170 = gan.load @generator.G.conv_transpose.0.weight.m : tensor<16x8x5x5xf64>
      %171 = gan.load @generator.G.conv_transpose.0.weight.v : tensor<16x8x5x5xf64>
      %172 = gan.load @generator.G.conv_transpose.0.weight.t : tensor<f64>
      %173 = gan.constant dense<1.000000e+00> : tensor<f64>
      %174 = gan.add %172, %173 : tensor<f64>
      gan.store %174, @generator.G.conv_transpose.0.weight.t : tensor<f64>
      %175 = gan.sub %21#4, %170 : tensor<16x8x5x5xf64>
      %176 = gan.constant dense<5.000000e-01> : tensor<f64>
      %177 = gan.constant dense<5.000000e-01> : tensor<16x8x5x5xf64>
      %178 = gan.mul %175, %177 : tensor<16x8x5x5xf64>
      %179 = gan.add %170, %178 : tensor<16x8x5x5xf64>
      gan.store %179, @generator.G.conv_transpose.0.weight.m : tensor<16x8x5x5xf64>
      %180 = gan.mul %21#4, %21#4 : tensor<16x8x5x5xf64>
      %181 = gan.sub %180, %171 : tensor<16x8x5x5xf64>
      %182 = gan.constant dense<0.099999999999999978> : tensor<f64>
      %183 = gan.constant dense<0.099999999999999978> : tensor<16x8x5x5xf64>
      %184 = gan.mul %181, %183 : tensor<16x8x5x5xf64>
      %185 = gan.add %171, %184 : tensor<16x8x5x5xf64>
      gan.store %185, @generator.G.conv_transpose.0.weight.v : tensor<16x8x5x5xf64>
      %186 = gan.constant dense<5.000000e-01> : tensor<f64>
      %187 = gan.pow %186, %174 : tensor<f64>
      %188 = gan.constant dense<1.000000e+00> : tensor<f64>
      %189 = gan.sub %188, %187 : tensor<f64>
      %190 = gan.broadcast %189 dims = [] : tensor<f64> -> tensor<16x8x5x5xf64>
      %191 = gan.div %179, %190 : tensor<16x8x5x5xf64>
      %192 = gan.constant dense<1.000000e-04> : tensor<f64>
      %193 = gan.constant dense<1.000000e-04> : tensor<16x8x5x5xf64>
      %194 = gan.mul %193, %191 : tensor<16x8x5x5xf64>
      %195 = gan.constant dense<9.000000e-01> : tensor<f64>
      %196 = gan.pow %195, %174 : tensor<f64>
      %197 = gan.constant dense<1.000000e+00> : tensor<f64>
      %198 = gan.sub %197, %196 : tensor<f64>
      %199 = gan.broadcast %198 dims = [] : tensor<f64> -> tensor<16x8x5x5xf64>
      %200 = gan.div %185, %199 : tensor<16x8x5x5xf64>
      %201 = gan.sqrt %200 : tensor<16x8x5x5xf64>
      %202 = gan.constant dense<1.000000e-08> : tensor<f64>
      %203 = gan.constant dense<1.000000e-08> : tensor<16x8x5x5xf64>
      %204 = gan.add %201, %203 : tensor<16x8x5x5xf64>
      %205 = gan.div %194, %204 : tensor<16x8x5x5xf64>
      %206 = gan.sub %11, %205 : tensor<16x8x5x5xf64>
      %207 = gan.load @generator.G.conv_transpose.0.bias.m : tensor<8xf64>
      %208 = gan.load @generator.G.conv_transpose.0.bias.v : tensor<8xf64>
      %209 = gan.load @generator.G.conv_transpose.0.bias.t : tensor<f64>
      %210 = gan.constant dense<1.000000e+00> : tensor<f64>
      %211 = gan.add %209, %210 : tensor<f64>
      gan.store %211, @generator.G.conv_transpose.0.bias.t : tensor<f64>
      %212 = gan.sub %21#5, %207 : tensor<8xf64>
      %213 = gan.constant dense<5.000000e-01> : tensor<f64>
      %214 = gan.constant dense<5.000000e-01> : tensor<8xf64>
      %215 = gan.mul %212, %214 : tensor<8xf64>
      %216 = gan.add %207, %215 : tensor<8xf64>
      gan.store %216, @generator.G.conv_transpose.0.bias.m : tensor<8xf64>
      %217 = gan.mul %21#5, %21#5 : tensor<8xf64>
      %218 = gan.sub %217, %208 : tensor<8xf64>
      %219 = gan.constant dense<0.099999999999999978> : tensor<f64>
      %220 = gan.constant dense<0.099999999999999978> : tensor<8xf64>
      %221 = gan.mul %218, %220 : tensor<8xf64>
      %222 = gan.add %208, %221 : tensor<8xf64>
      gan.store %222, @generator.G.conv_transpose.0.bias.v : tensor<8xf64>
      %223 = gan.constant dense<5.000000e-01> : tensor<f64>
      %224 = gan.pow %223, %211 : tensor<f64>
      %225 = gan.constant dense<1.000000e+00> : tensor<f64>
      %226 = gan.sub %225, %224 : tensor<f64>
      %227 = gan.broadcast %226 dims = [] : tensor<f64> -> tensor<8xf64>
      %228 = gan.div %216, %227 : tensor<8xf64>
      %229 = gan.constant dense<1.000000e-04> : tensor<f64>
      %230 = gan.constant dense<1.000000e-04> : tensor<8xf64>
      %231 = gan.mul %230, %228 : tensor<8xf64>
      %232 = gan.constant dense<9.000000e-01> : tensor<f64>
      %233 = gan.pow %232, %211 : tensor<f64>
      %234 = gan.constant dense<1.000000e+00> : tensor<f64>
      %235 = gan.sub %234, %233 : tensor<f64>
      %236 = gan.broadcast %235 dims = [] : tensor<f64> -> tensor<8xf64>
      %237 = gan.div %222, %236 : tensor<8xf64>
      %238 = gan.sqrt %237 : tensor<8xf64>
      %239 = gan.constant dense<1.000000e-08> : tensor<f64>
      %240 = gan.constant dense<1.000000e-08> : tensor<8xf64>
      %241 = gan.add %238, %240 : tensor<8xf64>
      %242 = gan.div %231, %241 : tensor<8xf64>
      %243 = gan.sub %12, %242 : tensor<8xf64>
      %244 = gan.load @generator.G.batch_norm.1.weight.m : tensor<8xf64>
      %245 = gan.load @generator.G.batch_norm.1.weight.v : tensor<8xf64>
      %246 = gan.load @generator.G.batch_norm.1.weight.t : tensor<f64>
      %247 = gan.constant dense<1.000000e+00> : tensor<f64>
      %248 = gan.add %246, %247 : tensor<f64>
      gan.store %248, @generator.G.batch_norm.1.weight.t : tensor<f64>
      %249 = gan.sub %21#6, %244 : tensor<8xf64>
      %250 = gan.constant dense<5.000000e-01> : tensor<f64>
      %251 = gan.constant dense<5.000000e-01> : tensor<8xf64>
      %252 = gan.mul %249, %251 : tensor<8xf64>
      %253 = gan.add %244, %252 : tensor<8xf64>
      gan.store %253, @generator.G.batch_norm.1.weight.m : tensor<8xf64>
      %254 = gan.mul %21#6, %21#6 : tensor<8xf64>
      %255 = gan.sub %254, %245 : tensor<8xf64>
      %256 = gan.constant dense<0.099999999999999978> : tensor<f64>
      %257 = gan.constant dense<0.099999999999999978> : tensor<8xf64>
      %258 = gan.mul %255, %257 : tensor<8xf64>
      %259 = gan.add %245, %258 : tensor<8xf64>
      gan.store %259, @generator.G.batch_norm.1.weight.v : tensor<8xf64>
      %260 = gan.constant dense<5.000000e-01> : tensor<f64>
      %261 = gan.pow %260, %248 : tensor<f64>
      %262 = gan.constant dense<1.000000e+00> : tensor<f64>
      %263 = gan.sub %262, %261 : tensor<f64>
      %264 = gan.broadcast %263 dims = [] : tensor<f64> -> tensor<8xf64>
      %265 = gan.div %253, %264 : tensor<8xf64>
      %266 = gan.constant dense<1.000000e-04> : tensor<f64>
      %267 = gan.constant dense<1.000000e-04> : tensor<8xf64>
      %268 = gan.mul %267, %265 : tensor<8xf64>
      %269 = gan.constant dense<9.000000e-01> : tensor<f64>
      %270 = gan.pow %269, %248 : tensor<f64>
      %271 = gan.constant dense<1.000000e+00> : tensor<f64>
      %272 = gan.sub %271, %270 : tensor<f64>
      %273 = gan.broadcast %272 dims = [] : tensor<f64> -> tensor<8xf64>
      %274 = gan.div %259, %273 : tensor<8xf64>
      %275 = gan.sqrt %274 : tensor<8xf64>
      %276 = gan.constant dense<1.000000e-08> : tensor<f64>
      %277 = gan.constant dense<1.000000e-08> : tensor<8xf64>
      %278 = gan.add %275, %277 : tensor<8xf64>
      %279 = gan.div %268, %278 : tensor<8xf64>
      %280 = gan.sub %13, %279 : tensor<8xf64>
      %281 = gan.load @generator.G.batch_norm.1.bias.m : tensor<8xf64>
      %282 = gan.load @generator.G.batch_norm.1.bias.v : tensor<8xf64>
      %283 = gan.load @generator.G.batch_norm.1.bias.t : tensor<f64>
      %284 = gan.constant dense<1.000000e+00> : tensor<f64>
      %285 = gan.add %283, %284 : tensor<f64>
      gan.store %285, @generator.G.batch_norm.1.bias.t : tensor<f64>
      %286 = gan.sub %21#7, %281 : tensor<8xf64>
      %287 = gan.constant dense<5.000000e-01> : tensor<f64>
      %288 = gan.constant dense<5.000000e-01> : tensor<8xf64>
      %289 = gan.mul %286, %288 : tensor<8xf64>
      %290 = gan.add %281, %289 : tensor<8xf64>
      gan.store %290, @generator.G.batch_norm.1.bias.m : tensor<8xf64>
      %291 = gan.mul %21#7, %21#7 : tensor<8xf64>
      %292 = gan.sub %291, %282 : tensor<8xf64>
      %293 = gan.constant dense<0.099999999999999978> : tensor<f64>
      %294 = gan.constant dense<0.099999999999999978> : tensor<8xf64>
      %295 = gan.mul %292, %294 : tensor<8xf64>
      %296 = gan.add %282, %295 : tensor<8xf64>
      gan.store %296, @generator.G.batch_norm.1.bias.v : tensor<8xf64>
      %297 = gan.constant dense<5.000000e-01> : tensor<f64>
      %298 = gan.pow %297, %285 : tensor<f64>
      %299 = gan.constant dense<1.000000e+00> : tensor<f64>
      %300 = gan.sub %299, %298 : tensor<f64>
      %301 = gan.broadcast %300 dims = [] : tensor<f64> -> tensor<8xf64>
      %302 = gan.div %290, %301 : tensor<8xf64>
      %303 = gan.constant dense<1.000000e-04> : tensor<f64>
      %304 = gan.constant dense<1.000000e-04> : tensor<8xf64>
      %305 = gan.mul %304, %302 : tensor<8xf64>
      %306 = gan.constant dense<9.000000e-01> : tensor<f64>
      %307 = gan.pow %306, %285 : tensor<f64>
      %308 = gan.constant dense<1.000000e+00> : tensor<f64>
      %309 = gan.sub %308, %307 : tensor<f64>
      %310 = gan.broadcast %309 dims = [] : tensor<f64> -> tensor<8xf64>
      %311 = gan.div %296, %310 : tensor<8xf64>
      %312 = gan.sqrt %311 : tensor<8xf64>
      %313 = gan.constant dense<1.000000e-08> : tensor<f64>
      %314 = gan.constant dense<1.000000e-08> : tensor<8xf64>
      %315 = gan.add %312, %314 : tensor<8xf64>
      %316 = gan.div %305, %315 : tensor<8xf64>
      %317 = gan.sub %14, %316 : tensor<8xf64>
      %318 = gan.load @generator.G.conv_transpose.1.weight.m : tensor<8x4x5x5xf64>
      %319 = gan.load @generator.G.conv_transpose.1.weight.v : tensor<8x4x5x5xf64>
      %320 = gan.load @generator.G.conv_transpose.1.weight.t : tensor<f64>
      %321 = gan.constant dense<1.000000e+00> : tensor<f64>
      %322 = gan.add %320, %321 : tensor<f64>
      gan.store %322, @generator.G.conv_transpose.1.weight.t : tensor<f64>
      %323 = gan.sub %21#8, %318 : tensor<8x4x5x5xf64>
      %324 = gan.constant dense<5.000000e-01> : tensor<f64>
      %325 = gan.constant dense<5.000000e-01> : tensor<8x4x5x5xf64>
      %326 = gan.mul %323, %325 : tensor<8x4x5x5xf64>
      %327 = gan.add %318, %326 : tensor<8x4x5x5xf64>
      gan.store %327, @generator.G.conv_transpose.1.weight.m : tensor<8x4x5x5xf64>
      %328 = gan.mul %21#8, %21#8 : tensor<8x4x5x5xf64>
      %329 = gan.sub %328, %319 : tensor<8x4x5x5xf64>
      %330 = gan.constant dense<0.099999999999999978> : tensor<f64>
      %331 = gan.constant dense<0.099999999999999978> : tensor<8x4x5x5xf64>
      %332 = gan.mul %329, %331 : tensor<8x4x5x5xf64>
      %333 = gan.add %319, %332 : tensor<8x4x5x5xf64>
      gan.store %333, @generator.G.conv_transpose.1.weight.v : tensor<8x4x5x5xf64>
      %334 = gan.constant dense<5.000000e-01> : tensor<f64>
      %335 = gan.pow %334, %322 : tensor<f64>
      %336 = gan.constant dense<1.000000e+00> : tensor<f64>
      %337 = gan.sub %336, %335 : tensor<f64>
      %338 = gan.broadcast %337 dims = [] : tensor<f64> -> tensor<8x4x5x5xf64>
      %339 = gan.div %327, %338 : tensor<8x4x5x5xf64>
      %340 = gan.constant dense<1.000000e-04> : tensor<f64>
      %341 = gan.constant dense<1.000000e-04> : tensor<8x4x5x5xf64>
      %342 = gan.mul %341, %339 : tensor<8x4x5x5xf64>
      %343 = gan.constant dense<9.000000e-01> : tensor<f64>
      %344 = gan.pow %343, %322 : tensor<f64>
      %345 = gan.constant dense<1.000000e+00> : tensor<f64>
      %346 = gan.sub %345, %344 : tensor<f64>
      %347 = gan.broadcast %346 dims = [] : tensor<f64> -> tensor<8x4x5x5xf64>
      %348 = gan.div %333, %347 : tensor<8x4x5x5xf64>
      %349 = gan.sqrt %348 : tensor<8x4x5x5xf64>
      %350 = gan.constant dense<1.000000e-08> : tensor<f64>
      %351 = gan.constant dense<1.000000e-08> : tensor<8x4x5x5xf64>
      %352 = gan.add %349, %351 : tensor<8x4x5x5xf64>
      %353 = gan.div %342, %352 : tensor<8x4x5x5xf64>
      %354 = gan.sub %15, %353 : tensor<8x4x5x5xf64>
      %355 = gan.load @generator.G.conv_transpose.1.bias.m : tensor<4xf64>
      %356 = gan.load @generator.G.conv_transpose.1.bias.v : tensor<4xf64>
      %357 = gan.load @generator.G.conv_transpose.1.bias.t : tensor<f64>
      %358 = gan.constant dense<1.000000e+00> : tensor<f64>
      %359 = gan.add %357, %358 : tensor<f64>
      gan.store %359, @generator.G.conv_transpose.1.bias.t : tensor<f64>
      %360 = gan.sub %21#9, %355 : tensor<4xf64>
      %361 = gan.constant dense<5.000000e-01> : tensor<f64>
      %362 = gan.constant dense<5.000000e-01> : tensor<4xf64>
      %363 = gan.mul %360, %362 : tensor<4xf64>
      %364 = gan.add %355, %363 : tensor<4xf64>
      gan.store %364, @generator.G.conv_transpose.1.bias.m : tensor<4xf64>
      %365 = gan.mul %21#9, %21#9 : tensor<4xf64>
      %366 = gan.sub %365, %356 : tensor<4xf64>
      %367 = gan.constant dense<0.099999999999999978> : tensor<f64>
      %368 = gan.constant dense<0.099999999999999978> : tensor<4xf64>
      %369 = gan.mul %366, %368 : tensor<4xf64>
      %370 = gan.add %356, %369 : tensor<4xf64>
      gan.store %370, @generator.G.conv_transpose.1.bias.v : tensor<4xf64>
      %371 = gan.constant dense<5.000000e-01> : tensor<f64>
      %372 = gan.pow %371, %359 : tensor<f64>
      %373 = gan.constant dense<1.000000e+00> : tensor<f64>
      %374 = gan.sub %373, %372 : tensor<f64>
      %375 = gan.broadcast %374 dims = [] : tensor<f64> -> tensor<4xf64>
      %376 = gan.div %364, %375 : tensor<4xf64>
      %377 = gan.constant dense<1.000000e-04> : tensor<f64>
      %378 = gan.constant dense<1.000000e-04> : tensor<4xf64>
      %379 = gan.mul %378, %376 : tensor<4xf64>
      %380 = gan.constant dense<9.000000e-01> : tensor<f64>
      %381 = gan.pow %380, %359 : tensor<f64>
      %382 = gan.constant dense<1.000000e+00> : tensor<f64>
      %383 = gan.sub %382, %381 : tensor<f64>
      %384 = gan.broadcast %383 dims = [] : tensor<f64> -> tensor<4xf64>
      %385 = gan.div %370, %384 : tensor<4xf64>
      %386 = gan.sqrt %385 : tensor<4xf64>
      %387 = gan.constant dense<1.000000e-08> : tensor<f64>
      %388 = gan.constant dense<1.000000e-08> : tensor<4xf64>
      %389 = gan.add %386, %388 : tensor<4xf64>
      %390 = gan.div %379, %389 : tensor<4xf64>
      %391 = gan.sub %16, %390 : tensor<4xf64>
      %392 = gan.load @generator.G.batch_norm.2.weight.m : tensor<4xf64>
      %393 = gan.load @generator.G.batch_norm.2.weight.v : tensor<4xf64>
      %394 = gan.load @generator.G.batch_norm.2.weight.t : tensor<f64>
      %395 = gan.constant dense<1.000000e+00> : tensor<f64>
      %396 = gan.add %394, %395 : tensor<f64>
      gan.store %396, @generator.G.batch_norm.2.weight.t : tensor<f64>
      %397 = gan.sub %21#10, %392 : tensor<4xf64>
      %398 = gan.constant dense<5.000000e-01> : tensor<f64>
      %399 = gan.constant dense<5.000000e-01> : tensor<4xf64>
      %400 = gan.mul %397, %399 : tensor<4xf64>
      %401 = gan.add %392, %400 : tensor<4xf64>
      gan.store %401, @generator.G.batch_norm.2.weight.m : tensor<4xf64>
      %402 = gan.mul %21#10, %21#10 : tensor<4xf64>
      %403 = gan.sub %402, %393 : tensor<4xf64>
      %404 = gan.constant dense<0.099999999999999978> : tensor<f64>
      %405 = gan.constant dense<0.099999999999999978> : tensor<4xf64>
      %406 = gan.mul %403, %405 : tensor<4xf64>
      %407 = gan.add %393, %406 : tensor<4xf64>
      gan.store %407, @generator.G.batch_norm.2.weight.v : tensor<4xf64>
      %408 = gan.constant dense<5.000000e-01> : tensor<f64>
      %409 = gan.pow %408, %396 : tensor<f64>
      %410 = gan.constant dense<1.000000e+00> : tensor<f64>
      %411 = gan.sub %410, %409 : tensor<f64>
      %412 = gan.broadcast %411 dims = [] : tensor<f64> -> tensor<4xf64>
      %413 = gan.div %401, %412 : tensor<4xf64>
      %414 = gan.constant dense<1.000000e-04> : tensor<f64>
      %415 = gan.constant dense<1.000000e-04> : tensor<4xf64>
      %416 = gan.mul %415, %413 : tensor<4xf64>
      %417 = gan.constant dense<9.000000e-01> : tensor<f64>
      %418 = gan.pow %417, %396 : tensor<f64>
      %419 = gan.constant dense<1.000000e+00> : tensor<f64>
      %420 = gan.sub %419, %418 : tensor<f64>
      %421 = gan.broadcast %420 dims = [] : tensor<f64> -> tensor<4xf64>
      %422 = gan.div %407, %421 : tensor<4xf64>
      %423 = gan.sqrt %422 : tensor<4xf64>
      %424 = gan.constant dense<1.000000e-08> : tensor<f64>
      %425 = gan.constant dense<1.000000e-08> : tensor<4xf64>
      %426 = gan.add %423, %425 : tensor<4xf64>
      %427 = gan.div %416, %426 : tensor<4xf64>
      %428 = gan.sub %17, %427 : tensor<4xf64>
      %429 = gan.load @generator.G.batch_norm.2.bias.m : tensor<4xf64>
      %430 = gan.load @generator.G.batch_norm.2.bias.v : tensor<4xf64>
      %431 = gan.load @generator.G.batch_norm.2.bias.t : tensor<f64>
      %432 = gan.constant dense<1.000000e+00> : tensor<f64>
      %433 = gan.add %431, %432 : tensor<f64>
      gan.store %433, @generator.G.batch_norm.2.bias.t : tensor<f64>
      %434 = gan.sub %21#11, %429 : tensor<4xf64>
      %435 = gan.constant dense<5.000000e-01> : tensor<f64>
      %436 = gan.constant dense<5.000000e-01> : tensor<4xf64>
      %437 = gan.mul %434, %436 : tensor<4xf64>
      %438 = gan.add %429, %437 : tensor<4xf64>
      gan.store %438, @generator.G.batch_norm.2.bias.m : tensor<4xf64>
      %439 = gan.mul %21#11, %21#11 : tensor<4xf64>
      %440 = gan.sub %439, %430 : tensor<4xf64>
      %441 = gan.constant dense<0.099999999999999978> : tensor<f64>
      %442 = gan.constant dense<0.099999999999999978> : tensor<4xf64>
      %443 = gan.mul %440, %442 : tensor<4xf64>
      %444 = gan.add %430, %443 : tensor<4xf64>
      gan.store %444, @generator.G.batch_norm.2.bias.v : tensor<4xf64>
      %445 = gan.constant dense<5.000000e-01> : tensor<f64>
      %446 = gan.pow %445, %433 : tensor<f64>
      %447 = gan.constant dense<1.000000e+00> : tensor<f64>
      %448 = gan.sub %447, %446 : tensor<f64>
      %449 = gan.broadcast %448 dims = [] : tensor<f64> -> tensor<4xf64>
      %450 = gan.div %438, %449 : tensor<4xf64>
      %451 = gan.constant dense<1.000000e-04> : tensor<f64>
      %452 = gan.constant dense<1.000000e-04> : tensor<4xf64>
      %453 = gan.mul %452, %450 : tensor<4xf64>
      %454 = gan.constant dense<9.000000e-01> : tensor<f64>
      %455 = gan.pow %454, %433 : tensor<f64>
      %456 = gan.constant dense<1.000000e+00> : tensor<f64>
      %457 = gan.sub %456, %455 : tensor<f64>
      %458 = gan.broadcast %457 dims = [] : tensor<f64> -> tensor<4xf64>
      %459 = gan.div %444, %458 : tensor<4xf64>
      %460 = gan.sqrt %459 : tensor<4xf64>
      %461 = gan.constant dense<1.000000e-08> : tensor<f64>
      %462 = gan.constant dense<1.000000e-08> : tensor<4xf64>
      %463 = gan.add %460, %462 : tensor<4xf64>
      %464 = gan.div %453, %463 : tensor<4xf64>
      %465 = gan.sub %18, %464 : tensor<4xf64>
      %466 = gan.load @generator.G.conv_transpose.2.weight.m : tensor<4x3x5x5xf64>
      %467 = gan.load @generator.G.conv_transpose.2.weight.v : tensor<4x3x5x5xf64>
      %468 = gan.load @generator.G.conv_transpose.2.weight.t : tensor<f64>
      %469 = gan.constant dense<1.000000e+00> : tensor<f64>
      %470 = gan.add %468, %469 : tensor<f64>
      gan.store %470, @generator.G.conv_transpose.2.weight.t : tensor<f64>
      %471 = gan.sub %21#12, %466 : tensor<4x3x5x5xf64>
      %472 = gan.constant dense<5.000000e-01> : tensor<f64>
      %473 = gan.constant dense<5.000000e-01> : tensor<4x3x5x5xf64>
      %474 = gan.mul %471, %473 : tensor<4x3x5x5xf64>
      %475 = gan.add %466, %474 : tensor<4x3x5x5xf64>
      gan.store %475, @generator.G.conv_transpose.2.weight.m : tensor<4x3x5x5xf64>
      %476 = gan.mul %21#12, %21#12 : tensor<4x3x5x5xf64>
      %477 = gan.sub %476, %467 : tensor<4x3x5x5xf64>
      %478 = gan.constant dense<0.099999999999999978> : tensor<f64>
      %479 = gan.constant dense<0.099999999999999978> : tensor<4x3x5x5xf64>
      %480 = gan.mul %477, %479 : tensor<4x3x5x5xf64>
      %481 = gan.add %467, %480 : tensor<4x3x5x5xf64>
      gan.store %481, @generator.G.conv_transpose.2.weight.v : tensor<4x3x5x5xf64>
      %482 = gan.constant dense<5.000000e-01> : tensor<f64>
      %483 = gan.pow %482, %470 : tensor<f64>
      %484 = gan.constant dense<1.000000e+00> : tensor<f64>
      %485 = gan.sub %484, %483 : tensor<f64>
      %486 = gan.broadcast %485 dims = [] : tensor<f64> -> tensor<4x3x5x5xf64>
      %487 = gan.div %475, %486 : tensor<4x3x5x5xf64>
      %488 = gan.constant dense<1.000000e-04> : tensor<f64>
      %489 = gan.constant dense<1.000000e-04> : tensor<4x3x5x5xf64>
      %490 = gan.mul %489, %487 : tensor<4x3x5x5xf64>
      %491 = gan.constant dense<9.000000e-01> : tensor<f64>
      %492 = gan.pow %491, %470 : tensor<f64>
      %493 = gan.constant dense<1.000000e+00> : tensor<f64>
      %494 = gan.sub %493, %492 : tensor<f64>
      %495 = gan.broadcast %494 dims = [] : tensor<f64> -> tensor<4x3x5x5xf64>
      %496 = gan.div %481, %495 : tensor<4x3x5x5xf64>
      %497 = gan.sqrt %496 : tensor<4x3x5x5xf64>
      %498 = gan.constant dense<1.000000e-08> : tensor<f64>
      %499 = gan.constant dense<1.000000e-08> : tensor<4x3x5x5xf64>
      %500 = gan.add %497, %499 : tensor<4x3x5x5xf64>
      %501 = gan.div %490, %500 : tensor<4x3x5x5xf64>
      %502 = gan.sub %19, %501 : tensor<4x3x5x5xf64>
      %503 = gan.load @generator.G.conv_transpose.2.bias.m : tensor<3xf64>
      %504 = gan.load @generator.G.conv_transpose.2.bias.v : tensor<3xf64>
      %505 = gan.load @generator.G.conv_transpose.2.bias.t : tensor<f64>
      %506 = gan.constant dense<1.000000e+00> : tensor<f64>
      %507 = gan.add %505, %506 : tensor<f64>
      gan.store %507, @generator.G.conv_transpose.2.bias.t : tensor<f64>
      %508 = gan.sub %21#13, %503 : tensor<3xf64>
      %509 = gan.constant dense<5.000000e-01> : tensor<f64>
      %510 = gan.constant dense<5.000000e-01> : tensor<3xf64>
      %511 = gan.mul %508, %510 : tensor<3xf64>
      %512 = gan.add %503, %511 : tensor<3xf64>
      gan.store %512, @generator.G.conv_transpose.2.bias.m : tensor<3xf64>
      %513 = gan.mul %21#13, %21#13 : tensor<3xf64>
      %514 = gan.sub %513, %504 : tensor<3xf64>
      %515 = gan.constant dense<0.099999999999999978> : tensor<f64>
      %516 = gan.constant dense<0.099999999999999978> : tensor<3xf64>
      %517 = gan.mul %514, %516 : tensor<3xf64>
      %518 = gan.add %504, %517 : tensor<3xf64>
      gan.store %518, @generator.G.conv_transpose.2.bias.v : tensor<3xf64>
      %519 = gan.constant dense<5.000000e-01> : tensor<f64>
      %520 = gan.pow %519, %507 : tensor<f64>
      %521 = gan.constant dense<1.000000e+00> : tensor<f64>
      %522 = gan.sub %521, %520 : tensor<f64>
      %523 = gan.broadcast %522 dims = [] : tensor<f64> -> tensor<3xf64>
      %524 = gan.div %512, %523 : tensor<3xf64>
      %525 = gan.constant dense<1.000000e-04> : tensor<f64>
      %526 = gan.constant dense<1.000000e-04> : tensor<3xf64>
      %527 = gan.mul %526, %524 : tensor<3xf64>
      %528 = gan.constant dense<9.000000e-01> : tensor<f64>
      %529 = gan.pow %528, %507 : tensor<f64>
      %530 = gan.constant dense<1.000000e+00> : tensor<f64>
      %531 = gan.sub %530, %529 : tensor<f64>
      %532 = gan.broadcast %531 dims = [] : tensor<f64> -> tensor<3xf64>
      %533 = gan.div %518, %532 : tensor<3xf64>
      %534 = gan.sqrt %533 : tensor<3xf64>
      %535 = gan.constant dense<1.000000e-08> : tensor<f64>
      %536 = gan.constant dense<1.000000e-08> : tensor<3xf64>
      %537 = gan.add %534, %536 : tensor<3xf64>
      %538 = gan.div %527, %537 : tensor<3xf64>
      %539 = gan.sub %20, %538 : tensor<3xf64>
      gan.store %58, @G.dense.0.weight : tensor<256x128xf64>
      gan.store %95, @G.dense.0.bias : tensor<256xf64>
      gan.store %132, @G.batch_norm.0.weight : tensor<16xf64>
      gan.store %169, @G.batch_norm.0.bias : tensor<16xf64>
      gan.store %206, @G.conv_transpose.0.weight : tensor<16x8x5x5xf64>
      gan.store %243, @G.conv_transpose.0.bias : tensor<8xf64>
      gan.store %280, @G.batch_norm.1.weight : tensor<8xf64>
      gan.store %317, @G.batch_norm.1.bias : tensor<8xf64>
      gan.store %354, @G.conv_transpose.1.weight : tensor<8x4x5x5xf64>
      gan.store %391, @G.conv_transpose.1.bias : tensor<4xf64>
      gan.store %428, @G.batch_norm.2.weight : tensor<4xf64>
      gan.store %465, @G.batch_norm.2.bias : tensor<4xf64>
      gan.store %502, @G.conv_transpose.2.weight : tensor<4x3x5x5xf64>
      gan.store %539, @G.conv_transpose.2.bias : tensor<3xf64>
      %540 = gan.load @G_avg.dense.0.weight : tensor<256x128xf64>
      %541 = gan.load @G.dense.0.weight : tensor<256x128xf64>
      %542 = gan.sub %540, %541 : tensor<256x128xf64>
      %543 = gan.constant dense<0.99899999999999999> : tensor<f64>
      %544 = gan.constant dense<0.99899999999999999> : tensor<256x128xf64>
      %545 = gan.mul %542, %544 : tensor<256x128xf64>
      %546 = gan.load @G.dense.0.weight : tensor<256x128xf64>
      %547 = gan.add %546, %545 : tensor<256x128xf64>
      gan.store %547, @G_avg.dense.0.weight : tensor<256x128xf64>
      %548 = gan.load @G_avg.dense.0.bias : tensor<256xf64>
      %549 = gan.load @G.dense.0.bias : tensor<256xf64>
      %550 = gan.sub %548, %549 : tensor<256xf64>
      %551 = gan.constant dense<0.99899999999999999> : tensor<f64>
      %552 = gan.constant dense<0.99899999999999999> : tensor<256xf64>
      %553 = gan.mul %550, %552 : tensor<256xf64>
      %554 = gan.load @G.dense.0.bias : tensor<256xf64>
      %555 = gan.add %554, %553 : tensor<256xf64>
      gan.store %555, @G_avg.dense.0.bias : tensor<256xf64>
      %556 = gan.load @G_avg.batch_norm.0.running_mean : tensor<16xf64>
      %557 = gan.load @G.batch_norm.0.running_mean : tensor<16xf64>
      %558 = gan.sub %556, %557 : tensor<16xf64>
      %559 = gan.constant dense<0.99899999999999999> : tensor<f64>
      %560 = gan.constant dense<0.99899999999999999> : tensor<16xf64>
      %561 = gan.mul %558, %560 : tensor<16xf64>
      %562 = gan.load @G.batch_norm.0.running_mean : tensor<16xf64>
      %563 = gan.add %562, %561 : tensor<16xf64>
      gan.store %563, @G_avg.batch_norm.0.running_mean : tensor<16xf64>
      %564 = gan.load @G_avg.batch_norm.0.running_var : tensor<16xf64>
      %565 = gan.load @G.batch_norm.0.running_var : tensor<16xf64>
      %566 = gan.sub %564, %565 : tensor<16xf64>
      %567 = gan.constant dense<0.99899999999999999> : tensor<f64>
      %568 = gan.constant dense<0.99899999999999999> : tensor<16xf64>
      %569 = gan.mul %566, %568 : tensor<16xf64>
      %570 = gan.load @G.batch_norm.0.running_var : tensor<16xf64>
      %571 = gan.add %570, %569 : tensor<16xf64>
      gan.store %571, @G_avg.batch_norm.0.running_var : tensor<16xf64>
      %572 = gan.load @G_avg.batch_norm.0.weight : tensor<16xf64>
      %573 = gan.load @G.batch_norm.0.weight : tensor<16xf64>
      %574 = gan.sub %572, %573 : tensor<16xf64>
      %575 = gan.constant dense<0.99899999999999999> : tensor<f64>
      %576 = gan.constant dense<0.99899999999999999> : tensor<16xf64>
      %577 = gan.mul %574, %576 : tensor<16xf64>
      %578 = gan.load @G.batch_norm.0.weight : tensor<16xf64>
      %579 = gan.add %578, %577 : tensor<16xf64>
      gan.store %579, @G_avg.batch_norm.0.weight : tensor<16xf64>
      %580 = gan.load @G_avg.batch_norm.0.bias : tensor<16xf64>
      %581 = gan.load @G.batch_norm.0.bias : tensor<16xf64>
      %582 = gan.sub %580, %581 : tensor<16xf64>
      %583 = gan.constant dense<0.99899999999999999> : tensor<f64>
      %584 = gan.constant dense<0.99899999999999999> : tensor<16xf64>
      %585 = gan.mul %582, %584 : tensor<16xf64>
      %586 = gan.load @G.batch_norm.0.bias : tensor<16xf64>
      %587 = gan.add %586, %585 : tensor<16xf64>
      gan.store %587, @G_avg.batch_norm.0.bias : tensor<16xf64>
      %588 = gan.load @G_avg.conv_transpose.0.weight : tensor<16x8x5x5xf64>
      %589 = gan.load @G.conv_transpose.0.weight : tensor<16x8x5x5xf64>
      %590 = gan.sub %588, %589 : tensor<16x8x5x5xf64>
      %591 = gan.constant dense<0.99899999999999999> : tensor<f64>
      %592 = gan.constant dense<0.99899999999999999> : tensor<16x8x5x5xf64>
      %593 = gan.mul %590, %592 : tensor<16x8x5x5xf64>
      %594 = gan.load @G.conv_transpose.0.weight : tensor<16x8x5x5xf64>
      %595 = gan.add %594, %593 : tensor<16x8x5x5xf64>
      gan.store %595, @G_avg.conv_transpose.0.weight : tensor<16x8x5x5xf64>
      %596 = gan.load @G_avg.conv_transpose.0.bias : tensor<8xf64>
      %597 = gan.load @G.conv_transpose.0.bias : tensor<8xf64>
      %598 = gan.sub %596, %597 : tensor<8xf64>
      %599 = gan.constant dense<0.99899999999999999> : tensor<f64>
      %600 = gan.constant dense<0.99899999999999999> : tensor<8xf64>
      %601 = gan.mul %598, %600 : tensor<8xf64>
      %602 = gan.load @G.conv_transpose.0.bias : tensor<8xf64>
      %603 = gan.add %602, %601 : tensor<8xf64>
      gan.store %603, @G_avg.conv_transpose.0.bias : tensor<8xf64>
      %604 = gan.load @G_avg.batch_norm.1.running_mean : tensor<8xf64>
      %605 = gan.load @G.batch_norm.1.running_mean : tensor<8xf64>
      %606 = gan.sub %604, %605 : tensor<8xf64>
      %607 = gan.constant dense<0.99899999999999999> : tensor<f64>
      %608 = gan.constant dense<0.99899999999999999> : tensor<8xf64>
      %609 = gan.mul %606, %608 : tensor<8xf64>
      %610 = gan.load @G.batch_norm.1.running_mean : tensor<8xf64>
      %611 = gan.add %610, %609 : tensor<8xf64>
      gan.store %611, @G_avg.batch_norm.1.running_mean : tensor<8xf64>
      %612 = gan.load @G_avg.batch_norm.1.running_var : tensor<8xf64>
      %613 = gan.load @G.batch_norm.1.running_var : tensor<8xf64>
      %614 = gan.sub %612, %613 : tensor<8xf64>
      %615 = gan.constant dense<0.99899999999999999> : tensor<f64>
      %616 = gan.constant dense<0.99899999999999999> : tensor<8xf64>
      %617 = gan.mul %614, %616 : tensor<8xf64>
      %618 = gan.load @G.batch_norm.1.running_var : tensor<8xf64>
      %619 = gan.add %618, %617 : tensor<8xf64>
      gan.store %619, @G_avg.batch_norm.1.running_var : tensor<8xf64>
      %620 = gan.load @G_avg.batch_norm.1.weight : tensor<8xf64>
      %621 = gan.load @G.batch_norm.1.weight : tensor<8xf64>
      %622 = gan.sub %620, %621 : tensor<8xf64>
      %623 = gan.constant dense<0.99899999999999999> : tensor<f64>
      %624 = gan.constant dense<0.99899999999999999> : tensor<8xf64>
      %625 = gan.mul %622, %624 : tensor<8xf64>
      %626 = gan.load @G.batch_norm.1.weight : tensor<8xf64>
      %627 = gan.add %626, %625 : tensor<8xf64>
      gan.store %627, @G_avg.batch_norm.1.weight : tensor<8xf64>
      %628 = gan.load @G_avg.batch_norm.1.bias : tensor<8xf64>
      %629 = gan.load @G.batch_norm.1.bias : tensor<8xf64>
      %630 = gan.sub %628, %629 : tensor<8xf64>
      %631 = gan.constant dense<0.99899999999999999> : tensor<f64>
      %632 = gan.constant dense<0.99899999999999999> : tensor<8xf64>
      %633 = gan.mul %630, %632 : tensor<8xf64>
      %634 = gan.load @G.batch_norm.1.bias : tensor<8xf64>
      %635 = gan.add %634, %633 : tensor<8xf64>
      gan.store %635, @G_avg.batch_norm.1.bias : tensor<8xf64>
      %636 = gan.load @G_avg.conv_transpose.1.weight : tensor<8x4x5x5xf64>
      %637 = gan.load @G.conv_transpose.1.weight : tensor<8x4x5x5xf64>
      %638 = gan.sub %636, %637 : tensor<8x4x5x5xf64>
      %639 = gan.constant dense<0.99899999999999999> : tensor<f64>
      %640 = gan.constant dense<0.99899999999999999> : tensor<8x4x5x5xf64>
      %641 = gan.mul %638, %640 : tensor<8x4x5x5xf64>
      %642 = gan.load @G.conv_transpose.1.weight : tensor<8x4x5x5xf64>
      %643 = gan.add %642, %641 : tensor<8x4x5x5xf64>
      gan.store %643, @G_avg.conv_transpose.1.weight : tensor<8x4x5x5xf64>
      %644 = gan.load @G_avg.conv_transpose.1.bias : tensor<4xf64>
      %645 = gan.load @G.conv_transpose.1.bias : tensor<4xf64>
      %646 = gan.sub %644, %645 : tensor<4xf64>
      %647 = gan.constant dense<0.99899999999999999> : tensor<f64>
      %648 = gan.constant dense<0.99899999999999999> : tensor<4xf64>
      %649 = gan.mul %646, %648 : tensor<4xf64>
      %650 = gan.load @G.conv_transpose.1.bias : tensor<4xf64>
      %651 = gan.add %650, %649 : tensor<4xf64>
      gan.store %651, @G_avg.conv_transpose.1.bias : tensor<4xf64>
      %652 = gan.load @G_avg.batch_norm.2.running_mean : tensor<4xf64>
      %653 = gan.load @G.batch_norm.2.running_mean : tensor<4xf64>
      %654 = gan.sub %652, %653 : tensor<4xf64>
      %655 = gan.constant dense<0.99899999999999999> : tensor<f64>
      %656 = gan.constant dense<0.99899999999999999> : tensor<4xf64>
      %657 = gan.mul %654, %656 : tensor<4xf64>
      %658 = gan.load @G.batch_norm.2.running_mean : tensor<4xf64>
      %659 = gan.add %658, %657 : tensor<4xf64>
      gan.store %659, @G_avg.batch_norm.2.running_mean : tensor<4xf64>
      %660 = gan.load @G_avg.batch_norm.2.running_var : tensor<4xf64>
      %661 = gan.load @G.batch_norm.2.running_var : tensor<4xf64>
      %662 = gan.sub %660, %661 : tensor<4xf64>
      %663 = gan.constant dense<0.99899999999999999> : tensor<f64>
      %664 = gan.constant dense<0.99899999999999999> : tensor<4xf64>
      %665 = gan.mul %662, %664 : tensor<4xf64>
      %666 = gan.load @G.batch_norm.2.running_var : tensor<4xf64>
      %667 = gan.add %666, %665 : tensor<4xf64>
      gan.store %667, @G_avg.batch_norm.2.running_var : tensor<4xf64>
      %668 = gan.load @G_avg.batch_norm.2.weight : tensor<4xf64>
      %669 = gan.load @G.batch_norm.2.weight : tensor<4xf64>
      %670 = gan.sub %668, %669 : tensor<4xf64>
      %671 = gan.constant dense<0.99899999999999999> : tensor<f64>
      %672 = gan.constant dense<0.99899999999999999> : tensor<4xf64>
      %673 = gan.mul %670, %672 : tensor<4xf64>
      %674 = gan.load @G.batch_norm.2.weight : tensor<4xf64>
      %675 = gan.add %674, %673 : tensor<4xf64>
      gan.store %675, @G_avg.batch_norm.2.weight : tensor<4xf64>
      %676 = gan.load @G_avg.batch_norm.2.bias : tensor<4xf64>
      %677 = gan.load @G.batch_norm.2.bias : tensor<4xf64>
      %678 = gan.sub %676, %677 : tensor<4xf64>
      %679 = gan.constant dense<0.99899999999999999> : tensor<f64>
      %680 = gan.constant dense<0.99899999999999999> : tensor<4xf64>
      %681 = gan.mul %678, %680 : tensor<4xf64>
      %682 = gan.load @G.batch_norm.2.bias : tensor<4xf64>
      %683 = gan.add %682, %681 : tensor<4xf64>
      gan.store %683, @G_avg.batch_norm.2.bias : tensor<4xf64>
      %684 = gan.load @G_avg.conv_transpose.2.weight : tensor<4x3x5x5xf64>
      %685 = gan.load @G.conv_transpose.2.weight : tensor<4x3x5x5xf64>
      %686 = gan.sub %684, %685 : tensor<4x3x5x5xf64>
      %687 = gan.constant dense<0.99899999999999999> : tensor<f64>
      %688 = gan.constant dense<0.99899999999999999> : tensor<4x3x5x5xf64>
      %689 = gan.mul %686, %688 : tensor<4x3x5x5xf64>
      %690 = gan.load @G.conv_transpose.2.weight : tensor<4x3x5x5xf64>
      %691 = gan.add %690, %689 : tensor<4x3x5x5xf64>
      gan.store %691, @G_avg.conv_transpose.2.weight : tensor<4x3x5x5xf64>
      %692 = gan.load @G_avg.conv_transpose.2.bias : tensor<3xf64>
      %693 = gan.load @G.conv_transpose.2.bias : tensor<3xf64>
      %694 = gan.sub %692, %693 : tensor<3xf64>
      %695 = gan.constant dense<0.99899999999999999> : tensor<f64>
      %696 = gan.constant dense<0.99899999999999999> : tensor<3xf64>
      %697 = gan.mul %694, %696 : tensor<3xf64>
      %698 = gan.load @G.conv_transpose.2.bias : tensor<3xf64>
      %699 = gan.add %698, %697 : tensor<3xf64>
      gan.store %699, @G_avg.conv_transpose.2.bias : tensor<3xf64>
      return
    }
    func.func @G_train_4(%arg0: tensor<2xi64>, %arg1: tensor<4x128xf64>) -> tensor<4x3x32x32xf64> attributes {gan.network = "G", gan.role = "network"} {
      %0 = gan.load @G.dense.0.weight : tensor<256x128xf64>
      %1 = gan.transpose %0 permutation = [1, 0] : tensor<256x128xf64> -> tensor<128x256xf64>
      %2 = gan.matmul %arg1, %1 : tensor<4x128xf64>, tensor<128x256xf64> -> tensor<4x256xf64>
      %3 = gan.load @G.dense.0.bias : tensor<256xf64>
      %4 = gan.broadcast %3 dims = [1] : tensor<256xf64> -> tensor<4x256xf64>
      %5 = gan.add %2, %4 : tensor<4x256xf64>
      %6 = gan.reshape %5 : tensor<4x256xf64> -> tensor<4x16x4x4xf64>
      %7 = gan.load @G.batch_norm.0.running_mean : tensor<16xf64>
      %8 = gan.load @G.batch_norm.0.running_var : tensor<16xf64>
      %9 = gan.sum %6 dims = [0, 2, 3] : tensor<4x16x4x4xf64> -> tensor<16xf64>
      %10 = gan.constant dense<1.562500e-02> : tensor<f64>
      %11 = gan.constant dense<1.562500e-02> : tensor<16xf64>
      %12 = gan.mul %9, %11 : tensor<16xf64>
      %13 = gan.sum %6 dims = [0, 2, 3] : tensor<4x16x4x4xf64> -> tensor<16xf64>
      %14 = gan.reshape %13 : tensor<16xf64> -> tensor<16x1x1xf64>
      %15 = gan.constant dense<1.562500e-02> : tensor<f64>
      %16 = gan.constant dense<1.562500e-02> : tensor<16x1x1xf64>
      %17 = gan.mul %14, %16 : tensor<16x1x1xf64>
      %18 = gan.reshape %17 : tensor<16x1x1xf64> -> tensor<16xf64>
      %19 = gan.broadcast %18 dims = [1] : tensor<16xf64> -> tensor<4x16x4x4xf64>
      %20 = gan.sub %6, %19 : tensor<4x16x4x4xf64>
      %21 = gan.mul %20, %20 : tensor<4x16x4x4xf64>
      %22 = gan.sum %21 dims = [0, 2, 3] : tensor<4x16x4x4xf64> -> tensor<16xf64>
      %23 = gan.constant dense<1.562500e-02> : tensor<f64>
      %24 = gan.constant dense<1.562500e-02> : tensor<16xf64>
      %25 = gan.mul %22, %24 : tensor<16xf64>
      %26 = gan.stop_gradient %12 : tensor<16xf64>
      %27 = gan.sub %26, %7 : tensor<16xf64>
      %28 = gan.constant dense<1.000000e-01> : tensor<f64>
      %29 = gan.constant dense<1.000000e-01> : tensor<16xf64>
      %30 = gan.mul %27, %29 : tensor<16xf64>
      %31 = gan.add %7, %30 : tensor<16xf64>
      gan.store %31, @G.batch_norm.0.running_mean : tensor<16xf64>
      %32 = gan.stop_gradient %25 : tensor<16xf64>
      %33 = gan.constant dense<1.0158730158730158> : tensor<f64>
      %34 = gan.constant dense<1.0158730158730158> : tensor<16xf64>
      %35 = gan.mul %32, %34 : tensor<16xf64>
      %36 = gan.sub %35, %8 : tensor<16xf64>
      %37 = gan.constant dense<1.000000e-01> : tensor<f64>
      %38 = gan.constant dense<1.000000e-01> : tensor<16xf64>
      %39 = gan.mul %36, %38 : tensor<16xf64>
      %40 = gan.add %8, %39 : tensor<16xf64>
      gan.store %40, @G.batch_norm.0.running_var : tensor<16xf64>
      %41 = gan.reshape %12 : tensor<16xf64> -> tensor<16x1x1xf64>
      %42 = gan.reshape %41 : tensor<16x1x1xf64> -> tensor<16xf64>
      %43 = gan.broadcast %42 dims = [1] : tensor<16xf64> -> tensor<4x16x4x4xf64>
      %44 = gan.sub %6, %43 : tensor<4x16x4x4xf64>
      %45 = gan.constant dense<1.000000e-05> : tensor<f64>
      %46 = gan.constant dense<1.000000e-05> : tensor<16xf64>
      %47 = gan.add %25, %46 : tensor<16xf64>
      %48 = gan.rsqrt %47 : tensor<16xf64>
      %49 = gan.reshape %48 : tensor<16xf64> -> tensor<16x1x1xf64>
      %50 = gan.reshape %49 : tensor<16x1x1xf64> -> tensor<16xf64>
      %51 = gan.broadcast %50 dims = [1] : tensor<16xf64> -> tensor<4x16x4x4xf64>
      %52 = gan.mul %44, %51 : tensor<4x16x4x4xf64>
      %53 = gan.load @G.batch_norm.0.weight : tensor<16xf64>
      %54 = gan.load @G.batch_norm.0.bias : tensor<16xf64>
      %55 = gan.reshape %53 : tensor<16xf64> -> tensor<16x1x1xf64>
      %56 = gan.reshape %55 : tensor<16x1x1xf64> -> tensor<16xf64>
      %57 = gan.broadcast %56 dims = [1] : tensor<16xf64> -> tensor<4x16x4x4xf64>
      %58 = gan.mul %52, %57 : tensor<4x16x4x4xf64>
      %59 = gan.reshape %54 : tensor<16xf64> -> tensor<16x1x1xf64>
      %60 = gan.reshape %59 : tensor<16x1x1xf64> -> tensor<16xf64>
      %61 = gan.broadcast %60 dims = [1] : tensor<16xf64> -> tensor<4x16x4x4xf64>
      %62 = gan.add %58, %61 : tensor<4x16x4x4xf64>
      %63 = gan.constant dense<0.000000e+00> : tensor<f64>
      %64 = gan.constant dense<0.000000e+00> : tensor<4x16x4x4xf64>
      %65 = gan.max %64, %62 : tensor<4x16x4x4xf64>
      %66 = gan.load @G.conv_transpose.0.weight : tensor<16x8x5x5xf64>
      %67 = gan.transpose %65 permutation = [0, 2, 3, 1] : tensor<4x16x4x4xf64> -> tensor<4x4x4x16xf64>
      %68 = gan.transpose %66 permutation = [2, 3, 1, 0] : tensor<16x8x5x5xf64> -> tensor<5x5x8x16xf64>
      %69 = gan.conv2d_input_grad %67, %68 strides = [2, 2] padding = [1, 2, 1, 2] : tensor<4x4x4x16xf64>, tensor<5x5x8x16xf64> -> tensor<4x8x8x8xf64>
      %70 = gan.transpose %69 permutation = [0, 3, 1, 2] : tensor<4x8x8x8xf64> -> tensor<4x8x8x8xf64>
      %71 = gan.load @G.conv_transpose.0.bias : tensor<8xf64>
      %72 = gan.reshape %71 : tensor<8xf64> -> tensor<8x1x1xf64>
      %73 = gan.reshape %72 : tensor<8x1x1xf64> -> tensor<8xf64>
      %74 = gan.broadcast %73 dims = [1] : tensor<8xf64> -> tensor<4x8x8x8xf64>
      %75 = gan.add %70, %74 : tensor<4x8x8x8xf64>
      %76 = gan.load @G.batch_norm.1.running_mean : tensor<8xf64>
      %77 = gan.load @G.batch_norm.1.running_var : tensor<8xf64>
      %78 = gan.sum %75 dims = [0, 2, 3] : tensor<4x8x8x8xf64> -> tensor<8xf64>
      %79 = gan.constant dense<3.906250e-03> : tensor<f64>
      %80 = gan.constant dense<3.906250e-03> : tensor<8xf64>
      %81 = gan.mul %78, %80 : tensor<8xf64>
      %82 = gan.sum %75 dims = [0, 2, 3] : tensor<4x8x8x8xf64> -> tensor<8xf64>
      %83 = gan.reshape %82 : tensor<8xf64> -> tensor<8x1x1xf64>
      %84 = gan.constant dense<3.906250e-03> : tensor<f64>
      %85 = gan.constant dense<3.906250e-03> : tensor<8x1x1xf64>
      %86 = gan.mul %83, %85 : tensor<8x1x1xf64>
      %87 = gan.reshape %86 : tensor<8x1x1xf64> -> tensor<8xf64>
      %88 = gan.broadcast %87 dims = [1] : tensor<8xf64> -> tensor<4x8x8x8xf64>
      %89 = gan.sub %75, %88 : tensor<4x8x8x8xf64>
      %90 = gan.mul %89, %89 : tensor<4x8x8x8xf64>
      %91 = gan.sum %90 dims = [0, 2, 3] : tensor<4x8x8x8xf64> -> tensor<8xf64>
      %92 = gan.constant dense<3.906250e-03> : tensor<f64>
      %93 = gan.constant dense<3.906250e-03> : tensor<8xf64>
      %94 = gan.mul %91, %93 : tensor<8xf64>
      %95 = gan.stop_gradient %81 : tensor<8xf64>
      %96 = gan.sub %95, %76 : tensor<8xf64>
      %97 = gan.constant dense<1.000000e-01> : tensor<f64>
      %98 = gan.constant dense<1.000000e-01> : tensor<8xf64>
      %99 = gan.mul %96, %98 : tensor<8xf64>
      %100 = gan.add %76, %99 : tensor<8xf64>
      gan.store %100, @G.batch_norm.1.running_mean : tensor<8xf64>
      %101 = gan.stop_gradient %94 : tensor<8xf64>
      %102 = gan.constant dense<1.003921568627451> : tensor<f64>
      %103 = gan.constant dense<1.003921568627451> : tensor<8xf64>
      %104 = gan.mul %101, %103 : tensor<8xf64>
      %105 = gan.sub %104, %77 : tensor<8xf64>
      %106 = gan.constant dense<1.000000e-01> : tensor<f64>
      %107 = gan.constant dense<1.000000e-01> : tensor<8xf64>
      %108 = gan.mul %105, %107 : tensor<8xf64>
      %109 = gan.add %77, %108 : tensor<8xf64>
      gan.store %109, @G.batch_norm.1.running_var : tensor<8xf64>
      %110 = gan.reshape %81 : tensor<8xf64> -> tensor<8x1x1xf64>
      %111 = gan.reshape %110 : tensor<8x1x1xf64> -> tensor<8xf64>
      %112 = gan.broadcast %111 dims = [1] : tensor<8xf64> -> tensor<4x8x8x8xf64>
      %113 = gan.sub %75, %112 : tensor<4x8x8x8xf64>
      %114 = gan.constant dense<1.000000e-05> : tensor<f64>
      %115 = gan.constant dense<1.000000e-05> : tensor<8xf64>
      %116 = gan.add %94, %115 : tensor<8xf64>
      %117 = gan.rsqrt %116 : tensor<8xf64>
      %118 = gan.reshape %117 : tensor<8xf64> -> tensor<8x1x1xf64>
      %119 = gan.reshape %118 : tensor<8x1x1xf64> -> tensor<8xf64>
      %120 = gan.broadcast %119 dims = [1] : tensor<8xf64> -> tensor<4x8x8x8xf64>
      %121 = gan.mul %113, %120 : tensor<4x8x8x8xf64>
      %122 = gan.load @G.batch_norm.1.weight : tensor<8xf64>
      %123 = gan.load @G.batch_norm.1.bias : tensor<8xf64>
      %124 = gan.reshape %122 : tensor<8xf64> -> tensor<8x1x1xf64>
      %125 = gan.reshape %124 : tensor<8x1x1xf64> -> tensor<8xf64>
      %126 = gan.broadcast %125 dims = [1] : tensor<8xf64> -> tensor<4x8x8x8xf64>
      %127 = gan.mul %121, %126 : tensor<4x8x8x8xf64>
      %128 = gan.reshape %123 : tensor<8xf64> -> tensor<8x1x1xf64>
      %129 = gan.reshape %128 : tensor<8x1x1xf64> -> tensor<8xf64>
      %130 = gan.broadcast %129 dims = [1] : tensor<8xf64> -> tensor<4x8x8x8xf64>
      %131 = gan.add %127, %130 : tensor<4x8x8x8xf64>
      %132 = gan.constant dense<0.000000e+00> : tensor<f64>
      %133 = gan.constant dense<0.000000e+00> : tensor<4x8x8x8xf64>
      %134 = gan.max %133, %131 : tensor<4x8x8x8xf64>
      %135 = gan.load @G.conv_transpose.1.weight : tensor<8x4x5x5xf64>
      %136 = gan.transpose %134 permutation = [0, 2, 3, 1] : tensor<4x8x8x8xf64> -> tensor<4x8x8x8xf64>
      %137 = gan.transpose %135 permutation = [2, 3, 1, 0] : tensor<8x4x5x5xf64> -> tensor<5x5x4x8xf64>
      %138 = gan.conv2d_input_grad %136, %137 strides = [2, 2] padding = [1, 2, 1, 2] : tensor<4x8x8x8xf64>, tensor<5x5x4x8xf64> -> tensor<4x16x16x4xf64>
      %139 = gan.transpose %138 permutation = [0, 3, 1, 2] : tensor<4x16x16x4xf64> -> tensor<4x4x16x16xf64>
      %140 = gan.load @G.conv_transpose.1.bias : tensor<4xf64>
      %141 = gan.reshape %140 : tensor<4xf64> -> tensor<4x1x1xf64>
      %142 = gan.reshape %141 : tensor<4x1x1xf64> -> tensor<4xf64>
      %143 = gan.broadcast %142 dims = [1] : tensor<4xf64> -> tensor<4x4x16x16xf64>
      %144 = gan.add %139, %143 : tensor<4x4x16x16xf64>
      %145 = gan.load @G.batch_norm.2.running_mean : tensor<4xf64>
      %146 = gan.load @G.batch_norm.2.running_var : tensor<4xf64>
      %147 = gan.sum %144 dims = [0, 2, 3] : tensor<4x4x16x16xf64> -> tensor<4xf64>
      %148 = gan.constant dense<9.765625E-4> : tensor<f64>
      %149 = gan.constant dense<9.765625E-4> : tensor<4xf64>
      %150 = gan.mul %147, %149 : tensor<4xf64>
      %151 = gan.sum %144 dims = [0, 2, 3] : tensor<4x4x16x16xf64> -> tensor<4xf64>
      %152 = gan.reshape %151 : tensor<4xf64> -> tensor<4x1x1xf64>
      %153 = gan.constant dense<9.765625E-4> : tensor<f64>
      %154 = gan.constant dense<9.765625E-4> : tensor<4x1x1xf64>
      %155 = gan.mul %152, %154 : tensor<4x1x1xf64>
      %156 = gan.reshape %155 : tensor<4x1x1xf64> -> tensor<4xf64>
      %157 = gan.broadcast %156 dims = [1] : tensor<4xf64> -> tensor<4x4x16x16xf64>
      %158 = gan.sub %144, %157 : tensor<4x4x16x16xf64>
      %159 = gan.mul %158, %158 : tensor<4x4x16x16xf64>
      %160 = gan.sum %159 dims = [0, 2, 3] : tensor<4x4x16x16xf64> -> tensor<4xf64>
      %161 = gan.constant dense<9.765625E-4> : tensor<f64>
      %162 = gan.constant dense<9.765625E-4> : tensor<4xf64>
      %163 = gan.mul %160, %162 : tensor<4xf64>
      %164 = gan.stop_gradient %150 : tensor<4xf64>
      %165 = gan.sub %164, %145 : tensor<4xf64>
      %166 = gan.constant dense<1.000000e-01> : tensor<f64>
      %167 = gan.constant dense<1.000000e-01> : tensor<4xf64>
      %168 = gan.mul %165, %167 : tensor<4xf64>
      %169 = gan.add %145, %168 : tensor<4xf64>
      gan.store %169, @G.batch_norm.2.running_mean : tensor<4xf64>
      %170 = gan.stop_gradient %163 : tensor<4xf64>
      %171 = gan.constant dense<1.0009775171065494> : tensor<f64>
      %172 = gan.constant dense<1.0009775171065494> : tensor<4xf64>
      %173 = gan.mul %170, %172 : tensor<4xf64>
      %174 = gan.sub %173, %146 : tensor<4xf64>
      %175 = gan.constant dense<1.000000e-01> : tensor<f64>
      %176 = gan.constant dense<1.000000e-01> : tensor<4xf64>
      %177 = gan.mul %174, %176 : tensor<4xf64>
      %178 = gan.add %146, %177 : tensor<4xf64>
      gan.store %178, @G.batch_norm.2.running_var : tensor<4xf64>
      %179 = gan.reshape %150 : tensor<4xf64> -> tensor<4x1x1xf64>
      %180 = gan.reshape %179 : tensor<4x1x1xf64> -> tensor<4xf64>
      %181 = gan.broadcast %180 dims = [1] : tensor<4xf64> -> tensor<4x4x16x16xf64>
      %182 = gan.sub %144, %181 : tensor<4x4x16x16xf64>
      %183 = gan.constant dense<1.000000e-05> : tensor<f64>
      %184 = gan.constant dense<1.000000e-05> : tensor<4xf64>
      %185 = gan.add %163, %184 : tensor<4xf64>
      %186 = gan.rsqrt %185 : tensor<4xf64>
      %187 = gan.reshape %186 : tensor<4xf64> -> tensor<4x1x1xf64>
      %188 = gan.reshape %187 : tensor<4x1x1xf64> -> tensor<4xf64>
      %189 = gan.broadcast %188 dims = [1] : tensor<4xf64> -> tensor<4x4x16x16xf64>
      %190 = gan.mul %182, %189 : tensor<4x4x16x16xf64>
      %191 = gan.load @G.batch_norm.2.weight : tensor<4xf64>
      %192 = gan.load @G.batch_norm.2.bias : tensor<4xf64>
      %193 = gan.reshape %191 : tensor<4xf64> -> tensor<4x1x1xf64>
      %194 = gan.reshape %193 : tensor<4x1x1xf64> -> tensor<4xf64>
      %195 = gan.broadcast %194 dims = [1] : tensor<4xf64> -> tensor<4x4x16x16xf64>
      %196 = gan.mul %190, %195 : tensor<4x4x16x16xf64>
      %197 = gan.reshape %192 : tensor<4xf64> -> tensor<4x1x1xf64>
      %198 = gan.reshape %197 : tensor<4x1x1xf64> -> tensor<4xf64>
      %199 = gan.broadcast %198 dims = [1] : tensor<4xf64> -> tensor<4x4x16x16xf64>
      %200 = gan.add %196, %199 : tensor<4x4x16x16xf64>
      %201 = gan.constant dense<0.000000e+00> : tensor<f64>
      %202 = gan.constant dense<0.000000e+00> : tensor<4x4x16x16xf64>
      %203 = gan.max %202, %200 : tensor<4x4x16x16xf64>
      %204 = gan.load @G.conv_transpose.2.weight : tensor<4x3x5x5xf64>
      %205 = gan.transpose %203 permutation = [0, 2, 3, 1] : tensor<4x4x16x16xf64> -> tensor<4x16x16x4xf64>
      %206 = gan.transpose %204 permutation = [2, 3, 1, 0] : tensor<4x3x5x5xf64> -> tensor<5x5x3x4xf64>
      %207 = gan.conv2d_input_grad %205, %206 strides = [2, 2] padding = [1, 2, 1, 2] : tensor<4x16x16x4xf64>, tensor<5x5x3x4xf64> -> tensor<4x32x32x3xf64>
      %208 = gan.transpose %207 permutation = [0, 3, 1, 2] : tensor<4x32x32x3xf64> -> tensor<4x3x32x32xf64>
      %209 = gan.load @G.conv_transpose.2.bias : tensor<3xf64>
      %210 = gan.reshape %209 : tensor<3xf64> -> tensor<3x1x1xf64>
      %211 = gan.reshape %210 : tensor<3x1x1xf64> -> tensor<3xf64>
      %212 = gan.broadcast %211 dims = [1] : tensor<3xf64> -> tensor<4x3x32x32xf64>
      %213 = gan.add %208, %212 : tensor<4x3x32x32xf64>
      %214 = gan.tanh %213 : tensor<4x3x32x32xf64>
      return %214 : tensor<4x3x32x32xf64>
    }
    func.func @D_train_4(%arg0: tensor<2xi64>, %arg1: tensor<4x3x32x32xf64>) -> tensor<4xf64> attributes {gan.network = "D", gan.role = "network"} {
      %0 = gan.load @D.conv.0.weight : tensor<4x3x5x5xf64>
      %1 = gan.transpose %arg1 permutation = [0, 2, 3, 1] : tensor<4x3x32x32xf64> -> tensor<4x32x32x3xf64>
      %2 = gan.transpose %0 permutation = [2, 3, 1, 0] : tensor<4x3x5x5xf64> -> tensor<5x5x3x4xf64>
      %3 = gan.conv2d %1, %2 strides = [2, 2] padding = [1, 2, 1, 2] : tensor<4x32x32x3xf64>, tensor<5x5x3x4xf64> -> tensor<4x16x16x4xf64>
      %4 = gan.transpose %3 permutation = [0, 3, 1, 2] : tensor<4x16x16x4xf64> -> tensor<4x4x16x16xf64>
      %5 = gan.load @D.conv.0.bias : tensor<4xf64>
      %6 = gan.reshape %5 : tensor<4xf64> -> tensor<4x1x1xf64>
      %7 = gan.reshape %6 : tensor<4x1x1xf64> -> tensor<4xf64>
      %8 = gan.broadcast %7 dims = [1] : tensor<4xf64> -> tensor<4x4x16x16xf64>
      %9 = gan.add %4, %8 : tensor<4x4x16x16xf64>
      %10 = gan.constant dense<2.000000e-01> : tensor<f64>
      %11 = gan.constant dense<2.000000e-01> : tensor<4x4x16x16xf64>
      %12 = gan.mul %11, %9 : tensor<4x4x16x16xf64>
      %13 = gan.constant dense<0.000000e+00> : tensor<f64>
      %14 = gan.constant dense<0.000000e+00> : tensor<4x4x16x16xf64>
      %15 = gan.compare  gt, %9, %14 : tensor<4x4x16x16xf64> -> tensor<4x4x16x16xi1>
      %16 = gan.select %15, %9, %12 : tensor<4x4x16x16xi1>, tensor<4x4x16x16xf64>
      %17 = gan.load @D.conv.1.weight : tensor<8x4x5x5xf64>
      %18 = gan.transpose %16 permutation = [0, 2, 3, 1] : tensor<4x4x16x16xf64> -> tensor<4x16x16x4xf64>
      %19 = gan.transpose %17 permutation = [2, 3, 1, 0] : tensor<8x4x5x5xf64> -> tensor<5x5x4x8xf64>
      %20 = gan.conv2d %18, %19 strides = [2, 2] padding = [1, 2, 1, 2] : tensor<4x16x16x4xf64>, tensor<5x5x4x8xf64> -> tensor<4x8x8x8xf64>
      %21 = gan.transpose %20 permutation = [0, 3, 1, 2] : tensor<4x8x8x8xf64> -> tensor<4x8x8x8xf64>
      %22 = gan.load @D.conv.1.bias : tensor<8xf64>
      %23 = gan.reshape %22 : tensor<8xf64> -> tensor<8x1x1xf64>
      %24 = gan.reshape %23 : tensor<8x1x1xf64> -> tensor<8xf64>
      %25 = gan.broadcast %24 dims = [1] : tensor<8xf64> -> tensor<4x8x8x8xf64>
      %26 = gan.add %21, %25 : tensor<4x8x8x8xf64>
      %27 = gan.constant dense<2.000000e-01> : tensor<f64>
      %28 = gan.constant dense<2.000000e-01> : tensor<4x8x8x8xf64>
      %29 = gan.mul %28, %26 : tensor<4x8x8x8xf64>
      %30 = gan.constant dense<0.000000e+00> : tensor<f64>
      %31 = gan.constant dense<0.000000e+00> : tensor<4x8x8x8xf64>
      %32 = gan.compare  gt, %26, %31 : tensor<4x8x8x8xf64> -> tensor<4x8x8x8xi1>
      %33 = gan.select %32, %26, %29 : tensor<4x8x8x8xi1>, tensor<4x8x8x8xf64>
      %34 = gan.load @D.conv.2.weight : tensor<16x8x5x5xf64>
      %35 = gan.transpose %33 permutation = [0, 2, 3, 1] : tensor<4x8x8x8xf64> -> tensor<4x8x8x8xf64>
      %36 = gan.transpose %34 permutation = [2, 3, 1, 0] : tensor<16x8x5x5xf64> -> tensor<5x5x8x16xf64>
      %37 = gan.conv2d %35, %36 strides = [2, 2] padding = [1, 2, 1, 2] : tensor<4x8x8x8xf64>, tensor<5x5x8x16xf64> -> tensor<4x4x4x16xf64>
      %38 = gan.transpose %37 permutation = [0, 3, 1, 2] : tensor<4x4x4x16xf64> -> tensor<4x16x4x4xf64>
      %39 = gan.load @D.conv.2.bias : tensor<16xf64>
      %40 = gan.reshape %39 : tensor<16xf64> -> tensor<16x1x1xf64>
      %41 = gan.reshape %40 : tensor<16x1x1xf64> -> tensor<16xf64>
      %42 = gan.broadcast %41 dims = [1] : tensor<16xf64> -> tensor<4x16x4x4xf64>
      %43 = gan.add %38, %42 : tensor<4x16x4x4xf64>
      %44 = gan.constant dense<2.000000e-01> : tensor<f64>
      %45 = gan.constant dense<2.000000e-01> : tensor<4x16x4x4xf64>
      %46 = gan.mul %45, %43 : tensor<4x16x4x4xf64>
      %47 = gan.constant dense<0.000000e+00> : tensor<f64>
      %48 = gan.constant dense<0.000000e+00> : tensor<4x16x4x4xf64>
      %49 = gan.compare  gt, %43, %48 : tensor<4x16x4x4xf64> -> tensor<4x16x4x4xi1>
      %50 = gan.select %49, %43, %46 : tensor<4x16x4x4xi1>, tensor<4x16x4x4xf64>
      %51 = gan.reshape %50 : tensor<4x16x4x4xf64> -> tensor<4x256xf64>
      %52 = gan.load @D.dense.0.weight : tensor<1x256xf64>
      %53 = gan.transpose %52 permutation = [1, 0] : tensor<1x256xf64> -> tensor<256x1xf64>
      %54 = gan.matmul %51, %53 : tensor<4x256xf64>, tensor<256x1xf64> -> tensor<4x1xf64>
      %55 = gan.load @D.dense.0.bias : tensor<1xf64>
      %56 = gan.broadcast %55 dims = [1] : tensor<1xf64> -> tensor<4x1xf64>
      %57 = gan.add %54, %56 : tensor<4x1xf64>
      %58 = gan.reshape %57 : tensor<4x1xf64> -> tensor<4xf64>
      return %58 : tensor<4xf64>
    }
    func.func @critic_4(%arg0: tensor<2xi64>) attributes {gan.role = "player"} {
      %0 = gan.random %arg0 stream = "critic/t" from <uniform, [0.000000e+00, 1.000000e+00]> : tensor<2xi64> -> tensor<4xf64>
      %1 = gan.random %arg0 stream = "z" from <normal, [0.000000e+00, 1.000000e+00]> : tensor<2xi64> -> tensor<4x128xf64>
      %2 = gan.call @G_train_4(%arg0, %1) path = "G#0" : (tensor<2xi64>, tensor<4x128xf64>) -> tensor<4x3x32x32xf64>
      %3 = gan.read @cifar "x" at %arg0 : tensor<2xi64> -> tensor<4x3x32x32xf64>
      %4 = gan.sub %2, %3 : tensor<4x3x32x32xf64>
      %5 = gan.broadcast %0 dims = [0] : tensor<4xf64> -> tensor<4x3x32x32xf64>
      %6 = gan.mul %4, %5 : tensor<4x3x32x32xf64>
      %7 = gan.add %3, %6 : tensor<4x3x32x32xf64>
      %8 = gan.call @D_train_4(%arg0, %7) path = "D#0" : (tensor<2xi64>, tensor<4x3x32x32xf64>) -> tensor<4xf64>
      %9 = gan.sum %8 dims = [0] : tensor<4xf64> -> tensor<f64>
      %10 = gan.grad %9 wrt %7 : (tensor<f64>, tensor<4x3x32x32xf64>) -> tensor<4x3x32x32xf64>
      %11 = gan.mul %10, %10 : tensor<4x3x32x32xf64>
      %12 = gan.sum %11 dims = [1, 2, 3] : tensor<4x3x32x32xf64> -> tensor<4xf64>
      %13 = gan.sqrt %12 : tensor<4xf64>
      %14 = gan.call @D_train_4(%arg0, %3) path = "D#1" : (tensor<2xi64>, tensor<4x3x32x32xf64>) -> tensor<4xf64>
      %15 = gan.sum %14 dims = [0] : tensor<4xf64> -> tensor<f64>
      %16 = gan.constant dense<2.500000e-01> : tensor<f64>
      %17 = gan.mul %15, %16 : tensor<f64>
      %18 = gan.call @D_train_4(%arg0, %2) path = "D#2" : (tensor<2xi64>, tensor<4x3x32x32xf64>) -> tensor<4xf64>
      %19 = gan.sum %18 dims = [0] : tensor<4xf64> -> tensor<f64>
      %20 = gan.constant dense<2.500000e-01> : tensor<f64>
      %21 = gan.mul %19, %20 : tensor<f64>
      %22 = gan.sub %17, %21 : tensor<f64>
      gan.report %22 as "critic.gap" : tensor<f64>
      %23 = gan.constant dense<1.000000e+00> : tensor<f64>
      %24 = gan.constant dense<1.000000e+00> : tensor<4xf64>
      %25 = gan.sub %13, %24 : tensor<4xf64>
      %26 = gan.mul %25, %25 : tensor<4xf64>
      %27 = gan.sum %26 dims = [0] : tensor<4xf64> -> tensor<f64>
      %28 = gan.constant dense<2.500000e-01> : tensor<f64>
      %29 = gan.mul %27, %28 : tensor<f64>
      %30 = gan.constant dense<1.000000e+01> : tensor<f64>
      %31 = gan.mul %30, %29 : tensor<f64>
      %32 = gan.sub %31, %22 : tensor<f64>
      gan.report %32 as "critic.loss" : tensor<f64>
      %33 = gan.load @D.conv.0.weight : tensor<4x3x5x5xf64>
      %34 = gan.load @D.conv.0.bias : tensor<4xf64>
      %35 = gan.load @D.conv.1.weight : tensor<8x4x5x5xf64>
      %36 = gan.load @D.conv.1.bias : tensor<8xf64>
      %37 = gan.load @D.conv.2.weight : tensor<16x8x5x5xf64>
      %38 = gan.load @D.conv.2.bias : tensor<16xf64>
      %39 = gan.load @D.dense.0.weight : tensor<1x256xf64>
      %40 = gan.load @D.dense.0.bias : tensor<1xf64>
      %41:8 = gan.grad %32 wrt %33, %34, %35, %36, %37, %38, %39, %40 : (tensor<f64>, tensor<4x3x5x5xf64>, tensor<4xf64>, tensor<8x4x5x5xf64>, tensor<8xf64>, tensor<16x8x5x5xf64>, tensor<16xf64>, tensor<1x256xf64>, tensor<1xf64>) -> (tensor<4x3x5x5xf64>, tensor<4xf64>, tensor<8x4x5x5xf64>, tensor<8xf64>, tensor<16x8x5x5xf64>, tensor<16xf64>, tensor<1x256xf64>, tensor<1xf64>)
      %42 = gan.load @critic.D.conv.0.weight.m : tensor<4x3x5x5xf64>
      %43 = gan.load @critic.D.conv.0.weight.v : tensor<4x3x5x5xf64>
      %44 = gan.load @critic.D.conv.0.weight.t : tensor<f64>
      %45 = gan.constant dense<1.000000e+00> : tensor<f64>
      %46 = gan.add %44, %45 : tensor<f64>
      gan.store %46, @critic.D.conv.0.weight.t : tensor<f64>
      %47 = gan.sub %41#0, %42 : tensor<4x3x5x5xf64>
      %48 = gan.constant dense<5.000000e-01> : tensor<f64>
      %49 = gan.constant dense<5.000000e-01> : tensor<4x3x5x5xf64>
      %50 = gan.mul %47, %49 : tensor<4x3x5x5xf64>
      %51 = gan.add %42, %50 : tensor<4x3x5x5xf64>
      gan.store %51, @critic.D.conv.0.weight.m : tensor<4x3x5x5xf64>
      %52 = gan.mul %41#0, %41#0 : tensor<4x3x5x5xf64>
      %53 = gan.sub %52, %43 : tensor<4x3x5x5xf64>
      %54 = gan.constant dense<0.099999999999999978> : tensor<f64>
      %55 = gan.constant dense<0.099999999999999978> : tensor<4x3x5x5xf64>
      %56 = gan.mul %53, %55 : tensor<4x3x5x5xf64>
      %57 = gan.add %43, %56 : tensor<4x3x5x5xf64>
      gan.store %57, @critic.D.conv.0.weight.v : tensor<4x3x5x5xf64>
      %58 = gan.constant dense<5.000000e-01> : tensor<f64>
      %59 = gan.pow %58, %46 : tensor<f64>
      %60 = gan.constant dense<1.000000e+00> : tensor<f64>
      %61 = gan.sub %60, %59 : tensor<f64>
      %62 = gan.broadcast %61 dims = [] : tensor<f64> -> tensor<4x3x5x5xf64>
      %63 = gan.div %51, %62 : tensor<4x3x5x5xf64>
      %64 = gan.constant dense<1.000000e-04> : tensor<f64>
      %65 = gan.constant dense<1.000000e-04> : tensor<4x3x5x5xf64>
      %66 = gan.mul %65, %63 : tensor<4x3x5x5xf64>
      %67 = gan.constant dense<9.000000e-01> : tensor<f64>
      %68 = gan.pow %67, %46 : tensor<f64>
      %69 = gan.constant dense<1.000000e+00> : tensor<f64>
      %70 = gan.sub %69, %68 : tensor<f64>
      %71 = gan.broadcast %70 dims = [] : tensor<f64> -> tensor<4x3x5x5xf64>
      %72 = gan.div %57, %71 : tensor<4x3x5x5xf64>
      %73 = gan.sqrt %72 : tensor<4x3x5x5xf64>
      %74 = gan.constant dense<1.000000e-08> : tensor<f64>
      %75 = gan.constant dense<1.000000e-08> : tensor<4x3x5x5xf64>
      %76 = gan.add %73, %75 : tensor<4x3x5x5xf64>
      %77 = gan.div %66, %76 : tensor<4x3x5x5xf64>
      %78 = gan.sub %33, %77 : tensor<4x3x5x5xf64>
      %79 = gan.load @critic.D.conv.0.bias.m : tensor<4xf64>
      %80 = gan.load @critic.D.conv.0.bias.v : tensor<4xf64>
      %81 = gan.load @critic.D.conv.0.bias.t : tensor<f64>
      %82 = gan.constant dense<1.000000e+00> : tensor<f64>
      %83 = gan.add %81, %82 : tensor<f64>
      gan.store %83, @critic.D.conv.0.bias.t : tensor<f64>
      %84 = gan.sub %41#1, %79 : tensor<4xf64>
      %85 = gan.constant dense<5.000000e-01> : tensor<f64>
      %86 = gan.constant dense<5.000000e-01> : tensor<4xf64>
      %87 = gan.mul %84, %86 : tensor<4xf64>
      %88 = gan.add %79, %87 : tensor<4xf64>
      gan.store %88, @critic.D.conv.0.bias.m : tensor<4xf64>
      %89 = gan.mul %41#1, %41#1 : tensor<4xf64>
      %90 = gan.sub %89, %80 : tensor<4xf64>
      %91 = gan.constant dense<0.099999999999999978> : tensor<f64>
      %92 = gan.constant dense<0.099999999999999978> : tensor<4xf64>
      %93 = gan.mul %90, %92 : tensor<4xf64>
      %94 = gan.add %80, %93 : tensor<4xf64>
      gan.store %94, @critic.D.conv.0.bias.v : tensor<4xf64>
      %95 = gan.constant dense<5.000000e-01> : tensor<f64>
      %96 = gan.pow %95, %83 : tensor<f64>
      %97 = gan.constant dense<1.000000e+00> : tensor<f64>
      %98 = gan.sub %97, %96 : tensor<f64>
      %99 = gan.broadcast %98 dims = [] : tensor<f64> -> tensor<4xf64>
      %100 = gan.div %88, %99 : tensor<4xf64>
      %101 = gan.constant dense<1.000000e-04> : tensor<f64>
      %102 = gan.constant dense<1.000000e-04> : tensor<4xf64>
      %103 = gan.mul %102, %100 : tensor<4xf64>
      %104 = gan.constant dense<9.000000e-01> : tensor<f64>
      %105 = gan.pow %104, %83 : tensor<f64>
      %106 = gan.constant dense<1.000000e+00> : tensor<f64>
      %107 = gan.sub %106, %105 : tensor<f64>
      %108 = gan.broadcast %107 dims = [] : tensor<f64> -> tensor<4xf64>
      %109 = gan.div %94, %108 : tensor<4xf64>
      %110 = gan.sqrt %109 : tensor<4xf64>
      %111 = gan.constant dense<1.000000e-08> : tensor<f64>
      %112 = gan.constant dense<1.000000e-08> : tensor<4xf64>
      %113 = gan.add %110, %112 : tensor<4xf64>
      %114 = gan.div %103, %113 : tensor<4xf64>
      %115 = gan.sub %34, %114 : tensor<4xf64>
      %116 = gan.load @critic.D.conv.1.weight.m : tensor<8x4x5x5xf64>
      %117 = gan.load @critic.D.conv.1.weight.v : tensor<8x4x5x5xf64>
      %118 = gan.load @critic.D.conv.1.weight.t : tensor<f64>
      %119 = gan.constant dense<1.000000e+00> : tensor<f64>
      %120 = gan.add %118, %119 : tensor<f64>
      gan.store %120, @critic.D.conv.1.weight.t : tensor<f64>
      %121 = gan.sub %41#2, %116 : tensor<8x4x5x5xf64>
      %122 = gan.constant dense<5.000000e-01> : tensor<f64>
      %123 = gan.constant dense<5.000000e-01> : tensor<8x4x5x5xf64>
      %124 = gan.mul %121, %123 : tensor<8x4x5x5xf64>
      %125 = gan.add %116, %124 : tensor<8x4x5x5xf64>
      gan.store %125, @critic.D.conv.1.weight.m : tensor<8x4x5x5xf64>
      %126 = gan.mul %41#2, %41#2 : tensor<8x4x5x5xf64>
      %127 = gan.sub %126, %117 : tensor<8x4x5x5xf64>
      %128 = gan.constant dense<0.099999999999999978> : tensor<f64>
      %129 = gan.constant dense<0.099999999999999978> : tensor<8x4x5x5xf64>
      %130 = gan.mul %127, %129 : tensor<8x4x5x5xf64>
      %131 = gan.add %117, %130 : tensor<8x4x5x5xf64>
      gan.store %131, @critic.D.conv.1.weight.v : tensor<8x4x5x5xf64>
      %132 = gan.constant dense<5.000000e-01> : tensor<f64>
      %133 = gan.pow %132, %120 : tensor<f64>
      %134 = gan.constant dense<1.000000e+00> : tensor<f64>
      %135 = gan.sub %134, %133 : tensor<f64>
      %136 = gan.broadcast %135 dims = [] : tensor<f64> -> tensor<8x4x5x5xf64>
      %137 = gan.div %125, %136 : tensor<8x4x5x5xf64>
      %138 = gan.constant dense<1.000000e-04> : tensor<f64>
      %139 = gan.constant dense<1.000000e-04> : tensor<8x4x5x5xf64>
      %140 = gan.mul %139, %137 : tensor<8x4x5x5xf64>
      %141 = gan.constant dense<9.000000e-01> : tensor<f64>
      %142 = gan.pow %141, %120 : tensor<f64>
      %143 = gan.constant dense<1.000000e+00> : tensor<f64>
      %144 = gan.sub %143, %142 : tensor<f64>
      %145 = gan.broadcast %144 dims = [] : tensor<f64> -> tensor<8x4x5x5xf64>
      %146 = gan.div %131, %145 : tensor<8x4x5x5xf64>
      %147 = gan.sqrt %146 : tensor<8x4x5x5xf64>
      %148 = gan.constant dense<1.000000e-08> : tensor<f64>
      %149 = gan.constant dense<1.000000e-08> : tensor<8x4x5x5xf64>
      %150 = gan.add %147, %149 : tensor<8x4x5x5xf64>
      %151 = gan.div %140, %150 : tensor<8x4x5x5xf64>
      %152 = gan.sub %35, %151 : tensor<8x4x5x5xf64>
      %153 = gan.load @critic.D.conv.1.bias.m : tensor<8xf64>
      %154 = gan.load @critic.D.conv.1.bias.v : tensor<8xf64>
      %155 = gan.load @critic.D.conv.1.bias.t : tensor<f64>
      %156 = gan.constant dense<1.000000e+00> : tensor<f64>
      %157 = gan.add %155, %156 : tensor<f64>
      gan.store %157, @critic.D.conv.1.bias.t : tensor<f64>
      %158 = gan.sub %41#3, %153 : tensor<8xf64>
      %159 = gan.constant dense<5.000000e-01> : tensor<f64>
      %160 = gan.constant dense<5.000000e-01> : tensor<8xf64>
      %161 = gan.mul %158, %160 : tensor<8xf64>
      %162 = gan.add %153, %161 : tensor<8xf64>
      gan.store %162, @critic.D.conv.1.bias.m : tensor<8xf64>
      %163 = gan.mul %41#3, %41#3 : tensor<8xf64>
      %164 = gan.sub %163, %154 : tensor<8xf64>
      %165 = gan.constant dense<0.099999999999999978> : tensor<f64>
      %166 = gan.constant dense<0.099999999999999978> : tensor<8xf64>
      %167 = gan.mul %164, %166 : tensor<8xf64>
      %168 = gan.add %154, %167 : tensor<8xf64>
      gan.store %168, @critic.D.conv.1.bias.v : tensor<8xf64>
      %169 = gan.constant dense<5.000000e-01> : tensor<f64>
      %170 = gan.pow %169, %157 : tensor<f64>
      %171 = gan.constant dense<1.000000e+00> : tensor<f64>
      %172 = gan.sub %171, %170 : tensor<f64>
      %173 = gan.broadcast %172 dims = [] : tensor<f64> -> tensor<8xf64>
      %174 = gan.div %162, %173 : tensor<8xf64>
      %175 = gan.constant dense<1.000000e-04> : tensor<f64>
      %176 = gan.constant dense<1.000000e-04> : tensor<8xf64>
      %177 = gan.mul %176, %174 : tensor<8xf64>
      %178 = gan.constant dense<9.000000e-01> : tensor<f64>
      %179 = gan.pow %178, %157 : tensor<f64>
      %180 = gan.constant dense<1.000000e+00> : tensor<f64>
      %181 = gan.sub %180, %179 : tensor<f64>
      %182 = gan.broadcast %181 dims = [] : tensor<f64> -> tensor<8xf64>
      %183 = gan.div %168, %182 : tensor<8xf64>
      %184 = gan.sqrt %183 : tensor<8xf64>
      %185 = gan.constant dense<1.000000e-08> : tensor<f64>
      %186 = gan.constant dense<1.000000e-08> : tensor<8xf64>
      %187 = gan.add %184, %186 : tensor<8xf64>
      %188 = gan.div %177, %187 : tensor<8xf64>
      %189 = gan.sub %36, %188 : tensor<8xf64>
      %190 = gan.load @critic.D.conv.2.weight.m : tensor<16x8x5x5xf64>
      %191 = gan.load @critic.D.conv.2.weight.v : tensor<16x8x5x5xf64>
      %192 = gan.load @critic.D.conv.2.weight.t : tensor<f64>
      %193 = gan.constant dense<1.000000e+00> : tensor<f64>
      %194 = gan.add %192, %193 : tensor<f64>
      gan.store %194, @critic.D.conv.2.weight.t : tensor<f64>
      %195 = gan.sub %41#4, %190 : tensor<16x8x5x5xf64>
      %196 = gan.constant dense<5.000000e-01> : tensor<f64>
      %197 = gan.constant dense<5.000000e-01> : tensor<16x8x5x5xf64>
      %198 = gan.mul %195, %197 : tensor<16x8x5x5xf64>
      %199 = gan.add %190, %198 : tensor<16x8x5x5xf64>
      gan.store %199, @critic.D.conv.2.weight.m : tensor<16x8x5x5xf64>
      %200 = gan.mul %41#4, %41#4 : tensor<16x8x5x5xf64>
      %201 = gan.sub %200, %191 : tensor<16x8x5x5xf64>
      %202 = gan.constant dense<0.099999999999999978> : tensor<f64>
      %203 = gan.constant dense<0.099999999999999978> : tensor<16x8x5x5xf64>
      %204 = gan.mul %201, %203 : tensor<16x8x5x5xf64>
      %205 = gan.add %191, %204 : tensor<16x8x5x5xf64>
      gan.store %205, @critic.D.conv.2.weight.v : tensor<16x8x5x5xf64>
      %206 = gan.constant dense<5.000000e-01> : tensor<f64>
      %207 = gan.pow %206, %194 : tensor<f64>
      %208 = gan.constant dense<1.000000e+00> : tensor<f64>
      %209 = gan.sub %208, %207 : tensor<f64>
      %210 = gan.broadcast %209 dims = [] : tensor<f64> -> tensor<16x8x5x5xf64>
      %211 = gan.div %199, %210 : tensor<16x8x5x5xf64>
      %212 = gan.constant dense<1.000000e-04> : tensor<f64>
      %213 = gan.constant dense<1.000000e-04> : tensor<16x8x5x5xf64>
      %214 = gan.mul %213, %211 : tensor<16x8x5x5xf64>
      %215 = gan.constant dense<9.000000e-01> : tensor<f64>
      %216 = gan.pow %215, %194 : tensor<f64>
      %217 = gan.constant dense<1.000000e+00> : tensor<f64>
      %218 = gan.sub %217, %216 : tensor<f64>
      %219 = gan.broadcast %218 dims = [] : tensor<f64> -> tensor<16x8x5x5xf64>
      %220 = gan.div %205, %219 : tensor<16x8x5x5xf64>
      %221 = gan.sqrt %220 : tensor<16x8x5x5xf64>
      %222 = gan.constant dense<1.000000e-08> : tensor<f64>
      %223 = gan.constant dense<1.000000e-08> : tensor<16x8x5x5xf64>
      %224 = gan.add %221, %223 : tensor<16x8x5x5xf64>
      %225 = gan.div %214, %224 : tensor<16x8x5x5xf64>
      %226 = gan.sub %37, %225 : tensor<16x8x5x5xf64>
      %227 = gan.load @critic.D.conv.2.bias.m : tensor<16xf64>
      %228 = gan.load @critic.D.conv.2.bias.v : tensor<16xf64>
      %229 = gan.load @critic.D.conv.2.bias.t : tensor<f64>
      %230 = gan.constant dense<1.000000e+00> : tensor<f64>
      %231 = gan.add %229, %230 : tensor<f64>
      gan.store %231, @critic.D.conv.2.bias.t : tensor<f64>
      %232 = gan.sub %41#5, %227 : tensor<16xf64>
      %233 = gan.constant dense<5.000000e-01> : tensor<f64>
      %234 = gan.constant dense<5.000000e-01> : tensor<16xf64>
      %235 = gan.mul %232, %234 : tensor<16xf64>
      %236 = gan.add %227, %235 : tensor<16xf64>
      gan.store %236, @critic.D.conv.2.bias.m : tensor<16xf64>
      %237 = gan.mul %41#5, %41#5 : tensor<16xf64>
      %238 = gan.sub %237, %228 : tensor<16xf64>
      %239 = gan.constant dense<0.099999999999999978> : tensor<f64>
      %240 = gan.constant dense<0.099999999999999978> : tensor<16xf64>
      %241 = gan.mul %238, %240 : tensor<16xf64>
      %242 = gan.add %228, %241 : tensor<16xf64>
      gan.store %242, @critic.D.conv.2.bias.v : tensor<16xf64>
      %243 = gan.constant dense<5.000000e-01> : tensor<f64>
      %244 = gan.pow %243, %231 : tensor<f64>
      %245 = gan.constant dense<1.000000e+00> : tensor<f64>
      %246 = gan.sub %245, %244 : tensor<f64>
      %247 = gan.broadcast %246 dims = [] : tensor<f64> -> tensor<16xf64>
      %248 = gan.div %236, %247 : tensor<16xf64>
      %249 = gan.constant dense<1.000000e-04> : tensor<f64>
      %250 = gan.constant dense<1.000000e-04> : tensor<16xf64>
      %251 = gan.mul %250, %248 : tensor<16xf64>
      %252 = gan.constant dense<9.000000e-01> : tensor<f64>
      %253 = gan.pow %252, %231 : tensor<f64>
      %254 = gan.constant dense<1.000000e+00> : tensor<f64>
      %255 = gan.sub %254, %253 : tensor<f64>
      %256 = gan.broadcast %255 dims = [] : tensor<f64> -> tensor<16xf64>
      %257 = gan.div %242, %256 : tensor<16xf64>
      %258 = gan.sqrt %257 : tensor<16xf64>
      %259 = gan.constant dense<1.000000e-08> : tensor<f64>
      %260 = gan.constant dense<1.000000e-08> : tensor<16xf64>
      %261 = gan.add %258, %260 : tensor<16xf64>
      %262 = gan.div %251, %261 : tensor<16xf64>
      %263 = gan.sub %38, %262 : tensor<16xf64>
      %264 = gan.load @critic.D.dense.0.weight.m : tensor<1x256xf64>
      %265 = gan.load @critic.D.dense.0.weight.v : tensor<1x256xf64>
      %266 = gan.load @critic.D.dense.0.weight.t : tensor<f64>
      %267 = gan.constant dense<1.000000e+00> : tensor<f64>
      %268 = gan.add %266, %267 : tensor<f64>
      gan.store %268, @critic.D.dense.0.weight.t : tensor<f64>
      %269 = gan.sub %41#6, %264 : tensor<1x256xf64>
      %270 = gan.constant dense<5.000000e-01> : tensor<f64>
      %271 = gan.constant dense<5.000000e-01> : tensor<1x256xf64>
      %272 = gan.mul %269, %271 : tensor<1x256xf64>
      %273 = gan.add %264, %272 : tensor<1x256xf64>
      gan.store %273, @critic.D.dense.0.weight.m : tensor<1x256xf64>
      %274 = gan.mul %41#6, %41#6 : tensor<1x256xf64>
      %275 = gan.sub %274, %265 : tensor<1x256xf64>
      %276 = gan.constant dense<0.099999999999999978> : tensor<f64>
      %277 = gan.constant dense<0.099999999999999978> : tensor<1x256xf64>
      %278 = gan.mul %275, %277 : tensor<1x256xf64>
      %279 = gan.add %265, %278 : tensor<1x256xf64>
      gan.store %279, @critic.D.dense.0.weight.v : tensor<1x256xf64>
      %280 = gan.constant dense<5.000000e-01> : tensor<f64>
      %281 = gan.pow %280, %268 : tensor<f64>
      %282 = gan.constant dense<1.000000e+00> : tensor<f64>
      %283 = gan.sub %282, %281 : tensor<f64>
      %284 = gan.broadcast %283 dims = [] : tensor<f64> -> tensor<1x256xf64>
      %285 = gan.div %273, %284 : tensor<1x256xf64>
      %286 = gan.constant dense<1.000000e-04> : tensor<f64>
      %287 = gan.constant dense<1.000000e-04> : tensor<1x256xf64>
      %288 = gan.mul %287, %285 : tensor<1x256xf64>
      %289 = gan.constant dense<9.000000e-01> : tensor<f64>
      %290 = gan.pow %289, %268 : tensor<f64>
      %291 = gan.constant dense<1.000000e+00> : tensor<f64>
      %292 = gan.sub %291, %290 : tensor<f64>
      %293 = gan.broadcast %292 dims = [] : tensor<f64> -> tensor<1x256xf64>
      %294 = gan.div %279, %293 : tensor<1x256xf64>
      %295 = gan.sqrt %294 : tensor<1x256xf64>
      %296 = gan.constant dense<1.000000e-08> : tensor<f64>
      %297 = gan.constant dense<1.000000e-08> : tensor<1x256xf64>
      %298 = gan.add %295, %297 : tensor<1x256xf64>
      %299 = gan.div %288, %298 : tensor<1x256xf64>
      %300 = gan.sub %39, %299 : tensor<1x256xf64>
      %301 = gan.load @critic.D.dense.0.bias.m : tensor<1xf64>
      %302 = gan.load @critic.D.dense.0.bias.v : tensor<1xf64>
      %303 = gan.load @critic.D.dense.0.bias.t : tensor<f64>
      %304 = gan.constant dense<1.000000e+00> : tensor<f64>
      %305 = gan.add %303, %304 : tensor<f64>
      gan.store %305, @critic.D.dense.0.bias.t : tensor<f64>
      %306 = gan.sub %41#7, %301 : tensor<1xf64>
      %307 = gan.constant dense<5.000000e-01> : tensor<f64>
      %308 = gan.constant dense<5.000000e-01> : tensor<1xf64>
      %309 = gan.mul %306, %308 : tensor<1xf64>
      %310 = gan.add %301, %309 : tensor<1xf64>
      gan.store %310, @critic.D.dense.0.bias.m : tensor<1xf64>
      %311 = gan.mul %41#7, %41#7 : tensor<1xf64>
      %312 = gan.sub %311, %302 : tensor<1xf64>
      %313 = gan.constant dense<0.099999999999999978> : tensor<f64>
      %314 = gan.constant dense<0.099999999999999978> : tensor<1xf64>
      %315 = gan.mul %312, %314 : tensor<1xf64>
      %316 = gan.add %302, %315 : tensor<1xf64>
      gan.store %316, @critic.D.dense.0.bias.v : tensor<1xf64>
      %317 = gan.constant dense<5.000000e-01> : tensor<f64>
      %318 = gan.pow %317, %305 : tensor<f64>
      %319 = gan.constant dense<1.000000e+00> : tensor<f64>
      %320 = gan.sub %319, %318 : tensor<f64>
      %321 = gan.broadcast %320 dims = [] : tensor<f64> -> tensor<1xf64>
      %322 = gan.div %310, %321 : tensor<1xf64>
      %323 = gan.constant dense<1.000000e-04> : tensor<f64>
      %324 = gan.constant dense<1.000000e-04> : tensor<1xf64>
      %325 = gan.mul %324, %322 : tensor<1xf64>
      %326 = gan.constant dense<9.000000e-01> : tensor<f64>
      %327 = gan.pow %326, %305 : tensor<f64>
      %328 = gan.constant dense<1.000000e+00> : tensor<f64>
      %329 = gan.sub %328, %327 : tensor<f64>
      %330 = gan.broadcast %329 dims = [] : tensor<f64> -> tensor<1xf64>
      %331 = gan.div %316, %330 : tensor<1xf64>
      %332 = gan.sqrt %331 : tensor<1xf64>
      %333 = gan.constant dense<1.000000e-08> : tensor<f64>
      %334 = gan.constant dense<1.000000e-08> : tensor<1xf64>
      %335 = gan.add %332, %334 : tensor<1xf64>
      %336 = gan.div %325, %335 : tensor<1xf64>
      %337 = gan.sub %40, %336 : tensor<1xf64>
      gan.store %78, @D.conv.0.weight : tensor<4x3x5x5xf64>
      gan.store %115, @D.conv.0.bias : tensor<4xf64>
      gan.store %152, @D.conv.1.weight : tensor<8x4x5x5xf64>
      gan.store %189, @D.conv.1.bias : tensor<8xf64>
      gan.store %226, @D.conv.2.weight : tensor<16x8x5x5xf64>
      gan.store %263, @D.conv.2.bias : tensor<16xf64>
      gan.store %300, @D.dense.0.weight : tensor<1x256xf64>
      gan.store %337, @D.dense.0.bias : tensor<1xf64>
      return
    }
    gan.phase @train 200000 "steps" batch = 4 {
      gan.when [">", "step", 0.000000e+00] {
        gan.play @generator_4 player = "generator"
      } else {
      }
      gan.repeat 5.000000e+00 : f64 {
        gan.play @critic_4 player = "critic"
      }
    }
    func.func @samples(%arg0: tensor<2xi64>) -> tensor<4x3x32x32xf64> attributes {gan.output = "samples", gan.role = "output"} {
      %0 = gan.random %arg0 stream = "z" from <normal, [0.000000e+00, 1.000000e+00]> : tensor<2xi64> -> tensor<4x128xf64>
      %1 = gan.call @G_avg_infer_4(%arg0, %0) path = "G_avg#0" frozen_state : (tensor<2xi64>, tensor<4x128xf64>) -> tensor<4x3x32x32xf64>
      return %1 : tensor<4x3x32x32xf64>
    }
    func.func @G_avg_infer_4(%arg0: tensor<2xi64>, %arg1: tensor<4x128xf64>) -> tensor<4x3x32x32xf64> attributes {gan.network = "G_avg", gan.role = "network"} {
      %0 = gan.load @G_avg.dense.0.weight : tensor<256x128xf64>
      %1 = gan.transpose %0 permutation = [1, 0] : tensor<256x128xf64> -> tensor<128x256xf64>
      %2 = gan.matmul %arg1, %1 : tensor<4x128xf64>, tensor<128x256xf64> -> tensor<4x256xf64>
      %3 = gan.load @G_avg.dense.0.bias : tensor<256xf64>
      %4 = gan.broadcast %3 dims = [1] : tensor<256xf64> -> tensor<4x256xf64>
      %5 = gan.add %2, %4 : tensor<4x256xf64>
      %6 = gan.reshape %5 : tensor<4x256xf64> -> tensor<4x16x4x4xf64>
      %7 = gan.load @G_avg.batch_norm.0.running_mean : tensor<16xf64>
      %8 = gan.load @G_avg.batch_norm.0.running_var : tensor<16xf64>
      %9 = gan.reshape %7 : tensor<16xf64> -> tensor<16x1x1xf64>
      %10 = gan.reshape %9 : tensor<16x1x1xf64> -> tensor<16xf64>
      %11 = gan.broadcast %10 dims = [1] : tensor<16xf64> -> tensor<4x16x4x4xf64>
      %12 = gan.sub %6, %11 : tensor<4x16x4x4xf64>
      %13 = gan.constant dense<1.000000e-05> : tensor<f64>
      %14 = gan.constant dense<1.000000e-05> : tensor<16xf64>
      %15 = gan.add %8, %14 : tensor<16xf64>
      %16 = gan.rsqrt %15 : tensor<16xf64>
      %17 = gan.reshape %16 : tensor<16xf64> -> tensor<16x1x1xf64>
      %18 = gan.reshape %17 : tensor<16x1x1xf64> -> tensor<16xf64>
      %19 = gan.broadcast %18 dims = [1] : tensor<16xf64> -> tensor<4x16x4x4xf64>
      %20 = gan.mul %12, %19 : tensor<4x16x4x4xf64>
      %21 = gan.load @G_avg.batch_norm.0.weight : tensor<16xf64>
      %22 = gan.load @G_avg.batch_norm.0.bias : tensor<16xf64>
      %23 = gan.reshape %21 : tensor<16xf64> -> tensor<16x1x1xf64>
      %24 = gan.reshape %23 : tensor<16x1x1xf64> -> tensor<16xf64>
      %25 = gan.broadcast %24 dims = [1] : tensor<16xf64> -> tensor<4x16x4x4xf64>
      %26 = gan.mul %20, %25 : tensor<4x16x4x4xf64>
      %27 = gan.reshape %22 : tensor<16xf64> -> tensor<16x1x1xf64>
      %28 = gan.reshape %27 : tensor<16x1x1xf64> -> tensor<16xf64>
      %29 = gan.broadcast %28 dims = [1] : tensor<16xf64> -> tensor<4x16x4x4xf64>
      %30 = gan.add %26, %29 : tensor<4x16x4x4xf64>
      %31 = gan.constant dense<0.000000e+00> : tensor<f64>
      %32 = gan.constant dense<0.000000e+00> : tensor<4x16x4x4xf64>
      %33 = gan.max %32, %30 : tensor<4x16x4x4xf64>
      %34 = gan.load @G_avg.conv_transpose.0.weight : tensor<16x8x5x5xf64>
      %35 = gan.transpose %33 permutation = [0, 2, 3, 1] : tensor<4x16x4x4xf64> -> tensor<4x4x4x16xf64>
      %36 = gan.transpose %34 permutation = [2, 3, 1, 0] : tensor<16x8x5x5xf64> -> tensor<5x5x8x16xf64>
      %37 = gan.conv2d_input_grad %35, %36 strides = [2, 2] padding = [1, 2, 1, 2] : tensor<4x4x4x16xf64>, tensor<5x5x8x16xf64> -> tensor<4x8x8x8xf64>
      %38 = gan.transpose %37 permutation = [0, 3, 1, 2] : tensor<4x8x8x8xf64> -> tensor<4x8x8x8xf64>
      %39 = gan.load @G_avg.conv_transpose.0.bias : tensor<8xf64>
      %40 = gan.reshape %39 : tensor<8xf64> -> tensor<8x1x1xf64>
      %41 = gan.reshape %40 : tensor<8x1x1xf64> -> tensor<8xf64>
      %42 = gan.broadcast %41 dims = [1] : tensor<8xf64> -> tensor<4x8x8x8xf64>
      %43 = gan.add %38, %42 : tensor<4x8x8x8xf64>
      %44 = gan.load @G_avg.batch_norm.1.running_mean : tensor<8xf64>
      %45 = gan.load @G_avg.batch_norm.1.running_var : tensor<8xf64>
      %46 = gan.reshape %44 : tensor<8xf64> -> tensor<8x1x1xf64>
      %47 = gan.reshape %46 : tensor<8x1x1xf64> -> tensor<8xf64>
      %48 = gan.broadcast %47 dims = [1] : tensor<8xf64> -> tensor<4x8x8x8xf64>
      %49 = gan.sub %43, %48 : tensor<4x8x8x8xf64>
      %50 = gan.constant dense<1.000000e-05> : tensor<f64>
      %51 = gan.constant dense<1.000000e-05> : tensor<8xf64>
      %52 = gan.add %45, %51 : tensor<8xf64>
      %53 = gan.rsqrt %52 : tensor<8xf64>
      %54 = gan.reshape %53 : tensor<8xf64> -> tensor<8x1x1xf64>
      %55 = gan.reshape %54 : tensor<8x1x1xf64> -> tensor<8xf64>
      %56 = gan.broadcast %55 dims = [1] : tensor<8xf64> -> tensor<4x8x8x8xf64>
      %57 = gan.mul %49, %56 : tensor<4x8x8x8xf64>
      %58 = gan.load @G_avg.batch_norm.1.weight : tensor<8xf64>
      %59 = gan.load @G_avg.batch_norm.1.bias : tensor<8xf64>
      %60 = gan.reshape %58 : tensor<8xf64> -> tensor<8x1x1xf64>
      %61 = gan.reshape %60 : tensor<8x1x1xf64> -> tensor<8xf64>
      %62 = gan.broadcast %61 dims = [1] : tensor<8xf64> -> tensor<4x8x8x8xf64>
      %63 = gan.mul %57, %62 : tensor<4x8x8x8xf64>
      %64 = gan.reshape %59 : tensor<8xf64> -> tensor<8x1x1xf64>
      %65 = gan.reshape %64 : tensor<8x1x1xf64> -> tensor<8xf64>
      %66 = gan.broadcast %65 dims = [1] : tensor<8xf64> -> tensor<4x8x8x8xf64>
      %67 = gan.add %63, %66 : tensor<4x8x8x8xf64>
      %68 = gan.constant dense<0.000000e+00> : tensor<f64>
      %69 = gan.constant dense<0.000000e+00> : tensor<4x8x8x8xf64>
      %70 = gan.max %69, %67 : tensor<4x8x8x8xf64>
      %71 = gan.load @G_avg.conv_transpose.1.weight : tensor<8x4x5x5xf64>
      %72 = gan.transpose %70 permutation = [0, 2, 3, 1] : tensor<4x8x8x8xf64> -> tensor<4x8x8x8xf64>
      %73 = gan.transpose %71 permutation = [2, 3, 1, 0] : tensor<8x4x5x5xf64> -> tensor<5x5x4x8xf64>
      %74 = gan.conv2d_input_grad %72, %73 strides = [2, 2] padding = [1, 2, 1, 2] : tensor<4x8x8x8xf64>, tensor<5x5x4x8xf64> -> tensor<4x16x16x4xf64>
      %75 = gan.transpose %74 permutation = [0, 3, 1, 2] : tensor<4x16x16x4xf64> -> tensor<4x4x16x16xf64>
      %76 = gan.load @G_avg.conv_transpose.1.bias : tensor<4xf64>
      %77 = gan.reshape %76 : tensor<4xf64> -> tensor<4x1x1xf64>
      %78 = gan.reshape %77 : tensor<4x1x1xf64> -> tensor<4xf64>
      %79 = gan.broadcast %78 dims = [1] : tensor<4xf64> -> tensor<4x4x16x16xf64>
      %80 = gan.add %75, %79 : tensor<4x4x16x16xf64>
      %81 = gan.load @G_avg.batch_norm.2.running_mean : tensor<4xf64>
      %82 = gan.load @G_avg.batch_norm.2.running_var : tensor<4xf64>
      %83 = gan.reshape %81 : tensor<4xf64> -> tensor<4x1x1xf64>
      %84 = gan.reshape %83 : tensor<4x1x1xf64> -> tensor<4xf64>
      %85 = gan.broadcast %84 dims = [1] : tensor<4xf64> -> tensor<4x4x16x16xf64>
      %86 = gan.sub %80, %85 : tensor<4x4x16x16xf64>
      %87 = gan.constant dense<1.000000e-05> : tensor<f64>
      %88 = gan.constant dense<1.000000e-05> : tensor<4xf64>
      %89 = gan.add %82, %88 : tensor<4xf64>
      %90 = gan.rsqrt %89 : tensor<4xf64>
      %91 = gan.reshape %90 : tensor<4xf64> -> tensor<4x1x1xf64>
      %92 = gan.reshape %91 : tensor<4x1x1xf64> -> tensor<4xf64>
      %93 = gan.broadcast %92 dims = [1] : tensor<4xf64> -> tensor<4x4x16x16xf64>
      %94 = gan.mul %86, %93 : tensor<4x4x16x16xf64>
      %95 = gan.load @G_avg.batch_norm.2.weight : tensor<4xf64>
      %96 = gan.load @G_avg.batch_norm.2.bias : tensor<4xf64>
      %97 = gan.reshape %95 : tensor<4xf64> -> tensor<4x1x1xf64>
      %98 = gan.reshape %97 : tensor<4x1x1xf64> -> tensor<4xf64>
      %99 = gan.broadcast %98 dims = [1] : tensor<4xf64> -> tensor<4x4x16x16xf64>
      %100 = gan.mul %94, %99 : tensor<4x4x16x16xf64>
      %101 = gan.reshape %96 : tensor<4xf64> -> tensor<4x1x1xf64>
      %102 = gan.reshape %101 : tensor<4x1x1xf64> -> tensor<4xf64>
      %103 = gan.broadcast %102 dims = [1] : tensor<4xf64> -> tensor<4x4x16x16xf64>
      %104 = gan.add %100, %103 : tensor<4x4x16x16xf64>
      %105 = gan.constant dense<0.000000e+00> : tensor<f64>
      %106 = gan.constant dense<0.000000e+00> : tensor<4x4x16x16xf64>
      %107 = gan.max %106, %104 : tensor<4x4x16x16xf64>
      %108 = gan.load @G_avg.conv_transpose.2.weight : tensor<4x3x5x5xf64>
      %109 = gan.transpose %107 permutation = [0, 2, 3, 1] : tensor<4x4x16x16xf64> -> tensor<4x16x16x4xf64>
      %110 = gan.transpose %108 permutation = [2, 3, 1, 0] : tensor<4x3x5x5xf64> -> tensor<5x5x3x4xf64>
      %111 = gan.conv2d_input_grad %109, %110 strides = [2, 2] padding = [1, 2, 1, 2] : tensor<4x16x16x4xf64>, tensor<5x5x3x4xf64> -> tensor<4x32x32x3xf64>
      %112 = gan.transpose %111 permutation = [0, 3, 1, 2] : tensor<4x32x32x3xf64> -> tensor<4x3x32x32xf64>
      %113 = gan.load @G_avg.conv_transpose.2.bias : tensor<3xf64>
      %114 = gan.reshape %113 : tensor<3xf64> -> tensor<3x1x1xf64>
      %115 = gan.reshape %114 : tensor<3x1x1xf64> -> tensor<3xf64>
      %116 = gan.broadcast %115 dims = [1] : tensor<3xf64> -> tensor<4x3x32x32xf64>
      %117 = gan.add %112, %116 : tensor<4x3x32x32xf64>
      %118 = gan.tanh %117 : tensor<4x3x32x32xf64>
      return %118 : tensor<4x3x32x32xf64>
    }
    func.func @G_infer_4(%arg0: tensor<2xi64>, %arg1: tensor<4x128xf64>) -> tensor<4x3x32x32xf64> attributes {gan.network = "G", gan.role = "network"} {
      %0 = gan.load @G.dense.0.weight : tensor<256x128xf64>
      %1 = gan.transpose %0 permutation = [1, 0] : tensor<256x128xf64> -> tensor<128x256xf64>
      %2 = gan.matmul %arg1, %1 : tensor<4x128xf64>, tensor<128x256xf64> -> tensor<4x256xf64>
      %3 = gan.load @G.dense.0.bias : tensor<256xf64>
      %4 = gan.broadcast %3 dims = [1] : tensor<256xf64> -> tensor<4x256xf64>
      %5 = gan.add %2, %4 : tensor<4x256xf64>
      %6 = gan.reshape %5 : tensor<4x256xf64> -> tensor<4x16x4x4xf64>
      %7 = gan.load @G.batch_norm.0.running_mean : tensor<16xf64>
      %8 = gan.load @G.batch_norm.0.running_var : tensor<16xf64>
      %9 = gan.reshape %7 : tensor<16xf64> -> tensor<16x1x1xf64>
      %10 = gan.reshape %9 : tensor<16x1x1xf64> -> tensor<16xf64>
      %11 = gan.broadcast %10 dims = [1] : tensor<16xf64> -> tensor<4x16x4x4xf64>
      %12 = gan.sub %6, %11 : tensor<4x16x4x4xf64>
      %13 = gan.constant dense<1.000000e-05> : tensor<f64>
      %14 = gan.constant dense<1.000000e-05> : tensor<16xf64>
      %15 = gan.add %8, %14 : tensor<16xf64>
      %16 = gan.rsqrt %15 : tensor<16xf64>
      %17 = gan.reshape %16 : tensor<16xf64> -> tensor<16x1x1xf64>
      %18 = gan.reshape %17 : tensor<16x1x1xf64> -> tensor<16xf64>
      %19 = gan.broadcast %18 dims = [1] : tensor<16xf64> -> tensor<4x16x4x4xf64>
      %20 = gan.mul %12, %19 : tensor<4x16x4x4xf64>
      %21 = gan.load @G.batch_norm.0.weight : tensor<16xf64>
      %22 = gan.load @G.batch_norm.0.bias : tensor<16xf64>
      %23 = gan.reshape %21 : tensor<16xf64> -> tensor<16x1x1xf64>
      %24 = gan.reshape %23 : tensor<16x1x1xf64> -> tensor<16xf64>
      %25 = gan.broadcast %24 dims = [1] : tensor<16xf64> -> tensor<4x16x4x4xf64>
      %26 = gan.mul %20, %25 : tensor<4x16x4x4xf64>
      %27 = gan.reshape %22 : tensor<16xf64> -> tensor<16x1x1xf64>
      %28 = gan.reshape %27 : tensor<16x1x1xf64> -> tensor<16xf64>
      %29 = gan.broadcast %28 dims = [1] : tensor<16xf64> -> tensor<4x16x4x4xf64>
      %30 = gan.add %26, %29 : tensor<4x16x4x4xf64>
      %31 = gan.constant dense<0.000000e+00> : tensor<f64>
      %32 = gan.constant dense<0.000000e+00> : tensor<4x16x4x4xf64>
      %33 = gan.max %32, %30 : tensor<4x16x4x4xf64>
      %34 = gan.load @G.conv_transpose.0.weight : tensor<16x8x5x5xf64>
      %35 = gan.transpose %33 permutation = [0, 2, 3, 1] : tensor<4x16x4x4xf64> -> tensor<4x4x4x16xf64>
      %36 = gan.transpose %34 permutation = [2, 3, 1, 0] : tensor<16x8x5x5xf64> -> tensor<5x5x8x16xf64>
      %37 = gan.conv2d_input_grad %35, %36 strides = [2, 2] padding = [1, 2, 1, 2] : tensor<4x4x4x16xf64>, tensor<5x5x8x16xf64> -> tensor<4x8x8x8xf64>
      %38 = gan.transpose %37 permutation = [0, 3, 1, 2] : tensor<4x8x8x8xf64> -> tensor<4x8x8x8xf64>
      %39 = gan.load @G.conv_transpose.0.bias : tensor<8xf64>
      %40 = gan.reshape %39 : tensor<8xf64> -> tensor<8x1x1xf64>
      %41 = gan.reshape %40 : tensor<8x1x1xf64> -> tensor<8xf64>
      %42 = gan.broadcast %41 dims = [1] : tensor<8xf64> -> tensor<4x8x8x8xf64>
      %43 = gan.add %38, %42 : tensor<4x8x8x8xf64>
      %44 = gan.load @G.batch_norm.1.running_mean : tensor<8xf64>
      %45 = gan.load @G.batch_norm.1.running_var : tensor<8xf64>
      %46 = gan.reshape %44 : tensor<8xf64> -> tensor<8x1x1xf64>
      %47 = gan.reshape %46 : tensor<8x1x1xf64> -> tensor<8xf64>
      %48 = gan.broadcast %47 dims = [1] : tensor<8xf64> -> tensor<4x8x8x8xf64>
      %49 = gan.sub %43, %48 : tensor<4x8x8x8xf64>
      %50 = gan.constant dense<1.000000e-05> : tensor<f64>
      %51 = gan.constant dense<1.000000e-05> : tensor<8xf64>
      %52 = gan.add %45, %51 : tensor<8xf64>
      %53 = gan.rsqrt %52 : tensor<8xf64>
      %54 = gan.reshape %53 : tensor<8xf64> -> tensor<8x1x1xf64>
      %55 = gan.reshape %54 : tensor<8x1x1xf64> -> tensor<8xf64>
      %56 = gan.broadcast %55 dims = [1] : tensor<8xf64> -> tensor<4x8x8x8xf64>
      %57 = gan.mul %49, %56 : tensor<4x8x8x8xf64>
      %58 = gan.load @G.batch_norm.1.weight : tensor<8xf64>
      %59 = gan.load @G.batch_norm.1.bias : tensor<8xf64>
      %60 = gan.reshape %58 : tensor<8xf64> -> tensor<8x1x1xf64>
      %61 = gan.reshape %60 : tensor<8x1x1xf64> -> tensor<8xf64>
      %62 = gan.broadcast %61 dims = [1] : tensor<8xf64> -> tensor<4x8x8x8xf64>
      %63 = gan.mul %57, %62 : tensor<4x8x8x8xf64>
      %64 = gan.reshape %59 : tensor<8xf64> -> tensor<8x1x1xf64>
      %65 = gan.reshape %64 : tensor<8x1x1xf64> -> tensor<8xf64>
      %66 = gan.broadcast %65 dims = [1] : tensor<8xf64> -> tensor<4x8x8x8xf64>
      %67 = gan.add %63, %66 : tensor<4x8x8x8xf64>
      %68 = gan.constant dense<0.000000e+00> : tensor<f64>
      %69 = gan.constant dense<0.000000e+00> : tensor<4x8x8x8xf64>
      %70 = gan.max %69, %67 : tensor<4x8x8x8xf64>
      %71 = gan.load @G.conv_transpose.1.weight : tensor<8x4x5x5xf64>
      %72 = gan.transpose %70 permutation = [0, 2, 3, 1] : tensor<4x8x8x8xf64> -> tensor<4x8x8x8xf64>
      %73 = gan.transpose %71 permutation = [2, 3, 1, 0] : tensor<8x4x5x5xf64> -> tensor<5x5x4x8xf64>
      %74 = gan.conv2d_input_grad %72, %73 strides = [2, 2] padding = [1, 2, 1, 2] : tensor<4x8x8x8xf64>, tensor<5x5x4x8xf64> -> tensor<4x16x16x4xf64>
      %75 = gan.transpose %74 permutation = [0, 3, 1, 2] : tensor<4x16x16x4xf64> -> tensor<4x4x16x16xf64>
      %76 = gan.load @G.conv_transpose.1.bias : tensor<4xf64>
      %77 = gan.reshape %76 : tensor<4xf64> -> tensor<4x1x1xf64>
      %78 = gan.reshape %77 : tensor<4x1x1xf64> -> tensor<4xf64>
      %79 = gan.broadcast %78 dims = [1] : tensor<4xf64> -> tensor<4x4x16x16xf64>
      %80 = gan.add %75, %79 : tensor<4x4x16x16xf64>
      %81 = gan.load @G.batch_norm.2.running_mean : tensor<4xf64>
      %82 = gan.load @G.batch_norm.2.running_var : tensor<4xf64>
      %83 = gan.reshape %81 : tensor<4xf64> -> tensor<4x1x1xf64>
      %84 = gan.reshape %83 : tensor<4x1x1xf64> -> tensor<4xf64>
      %85 = gan.broadcast %84 dims = [1] : tensor<4xf64> -> tensor<4x4x16x16xf64>
      %86 = gan.sub %80, %85 : tensor<4x4x16x16xf64>
      %87 = gan.constant dense<1.000000e-05> : tensor<f64>
      %88 = gan.constant dense<1.000000e-05> : tensor<4xf64>
      %89 = gan.add %82, %88 : tensor<4xf64>
      %90 = gan.rsqrt %89 : tensor<4xf64>
      %91 = gan.reshape %90 : tensor<4xf64> -> tensor<4x1x1xf64>
      %92 = gan.reshape %91 : tensor<4x1x1xf64> -> tensor<4xf64>
      %93 = gan.broadcast %92 dims = [1] : tensor<4xf64> -> tensor<4x4x16x16xf64>
      %94 = gan.mul %86, %93 : tensor<4x4x16x16xf64>
      %95 = gan.load @G.batch_norm.2.weight : tensor<4xf64>
      %96 = gan.load @G.batch_norm.2.bias : tensor<4xf64>
      %97 = gan.reshape %95 : tensor<4xf64> -> tensor<4x1x1xf64>
      %98 = gan.reshape %97 : tensor<4x1x1xf64> -> tensor<4xf64>
      %99 = gan.broadcast %98 dims = [1] : tensor<4xf64> -> tensor<4x4x16x16xf64>
      %100 = gan.mul %94, %99 : tensor<4x4x16x16xf64>
      %101 = gan.reshape %96 : tensor<4xf64> -> tensor<4x1x1xf64>
      %102 = gan.reshape %101 : tensor<4x1x1xf64> -> tensor<4xf64>
      %103 = gan.broadcast %102 dims = [1] : tensor<4xf64> -> tensor<4x4x16x16xf64>
      %104 = gan.add %100, %103 : tensor<4x4x16x16xf64>
      %105 = gan.constant dense<0.000000e+00> : tensor<f64>
      %106 = gan.constant dense<0.000000e+00> : tensor<4x4x16x16xf64>
      %107 = gan.max %106, %104 : tensor<4x4x16x16xf64>
      %108 = gan.load @G.conv_transpose.2.weight : tensor<4x3x5x5xf64>
      %109 = gan.transpose %107 permutation = [0, 2, 3, 1] : tensor<4x4x16x16xf64> -> tensor<4x16x16x4xf64>
      %110 = gan.transpose %108 permutation = [2, 3, 1, 0] : tensor<4x3x5x5xf64> -> tensor<5x5x3x4xf64>
      %111 = gan.conv2d_input_grad %109, %110 strides = [2, 2] padding = [1, 2, 1, 2] : tensor<4x16x16x4xf64>, tensor<5x5x3x4xf64> -> tensor<4x32x32x3xf64>
      %112 = gan.transpose %111 permutation = [0, 3, 1, 2] : tensor<4x32x32x3xf64> -> tensor<4x3x32x32xf64>
      %113 = gan.load @G.conv_transpose.2.bias : tensor<3xf64>
      %114 = gan.reshape %113 : tensor<3xf64> -> tensor<3x1x1xf64>
      %115 = gan.reshape %114 : tensor<3x1x1xf64> -> tensor<3xf64>
      %116 = gan.broadcast %115 dims = [1] : tensor<3xf64> -> tensor<4x3x32x32xf64>
      %117 = gan.add %112, %116 : tensor<4x3x32x32xf64>
      %118 = gan.tanh %117 : tensor<4x3x32x32xf64>
      return %118 : tensor<4x3x32x32xf64>
    }
    gan.network @G graph = @G_infer_4
    func.func @D_infer_4(%arg0: tensor<2xi64>, %arg1: tensor<4x3x32x32xf64>) -> tensor<4xf64> attributes {gan.network = "D", gan.role = "network"} {
      %0 = gan.load @D.conv.0.weight : tensor<4x3x5x5xf64>
      %1 = gan.transpose %arg1 permutation = [0, 2, 3, 1] : tensor<4x3x32x32xf64> -> tensor<4x32x32x3xf64>
      %2 = gan.transpose %0 permutation = [2, 3, 1, 0] : tensor<4x3x5x5xf64> -> tensor<5x5x3x4xf64>
      %3 = gan.conv2d %1, %2 strides = [2, 2] padding = [1, 2, 1, 2] : tensor<4x32x32x3xf64>, tensor<5x5x3x4xf64> -> tensor<4x16x16x4xf64>
      %4 = gan.transpose %3 permutation = [0, 3, 1, 2] : tensor<4x16x16x4xf64> -> tensor<4x4x16x16xf64>
      %5 = gan.load @D.conv.0.bias : tensor<4xf64>
      %6 = gan.reshape %5 : tensor<4xf64> -> tensor<4x1x1xf64>
      %7 = gan.reshape %6 : tensor<4x1x1xf64> -> tensor<4xf64>
      %8 = gan.broadcast %7 dims = [1] : tensor<4xf64> -> tensor<4x4x16x16xf64>
      %9 = gan.add %4, %8 : tensor<4x4x16x16xf64>
      %10 = gan.constant dense<2.000000e-01> : tensor<f64>
      %11 = gan.constant dense<2.000000e-01> : tensor<4x4x16x16xf64>
      %12 = gan.mul %11, %9 : tensor<4x4x16x16xf64>
      %13 = gan.constant dense<0.000000e+00> : tensor<f64>
      %14 = gan.constant dense<0.000000e+00> : tensor<4x4x16x16xf64>
      %15 = gan.compare  gt, %9, %14 : tensor<4x4x16x16xf64> -> tensor<4x4x16x16xi1>
      %16 = gan.select %15, %9, %12 : tensor<4x4x16x16xi1>, tensor<4x4x16x16xf64>
      %17 = gan.load @D.conv.1.weight : tensor<8x4x5x5xf64>
      %18 = gan.transpose %16 permutation = [0, 2, 3, 1] : tensor<4x4x16x16xf64> -> tensor<4x16x16x4xf64>
      %19 = gan.transpose %17 permutation = [2, 3, 1, 0] : tensor<8x4x5x5xf64> -> tensor<5x5x4x8xf64>
      %20 = gan.conv2d %18, %19 strides = [2, 2] padding = [1, 2, 1, 2] : tensor<4x16x16x4xf64>, tensor<5x5x4x8xf64> -> tensor<4x8x8x8xf64>
      %21 = gan.transpose %20 permutation = [0, 3, 1, 2] : tensor<4x8x8x8xf64> -> tensor<4x8x8x8xf64>
      %22 = gan.load @D.conv.1.bias : tensor<8xf64>
      %23 = gan.reshape %22 : tensor<8xf64> -> tensor<8x1x1xf64>
      %24 = gan.reshape %23 : tensor<8x1x1xf64> -> tensor<8xf64>
      %25 = gan.broadcast %24 dims = [1] : tensor<8xf64> -> tensor<4x8x8x8xf64>
      %26 = gan.add %21, %25 : tensor<4x8x8x8xf64>
      %27 = gan.constant dense<2.000000e-01> : tensor<f64>
      %28 = gan.constant dense<2.000000e-01> : tensor<4x8x8x8xf64>
      %29 = gan.mul %28, %26 : tensor<4x8x8x8xf64>
      %30 = gan.constant dense<0.000000e+00> : tensor<f64>
      %31 = gan.constant dense<0.000000e+00> : tensor<4x8x8x8xf64>
      %32 = gan.compare  gt, %26, %31 : tensor<4x8x8x8xf64> -> tensor<4x8x8x8xi1>
      %33 = gan.select %32, %26, %29 : tensor<4x8x8x8xi1>, tensor<4x8x8x8xf64>
      %34 = gan.load @D.conv.2.weight : tensor<16x8x5x5xf64>
      %35 = gan.transpose %33 permutation = [0, 2, 3, 1] : tensor<4x8x8x8xf64> -> tensor<4x8x8x8xf64>
      %36 = gan.transpose %34 permutation = [2, 3, 1, 0] : tensor<16x8x5x5xf64> -> tensor<5x5x8x16xf64>
      %37 = gan.conv2d %35, %36 strides = [2, 2] padding = [1, 2, 1, 2] : tensor<4x8x8x8xf64>, tensor<5x5x8x16xf64> -> tensor<4x4x4x16xf64>
      %38 = gan.transpose %37 permutation = [0, 3, 1, 2] : tensor<4x4x4x16xf64> -> tensor<4x16x4x4xf64>
      %39 = gan.load @D.conv.2.bias : tensor<16xf64>
      %40 = gan.reshape %39 : tensor<16xf64> -> tensor<16x1x1xf64>
      %41 = gan.reshape %40 : tensor<16x1x1xf64> -> tensor<16xf64>
      %42 = gan.broadcast %41 dims = [1] : tensor<16xf64> -> tensor<4x16x4x4xf64>
      %43 = gan.add %38, %42 : tensor<4x16x4x4xf64>
      %44 = gan.constant dense<2.000000e-01> : tensor<f64>
      %45 = gan.constant dense<2.000000e-01> : tensor<4x16x4x4xf64>
      %46 = gan.mul %45, %43 : tensor<4x16x4x4xf64>
      %47 = gan.constant dense<0.000000e+00> : tensor<f64>
      %48 = gan.constant dense<0.000000e+00> : tensor<4x16x4x4xf64>
      %49 = gan.compare  gt, %43, %48 : tensor<4x16x4x4xf64> -> tensor<4x16x4x4xi1>
      %50 = gan.select %49, %43, %46 : tensor<4x16x4x4xi1>, tensor<4x16x4x4xf64>
      %51 = gan.reshape %50 : tensor<4x16x4x4xf64> -> tensor<4x256xf64>
      %52 = gan.load @D.dense.0.weight : tensor<1x256xf64>
      %53 = gan.transpose %52 permutation = [1, 0] : tensor<1x256xf64> -> tensor<256x1xf64>
      %54 = gan.matmul %51, %53 : tensor<4x256xf64>, tensor<256x1xf64> -> tensor<4x1xf64>
      %55 = gan.load @D.dense.0.bias : tensor<1xf64>
      %56 = gan.broadcast %55 dims = [1] : tensor<1xf64> -> tensor<4x1xf64>
      %57 = gan.add %54, %56 : tensor<4x1xf64>
      %58 = gan.reshape %57 : tensor<4x1xf64> -> tensor<4xf64>
      return %58 : tensor<4xf64>
    }
    gan.network @D graph = @D_infer_4
    gan.network @G_avg graph = @G_avg_infer_4
  }
}

