// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Expressions, loosest first; each function shows its production of the
// grammar.
#include "frontend/Parser.h"

#include <cmath>

using namespace mlir;
using llvm::StringRef;

namespace gan::frontend {

// expr = lambda | "if" expr "then" expr "else" expr | pipe .
ast::ExprPtr Parser::parseExpr() {
  if (!opens())
    return nullptr;
  Nested nested(*this);
  if (startsLambda())
    return parseLambda();
  if (!at("if"))
    return parsePipe();
  auto expr = std::make_unique<ast::ConditionalExpr>(getLoc(take()));
  if (!(expr->condition = parseExpr()) || !expect("then") ||
      !(expr->thenValue = parseExpr()) || !expect("else") ||
      !(expr->elseValue = parseExpr()) || !adopt(*expr, expr->condition) ||
      !adopt(*expr, expr->thenValue) || !adopt(*expr, expr->elseValue))
    return nullptr;
  return expr;
}

// `(` starts a lambda if `( names ) =>` follows.
bool Parser::startsLambda() const {
  if (peek().kind == Token::Kind::Name)
    return peek(1).is("=>");
  if (!at("("))
    return false;
  size_t ahead = 1;
  while (peek(ahead).kind == Token::Kind::Name && peek(ahead + 1).is(","))
    ahead += 2;
  return peek(ahead).kind == Token::Kind::Name && peek(ahead + 1).is(")") &&
         peek(ahead + 2).is("=>");
}

// lambda = ( NAME | "(" names ")" ) "=>" expr .
ast::ExprPtr Parser::parseLambda() {
  auto expr = std::make_unique<ast::LambdaExpr>(getLoc());
  bool isList = accept("(");
  if (!parseNames(expr->parameters) || (isList && !expect(")")) ||
      !expect("=>") || !(expr->body = parseExpr()) || !adopt(*expr, expr->body))
    return nullptr;
  return expr;
}

// pipe = or { "|>" named } .
ast::ExprPtr Parser::parsePipe() {
  ast::ExprPtr left = parseOr();
  while (left && accept("|>")) {
    ast::ExprPtr right = parseNamed();
    if (!right)
      return nullptr;
    left = applyPipe(std::move(left), std::move(right));
  }
  return left;
}

// x |> f(a) is f(x, a); x |> f is f(x); a label stays outside.
ast::ExprPtr Parser::applyPipe(ast::ExprPtr left, ast::ExprPtr right) {
  if (auto *label = dyn_cast<ast::LabelExpr>(right.get())) {
    label->base = applyPipe(std::move(left), std::move(label->base));
    return label->base && adopt(*label, label->base) ? std::move(right)
                                                     : nullptr;
  }
  ast::Argument first{"", left->loc, std::move(left)};
  if (auto *call = dyn_cast<ast::CallExpr>(right.get())) {
    call->arguments.insert(call->arguments.begin(), std::move(first));
    return adopt(*call, call->arguments) ? std::move(right) : nullptr;
  }
  auto call = std::make_unique<ast::CallExpr>(right->loc);
  call->callee = std::move(right);
  call->arguments.push_back(std::move(first));
  if (!adopt(*call, call->callee) || !adopt(*call, call->arguments))
    return nullptr;
  return call;
}

ast::ExprPtr Parser::makeBinary(const Token &op, ast::ExprPtr left,
                                ast::ExprPtr right) {
  if (!right)
    return nullptr;
  auto expr = std::make_unique<ast::BinaryExpr>(getLoc(op));
  expr->op = op.text.str();
  expr->left = std::move(left);
  expr->right = std::move(right);
  if (!adopt(*expr, expr->left) || !adopt(*expr, expr->right))
    return nullptr;
  return expr;
}

ast::ExprPtr Parser::parseChain(ast::ExprPtr (Parser::*operand)(),
                                llvm::ArrayRef<StringRef> operators) {
  ast::ExprPtr left = (this->*operand)();
  while (left &&
         llvm::any_of(operators, [&](StringRef op) { return at(op); })) {
    Token op = take();
    left = makeBinary(op, std::move(left), (this->*operand)());
  }
  return left;
}

// or = and { "or" and } .
ast::ExprPtr Parser::parseOr() { return parseChain(&Parser::parseAnd, {"or"}); }

// and = not { "and" not } .
ast::ExprPtr Parser::parseAnd() {
  return parseChain(&Parser::parseNot, {"and"});
}

// not = "not" not | compare .
ast::ExprPtr Parser::parseNot() {
  if (!at("not"))
    return parseCompare();
  if (!opens())
    return nullptr;
  Nested nested(*this);
  auto expr = std::make_unique<ast::UnaryExpr>(getLoc(take()));
  expr->op = "not";
  expr->operand = parseNot();
  if (!expr->operand || !adopt(*expr, expr->operand))
    return nullptr;
  return expr;
}

// compare = range [ ( "==" | "!=" | "<" | "<=" | ">" | ">=" ) range ] .
ast::ExprPtr Parser::parseCompare() {
  ast::ExprPtr left = parseRange();
  for (StringRef op : {"==", "!=", "<", "<=", ">", ">="}) {
    if (!left || !at(op))
      continue;
    Token token = take();
    return makeBinary(token, std::move(left), parseRange());
  }
  return left;
}

// range = sum [ ".." sum ] .
ast::ExprPtr Parser::parseRange() {
  ast::ExprPtr left = parseSum();
  if (!left || !at(".."))
    return left;
  Token token = take();
  return makeBinary(token, std::move(left), parseSum());
}

// sum = term { ( "+" | "-" ) term } .
ast::ExprPtr Parser::parseSum() {
  return parseChain(&Parser::parseTerm, {"+", "-"});
}

// term = unary { ( "*" | "/" | "//" | "%" ) unary } .
ast::ExprPtr Parser::parseTerm() {
  return parseChain(&Parser::parseUnary, {"*", "/", "//", "%"});
}

// unary = "-" unary | power .
ast::ExprPtr Parser::parseUnary() {
  if (!at("-"))
    return parsePower();
  if (!opens())
    return nullptr;
  Nested nested(*this);
  auto expr = std::make_unique<ast::UnaryExpr>(getLoc(take()));
  expr->op = "-";
  expr->operand = parseUnary();
  if (!expr->operand || !adopt(*expr, expr->operand))
    return nullptr;
  return expr;
}

// power = named [ "^" unary ] .
ast::ExprPtr Parser::parsePower() {
  ast::ExprPtr left = parseNamed();
  if (!left || !at("^"))
    return left;
  if (!opens())
    return nullptr;
  Nested nested(*this);
  Token token = take();
  return makeBinary(token, std::move(left), parseUnary());
}

// named = postfix [ "as" path ] .
ast::ExprPtr Parser::parseNamed() {
  ast::ExprPtr base = parsePostfix();
  if (!base || !at("as"))
    return base;
  auto expr = std::make_unique<ast::LabelExpr>(getLoc(take()));
  expr->base = std::move(base);
  if (!parsePath(expr->path) || !adopt(*expr, expr->base))
    return nullptr;
  return expr;
}

// postfix = primary { args | "[" expr "]" | "." NAME } .
ast::ExprPtr Parser::parsePostfix() {
  ast::ExprPtr base = parsePrimary();
  while (base) {
    if (at("(")) {
      auto call = std::make_unique<ast::CallExpr>(base->loc);
      call->callee = std::move(base);
      if (!parseArguments(call->arguments) || !adopt(*call, call->callee) ||
          !adopt(*call, call->arguments))
        return nullptr;
      base = std::move(call);
    } else if (at("[")) {
      auto index = std::make_unique<ast::IndexExpr>(getLoc(take()));
      index->base = std::move(base);
      if (!(index->index = parseExpr()) || !expect("]") ||
          !adopt(*index, index->base) || !adopt(*index, index->index))
        return nullptr;
      base = std::move(index);
    } else if (accept(".")) {
      auto member = std::make_unique<ast::MemberExpr>(base->loc);
      member->base = std::move(base);
      if (peek().kind == Token::Kind::Int) {
        member->member = take().text.str();
      } else {
        ast::Name name{"", getLoc()};
        if (!parseName(name))
          return nullptr;
        member->member = name.text;
      }
      if (!adopt(*member, member->base))
        return nullptr;
      base = std::move(member);
    } else {
      break;
    }
  }
  return base;
}

ast::ExprPtr Parser::parseNumber() {
  Token token = take();
  std::string digits = token.text.str();
  llvm::erase(digits, '_');
  if (token.kind == Token::Kind::Float) {
    auto expr = std::make_unique<ast::FloatExpr>(getLoc(token));
    if (StringRef(digits).getAsDouble(expr->value) || std::isinf(expr->value)) {
      mlir::emitError(expr->loc, "this float is out of range");
      good = false;
    }
    return expr;
  }
  auto expr = std::make_unique<ast::IntExpr>(getLoc(token));
  if (StringRef(digits).getAsInteger(10, expr->value)) {
    mlir::emitError(expr->loc, "this int does not fit into 64 bits");
    good = false;
  }
  return expr;
}

// primary = NAME | INT | FLOAT | STRING | "true" | "false" | "(" expr ")" | "["
// [ expr { "," expr } [ "," ] ] "]" .
ast::ExprPtr Parser::parsePrimary() {
  const Token &token = peek();
  if (token.kind == Token::Kind::Int || token.kind == Token::Kind::Float)
    return parseNumber();
  if (token.kind == Token::Kind::Name) {
    auto expr = std::make_unique<ast::NameExpr>(getLoc());
    expr->name = take().text.str();
    return expr;
  }
  if (token.kind == Token::Kind::String) {
    auto expr = std::make_unique<ast::StringExpr>(getLoc());
    StringRef text = take().text;
    for (size_t i = 0; i < text.size(); ++i)
      expr->value +=
          text[i] == '\\' && i + 1 < text.size() ? text[++i] : text[i];
    return expr;
  }
  if (at("true") || at("false")) {
    auto expr = std::make_unique<ast::BoolExpr>(getLoc());
    expr->value = take().text == "true";
    return expr;
  }
  if (accept("(")) {
    ast::ExprPtr expr = parseExpr();
    return expr && expect(")") ? std::move(expr) : nullptr;
  }
  if (!at("[")) {
    fail("an expression");
    return nullptr;
  }
  auto list = std::make_unique<ast::ListExpr>(getLoc(take()));
  while (!at("]")) {
    ast::ExprPtr item = parseExpr();
    if (!item || !adopt(*list, item))
      return nullptr;
    list->items.push_back(std::move(item));
    if (!accept(","))
      break;
  }
  if (!expect("]"))
    return nullptr;
  return list;
}

} // namespace gan::frontend
