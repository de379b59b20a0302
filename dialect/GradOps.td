// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef GAN_DIALECT_GRADOPS_TD
#define GAN_DIALECT_GRADOPS_TD

include "dialect/GanOpBase.td"

def Gan_GradOp : Gan_PureOp<"grad"> {
  let summary = "gradients of one number with respect to tensors";
  let description = [{
    `dxs[i] = d y / d xs[i]`, along every path of SSA uses from `xs[i]` to `y` in this function that leads through no other of the
    `xs`: they are variables of their own, also where one is made of another. A value that `y` does not depend on gets zeros. `gan-expand-grad` replaces it, innermost (first in the block) first.

    **Constraints**: (C1) `y` has shape []; (C2) one result per `xs`, of the same type.

    Example:

    ```mlir
    %dw, %db = gan.grad %loss wrt %w, %b
        : (tensor<f32>, tensor<64x100xf32>, tensor<64xf32>) -> (tensor<64x100xf32>, tensor<64xf32>)
    ```
  }];
  let arguments = (ins Gan_RealTensor:$y, Variadic<Gan_RealTensor>:$xs);
  let results = (outs Variadic<Gan_RealTensor>:$dxs);
  let assemblyFormat = "$y `wrt` $xs attr-dict `:` functional-type(operands, results)";
  let hasVerifier = 1;
}

#endif // GAN_DIALECT_GRADOPS_TD
