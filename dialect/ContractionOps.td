// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef GAN_DIALECT_CONTRACTIONOPS_TD
#define GAN_DIALECT_CONTRACTIONOPS_TD

include "dialect/GanOpBase.td"

def Gan_MatmulOp : Gan_PureOp<"matmul", [SameOperandsAndResultElementType]> {
  let summary = "product of two matrices";
  let description = [{
    `y[m, n] = sum_k A[m, k] * B[k, n]`, with `A` = `a` or its transpose, `B` = `b` or its transpose.

    **Constraints**: (C1) rank 2; (C2) inner extents agree; (C3) the result is `M x N`.

    Example:

    ```mlir
    %y = gan.matmul %x, %w {transpose_b} : tensor<8x100xf32>, tensor<64x100xf32> -> tensor<8x64xf32>
    ```
  }];
  let arguments = (ins Gan_RealTensor:$a, Gan_RealTensor:$b, UnitAttr:$transpose_a, UnitAttr:$transpose_b,
                       OptionalAttr<Gan_OrderAttr>:$order);
  let results = (outs Gan_RealTensor:$y);
  let assemblyFormat = "$a `,` $b (`order` $order^)? attr-dict `:` type($a) `,` type($b) `->` type($y)";
  let hasVerifier = 1;
}

// The three convolutions are channels-last and each other's adjoints. With input x [N, H, W, C], filter w [KH, KW, C, O]
// and output y [N, P, Q, O]:   y[n, p, q, o] = sum_{i, j, c} x[n, p * sh + i - top, q * sw + j - left, c] * w[i, j, c, o].
class Gan_ConvolutionOp<string mnemonic, dag operands> : Gan_PureOp<mnemonic, [SameOperandsAndResultElementType]> {
  let arguments = !con(operands, (ins DenseI64ArrayAttr:$strides, DenseI64ArrayAttr:$padding,
                                      OptionalAttr<Gan_OrderAttr>:$order));
  let hasVerifier = 1;
}

def Gan_Conv2dOp : Gan_ConvolutionOp<"conv2d", (ins Gan_RealTensor:$x, Gan_RealTensor:$w)> {
  let summary = "2-D convolution, channels last";
  let description = [{
    `y[n, p, q, o] = sum_{i, j, c} x[n, p*sh + i - top, q*sw + j - left, c] * w[i, j, c, o]`; outside, `x` is 0.
    `strides` = [sh, sw], `padding` = [top, bottom, left, right].

    **Constraints**: (C1) rank 4; (C2) channels of `x` and `w` agree; (C3) two strides >= 1, four paddings >= 0;
    (C4) `P = (H + top + bottom - KH) / sh + 1` rounded down, likewise `Q`, both at least 1; (C5) batch and `O` agree.

    Example:

    ```mlir
    %y = gan.conv2d %x, %w strides = [2, 2] padding = [1, 1, 1, 1]
        : tensor<8x64x64x3xf32>, tensor<4x4x3x16xf32> -> tensor<8x32x32x16xf32>
    ```
  }];
  let results = (outs Gan_RealTensor:$y);
  let assemblyFormat = [{
    $x `,` $w `strides` `=` $strides `padding` `=` $padding (`order` $order^)? attr-dict `:` type($x) `,` type($w) `->` type($y)
  }];
}

def Gan_Conv2dInputGradOp : Gan_ConvolutionOp<"conv2d_input_grad", (ins Gan_RealTensor:$dy, Gan_RealTensor:$w)> {
  let summary = "gradient of a convolution with respect to its input; also the transposed convolution";
  let description = [{
    `dx[n, h, w', c] = sum dy[n, p, q, o] * w[i, j, c, o]` over all `p*sh + i - top = h`, `q*sw + j - left = w'`.

    **Constraints**: (C1) to (C5) as for `gan.conv2d` with `x` of the result's type and `y` of the type of `dy`.

    Example:

    ```mlir
    %dx = gan.conv2d_input_grad %dy, %w strides = [2, 2] padding = [1, 1, 1, 1]
        : tensor<8x32x32x16xf32>, tensor<4x4x3x16xf32> -> tensor<8x64x64x3xf32>
    ```
  }];
  let results = (outs Gan_RealTensor:$dx);
  let assemblyFormat = [{
    $dy `,` $w `strides` `=` $strides `padding` `=` $padding (`order` $order^)? attr-dict `:` type($dy) `,` type($w) `->` type($dx)
  }];
}

def Gan_Conv2dWeightGradOp : Gan_ConvolutionOp<"conv2d_weight_grad", (ins Gan_RealTensor:$x, Gan_RealTensor:$dy)> {
  let summary = "gradient of a convolution with respect to its filter";
  let description = [{
    `dw[i, j, c, o] = sum_{n, p, q} x[n, p*sh + i - top, q*sw + j - left, c] * dy[n, p, q, o]`.

    **Constraints**: (C1) to (C5) as for `gan.conv2d` with `w` of the result's type and `y` of the type of `dy`.

    Example:

    ```mlir
    %dw = gan.conv2d_weight_grad %x, %dy strides = [2, 2] padding = [1, 1, 1, 1]
        : tensor<8x64x64x3xf32>, tensor<8x32x32x16xf32> -> tensor<4x4x3x16xf32>
    ```
  }];
  let results = (outs Gan_RealTensor:$dw);
  let assemblyFormat = [{
    $x `,` $dy `strides` `=` $strides `padding` `=` $padding (`order` $order^)? attr-dict `:` type($x) `,` type($dy) `->` type($dw)
  }];
}

#endif // GAN_DIALECT_CONTRACTIONOPS_TD
