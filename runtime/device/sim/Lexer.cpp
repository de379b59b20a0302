// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/sim/Lexer.h"

#include <cctype>

using namespace gan::sim;

namespace {
class Lexer {
public:
  Lexer(std::string_view text, const std::string &file)
      : text(text), file(file) {}
  Result<std::vector<Token>> run();

private:
  char at(size_t i) const { return i < text.size() ? text[i] : '\0'; }
  bool skipBlanks(); // false for a comment that does not end
  size_t wordEnd(size_t from) const;
  size_t numberEnd(size_t from) const;
  void take(Token::Kind kind, size_t end);
  Status refuse(const std::string &sentence) const {
    return Status(Code::Damaged, sentence, file + ":" + std::to_string(line));
  }

  std::string_view text;
  const std::string &file;
  size_t position = 0;
  int line = 1;
  std::vector<Token> tokens;
};
} // namespace

static bool beginsWord(char c) {
  return std::isalpha(uint8_t(c)) || c == '_' || c == '$' || c == '%';
}

bool Lexer::skipBlanks() {
  for (; position < text.size(); ++position) {
    char c = text[position];
    if (c == '/' && at(position + 1) == '/') {
      while (position < text.size() && text[position] != '\n')
        ++position;
      c = at(position);
    } else if (c == '/' && at(position + 1) == '*') {
      size_t end = text.find("*/", position + 2);
      if (end == text.npos)
        return false;
      for (size_t i = position; i < end; ++i)
        line += text[i] == '\n';
      position = end + 1;
      continue;
    }
    if (c == '\n')
      ++line;
    else if (!std::isspace(uint8_t(c)) || position >= text.size())
      break;
  }
  return true;
}

// Dots and double colons belong to the word: ld.shared::cta.b32, %tid.x.
size_t Lexer::wordEnd(size_t from) const {
  size_t i = from + 1;
  for (;; ++i) {
    if (at(i) == ':' && at(i + 1) == ':' && std::isalnum(uint8_t(at(i + 2))))
      ++i;
    else if (at(i) != '.' && !std::isalnum(uint8_t(at(i))) && at(i) != '_' &&
             at(i) != '$')
      return i;
  }
}

size_t Lexer::numberEnd(size_t from) const {
  size_t i = from + 1;
  bool prefixed = at(from) == '0' && std::isalpha(uint8_t(at(from + 1)));
  for (;; ++i) {
    bool exponentSign = !prefixed && (at(i) == '-' || at(i) == '+') &&
                        (at(i - 1) == 'e' || at(i - 1) == 'E');
    if (!std::isalnum(uint8_t(at(i))) && at(i) != '.' && !exponentSign)
      return i;
  }
}

void Lexer::take(Token::Kind kind, size_t end) {
  tokens.push_back({kind, text.substr(position, end - position), line});
  position = end;
}

Result<std::vector<Token>> Lexer::run() {
  while (true) {
    if (!skipBlanks())
      return refuse("a comment begins here and never ends");
    if (position >= text.size())
      break;
    char c = text[position];
    if (beginsWord(c)) {
      take(Token::Kind::Word, wordEnd(position));
    } else if (c == '.' && std::isalpha(uint8_t(at(position + 1)))) {
      size_t next = text.find('.', position + 1); // .reg.b32 are two
      take(Token::Kind::Directive, std::min(wordEnd(position), next));
    } else if (std::isdigit(uint8_t(c))) {
      take(Token::Kind::Number, numberEnd(position));
    } else if (c == '"') {
      size_t end = text.find('"', ++position);
      if (end == text.npos)
        return refuse("a string begins here and never ends");
      take(Token::Kind::String, end);
      ++position;
    } else if (std::string_view("{}[]()<>,;:+-!|=@*/&").find(c) !=
               std::string_view::npos) {
      take(Token::Kind::Mark, position + 1);
    } else {
      return refuse("PTX has no character like '" + std::string(1, c) + "'");
    }
  }
  take(Token::Kind::End, position);
  return std::move(tokens);
}

Result<std::vector<Token>> gan::sim::tokenise(std::string_view text,
                                              const std::string &file) {
  return Lexer(text, file).run();
}
