// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef GAN_DIALECT_GANINTERFACES_TD
#define GAN_DIALECT_GANINTERFACES_TD

include "mlir/IR/OpBase.td"

def Gan_DifferentiableOpInterface : OpInterface<"DifferentiableOpInterface"> {
  let cppNamespace = "::gan";
  let description = [{
    The reverse-mode rule of one op. Implementations are external models in `passes/autodiff/`; every op they build
    implements this interface again, so that a gradient can be differentiated to any order.
  }];
  let methods = [
    InterfaceMethod<[{
        Builds the adjoints of the operands at `builder`'s insertion point, in the order of the operands.
        `cotangents` has one value per result, null where nothing flowed back (never all null). `needed[i]` is false
        where operand i cannot reach anything asked for: its adjoint must not be built. Returns one value per operand
        of exactly the operand's type, null for zero or not needed.
      }],
      "::llvm::SmallVector<::mlir::Value>", "buildAdjoint",
      (ins "::mlir::OpBuilder &":$builder, "::mlir::ValueRange":$cotangents, "::llvm::ArrayRef<bool>":$needed)>
  ];
}

def Gan_ElementwiseOpInterface : OpInterface<"ElementwiseOpInterface"> {
  let cppNamespace = "::gan";
  let description = [{
    An op that computes every result element from the operand elements at the same index. Implementations are external
    models in `passes/codegen/`; a new elementwise op needs no other emitter code.
  }];
  let methods = [
    InterfaceMethod<[{
        Emits one element (scalar operands) or one register (vector operands of any width) in arith ops. `operands` are
        all of one shape; the result is of the element type of the op's result.
      }],
      "::mlir::Value", "emitElement",
      (ins "::mlir::OpBuilder &":$builder, "::mlir::Location":$loc, "::mlir::ValueRange":$operands)>
  ];
}

#endif // GAN_DIALECT_GANINTERFACES_TD
