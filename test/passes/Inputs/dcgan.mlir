module {
  gan.model @dcgan attributes {arguments = {batch = 8 : i64, channels = 1 : i64, latent = 100 : i64, lr = 2.000000e-04 : f64, size = 28 : i64, steps = 100000 : i64, width = 8 : i64}} {
    gan.storage @D.conv.0.weight  param tensor<8x1x4x4xf64> init = <normal, [0.000000e+00, 2.000000e-02]> owner = "D"
    gan.storage @D.conv.1.weight  param tensor<16x8x4x4xf64> init = <normal, [0.000000e+00, 2.000000e-02]> owner = "D"
    gan.storage @D.batch_norm.0.running_mean  state tensor<16xf64> init = <constant, [0.000000e+00]> owner = "D"
    gan.storage @D.batch_norm.0.running_var  state tensor<16xf64> init = <constant, [1.000000e+00]> owner = "D"
    gan.storage @D.batch_norm.0.weight  param tensor<16xf64> init = <normal, [1.000000e+00, 2.000000e-02]> owner = "D"
    gan.storage @D.batch_norm.0.bias  param tensor<16xf64> init = <constant, [0.000000e+00]> owner = "D"
    gan.storage @D.conv.2.weight  param tensor<1x16x7x7xf64> init = <normal, [0.000000e+00, 2.000000e-02]> owner = "D"
    gan.storage @G.conv_transpose.0.weight  param tensor<100x16x7x7xf64> init = <normal, [0.000000e+00, 2.000000e-02]> owner = "G"
    gan.storage @G.batch_norm.0.running_mean  state tensor<16xf64> init = <constant, [0.000000e+00]> owner = "G"
    gan.storage @G.batch_norm.0.running_var  state tensor<16xf64> init = <constant, [1.000000e+00]> owner = "G"
    gan.storage @G.batch_norm.0.weight  param tensor<16xf64> init = <normal, [1.000000e+00, 2.000000e-02]> owner = "G"
    gan.storage @G.batch_norm.0.bias  param tensor<16xf64> init = <constant, [0.000000e+00]> owner = "G"
    gan.storage @G.conv_transpose.1.weight  param tensor<16x8x4x4xf64> init = <normal, [0.000000e+00, 2.000000e-02]> owner = "G"
    gan.storage @G.batch_norm.1.running_mean  state tensor<8xf64> init = <constant, [0.000000e+00]> owner = "G"
    gan.storage @G.batch_norm.1.running_var  state tensor<8xf64> init = <constant, [1.000000e+00]> owner = "G"
    gan.storage @G.batch_norm.1.weight  param tensor<8xf64> init = <normal, [1.000000e+00, 2.000000e-02]> owner = "G"
    gan.storage @G.batch_norm.1.bias  param tensor<8xf64> init = <constant, [0.000000e+00]> owner = "G"
    gan.storage @G.conv_transpose.2.weight  param tensor<8x1x4x4xf64> init = <normal, [0.000000e+00, 2.000000e-02]> owner = "G"
    gan.storage @discriminator.D.conv.0.weight.m  optimizer tensor<8x1x4x4xf64> init = <constant, [0.000000e+00]> owner = "discriminator"
    gan.storage @discriminator.D.conv.0.weight.v  optimizer tensor<8x1x4x4xf64> init = <constant, [0.000000e+00]> owner = "discriminator"
    gan.storage @discriminator.D.conv.0.weight.t  optimizer tensor<f64> init = <constant, [0.000000e+00]> owner = "discriminator"
    gan.storage @discriminator.D.conv.1.weight.m  optimizer tensor<16x8x4x4xf64> init = <constant, [0.000000e+00]> owner = "discriminator"
    gan.storage @discriminator.D.conv.1.weight.v  optimizer tensor<16x8x4x4xf64> init = <constant, [0.000000e+00]> owner = "discriminator"
    gan.storage @discriminator.D.conv.1.weight.t  optimizer tensor<f64> init = <constant, [0.000000e+00]> owner = "discriminator"
    gan.storage @discriminator.D.batch_norm.0.weight.m  optimizer tensor<16xf64> init = <constant, [0.000000e+00]> owner = "discriminator"
    gan.storage @discriminator.D.batch_norm.0.weight.v  optimizer tensor<16xf64> init = <constant, [0.000000e+00]> owner = "discriminator"
    gan.storage @discriminator.D.batch_norm.0.weight.t  optimizer tensor<f64> init = <constant, [0.000000e+00]> owner = "discriminator"
    gan.storage @discriminator.D.batch_norm.0.bias.m  optimizer tensor<16xf64> init = <constant, [0.000000e+00]> owner = "discriminator"
    gan.storage @discriminator.D.batch_norm.0.bias.v  optimizer tensor<16xf64> init = <constant, [0.000000e+00]> owner = "discriminator"
    gan.storage @discriminator.D.batch_norm.0.bias.t  optimizer tensor<f64> init = <constant, [0.000000e+00]> owner = "discriminator"
    gan.storage @discriminator.D.conv.2.weight.m  optimizer tensor<1x16x7x7xf64> init = <constant, [0.000000e+00]> owner = "discriminator"
    gan.storage @discriminator.D.conv.2.weight.v  optimizer tensor<1x16x7x7xf64> init = <constant, [0.000000e+00]> owner = "discriminator"
    gan.storage @discriminator.D.conv.2.weight.t  optimizer tensor<f64> init = <constant, [0.000000e+00]> owner = "discriminator"
    gan.storage @generator.G.conv_transpose.0.weight.m  optimizer tensor<100x16x7x7xf64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.conv_transpose.0.weight.v  optimizer tensor<100x16x7x7xf64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.conv_transpose.0.weight.t  optimizer tensor<f64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.batch_norm.0.weight.m  optimizer tensor<16xf64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.batch_norm.0.weight.v  optimizer tensor<16xf64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.batch_norm.0.weight.t  optimizer tensor<f64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.batch_norm.0.bias.m  optimizer tensor<16xf64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.batch_norm.0.bias.v  optimizer tensor<16xf64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.batch_norm.0.bias.t  optimizer tensor<f64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.conv_transpose.1.weight.m  optimizer tensor<16x8x4x4xf64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.conv_transpose.1.weight.v  optimizer tensor<16x8x4x4xf64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.conv_transpose.1.weight.t  optimizer tensor<f64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.batch_norm.1.weight.m  optimizer tensor<8xf64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.batch_norm.1.weight.v  optimizer tensor<8xf64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.batch_norm.1.weight.t  optimizer tensor<f64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.batch_norm.1.bias.m  optimizer tensor<8xf64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.batch_norm.1.bias.v  optimizer tensor<8xf64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.batch_norm.1.bias.t  optimizer tensor<f64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.conv_transpose.2.weight.m  optimizer tensor<8x1x4x4xf64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.conv_transpose.2.weight.v  optimizer tensor<8x1x4x4xf64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.conv_transpose.2.weight.t  optimizer tensor<f64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.data @photos fields = [{high = 1.000000e+00 : f64, kind = "image", low = -1.000000e+00 : f64, name = "x", shape = array<i64: 1, 28, 28>}]
    func.func @discriminator_8(%arg0: tensor<2xi64>) attributes {gan.role = "player"} {
      %0 = gan.read @photos "x" at %arg0 : tensor<2xi64> -> tensor<8x1x28x28xf64>
      %1 = gan.call @D_train_8(%arg0, %0) path = "D#0" : (tensor<2xi64>, tensor<8x1x28x28xf64>) -> tensor<8xf64>
      %2 = gan.neg %1 : tensor<8xf64>
      %3 = gan.softplus %2 : tensor<8xf64>
      %4 = gan.constant dense<1.000000e+00> : tensor<f64>
      %5 = gan.constant dense<1.000000e+00> : tensor<8xf64>
      %6 = gan.mul %5, %3 : tensor<8xf64>
      %7 = gan.softplus %1 : tensor<8xf64>
      %8 = gan.constant dense<0.000000e+00> : tensor<f64>
      %9 = gan.constant dense<0.000000e+00> : tensor<8xf64>
      %10 = gan.mul %9, %7 : tensor<8xf64>
      %11 = gan.add %6, %10 : tensor<8xf64>
      %12 = gan.sum %11 dims = [0] : tensor<8xf64> -> tensor<f64>
      %13 = gan.constant dense<1.250000e-01> : tensor<f64>
      %14 = gan.mul %12, %13 : tensor<f64>
      %15 = gan.random %arg0 stream = "z" from <normal, [0.000000e+00, 1.000000e+00]> : tensor<2xi64> -> tensor<8x100xf64>
      %16 = gan.call @G_train_8(%arg0, %15) path = "G#0" frozen_state : (tensor<2xi64>, tensor<8x100xf64>) -> tensor<8x1x28x28xf64>
      %17 = gan.call @D_train_8(%arg0, %16) path = "D#1" : (tensor<2xi64>, tensor<8x1x28x28xf64>) -> tensor<8xf64>
      %18 = gan.neg %17 : tensor<8xf64>
      %19 = gan.softplus %18 : tensor<8xf64>
      %20 = gan.constant dense<0.000000e+00> : tensor<f64>
      %21 = gan.constant dense<0.000000e+00> : tensor<8xf64>
      %22 = gan.mul %21, %19 : tensor<8xf64>
      %23 = gan.softplus %17 : tensor<8xf64>
      %24 = gan.constant dense<1.000000e+00> : tensor<f64>
      %25 = gan.constant dense<1.000000e+00> : tensor<8xf64>
      %26 = gan.mul %25, %23 : tensor<8xf64>
      %27 = gan.add %22, %26 : tensor<8xf64>
      %28 = gan.sum %27 dims = [0] : tensor<8xf64> -> tensor<f64>
      %29 = gan.constant dense<1.250000e-01> : tensor<f64>
      %30 = gan.mul %28, %29 : tensor<f64>
      %31 = gan.add %14, %30 : tensor<f64>
      gan.report %31 as "discriminator.loss" : tensor<f64>
      %32 = gan.load @D.conv.0.weight : tensor<8x1x4x4xf64>
      %33 = gan.load @D.conv.1.weight : tensor<16x8x4x4xf64>
      %34 = gan.load @D.batch_norm.0.weight : tensor<16xf64>
      %35 = gan.load @D.batch_norm.0.bias : tensor<16xf64>
      %36 = gan.load @D.conv.2.weight : tensor<1x16x7x7xf64>
      %37:5 = gan.grad %31 wrt %32, %33, %34, %35, %36 : (tensor<f64>, tensor<8x1x4x4xf64>, tensor<16x8x4x4xf64>, tensor<16xf64>, tensor<16xf64>, tensor<1x16x7x7xf64>) -> (tensor<8x1x4x4xf64>, tensor<16x8x4x4xf64>, tensor<16xf64>, tensor<16xf64>, tensor<1x16x7x7xf64>)
      %38 = gan.load @discriminator.D.conv.0.weight.m : tensor<8x1x4x4xf64>
      %39 = gan.load @discriminator.D.conv.0.weight.v : tensor<8x1x4x4xf64>
      %40 = gan.load @discriminator.D.conv.0.weight.t : tensor<f64>
      %41 = gan.constant dense<1.000000e+00> : tensor<f64>
      %42 = gan.add %40, %41 : tensor<f64>
      gan.store %42, @discriminator.D.conv.0.weight.t : tensor<f64>
      %43 = gan.sub %37#0, %38 : tensor<8x1x4x4xf64>
      %44 = gan.constant dense<5.000000e-01> : tensor<f64>
      %45 = gan.constant dense<5.000000e-01> : tensor<8x1x4x4xf64>
      %46 = gan.mul %43, %45 : tensor<8x1x4x4xf64>
      %47 = gan.add %38, %46 : tensor<8x1x4x4xf64>
      gan.store %47, @discriminator.D.conv.0.weight.m : tensor<8x1x4x4xf64>
      %48 = gan.mul %37#0, %37#0 : tensor<8x1x4x4xf64>
      %49 = gan.sub %48, %39 : tensor<8x1x4x4xf64>
      %50 = gan.constant dense<0.0010000000000000009> : tensor<f64>
      %51 = gan.constant dense<0.0010000000000000009> : tensor<8x1x4x4xf64>
      %52 = gan.mul %49, %51 : tensor<8x1x4x4xf64>
      %53 = gan.add %39, %52 : tensor<8x1x4x4xf64>
      gan.store %53, @discriminator.D.conv.0.weight.v : tensor<8x1x4x4xf64>
      %54 = gan.constant dense<5.000000e-01> : tensor<f64>
      %55 = gan.pow %54, %42 : tensor<f64>
      %56 = gan.constant dense<1.000000e+00> : tensor<f64>
      %57 = gan.sub %56, %55 : tensor<f64>
      %58 = gan.broadcast %57 dims = [] : tensor<f64> -> tensor<8x1x4x4xf64>
      %59 = gan.div %47, %58 : tensor<8x1x4x4xf64>
      %60 = gan.constant dense<2.000000e-04> : tensor<f64>
      %61 = gan.constant dense<2.000000e-04> : tensor<8x1x4x4xf64>
      %62 = gan.mul %61, %59 : tensor<8x1x4x4xf64>
      %63 = gan.constant dense<0.99899999999999999> : tensor<f64>
      %64 = gan.pow %63, %42 : tensor<f64>
      %65 = gan.constant dense<1.000000e+00> : tensor<f64>
      %66 = gan.sub %65, %64 : tensor<f64>
      %67 = gan.broadcast %66 dims = [] : tensor<f64> -> tensor<8x1x4x4xf64>
      %68 = gan.div %53, %67 : tensor<8x1x4x4xf64>
      %69 = gan.sqrt %68 : tensor<8x1x4x4xf64>
      %70 = gan.constant dense<1.000000e-08> : tensor<f64>
      %71 = gan.constant dense<1.000000e-08> : tensor<8x1x4x4xf64>
      %72 = gan.add %69, %71 : tensor<8x1x4x4xf64>
      %73 = gan.div %62, %72 : tensor<8x1x4x4xf64>
      %74 = gan.sub %32, %73 : tensor<8x1x4x4xf64>
      %75 = gan.load @discriminator.D.conv.1.weight.m : tensor<16x8x4x4xf64>
      %76 = gan.load @discriminator.D.conv.1.weight.v : tensor<16x8x4x4xf64>
      %77 = gan.load @discriminator.D.conv.1.weight.t : tensor<f64>
      %78 = gan.constant dense<1.000000e+00> : tensor<f64>
      %79 = gan.add %77, %78 : tensor<f64>
      gan.store %79, @discriminator.D.conv.1.weight.t : tensor<f64>
      %80 = gan.sub %37#1, %75 : tensor<16x8x4x4xf64>
      %81 = gan.constant dense<5.000000e-01> : tensor<f64>
      %82 = gan.constant dense<5.000000e-01> : tensor<16x8x4x4xf64>
      %83 = gan.mul %80, %82 : tensor<16x8x4x4xf64>
      %84 = gan.add %75, %83 : tensor<16x8x4x4xf64>
      gan.store %84, @discriminator.D.conv.1.weight.m : tensor<16x8x4x4xf64>
      %85 = gan.mul %37#1, %37#1 : tensor<16x8x4x4xf64>
      %86 = gan.sub %85, %76 : tensor<16x8x4x4xf64>
      %87 = gan.constant dense<0.0010000000000000009> : tensor<f64>
      %88 = gan.constant dense<0.0010000000000000009> : tensor<16x8x4x4xf64>
      %89 = gan.mul %86, %88 : tensor<16x8x4x4xf64>
      %90 = gan.add %76, %89 : tensor<16x8x4x4xf64>
      gan.store %90, @discriminator.D.conv.1.weight.v : tensor<16x8x4x4xf64>
      %91 = gan.constant dense<5.000000e-01> : tensor<f64>
      %92 = gan.pow %91, %79 : tensor<f64>
      %93 = gan.constant dense<1.000000e+00> : tensor<f64>
      %94 = gan.sub %93, %92 : tensor<f64>
      %95 = gan.broadcast %94 dims = [] : tensor<f64> -> tensor<16x8x4x4xf64>
      %96 = gan.div %84, %95 : tensor<16x8x4x4xf64>
      %97 = gan.constant dense<2.000000e-04> : tensor<f64>
      %98 = gan.constant dense<2.000000e-04> : tensor<16x8x4x4xf64>
      %99 = gan.mul %98, %96 : tensor<16x8x4x4xf64>
      %100 = gan.constant dense<0.99899999999999999> : tensor<f64>
      %101 = gan.pow %100, %79 : tensor<f64>
      %102 = gan.constant dense<1.000000e+00> : tensor<f64>
      %103 = gan.sub %102, %101 : tensor<f64>
      %104 = gan.broadcast %103 dims = [] : tensor<f64> -> tensor<16x8x4x4xf64>
      %105 = gan.div %90, %104 : tensor<16x8x4x4xf64>
      %106 = gan.sqrt %105 : tensor<16x8x4x4xf64>
      %107 = gan.constant dense<1.000000e-08> : tensor<f64>
      %108 = gan.constant dense<1.000000e-08> : tensor<16x8x4x4xf64>
      %109 = gan.add %106, %108 : tensor<16x8x4x4xf64>
      %110 = gan.div %99, %109 : tensor<16x8x4x4xf64>
      %111 = gan.sub %33, %110 : tensor<16x8x4x4xf64>
      %112 = gan.load @discriminator.D.batch_norm.0.weight.m : tensor<16xf64>
      %113 = gan.load @discriminator.D.batch_norm.0.weight.v : tensor<16xf64>
      %114 = gan.load @discriminator.D.batch_norm.0.weight.t : tensor<f64>
      %115 = gan.constant dense<1.000000e+00> : tensor<f64>
      %116 = gan.add %114, %115 : tensor<f64>
      gan.store %116, @discriminator.D.batch_norm.0.weight.t : tensor<f64>
      %117 = gan.sub %37#2, %112 : tensor<16xf64>
      %118 = gan.constant dense<5.000000e-01> : tensor<f64>
      %119 = gan.constant dense<5.000000e-01> : tensor<16xf64>
      %120 = gan.mul %117, %119 : tensor<16xf64>
      %121 = gan.add %112, %120 : tensor<16xf64>
      gan.store %121, @discriminator.D.batch_norm.0.weight.m : tensor<16xf64>
      %122 = gan.mul %37#2, %37#2 : tensor<16xf64>
      %123 = gan.sub %122, %113 : tensor<16xf64>
      %124 = gan.constant dense<0.0010000000000000009> : tensor<f64>
      %125 = gan.constant dense<0.0010000000000000009> : tensor<16xf64>
      %126 = gan.mul %123, %125 : tensor<16xf64>
      %127 = gan.add %113, %126 : tensor<16xf64>
      gan.store %127, @discriminator.D.batch_norm.0.weight.v : tensor<16xf64>
      %128 = gan.constant dense<5.000000e-01> : tensor<f64>
      %129 = gan.pow %128, %116 : tensor<f64>
      %130 = gan.constant dense<1.000000e+00> : tensor<f64>
      %131 = gan.sub %130, %129 : tensor<f64>
      %132 = gan.broadcast %131 dims = [] : tensor<f64> -> tensor<16xf64>
      %133 = gan.div %121, %132 : tensor<16xf64>
      %134 = gan.constant dense<2.000000e-04> : tensor<f64>
      %135 = gan.constant dense<2.000000e-04> : tensor<16xf64>
      %136 = gan.mul %135, %133 : tensor<16xf64>
      %137 = gan.constant dense<0.99899999999999999> : tensor<f64>
      %138 = gan.pow %137, %116 : tensor<f64>
      %139 = gan.constant dense<1.000000e+00> : tensor<f64>
      %140 = gan.sub %139, %138 : tensor<f64>
      %141 = gan.broadcast %140 dims = [] : tensor<f64> -> tensor<16xf64>
      %142 = gan.div %127, %141 : tensor<16xf64>
      %143 = gan.sqrt %142 : tensor<16xf64>
      %144 = gan.constant dense<1.000000e-08> : tensor<f64>
      %145 = gan.constant dense<1.000000e-08> : tensor<16xf64>
      %146 = gan.add %143, %145 : tensor<16xf64>
      %147 = gan.div %136, %146 : tensor<16xf64>
      %148 = gan.sub %34, %147 : tensor<16xf64>
      %149 = gan.load @discriminator.D.batch_norm.0.bias.m : tensor<16xf64>
      %150 = gan.load @discriminator.D.batch_norm.0.bias.v : tensor<16xf64>
      %151 = gan.load @discriminator.D.batch_norm.0.bias.t : tensor<f64>
      %152 = gan.constant dense<1.000000e+00> : tensor<f64>
      %153 = gan.add %151, %152 : tensor<f64>
      gan.store %153, @discriminator.D.batch_norm.0.bias.t : tensor<f64>
      %154 = gan.sub %37#3, %149 : tensor<16xf64>
      %155 = gan.constant dense<5.000000e-01> : tensor<f64>
      %156 = gan.constant dense<5.000000e-01> : tensor<16xf64>
      %157 = gan.mul %154, %156 : tensor<16xf64>
      %158 = gan.add %149, %157 : tensor<16xf64>
      gan.store %158, @discriminator.D.batch_norm.0.bias.m : tensor<16xf64>
      %159 = gan.mul %37#3, %37#3 : tensor<16xf64>
      %160 = gan.sub %159, %150 : tensor<16xf64>
      %161 = gan.constant dense<0.0010000000000000009> : tensor<f64>
      %162 = gan.constant dense<0.0010000000000000009> : tensor<16xf64>
      %163 = gan.mul %160, %162 : tensor<16xf64>
      %164 = gan.add %150, %163 : tensor<16xf64>
      gan.store %164, @discriminator.D.batch_norm.0.bias.v : tensor<16xf64>
      %165 = gan.constant dense<5.000000e-01> : tensor<f64>
      %166 = gan.pow %165, %153 : tensor<f64>
      %167 = gan.constant dense<1.000000e+00> : tensor<f64>
      %168 = gan.sub %167, %166 : tensor<f64>
      %169 = gan.broadcast %168 dims = [] : tensor<f64> -> tensor<16xf64>
      %170 = gan.div %158, %169 : tensor<16xf64>
      %171 = gan.constant dense<2.000000e-04> : tensor<f64>
      %172 = gan.constant dense<2.000000e-04> : tensor<16xf64>
      %173 = gan.mul %172, %170 : tensor<16xf64>
      %174 = gan.constant dense<0.99899999999999999> : tensor<f64>
      %175 = gan.pow %174, %153 : tensor<f64>
      %176 = gan.constant dense<1.000000e+00> : tensor<f64>
      %177 = gan.sub %176, %175 : tensor<f64>
      %178 = gan.broadcast %177 dims = [] : tensor<f64> -> tensor<16xf64>
      %179 = gan.div %164, %178 : tensor<16xf64>
      %180 = gan.sqrt %179 : tensor<16xf64>
      %181 = gan.constant dense<1.000000e-08> : tensor<f64>
      %182 = gan.constant dense<1.000000e-08> : tensor<16xf64>
      %183 = gan.add %180, %182 : tensor<16xf64>
      %184 = gan.div %173, %183 : tensor<16xf64>
      %185 = gan.sub %35, %184 : tensor<16xf64>
      %186 = gan.load @discriminator.D.conv.2.weight.m : tensor<1x16x7x7xf64>
      %187 = gan.load @discriminator.D.conv.2.weight.v : tensor<1x16x7x7xf64>
      %188 = gan.load @discriminator.D.conv.2.weight.t : tensor<f64>
      %189 = gan.constant dense<1.000000e+00> : tensor<f64>
      %190 = gan.add %188, %189 : tensor<f64>
      gan.store %190, @discriminator.D.conv.2.weight.t : tensor<f64>
      %191 = gan.sub %37#4, %186 : tensor<1x16x7x7xf64>
      %192 = gan.constant dense<5.000000e-01> : tensor<f64>
      %193 = gan.constant dense<5.000000e-01> : tensor<1x16x7x7xf64>
      %194 = gan.mul %191, %193 : tensor<1x16x7x7xf64>
      %195 = gan.add %186, %194 : tensor<1x16x7x7xf64>
      gan.store %195, @discriminator.D.conv.2.weight.m : tensor<1x16x7x7xf64>
      %196 = gan.mul %37#4, %37#4 : tensor<1x16x7x7xf64>
      %197 = gan.sub %196, %187 : tensor<1x16x7x7xf64>
      %198 = gan.constant dense<0.0010000000000000009> : tensor<f64>
      %199 = gan.constant dense<0.0010000000000000009> : tensor<1x16x7x7xf64>
      %200 = gan.mul %197, %199 : tensor<1x16x7x7xf64>
      %201 = gan.add %187, %200 : tensor<1x16x7x7xf64>
      gan.store %201, @discriminator.D.conv.2.weight.v : tensor<1x16x7x7xf64>
      %202 = gan.constant dense<5.000000e-01> : tensor<f64>
      %203 = gan.pow %202, %190 : tensor<f64>
      %204 = gan.constant dense<1.000000e+00> : tensor<f64>
      %205 = gan.sub %204, %203 : tensor<f64>
      %206 = gan.broadcast %205 dims = [] : tensor<f64> -> tensor<1x16x7x7xf64>
      %207 = gan.div %195, %206 : tensor<1x16x7x7xf64>
      %208 = gan.constant dense<2.000000e-04> : tensor<f64>
      %209 = gan.constant dense<2.000000e-04> : tensor<1x16x7x7xf64>
      %210 = gan.mul %209, %207 : tensor<1x16x7x7xf64>
      %211 = gan.constant dense<0.99899999999999999> : tensor<f64>
      %212 = gan.pow %211, %190 : tensor<f64>
      %213 = gan.constant dense<1.000000e+00> : tensor<f64>
      %214 = gan.sub %213, %212 : tensor<f64>
      %215 = gan.broadcast %214 dims = [] : tensor<f64> -> tensor<1x16x7x7xf64>
      %216 = gan.div %201, %215 : tensor<1x16x7x7xf64>
      %217 = gan.sqrt %216 : tensor<1x16x7x7xf64>
      %218 = gan.constant dense<1.000000e-08> : tensor<f64>
      %219 = gan.constant dense<1.000000e-08> : tensor<1x16x7x7xf64>
      %220 = gan.add %217, %219 : tensor<1x16x7x7xf64>
      %221 = gan.div %210, %220 : tensor<1x16x7x7xf64>
      %222 = gan.sub %36, %221 : tensor<1x16x7x7xf64>
      gan.store %74, @D.conv.0.weight : tensor<8x1x4x4xf64>
      gan.store %111, @D.conv.1.weight : tensor<16x8x4x4xf64>
      gan.store %148, @D.batch_norm.0.weight : tensor<16xf64>
      gan.store %185, @D.batch_norm.0.bias : tensor<16xf64>
      gan.store %222, @D.conv.2.weight : tensor<1x16x7x7xf64>
      return
    }
    func.func @D_train_8(%arg0: tensor<2xi64>, %arg1: tensor<8x1x28x28xf64>) -> tensor<8xf64> attributes {gan.network = "D", gan.role = "network"} {
      %0 = gan.load @D.conv.0.weight : tensor<8x1x4x4xf64>
      %1 = gan.transpose %arg1 permutation = [0, 2, 3, 1] : tensor<8x1x28x28xf64> -> tensor<8x28x28x1xf64>
      %2 = gan.transpose %0 permutation = [2, 3, 1, 0] : tensor<8x1x4x4xf64> -> tensor<4x4x1x8xf64>
      %3 = gan.conv2d %1, %2 strides = [2, 2] padding = [1, 1, 1, 1] : tensor<8x28x28x1xf64>, tensor<4x4x1x8xf64> -> tensor<8x14x14x8xf64>
      %4 = gan.transpose %3 permutation = [0, 3, 1, 2] : tensor<8x14x14x8xf64> -> tensor<8x8x14x14xf64>
      %5 = gan.constant dense<2.000000e-01> : tensor<f64>
      %6 = gan.constant dense<2.000000e-01> : tensor<8x8x14x14xf64>
      %7 = gan.mul %6, %4 : tensor<8x8x14x14xf64>
      %8 = gan.constant dense<0.000000e+00> : tensor<f64>
      %9 = gan.constant dense<0.000000e+00> : tensor<8x8x14x14xf64>
      %10 = gan.compare  gt, %4, %9 : tensor<8x8x14x14xf64> -> tensor<8x8x14x14xi1>
      %11 = gan.select %10, %4, %7 : tensor<8x8x14x14xi1>, tensor<8x8x14x14xf64>
      %12 = gan.load @D.conv.1.weight : tensor<16x8x4x4xf64>
      %13 = gan.transpose %11 permutation = [0, 2, 3, 1] : tensor<8x8x14x14xf64> -> tensor<8x14x14x8xf64>
      %14 = gan.transpose %12 permutation = [2, 3, 1, 0] : tensor<16x8x4x4xf64> -> tensor<4x4x8x16xf64>
      %15 = gan.conv2d %13, %14 strides = [2, 2] padding = [1, 1, 1, 1] : tensor<8x14x14x8xf64>, tensor<4x4x8x16xf64> -> tensor<8x7x7x16xf64>
      %16 = gan.transpose %15 permutation = [0, 3, 1, 2] : tensor<8x7x7x16xf64> -> tensor<8x16x7x7xf64>
      %17 = gan.load @D.batch_norm.0.running_mean : tensor<16xf64>
      %18 = gan.load @D.batch_norm.0.running_var : tensor<16xf64>
      %19 = gan.sum %16 dims = [0, 2, 3] : tensor<8x16x7x7xf64> -> tensor<16xf64>
      %20 = gan.constant dense<0.0025510204081632651> : tensor<f64>
      %21 = gan.constant dense<0.0025510204081632651> : tensor<16xf64>
      %22 = gan.mul %19, %21 : tensor<16xf64>
      %23 = gan.sum %16 dims = [0, 2, 3] : tensor<8x16x7x7xf64> -> tensor<16xf64>
      %24 = gan.reshape %23 : tensor<16xf64> -> tensor<16x1x1xf64>
      %25 = gan.constant dense<0.0025510204081632651> : tensor<f64>
      %26 = gan.constant dense<0.0025510204081632651> : tensor<16x1x1xf64>
      %27 = gan.mul %24, %26 : tensor<16x1x1xf64>
      %28 = gan.reshape %27 : tensor<16x1x1xf64> -> tensor<16xf64>
      %29 = gan.broadcast %28 dims = [1] : tensor<16xf64> -> tensor<8x16x7x7xf64>
      %30 = gan.sub %16, %29 : tensor<8x16x7x7xf64>
      %31 = gan.mul %30, %30 : tensor<8x16x7x7xf64>
      %32 = gan.sum %31 dims = [0, 2, 3] : tensor<8x16x7x7xf64> -> tensor<16xf64>
      %33 = gan.constant dense<0.0025510204081632651> : tensor<f64>
      %34 = gan.constant dense<0.0025510204081632651> : tensor<16xf64>
      %35 = gan.mul %32, %34 : tensor<16xf64>
      %36 = gan.stop_gradient %22 : tensor<16xf64>
      %37 = gan.sub %36, %17 : tensor<16xf64>
      %38 = gan.constant dense<1.000000e-01> : tensor<f64>
      %39 = gan.constant dense<1.000000e-01> : tensor<16xf64>
      %40 = gan.mul %37, %39 : tensor<16xf64>
      %41 = gan.add %17, %40 : tensor<16xf64>
      gan.store %41, @D.batch_norm.0.running_mean : tensor<16xf64>
      %42 = gan.stop_gradient %35 : tensor<16xf64>
      %43 = gan.constant dense<1.0025575447570332> : tensor<f64>
      %44 = gan.constant dense<1.0025575447570332> : tensor<16xf64>
      %45 = gan.mul %42, %44 : tensor<16xf64>
      %46 = gan.sub %45, %18 : tensor<16xf64>
      %47 = gan.constant dense<1.000000e-01> : tensor<f64>
      %48 = gan.constant dense<1.000000e-01> : tensor<16xf64>
      %49 = gan.mul %46, %48 : tensor<16xf64>
      %50 = gan.add %18, %49 : tensor<16xf64>
      gan.store %50, @D.batch_norm.0.running_var : tensor<16xf64>
      %51 = gan.reshape %22 : tensor<16xf64> -> tensor<16x1x1xf64>
      %52 = gan.reshape %51 : tensor<16x1x1xf64> -> tensor<16xf64>
      %53 = gan.broadcast %52 dims = [1] : tensor<16xf64> -> tensor<8x16x7x7xf64>
      %54 = gan.sub %16, %53 : tensor<8x16x7x7xf64>
      %55 = gan.constant dense<1.000000e-05> : tensor<f64>
      %56 = gan.constant dense<1.000000e-05> : tensor<16xf64>
      %57 = gan.add %35, %56 : tensor<16xf64>
      %58 = gan.rsqrt %57 : tensor<16xf64>
      %59 = gan.reshape %58 : tensor<16xf64> -> tensor<16x1x1xf64>
      %60 = gan.reshape %59 : tensor<16x1x1xf64> -> tensor<16xf64>
      %61 = gan.broadcast %60 dims = [1] : tensor<16xf64> -> tensor<8x16x7x7xf64>
      %62 = gan.mul %54, %61 : tensor<8x16x7x7xf64>
      %63 = gan.load @D.batch_norm.0.weight : tensor<16xf64>
      %64 = gan.load @D.batch_norm.0.bias : tensor<16xf64>
      %65 = gan.reshape %63 : tensor<16xf64> -> tensor<16x1x1xf64>
      %66 = gan.reshape %65 : tensor<16x1x1xf64> -> tensor<16xf64>
      %67 = gan.broadcast %66 dims = [1] : tensor<16xf64> -> tensor<8x16x7x7xf64>
      %68 = gan.mul %62, %67 : tensor<8x16x7x7xf64>
      %69 = gan.reshape %64 : tensor<16xf64> -> tensor<16x1x1xf64>
      %70 = gan.reshape %69 : tensor<16x1x1xf64> -> tensor<16xf64>
      %71 = gan.broadcast %70 dims = [1] : tensor<16xf64> -> tensor<8x16x7x7xf64>
      %72 = gan.add %68, %71 : tensor<8x16x7x7xf64>
      %73 = gan.constant dense<2.000000e-01> : tensor<f64>
      %74 = gan.constant dense<2.000000e-01> : tensor<8x16x7x7xf64>
      %75 = gan.mul %74, %72 : tensor<8x16x7x7xf64>
      %76 = gan.constant dense<0.000000e+00> : tensor<f64>
      %77 = gan.constant dense<0.000000e+00> : tensor<8x16x7x7xf64>
      %78 = gan.compare  gt, %72, %77 : tensor<8x16x7x7xf64> -> tensor<8x16x7x7xi1>
      %79 = gan.select %78, %72, %75 : tensor<8x16x7x7xi1>, tensor<8x16x7x7xf64>
      %80 = gan.load @D.conv.2.weight : tensor<1x16x7x7xf64>
      %81 = gan.transpose %79 permutation = [0, 2, 3, 1] : tensor<8x16x7x7xf64> -> tensor<8x7x7x16xf64>
      %82 = gan.transpose %80 permutation = [2, 3, 1, 0] : tensor<1x16x7x7xf64> -> tensor<7x7x16x1xf64>
      %83 = gan.conv2d %81, %82 strides = [1, 1] padding = [0, 0, 0, 0] : tensor<8x7x7x16xf64>, tensor<7x7x16x1xf64> -> tensor<8x1x1x1xf64>
      %84 = gan.transpose %83 permutation = [0, 3, 1, 2] : tensor<8x1x1x1xf64> -> tensor<8x1x1x1xf64>
      %85 = gan.reshape %84 : tensor<8x1x1x1xf64> -> tensor<8xf64>
      return %85 : tensor<8xf64>
    }
    func.func @G_train_8(%arg0: tensor<2xi64>, %arg1: tensor<8x100xf64>) -> tensor<8x1x28x28xf64> attributes {gan.network = "G", gan.role = "network"} {
      %0 = gan.reshape %arg1 : tensor<8x100xf64> -> tensor<8x100x1x1xf64>
      %1 = gan.load @G.conv_transpose.0.weight : tensor<100x16x7x7xf64>
      %2 = gan.transpose %0 permutation = [0, 2, 3, 1] : tensor<8x100x1x1xf64> -> tensor<8x1x1x100xf64>
      %3 = gan.transpose %1 permutation = [2, 3, 1, 0] : tensor<100x16x7x7xf64> -> tensor<7x7x16x100xf64>
      %4 = gan.conv2d_input_grad %2, %3 strides = [1, 1] padding = [0, 0, 0, 0] : tensor<8x1x1x100xf64>, tensor<7x7x16x100xf64> -> tensor<8x7x7x16xf64>
      %5 = gan.transpose %4 permutation = [0, 3, 1, 2] : tensor<8x7x7x16xf64> -> tensor<8x16x7x7xf64>
      %6 = gan.load @G.batch_norm.0.running_mean : tensor<16xf64>
      %7 = gan.load @G.batch_norm.0.running_var : tensor<16xf64>
      %8 = gan.sum %5 dims = [0, 2, 3] : tensor<8x16x7x7xf64> -> tensor<16xf64>
      %9 = gan.constant dense<0.0025510204081632651> : tensor<f64>
      %10 = gan.constant dense<0.0025510204081632651> : tensor<16xf64>
      %11 = gan.mul %8, %10 : tensor<16xf64>
      %12 = gan.sum %5 dims = [0, 2, 3] : tensor<8x16x7x7xf64> -> tensor<16xf64>
      %13 = gan.reshape %12 : tensor<16xf64> -> tensor<16x1x1xf64>
      %14 = gan.constant dense<0.0025510204081632651> : tensor<f64>
      %15 = gan.constant dense<0.0025510204081632651> : tensor<16x1x1xf64>
      %16 = gan.mul %13, %15 : tensor<16x1x1xf64>
      %17 = gan.reshape %16 : tensor<16x1x1xf64> -> tensor<16xf64>
      %18 = gan.broadcast %17 dims = [1] : tensor<16xf64> -> tensor<8x16x7x7xf64>
      %19 = gan.sub %5, %18 : tensor<8x16x7x7xf64>
      %20 = gan.mul %19, %19 : tensor<8x16x7x7xf64>
      %21 = gan.sum %20 dims = [0, 2, 3] : tensor<8x16x7x7xf64> -> tensor<16xf64>
      %22 = gan.constant dense<0.0025510204081632651> : tensor<f64>
      %23 = gan.constant dense<0.0025510204081632651> : tensor<16xf64>
      %24 = gan.mul %21, %23 : tensor<16xf64>
      %25 = gan.stop_gradient %11 : tensor<16xf64>
      %26 = gan.sub %25, %6 : tensor<16xf64>
      %27 = gan.constant dense<1.000000e-01> : tensor<f64>
      %28 = gan.constant dense<1.000000e-01> : tensor<16xf64>
      %29 = gan.mul %26, %28 : tensor<16xf64>
      %30 = gan.add %6, %29 : tensor<16xf64>
      gan.store %30, @G.batch_norm.0.running_mean : tensor<16xf64>
      %31 = gan.stop_gradient %24 : tensor<16xf64>
      %32 = gan.constant dense<1.0025575447570332> : tensor<f64>
      %33 = gan.constant dense<1.0025575447570332> : tensor<16xf64>
      %34 = gan.mul %31, %33 : tensor<16xf64>
      %35 = gan.sub %34, %7 : tensor<16xf64>
      %36 = gan.constant dense<1.000000e-01> : tensor<f64>
      %37 = gan.constant dense<1.000000e-01> : tensor<16xf64>
      %38 = gan.mul %35, %37 : tensor<16xf64>
      %39 = gan.add %7, %38 : tensor<16xf64>
      gan.store %39, @G.batch_norm.0.running_var : tensor<16xf64>
      %40 = gan.reshape %11 : tensor<16xf64> -> tensor<16x1x1xf64>
      %41 = gan.reshape %40 : tensor<16x1x1xf64> -> tensor<16xf64>
      %42 = gan.broadcast %41 dims = [1] : tensor<16xf64> -> tensor<8x16x7x7xf64>
      %43 = gan.sub %5, %42 : tensor<8x16x7x7xf64>
      %44 = gan.constant dense<1.000000e-05> : tensor<f64>
      %45 = gan.constant dense<1.000000e-05> : tensor<16xf64>
      %46 = gan.add %24, %45 : tensor<16xf64>
      %47 = gan.rsqrt %46 : tensor<16xf64>
      %48 = gan.reshape %47 : tensor<16xf64> -> tensor<16x1x1xf64>
      %49 = gan.reshape %48 : tensor<16x1x1xf64> -> tensor<16xf64>
      %50 = gan.broadcast %49 dims = [1] : tensor<16xf64> -> tensor<8x16x7x7xf64>
      %51 = gan.mul %43, %50 : tensor<8x16x7x7xf64>
      %52 = gan.load @G.batch_norm.0.weight : tensor<16xf64>
      %53 = gan.load @G.batch_norm.0.bias : tensor<16xf64>
      %54 = gan.reshape %52 : tensor<16xf64> -> tensor<16x1x1xf64>
      %55 = gan.reshape %54 : tensor<16x1x1xf64> -> tensor<16xf64>
      %56 = gan.broadcast %55 dims = [1] : tensor<16xf64> -> tensor<8x16x7x7xf64>
      %57 = gan.mul %51, %56 : tensor<8x16x7x7xf64>
      %58 = gan.reshape %53 : tensor<16xf64> -> tensor<16x1x1xf64>
      %59 = gan.reshape %58 : tensor<16x1x1xf64> -> tensor<16xf64>
      %60 = gan.broadcast %59 dims = [1] : tensor<16xf64> -> tensor<8x16x7x7xf64>
      %61 = gan.add %57, %60 : tensor<8x16x7x7xf64>
      %62 = gan.constant dense<0.000000e+00> : tensor<f64>
      %63 = gan.constant dense<0.000000e+00> : tensor<8x16x7x7xf64>
      %64 = gan.max %63, %61 : tensor<8x16x7x7xf64>
      %65 = gan.load @G.conv_transpose.1.weight : tensor<16x8x4x4xf64>
      %66 = gan.transpose %64 permutation = [0, 2, 3, 1] : tensor<8x16x7x7xf64> -> tensor<8x7x7x16xf64>
      %67 = gan.transpose %65 permutation = [2, 3, 1, 0] : tensor<16x8x4x4xf64> -> tensor<4x4x8x16xf64>
      %68 = gan.conv2d_input_grad %66, %67 strides = [2, 2] padding = [1, 1, 1, 1] : tensor<8x7x7x16xf64>, tensor<4x4x8x16xf64> -> tensor<8x14x14x8xf64>
      %69 = gan.transpose %68 permutation = [0, 3, 1, 2] : tensor<8x14x14x8xf64> -> tensor<8x8x14x14xf64>
      %70 = gan.load @G.batch_norm.1.running_mean : tensor<8xf64>
      %71 = gan.load @G.batch_norm.1.running_var : tensor<8xf64>
      %72 = gan.sum %69 dims = [0, 2, 3] : tensor<8x8x14x14xf64> -> tensor<8xf64>
      %73 = gan.constant dense<6.3775510204081628E-4> : tensor<f64>
      %74 = gan.constant dense<6.3775510204081628E-4> : tensor<8xf64>
      %75 = gan.mul %72, %74 : tensor<8xf64>
      %76 = gan.sum %69 dims = [0, 2, 3] : tensor<8x8x14x14xf64> -> tensor<8xf64>
      %77 = gan.reshape %76 : tensor<8xf64> -> tensor<8x1x1xf64>
      %78 = gan.constant dense<6.3775510204081628E-4> : tensor<f64>
      %79 = gan.constant dense<6.3775510204081628E-4> : tensor<8x1x1xf64>
      %80 = gan.mul %77, %79 : tensor<8x1x1xf64>
      %81 = gan.reshape %80 : tensor<8x1x1xf64> -> tensor<8xf64>
      %82 = gan.broadcast %81 dims = [1] : tensor<8xf64> -> tensor<8x8x14x14xf64>
      %83 = gan.sub %69, %82 : tensor<8x8x14x14xf64>
      %84 = gan.mul %83, %83 : tensor<8x8x14x14xf64>
      %85 = gan.sum %84 dims = [0, 2, 3] : tensor<8x8x14x14xf64> -> tensor<8xf64>
      %86 = gan.constant dense<6.3775510204081628E-4> : tensor<f64>
      %87 = gan.constant dense<6.3775510204081628E-4> : tensor<8xf64>
      %88 = gan.mul %85, %87 : tensor<8xf64>
      %89 = gan.stop_gradient %75 : tensor<8xf64>
      %90 = gan.sub %89, %70 : tensor<8xf64>
      %91 = gan.constant dense<1.000000e-01> : tensor<f64>
      %92 = gan.constant dense<1.000000e-01> : tensor<8xf64>
      %93 = gan.mul %90, %92 : tensor<8xf64>
      %94 = gan.add %70, %93 : tensor<8xf64>
      gan.store %94, @G.batch_norm.1.running_mean : tensor<8xf64>
      %95 = gan.stop_gradient %88 : tensor<8xf64>
      %96 = gan.constant dense<1.0006381620931717> : tensor<f64>
      %97 = gan.constant dense<1.0006381620931717> : tensor<8xf64>
      %98 = gan.mul %95, %97 : tensor<8xf64>
      %99 = gan.sub %98, %71 : tensor<8xf64>
      %100 = gan.constant dense<1.000000e-01> : tensor<f64>
      %101 = gan.constant dense<1.000000e-01> : tensor<8xf64>
      %102 = gan.mul %99, %101 : tensor<8xf64>
      %103 = gan.add %71, %102 : tensor<8xf64>
      gan.store %103, @G.batch_norm.1.running_var : tensor<8xf64>
      %104 = gan.reshape %75 : tensor<8xf64> -> tensor<8x1x1xf64>
      %105 = gan.reshape %104 : tensor<8x1x1xf64> -> tensor<8xf64>
      %106 = gan.broadcast %105 dims = [1] : tensor<8xf64> -> tensor<8x8x14x14xf64>
      %107 = gan.sub %69, %106 : tensor<8x8x14x14xf64>
      %108 = gan.constant dense<1.000000e-05> : tensor<f64>
      %109 = gan.constant dense<1.000000e-05> : tensor<8xf64>
      %110 = gan.add %88, %109 : tensor<8xf64>
      %111 = gan.rsqrt %110 : tensor<8xf64>
      %112 = gan.reshape %111 : tensor<8xf64> -> tensor<8x1x1xf64>
      %113 = gan.reshape %112 : tensor<8x1x1xf64> -> tensor<8xf64>
      %114 = gan.broadcast %113 dims = [1] : tensor<8xf64> -> tensor<8x8x14x14xf64>
      %115 = gan.mul %107, %114 : tensor<8x8x14x14xf64>
      %116 = gan.load @G.batch_norm.1.weight : tensor<8xf64>
      %117 = gan.load @G.batch_norm.1.bias : tensor<8xf64>
      %118 = gan.reshape %116 : tensor<8xf64> -> tensor<8x1x1xf64>
      %119 = gan.reshape %118 : tensor<8x1x1xf64> -> tensor<8xf64>
      %120 = gan.broadcast %119 dims = [1] : tensor<8xf64> -> tensor<8x8x14x14xf64>
      %121 = gan.mul %115, %120 : tensor<8x8x14x14xf64>
      %122 = gan.reshape %117 : tensor<8xf64> -> tensor<8x1x1xf64>
      %123 = gan.reshape %122 : tensor<8x1x1xf64> -> tensor<8xf64>
      %124 = gan.broadcast %123 dims = [1] : tensor<8xf64> -> tensor<8x8x14x14xf64>
      %125 = gan.add %121, %124 : tensor<8x8x14x14xf64>
      %126 = gan.constant dense<0.000000e+00> : tensor<f64>
      %127 = gan.constant dense<0.000000e+00> : tensor<8x8x14x14xf64>
      %128 = gan.max %127, %125 : tensor<8x8x14x14xf64>
      %129 = gan.load @G.conv_transpose.2.weight : tensor<8x1x4x4xf64>
      %130 = gan.transpose %128 permutation = [0, 2, 3, 1] : tensor<8x8x14x14xf64> -> tensor<8x14x14x8xf64>
      %131 = gan.transpose %129 permutation = [2, 3, 1, 0] : tensor<8x1x4x4xf64> -> tensor<4x4x1x8xf64>
      %132 = gan.conv2d_input_grad %130, %131 strides = [2, 2] padding = [1, 1, 1, 1] : tensor<8x14x14x8xf64>, tensor<4x4x1x8xf64> -> tensor<8x28x28x1xf64>
      %133 = gan.transpose %132 permutation = [0, 3, 1, 2] : tensor<8x28x28x1xf64> -> tensor<8x1x28x28xf64>
      %134 = gan.tanh %133 : tensor<8x1x28x28xf64>
      return %134 : tensor<8x1x28x28xf64>
    }
    func.func @generator_8(%arg0: tensor<2xi64>) attributes {gan.role = "player"} {
      %0 = gan.random %arg0 stream = "z" from <normal, [0.000000e+00, 1.000000e+00]> : tensor<2xi64> -> tensor<8x100xf64>
      %1 = gan.call @G_train_8(%arg0, %0) path = "G#0" : (tensor<2xi64>, tensor<8x100xf64>) -> tensor<8x1x28x28xf64>
      %2 = gan.call @D_train_8(%arg0, %1) path = "D#0" : (tensor<2xi64>, tensor<8x1x28x28xf64>) -> tensor<8xf64>
      %3 = gan.neg %2 : tensor<8xf64>
      %4 = gan.softplus %3 : tensor<8xf64>
      %5 = gan.constant dense<1.000000e+00> : tensor<f64>
      %6 = gan.constant dense<1.000000e+00> : tensor<8xf64>
      %7 = gan.mul %6, %4 : tensor<8xf64>
      %8 = gan.softplus %2 : tensor<8xf64>
      %9 = gan.constant dense<0.000000e+00> : tensor<f64>
      %10 = gan.constant dense<0.000000e+00> : tensor<8xf64>
      %11 = gan.mul %10, %8 : tensor<8xf64>
      %12 = gan.add %7, %11 : tensor<8xf64>
      %13 = gan.sum %12 dims = [0] : tensor<8xf64> -> tensor<f64>
      %14 = gan.constant dense<1.250000e-01> : tensor<f64>
      %15 = gan.mul %13, %14 : tensor<f64>
      gan.report %15 as "generator.loss" : tensor<f64>
      %16 = gan.load @G.conv_transpose.0.weight : tensor<100x16x7x7xf64>
      %17 = gan.load @G.batch_norm.0.weight : tensor<16xf64>
      %18 = gan.load @G.batch_norm.0.bias : tensor<16xf64>
      %19 = gan.load @G.conv_transpose.1.weight : tensor<16x8x4x4xf64>
      %20 = gan.load @G.batch_norm.1.weight : tensor<8xf64>
      %21 = gan.load @G.batch_norm.1.bias : tensor<8xf64>
      %22 = gan.load @G.conv_transpose.2.weight : tensor<8x1x4x4xf64>
      %23:7 = gan.grad %15 wrt %16, %17, %18, %19, %20, %21, %22 : (tensor<f64>, tensor<100x16x7x7xf64>, tensor<16xf64>, tensor<16xf64>, tensor<16x8x4x4xf64>, tensor<8xf64>, tensor<8xf64>, tensor<8x1x4x4xf64>) -> (tensor<100x16x7x7xf64>, tensor<16xf64>, tensor<16xf64>, tensor<16x8x4x4xf64>, tensor<8xf64>, tensor<8xf64>, tensor<8x1x4x4xf64>)
      %24 = gan.load @generator.G.conv_transpose.0.weight.m : tensor<100x16x7x7xf64>
      %25 = gan.load @generator.G.conv_transpose.0.weight.v : tensor<100x16x7x7xf64>
      %26 = gan.load @generator.G.conv_transpose.0.weight.t : tensor<f64>
      %27 = gan.constant dense<1.000000e+00> : tensor<f64>
      %28 = gan.add %26, %27 : tensor<f64>
      gan.store %28, @generator.G.conv_transpose.0.weight.t : tensor<f64>
      %29 = gan.sub %23#0, %24 : tensor<100x16x7x7xf64>
      %30 = gan.constant dense<5.000000e-01> : tensor<f64>
      %31 = gan.constant dense<5.000000e-01> : tensor<100x16x7x7xf64>
      %32 = gan.mul %29, %31 : tensor<100x16x7x7xf64>
      %33 = gan.add %24, %32 : tensor<100x16x7x7xf64>
      gan.store %33, @generator.G.conv_transpose.0.weight.m : tensor<100x16x7x7xf64>
      %34 = gan.mul %23#0, %23#0 : tensor<100x16x7x7xf64>
      %35 = gan.sub %34, %25 : tensor<100x16x7x7xf64>
      %36 = gan.constant dense<0.0010000000000000009> : tensor<f64>
      %37 = gan.constant dense<0.0010000000000000009> : tensor<100x16x7x7xf64>
      %38 = gan.mul %35, %37 : tensor<100x16x7x7xf64>
      %39 = gan.add %25, %38 : tensor<100x16x7x7xf64>
      gan.store %39, @generator.G.conv_transpose.0.weight.v : tensor<100x16x7x7xf64>
      %40 = gan.constant dense<5.000000e-01> : tensor<f64>
      %41 = gan.pow %40, %28 : tensor<f64>
      %42 = gan.constant dense<1.000000e+00> : tensor<f64>
      %43 = gan.sub %42, %41 : tensor<f64>
      %44 = gan.broadcast %43 dims = [] : tensor<f64> -> tensor<100x16x7x7xf64>
      %45 = gan.div %33, %44 : tensor<100x16x7x7xf64>
      %46 = gan.constant dense<2.000000e-04> : tensor<f64>
      %47 = gan.constant dense<2.000000e-04> : tensor<100x16x7x7xf64>
      %48 = gan.mul %47, %45 : tensor<100x16x7x7xf64>
      %49 = gan.constant dense<0.99899999999999999> : tensor<f64>
      %50 = gan.pow %49, %28 : tensor<f64>
      %51 = gan.constant dense<1.000000e+00> : tensor<f64>
      %52 = gan.sub %51, %50 : tensor<f64>
      %53 = gan.broadcast %52 dims = [] : tensor<f64> -> tensor<100x16x7x7xf64>
      %54 = gan.div %39, %53 : tensor<100x16x7x7xf64>
      %55 = gan.sqrt %54 : tensor<100x16x7x7xf64>
      %56 = gan.constant dense<1.000000e-08> : tensor<f64>
      %57 = gan.constant dense<1.000000e-08> : tensor<100x16x7x7xf64>
      %58 = gan.add %55, %57 : tensor<100x16x7x7xf64>
      %59 = gan.div %48, %58 : tensor<100x16x7x7xf64>
      %60 = gan.sub %16, %59 : tensor<100x16x7x7xf64>
      %61 = gan.load @generator.G.batch_norm.0.weight.m : tensor<16xf64>
      %62 = gan.load @generator.G.batch_norm.0.weight.v : tensor<16xf64>
      %63 = gan.load @generator.G.batch_norm.0.weight.t : tensor<f64>
      %64 = gan.constant dense<1.000000e+00> : tensor<f64>
      %65 = gan.add %63, %64 : tensor<f64>
      gan.store %65, @generator.G.batch_norm.0.weight.t : tensor<f64>
      %66 = gan.sub %23#1, %61 : tensor<16xf64>
      %67 = gan.constant dense<5.000000e-01> : tensor<f64>
      %68 = gan.constant dense<5.000000e-01> : tensor<16xf64>
      %69 = gan.mul %66, %68 : tensor<16xf64>
      %70 = gan.add %61, %69 : tensor<16xf64>
      gan.store %70, @generator.G.batch_norm.0.weight.m : tensor<16xf64>
      %71 = gan.mul %23#1, %23#1 : tensor<16xf64>
      %72 = gan.sub %71, %62 : tensor<16xf64>
      %73 = gan.constant dense<0.0010000000000000009> : tensor<f64>
      %74 = gan.constant dense<0.0010000000000000009> : tensor<16xf64>
      %75 = gan.mul %72, %74 : tensor<16xf64>
      %76 = gan.add %62, %75 : tensor<16xf64>
      gan.store %76, @generator.G.batch_norm.0.weight.v : tensor<16xf64>
      %77 = gan.constant dense<5.000000e-01> : tensor<f64>
      %78 = gan.pow %77, %65 : tensor<f64>
      %79 = gan.constant dense<1.000000e+00> : tensor<f64>
      %80 = gan.sub %79, %78 : tensor<f64>
      %81 = gan.broadcast %80 dims = [] : tensor<f64> -> tensor<16xf64>
      %82 = gan.div %70, %81 : tensor<16xf64>
      %83 = gan.constant dense<2.000000e-04> : tensor<f64>
      %84 = gan.constant dense<2.000000e-04> : tensor<16xf64>
      %85 = gan.mul %84, %82 : tensor<16xf64>
      %86 = gan.constant dense<0.99899999999999999> : tensor<f64>
      %87 = gan.pow %86, %65 : tensor<f64>
      %88 = gan.constant dense<1.000000e+00> : tensor<f64>
      %89 = gan.sub %88, %87 : tensor<f64>
      %90 = gan.broadcast %89 dims = [] : tensor<f64> -> tensor<16xf64>
      %91 = gan.div %76, %90 : tensor<16xf64>
      %92 = gan.sqrt %91 : tensor<16xf64>
      %93 = gan.constant dense<1.000000e-08> : tensor<f64>
      %94 = gan.constant dense<1.000000e-08> : tensor<16xf64>
      %95 = gan.add %92, %94 : tensor<16xf64>
      %96 = gan.div %85, %95 : tensor<16xf64>
      %97 = gan.sub %17, %96 : tensor<16xf64>
      %98 = gan.load @generator.G.batch_norm.0.bias.m : tensor<16xf64>
      %99 = gan.load @generator.G.batch_norm.0.bias.v : tensor<16xf64>
      %100 = gan.load @generator.G.batch_norm.0.bias.t : tensor<f64>
      %101 = gan.constant dense<1.000000e+00> : tensor<f64>
      %102 = gan.add %100, %101 : tensor<f64>
      gan.store %102, @generator.G.batch_norm.0.bias.t : tensor<f64>
      %103 = gan.sub %23#2, %98 : tensor<16xf64>
      %104 = gan.constant dense<5.000000e-01> : tensor<f64>
      %105 = gan.constant dense<5.000000e-01> : tensor<16xf64>
      %106 = gan.mul %103, %105 : tensor<16xf64>
      %107 = gan.add %98, %106 : tensor<16xf64>
      gan.store %107, @generator.G.batch_norm.0.bias.m : tensor<16xf64>
      %108 = gan.mul %23#2, %23#2 : tensor<16xf64>
      %109 = gan.sub %108, %99 : tensor<16xf64>
      %110 = gan.constant dense<0.0010000000000000009> : tensor<f64>
      %111 = gan.constant dense<0.0010000000000000009> : tensor<16xf64>
      %112 = gan.mul %109, %111 : tensor<16xf64>
      %113 = gan.add %99, %112 : tensor<16xf64>
      gan.store %113, @generator.G.batch_norm.0.bias.v : tensor<16xf64>
      %114 = gan.constant dense<5.000000e-01> : tensor<f64>
      %115 = gan.pow %114, %102 : tensor<f64>
      %116 = gan.constant dense<1.000000e+00> : tensor<f64>
      %117 = gan.sub %116, %115 : tensor<f64>
      %118 = gan.broadcast %117 dims = [] : tensor<f64> -> tensor<16xf64>
      %119 = gan.div %107, %118 : tensor<16xf64>
      %120 = gan.constant dense<2.000000e-04> : tensor<f64>
      %121 = gan.constant dense<2.000000e-04> : tensor<16xf64>
      %122 = gan.mul %121, %119 : tensor<16xf64>
      %123 = gan.constant dense<0.99899999999999999> : tensor<f64>
      %124 = gan.pow %123, %102 : tensor<f64>
      %125 = gan.constant dense<1.000000e+00> : tensor<f64>
      %126 = gan.sub %125, %124 : tensor<f64>
      %127 = gan.broadcast %126 dims = [] : tensor<f64> -> tensor<16xf64>
      %128 = gan.div %113, %127 : tensor<16xf64>
      %129 = gan.sqrt %128 : tensor<16xf64>
      %130 = gan.constant dense<1.000000e-08> : tensor<f64>
      %131 = gan.constant dense<1.000000e-08> : tensor<16xf64>
      %132 = gan.add %129, %131 : tensor<16xf64>
      %133 = gan.div %122, %132 : tensor<16xf64>
      %134 = gan.sub %18, %133 : tensor<16xf64>
      %135 = gan.load @generator.G.conv_transpose.1.weight.m : tensor<16x8x4x4xf64>
      %136 = gan.load @generator.G.conv_transpose.1.weight.v : tensor<16x8x4x4xf64>
      %137 = gan.load @generator.G.conv_transpose.1.weight.t : tensor<f64>
      %138 = gan.constant dense<1.000000e+00> : tensor<f64>
      %139 = gan.add %137, %138 : tensor<f64>
      gan.store %139, @generator.G.conv_transpose.1.weight.t : tensor<f64>
      %140 = gan.sub %23#3, %135 : tensor<16x8x4x4xf64>
      %141 = gan.constant dense<5.000000e-01> : tensor<f64>
      %142 = gan.constant dense<5.000000e-01> : tensor<16x8x4x4xf64>
      %143 = gan.mul %140, %142 : tensor<16x8x4x4xf64>
      %144 = gan.add %135, %143 : tensor<16x8x4x4xf64>
      gan.store %144, @generator.G.conv_transpose.1.weight.m : tensor<16x8x4x4xf64>
      %145 = gan.mul %23#3, %23#3 : tensor<16x8x4x4xf64>
      %146 = gan.sub %145, %136 : tensor<16x8x4x4xf64>
      %147 = gan.constant dense<0.0010000000000000009> : tensor<f64>
      %148 = gan.constant dense<0.0010000000000000009> : tensor<16x8x4x4xf64>
      %149 = gan.mul %146, %148 : tensor<16x8x4x4xf64>
      %150 = gan.add %136, %149 : tensor<16x8x4x4xf64>
      gan.store %150, @generator.G.conv_transpose.1.weight.v : tensor<16x8x4x4xf64>
      %151 = gan.constant dense<5.000000e-01> : tensor<f64>
      %152 = gan.pow %151, %139 : tensor<f64>
      %153 = gan.constant dense<1.000000e+00> : tensor<f64>
      %154 = gan.sub %153, %152 : tensor<f64>
      %155 = gan.broadcast %154 dims = [] : tensor<f64> -> tensor<16x8x4x4xf64>
      %156 = gan.div %144, %155 : tensor<16x8x4x4xf64>
      %157 = gan.constant dense<2.000000e-04> : tensor<f64>
      %158 = gan.constant dense<2.000000e-04> : tensor<16x8x4x4xf64>
      %159 = gan.mul %158, %156 : tensor<16x8x4x4xf64>
      %160 = gan.constant dense<0.99899999999999999> : tensor<f64>
      %161 = gan.pow %160, %139 : tensor<f64>
      %162 = gan.constant dense<1.000000e+00> : tensor<f64>
      %163 = gan.sub %162, %161 : tensor<f64>
      %164 = gan.broadcast %163 dims = [] : tensor<f64> -> tensor<16x8x4x4xf64>
      %165 = gan.div %150, %164 : tensor<16x8x4x4xf64>
      %166 = gan.sqrt %165 : tensor<16x8x4x4xf64>
      %167 = gan.constant dense<1.000000e-08> : tensor<f64>
      %168 = gan.constant dense<1.000000e-08> : tensor<16x8x4x4xf64>
      %169 = gan.add %166, %168 : tensor<16x8x4x4xf64>
      %170 = gan.div %159, %169 : tensor<16x8x4x4xf64>
      %171 = gan.sub %19, %170 : tensor<16x8x4x4xf64>
      %172 = gan.load @generator.G.batch_norm.1.weight.m : tensor<8xf64>
      %173 = gan.load @generator.G.batch_norm.1.weight.v : tensor<8xf64>
      %174 = gan.load @generator.G.batch_norm.1.weight.t : tensor<f64>
      %175 = gan.constant dense<1.000000e+00> : tensor<f64>
      %176 = gan.add %174, %175 : tensor<f64>
      gan.store %176, @generator.G.batch_norm.1.weight.t : tensor<f64>
      %177 = gan.sub %23#4, %172 : tensor<8xf64>
      %178 = gan.constant dense<5.000000e-01> : tensor<f64>
      %179 = gan.constant dense<5.000000e-01> : tensor<8xf64>
      %180 = gan.mul %177, %179 : tensor<8xf64>
      %181 = gan.add %172, %180 : tensor<8xf64>
      gan.store %181, @generator.G.batch_norm.1.weight.m : tensor<8xf64>
      %182 = gan.mul %23#4, %23#4 : tensor<8xf64>
      %183 = gan.sub %182, %173 : tensor<8xf64>
      %184 = gan.constant dense<0.0010000000000000009> : tensor<f64>
      %185 = gan.constant dense<0.0010000000000000009> : tensor<8xf64>
      %186 = gan.mul %183, %185 : tensor<8xf64>
      %187 = gan.add %173, %186 : tensor<8xf64>
      gan.store %187, @generator.G.batch_norm.1.weight.v : tensor<8xf64>
      %188 = gan.constant dense<5.000000e-01> : tensor<f64>
      %189 = gan.pow %188, %176 : tensor<f64>
      %190 = gan.constant dense<1.000000e+00> : tensor<f64>
      %191 = gan.sub %190, %189 : tensor<f64>
      %192 = gan.broadcast %191 dims = [] : tensor<f64> -> tensor<8xf64>
      %193 = gan.div %181, %192 : tensor<8xf64>
      %194 = gan.constant dense<2.000000e-04> : tensor<f64>
      %195 = gan.constant dense<2.000000e-04> : tensor<8xf64>
      %196 = gan.mul %195, %193 : tensor<8xf64>
      %197 = gan.constant dense<0.99899999999999999> : tensor<f64>
      %198 = gan.pow %197, %176 : tensor<f64>
      %199 = gan.constant dense<1.000000e+00> : tensor<f64>
      %200 = gan.sub %199, %198 : tensor<f64>
      %201 = gan.broadcast %200 dims = [] : tensor<f64> -> tensor<8xf64>
      %202 = gan.div %187, %201 : tensor<8xf64>
      %203 = gan.sqrt %202 : tensor<8xf64>
      %204 = gan.constant dense<1.000000e-08> : tensor<f64>
      %205 = gan.constant dense<1.000000e-08> : tensor<8xf64>
      %206 = gan.add %203, %205 : tensor<8xf64>
      %207 = gan.div %196, %206 : tensor<8xf64>
      %208 = gan.sub %20, %207 : tensor<8xf64>
      %209 = gan.load @generator.G.batch_norm.1.bias.m : tensor<8xf64>
      %210 = gan.load @generator.G.batch_norm.1.bias.v : tensor<8xf64>
      %211 = gan.load @generator.G.batch_norm.1.bias.t : tensor<f64>
      %212 = gan.constant dense<1.000000e+00> : tensor<f64>
      %213 = gan.add %211, %212 : tensor<f64>
      gan.store %213, @generator.G.batch_norm.1.bias.t : tensor<f64>
      %214 = gan.sub %23#5, %209 : tensor<8xf64>
      %215 = gan.constant dense<5.000000e-01> : tensor<f64>
      %216 = gan.constant dense<5.000000e-01> : tensor<8xf64>
      %217 = gan.mul %214, %216 : tensor<8xf64>
      %218 = gan.add %209, %217 : tensor<8xf64>
      gan.store %218, @generator.G.batch_norm.1.bias.m : tensor<8xf64>
      %219 = gan.mul %23#5, %23#5 : tensor<8xf64>
      %220 = gan.sub %219, %210 : tensor<8xf64>
      %221 = gan.constant dense<0.0010000000000000009> : tensor<f64>
      %222 = gan.constant dense<0.0010000000000000009> : tensor<8xf64>
      %223 = gan.mul %220, %222 : tensor<8xf64>
      %224 = gan.add %210, %223 : tensor<8xf64>
      gan.store %224, @generator.G.batch_norm.1.bias.v : tensor<8xf64>
      %225 = gan.constant dense<5.000000e-01> : tensor<f64>
      %226 = gan.pow %225, %213 : tensor<f64>
      %227 = gan.constant dense<1.000000e+00> : tensor<f64>
      %228 = gan.sub %227, %226 : tensor<f64>
      %229 = gan.broadcast %228 dims = [] : tensor<f64> -> tensor<8xf64>
      %230 = gan.div %218, %229 : tensor<8xf64>
      %231 = gan.constant dense<2.000000e-04> : tensor<f64>
      %232 = gan.constant dense<2.000000e-04> : tensor<8xf64>
      %233 = gan.mul %232, %230 : tensor<8xf64>
      %234 = gan.constant dense<0.99899999999999999> : tensor<f64>
      %235 = gan.pow %234, %213 : tensor<f64>
      %236 = gan.constant dense<1.000000e+00> : tensor<f64>
      %237 = gan.sub %236, %235 : tensor<f64>
      %238 = gan.broadcast %237 dims = [] : tensor<f64> -> tensor<8xf64>
      %239 = gan.div %224, %238 : tensor<8xf64>
      %240 = gan.sqrt %239 : tensor<8xf64>
      %241 = gan.constant dense<1.000000e-08> : tensor<f64>
      %242 = gan.constant dense<1.000000e-08> : tensor<8xf64>
      %243 = gan.add %240, %242 : tensor<8xf64>
      %244 = gan.div %233, %243 : tensor<8xf64>
      %245 = gan.sub %21, %244 : tensor<8xf64>
      %246 = gan.load @generator.G.conv_transpose.2.weight.m : tensor<8x1x4x4xf64>
      %247 = gan.load @generator.G.conv_transpose.2.weight.v : tensor<8x1x4x4xf64>
      %248 = gan.load @generator.G.conv_transpose.2.weight.t : tensor<f64>
      %249 = gan.constant dense<1.000000e+00> : tensor<f64>
      %250 = gan.add %248, %249 : tensor<f64>
      gan.store %250, @generator.G.conv_transpose.2.weight.t : tensor<f64>
      %251 = gan.sub %23#6, %246 : tensor<8x1x4x4xf64>
      %252 = gan.constant dense<5.000000e-01> : tensor<f64>
      %253 = gan.constant dense<5.000000e-01> : tensor<8x1x4x4xf64>
      %254 = gan.mul %251, %253 : tensor<8x1x4x4xf64>
      %255 = gan.add %246, %254 : tensor<8x1x4x4xf64>
      gan.store %255, @generator.G.conv_transpose.2.weight.m : tensor<8x1x4x4xf64>
      %256 = gan.mul %23#6, %23#6 : tensor<8x1x4x4xf64>
      %257 = gan.sub %256, %247 : tensor<8x1x4x4xf64>
      %258 = gan.constant dense<0.0010000000000000009> : tensor<f64>
      %259 = gan.constant dense<0.0010000000000000009> : tensor<8x1x4x4xf64>
      %260 = gan.mul %257, %259 : tensor<8x1x4x4xf64>
      %261 = gan.add %247, %260 : tensor<8x1x4x4xf64>
      gan.store %261, @generator.G.conv_transpose.2.weight.v : tensor<8x1x4x4xf64>
      %262 = gan.constant dense<5.000000e-01> : tensor<f64>
      %263 = gan.pow %262, %250 : tensor<f64>
      %264 = gan.constant dense<1.000000e+00> : tensor<f64>
      %265 = gan.sub %264, %263 : tensor<f64>
      %266 = gan.broadcast %265 dims = [] : tensor<f64> -> tensor<8x1x4x4xf64>
      %267 = gan.div %255, %266 : tensor<8x1x4x4xf64>
      %268 = gan.constant dense<2.000000e-04> : tensor<f64>
      %269 = gan.constant dense<2.000000e-04> : tensor<8x1x4x4xf64>
      %270 = gan.mul %269, %267 : tensor<8x1x4x4xf64>
      %271 = gan.constant dense<0.99899999999999999> : tensor<f64>
      %272 = gan.pow %271, %250 : tensor<f64>
      %273 = gan.constant dense<1.000000e+00> : tensor<f64>
      %274 = gan.sub %273, %272 : tensor<f64>
      %275 = gan.broadcast %274 dims = [] : tensor<f64> -> tensor<8x1x4x4xf64>
      %276 = gan.div %261, %275 : tensor<8x1x4x4xf64>
      %277 = gan.sqrt %276 : tensor<8x1x4x4xf64>
      %278 = gan.constant dense<1.000000e-08> : tensor<f64>
      %279 = gan.constant dense<1.000000e-08> : tensor<8x1x4x4xf64>
      %280 = gan.add %277, %279 : tensor<8x1x4x4xf64>
      %281 = gan.div %270, %280 : tensor<8x1x4x4xf64>
      %282 = gan.sub %22, %281 : tensor<8x1x4x4xf64>
      gan.store %60, @G.conv_transpose.0.weight : tensor<100x16x7x7xf64>
      gan.store %97, @G.batch_norm.0.weight : tensor<16xf64>
      gan.store %134, @G.batch_norm.0.bias : tensor<16xf64>
      gan.store %171, @G.conv_transpose.1.weight : tensor<16x8x4x4xf64>
      gan.store %208, @G.batch_norm.1.weight : tensor<8xf64>
      gan.store %245, @G.batch_norm.1.bias : tensor<8xf64>
      gan.store %282, @G.conv_transpose.2.weight : tensor<8x1x4x4xf64>
      return
    }
    gan.phase @train 100000 "steps" batch = 8 {
      gan.play @discriminator_8 player = "discriminator"
      gan.play @generator_8 player = "generator" reuse = "discriminator"
    }
    func.func @samples(%arg0: tensor<2xi64>) -> tensor<8x1x28x28xf64> attributes {gan.output = "samples", gan.role = "output"} {
      %0 = gan.random %arg0 stream = "z" from <normal, [0.000000e+00, 1.000000e+00]> : tensor<2xi64> -> tensor<8x100xf64>
      %1 = gan.call @G_infer_8(%arg0, %0) path = "G#0" frozen_state : (tensor<2xi64>, tensor<8x100xf64>) -> tensor<8x1x28x28xf64>
      return %1 : tensor<8x1x28x28xf64>
    }
    func.func @G_infer_8(%arg0: tensor<2xi64>, %arg1: tensor<8x100xf64>) -> tensor<8x1x28x28xf64> attributes {gan.network = "G", gan.role = "network"} {
      %0 = gan.reshape %arg1 : tensor<8x100xf64> -> tensor<8x100x1x1xf64>
      %1 = gan.load @G.conv_transpose.0.weight : tensor<100x16x7x7xf64>
      %2 = gan.transpose %0 permutation = [0, 2, 3, 1] : tensor<8x100x1x1xf64> -> tensor<8x1x1x100xf64>
      %3 = gan.transpose %1 permutation = [2, 3, 1, 0] : tensor<100x16x7x7xf64> -> tensor<7x7x16x100xf64>
      %4 = gan.conv2d_input_grad %2, %3 strides = [1, 1] padding = [0, 0, 0, 0] : tensor<8x1x1x100xf64>, tensor<7x7x16x100xf64> -> tensor<8x7x7x16xf64>
      %5 = gan.transpose %4 permutation = [0, 3, 1, 2] : tensor<8x7x7x16xf64> -> tensor<8x16x7x7xf64>
      %6 = gan.load @G.batch_norm.0.running_mean : tensor<16xf64>
      %7 = gan.load @G.batch_norm.0.running_var : tensor<16xf64>
      %8 = gan.reshape %6 : tensor<16xf64> -> tensor<16x1x1xf64>
      %9 = gan.reshape %8 : tensor<16x1x1xf64> -> tensor<16xf64>
      %10 = gan.broadcast %9 dims = [1] : tensor<16xf64> -> tensor<8x16x7x7xf64>
      %11 = gan.sub %5, %10 : tensor<8x16x7x7xf64>
      %12 = gan.constant dense<1.000000e-05> : tensor<f64>
      %13 = gan.constant dense<1.000000e-05> : tensor<16xf64>
      %14 = gan.add %7, %13 : tensor<16xf64>
      %15 = gan.rsqrt %14 : tensor<16xf64>
      %16 = gan.reshape %15 : tensor<16xf64> -> tensor<16x1x1xf64>
      %17 = gan.reshape %16 : tensor<16x1x1xf64> -> tensor<16xf64>
      %18 = gan.broadcast %17 dims = [1] : tensor<16xf64> -> tensor<8x16x7x7xf64>
      %19 = gan.mul %11, %18 : tensor<8x16x7x7xf64>
      %20 = gan.load @G.batch_norm.0.weight : tensor<16xf64>
      %21 = gan.load @G.batch_norm.0.bias : tensor<16xf64>
      %22 = gan.reshape %20 : tensor<16xf64> -> tensor<16x1x1xf64>
      %23 = gan.reshape %22 : tensor<16x1x1xf64> -> tensor<16xf64>
      %24 = gan.broadcast %23 dims = [1] : tensor<16xf64> -> tensor<8x16x7x7xf64>
      %25 = gan.mul %19, %24 : tensor<8x16x7x7xf64>
      %26 = gan.reshape %21 : tensor<16xf64> -> tensor<16x1x1xf64>
      %27 = gan.reshape %26 : tensor<16x1x1xf64> -> tensor<16xf64>
      %28 = gan.broadcast %27 dims = [1] : tensor<16xf64> -> tensor<8x16x7x7xf64>
      %29 = gan.add %25, %28 : tensor<8x16x7x7xf64>
      %30 = gan.constant dense<0.000000e+00> : tensor<f64>
      %31 = gan.constant dense<0.000000e+00> : tensor<8x16x7x7xf64>
      %32 = gan.max %31, %29 : tensor<8x16x7x7xf64>
      %33 = gan.load @G.conv_transpose.1.weight : tensor<16x8x4x4xf64>
      %34 = gan.transpose %32 permutation = [0, 2, 3, 1] : tensor<8x16x7x7xf64> -> tensor<8x7x7x16xf64>
      %35 = gan.transpose %33 permutation = [2, 3, 1, 0] : tensor<16x8x4x4xf64> -> tensor<4x4x8x16xf64>
      %36 = gan.conv2d_input_grad %34, %35 strides = [2, 2] padding = [1, 1, 1, 1] : tensor<8x7x7x16xf64>, tensor<4x4x8x16xf64> -> tensor<8x14x14x8xf64>
      %37 = gan.transpose %36 permutation = [0, 3, 1, 2] : tensor<8x14x14x8xf64> -> tensor<8x8x14x14xf64>
      %38 = gan.load @G.batch_norm.1.running_mean : tensor<8xf64>
      %39 = gan.load @G.batch_norm.1.running_var : tensor<8xf64>
      %40 = gan.reshape %38 : tensor<8xf64> -> tensor<8x1x1xf64>
      %41 = gan.reshape %40 : tensor<8x1x1xf64> -> tensor<8xf64>
      %42 = gan.broadcast %41 dims = [1] : tensor<8xf64> -> tensor<8x8x14x14xf64>
      %43 = gan.sub %37, %42 : tensor<8x8x14x14xf64>
      %44 = gan.constant dense<1.000000e-05> : tensor<f64>
      %45 = gan.constant dense<1.000000e-05> : tensor<8xf64>
      %46 = gan.add %39, %45 : tensor<8xf64>
      %47 = gan.rsqrt %46 : tensor<8xf64>
      %48 = gan.reshape %47 : tensor<8xf64> -> tensor<8x1x1xf64>
      %49 = gan.reshape %48 : tensor<8x1x1xf64> -> tensor<8xf64>
      %50 = gan.broadcast %49 dims = [1] : tensor<8xf64> -> tensor<8x8x14x14xf64>
      %51 = gan.mul %43, %50 : tensor<8x8x14x14xf64>
      %52 = gan.load @G.batch_norm.1.weight : tensor<8xf64>
      %53 = gan.load @G.batch_norm.1.bias : tensor<8xf64>
      %54 = gan.reshape %52 : tensor<8xf64> -> tensor<8x1x1xf64>
      %55 = gan.reshape %54 : tensor<8x1x1xf64> -> tensor<8xf64>
      %56 = gan.broadcast %55 dims = [1] : tensor<8xf64> -> tensor<8x8x14x14xf64>
      %57 = gan.mul %51, %56 : tensor<8x8x14x14xf64>
      %58 = gan.reshape %53 : tensor<8xf64> -> tensor<8x1x1xf64>
      %59 = gan.reshape %58 : tensor<8x1x1xf64> -> tensor<8xf64>
      %60 = gan.broadcast %59 dims = [1] : tensor<8xf64> -> tensor<8x8x14x14xf64>
      %61 = gan.add %57, %60 : tensor<8x8x14x14xf64>
      %62 = gan.constant dense<0.000000e+00> : tensor<f64>
      %63 = gan.constant dense<0.000000e+00> : tensor<8x8x14x14xf64>
      %64 = gan.max %63, %61 : tensor<8x8x14x14xf64>
      %65 = gan.load @G.conv_transpose.2.weight : tensor<8x1x4x4xf64>
      %66 = gan.transpose %64 permutation = [0, 2, 3, 1] : tensor<8x8x14x14xf64> -> tensor<8x14x14x8xf64>
      %67 = gan.transpose %65 permutation = [2, 3, 1, 0] : tensor<8x1x4x4xf64> -> tensor<4x4x1x8xf64>
      %68 = gan.conv2d_input_grad %66, %67 strides = [2, 2] padding = [1, 1, 1, 1] : tensor<8x14x14x8xf64>, tensor<4x4x1x8xf64> -> tensor<8x28x28x1xf64>
      %69 = gan.transpose %68 permutation = [0, 3, 1, 2] : tensor<8x28x28x1xf64> -> tensor<8x1x28x28xf64>
      %70 = gan.tanh %69 : tensor<8x1x28x28xf64>
      return %70 : tensor<8x1x28x28xf64>
    }
    gan.network @G graph = @G_infer_8
    func.func @D_infer_8(%arg0: tensor<2xi64>, %arg1: tensor<8x1x28x28xf64>) -> tensor<8xf64> attributes {gan.network = "D", gan.role = "network"} {
      %0 = gan.load @D.conv.0.weight : tensor<8x1x4x4xf64>
      %1 = gan.transpose %arg1 permutation = [0, 2, 3, 1] : tensor<8x1x28x28xf64> -> tensor<8x28x28x1xf64>
      %2 = gan.transpose %0 permutation = [2, 3, 1, 0] : tensor<8x1x4x4xf64> -> tensor<4x4x1x8xf64>
      %3 = gan.conv2d %1, %2 strides = [2, 2] padding = [1, 1, 1, 1] : tensor<8x28x28x1xf64>, tensor<4x4x1x8xf64> -> tensor<8x14x14x8xf64>
      %4 = gan.transpose %3 permutation = [0, 3, 1, 2] : tensor<8x14x14x8xf64> -> tensor<8x8x14x14xf64>
      %5 = gan.constant dense<2.000000e-01> : tensor<f64>
      %6 = gan.constant dense<2.000000e-01> : tensor<8x8x14x14xf64>
      %7 = gan.mul %6, %4 : tensor<8x8x14x14xf64>
      %8 = gan.constant dense<0.000000e+00> : tensor<f64>
      %9 = gan.constant dense<0.000000e+00> : tensor<8x8x14x14xf64>
      %10 = gan.compare  gt, %4, %9 : tensor<8x8x14x14xf64> -> tensor<8x8x14x14xi1>
      %11 = gan.select %10, %4, %7 : tensor<8x8x14x14xi1>, tensor<8x8x14x14xf64>
      %12 = gan.load @D.conv.1.weight : tensor<16x8x4x4xf64>
      %13 = gan.transpose %11 permutation = [0, 2, 3, 1] : tensor<8x8x14x14xf64> -> tensor<8x14x14x8xf64>
      %14 = gan.transpose %12 permutation = [2, 3, 1, 0] : tensor<16x8x4x4xf64> -> tensor<4x4x8x16xf64>
      %15 = gan.conv2d %13, %14 strides = [2, 2] padding = [1, 1, 1, 1] : tensor<8x14x14x8xf64>, tensor<4x4x8x16xf64> -> tensor<8x7x7x16xf64>
      %16 = gan.transpose %15 permutation = [0, 3, 1, 2] : tensor<8x7x7x16xf64> -> tensor<8x16x7x7xf64>
      %17 = gan.load @D.batch_norm.0.running_mean : tensor<16xf64>
      %18 = gan.load @D.batch_norm.0.running_var : tensor<16xf64>
      %19 = gan.reshape %17 : tensor<16xf64> -> tensor<16x1x1xf64>
      %20 = gan.reshape %19 : tensor<16x1x1xf64> -> tensor<16xf64>
      %21 = gan.broadcast %20 dims = [1] : tensor<16xf64> -> tensor<8x16x7x7xf64>
      %22 = gan.sub %16, %21 : tensor<8x16x7x7xf64>
      %23 = gan.constant dense<1.000000e-05> : tensor<f64>
      %24 = gan.constant dense<1.000000e-05> : tensor<16xf64>
      %25 = gan.add %18, %24 : tensor<16xf64>
      %26 = gan.rsqrt %25 : tensor<16xf64>
      %27 = gan.reshape %26 : tensor<16xf64> -> tensor<16x1x1xf64>
      %28 = gan.reshape %27 : tensor<16x1x1xf64> -> tensor<16xf64>
      %29 = gan.broadcast %28 dims = [1] : tensor<16xf64> -> tensor<8x16x7x7xf64>
      %30 = gan.mul %22, %29 : tensor<8x16x7x7xf64>
      %31 = gan.load @D.batch_norm.0.weight : tensor<16xf64>
      %32 = gan.load @D.batch_norm.0.bias : tensor<16xf64>
      %33 = gan.reshape %31 : tensor<16xf64> -> tensor<16x1x1xf64>
      %34 = gan.reshape %33 : tensor<16x1x1xf64> -> tensor<16xf64>
      %35 = gan.broadcast %34 dims = [1] : tensor<16xf64> -> tensor<8x16x7x7xf64>
      %36 = gan.mul %30, %35 : tensor<8x16x7x7xf64>
      %37 = gan.reshape %32 : tensor<16xf64> -> tensor<16x1x1xf64>
      %38 = gan.reshape %37 : tensor<16x1x1xf64> -> tensor<16xf64>
      %39 = gan.broadcast %38 dims = [1] : tensor<16xf64> -> tensor<8x16x7x7xf64>
      %40 = gan.add %36, %39 : tensor<8x16x7x7xf64>
      %41 = gan.constant dense<2.000000e-01> : tensor<f64>
      %42 = gan.constant dense<2.000000e-01> : tensor<8x16x7x7xf64>
      %43 = gan.mul %42, %40 : tensor<8x16x7x7xf64>
      %44 = gan.constant dense<0.000000e+00> : tensor<f64>
      %45 = gan.constant dense<0.000000e+00> : tensor<8x16x7x7xf64>
      %46 = gan.compare  gt, %40, %45 : tensor<8x16x7x7xf64> -> tensor<8x16x7x7xi1>
      %47 = gan.select %46, %40, %43 : tensor<8x16x7x7xi1>, tensor<8x16x7x7xf64>
      %48 = gan.load @D.conv.2.weight : tensor<1x16x7x7xf64>
      %49 = gan.transpose %47 permutation = [0, 2, 3, 1] : tensor<8x16x7x7xf64> -> tensor<8x7x7x16xf64>
      %50 = gan.transpose %48 permutation = [2, 3, 1, 0] : tensor<1x16x7x7xf64> -> tensor<7x7x16x1xf64>
      %51 = gan.conv2d %49, %50 strides = [1, 1] padding = [0, 0, 0, 0] : tensor<8x7x7x16xf64>, tensor<7x7x16x1xf64> -> tensor<8x1x1x1xf64>
      %52 = gan.transpose %51 permutation = [0, 3, 1, 2] : tensor<8x1x1x1xf64> -> tensor<8x1x1x1xf64>
      %53 = gan.reshape %52 : tensor<8x1x1x1xf64> -> tensor<8xf64>
      return %53 : tensor<8xf64>
    }
    gan.network @D graph = @D_infer_8
  }
}
