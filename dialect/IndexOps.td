// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef GAN_DIALECT_INDEXOPS_TD
#define GAN_DIALECT_INDEXOPS_TD

include "dialect/GanOpBase.td"

// Positions: where elements stand, and where the largest stands. A position along axes `dims` is the row-major number of
// (i_dims[0], i_dims[1], ..) within the extents of these axes, whatever the order of `dims`.

def Gan_IotaOp : Gan_PureOp<"iota"> {
  let summary = "the position of each element along some axes";
  let description = [{
    `y[i]` = the position of `i` along `dims`; with one axis, `y[i] = i_dims[0]`.

    **Constraints**: (C1) `dims` names axes of `y`, at least one and each once.

    Example:

    ```mlir
    %y = gan.iota dims = [1] : tensor<8x10xi32>
    ```
  }];
  let arguments = (ins DenseI64ArrayAttr:$dims);
  let results = (outs Gan_IntTensor:$y);
  let assemblyFormat = "`dims` `=` $dims attr-dict `:` type($y)";
  let hasVerifier = 1;
  let hasFolder = 1;
}

def Gan_ArgmaxOp : Gan_PureOp<"argmax"> {
  let summary = "where along some axes, which disappear, the largest element stands";
  let description = [{
    `y[kept]` = the smallest position along `dims` of an element of `x` that no other exceeds. A NaN counts as larger than every
    number, so that the first one wins. The result is exact: it does not depend on the order in which elements are compared.
    Inactive under differentiation; the largest element itself is `sum(select(iota == argmax, x, 0))`, the smallest that of `-x`.

    **Constraints**: (C1) `dims` names axes of `x`, at least one and each once; (C2) the shape of `y` is what is left.

    Example:

    ```mlir
    %y = gan.argmax %x dims = [1] : tensor<8x10xf32> -> tensor<8xi32>
    ```
  }];
  let arguments = (ins Gan_RealTensor:$x, DenseI64ArrayAttr:$dims);
  let results = (outs Gan_IntTensor:$y);
  let assemblyFormat = "$x `dims` `=` $dims attr-dict `:` type($x) `->` type($y)";
  let hasVerifier = 1;
  let hasFolder = 1;
}

def Gan_FlipOp : Gan_PureOp<"flip", [SameOperandsAndResultType]> {
  let summary = "elements in reverse order along some axes";
  let description = [{
    `y[i] = x[j]` with `j_d = n_d - 1 - i_d` on the axes in `dims`, of extents `n_d`, and `j_d = i_d` on the others.

    **Constraints**: (C1) `dims` strictly increasing, inside `x`.

    Example:

    ```mlir
    %y = gan.flip %x dims = [1] : tensor<8x10xf32>
    ```
  }];
  let arguments = (ins Gan_Tensor:$x, DenseI64ArrayAttr:$dims);
  let results = (outs Gan_Tensor:$y);
  let assemblyFormat = "$x `dims` `=` $dims attr-dict `:` type($x)";
  let hasVerifier = 1;
  let hasFolder = 1;
}

#endif // GAN_DIALECT_INDEXOPS_TD
