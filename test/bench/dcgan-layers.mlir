// The layers of DCGAN (64 images, width 64) and the first one for 32 x 32 grey images: forward, gradients of input and
// of filter. A layer of the generator is the input gradient of its mirror image.

func.func @d1_3to64_at64_forward(%x: tensor<64x64x64x3xf32>, %w: tensor<4x4x3x64xf32>) -> tensor<64x32x32x64xf32> {
  %r = gan.kernel hero(contraction) (%x, %w) : (tensor<64x64x64x3xf32>, tensor<4x4x3x64xf32>) -> tensor<64x32x32x64xf32> {
  ^bb0(%a0: tensor<64x64x64x3xf32>, %b0: tensor<4x4x3x64xf32>):
    %0 = gan.conv2d %a0, %b0 strides = [2, 2] padding = [1, 1, 1, 1] : tensor<64x64x64x3xf32>, tensor<4x4x3x64xf32> -> tensor<64x32x32x64xf32>
    gan.yield %0 : tensor<64x32x32x64xf32>
  }
  return %r : tensor<64x32x32x64xf32>
}

func.func @d1_3to64_at64_input_grad(%x: tensor<64x32x32x64xf32>, %w: tensor<4x4x3x64xf32>) -> tensor<64x64x64x3xf32> {
  %r = gan.kernel hero(contraction) (%x, %w) : (tensor<64x32x32x64xf32>, tensor<4x4x3x64xf32>) -> tensor<64x64x64x3xf32> {
  ^bb0(%a0: tensor<64x32x32x64xf32>, %b0: tensor<4x4x3x64xf32>):
    %0 = gan.conv2d_input_grad %a0, %b0 strides = [2, 2] padding = [1, 1, 1, 1] : tensor<64x32x32x64xf32>, tensor<4x4x3x64xf32> -> tensor<64x64x64x3xf32>
    gan.yield %0 : tensor<64x64x64x3xf32>
  }
  return %r : tensor<64x64x64x3xf32>
}

func.func @d1_3to64_at64_weight_grad(%x: tensor<64x64x64x3xf32>, %w: tensor<64x32x32x64xf32>) -> tensor<4x4x3x64xf32> {
  %r = gan.kernel hero(contraction) (%x, %w) : (tensor<64x64x64x3xf32>, tensor<64x32x32x64xf32>) -> tensor<4x4x3x64xf32> {
  ^bb0(%a0: tensor<64x64x64x3xf32>, %b0: tensor<64x32x32x64xf32>):
    %0 = gan.conv2d_weight_grad %a0, %b0 strides = [2, 2] padding = [1, 1, 1, 1] : tensor<64x64x64x3xf32>, tensor<64x32x32x64xf32> -> tensor<4x4x3x64xf32>
    gan.yield %0 : tensor<4x4x3x64xf32>
  }
  return %r : tensor<4x4x3x64xf32>
}

func.func @d2_64to128_at32_forward(%x: tensor<64x32x32x64xf32>, %w: tensor<4x4x64x128xf32>) -> tensor<64x16x16x128xf32> {
  %r = gan.kernel hero(contraction) (%x, %w) : (tensor<64x32x32x64xf32>, tensor<4x4x64x128xf32>) -> tensor<64x16x16x128xf32> {
  ^bb0(%a0: tensor<64x32x32x64xf32>, %b0: tensor<4x4x64x128xf32>):
    %0 = gan.conv2d %a0, %b0 strides = [2, 2] padding = [1, 1, 1, 1] : tensor<64x32x32x64xf32>, tensor<4x4x64x128xf32> -> tensor<64x16x16x128xf32>
    gan.yield %0 : tensor<64x16x16x128xf32>
  }
  return %r : tensor<64x16x16x128xf32>
}

func.func @d2_64to128_at32_input_grad(%x: tensor<64x16x16x128xf32>, %w: tensor<4x4x64x128xf32>) -> tensor<64x32x32x64xf32> {
  %r = gan.kernel hero(contraction) (%x, %w) : (tensor<64x16x16x128xf32>, tensor<4x4x64x128xf32>) -> tensor<64x32x32x64xf32> {
  ^bb0(%a0: tensor<64x16x16x128xf32>, %b0: tensor<4x4x64x128xf32>):
    %0 = gan.conv2d_input_grad %a0, %b0 strides = [2, 2] padding = [1, 1, 1, 1] : tensor<64x16x16x128xf32>, tensor<4x4x64x128xf32> -> tensor<64x32x32x64xf32>
    gan.yield %0 : tensor<64x32x32x64xf32>
  }
  return %r : tensor<64x32x32x64xf32>
}

