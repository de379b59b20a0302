// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Walking over tokens, reports, and what bounds the depth of a program.
#include "frontend/Parser.h"

using namespace mlir;
using llvm::StringRef;

namespace gan::frontend {

Parser::Parser(StringRef text, StringRef file, MLIRContext *context)
    : file(file), context(context) {
  LexedFile lexed = lex(text, file, context);
  tokens = std::move(lexed.tokens);
  good = lexed.good;
}

const Token &Parser::peek(size_t ahead) const {
  return tokens[std::min(position + ahead, tokens.size() - 1)];
}

bool Parser::accept(StringRef text) {
  if (!at(text))
    return false;
  ++position;
  return true;
}

bool Parser::expect(StringRef text) {
  return accept(text) || fail("'" + text + "'");
}

bool Parser::expectEnd() {
  if (peek().kind != Token::Kind::End)
    return fail("the end of the statement");
  ++position;
  return true;
}

Location Parser::getLoc(const Token &token) const {
  return FileLineColLoc::get(context, file, token.line, token.column);
}

bool Parser::fail(const Twine &wanted) {
  if (isAbandoned)
    return false;
  const Token &token = peek();
  good = false;
  InFlightDiagnostic error = mlir::emitError(getLoc(), "expected " + wanted);
  switch (token.kind) {
  case Token::Kind::End:
    error << ", but the statement ends";
    break;
  case Token::Kind::Eof:
    error << ", but the file ends";
    break;
  default:
    error << ", but found '" << token.text << "'";
  }
  return false;
}

// After a mistake: to behind the next END, over whole `{ }` blocks.
void Parser::recover(size_t start) {
  int depth = 0;
  for (size_t i = start; i < position; ++i)
    depth += tokens[i].is("{") ? 1 : tokens[i].is("}") ? -1 : 0;
  while (peek().kind != Token::Kind::Eof) {
    if (depth <= 0 && at("}"))
      return;
    bool ends = peek().kind == Token::Kind::End;
    bool closes = at("}");
    depth += at("{") ? 1 : closes ? -1 : 0;
    ++position;
    if (depth <= 0 && (ends || closes))
      return;
  }
}

// Deeper than any sensible program, and shallow enough for the stack.
constexpr int deepest = 200;

bool Parser::opens() {
  if (depth < deepest)
    return true;
  mlir::emitError(getLoc(), "this nests deeper than ") << deepest << " levels";
  position = tokens.size() - 1;
  isAbandoned = true;
  return good = false;
}

bool Parser::adopt(ast::Expr &parent, const ast::ExprPtr &child) {
  parent.height = std::max(parent.height, child->height + 1);
  if (parent.height <= deepest)
    return true;
  if (parent.height == deepest + 1)
    mlir::emitError(parent.loc, "this expression is deeper than ")
        << deepest << " operations; give parts of it a name";
  return good = false;
}

bool Parser::adopt(ast::Expr &parent, ArrayRef<ast::Argument> arguments) {
  return llvm::all_of(arguments, [&](const ast::Argument &argument) {
    return adopt(parent, argument.value);
  });
}

ast::ExprPtr Parser::parseLoneExpr() {
  ast::ExprPtr expr = parseExpr();
  if (expr && peek().kind == Token::Kind::End)
    ++position;
  if (expr && peek().kind != Token::Kind::Eof) {
    fail("nothing more");
    return nullptr;
  }
  return good ? std::move(expr) : nullptr;
}

} // namespace gan::frontend
