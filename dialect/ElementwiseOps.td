// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef GAN_DIALECT_ELEMENTWISEOPS_TD
#define GAN_DIALECT_ELEMENTWISEOPS_TD

include "dialect/GanOpBase.td"

// All operands and the result have one shape; a scalar enters through `gan.broadcast`.
class Gan_UnaryOp<string mnemonic, string formula> : Gan_PureOp<mnemonic, [Elementwise, SameOperandsAndResultType]> {
  let summary = "elementwise " # mnemonic;
  let description = "`y = " # formula # "`, elementwise.\n\nExample:\n\n```mlir\n%y = gan." # mnemonic #
                    " %x : tensor<8x64xf32>\n```";
  let arguments = (ins Gan_RealTensor:$x);
  let results = (outs Gan_RealTensor:$y);
  let assemblyFormat = "$x attr-dict `:` type($x)";
  let hasFolder = 1;
}
class Gan_BinaryOp<string mnemonic, string formula, list<Trait> traits = []>
    : Gan_PureOp<mnemonic, !listconcat([Elementwise, SameOperandsAndResultType], traits)> {
  let summary = "elementwise " # mnemonic;
  let description = "`y = " # formula # "`, elementwise.\n\nExample:\n\n```mlir\n%y = gan." # mnemonic #
                    " %a, %b : tensor<8x64xf32>\n```";
  let arguments = (ins Gan_RealTensor:$a, Gan_RealTensor:$b);
  let results = (outs Gan_RealTensor:$y);
  let assemblyFormat = "$a `,` $b attr-dict `:` type($a)";
  let hasFolder = 1;
}

def Gan_NegOp : Gan_UnaryOp<"neg", "-x">;
def Gan_ExpOp : Gan_UnaryOp<"exp", "e^x">;
def Gan_LogOp : Gan_UnaryOp<"log", "ln x">;
def Gan_SqrtOp : Gan_UnaryOp<"sqrt", "sqrt(x); its derivative at 0 is 0 in every order">;
def Gan_RsqrtOp : Gan_UnaryOp<"rsqrt", "1 / sqrt(x)">;
def Gan_SinOp : Gan_UnaryOp<"sin", "sin x">;
def Gan_CosOp : Gan_UnaryOp<"cos", "cos x">;
def Gan_TanhOp : Gan_UnaryOp<"tanh", "tanh x">;
def Gan_SigmoidOp : Gan_UnaryOp<"sigmoid", "1 / (1 + e^-x)">;
def Gan_SoftplusOp : Gan_UnaryOp<"softplus", "max(x, 0) + ln(1 + e^-|x|)">;
def Gan_AbsOp : Gan_UnaryOp<"abs", "|x|; its derivative at 0 is 0">;
def Gan_SignOp : Gan_UnaryOp<"sign", "-1, 0 or 1; not differentiable (its derivative is 0)">;
def Gan_FloorOp : Gan_UnaryOp<"floor", "the largest integer not above x; its derivative is 0">;
def Gan_StopGradientOp : Gan_UnaryOp<"stop_gradient", "x, through which no gradient flows">;

// An effect and not `Pure`: two of them are never one, and none folds away.
def Gan_VariableOp : Gan_Op<"variable", [Elementwise, SameOperandsAndResultType]> {
  let summary = "a value of its own";
  let description = [{
    `y = x`, elementwise. The result stays apart from every other value, equal ones too, so that a gradient with respect to it counts
    the paths that start here and no others. `gan-thread-storage` makes one of every stored tensor, `gan-mark-variables` of what
    else a `gan.grad` names; they are gone when gradients have been expanded.

    Example:

    ```mlir
    %y = gan.variable %x : tensor<8x64xf32>
    ```
  }];
  let arguments = (ins Gan_RealTensor:$x);
  let results = (outs Res<Gan_RealTensor, "", [MemAlloc]>:$y);
  let assemblyFormat = "$x attr-dict `:` type($x)";
}

def Gan_AddOp : Gan_BinaryOp<"add", "a + b", [Commutative]> {
  let hasCanonicalizer = 1;
}
def Gan_SubOp : Gan_BinaryOp<"sub", "a - b"> {
  let hasCanonicalizer = 1;
}
def Gan_MulOp : Gan_BinaryOp<"mul", "a * b", [Commutative]> {
  let hasCanonicalizer = 1;
}
def Gan_DivOp : Gan_BinaryOp<"div", "a / b"> {
  let hasCanonicalizer = 1;
}
def Gan_PowOp : Gan_BinaryOp<"pow", "a^b, for a > 0 (integer constants b become products)"> {
  let hasCanonicalizer = 1;
}
def Gan_MaxOp : Gan_BinaryOp<"max", "max(a, b); a tie passes its gradient to a">;
def Gan_MinOp : Gan_BinaryOp<"min", "min(a, b); a tie passes its gradient to a">;

