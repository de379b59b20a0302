// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Where something happens: the user's line, and the library's if the fault lies
// inside one of its functions.
#ifndef GAN_FRONTEND_SITE_H
#define GAN_FRONTEND_SITE_H

#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/Location.h"

#include <optional>

namespace gan::frontend {

struct Site {
  mlir::Location user;                   // where errors are reported
  std::optional<mlir::Location> library; // the line inside the library
  std::string callee;                    // the library function the user called

  // The location of ops made here.
  mlir::Location getOpLocation() const {
    return library ? mlir::Location(mlir::CallSiteLoc::get(*library, user))
                   : user;
  }
  // An error at the user's line, with a note into the library.
  mlir::InFlightDiagnostic error(const llvm::Twine &message) const {
    mlir::InFlightDiagnostic diagnostic = mlir::emitError(user, message);
    if (library)
      diagnostic.attachNote(*library) << "in '" << callee << "', here";
    return diagnostic;
  }
};

} // namespace gan::frontend

#endif // GAN_FRONTEND_SITE_H
