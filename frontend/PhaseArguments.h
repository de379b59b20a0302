// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What the arguments of a phase say.
#ifndef GAN_FRONTEND_PHASEARGUMENTS_H
#define GAN_FRONTEND_PHASEARGUMENTS_H

#include "frontend/AstExpr.h"

#include "mlir/IR/BuiltinAttributes.h"

#include <optional>

namespace gan::frontend {

struct PhaseArguments {
  int64_t length = 0, batch = 0;
  llvm::StringRef unit;
  mlir::ArrayAttr reset;
  const ast::Expr *until = nullptr;
  std::optional<int64_t> check = {};
};

} // namespace gan::frontend

#endif // GAN_FRONTEND_PHASEARGUMENTS_H
