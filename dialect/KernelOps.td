// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef GAN_DIALECT_KERNELOPS_TD
#define GAN_DIALECT_KERNELOPS_TD

include "dialect/GanOpBase.td"

def Gan_KernelOp : Gan_PureOp<"kernel", [IsolatedFromAbove, SingleBlockImplicitTerminator<"YieldOp">]> {
  let summary = "a fused group: one launch";
  let description = [{
    Runs its region, which holds ordinary tensor-level ops, as one launch. `hero` names the kind of the op that gives the
    loop nest; what feeds it is its prologue, what consumes it its epilogue. Knows no target.

    **Constraints**: (C1) block arguments and operands, yielded values and results agree in number and type; (C2) only pure
    tensor-level ops inside; (C3) at most one contraction or reduction loop nest, of the kind that `hero` names; behind a
    contraction stand sums over parts of its rows, too.

    Example:

    ```mlir
    %y = gan.kernel hero(contraction) (%x, %w, %scale) : (tensor<8x64xf32>, tensor<32x64xf32>, tensor<8x64xf32>) -> tensor<8x32xf32> {
    ^bb0(%a: tensor<8x64xf32>, %b: tensor<32x64xf32>, %s: tensor<8x64xf32>):
      %h = gan.mul %a, %s : tensor<8x64xf32>
      %c = gan.matmul %h, %b {transpose_b} : tensor<8x64xf32>, tensor<32x64xf32> -> tensor<8x32xf32>
      %t = gan.tanh %c : tensor<8x32xf32>
      gan.yield %t : tensor<8x32xf32>
    }
    ```
  }];
  let arguments = (ins Gan_HeroKindAttr:$hero, Variadic<AnyStaticShapeTensor>:$inputs);
  let results = (outs Variadic<AnyStaticShapeTensor>:$outputs);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = [{
    `hero` `(` $hero `)` `(` $inputs `)` `:` functional-type($inputs, $outputs) attr-dict-with-keyword $body
  }];
  let hasRegionVerifier = 1;
}

def Gan_YieldOp : Gan_PureOp<"yield", [Terminator, HasParent<"KernelOp">]> {
  let summary = "what a kernel stores";
  let description = [{
    Example:

    ```mlir
    %y = gan.kernel hero(elementwise) (%x) : (tensor<8x32xf32>) -> tensor<8x32xf32> {
    ^bb0(%a: tensor<8x32xf32>):
      %t = gan.tanh %a : tensor<8x32xf32>
      gan.yield %t : tensor<8x32xf32>
    }
    ```
  }];
  let arguments = (ins Variadic<AnyStaticShapeTensor>:$values);
  let assemblyFormat = "attr-dict ($values^ `:` type($values))?";
  let builders = [OpBuilder<(ins), [{ build($_builder, $_state, ::mlir::ValueRange{}); }]>];
}

def Gan_CopyOp : Gan_PureOp<"copy", [AllTypesMatch<["x", "y"]>]> {
  let summary = "the same value in another buffer";
  let description = [{
    `y = x`. Inserted by `gan-plan-memory` where a value must reach a buffer that no kernel can write in time.

    Example:

    ```mlir
    %y = gan.copy %x : tensor<8x32xf32>
    ```
  }];
  let arguments = (ins AnyStaticShapeTensor:$x);
  let results = (outs AnyStaticShapeTensor:$y);
  let assemblyFormat = "$x attr-dict `:` type($x)";
}

#endif // GAN_DIALECT_KERNELOPS_TD
