// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef GAN_DIALECT_GANDIALECT_TD
#define GAN_DIALECT_GANDIALECT_TD

include "mlir/IR/OpBase.td"

def Gan_Dialect : Dialect {
  let name = "gan";
  let cppNamespace = "::gan";
  let summary = "adversarial games and the tensor programs they become";
  let description = [{
    Two levels share this dialect. The *game level* says what a `.gan` file says: storage, data, players, phases.
    The *tensor level* is pure SSA over statically shaped tensors; its ops are closed under differentiation.
    At the game level every real is `f64`; `gan-set-precision` chooses the width once.
  }];
  let dependentDialects = ["::mlir::func::FuncDialect"];
  let useDefaultAttributePrinterParser = 1;
  let hasConstantMaterializer = 1;
}

#endif // GAN_DIALECT_GANDIALECT_TD
