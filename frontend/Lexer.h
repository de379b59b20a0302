// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Text to tokens. Line ends become END tokens where a statement may end.
#ifndef GAN_FRONTEND_LEXER_H
#define GAN_FRONTEND_LEXER_H

#include "mlir/IR/Location.h"
#include "mlir/IR/MLIRContext.h"
#include "llvm/ADT/StringRef.h"

#include <vector>

namespace gan::frontend {

struct Token {
  enum class Kind { Name, Keyword, Int, Float, String, Symbol, End, Eof };
  Kind kind;
  llvm::StringRef text; // of a string: between the quotes, escapes as written
  unsigned line, column;
  std::string comment = {}; // the comment lines right above

  bool is(llvm::StringRef wanted) const {
    return (kind == Kind::Symbol || kind == Kind::Keyword) && text == wanted;
  }
};

// The tokens of a file, the last one Eof. Reports bad characters and strings;
// `good` tells whether there were none.
std::vector<Token> lex(llvm::StringRef text, llvm::StringRef file,
                       mlir::MLIRContext *context, bool &good);

} // namespace gan::frontend

#endif // GAN_FRONTEND_LEXER_H
