// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "frontend/FormatPieces.h"

using namespace mlir;
using llvm::StringRef;

namespace gan::frontend {

// Whether an expression may end with the token: a minus behind it is binary.
static bool endsOperand(const Token &token) {
  return token.kind == Token::Kind::Name || token.kind == Token::Kind::Int ||
         token.kind == Token::Kind::Float ||
         token.kind == Token::Kind::String || token.is(")") || token.is("]") ||
         token.is("true") || token.is("false");
}

std::vector<Piece> makePieces(const LexedFile &file) {
  std::vector<Piece> pieces;
  const auto *comment = file.comments.data();
  const auto *end = comment + file.comments.size();
  unsigned line = 0; // of what was last taken over
  auto isBlankBefore = [&](unsigned next) { return next > line + 1; };
  for (const Token &token : file.tokens) {
    if (token.kind == Token::Kind::End) {
      pieces.back().endsStatement = true;
      continue;
    }
    Piece piece{&token};
    bool isLast = token.kind == Token::Kind::Eof;
    auto stands = [&] {
      return comment != end &&
             (isLast || std::pair(comment->line, comment->column) <
                            std::pair(token.line, token.column));
    };
    for (; stands(); line = comment++->line) {
      if (comment->isAlone) {
        piece.above.push_back({comment->text, isBlankBefore(comment->line)});
        continue;
      }
      pieces.back().behind = comment->text;
      pieces.back().hasComment = true;
    }
    piece.blankBefore = !isLast && isBlankBefore(token.line);
    piece.isUnary =
        token.is("-") && (pieces.empty() || !endsOperand(*pieces.back().token));
    line = token.line;
    pieces.push_back(std::move(piece));
  }
  return pieces;
}

std::string spell(const Token &token) {
  if (token.kind == Token::Kind::String)
    return '"' + token.text.str() + '"';
  return token.text.str();
}

bool isSpaced(const Piece *before, const Piece &left, const Piece &right) {
  if (left.is("(") || left.is("[") || left.is("^") || left.is("..") ||
      left.isUnary)
    return false;
  if (left.is("."))
    // Else two ints would become a float.
    return before && before->token->kind == Token::Kind::Int &&
           right.token->kind == Token::Kind::Int;
  for (StringRef tight : {")", "]", ",", ":", ".", "^", ".."})
    if (right.is(tight))
      return false;
  if (right.is("(") || right.is("["))
    return !endsOperand(*left.token);
  return true;
}

std::string spellFlat(ArrayRef<Piece> pieces) {
  std::string text;
  for (size_t i = 0; i < pieces.size(); ++i) {
    if (i > 0) {
      const Piece &left = pieces[i - 1];
      bool parts = left.endsStatement && !pieces[i].is("}");
      if (parts)
        text += ';';
      if (parts || isSpaced(i > 1 ? &pieces[i - 2] : nullptr, left, pieces[i]))
        text += ' ';
    }
    text += spell(*pieces[i].token);
  }
  return text;
}

namespace {

// The lines of one statement.
class LineBreaker {
public:
  LineBreaker(ArrayRef<Piece> pieces, int indent, int continued,
              std::string &text)
      : pieces(pieces), continued(continued), column(indent), text(text) {
    measure();
  }
  void run();

private:
  void measure();
  int spaceBefore(size_t i) const;
  int getWidth(size_t from, size_t to) const;
  size_t findStop(size_t from) const;
  bool isFar(size_t i, size_t from) const;
  std::optional<int> rate(size_t i, size_t from, size_t stop) const;
  size_t findBreak(size_t from, size_t stop) const;
  void emit(size_t from, size_t to);
  void startLine(size_t i);
  int getIndent() const;

