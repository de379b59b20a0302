// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef GAN_DIALECT_GANOPBASE_TD
#define GAN_DIALECT_GANOPBASE_TD

include "dialect/GanAttrs.td"
include "dialect/GanDialect.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

class Gan_Op<string mnemonic, list<Trait> traits = []> : Op<Gan_Dialect, mnemonic, traits>;
class Gan_PureOp<string mnemonic, list<Trait> traits = []> : Gan_Op<mnemonic, !listconcat([Pure], traits)>;

def Gan_RealTensor : StaticShapeTensorOf<[F32, F64]>;
def Gan_SingleTensor : StaticShapeTensorOf<[F32]>;
def Gan_BoolTensor : StaticShapeTensorOf<[I1]>;
def Gan_IntTensor : StaticShapeTensorOf<[I32]>;
def Gan_Tensor : StaticShapeTensorOf<[F32, F64, I32, I1]>;
// What memory holds between kernels: bf16 is a form of f32 there, which gan.cast writes and reads, and has no arithmetic.
def Gan_HeldTensor : StaticShapeTensorOf<[F32, F64, BF16, I32, I1]>;
def Gan_RealOrHeldTensor : StaticShapeTensorOf<[F32, F64, BF16]>;
// [seed of the run, number of the move]: what a draw depends on besides its stream and its index.
def Gan_MoveKey : StaticShapeTensorOf<[I64]>;

#endif // GAN_DIALECT_GANOPBASE_TD
