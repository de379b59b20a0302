// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/ShowLines.h"

#include "passes/Places.h"

#include "mlir/IR/Builders.h"

using namespace mlir;

void gan::showLines(ModuleOp module) {
  Builder builder(module.getContext());
  module.walk([&](Operation *op) {
    std::string text = gan::spellPlace(op->getLoc());
    if (!text.empty() && op != module)
      op->setAttr("line", builder.getStringAttr(text));
  });
}
