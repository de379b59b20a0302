// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef GAN_DIALECT_CONTRACTIONOPS_TD
#define GAN_DIALECT_CONTRACTIONOPS_TD

include "dialect/GanOpBase.td"

def Gan_MatmulOp : Gan_PureOp<"matmul", [SameOperandsAndResultElementType]> {
  let summary = "product of two matrices, or of each pair of two batches of them";
  let description = [{
    `y[m, n] = sum_k A[m, k] * B[k, n]`, with `A` = `a` or its transpose, `B` = `b` or its transpose; at rank 3 the same for each
    index of a leading axis that all three share.

    **Constraints**: (C1) rank 2, or rank 3 with one number of matrices; (C2) inner extents agree; (C3) the result is `M x N`, or
    as many of them.

    Example:

    ```mlir
    %y = gan.matmul %x, %w {transpose_b} : tensor<8x100xf32>, tensor<64x100xf32> -> tensor<8x64xf32>
    %s = gan.matmul %f, %g {transpose_b} : tensor<8x64x4xf32>, tensor<8x16x4xf32> -> tensor<8x64x16xf32>
    ```
  }];
  let arguments = (ins Gan_RealTensor:$a, Gan_RealTensor:$b, UnitAttr:$transpose_a, UnitAttr:$transpose_b,
                       OptionalAttr<Gan_OrderAttr>:$order);
  let results = (outs Gan_RealTensor:$y);
  let assemblyFormat = "$a `,` $b (`order` $order^)? attr-dict `:` type($a) `,` type($b) `->` type($y)";
  let hasVerifier = 1;
}

// The three convolutions are channels-last and each other's adjoints. With input x [N, H, W, G * C], filter w [KH, KW, C, G * O]
// and output y [N, P, Q, G * O], for each group g of G:
//   y[n, p, q, g * O + o] = sum_{i, j, c} x[n, p * sh + i * dh - top, q * sw + j * dw - left, g * C + c] * w[i, j, c, g * O + o].
class Gan_ConvolutionOp<string mnemonic, dag operands, dag more = (ins)> : Gan_PureOp<mnemonic, [SameOperandsAndResultElementType]> {
  let arguments = !con(operands, (ins DenseI64ArrayAttr:$strides, DenseI64ArrayAttr:$padding,
                                      DefaultValuedAttr<DenseI64ArrayAttr, "{1, 1}">:$dilations,
                                      DefaultValuedAttr<I64Attr, "1">:$groups, OptionalAttr<Gan_OrderAttr>:$order,
                                      OptionalAttr<I64Attr>:$winograd), more);
  code windowMethod = [{
    /// What the rules of shapes ask of it; refers to the op.
    ::gan::ConvolutionWindow getWindow() {
      return {getStrides(), getPadding(), getDilations(), static_cast<int64_t>(getGroups())};
    }
  }];
  let extraClassDeclaration = windowMethod;
  let hasVerifier = 1;
}

def Gan_Conv2dOp : Gan_ConvolutionOp<"conv2d", (ins Gan_RealTensor:$x, Gan_RealTensor:$w)> {
  let summary = "2-D convolution, channels last";
  let description = [{
    `y[n, p, q, o] = sum_{i, j, c} x[n, p*sh + i*dh - top, q*sw + j*dw - left, c] * w[i, j, c, o]`; outside, `x` is 0.
    `strides` = [sh, sw], `padding` = [top, bottom, left, right], `dilations` = [dh, dw] (default [1, 1]). With `groups` = G
    (default 1) the channels of `x` and of `y` are G blocks, and a block of `y` sees the block of `x` of its number: `w` has the
    shape [KH, KW, C / G, O]. `groups` = C is the depthwise convolution. `winograd` = T: it is computed by tiles of T x T outputs
    with fewer multiplications (`dialect/Winograd.h`), the same number but for rounding.

    **Constraints**: (C1) rank 4; (C2) the channels of `x` are `groups` times those of `w`; (C3) two strides >= 1, four paddings
    >= 0, two dilations >= 1; (C4) `P = (H + top + bottom - (KH - 1) * dh - 1) / sh + 1` rounded down, likewise `Q`, both at
    least 1; (C5) batch and `O` agree; (C6) `groups` >= 1 divides `O`; (C7) with `winograd`, which is 2 or 4, `groups` and
    dilations are 1, both strides are one number s, and both extents of `w` another, above s and at most 3 s.

    Example:

    ```mlir
    %y = gan.conv2d %x, %w strides = [2, 2] padding = [1, 1, 1, 1]
        : tensor<8x64x64x3xf32>, tensor<4x4x3x16xf32> -> tensor<8x32x32x16xf32>
    %z = gan.conv2d %y, %v strides = [1, 1] padding = [2, 2, 2, 2] dilations = [2, 2] groups = 16
        : tensor<8x32x32x16xf32>, tensor<3x3x1x16xf32> -> tensor<8x32x32x16xf32>
    ```
  }];
  let results = (outs Gan_RealTensor:$y);
  let assemblyFormat = [{
    $x `,` $w `strides` `=` $strides `padding` `=` $padding (`dilations` `=` $dilations^)?
    (`groups` `=` $groups^)? (`order` $order^)? attr-dict `:` type($x) `,` type($w) `->` type($y)
  }];
}

