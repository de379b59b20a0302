// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef GAN_DIALECT_GANATTRS_TD
#define GAN_DIALECT_GANATTRS_TD

include "dialect/GanDialect.td"
include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/EnumAttr.td"

class Gan_Enum<string name, string summary, list<I32EnumAttrCase> cases>
    : I32EnumAttr<name, summary, cases> {
  let cppNamespace = "::gan";
  let genSpecializedAttr = 0;
}
class Gan_EnumAttr<EnumAttrInfo info, string mnemonic> : EnumAttr<Gan_Dialect, info, mnemonic>;

def Gan_StorageKind : Gan_Enum<"StorageKind", "who may write a stored tensor", [
  I32EnumAttrCase<"Param", 0, "param">,          // trained by the players that say so
  I32EnumAttrCase<"State", 1, "state">,          // written by `:=` in networks and players
  I32EnumAttrCase<"Optimizer", 2, "optimizer">   // written by an optimizer, one per (player, parameter)
]>;
def Gan_StorageKindAttr : Gan_EnumAttr<Gan_StorageKind, "storage_kind">;

def Gan_ComparePredicate : Gan_Enum<"ComparePredicate", "ordered comparison", [
  I32EnumAttrCase<"EQ", 0, "eq">, I32EnumAttrCase<"NE", 1, "ne">, I32EnumAttrCase<"LT", 2, "lt">,
  I32EnumAttrCase<"LE", 3, "le">, I32EnumAttrCase<"GT", 4, "gt">, I32EnumAttrCase<"GE", 5, "ge">
]>;
def Gan_ComparePredicateAttr : Gan_EnumAttr<Gan_ComparePredicate, "predicate">;

def Gan_RealFormat : Gan_Enum<"RealFormat", "the significant bits that a product of a tensor core reads", [
  I32EnumAttrCase<"TF32", 0, "tf32">,   // 10 bits of fraction; a tie is rounded away from zero
  I32EnumAttrCase<"BF16", 1, "bf16">    // 7 bits of fraction; a tie is rounded to even
]>;
def Gan_RealFormatAttr : Gan_EnumAttr<Gan_RealFormat, "real_format">;

def Gan_HeroKind : Gan_Enum<"HeroKind", "the op that gives a kernel its loop nest", [
  I32EnumAttrCase<"Elementwise", 0, "elementwise">,
  I32EnumAttrCase<"Reduction", 1, "reduction">,
  I32EnumAttrCase<"Contraction", 2, "contraction">,
  I32EnumAttrCase<"Transpose", 3, "transpose">,
  I32EnumAttrCase<"Matrix", 4, "matrix">
]>;
def Gan_HeroKindAttr : Gan_EnumAttr<Gan_HeroKind, "hero">;

def Gan_DistributionKind : Gan_Enum<"DistributionKind", "what a draw or an initialiser draws from", [
  I32EnumAttrCase<"Constant", 0, "constant">,   // params: value
  I32EnumAttrCase<"Normal", 1, "normal">,       // params: mean, standard deviation
  I32EnumAttrCase<"Uniform", 2, "uniform">,     // params: low, high (half open)
  I32EnumAttrCase<"TruncatedNormal", 3, "truncated_normal">, // params: mean, standard deviation, cut
  I32EnumAttrCase<"Orthogonal", 4, "orthogonal">,            // params: gain; of a whole tensor
  I32EnumAttrCase<"Identity", 5, "identity">                 // no params; of a whole tensor
]>;

def Gan_DistributionAttr : AttrDef<Gan_Dialect, "Distribution"> {
  let mnemonic = "distribution";
  let summary = "a distribution with constant parameters";
  let description = [{
    `#gan.distribution<normal, [0.0, 0.02]>`. Parameters by kind: `constant` value; `normal` mean, standard deviation;
    `uniform` low, high; `truncated_normal` mean, standard deviation and how many of these a value may be away from the mean.
    Two are of a whole tensor, and give first values of storage only. `orthogonal`: with the tensor as a matrix, axis 0 against
    all others, its rows (or its columns, if these are fewer) are a uniformly distributed orthonormal frame times the gain.
    `identity`: 1 on the diagonal of a matrix, else 0.

    **Constraints**: (C1) as many parameters as the kind has; (C2) a standard deviation >= 0, low <= high, a cut > 0.
  }];
  let parameters = (ins EnumParameter<Gan_DistributionKind>:$kind, "::mlir::DenseF64ArrayAttr":$params);
  let assemblyFormat = "`<` $kind `,` custom<Reals>($params) `>`";
  let genVerifyDecl = 1;
}

def Gan_OrderAttr : AttrDef<Gan_Dialect, "Order"> {
  let mnemonic = "order";
  let summary = "the order in which a reduction adds";
  let description = [{
    `#gan.order<splits = 8, lanes = 16>`. The reduced index range, flattened row-major to `0 .. n-1`, is cut into `splits`
    consecutive parts of `ceil(n / splits)`. Within a part, index `i` (counted from the part's start) belongs to lane
    `i mod lanes`; every lane adds in increasing order. Lanes combine by halving (`l` with `l + lanes / 2`), parts by
    adjacent pairs. Fixed from shapes before a target is chosen, so that no target, tile or thread count changes a bit.

    **Constraints**: (C1) `splits` >= 1; (C2) `lanes` is a power of two.
  }];
  let parameters = (ins "int64_t":$splits, "int64_t":$lanes);
  let assemblyFormat = "`<` struct(params) `>`";
  let genVerifyDecl = 1;
}

#endif // GAN_DIALECT_GANATTRS_TD
