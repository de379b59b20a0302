// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The syntax tree as text, for `--emit=ast`: one statement a line, indented by
// depth, each operation in parentheses of its own, so that precedence can be
// seen. Two files with equal trees print alike, wherever their tokens stand.
#ifndef GAN_FRONTEND_ASTPRINTER_H
#define GAN_FRONTEND_ASTPRINTER_H

#include "frontend/Ast.h"

#include "llvm/Support/raw_ostream.h"

namespace gan::frontend {

void printAst(const ast::File &file, llvm::raw_ostream &os);

} // namespace gan::frontend

#endif // GAN_FRONTEND_ASTPRINTER_H
