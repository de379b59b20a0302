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
  std::string comment = {}; // the lines of comment right above

  bool is(llvm::StringRef wanted) const {
    return (kind == Kind::Symbol || kind == Kind::Keyword) && text == wanted;
  }
};

// From `#` to the end of the line, without either.
struct Comment {
  llvm::StringRef text;
  unsigned line, column;
  bool isAlone; // no token stands before it on its line
};

struct LexedFile {
  std::vector<Token> tokens; // the last one is Eof
  std::vector<Comment> comments;
  bool good = true; // false after reports of bad characters and strings
};

LexedFile lex(llvm::StringRef text, llvm::StringRef file,
              mlir::MLIRContext *context);

} // namespace gan::frontend

#endif // GAN_FRONTEND_LEXER_H
