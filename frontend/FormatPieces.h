// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What the formatter lays out: tokens with the comments and blank lines around
// them, the spaces between two of them, and the lines of one statement.
#ifndef GAN_FRONTEND_FORMATPIECES_H
#define GAN_FRONTEND_FORMATPIECES_H

#include "frontend/Lexer.h"

#include "llvm/ADT/ArrayRef.h"

namespace gan::frontend {

constexpr int mostColumns = 120;

struct CommentLine {
  llvm::StringRef text;
  bool blankBefore;
};

// A token that has a text, or the end of the file.
struct Piece {
  const Token *token;
  std::vector<CommentLine> above = {}; // comments on lines of their own
  llvm::StringRef behind = {};         // a comment on the same line
  bool hasComment = false;             // whether there is one behind
  bool blankBefore = false;            // between `above` and the token
  bool endsStatement = false;          // an END follows
  bool isUnary = false;                // a minus without left operand

  bool is(llvm::StringRef text) const { return token->is(text); }
  // Whether a comment makes it start a line.
  bool startsLine() const { return !above.empty(); }
};

std::vector<Piece> makePieces(const LexedFile &file);

// The text of a token as it is written.
std::string spell(const Token &token);
// Whether a space stands between the two; `before` is what precedes `left`.
bool isSpaced(const Piece *before, const Piece &left, const Piece &right);
// All pieces on one line, statements parted by `;`.
std::string spellFlat(llvm::ArrayRef<Piece> pieces);

// Appends the pieces of one statement, or of the head of a block, as lines that
// start at `indent`, the first without its indentation. Where a line is full it
// breaks at the least nested place; inside brackets the next one is aligned to
// them, else it starts at `continued`.
void layOut(llvm::ArrayRef<Piece> pieces, int indent, int continued,
            std::string &text);

} // namespace gan::frontend

#endif // GAN_FRONTEND_FORMATPIECES_H