func.func @d2_64to128_at32_weight_grad(%x: tensor<64x32x32x64xf32>, %w: tensor<64x16x16x128xf32>) -> tensor<4x4x64x128xf32> {
  %r = gan.kernel hero(contraction) (%x, %w) : (tensor<64x32x32x64xf32>, tensor<64x16x16x128xf32>) -> tensor<4x4x64x128xf32> {
  ^bb0(%a0: tensor<64x32x32x64xf32>, %b0: tensor<64x16x16x128xf32>):
    %0 = gan.conv2d_weight_grad %a0, %b0 strides = [2, 2] padding = [1, 1, 1, 1] : tensor<64x32x32x64xf32>, tensor<64x16x16x128xf32> -> tensor<4x4x64x128xf32>
    gan.yield %0 : tensor<4x4x64x128xf32>
  }
  return %r : tensor<4x4x64x128xf32>
}

func.func @d3_128to256_at16_forward(%x: tensor<64x16x16x128xf32>, %w: tensor<4x4x128x256xf32>) -> tensor<64x8x8x256xf32> {
  %r = gan.kernel hero(contraction) (%x, %w) : (tensor<64x16x16x128xf32>, tensor<4x4x128x256xf32>) -> tensor<64x8x8x256xf32> {
  ^bb0(%a0: tensor<64x16x16x128xf32>, %b0: tensor<4x4x128x256xf32>):
    %0 = gan.conv2d %a0, %b0 strides = [2, 2] padding = [1, 1, 1, 1] : tensor<64x16x16x128xf32>, tensor<4x4x128x256xf32> -> tensor<64x8x8x256xf32>
    gan.yield %0 : tensor<64x8x8x256xf32>
  }
  return %r : tensor<64x8x8x256xf32>
}

func.func @d3_128to256_at16_input_grad(%x: tensor<64x8x8x256xf32>, %w: tensor<4x4x128x256xf32>) -> tensor<64x16x16x128xf32> {
  %r = gan.kernel hero(contraction) (%x, %w) : (tensor<64x8x8x256xf32>, tensor<4x4x128x256xf32>) -> tensor<64x16x16x128xf32> {
  ^bb0(%a0: tensor<64x8x8x256xf32>, %b0: tensor<4x4x128x256xf32>):
    %0 = gan.conv2d_input_grad %a0, %b0 strides = [2, 2] padding = [1, 1, 1, 1] : tensor<64x8x8x256xf32>, tensor<4x4x128x256xf32> -> tensor<64x16x16x128xf32>
    gan.yield %0 : tensor<64x16x16x128xf32>
  }
  return %r : tensor<64x16x16x128xf32>
}

func.func @d3_128to256_at16_weight_grad(%x: tensor<64x16x16x128xf32>, %w: tensor<64x8x8x256xf32>) -> tensor<4x4x128x256xf32> {
  %r = gan.kernel hero(contraction) (%x, %w) : (tensor<64x16x16x128xf32>, tensor<64x8x8x256xf32>) -> tensor<4x4x128x256xf32> {
  ^bb0(%a0: tensor<64x16x16x128xf32>, %b0: tensor<64x8x8x256xf32>):
    %0 = gan.conv2d_weight_grad %a0, %b0 strides = [2, 2] padding = [1, 1, 1, 1] : tensor<64x16x16x128xf32>, tensor<64x8x8x256xf32> -> tensor<4x4x128x256xf32>
    gan.yield %0 : tensor<4x4x128x256xf32>
  }
  return %r : tensor<4x4x128x256xf32>
}

func.func @d4_256to512_at8_forward(%x: tensor<64x8x8x256xf32>, %w: tensor<4x4x256x512xf32>) -> tensor<64x4x4x512xf32> {
  %r = gan.kernel hero(contraction) (%x, %w) : (tensor<64x8x8x256xf32>, tensor<4x4x256x512xf32>) -> tensor<64x4x4x512xf32> {
  ^bb0(%a0: tensor<64x8x8x256xf32>, %b0: tensor<4x4x256x512xf32>):
    %0 = gan.conv2d %a0, %b0 strides = [2, 2] padding = [1, 1, 1, 1] : tensor<64x8x8x256xf32>, tensor<4x4x256x512xf32> -> tensor<64x4x4x512xf32>
    gan.yield %0 : tensor<64x4x4x512xf32>
  }
  return %r : tensor<64x4x4x512xf32>
}