  ArrayRef<Piece> pieces;
  SmallVector<int> depths;     // brackets around each piece
  SmallVector<size_t> openers; // the innermost of them
  SmallVector<int> ends;       // columns of the ends if all stood on one line
  SmallVector<int> open;       // columns behind the open brackets
  int continued, column;
  std::string &text;
};

} // namespace

int LineBreaker::spaceBefore(size_t i) const {
  return i > 0 &&
         isSpaced(i > 1 ? &pieces[i - 2] : nullptr, pieces[i - 1], pieces[i]);
}

void LineBreaker::measure() {
  int end = 0;
  SmallVector<size_t> around;
  for (size_t i = 0; i < pieces.size(); ++i) {
    if (!around.empty() && (pieces[i].is(")") || pieces[i].is("]")))
      around.pop_back();
    depths.push_back(around.size());
    openers.push_back(around.empty() ? 0 : around.back());
    if (pieces[i].is("(") || pieces[i].is("["))
      around.push_back(i);
    end += spaceBefore(i) + spell(*pieces[i].token).size();
    ends.push_back(end);
  }
}

int LineBreaker::getWidth(size_t from, size_t to) const {
  if (from == to)
    return 0;
  return ends[to - 1] - (from > 0 ? ends[from - 1] : 0) - spaceBefore(from);
}

// The next piece that comments put onto a line of its own.
size_t LineBreaker::findStop(size_t from) const {
  size_t stop = from + 1;
  while (stop < pieces.size() && !pieces[stop].startsLine() &&
         !pieces[stop - 1].hasComment)
    ++stop;
  return stop;
}

// Whether the bracket around piece `i` opens so late on this line that there is
// no room for alignment.
bool LineBreaker::isFar(size_t i, size_t from) const {
  return depths[i] > 0 && openers[i] >= from &&
         column + getWidth(from, openers[i] + 1) > mostColumns / 2;
}

// How bad a line end before piece `i` is; nothing where there can be none. The
// least nested is best, behind `=` above all if the rest then fits; behind the
// head of a function there is a good place too.
std::optional<int> LineBreaker::rate(size_t i, size_t from, size_t stop) const {
  const Piece &left = pieces[i - 1], &right = pieces[i];
  int nested = 100 * depths[i] + (isFar(i, from) ? 100 : 0);
  auto isOneOf = [](const Piece &piece, ArrayRef<StringRef> texts) {
    return llvm::any_of(texts, [&](StringRef t) { return piece.is(t); });
  };
  if (isOneOf(left, {"=", ":=", "~"})) {
    bool fits = continued + getWidth(i, stop) <= mostColumns;
    bool isHead = pieces.front().is("fn") || pieces.front().is("network");
    if (depths[i] > 0)
      return std::nullopt;
    return fits ? 0 : isHead ? 15 : 150;
  }
  if (isOneOf(right, {"with", "after", "when", "then", "else"}))
    return nested + 5;
  if (right.is("|>"))
    return nested + 10;
  if (left.is(","))
    return nested + 20;
  if (isOneOf(right, {"or", "and"}))
    return nested + 25;
  if (isOneOf(right, {"==", "!=", "<", "<=", ">", ">="}))
    return nested + 30;
  if (right.is("+") || (right.is("-") && !right.isUnary))
    return nested + 40;
  if (isOneOf(right, {"*", "/", "//", "%"}))
    return nested + 50;
  if (left.is("=>"))
    return nested + 60;
  return std::nullopt;
}

// Where the line that starts with `from` ends: the best place inside the
// columns, the last of equals; else the first behind them.
size_t LineBreaker::findBreak(size_t from, size_t stop) const {
  if (column + getWidth(from, stop) <= mostColumns)
    return stop;
  size_t best = stop;
  std::optional<int> least;
  for (size_t i = from + 1; i < stop; ++i) {
    bool fits = column + getWidth(from, i) <= mostColumns;
    std::optional<int> cost = rate(i, from, stop);
    if (!fits && least)
      break;
    if (!cost || (fits && least && *cost > *least))
      continue;
    best = i;
    least = cost;
    if (!fits)
      break;
  }
  return best;
}

void LineBreaker::emit(size_t from, size_t to) {
  for (size_t i = from; i < to; ++i) {
    if (i > from && spaceBefore(i)) {
      text += ' ';
      ++column;
    }
    std::string word = spell(*pieces[i].token);
    text += word;
    column += word.size();
    if (pieces[i].is("(") || pieces[i].is("["))
      open.push_back(column);
    if ((pieces[i].is(")") || pieces[i].is("]")) && !open.empty())
      open.pop_back();
  }
}

int LineBreaker::getIndent() const {
  bool isNear = !open.empty() && open.back() <= mostColumns / 2;
  return isNear ? open.back() : continued;
}

// Ends the line before piece `i`, with the comments that stand there.
void LineBreaker::startLine(size_t i) {
  if (pieces[i - 1].hasComment)
    text += ("  #" + pieces[i - 1].behind).str();
  column = getIndent();
  for (const CommentLine &comment : pieces[i].above)
    text += '\n' + std::string(column, ' ') + "#" + comment.text.str();
  text += '\n' + std::string(column, ' ');
}

void LineBreaker::run() {
  size_t from = 0;
  while (true) {
    size_t to = findBreak(from, findStop(from));
    emit(from, to);
    if (to == pieces.size())
      return;
    startLine(to);
    from = to;
  }
}

void layOut(ArrayRef<Piece> pieces, int indent, int continued,
            std::string &text) {
  LineBreaker(pieces, indent, continued, text).run();
}

} // namespace gan::frontend
