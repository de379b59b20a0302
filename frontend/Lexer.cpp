// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "frontend/Lexer.h"

#include "mlir/IR/Diagnostics.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/JSON.h"

using namespace mlir;

namespace gan::frontend {

static bool isKeyword(StringRef text) {
  static constexpr StringLiteral words[] = {
      "import", "model",  "fn",     "network",  "data",   "draw", "player",
      "phase",  "output", "let",    "param",    "state",  "for",  "in",
      "if",     "then",   "else",   "return",   "trains", "with", "minimize",
      "after",  "when",   "repeat", "together", "as",     "and",  "or",
      "not",    "true",   "false"};
  return llvm::is_contained(words, text);
}

namespace {

class Lexer {
public:
  Lexer(StringRef text, StringRef file, MLIRContext *context)
      : rest(text), file(file), context(context) {}

  LexedFile run();

private:
  void lexWord();
  void lexNumber();
  void lexString();
  void lexSymbol();
  void lexStray();
  void failAsBinary(unsigned char byte);
  void lexComment();
  void endLine();
  void take(Token::Kind kind, size_t length);
  void advance(size_t length);
  void endStatement();
  bool mayEnd() const;
  bool mayStart(StringRef following) const;
  void fail(const Twine &message);

  StringRef rest, file;
  MLIRContext *context;
  LexedFile result;
  std::vector<Token> &tokens = result.tokens;
  std::string comment;
  unsigned line = 1, column = 1;
  int brackets = 0; // open ( and [
};

} // namespace

void Lexer::fail(const Twine &message) {
  mlir::emitError(FileLineColLoc::get(context, file, line, column), message);
  result.good = false;
}

void Lexer::advance(size_t length) {
  rest = rest.drop_front(length);
  column += length;
}

void Lexer::take(Token::Kind kind, size_t length) {
  tokens.push_back({kind, rest.take_front(length), line, column, comment});
  comment.clear();
  advance(length);
}

// Whether the last token can end a statement.
bool Lexer::mayEnd() const {
  if (tokens.empty())
    return false;
  const Token &last = tokens.back();
  switch (last.kind) {
  case Token::Kind::Name:
  case Token::Kind::Int:
  case Token::Kind::Float:
  case Token::Kind::String:
    return true;
  case Token::Kind::Keyword:
    return last.text == "true" || last.text == "false";
  case Token::Kind::Symbol:
    return last.text == ")" || last.text == "]";
  case Token::Kind::End:
  case Token::Kind::Eof:
    return false;
  }
  return false;
}

// Whether what follows a line end can start a statement.
bool Lexer::mayStart(StringRef following) const {
  static constexpr StringLiteral words[] = {
      "then", "else", "with", "as", "after", "when", "and", "or", "in"};
  StringRef word =
      following.take_while([](char c) { return llvm::isAlnum(c) || c == '_'; });
  if (!word.empty())
    return !llvm::is_contained(words, word);
  return following.empty() || StringRef("([{}\"").contains(following.front());
}

void Lexer::endStatement() {
  if (mayEnd())
    tokens.push_back({Token::Kind::End, "", line, column});
}

void Lexer::lexWord() {
  size_t length =
      rest.take_while([](char c) { return llvm::isAlnum(c) || c == '_'; })
          .size();
  take(isKeyword(rest.take_front(length)) ? Token::Kind::Keyword
                                          : Token::Kind::Name,
       length);
}

// INT: digits with _; FLOAT: digits on both sides of a point, or an exponent.
void Lexer::lexNumber() {
  auto digits = [&](size_t at) {
    return rest.drop_front(at)
        .take_while([](char c) { return llvm::isDigit(c) || c == '_'; })
        .size();
  };
  auto at = [&](size_t index) {
    return index < rest.size() ? rest[index] : '\0';
  };
  size_t length = digits(0);
  bool isFloat = false;
  if (at(length) == '.' && llvm::isDigit(at(length + 1))) {
    isFloat = true;
    length += 1 + digits(length + 1);
  }
  if (at(length) == 'e' || at(length) == 'E') {
    size_t sign = at(length + 1) == '-' || at(length + 1) == '+' ? 1 : 0;
    if (llvm::isDigit(at(length + 1 + sign))) {
      isFloat = true;
      length += 1 + sign + digits(length + 1 + sign);
    }
  }
  if (llvm::isAlpha(at(length)) || at(length) == '_')
    fail("a number runs into a name");
  take(isFloat ? Token::Kind::Float : Token::Kind::Int, length);
}

void Lexer::lexString() {
  size_t length = 1;
  while (length < rest.size() && rest[length] != '"' && rest[length] != '\n')
    length += rest[length] == '\\' && length + 1 < rest.size() ? 2 : 1;
  if (length >= rest.size() || rest[length] != '"') {
    fail("a string ends on its line");
    advance(std::min(length, rest.size()));
    return;
  }
  take(Token::Kind::String, length + 1);
  tokens.back().text = tokens.back().text.drop_front().drop_back();
}

void Lexer::lexSymbol() {
  static constexpr StringLiteral symbols[] = {
      "...", "..", ":=", "|>", "=>", "==", "!=", "<=", ">=", "//",
      "+",   "-",  "*",  "/",  "%",  "^",  "<",  ">",  "=",  "~",
      "(",   ")",  "[",  "]",  "{",  "}",  ",",  ":",  "."};
  for (StringRef symbol : symbols) {
    if (!rest.starts_with(symbol))
      continue;
    if (symbol == "(" || symbol == "[")
      ++brackets;
    if ((symbol == ")" || symbol == "]") && brackets > 0)
      --brackets;
    if (symbol == "}")
      endStatement();
    take(Token::Kind::Symbol, symbol.size());
    return;
  }
  lexStray();
}

// What is no text at all ends the file; letters of other alphabets are one
// mistake a word.
void Lexer::lexStray() {
  auto isForeign = [](char c) { return static_cast<unsigned char>(c) >= 0x80; };
  unsigned char c = rest.front();
  if (isForeign(c)) {
    StringRef word = rest.take_while(isForeign);
    if (llvm::json::isUTF8(word))
      fail("unexpected character '" + word +
           "'; letters outside ASCII stand in comments and strings only");
    else
      failAsBinary(c);
    advance(rest.empty() ? 0 : word.size());
  } else if (!llvm::isPrint(c)) {
    failAsBinary(c);
  } else {
    fail("unexpected character '" + rest.take_front() + "'");
    advance(1);
  }
}

void Lexer::failAsBinary(unsigned char byte) {
  fail("this is no text: it holds the byte 0x" + llvm::utohexstr(byte));
  rest = "";
}

// Only what stands alone above a declaration describes it.
void Lexer::lexComment() {
  StringRef text = rest.take_until([](char c) { return c == '\n'; });
  bool isAlone = tokens.empty() || tokens.back().line != line;
  result.comments.push_back({text.drop_front().rtrim(), line, column, isAlone});
  if (isAlone)
    comment += (comment.empty() ? "" : "\n") + text.ltrim("# ").rtrim().str();
  advance(text.size());
}

void Lexer::endLine() {
  StringRef following = rest.ltrim(" \t\r\n");
  while (following.starts_with("#"))
    following =
        following.drop_until([](char c) { return c == '\n'; }).ltrim(" \t\r\n");
  if (brackets == 0 && mayStart(following))
    endStatement();
  // A blank line parts a comment from what follows.
  StringRef next = rest.drop_front().ltrim(" \t\r");
  if (next.empty() || next.front() == '\n')
    comment.clear();
  rest = rest.drop_front();
  ++line;
  column = 1;
}

LexedFile Lexer::run() {
  rest.consume_front("\xef\xbb\xbf"); // the mark that some editors put there
  while (!rest.empty()) {
    char c = rest.front();
    if (c == '\n') {
      endLine();
    } else if (c == ' ' || c == '\t' || c == '\r') {
      advance(1);
    } else if (c == '#') {
      lexComment();
    } else if (c == ';') {
      // Always an end, but for one right behind a brace or another end.
      if (!tokens.empty() && tokens.back().kind != Token::Kind::End &&
          !tokens.back().is("{") && !tokens.back().is("}"))
        tokens.push_back({Token::Kind::End, "", line, column});
      advance(1);
    } else if (llvm::isAlpha(c) || c == '_') {
      lexWord();
    } else if (llvm::isDigit(c)) {
      lexNumber();
    } else if (c == '"') {
      lexString();
    } else {
      lexSymbol();
    }
  }
  endStatement();
  tokens.push_back({Token::Kind::Eof, "", line, column});
  return std::move(result);
}

LexedFile lex(StringRef text, StringRef file, MLIRContext *context) {
  return Lexer(text, file, context).run();
}

} // namespace gan::frontend