func.func @d4_256to512_at8_input_grad(%x: tensor<64x4x4x512xf32>, %w: tensor<4x4x256x512xf32>) -> tensor<64x8x8x256xf32> {
  %r = gan.kernel hero(contraction) (%x, %w) : (tensor<64x4x4x512xf32>, tensor<4x4x256x512xf32>) -> tensor<64x8x8x256xf32> {
  ^bb0(%a0: tensor<64x4x4x512xf32>, %b0: tensor<4x4x256x512xf32>):
    %0 = gan.conv2d_input_grad %a0, %b0 strides = [2, 2] padding = [1, 1, 1, 1] : tensor<64x4x4x512xf32>, tensor<4x4x256x512xf32> -> tensor<64x8x8x256xf32>
    gan.yield %0 : tensor<64x8x8x256xf32>
  }
  return %r : tensor<64x8x8x256xf32>
}

func.func @d4_256to512_at8_weight_grad(%x: tensor<64x8x8x256xf32>, %w: tensor<64x4x4x512xf32>) -> tensor<4x4x256x512xf32> {
  %r = gan.kernel hero(contraction) (%x, %w) : (tensor<64x8x8x256xf32>, tensor<64x4x4x512xf32>) -> tensor<4x4x256x512xf32> {
  ^bb0(%a0: tensor<64x8x8x256xf32>, %b0: tensor<64x4x4x512xf32>):
    %0 = gan.conv2d_weight_grad %a0, %b0 strides = [2, 2] padding = [1, 1, 1, 1] : tensor<64x8x8x256xf32>, tensor<64x4x4x512xf32> -> tensor<4x4x256x512xf32>
    gan.yield %0 : tensor<4x4x256x512xf32>
  }
  return %r : tensor<4x4x256x512xf32>
}

func.func @d5_512to1_at4_forward(%x: tensor<64x4x4x512xf32>, %w: tensor<4x4x512x1xf32>) -> tensor<64x1x1x1xf32> {
  %r = gan.kernel hero(contraction) (%x, %w) : (tensor<64x4x4x512xf32>, tensor<4x4x512x1xf32>) -> tensor<64x1x1x1xf32> {
  ^bb0(%a0: tensor<64x4x4x512xf32>, %b0: tensor<4x4x512x1xf32>):
    %0 = gan.conv2d %a0, %b0 strides = [1, 1] padding = [0, 0, 0, 0] : tensor<64x4x4x512xf32>, tensor<4x4x512x1xf32> -> tensor<64x1x1x1xf32>
    gan.yield %0 : tensor<64x1x1x1xf32>
  }
  return %r : tensor<64x1x1x1xf32>
}

func.func @d5_512to1_at4_input_grad(%x: tensor<64x1x1x1xf32>, %w: tensor<4x4x512x1xf32>) -> tensor<64x4x4x512xf32> {
  %r = gan.kernel hero(contraction) (%x, %w) : (tensor<64x1x1x1xf32>, tensor<4x4x512x1xf32>) -> tensor<64x4x4x512xf32> {
  ^bb0(%a0: tensor<64x1x1x1xf32>, %b0: tensor<4x4x512x1xf32>):
    %0 = gan.conv2d_input_grad %a0, %b0 strides = [1, 1] padding = [0, 0, 0, 0] : tensor<64x1x1x1xf32>, tensor<4x4x512x1xf32> -> tensor<64x4x4x512xf32>
    gan.yield %0 : tensor<64x4x4x512xf32>
  }
  return %r : tensor<64x4x4x512xf32>
}

func.func @d5_512to1_at4_weight_grad(%x: tensor<64x4x4x512xf32>, %w: tensor<64x1x1x1xf32>) -> tensor<4x4x512x1xf32> {
  %r = gan.kernel hero(contraction) (%x, %w) : (tensor<64x4x4x512xf32>, tensor<64x1x1x1xf32>) -> tensor<4x4x512x1xf32> {
  ^bb0(%a0: tensor<64x4x4x512xf32>, %b0: tensor<64x1x1x1xf32>):
    %0 = gan.conv2d_weight_grad %a0, %b0 strides = [1, 1] padding = [0, 0, 0, 0] : tensor<64x4x4x512xf32>, tensor<64x1x1x1xf32> -> tensor<4x4x512x1xf32>
    gan.yield %0 : tensor<4x4x512x1xf32>
  }
  return %r : tensor<4x4x512x1xf32>
}

func.func @g1_512to100_at4_forward(%x: tensor<64x4x4x512xf32>, %w: tensor<4x4x512x100xf32>) -> tensor<64x1x1x100xf32> {
  %r = gan.kernel hero(contraction) (%x, %w) : (tensor<64x4x4x512xf32>, tensor<4x4x512x100xf32>) -> tensor<64x1x1x100xf32> {
  ^bb0(%a0: tensor<64x4x4x512xf32>, %b0: tensor<4x4x512x100xf32>):
    %0 = gan.conv2d %a0, %b0 strides = [1, 1] padding = [0, 0, 0, 0] : tensor<64x4x4x512xf32>, tensor<4x4x512x100xf32> -> tensor<64x1x1x100xf32>
    gan.yield %0 : tensor<64x1x1x100xf32>
  }
  return %r : tensor<64x1x1x100xf32>
}

