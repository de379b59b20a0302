// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What can be said of a program without running it: every name is known and
// declared once in its body, statements stand where they may, nothing calls
// itself. Kinds, times and shapes are the evaluator's.
#ifndef GAN_FRONTEND_SEMA_H
#define GAN_FRONTEND_SEMA_H

#include "frontend/Ast.h"

#include "llvm/ADT/ArrayRef.h"

namespace gan::frontend {

// A file with the positions of the files it imports.
struct LoadedFile {
  const ast::File *file;
  std::vector<size_t> imports;
};

// False after reports.
bool check(llvm::ArrayRef<LoadedFile> files);

} // namespace gan::frontend

#endif // GAN_FRONTEND_SEMA_H
