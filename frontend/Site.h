// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Where something happens: the user's line, and the library's if the fault lies
// inside one of its functions.
#ifndef GAN_FRONTEND_SITE_H
#define GAN_FRONTEND_SITE_H

#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/Location.h"
#include "mlir/IR/Value.h"
#include "llvm/ADT/DenseMap.h"

#include <optional>

namespace gan::frontend {

// What made a value, in words for a note at its place.
struct Origin {
  mlir::Location loc;
  std::string text; // "this conv makes [1, 2, 2] of [512, 5, 5]"
};
using Origins = llvm::DenseMap<mlir::Value, Origin>;

// Whether the place is in a file of the library: "std/...".
bool isInLibrary(mlir::Location loc);

struct Site {
  mlir::Location user;                  // where errors are reported
  std::optional<mlir::Location> inside; // the line inside the library
  std::string callee;                   // the library function the user called
  const Origins *origins = nullptr;     // what is known about values

  // The location of ops made here.
  mlir::Location getOpLocation() const {
    return inside ? mlir::Location(mlir::CallSiteLoc::get(*inside, user))
                  : user;
  }
  // An error at the user's line, with a note into the library.
  mlir::InFlightDiagnostic error(const llvm::Twine &message) const {
    mlir::InFlightDiagnostic diagnostic = mlir::emitError(user, message);
    if (inside)
      diagnostic.attachNote(*inside) << "in '" << callee << "', here";
    return diagnostic;
  }
  // Adds what made `value`, if that is known.
  void noteOrigin(mlir::InFlightDiagnostic &error, mlir::Value value) const {
    if (!origins)
      return;
    auto origin = origins->find(value);
    if (origin != origins->end())
      error.attachNote(origin->second.loc) << origin->second.text;
  }
};

} // namespace gan::frontend

#endif // GAN_FRONTEND_SITE_H
