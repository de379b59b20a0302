// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "frontend/Format.h"

#include "frontend/FormatPieces.h"

using namespace mlir;
using llvm::StringRef;

namespace gan::frontend {

namespace {

// Blocks and the statements in them; positions are those of `pieces`.
class Formatter {
public:
  explicit Formatter(std::vector<Piece> pieces) : pieces(std::move(pieces)) {}
  std::string run();

private:
  void formatStatements(size_t from, size_t to, int indent);
  void formatStatement(size_t from, size_t to, int indent);
  void formatBlocks(size_t from, size_t to, int indent);
  size_t findStatementEnd(size_t from) const;
  size_t findClosing(size_t brace) const;
  bool fitsOneLine(size_t from, size_t to, int indent) const;
  void writeComments(const Piece &piece, int indent, bool isFirst);
  void writeBehind(const Piece &piece);
  ArrayRef<Piece> getRange(size_t from, size_t to) const {
    return ArrayRef(pieces).slice(from, to - from);
  }

  std::vector<Piece> pieces;
  std::string text;
};

} // namespace

// The position of the `}` to a `{`.
size_t Formatter::findClosing(size_t brace) const {
  int depth = 0;
  for (size_t i = brace;; ++i) {
    depth += pieces[i].is("{") ? 1 : pieces[i].is("}") ? -1 : 0;
    if (depth == 0)
      return i;
  }
}

// Behind the END, or behind a block that no `else` continues.
size_t Formatter::findStatementEnd(size_t from) const {
  for (size_t i = from;; ++i) {
    if (pieces[i].is("{")) {
      i = findClosing(i);
      if (!pieces[i + 1].is("else"))
        return i + 1;
    } else if (pieces[i].endsStatement) {
      return i + 1;
    }
  }
}

// A block stays on one line if it was written so. Comments stand only behind
// such a statement.
bool Formatter::fitsOneLine(size_t from, size_t to, int indent) const {
  for (size_t i = from; i < to; ++i) {
    bool isInside = i + 1 < to && pieces[i].hasComment;
    if (isInside || (i > from && pieces[i].startsLine()))
      return false;
    if (pieces[i].is("{") &&
        pieces[findClosing(i)].token->line != pieces[i].token->line)
      return false;
  }
  return indent + spellFlat(getRange(from, to)).size() <= mostColumns;
}

void Formatter::writeComments(const Piece &piece, int indent, bool isFirst) {
  for (const CommentLine &comment : piece.above) {
    if (comment.blankBefore && !isFirst)
      text += '\n';
    text += std::string(indent, ' ') + "#" + comment.text.str() + '\n';
    isFirst = false;
  }
}

void Formatter::writeBehind(const Piece &piece) {
  if (piece.hasComment)
    text += ("  #" + piece.behind).str();
  text += '\n';
}

void Formatter::formatStatements(size_t from, size_t to, int indent) {
  for (size_t i = from, end; i < to; i = end) {
    end = findStatementEnd(i);
    writeComments(pieces[i], indent, /*isFirst=*/i == from);
    if (pieces[i].blankBefore && (i > from || pieces[i].startsLine()))
      text += '\n';
    text += std::string(indent, ' ');
    formatStatement(i, end, indent);
    writeBehind(pieces[end - 1]);
  }
}

void Formatter::formatStatement(size_t from, size_t to, int indent) {
  if (fitsOneLine(from, to, indent))
    text += spellFlat(getRange(from, to));
  else if (pieces[to - 1].is("}"))
    formatBlocks(from, to, indent);
  else
    layOut(getRange(from, to), indent, indent + 2, text);
}

// head { / statements / } else { / statements / }
void Formatter::formatBlocks(size_t from, size_t to, int indent) {
  while (true) {
    size_t open = from;
    while (open < to && !pieces[open].is("{"))
      ++open;
    bool isHead = !pieces[from].is("}");
    layOut(getRange(from, std::min(open + 1, to)), indent,
           isHead ? indent + 4 : indent, text);
    if (open == to)
      return;
    writeBehind(pieces[open]);
    size_t close = findClosing(open);
    formatStatements(open + 1, close, indent + 2);
    writeComments(pieces[close], indent + 2, /*isFirst=*/close == open + 1);
    text += std::string(indent, ' ');
    from = close;
  }
}

std::string Formatter::run() {
  size_t end = pieces.size() - 1;
  formatStatements(0, end, 0);
  writeComments(pieces[end], 0, /*isFirst=*/end == 0);
  return std::move(text);
}

std::string format(const LexedFile &file) {
  return Formatter(makePieces(file)).run();
}

} // namespace gan::frontend
