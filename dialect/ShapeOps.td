// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef GAN_DIALECT_SHAPEOPS_TD
#define GAN_DIALECT_SHAPEOPS_TD

include "dialect/GanOpBase.td"

def Gan_ConstantOp : Gan_PureOp<"constant", [ConstantLike, AllTypesMatch<["value", "y"]>]> {
  let summary = "a constant tensor, usually a splat";
  let description = [{
    `y = value`.

    Example:

    ```mlir
    %half = gan.constant dense<0.5> : tensor<8x64xf32>
    ```
  }];
  let arguments = (ins ElementsAttr:$value);
  let results = (outs Gan_Tensor:$y);
  let assemblyFormat = "attr-dict $value";
  let hasFolder = 1;
}

def Gan_BroadcastOp : Gan_PureOp<"broadcast", [SameOperandsAndResultElementType]> {
  let summary = "repetition along new axes";
  let description = [{
    `y[i_0 .. i_r] = x[i_dims[0], i_dims[1], ..]`: axis `k` of `x` becomes axis `dims[k]` of `y`.

    **Constraints**: (C1) one entry of `dims` per axis of `x`, strictly increasing and inside `y`; (C2) extents agree.

    Example:

    ```mlir
    %y = gan.broadcast %x dims = [3] : tensor<64xf32> -> tensor<8x4x4x64xf32>
    ```
  }];
  let arguments = (ins Gan_Tensor:$x, DenseI64ArrayAttr:$dims);
  let results = (outs Gan_Tensor:$y);
  let assemblyFormat = "$x `dims` `=` $dims attr-dict `:` type($x) `->` type($y)";
  let hasVerifier = 1;
  let hasFolder = 1;
  let hasCanonicalizer = 1;
}

def Gan_ReshapeOp : Gan_PureOp<"reshape", [SameOperandsAndResultElementType]> {
  let summary = "the same elements, row-major, under another shape";
  let description = [{
    Element `i` of `y`, counted row-major, is element `i` of `x`.

    **Constraints**: (C1) as many elements as before; (C2) same element type.

    Example:

    ```mlir
    %y = gan.reshape %x : tensor<8x1x1x100xf32> -> tensor<8x100xf32>
    ```
  }];
  let arguments = (ins Gan_HeldTensor:$x);
  let results = (outs Gan_HeldTensor:$y);
  let assemblyFormat = "$x attr-dict `:` type($x) `->` type($y)";
  let hasVerifier = 1;
  let hasFolder = 1;
  let hasCanonicalizer = 1;
}

def Gan_TransposeOp : Gan_PureOp<"transpose", [SameOperandsAndResultElementType]> {
  let summary = "permutation of axes";
  let description = [{
    Axis `k` of `y` is axis `permutation[k]` of `x`.

    **Constraints**: (C1) a permutation of the axes of `x`; (C2) extents agree.

    Example:

    ```mlir
    %y = gan.transpose %x permutation = [0, 2, 3, 1] : tensor<8x3x64x64xf32> -> tensor<8x64x64x3xf32>
    ```
  }];
  let arguments = (ins Gan_Tensor:$x, DenseI64ArrayAttr:$permutation);
  let results = (outs Gan_Tensor:$y);
  let assemblyFormat = "$x `permutation` `=` $permutation attr-dict `:` type($x) `->` type($y)";
  let hasVerifier = 1;
  let hasFolder = 1;
  let hasCanonicalizer = 1;
}

def Gan_SliceOp : Gan_PureOp<"slice", [SameOperandsAndResultElementType]> {
  let summary = "a box cut out of a tensor";
  let description = [{
    `y[i] = x[offsets + i]`; the extents of `y` are the extents of the box.

    **Constraints**: (C1) one offset per axis; (C2) the box lies inside `x`.

    Example:

    ```mlir
    %y = gan.slice %x offsets = [0, 4] : tensor<8x10xf32> -> tensor<8x6xf32>
    ```
  }];
  let arguments = (ins Gan_Tensor:$x, DenseI64ArrayAttr:$offsets);
  let results = (outs Gan_Tensor:$y);
  let assemblyFormat = "$x `offsets` `=` $offsets attr-dict `:` type($x) `->` type($y)";
  let hasVerifier = 1;
  let hasFolder = 1;
  let hasCanonicalizer = 1;
}

def Gan_PadOp : Gan_PureOp<"pad", [SameOperandsAndResultElementType]> {
  let summary = "a tensor set into zeros";
  let description = [{
    `y[i] = x[i - low]` inside, 0 outside; `y` has `low` zeros before each axis and what is left after it.

    **Constraints**: (C1) one entry of `low` per axis, not negative; (C2) `x` fits into `y`.

    Example:

    ```mlir
    %y = gan.pad %x low = [0, 4] : tensor<8x6xf32> -> tensor<8x10xf32>
    ```
  }];
  let arguments = (ins Gan_RealTensor:$x, DenseI64ArrayAttr:$low);
  let results = (outs Gan_RealTensor:$y);
  let assemblyFormat = "$x `low` `=` $low attr-dict `:` type($x) `->` type($y)";
  let hasVerifier = 1;
  let hasFolder = 1;
}

def Gan_ConcatOp : Gan_PureOp<"concat", [SameOperandsAndResultElementType]> {
  let summary = "tensors laid end to end along an axis";
  let description = [{
    Along `dim`, the first elements of `y` are those of the first operand, then come those of the second, and so on.

    **Constraints**: (C1) equal element types and ranks, `dim` an axis; (C2) equal extents on other axes; (C3) extents on `dim` add up.

    Example:

    ```mlir
    %y = gan.concat %a, %b dim = 0 : tensor<8x10xf32>, tensor<4x10xf32> -> tensor<12x10xf32>
    ```
  }];
  let arguments = (ins Variadic<Gan_Tensor>:$xs, I64Attr:$dim);
  let results = (outs Gan_Tensor:$y);
  let assemblyFormat = "$xs `dim` `=` $dim attr-dict `:` type($xs) `->` type($y)";
  let hasVerifier = 1;
  let hasFolder = 1;
}

def Gan_SumOp : Gan_PureOp<"sum", [SameOperandsAndResultElementType]> {
  let summary = "sum over axes, which disappear";
  let description = [{
    `y[kept] = sum over dims of x`. `order` fixes the order of the additions; absent, it is not decided yet.

    **Constraints**: (C1) `dims` strictly increasing, inside `x`; (C2) the shape of `y` is what is left.

    Example:

    ```mlir
    %y = gan.sum %x dims = [0, 1, 2] : tensor<8x4x4x64xf32> -> tensor<64xf32>
    ```
  }];
  let arguments = (ins Gan_RealTensor:$x, DenseI64ArrayAttr:$dims, OptionalAttr<Gan_OrderAttr>:$order);
  let results = (outs Gan_RealTensor:$y);
  let assemblyFormat = "$x `dims` `=` $dims (`order` $order^)? attr-dict `:` type($x) `->` type($y)";
  let hasVerifier = 1;
  let hasFolder = 1;
  let hasCanonicalizer = 1;
}

#endif // GAN_DIALECT_SHAPEOPS_TD