def Gan_Conv2dInputGradOp : Gan_ConvolutionOp<"conv2d_input_grad", (ins Gan_RealTensor:$dy, Gan_RealTensor:$w), (ins UnitAttr:$col2im)> {
  let summary = "gradient of a convolution with respect to its input; also the transposed convolution";
  let description = [{
    `dx[n, h, w', c] = sum dy[n, p, q, o] * w[i, j, c, o]` over all `p*sh + i*dh - top = h`, `q*sw + j*dw - left = w'`, in groups.
    With `col2im` each `dy[n, p, q]` is multiplied by all taps at once, and what falls on one place of `dx` is added there, the same
    number but for rounding: for few channels, which fill no register tap by tap.

    **Constraints**: (C1) to (C7) as for `gan.conv2d` with `x` of the result's type and `y` of the type of `dy`; (C8) with `col2im`
    there are neither `winograd` nor groups, dilations are 1, and `KH * KW * C` is at most 128.

    Example:

    ```mlir
    %dx = gan.conv2d_input_grad %dy, %w strides = [2, 2] padding = [1, 1, 1, 1]
        : tensor<8x32x32x16xf32>, tensor<4x4x3x16xf32> -> tensor<8x64x64x3xf32>
    ```
  }];
  let results = (outs Gan_RealTensor:$dx);
  let assemblyFormat = [{
    $dy `,` $w `strides` `=` $strides `padding` `=` $padding (`dilations` `=` $dilations^)?
    (`groups` `=` $groups^)? (`order` $order^)? attr-dict `:` type($dy) `,` type($w) `->` type($dx)
  }];
}

def Gan_Conv2dWeightGradOp : Gan_ConvolutionOp<"conv2d_weight_grad", (ins Gan_RealTensor:$x, Gan_RealTensor:$dy),
                                                 (ins DefaultValuedAttr<I64Attr, "1">:$parts)> {
  let summary = "gradient of a convolution with respect to its filter";
  let description = [{
    `dw[i, j, c, o] = sum_{n, p, q} x[n, p*sh + i*dh - top, q*sw + j*dw - left, c] * dy[n, p, q, o]`, in groups.
    With `parts` = B (default 1) the batch is B equal parts one behind the other, and `dw` [B, KH, KW, C, O] has the sum of each; `order` is
    that within a part.

    **Constraints**: (C1) to (C7) as for `gan.conv2d` with `w` of the result's type, or of a part of it, and `y` of the type of `dy`;
    (C8) `parts` >= 1 divides N and is 1 with `groups` or `winograd`; (C9) where it is more, `dw` begins with an axis of them.

    Example:

    ```mlir
    %dw = gan.conv2d_weight_grad %x, %dy strides = [2, 2] padding = [1, 1, 1, 1]
        : tensor<8x64x64x3xf32>, tensor<8x32x32x16xf32> -> tensor<4x4x3x16xf32>
    ```
  }];
  let results = (outs Gan_RealTensor:$dw);
  let extraClassDeclaration = windowMethod # [{
    /// [KH, KW, C, O], of each part.
    ::llvm::ArrayRef<int64_t> getFilterShape() { return getDw().getType().getShape().take_back(4); }
  }];
  let assemblyFormat = [{
    $x `,` $dy `strides` `=` $strides `padding` `=` $padding (`dilations` `=` $dilations^)?
    (`groups` `=` $groups^)? (`parts` `=` $parts^)? (`order` $order^)? attr-dict `:` type($x) `,` type($dy) `->` type($dw)
  }];
}

#endif // GAN_DIALECT_CONTRACTIONOPS_TD
