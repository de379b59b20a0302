// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/ShowLines.h"

#include "mlir/IR/Builders.h"
#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/Path.h"

using namespace mlir;

static std::string spell(Location place) {
  return llvm::TypeSwitch<Location, std::string>(place)
      .Case([](FileLineColLoc file) {
        return (llvm::sys::path::filename(file.getFilename()) + ":" +
                Twine(file.getLine()) + ":" + Twine(file.getColumn()))
            .str();
      })
      .Case([](CallSiteLoc call) {
        return spell(call.getCallee()) + " from " + spell(call.getCaller());
      })
      .Case([](NameLoc name) {
        return name.getName().str() + " of " + spell(name.getChildLoc());
      })
      .Case([](FusedLoc fused) {
        return fused.getLocations().empty() ? ""
                                            : spell(fused.getLocations()[0]);
      })
      .Default([](Location) { return std::string(); });
}

void gan::showLines(ModuleOp module) {
  Builder builder(module.getContext());
  module.walk([&](Operation *op) {
    std::string text = spell(op->getLoc());
    if (!text.empty() && op != module)
      op->setAttr("line", builder.getStringAttr(text));
  });
}
