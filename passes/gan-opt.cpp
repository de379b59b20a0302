// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Runs any pass of ganc on text.
#include "passes/Pipelines.h"

#include "mlir/Tools/mlir-opt/MlirOptMain.h"

int main(int argc, char **argv) {
  mlir::DialectRegistry registry;
  gan::registerGanDialects(registry);
  gan::registerGanPasses();
  return mlir::asMainReturnCode(
      mlir::MlirOptMain(argc, argv, "ganc pass driver", registry));
}