def Gan_AverageOp : Gan_PureOp<"average", [SameOperandsAndResultType]> {
  let summary = "the mean of the same value of several micro-batches";
  let description = [{
    `y = (xs[0] + .. + xs[n - 1]) / n`, elementwise, the `xs` added by adjacent pairs: `((x0 + x1) + (x2 + x3)) + ..`, which is how a
    reduction joins its parts. `gan-join-averages` replaces it, and says why it is not a sum from the start.

    Example:

    ```mlir
    %g = gan.average %g0, %g1 : (tensor<64x100xf32>, tensor<64x100xf32>) -> tensor<64x100xf32>
    ```
  }];
  let arguments = (ins Variadic<Gan_RealTensor>:$xs);
  let results = (outs Gan_RealTensor:$y);
  let assemblyFormat = "$xs attr-dict `:` functional-type($xs, $y)";
}

def Gan_CompareOp : Gan_PureOp<"compare", [Elementwise, SameTypeOperands]> {
  let summary = "elementwise ordered comparison";
  let description = [{
    `y = a <predicate> b`; false where either is NaN, except `ne`.

    **Constraints**: (C1) result shape equals operand shape (`Elementwise`).

    Example:

    ```mlir
    %y = gan.compare gt, %a, %b : tensor<8x64xf32> -> tensor<8x64xi1>
    ```
  }];
  let arguments = (ins Gan_ComparePredicateAttr:$predicate, Gan_Tensor:$a, Gan_Tensor:$b);
  let results = (outs Gan_BoolTensor:$y);
  let assemblyFormat = "$predicate `,` $a `,` $b attr-dict `:` type($a) `->` type($y)";
  let hasFolder = 1;
}

def Gan_SelectOp : Gan_PureOp<"select", [Elementwise, AllTypesMatch<["a", "b", "y"]>]> {
  let summary = "elementwise choice";
  let description = [{
    `y = condition ? a : b`.

    **Constraints**: (C1) the condition has the shape of `a`.

    Example:

    ```mlir
    %y = gan.select %c, %a, %b : tensor<8x64xi1>, tensor<8x64xf32>
    ```
  }];
  let arguments = (ins Gan_BoolTensor:$condition, Gan_Tensor:$a, Gan_Tensor:$b);
  let results = (outs Gan_Tensor:$y);
  let assemblyFormat = "$condition `,` $a `,` $b attr-dict `:` type($condition) `,` type($a)";
  let hasFolder = 1;
  let hasCanonicalizer = 1;
}

def Gan_CastOp : Gan_PureOp<"cast", [Elementwise]> {
  let summary = "elementwise change of element type";
  let description = [{
    Integers and bools (0 or 1) to reals, exactly where representable. Inactive: no gradient flows.
    Between f32 and bf16, in which memory holds it: to bf16 as `gan.round` rounds, back exactly. Made by `gan-store-rounded`, after gradients.

    **Constraints**: (C1) same shape; (C2) the result is real; (C3) bf16 is made of f32 and becomes f32.

    Example:

    ```mlir
    %y = gan.cast %x : tensor<8xi1> -> tensor<8xf32>
    ```
  }];
  let arguments = (ins Gan_HeldTensor:$x);
  let results = (outs Gan_RealOrHeldTensor:$y);
  let assemblyFormat = "$x attr-dict `:` type($x) `->` type($y)";
  let hasFolder = 1;
  let hasVerifier = 1;
}

def Gan_RoundOp : Gan_PureOp<"round", [Elementwise, SameOperandsAndResultType]> {
  let summary = "elementwise rounding to fewer significant bits";
  let description = [{
    `y` is the real of the format that is nearest to `x`; the exponents of both formats are those of f32, subnormal numbers included.
    A tie goes away from zero to tf32 (what `cvt.rna` of sm_80 does) and to even to bf16. Infinities stay, what is rounded beyond
    the largest number becomes infinite, and every NaN becomes the quiet one: each target gives the same bits. Made by
    `gan-round-operands`, when gradients have been expanded: it has no adjoint.

    **Constraints**: (C1) the elements are f32.

    Example:

    ```mlir
    %y = gan.round %x to tf32 : tensor<8x64xf32>
    ```
  }];
  let arguments = (ins Gan_SingleTensor:$x, Gan_RealFormatAttr:$format);
  let results = (outs Gan_SingleTensor:$y);
  let assemblyFormat = "$x `to` $format attr-dict `:` type($x)";
  let hasFolder = 1;
}

#endif // GAN_DIALECT_ELEMENTWISEOPS_TD
