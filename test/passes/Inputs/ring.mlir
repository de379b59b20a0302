module {
  gan.model @ring attributes {arguments = {batch = 16 : i64, latent = 16 : i64, lr = 1.000000e-03 : f64, steps = 20000 : i64, width = 128 : i64}} {
    gan.storage @D.dense.0.weight  param tensor<128x2xf64> init = <uniform, [-0.70710678118654746, 0.70710678118654746]> owner = "D"
    gan.storage @D.dense.0.bias  param tensor<128xf64> init = <uniform, [-0.70710678118654746, 0.70710678118654746]> owner = "D"
    gan.storage @D.dense.1.weight  param tensor<128x128xf64> init = <uniform, [-0.088388347648318433, 0.088388347648318433]> owner = "D"
    gan.storage @D.dense.1.bias  param tensor<128xf64> init = <uniform, [-0.088388347648318433, 0.088388347648318433]> owner = "D"
    gan.storage @D.dense.2.weight  param tensor<1x128xf64> init = <uniform, [-0.088388347648318433, 0.088388347648318433]> owner = "D"
    gan.storage @D.dense.2.bias  param tensor<1xf64> init = <uniform, [-0.088388347648318433, 0.088388347648318433]> owner = "D"
    gan.storage @G.dense.0.weight  param tensor<128x16xf64> init = <uniform, [-2.500000e-01, 2.500000e-01]> owner = "G"
    gan.storage @G.dense.0.bias  param tensor<128xf64> init = <uniform, [-2.500000e-01, 2.500000e-01]> owner = "G"
    gan.storage @G.dense.1.weight  param tensor<128x128xf64> init = <uniform, [-0.088388347648318433, 0.088388347648318433]> owner = "G"
    gan.storage @G.dense.1.bias  param tensor<128xf64> init = <uniform, [-0.088388347648318433, 0.088388347648318433]> owner = "G"
    gan.storage @G.dense.2.weight  param tensor<2x128xf64> init = <uniform, [-0.088388347648318433, 0.088388347648318433]> owner = "G"
    gan.storage @G.dense.2.bias  param tensor<2xf64> init = <uniform, [-0.088388347648318433, 0.088388347648318433]> owner = "G"
    gan.storage @discriminator.D.dense.0.weight.m  optimizer tensor<128x2xf64> init = <constant, [0.000000e+00]> owner = "discriminator"
    gan.storage @discriminator.D.dense.0.weight.v  optimizer tensor<128x2xf64> init = <constant, [0.000000e+00]> owner = "discriminator"
    gan.storage @discriminator.D.dense.0.weight.t  optimizer tensor<f64> init = <constant, [0.000000e+00]> owner = "discriminator"
    gan.storage @discriminator.D.dense.0.bias.m  optimizer tensor<128xf64> init = <constant, [0.000000e+00]> owner = "discriminator"
    gan.storage @discriminator.D.dense.0.bias.v  optimizer tensor<128xf64> init = <constant, [0.000000e+00]> owner = "discriminator"
    gan.storage @discriminator.D.dense.0.bias.t  optimizer tensor<f64> init = <constant, [0.000000e+00]> owner = "discriminator"
    gan.storage @discriminator.D.dense.1.weight.m  optimizer tensor<128x128xf64> init = <constant, [0.000000e+00]> owner = "discriminator"
    gan.storage @discriminator.D.dense.1.weight.v  optimizer tensor<128x128xf64> init = <constant, [0.000000e+00]> owner = "discriminator"
    gan.storage @discriminator.D.dense.1.weight.t  optimizer tensor<f64> init = <constant, [0.000000e+00]> owner = "discriminator"
    gan.storage @discriminator.D.dense.1.bias.m  optimizer tensor<128xf64> init = <constant, [0.000000e+00]> owner = "discriminator"
    gan.storage @discriminator.D.dense.1.bias.v  optimizer tensor<128xf64> init = <constant, [0.000000e+00]> owner = "discriminator"
    gan.storage @discriminator.D.dense.1.bias.t  optimizer tensor<f64> init = <constant, [0.000000e+00]> owner = "discriminator"
    gan.storage @discriminator.D.dense.2.weight.m  optimizer tensor<1x128xf64> init = <constant, [0.000000e+00]> owner = "discriminator"
    gan.storage @discriminator.D.dense.2.weight.v  optimizer tensor<1x128xf64> init = <constant, [0.000000e+00]> owner = "discriminator"
    gan.storage @discriminator.D.dense.2.weight.t  optimizer tensor<f64> init = <constant, [0.000000e+00]> owner = "discriminator"
    gan.storage @discriminator.D.dense.2.bias.m  optimizer tensor<1xf64> init = <constant, [0.000000e+00]> owner = "discriminator"
    gan.storage @discriminator.D.dense.2.bias.v  optimizer tensor<1xf64> init = <constant, [0.000000e+00]> owner = "discriminator"
    gan.storage @discriminator.D.dense.2.bias.t  optimizer tensor<f64> init = <constant, [0.000000e+00]> owner = "discriminator"
    gan.storage @generator.G.dense.0.weight.m  optimizer tensor<128x16xf64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.dense.0.weight.v  optimizer tensor<128x16xf64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.dense.0.weight.t  optimizer tensor<f64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.dense.0.bias.m  optimizer tensor<128xf64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.dense.0.bias.v  optimizer tensor<128xf64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.dense.0.bias.t  optimizer tensor<f64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.dense.1.weight.m  optimizer tensor<128x128xf64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.dense.1.weight.v  optimizer tensor<128x128xf64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.dense.1.weight.t  optimizer tensor<f64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.dense.1.bias.m  optimizer tensor<128xf64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.dense.1.bias.v  optimizer tensor<128xf64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.dense.1.bias.t  optimizer tensor<f64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.dense.2.weight.m  optimizer tensor<2x128xf64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.dense.2.weight.v  optimizer tensor<2x128xf64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.dense.2.weight.t  optimizer tensor<f64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.dense.2.bias.m  optimizer tensor<2xf64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.dense.2.bias.v  optimizer tensor<2xf64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.storage @generator.G.dense.2.bias.t  optimizer tensor<f64> init = <constant, [0.000000e+00]> owner = "generator"
    gan.data @points fields = [{centres = array<f64: 2.000000e+00, 0.000000e+00, 1.4142135623730951, 1.4142135623730949, 1.2246467991473532E-16, 2.000000e+00, -1.4142135623730949, 1.4142135623730951, -2.000000e+00, 2.4492935982947064E-16, -1.4142135623730954, -1.4142135623730949, -3.6739403974420594E-16, -2.000000e+00, 1.4142135623730947, -1.4142135623730954>, count = 0 : i64, kind = "mixture", name = "x", shape = array<i64: 2>, std = 5.000000e-02 : f64}]
    func.func @discriminator_16(%arg0: tensor<2xi64>) attributes {gan.role = "player"} {
      %0 = gan.read @points "x" at %arg0 : tensor<2xi64> -> tensor<16x2xf64>
      %1 = gan.call @D_train_16(%arg0, %0) path = "D#0" : (tensor<2xi64>, tensor<16x2xf64>) -> tensor<16xf64>
      %2 = gan.neg %1 : tensor<16xf64>
      %3 = gan.softplus %2 : tensor<16xf64>
      %4 = gan.constant dense<1.000000e+00> : tensor<f64>
      %5 = gan.constant dense<1.000000e+00> : tensor<16xf64>
      %6 = gan.mul %5, %3 : tensor<16xf64>
      %7 = gan.softplus %1 : tensor<16xf64>
      %8 = gan.constant dense<0.000000e+00> : tensor<f64>
      %9 = gan.constant dense<0.000000e+00> : tensor<16xf64>
      %10 = gan.mul %9, %7 : tensor<16xf64>
      %11 = gan.add %6, %10 : tensor<16xf64>
      %12 = gan.sum %11 dims = [0] : tensor<16xf64> -> tensor<f64>
      %13 = gan.constant dense<6.250000e-02> : tensor<f64>
      %14 = gan.mul %12, %13 : tensor<f64>
      %15 = gan.random %arg0 stream = "z" from <normal, [0.000000e+00, 1.000000e+00]> : tensor<2xi64> -> tensor<16x16xf64>
      %16 = gan.call @G_train_16(%arg0, %15) path = "G#0" : (tensor<2xi64>, tensor<16x16xf64>) -> tensor<16x2xf64>
      %17 = gan.call @D_train_16(%arg0, %16) path = "D#1" : (tensor<2xi64>, tensor<16x2xf64>) -> tensor<16xf64>
      %18 = gan.neg %17 : tensor<16xf64>
      %19 = gan.softplus %18 : tensor<16xf64>
      %20 = gan.constant dense<0.000000e+00> : tensor<f64>
      %21 = gan.constant dense<0.000000e+00> : tensor<16xf64>
      %22 = gan.mul %21, %19 : tensor<16xf64>
      %23 = gan.softplus %17 : tensor<16xf64>
      %24 = gan.constant dense<1.000000e+00> : tensor<f64>
      %25 = gan.constant dense<1.000000e+00> : tensor<16xf64>
      %26 = gan.mul %25, %23 : tensor<16xf64>
      %27 = gan.add %22, %26 : tensor<16xf64>
      %28 = gan.sum %27 dims = [0] : tensor<16xf64> -> tensor<f64>
      %29 = gan.constant dense<6.250000e-02> : tensor<f64>
      %30 = gan.mul %28, %29 : tensor<f64>
      %31 = gan.add %14, %30 : tensor<f64>
      gan.report %31 as "discriminator.loss" : tensor<f64>
      %32 = gan.load @D.dense.0.weight : tensor<128x2xf64>
      %33 = gan.load @D.dense.0.bias : tensor<128xf64>
      %34 = gan.load @D.dense.1.weight : tensor<128x128xf64>
      %35 = gan.load @D.dense.1.bias : tensor<128xf64>
      %36 = gan.load @D.dense.2.weight : tensor<1x128xf64>
      %37 = gan.load @D.dense.2.bias : tensor<1xf64>
      %38:6 = gan.grad %31 wrt %32, %33, %34, %35, %36, %37 : (tensor<f64>, tensor<128x2xf64>, tensor<128xf64>, tensor<128x128xf64>, tensor<128xf64>, tensor<1x128xf64>, tensor<1xf64>) -> (tensor<128x2xf64>, tensor<128xf64>, tensor<128x128xf64>, tensor<128xf64>, tensor<1x128xf64>, tensor<1xf64>)
      %39 = gan.load @discriminator.D.dense.0.weight.m : tensor<128x2xf64>
      %40 = gan.load @discriminator.D.dense.0.weight.v : tensor<128x2xf64>
      %41 = gan.load @discriminator.D.dense.0.weight.t : tensor<f64>
      %42 = gan.constant dense<1.000000e+00> : tensor<f64>
      %43 = gan.add %41, %42 : tensor<f64>
      gan.store %43, @discriminator.D.dense.0.weight.t : tensor<f64>
      %44 = gan.sub %38#0, %39 : tensor<128x2xf64>
      %45 = gan.constant dense<5.000000e-01> : tensor<f64>
      %46 = gan.constant dense<5.000000e-01> : tensor<128x2xf64>
      %47 = gan.mul %44, %46 : tensor<128x2xf64>
      %48 = gan.add %39, %47 : tensor<128x2xf64>
      gan.store %48, @discriminator.D.dense.0.weight.m : tensor<128x2xf64>
      %49 = gan.mul %38#0, %38#0 : tensor<128x2xf64>
      %50 = gan.sub %49, %40 : tensor<128x2xf64>
      %51 = gan.constant dense<0.0010000000000000009> : tensor<f64>
      %52 = gan.constant dense<0.0010000000000000009> : tensor<128x2xf64>
      %53 = gan.mul %50, %52 : tensor<128x2xf64>
      %54 = gan.add %40, %53 : tensor<128x2xf64>
      gan.store %54, @discriminator.D.dense.0.weight.v : tensor<128x2xf64>
      %55 = gan.constant dense<5.000000e-01> : tensor<f64>
      %56 = gan.pow %55, %43 : tensor<f64>
      %57 = gan.constant dense<1.000000e+00> : tensor<f64>
      %58 = gan.sub %57, %56 : tensor<f64>
      %59 = gan.broadcast %58 dims = [] : tensor<f64> -> tensor<128x2xf64>
      %60 = gan.div %48, %59 : tensor<128x2xf64>
      %61 = gan.constant dense<1.000000e-03> : tensor<f64>
      %62 = gan.constant dense<1.000000e-03> : tensor<128x2xf64>
      %63 = gan.mul %62, %60 : tensor<128x2xf64>
      %64 = gan.constant dense<0.99899999999999999> : tensor<f64>
      %65 = gan.pow %64, %43 : tensor<f64>
      %66 = gan.constant dense<1.000000e+00> : tensor<f64>
      %67 = gan.sub %66, %65 : tensor<f64>
      %68 = gan.broadcast %67 dims = [] : tensor<f64> -> tensor<128x2xf64>
      %69 = gan.div %54, %68 : tensor<128x2xf64>
      %70 = gan.sqrt %69 : tensor<128x2xf64>
      %71 = gan.constant dense<1.000000e-08> : tensor<f64>
      %72 = gan.constant dense<1.000000e-08> : tensor<128x2xf64>
      %73 = gan.add %70, %72 : tensor<128x2xf64>
      %74 = gan.div %63, %73 : tensor<128x2xf64>
      %75 = gan.sub %32, %74 : tensor<128x2xf64>
      %76 = gan.load @discriminator.D.dense.0.bias.m : tensor<128xf64>
      %77 = gan.load @discriminator.D.dense.0.bias.v : tensor<128xf64>
      %78 = gan.load @discriminator.D.dense.0.bias.t : tensor<f64>
      %79 = gan.constant dense<1.000000e+00> : tensor<f64>
      %80 = gan.add %78, %79 : tensor<f64>
      gan.store %80, @discriminator.D.dense.0.bias.t : tensor<f64>
      %81 = gan.sub %38#1, %76 : tensor<128xf64>
      %82 = gan.constant dense<5.000000e-01> : tensor<f64>
      %83 = gan.constant dense<5.000000e-01> : tensor<128xf64>
      %84 = gan.mul %81, %83 : tensor<128xf64>
      %85 = gan.add %76, %84 : tensor<128xf64>
      gan.store %85, @discriminator.D.dense.0.bias.m : tensor<128xf64>
      %86 = gan.mul %38#1, %38#1 : tensor<128xf64>
      %87 = gan.sub %86, %77 : tensor<128xf64>
      %88 = gan.constant dense<0.0010000000000000009> : tensor<f64>
      %89 = gan.constant dense<0.0010000000000000009> : tensor<128xf64>
      %90 = gan.mul %87, %89 : tensor<128xf64>
      %91 = gan.add %77, %90 : tensor<128xf64>
      gan.store %91, @discriminator.D.dense.0.bias.v : tensor<128xf64>
      %92 = gan.constant dense<5.000000e-01> : tensor<f64>
      %93 = gan.pow %92, %80 : tensor<f64>
      %94 = gan.constant dense<1.000000e+00> : tensor<f64>
      %95 = gan.sub %94, %93 : tensor<f64>
      %96 = gan.broadcast %95 dims = [] : tensor<f64> -> tensor<128xf64>
      %97 = gan.div %85, %96 : tensor<128xf64>
      %98 = gan.constant dense<1.000000e-03> : tensor<f64>
      %99 = gan.constant dense<1.000000e-03> : tensor<128xf64>
      %100 = gan.mul %99, %97 : tensor<128xf64>
      %101 = gan.constant dense<0.99899999999999999> : tensor<f64>
      %102 = gan.pow %101, %80 : tensor<f64>
      %103 = gan.constant dense<1.000000e+00> : tensor<f64>
      %104 = gan.sub %103, %102 : tensor<f64>
      %105 = gan.broadcast %104 dims = [] : tensor<f64> -> tensor<128xf64>
      %106 = gan.div %91, %105 : tensor<128xf64>
      %107 = gan.sqrt %106 : tensor<128xf64>
      %108 = gan.constant dense<1.000000e-08> : tensor<f64>
      %109 = gan.constant dense<1.000000e-08> : tensor<128xf64>
      %110 = gan.add %107, %109 : tensor<128xf64>
      %111 = gan.div %100, %110 : tensor<128xf64>
      %112 = gan.sub %33, %111 : tensor<128xf64>
      %113 = gan.load @discriminator.D.dense.1.weight.m : tensor<128x128xf64>
      %114 = gan.load @discriminator.D.dense.1.weight.v : tensor<128x128xf64>
      %115 = gan.load @discriminator.D.dense.1.weight.t : tensor<f64>
      %116 = gan.constant dense<1.000000e+00> : tensor<f64>
      %117 = gan.add %115, %116 : tensor<f64>
      gan.store %117, @discriminator.D.dense.1.weight.t : tensor<f64>
      %118 = gan.sub %38#2, %113 : tensor<128x128xf64>
      %119 = gan.constant dense<5.000000e-01> : tensor<f64>
      %120 = gan.constant dense<5.000000e-01> : tensor<128x128xf64>
      %121 = gan.mul %118, %120 : tensor<128x128xf64>
      %122 = gan.add %113, %121 : tensor<128x128xf64>
      gan.store %122, @discriminator.D.dense.1.weight.m : tensor<128x128xf64>
      %123 = gan.mul %38#2, %38#2 : tensor<128x128xf64>
      %124 = gan.sub %123, %114 : tensor<128x128xf64>
      %125 = gan.constant dense<0.0010000000000000009> : tensor<f64>
      %126 = gan.constant dense<0.0010000000000000009> : tensor<128x128xf64>
      %127 = gan.mul %124, %126 : tensor<128x128xf64>
      %128 = gan.add %114, %127 : tensor<128x128xf64>
      gan.store %128, @discriminator.D.dense.1.weight.v : tensor<128x128xf64>
      %129 = gan.constant dense<5.000000e-01> : tensor<f64>
      %130 = gan.pow %129, %117 : tensor<f64>
      %131 = gan.constant dense<1.000000e+00> : tensor<f64>
      %132 = gan.sub %131, %130 : tensor<f64>
      %133 = gan.broadcast %132 dims = [] : tensor<f64> -> tensor<128x128xf64>
      %134 = gan.div %122, %133 : tensor<128x128xf64>
      %135 = gan.constant dense<1.000000e-03> : tensor<f64>
      %136 = gan.constant dense<1.000000e-03> : tensor<128x128xf64>
      %137 = gan.mul %136, %134 : tensor<128x128xf64>
      %138 = gan.constant dense<0.99899999999999999> : tensor<f64>
      %139 = gan.pow %138, %117 : tensor<f64>
      %140 = gan.constant dense<1.000000e+00> : tensor<f64>
      %141 = gan.sub %140, %139 : tensor<f64>
      %142 = gan.broadcast %141 dims = [] : tensor<f64> -> tensor<128x128xf64>
      %143 = gan.div %128, %142 : tensor<128x128xf64>
      %144 = gan.sqrt %143 : tensor<128x128xf64>
      %145 = gan.constant dense<1.000000e-08> : tensor<f64>
      %146 = gan.constant dense<1.000000e-08> : tensor<128x128xf64>
      %147 = gan.add %144, %146 : tensor<128x128xf64>
      %148 = gan.div %137, %147 : tensor<128x128xf64>
      %149 = gan.sub %34, %148 : tensor<128x128xf64>
      %150 = gan.load @discriminator.D.dense.1.bias.m : tensor<128xf64>
      %151 = gan.load @discriminator.D.dense.1.bias.v : tensor<128xf64>
      %152 = gan.load @discriminator.D.dense.1.bias.t : tensor<f64>
      %153 = gan.constant dense<1.000000e+00> : tensor<f64>
      %154 = gan.add %152, %153 : tensor<f64>
      gan.store %154, @discriminator.D.dense.1.bias.t : tensor<f64>
      %155 = gan.sub %38#3, %150 : tensor<128xf64>
      %156 = gan.constant dense<5.000000e-01> : tensor<f64>
      %157 = gan.constant dense<5.000000e-01> : tensor<128xf64>
      %158 = gan.mul %155, %157 : tensor<128xf64>
      %159 = gan.add %150, %158 : tensor<128xf64>
      gan.store %159, @discriminator.D.dense.1.bias.m : tensor<128xf64>
      %160 = gan.mul %38#3, %38#3 : tensor<128xf64>
      %161 = gan.sub %160, %151 : tensor<128xf64>
      %162 = gan.constant dense<0.0010000000000000009> : tensor<f64>
      %163 = gan.constant dense<0.0010000000000000009> : tensor<128xf64>
      %164 = gan.mul %161, %163 : tensor<128xf64>
      %165 = gan.add %151, %164 : tensor<128xf64>
      gan.store %165, @discriminator.D.dense.1.bias.v : tensor<128xf64>
      %166 = gan.constant dense<5.000000e-01> : tensor<f64>
      %167 = gan.pow %166, %154 : tensor<f64>
      %168 = gan.constant dense<1.000000e+00> : tensor<f64>
      %169 = gan.sub %168, %167 : tensor<f64>
      %170 = gan.broadcast %169 dims = [] : tensor<f64> -> tensor<128xf64>
      %171 = gan.div %159, %170 : tensor<128xf64>
      %172 = gan.constant dense<1.000000e-03> : tensor<f64>
      %173 = gan.constant dense<1.000000e-03> : tensor<128xf64>
      %174 = gan.mul %173, %171 : tensor<128xf64>
      %175 = gan.constant dense<0.99899999999999999> : tensor<f64>
      %176 = gan.pow %175, %154 : tensor<f64>
      %177 = gan.constant dense<1.000000e+00> : tensor<f64>
      %178 = gan.sub %177, %176 : tensor<f64>
      %179 = gan.broadcast %178 dims = [] : tensor<f64> -> tensor<128xf64>
      %180 = gan.div %165, %179 : tensor<128xf64>
      %181 = gan.sqrt %180 : tensor<128xf64>
      %182 = gan.constant dense<1.000000e-08> : tensor<f64>
      %183 = gan.constant dense<1.000000e-08> : tensor<128xf64>
      %184 = gan.add %181, %183 : tensor<128xf64>
      %185 = gan.div %174, %184 : tensor<128xf64>
      %186 = gan.sub %35, %185 : tensor<128xf64>
      %187 = gan.load @discriminator.D.dense.2.weight.m : tensor<1x128xf64>
      %188 = gan.load @discriminator.D.dense.2.weight.v : tensor<1x128xf64>
      %189 = gan.load @discriminator.D.dense.2.weight.t : tensor<f64>
      %190 = gan.constant dense<1.000000e+00> : tensor<f64>
      %191 = gan.add %189, %190 : tensor<f64>
      gan.store %191, @discriminator.D.dense.2.weight.t : tensor<f64>
      %192 = gan.sub %38#4, %187 : tensor<1x128xf64>
      %193 = gan.constant dense<5.000000e-01> : tensor<f64>
      %194 = gan.constant dense<5.000000e-01> : tensor<1x128xf64>
      %195 = gan.mul %192, %194 : tensor<1x128xf64>
      %196 = gan.add %187, %195 : tensor<1x128xf64>
      gan.store %196, @discriminator.D.dense.2.weight.m : tensor<1x128xf64>
      %197 = gan.mul %38#4, %38#4 : tensor<1x128xf64>
      %198 = gan.sub %197, %188 : tensor<1x128xf64>
      %199 = gan.constant dense<0.0010000000000000009> : tensor<f64>
      %200 = gan.constant dense<0.0010000000000000009> : tensor<1x128xf64>
      %201 = gan.mul %198, %200 : tensor<1x128xf64>
      %202 = gan.add %188, %201 : tensor<1x128xf64>
      gan.store %202, @discriminator.D.dense.2.weight.v : tensor<1x128xf64>
      %203 = gan.constant dense<5.000000e-01> : tensor<f64>
      %204 = gan.pow %203, %191 : tensor<f64>
      %205 = gan.constant dense<1.000000e+00> : tensor<f64>
      %206 = gan.sub %205, %204 : tensor<f64>
      %207 = gan.broadcast %206 dims = [] : tensor<f64> -> tensor<1x128xf64>
      %208 = gan.div %196, %207 : tensor<1x128xf64>
      %209 = gan.constant dense<1.000000e-03> : tensor<f64>
      %210 = gan.constant dense<1.000000e-03> : tensor<1x128xf64>
      %211 = gan.mul %210, %208 : tensor<1x128xf64>
      %212 = gan.constant dense<0.99899999999999999> : tensor<f64>
      %213 = gan.pow %212, %191 : tensor<f64>
      %214 = gan.constant dense<1.000000e+00> : tensor<f64>
      %215 = gan.sub %214, %213 : tensor<f64>
      %216 = gan.broadcast %215 dims = [] : tensor<f64> -> tensor<1x128xf64>
      %217 = gan.div %202, %216 : tensor<1x128xf64>
      %218 = gan.sqrt %217 : tensor<1x128xf64>
      %219 = gan.constant dense<1.000000e-08> : tensor<f64>
      %220 = gan.constant dense<1.000000e-08> : tensor<1x128xf64>
      %221 = gan.add %218, %220 : tensor<1x128xf64>
      %222 = gan.div %211, %221 : tensor<1x128xf64>
      %223 = gan.sub %36, %222 : tensor<1x128xf64>
      %224 = gan.load @discriminator.D.dense.2.bias.m : tensor<1xf64>
      %225 = gan.load @discriminator.D.dense.2.bias.v : tensor<1xf64>
      %226 = gan.load @discriminator.D.dense.2.bias.t : tensor<f64>
      %227 = gan.constant dense<1.000000e+00> : tensor<f64>
      %228 = gan.add %226, %227 : tensor<f64>
      gan.store %228, @discriminator.D.dense.2.bias.t : tensor<f64>
      %229 = gan.sub %38#5, %224 : tensor<1xf64>
      %230 = gan.constant dense<5.000000e-01> : tensor<f64>
      %231 = gan.constant dense<5.000000e-01> : tensor<1xf64>
      %232 = gan.mul %229, %231 : tensor<1xf64>
      %233 = gan.add %224, %232 : tensor<1xf64>
      gan.store %233, @discriminator.D.dense.2.bias.m : tensor<1xf64>
      %234 = gan.mul %38#5, %38#5 : tensor<1xf64>
      %235 = gan.sub %234, %225 : tensor<1xf64>
      %236 = gan.constant dense<0.0010000000000000009> : tensor<f64>
      %237 = gan.constant dense<0.0010000000000000009> : tensor<1xf64>
      %238 = gan.mul %235, %237 : tensor<1xf64>
      %239 = gan.add %225, %238 : tensor<1xf64>
      gan.store %239, @discriminator.D.dense.2.bias.v : tensor<1xf64>
      %240 = gan.constant dense<5.000000e-01> : tensor<f64>
      %241 = gan.pow %240, %228 : tensor<f64>
      %242 = gan.constant dense<1.000000e+00> : tensor<f64>
      %243 = gan.sub %242, %241 : tensor<f64>
      %244 = gan.broadcast %243 dims = [] : tensor<f64> -> tensor<1xf64>
      %245 = gan.div %233, %244 : tensor<1xf64>
      %246 = gan.constant dense<1.000000e-03> : tensor<f64>
      %247 = gan.constant dense<1.000000e-03> : tensor<1xf64>
      %248 = gan.mul %247, %245 : tensor<1xf64>
      %249 = gan.constant dense<0.99899999999999999> : tensor<f64>
      %250 = gan.pow %249, %228 : tensor<f64>
      %251 = gan.constant dense<1.000000e+00> : tensor<f64>
      %252 = gan.sub %251, %250 : tensor<f64>
      %253 = gan.broadcast %252 dims = [] : tensor<f64> -> tensor<1xf64>
      %254 = gan.div %239, %253 : tensor<1xf64>
      %255 = gan.sqrt %254 : tensor<1xf64>
      %256 = gan.constant dense<1.000000e-08> : tensor<f64>
      %257 = gan.constant dense<1.000000e-08> : tensor<1xf64>
      %258 = gan.add %255, %257 : tensor<1xf64>
      %259 = gan.div %248, %258 : tensor<1xf64>
      %260 = gan.sub %37, %259 : tensor<1xf64>
      gan.store %75, @D.dense.0.weight : tensor<128x2xf64>
      gan.store %112, @D.dense.0.bias : tensor<128xf64>
      gan.store %149, @D.dense.1.weight : tensor<128x128xf64>
      gan.store %186, @D.dense.1.bias : tensor<128xf64>
      gan.store %223, @D.dense.2.weight : tensor<1x128xf64>
      gan.store %260, @D.dense.2.bias : tensor<1xf64>
      return
    }
    func.func @D_train_16(%arg0: tensor<2xi64>, %arg1: tensor<16x2xf64>) -> tensor<16xf64> attributes {gan.network = "D", gan.role = "network"} {
      %0 = gan.load @D.dense.0.weight : tensor<128x2xf64>
      %1 = gan.transpose %0 permutation = [1, 0] : tensor<128x2xf64> -> tensor<2x128xf64>
      %2 = gan.matmul %arg1, %1 : tensor<16x2xf64>, tensor<2x128xf64> -> tensor<16x128xf64>
      %3 = gan.load @D.dense.0.bias : tensor<128xf64>
      %4 = gan.broadcast %3 dims = [1] : tensor<128xf64> -> tensor<16x128xf64>
      %5 = gan.add %2, %4 : tensor<16x128xf64>
      %6 = gan.constant dense<2.000000e-01> : tensor<f64>
      %7 = gan.constant dense<2.000000e-01> : tensor<16x128xf64>
      %8 = gan.mul %7, %5 : tensor<16x128xf64>
      %9 = gan.constant dense<0.000000e+00> : tensor<f64>
      %10 = gan.constant dense<0.000000e+00> : tensor<16x128xf64>
      %11 = gan.compare  gt, %5, %10 : tensor<16x128xf64> -> tensor<16x128xi1>
      %12 = gan.select %11, %5, %8 : tensor<16x128xi1>, tensor<16x128xf64>
      %13 = gan.load @D.dense.1.weight : tensor<128x128xf64>
      %14 = gan.transpose %13 permutation = [1, 0] : tensor<128x128xf64> -> tensor<128x128xf64>
      %15 = gan.matmul %12, %14 : tensor<16x128xf64>, tensor<128x128xf64> -> tensor<16x128xf64>
      %16 = gan.load @D.dense.1.bias : tensor<128xf64>
      %17 = gan.broadcast %16 dims = [1] : tensor<128xf64> -> tensor<16x128xf64>
      %18 = gan.add %15, %17 : tensor<16x128xf64>
      %19 = gan.constant dense<2.000000e-01> : tensor<f64>
      %20 = gan.constant dense<2.000000e-01> : tensor<16x128xf64>
      %21 = gan.mul %20, %18 : tensor<16x128xf64>
      %22 = gan.constant dense<0.000000e+00> : tensor<f64>
      %23 = gan.constant dense<0.000000e+00> : tensor<16x128xf64>
      %24 = gan.compare  gt, %18, %23 : tensor<16x128xf64> -> tensor<16x128xi1>
      %25 = gan.select %24, %18, %21 : tensor<16x128xi1>, tensor<16x128xf64>
      %26 = gan.load @D.dense.2.weight : tensor<1x128xf64>
      %27 = gan.transpose %26 permutation = [1, 0] : tensor<1x128xf64> -> tensor<128x1xf64>
      %28 = gan.matmul %25, %27 : tensor<16x128xf64>, tensor<128x1xf64> -> tensor<16x1xf64>
      %29 = gan.load @D.dense.2.bias : tensor<1xf64>
      %30 = gan.broadcast %29 dims = [1] : tensor<1xf64> -> tensor<16x1xf64>
      %31 = gan.add %28, %30 : tensor<16x1xf64>
      %32 = gan.reshape %31 : tensor<16x1xf64> -> tensor<16xf64>
      return %32 : tensor<16xf64>
    }
    func.func @G_train_16(%arg0: tensor<2xi64>, %arg1: tensor<16x16xf64>) -> tensor<16x2xf64> attributes {gan.network = "G", gan.role = "network"} {
      %0 = gan.load @G.dense.0.weight : tensor<128x16xf64>
      %1 = gan.transpose %0 permutation = [1, 0] : tensor<128x16xf64> -> tensor<16x128xf64>
      %2 = gan.matmul %arg1, %1 : tensor<16x16xf64>, tensor<16x128xf64> -> tensor<16x128xf64>
      %3 = gan.load @G.dense.0.bias : tensor<128xf64>
      %4 = gan.broadcast %3 dims = [1] : tensor<128xf64> -> tensor<16x128xf64>
      %5 = gan.add %2, %4 : tensor<16x128xf64>
      %6 = gan.constant dense<0.000000e+00> : tensor<f64>
      %7 = gan.constant dense<0.000000e+00> : tensor<16x128xf64>
      %8 = gan.max %7, %5 : tensor<16x128xf64>
      %9 = gan.load @G.dense.1.weight : tensor<128x128xf64>
      %10 = gan.transpose %9 permutation = [1, 0] : tensor<128x128xf64> -> tensor<128x128xf64>
      %11 = gan.matmul %8, %10 : tensor<16x128xf64>, tensor<128x128xf64> -> tensor<16x128xf64>
      %12 = gan.load @G.dense.1.bias : tensor<128xf64>
      %13 = gan.broadcast %12 dims = [1] : tensor<128xf64> -> tensor<16x128xf64>
      %14 = gan.add %11, %13 : tensor<16x128xf64>
      %15 = gan.constant dense<0.000000e+00> : tensor<f64>
      %16 = gan.constant dense<0.000000e+00> : tensor<16x128xf64>
      %17 = gan.max %16, %14 : tensor<16x128xf64>
      %18 = gan.load @G.dense.2.weight : tensor<2x128xf64>
      %19 = gan.transpose %18 permutation = [1, 0] : tensor<2x128xf64> -> tensor<128x2xf64>
      %20 = gan.matmul %17, %19 : tensor<16x128xf64>, tensor<128x2xf64> -> tensor<16x2xf64>
      %21 = gan.load @G.dense.2.bias : tensor<2xf64>
      %22 = gan.broadcast %21 dims = [1] : tensor<2xf64> -> tensor<16x2xf64>
      %23 = gan.add %20, %22 : tensor<16x2xf64>
      return %23 : tensor<16x2xf64>
    }
    func.func @generator_16(%arg0: tensor<2xi64>) attributes {gan.role = "player"} {
      %0 = gan.random %arg0 stream = "z" from <normal, [0.000000e+00, 1.000000e+00]> : tensor<2xi64> -> tensor<16x16xf64>
      %1 = gan.call @G_train_16(%arg0, %0) path = "G#0" : (tensor<2xi64>, tensor<16x16xf64>) -> tensor<16x2xf64>
      %2 = gan.call @D_train_16(%arg0, %1) path = "D#0" : (tensor<2xi64>, tensor<16x2xf64>) -> tensor<16xf64>
      %3 = gan.neg %2 : tensor<16xf64>
      %4 = gan.softplus %3 : tensor<16xf64>
      %5 = gan.constant dense<1.000000e+00> : tensor<f64>
      %6 = gan.constant dense<1.000000e+00> : tensor<16xf64>
      %7 = gan.mul %6, %4 : tensor<16xf64>
      %8 = gan.softplus %2 : tensor<16xf64>
      %9 = gan.constant dense<0.000000e+00> : tensor<f64>
      %10 = gan.constant dense<0.000000e+00> : tensor<16xf64>
      %11 = gan.mul %10, %8 : tensor<16xf64>
      %12 = gan.add %7, %11 : tensor<16xf64>
      %13 = gan.sum %12 dims = [0] : tensor<16xf64> -> tensor<f64>
      %14 = gan.constant dense<6.250000e-02> : tensor<f64>
      %15 = gan.mul %13, %14 : tensor<f64>
      gan.report %15 as "generator.loss" : tensor<f64>
      %16 = gan.load @G.dense.0.weight : tensor<128x16xf64>
      %17 = gan.load @G.dense.0.bias : tensor<128xf64>
      %18 = gan.load @G.dense.1.weight : tensor<128x128xf64>
      %19 = gan.load @G.dense.1.bias : tensor<128xf64>
      %20 = gan.load @G.dense.2.weight : tensor<2x128xf64>
      %21 = gan.load @G.dense.2.bias : tensor<2xf64>
      %22:6 = gan.grad %15 wrt %16, %17, %18, %19, %20, %21 : (tensor<f64>, tensor<128x16xf64>, tensor<128xf64>, tensor<128x128xf64>, tensor<128xf64>, tensor<2x128xf64>, tensor<2xf64>) -> (tensor<128x16xf64>, tensor<128xf64>, tensor<128x128xf64>, tensor<128xf64>, tensor<2x128xf64>, tensor<2xf64>)
      %23 = gan.load @generator.G.dense.0.weight.m : tensor<128x16xf64>
      %24 = gan.load @generator.G.dense.0.weight.v : tensor<128x16xf64>
      %25 = gan.load @generator.G.dense.0.weight.t : tensor<f64>
      %26 = gan.constant dense<1.000000e+00> : tensor<f64>
      %27 = gan.add %25, %26 : tensor<f64>
      gan.store %27, @generator.G.dense.0.weight.t : tensor<f64>
      %28 = gan.sub %22#0, %23 : tensor<128x16xf64>
      %29 = gan.constant dense<5.000000e-01> : tensor<f64>
      %30 = gan.constant dense<5.000000e-01> : tensor<128x16xf64>
      %31 = gan.mul %28, %30 : tensor<128x16xf64>
      %32 = gan.add %23, %31 : tensor<128x16xf64>
      gan.store %32, @generator.G.dense.0.weight.m : tensor<128x16xf64>
      %33 = gan.mul %22#0, %22#0 : tensor<128x16xf64>
      %34 = gan.sub %33, %24 : tensor<128x16xf64>
      %35 = gan.constant dense<0.0010000000000000009> : tensor<f64>
      %36 = gan.constant dense<0.0010000000000000009> : tensor<128x16xf64>
      %37 = gan.mul %34, %36 : tensor<128x16xf64>
      %38 = gan.add %24, %37 : tensor<128x16xf64>
      gan.store %38, @generator.G.dense.0.weight.v : tensor<128x16xf64>
      %39 = gan.constant dense<5.000000e-01> : tensor<f64>
      %40 = gan.pow %39, %27 : tensor<f64>
      %41 = gan.constant dense<1.000000e+00> : tensor<f64>
      %42 = gan.sub %41, %40 : tensor<f64>
      %43 = gan.broadcast %42 dims = [] : tensor<f64> -> tensor<128x16xf64>
      %44 = gan.div %32, %43 : tensor<128x16xf64>
      %45 = gan.constant dense<1.000000e-03> : tensor<f64>
      %46 = gan.constant dense<1.000000e-03> : tensor<128x16xf64>
      %47 = gan.mul %46, %44 : tensor<128x16xf64>
      %48 = gan.constant dense<0.99899999999999999> : tensor<f64>
      %49 = gan.pow %48, %27 : tensor<f64>
      %50 = gan.constant dense<1.000000e+00> : tensor<f64>
      %51 = gan.sub %50, %49 : tensor<f64>
      %52 = gan.broadcast %51 dims = [] : tensor<f64> -> tensor<128x16xf64>
      %53 = gan.div %38, %52 : tensor<128x16xf64>
      %54 = gan.sqrt %53 : tensor<128x16xf64>
      %55 = gan.constant dense<1.000000e-08> : tensor<f64>
      %56 = gan.constant dense<1.000000e-08> : tensor<128x16xf64>
      %57 = gan.add %54, %56 : tensor<128x16xf64>
      %58 = gan.div %47, %57 : tensor<128x16xf64>
      %59 = gan.sub %16, %58 : tensor<128x16xf64>
      %60 = gan.load @generator.G.dense.0.bias.m : tensor<128xf64>
      %61 = gan.load @generator.G.dense.0.bias.v : tensor<128xf64>
      %62 = gan.load @generator.G.dense.0.bias.t : tensor<f64>
      %63 = gan.constant dense<1.000000e+00> : tensor<f64>
      %64 = gan.add %62, %63 : tensor<f64>
      gan.store %64, @generator.G.dense.0.bias.t : tensor<f64>
      %65 = gan.sub %22#1, %60 : tensor<128xf64>
      %66 = gan.constant dense<5.000000e-01> : tensor<f64>
      %67 = gan.constant dense<5.000000e-01> : tensor<128xf64>
      %68 = gan.mul %65, %67 : tensor<128xf64>
      %69 = gan.add %60, %68 : tensor<128xf64>
      gan.store %69, @generator.G.dense.0.bias.m : tensor<128xf64>
      %70 = gan.mul %22#1, %22#1 : tensor<128xf64>
      %71 = gan.sub %70, %61 : tensor<128xf64>
      %72 = gan.constant dense<0.0010000000000000009> : tensor<f64>
      %73 = gan.constant dense<0.0010000000000000009> : tensor<128xf64>
      %74 = gan.mul %71, %73 : tensor<128xf64>
      %75 = gan.add %61, %74 : tensor<128xf64>
      gan.store %75, @generator.G.dense.0.bias.v : tensor<128xf64>
      %76 = gan.constant dense<5.000000e-01> : tensor<f64>
      %77 = gan.pow %76, %64 : tensor<f64>
      %78 = gan.constant dense<1.000000e+00> : tensor<f64>
      %79 = gan.sub %78, %77 : tensor<f64>
      %80 = gan.broadcast %79 dims = [] : tensor<f64> -> tensor<128xf64>
      %81 = gan.div %69, %80 : tensor<128xf64>
      %82 = gan.constant dense<1.000000e-03> : tensor<f64>
      %83 = gan.constant dense<1.000000e-03> : tensor<128xf64>
      %84 = gan.mul %83, %81 : tensor<128xf64>
      %85 = gan.constant dense<0.99899999999999999> : tensor<f64>
      %86 = gan.pow %85, %64 : tensor<f64>
      %87 = gan.constant dense<1.000000e+00> : tensor<f64>
      %88 = gan.sub %87, %86 : tensor<f64>
      %89 = gan.broadcast %88 dims = [] : tensor<f64> -> tensor<128xf64>
      %90 = gan.div %75, %89 : tensor<128xf64>
      %91 = gan.sqrt %90 : tensor<128xf64>
      %92 = gan.constant dense<1.000000e-08> : tensor<f64>
      %93 = gan.constant dense<1.000000e-08> : tensor<128xf64>
      %94 = gan.add %91, %93 : tensor<128xf64>
      %95 = gan.div %84, %94 : tensor<128xf64>
      %96 = gan.sub %17, %95 : tensor<128xf64>
      %97 = gan.load @generator.G.dense.1.weight.m : tensor<128x128xf64>
      %98 = gan.load @generator.G.dense.1.weight.v : tensor<128x128xf64>
      %99 = gan.load @generator.G.dense.1.weight.t : tensor<f64>
      %100 = gan.constant dense<1.000000e+00> : tensor<f64>
      %101 = gan.add %99, %100 : tensor<f64>
      gan.store %101, @generator.G.dense.1.weight.t : tensor<f64>
      %102 = gan.sub %22#2, %97 : tensor<128x128xf64>
      %103 = gan.constant dense<5.000000e-01> : tensor<f64>
      %104 = gan.constant dense<5.000000e-01> : tensor<128x128xf64>
      %105 = gan.mul %102, %104 : tensor<128x128xf64>
      %106 = gan.add %97, %105 : tensor<128x128xf64>
      gan.store %106, @generator.G.dense.1.weight.m : tensor<128x128xf64>
      %107 = gan.mul %22#2, %22#2 : tensor<128x128xf64>
      %108 = gan.sub %107, %98 : tensor<128x128xf64>
      %109 = gan.constant dense<0.0010000000000000009> : tensor<f64>
      %110 = gan.constant dense<0.0010000000000000009> : tensor<128x128xf64>
      %111 = gan.mul %108, %110 : tensor<128x128xf64>
      %112 = gan.add %98, %111 : tensor<128x128xf64>
      gan.store %112, @generator.G.dense.1.weight.v : tensor<128x128xf64>
      %113 = gan.constant dense<5.000000e-01> : tensor<f64>
      %114 = gan.pow %113, %101 : tensor<f64>
      %115 = gan.constant dense<1.000000e+00> : tensor<f64>
      %116 = gan.sub %115, %114 : tensor<f64>
      %117 = gan.broadcast %116 dims = [] : tensor<f64> -> tensor<128x128xf64>
      %118 = gan.div %106, %117 : tensor<128x128xf64>
      %119 = gan.constant dense<1.000000e-03> : tensor<f64>
      %120 = gan.constant dense<1.000000e-03> : tensor<128x128xf64>
      %121 = gan.mul %120, %118 : tensor<128x128xf64>
      %122 = gan.constant dense<0.99899999999999999> : tensor<f64>
      %123 = gan.pow %122, %101 : tensor<f64>
      %124 = gan.constant dense<1.000000e+00> : tensor<f64>
      %125 = gan.sub %124, %123 : tensor<f64>
      %126 = gan.broadcast %125 dims = [] : tensor<f64> -> tensor<128x128xf64>
      %127 = gan.div %112, %126 : tensor<128x128xf64>
      %128 = gan.sqrt %127 : tensor<128x128xf64>
      %129 = gan.constant dense<1.000000e-08> : tensor<f64>
      %130 = gan.constant dense<1.000000e-08> : tensor<128x128xf64>
      %131 = gan.add %128, %130 : tensor<128x128xf64>
      %132 = gan.div %121, %131 : tensor<128x128xf64>
      %133 = gan.sub %18, %132 : tensor<128x128xf64>
      %134 = gan.load @generator.G.dense.1.bias.m : tensor<128xf64>
      %135 = gan.load @generator.G.dense.1.bias.v : tensor<128xf64>
      %136 = gan.load @generator.G.dense.1.bias.t : tensor<f64>
      %137 = gan.constant dense<1.000000e+00> : tensor<f64>
      %138 = gan.add %136, %137 : tensor<f64>
      gan.store %138, @generator.G.dense.1.bias.t : tensor<f64>
      %139 = gan.sub %22#3, %134 : tensor<128xf64>
      %140 = gan.constant dense<5.000000e-01> : tensor<f64>
      %141 = gan.constant dense<5.000000e-01> : tensor<128xf64>
      %142 = gan.mul %139, %141 : tensor<128xf64>
      %143 = gan.add %134, %142 : tensor<128xf64>
      gan.store %143, @generator.G.dense.1.bias.m : tensor<128xf64>
      %144 = gan.mul %22#3, %22#3 : tensor<128xf64>
      %145 = gan.sub %144, %135 : tensor<128xf64>
      %146 = gan.constant dense<0.0010000000000000009> : tensor<f64>
      %147 = gan.constant dense<0.0010000000000000009> : tensor<128xf64>
      %148 = gan.mul %145, %147 : tensor<128xf64>
      %149 = gan.add %135, %148 : tensor<128xf64>
      gan.store %149, @generator.G.dense.1.bias.v : tensor<128xf64>
      %150 = gan.constant dense<5.000000e-01> : tensor<f64>
      %151 = gan.pow %150, %138 : tensor<f64>
      %152 = gan.constant dense<1.000000e+00> : tensor<f64>
      %153 = gan.sub %152, %151 : tensor<f64>
      %154 = gan.broadcast %153 dims = [] : tensor<f64> -> tensor<128xf64>
      %155 = gan.div %143, %154 : tensor<128xf64>
      %156 = gan.constant dense<1.000000e-03> : tensor<f64>
      %157 = gan.constant dense<1.000000e-03> : tensor<128xf64>
      %158 = gan.mul %157, %155 : tensor<128xf64>
      %159 = gan.constant dense<0.99899999999999999> : tensor<f64>
      %160 = gan.pow %159, %138 : tensor<f64>
      %161 = gan.constant dense<1.000000e+00> : tensor<f64>
      %162 = gan.sub %161, %160 : tensor<f64>
      %163 = gan.broadcast %162 dims = [] : tensor<f64> -> tensor<128xf64>
      %164 = gan.div %149, %163 : tensor<128xf64>
      %165 = gan.sqrt %164 : tensor<128xf64>
      %166 = gan.constant dense<1.000000e-08> : tensor<f64>
      %167 = gan.constant dense<1.000000e-08> : tensor<128xf64>
      %168 = gan.add %165, %167 : tensor<128xf64>
      %169 = gan.div %158, %168 : tensor<128xf64>
      %170 = gan.sub %19, %169 : tensor<128xf64>
      %171 = gan.load @generator.G.dense.2.weight.m : tensor<2x128xf64>
      %172 = gan.load @generator.G.dense.2.weight.v : tensor<2x128xf64>
      %173 = gan.load @generator.G.dense.2.weight.t : tensor<f64>
      %174 = gan.constant dense<1.000000e+00> : tensor<f64>
      %175 = gan.add %173, %174 : tensor<f64>
      gan.store %175, @generator.G.dense.2.weight.t : tensor<f64>
      %176 = gan.sub %22#4, %171 : tensor<2x128xf64>
      %177 = gan.constant dense<5.000000e-01> : tensor<f64>
      %178 = gan.constant dense<5.000000e-01> : tensor<2x128xf64>
      %179 = gan.mul %176, %178 : tensor<2x128xf64>
      %180 = gan.add %171, %179 : tensor<2x128xf64>
      gan.store %180, @generator.G.dense.2.weight.m : tensor<2x128xf64>
      %181 = gan.mul %22#4, %22#4 : tensor<2x128xf64>
      %182 = gan.sub %181, %172 : tensor<2x128xf64>
      %183 = gan.constant dense<0.0010000000000000009> : tensor<f64>
      %184 = gan.constant dense<0.0010000000000000009> : tensor<2x128xf64>
      %185 = gan.mul %182, %184 : tensor<2x128xf64>
      %186 = gan.add %172, %185 : tensor<2x128xf64>
      gan.store %186, @generator.G.dense.2.weight.v : tensor<2x128xf64>
      %187 = gan.constant dense<5.000000e-01> : tensor<f64>
      %188 = gan.pow %187, %175 : tensor<f64>
      %189 = gan.constant dense<1.000000e+00> : tensor<f64>
      %190 = gan.sub %189, %188 : tensor<f64>
      %191 = gan.broadcast %190 dims = [] : tensor<f64> -> tensor<2x128xf64>
      %192 = gan.div %180, %191 : tensor<2x128xf64>
      %193 = gan.constant dense<1.000000e-03> : tensor<f64>
      %194 = gan.constant dense<1.000000e-03> : tensor<2x128xf64>
      %195 = gan.mul %194, %192 : tensor<2x128xf64>
      %196 = gan.constant dense<0.99899999999999999> : tensor<f64>
      %197 = gan.pow %196, %175 : tensor<f64>
      %198 = gan.constant dense<1.000000e+00> : tensor<f64>
      %199 = gan.sub %198, %197 : tensor<f64>
      %200 = gan.broadcast %199 dims = [] : tensor<f64> -> tensor<2x128xf64>
      %201 = gan.div %186, %200 : tensor<2x128xf64>
      %202 = gan.sqrt %201 : tensor<2x128xf64>
      %203 = gan.constant dense<1.000000e-08> : tensor<f64>
      %204 = gan.constant dense<1.000000e-08> : tensor<2x128xf64>
      %205 = gan.add %202, %204 : tensor<2x128xf64>
      %206 = gan.div %195, %205 : tensor<2x128xf64>
      %207 = gan.sub %20, %206 : tensor<2x128xf64>
      %208 = gan.load @generator.G.dense.2.bias.m : tensor<2xf64>
      %209 = gan.load @generator.G.dense.2.bias.v : tensor<2xf64>
      %210 = gan.load @generator.G.dense.2.bias.t : tensor<f64>
      %211 = gan.constant dense<1.000000e+00> : tensor<f64>
      %212 = gan.add %210, %211 : tensor<f64>
      gan.store %212, @generator.G.dense.2.bias.t : tensor<f64>
      %213 = gan.sub %22#5, %208 : tensor<2xf64>
      %214 = gan.constant dense<5.000000e-01> : tensor<f64>
      %215 = gan.constant dense<5.000000e-01> : tensor<2xf64>
      %216 = gan.mul %213, %215 : tensor<2xf64>
      %217 = gan.add %208, %216 : tensor<2xf64>
      gan.store %217, @generator.G.dense.2.bias.m : tensor<2xf64>
      %218 = gan.mul %22#5, %22#5 : tensor<2xf64>
      %219 = gan.sub %218, %209 : tensor<2xf64>
      %220 = gan.constant dense<0.0010000000000000009> : tensor<f64>
      %221 = gan.constant dense<0.0010000000000000009> : tensor<2xf64>
      %222 = gan.mul %219, %221 : tensor<2xf64>
      %223 = gan.add %209, %222 : tensor<2xf64>
      gan.store %223, @generator.G.dense.2.bias.v : tensor<2xf64>
      %224 = gan.constant dense<5.000000e-01> : tensor<f64>
      %225 = gan.pow %224, %212 : tensor<f64>
      %226 = gan.constant dense<1.000000e+00> : tensor<f64>
      %227 = gan.sub %226, %225 : tensor<f64>
      %228 = gan.broadcast %227 dims = [] : tensor<f64> -> tensor<2xf64>
      %229 = gan.div %217, %228 : tensor<2xf64>
      %230 = gan.constant dense<1.000000e-03> : tensor<f64>
      %231 = gan.constant dense<1.000000e-03> : tensor<2xf64>
      %232 = gan.mul %231, %229 : tensor<2xf64>
      %233 = gan.constant dense<0.99899999999999999> : tensor<f64>
      %234 = gan.pow %233, %212 : tensor<f64>
      %235 = gan.constant dense<1.000000e+00> : tensor<f64>
      %236 = gan.sub %235, %234 : tensor<f64>
      %237 = gan.broadcast %236 dims = [] : tensor<f64> -> tensor<2xf64>
      %238 = gan.div %223, %237 : tensor<2xf64>
      %239 = gan.sqrt %238 : tensor<2xf64>
      %240 = gan.constant dense<1.000000e-08> : tensor<f64>
      %241 = gan.constant dense<1.000000e-08> : tensor<2xf64>
      %242 = gan.add %239, %241 : tensor<2xf64>
      %243 = gan.div %232, %242 : tensor<2xf64>
      %244 = gan.sub %21, %243 : tensor<2xf64>
      gan.store %59, @G.dense.0.weight : tensor<128x16xf64>
      gan.store %96, @G.dense.0.bias : tensor<128xf64>
      gan.store %133, @G.dense.1.weight : tensor<128x128xf64>
      gan.store %170, @G.dense.1.bias : tensor<128xf64>
      gan.store %207, @G.dense.2.weight : tensor<2x128xf64>
      gan.store %244, @G.dense.2.bias : tensor<2xf64>
      return
    }
    gan.phase @train 20000 "steps" batch = 16 {
      gan.play @discriminator_16 player = "discriminator"
      gan.play @generator_16 player = "generator"
    }
    func.func @samples(%arg0: tensor<2xi64>) -> tensor<16x2xf64> attributes {gan.output = "samples", gan.role = "output"} {
      %0 = gan.random %arg0 stream = "z" from <normal, [0.000000e+00, 1.000000e+00]> : tensor<2xi64> -> tensor<16x16xf64>
      %1 = gan.call @G_infer_16(%arg0, %0) path = "G#0" frozen_state : (tensor<2xi64>, tensor<16x16xf64>) -> tensor<16x2xf64>
      return %1 : tensor<16x2xf64>
    }
    func.func @G_infer_16(%arg0: tensor<2xi64>, %arg1: tensor<16x16xf64>) -> tensor<16x2xf64> attributes {gan.network = "G", gan.role = "network"} {
      %0 = gan.load @G.dense.0.weight : tensor<128x16xf64>
      %1 = gan.transpose %0 permutation = [1, 0] : tensor<128x16xf64> -> tensor<16x128xf64>
      %2 = gan.matmul %arg1, %1 : tensor<16x16xf64>, tensor<16x128xf64> -> tensor<16x128xf64>
      %3 = gan.load @G.dense.0.bias : tensor<128xf64>
      %4 = gan.broadcast %3 dims = [1] : tensor<128xf64> -> tensor<16x128xf64>
      %5 = gan.add %2, %4 : tensor<16x128xf64>
      %6 = gan.constant dense<0.000000e+00> : tensor<f64>
      %7 = gan.constant dense<0.000000e+00> : tensor<16x128xf64>
      %8 = gan.max %7, %5 : tensor<16x128xf64>
      %9 = gan.load @G.dense.1.weight : tensor<128x128xf64>
      %10 = gan.transpose %9 permutation = [1, 0] : tensor<128x128xf64> -> tensor<128x128xf64>
      %11 = gan.matmul %8, %10 : tensor<16x128xf64>, tensor<128x128xf64> -> tensor<16x128xf64>
      %12 = gan.load @G.dense.1.bias : tensor<128xf64>
      %13 = gan.broadcast %12 dims = [1] : tensor<128xf64> -> tensor<16x128xf64>
      %14 = gan.add %11, %13 : tensor<16x128xf64>
      %15 = gan.constant dense<0.000000e+00> : tensor<f64>
      %16 = gan.constant dense<0.000000e+00> : tensor<16x128xf64>
      %17 = gan.max %16, %14 : tensor<16x128xf64>
      %18 = gan.load @G.dense.2.weight : tensor<2x128xf64>
      %19 = gan.transpose %18 permutation = [1, 0] : tensor<2x128xf64> -> tensor<128x2xf64>
      %20 = gan.matmul %17, %19 : tensor<16x128xf64>, tensor<128x2xf64> -> tensor<16x2xf64>
      %21 = gan.load @G.dense.2.bias : tensor<2xf64>
      %22 = gan.broadcast %21 dims = [1] : tensor<2xf64> -> tensor<16x2xf64>
      %23 = gan.add %20, %22 : tensor<16x2xf64>
      return %23 : tensor<16x2xf64>
    }
    gan.network @G graph = @G_infer_16
    func.func @D_infer_16(%arg0: tensor<2xi64>, %arg1: tensor<16x2xf64>) -> tensor<16xf64> attributes {gan.network = "D", gan.role = "network"} {
      %0 = gan.load @D.dense.0.weight : tensor<128x2xf64>
      %1 = gan.transpose %0 permutation = [1, 0] : tensor<128x2xf64> -> tensor<2x128xf64>
      %2 = gan.matmul %arg1, %1 : tensor<16x2xf64>, tensor<2x128xf64> -> tensor<16x128xf64>
      %3 = gan.load @D.dense.0.bias : tensor<128xf64>
      %4 = gan.broadcast %3 dims = [1] : tensor<128xf64> -> tensor<16x128xf64>
      %5 = gan.add %2, %4 : tensor<16x128xf64>
      %6 = gan.constant dense<2.000000e-01> : tensor<f64>
      %7 = gan.constant dense<2.000000e-01> : tensor<16x128xf64>
      %8 = gan.mul %7, %5 : tensor<16x128xf64>
      %9 = gan.constant dense<0.000000e+00> : tensor<f64>
      %10 = gan.constant dense<0.000000e+00> : tensor<16x128xf64>
      %11 = gan.compare  gt, %5, %10 : tensor<16x128xf64> -> tensor<16x128xi1>
      %12 = gan.select %11, %5, %8 : tensor<16x128xi1>, tensor<16x128xf64>
      %13 = gan.load @D.dense.1.weight : tensor<128x128xf64>
      %14 = gan.transpose %13 permutation = [1, 0] : tensor<128x128xf64> -> tensor<128x128xf64>
      %15 = gan.matmul %12, %14 : tensor<16x128xf64>, tensor<128x128xf64> -> tensor<16x128xf64>
      %16 = gan.load @D.dense.1.bias : tensor<128xf64>
      %17 = gan.broadcast %16 dims = [1] : tensor<128xf64> -> tensor<16x128xf64>
      %18 = gan.add %15, %17 : tensor<16x128xf64>
      %19 = gan.constant dense<2.000000e-01> : tensor<f64>
      %20 = gan.constant dense<2.000000e-01> : tensor<16x128xf64>
      %21 = gan.mul %20, %18 : tensor<16x128xf64>
      %22 = gan.constant dense<0.000000e+00> : tensor<f64>
      %23 = gan.constant dense<0.000000e+00> : tensor<16x128xf64>
      %24 = gan.compare  gt, %18, %23 : tensor<16x128xf64> -> tensor<16x128xi1>
      %25 = gan.select %24, %18, %21 : tensor<16x128xi1>, tensor<16x128xf64>
      %26 = gan.load @D.dense.2.weight : tensor<1x128xf64>
      %27 = gan.transpose %26 permutation = [1, 0] : tensor<1x128xf64> -> tensor<128x1xf64>
      %28 = gan.matmul %25, %27 : tensor<16x128xf64>, tensor<128x1xf64> -> tensor<16x1xf64>
      %29 = gan.load @D.dense.2.bias : tensor<1xf64>
      %30 = gan.broadcast %29 dims = [1] : tensor<1xf64> -> tensor<16x1xf64>
      %31 = gan.add %28, %30 : tensor<16x1xf64>
      %32 = gan.reshape %31 : tensor<16x1xf64> -> tensor<16xf64>
      return %32 : tensor<16xf64>
    }
    gan.network @D graph = @D_infer_16
  }
}