func.func @g1_512to100_at4_input_grad(%x: tensor<64x1x1x100xf32>, %w: tensor<4x4x512x100xf32>) -> tensor<64x4x4x512xf32> {
  %r = gan.kernel hero(contraction) (%x, %w) : (tensor<64x1x1x100xf32>, tensor<4x4x512x100xf32>) -> tensor<64x4x4x512xf32> {
  ^bb0(%a0: tensor<64x1x1x100xf32>, %b0: tensor<4x4x512x100xf32>):
    %0 = gan.conv2d_input_grad %a0, %b0 strides = [1, 1] padding = [0, 0, 0, 0] : tensor<64x1x1x100xf32>, tensor<4x4x512x100xf32> -> tensor<64x4x4x512xf32>
    gan.yield %0 : tensor<64x4x4x512xf32>
  }
  return %r : tensor<64x4x4x512xf32>
}

func.func @g1_512to100_at4_weight_grad(%x: tensor<64x4x4x512xf32>, %w: tensor<64x1x1x100xf32>) -> tensor<4x4x512x100xf32> {
  %r = gan.kernel hero(contraction) (%x, %w) : (tensor<64x4x4x512xf32>, tensor<64x1x1x100xf32>) -> tensor<4x4x512x100xf32> {
  ^bb0(%a0: tensor<64x4x4x512xf32>, %b0: tensor<64x1x1x100xf32>):
    %0 = gan.conv2d_weight_grad %a0, %b0 strides = [1, 1] padding = [0, 0, 0, 0] : tensor<64x4x4x512xf32>, tensor<64x1x1x100xf32> -> tensor<4x4x512x100xf32>
    gan.yield %0 : tensor<4x4x512x100xf32>
  }
  return %r : tensor<4x4x512x100xf32>
}

func.func @small_1to64_at32_forward(%x: tensor<64x32x32x1xf32>, %w: tensor<4x4x1x64xf32>) -> tensor<64x16x16x64xf32> {
  %r = gan.kernel hero(contraction) (%x, %w) : (tensor<64x32x32x1xf32>, tensor<4x4x1x64xf32>) -> tensor<64x16x16x64xf32> {
  ^bb0(%a0: tensor<64x32x32x1xf32>, %b0: tensor<4x4x1x64xf32>):
    %0 = gan.conv2d %a0, %b0 strides = [2, 2] padding = [1, 1, 1, 1] : tensor<64x32x32x1xf32>, tensor<4x4x1x64xf32> -> tensor<64x16x16x64xf32>
    gan.yield %0 : tensor<64x16x16x64xf32>
  }
  return %r : tensor<64x16x16x64xf32>
}

func.func @small_1to64_at32_input_grad(%x: tensor<64x16x16x64xf32>, %w: tensor<4x4x1x64xf32>) -> tensor<64x32x32x1xf32> {
  %r = gan.kernel hero(contraction) (%x, %w) : (tensor<64x16x16x64xf32>, tensor<4x4x1x64xf32>) -> tensor<64x32x32x1xf32> {
  ^bb0(%a0: tensor<64x16x16x64xf32>, %b0: tensor<4x4x1x64xf32>):
    %0 = gan.conv2d_input_grad %a0, %b0 strides = [2, 2] padding = [1, 1, 1, 1] : tensor<64x16x16x64xf32>, tensor<4x4x1x64xf32> -> tensor<64x32x32x1xf32>
    gan.yield %0 : tensor<64x32x32x1xf32>
  }
  return %r : tensor<64x32x32x1xf32>
}

func.func @small_1to64_at32_weight_grad(%x: tensor<64x32x32x1xf32>, %w: tensor<64x16x16x64xf32>) -> tensor<4x4x1x64xf32> {
  %r = gan.kernel hero(contraction) (%x, %w) : (tensor<64x32x32x1xf32>, tensor<64x16x16x64xf32>) -> tensor<4x4x1x64xf32> {
  ^bb0(%a0: tensor<64x32x32x1xf32>, %b0: tensor<64x16x16x64xf32>):
    %0 = gan.conv2d_weight_grad %a0, %b0 strides = [2, 2] padding = [1, 1, 1, 1] : tensor<64x32x32x1xf32>, tensor<64x16x16x64xf32> -> tensor<4x4x1x64xf32>
    gan.yield %0 : tensor<4x4x1x64xf32>
  }
  return %r : tensor<4x4x1x64xf32>
}
