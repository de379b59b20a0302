// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef GAN_DIALECT_MATRIXOPS_TD
#define GAN_DIALECT_MATRIXOPS_TD

include "dialect/GanOpBase.td"

// Linear algebra on whole matrices, for small ones: plain loops in an order that the op states, one matrix after the other.

def Gan_InverseOp : Gan_PureOp<"inverse", [SameOperandsAndResultType]> {
  let summary = "inverses of square matrices";
  let description = [{
    `y[.., :, :]` is the inverse of `x[.., :, :]`, by Gauss-Jordan elimination with the largest element of each column, the first of
    equals, as pivot. Of a singular matrix it has infinities or NaN.

    **Constraints**: (C1) rank 2, or 3 with the matrices along axis 0; (C2) as many rows as columns.

    Example:

    ```mlir
    %y = gan.inverse %x : tensor<8x8xf32>
    ```
  }];
  let arguments = (ins Gan_RealTensor:$x);
  let results = (outs Gan_RealTensor:$y);
  let assemblyFormat = "$x attr-dict `:` type($x)";
  let hasVerifier = 1;
}

def Gan_LogdetOp : Gan_PureOp<"logdet", [SameOperandsAndResultElementType]> {
  let summary = "logarithms of the absolute determinants of square matrices";
  let description = [{
    `y = ln |det x|` for each matrix: the sum of `ln |pivot|` in the order in which Gaussian elimination meets the pivots, which it
    chooses as `gan.inverse` does. Minus infinity for a singular matrix.

    **Constraints**: (C1), (C2) of `gan.inverse`; (C3) the shape of `y` is that of `x` without the last two axes.

    Example:

    ```mlir
    %y = gan.logdet %x : tensor<8x8xf32> -> tensor<f32>
    ```
  }];
  let arguments = (ins Gan_RealTensor:$x);
  let results = (outs Gan_RealTensor:$y);
  let assemblyFormat = "$x attr-dict `:` type($x) `->` type($y)";
  let hasVerifier = 1;
}

def Gan_OrthonormalOp : Gan_PureOp<"orthonormal", [SameOperandsAndResultType]> {
  let summary = "rows made orthonormal, one after the other";
  let description = [{
    The first factor of `x = L y` with orthonormal rows of `y` and a lower triangular `L` of positive diagonal: from each row, its
    parts along the rows before it are taken away, one by one and all twice, and what is left is divided by its length (modified
    Gram-Schmidt with reorthogonalisation). Of normal numbers it makes uniformly distributed frames. Not differentiable.

    **Constraints**: (C1) rank 2; (C2) no more rows than columns.

    Example:

    ```mlir
    %y = gan.orthonormal %x : tensor<8x64xf32>
    ```
  }];
  let arguments = (ins Gan_RealTensor:$x);
  let results = (outs Gan_RealTensor:$y);
  let assemblyFormat = "$x attr-dict `:` type($x)";
  let hasVerifier = 1;
}

#endif // GAN_DIALECT_MATRIXOPS_TD
