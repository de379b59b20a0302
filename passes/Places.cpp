// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/Places.h"

#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/Path.h"

using namespace mlir;

std::string gan::spellPlace(Location place) {
  return llvm::TypeSwitch<Location, std::string>(place)
      .Case([](FileLineColLoc file) {
        return (llvm::sys::path::filename(file.getFilename()) + ":" +
                Twine(file.getLine()) + ":" + Twine(file.getColumn()))
            .str();
      })
      .Case([](CallSiteLoc call) {
        return spellPlace(call.getCallee()) + " from " +
               spellPlace(call.getCaller());
      })
      .Case([](NameLoc name) {
        return name.getName().str() + " of " + spellPlace(name.getChildLoc());
      })
      .Case([](FusedLoc fused) {
        for (Location part : fused.getLocations())
          if (std::string text = spellPlace(part); !text.empty())
            return text;
        return std::string();
      })
      .Default([](Location) { return std::string(); });
}
