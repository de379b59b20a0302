// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Statements of bodies; each function shows its production of the grammar.
#include "frontend/Parser.h"

using namespace mlir;
using llvm::StringRef;

namespace gan::frontend {

// block = "{" { stmt } "}" ; the same for items and moves.
bool Parser::parseBlock(ast::Block &block, Item item) {
  if (!opens() || !expect("{"))
    return false;
  Nested nested(*this);
  while (!at("}") && peek().kind != Token::Kind::Eof) {
    size_t start = position;
    if (ast::StmtPtr stmt = (this->*item)()) {
      block.push_back(std::move(stmt));
    } else {
      recover(start);
      if (position == start)
        ++position;
    }
  }
  return expect("}");
}

// body = "=" expr END | block .
bool Parser::parseBody(ast::Body &body) {
  if (!accept("="))
    return parseBlock(body.block, &Parser::parseStmt);
  body.expr = parseExpr();
  return body.expr && expectEnd();
}

// let = "let" names "=" expr END .
ast::StmtPtr Parser::parseLet() {
  auto stmt = std::make_unique<ast::LetStmt>(getLoc(take()));
  if (!parseNames(stmt->names) || !expect("=") ||
      !(stmt->value = parseExpr()) || !expectEnd())
    return nullptr;
  return stmt;
}

// fn = "fn" NAME params body .
ast::StmtPtr Parser::parseFunction() {
  Token head = take();
  ast::Name name{"", getLoc()};
  auto stmt = std::make_unique<ast::FunctionDecl>(getLoc());
  stmt->comment = head.comment;
  if (!parseName(name) || !parseParameters(stmt->parameters) ||
      !parseBody(stmt->body))
    return nullptr;
  stmt->name = name.text;
  return stmt;
}

// draw = "draw" NAME [ ":" expr ] "~" expr END .
ast::StmtPtr Parser::parseDraw() {
  take();
  ast::Name name{"", getLoc()};
  auto stmt = std::make_unique<ast::DrawStmt>(getLoc());
  if (!parseName(name) || (accept(":") && !(stmt->shape = parseExpr())) ||
      !expect("~") || !(stmt->distribution = parseExpr()) || !expectEnd())
    return nullptr;
  stmt->name = name.text;
  return stmt;
}

// if = "if" expr block [ "else" ( block | if ) ] .
ast::StmtPtr Parser::parseIf(Item item) {
  if (!opens())
    return nullptr;
  Nested nested(*this);
  auto stmt = std::make_unique<ast::IfStmt>(getLoc(take()));
  if (!(stmt->condition = parseExpr()) || !parseBlock(stmt->thenBlock, item))
    return nullptr;
  if (!accept("else"))
    return stmt;
  if (!at("if"))
    return parseBlock(stmt->elseBlock, item) ? std::move(stmt) : nullptr;
  ast::StmtPtr other = parseIf(item);
  if (!other)
    return nullptr;
  stmt->elseBlock.push_back(std::move(other));
  return stmt;
}

// "for" names "in" expr block
ast::StmtPtr Parser::parseFor(Item item) {
  auto stmt = std::make_unique<ast::ForStmt>(getLoc(take()));
  if (!parseNames(stmt->names) || !expect("in") ||
      !(stmt->list = parseExpr()) || !parseBlock(stmt->body, item))
    return nullptr;
  return stmt;
}

// ( "param" | "state" ) NAME [ "as" path ] [ ":" expr ] "=" expr END
ast::StmtPtr Parser::parseStorage() {
  bool isParam = take().text == "param";
  ast::Name name{"", getLoc()};
  auto stmt = std::make_unique<ast::StorageStmt>(getLoc());
  stmt->isParam = isParam;
  if (!parseName(name))
    return nullptr;
  stmt->name = name.text;
  if (accept("as")) {
    stmt->path.emplace(ast::Path{getLoc(), {}});
    if (!parsePath(*stmt->path))
      return nullptr;
  }
  if ((accept(":") && !(stmt->shape = parseExpr())) || !expect("=") ||
      !(stmt->init = parseExpr()) || !expectEnd())
    return nullptr;
  return stmt;
}

// postfix ( "=" | ":=" ) expr END
ast::StmtPtr Parser::parseAssign() {
  auto stmt = std::make_unique<ast::AssignStmt>(getLoc());
  if (!(stmt->target = parsePostfix()))
    return nullptr;
  stmt->isStore = at(":=");
  if (!accept(":=") && !accept("=")) {
    fail("'=' or ':='");
    return nullptr;
  }
  if (!(stmt->value = parseExpr()) || !expectEnd())
    return nullptr;
  return stmt;
}

// "return" expr { "," expr } END
ast::StmtPtr Parser::parseReturn() {
  auto stmt = std::make_unique<ast::ReturnStmt>(getLoc(take()));
  do {
    ast::ExprPtr value = parseExpr();
    if (!value)
      return nullptr;
    stmt->values.push_back(std::move(value));
  } while (accept(","));
  return expectEnd() ? std::move(stmt) : nullptr;
}

// "trains" expr { "," expr } "with" expr END, the last a pipeline of functions.
ast::StmtPtr Parser::parseTrains() {
  auto stmt = std::make_unique<ast::TrainsStmt>(getLoc(take()));
  do {
    ast::ExprPtr target = parseExpr();
    if (!target)
      return nullptr;
    stmt->targets.push_back(std::move(target));
  } while (accept(","));
  if (!expect("with"))
    return nullptr;
  do {
    ast::ExprPtr stage = startsLambda() ? parseLambda() : parseNamed();
    if (!stage)
      return nullptr;
    stmt->stages.push_back(std::move(stage));
  } while (accept("|>"));
  return expectEnd() ? std::move(stmt) : nullptr;
}

// "minimize" expr [ "after" expr NAME [ args ] ] [ "when" expr ] END
ast::StmtPtr Parser::parseMinimize() {
  auto stmt = std::make_unique<ast::MinimizeStmt>(getLoc(take()));
  if (!(stmt->loss = parseExpr()))
    return nullptr;
  if (accept("after")) {
    ast::Name name{"", getLoc()};
    if (!(stmt->afterCount = parseExpr()) || !parseName(name) ||
        (at("(") && !parseArguments(stmt->afterArguments)))
      return nullptr;
    stmt->afterPlayer = name.text;
  }
  if (accept("when") && !(stmt->condition = parseExpr()))
    return nullptr;
  return expectEnd() ? std::move(stmt) : nullptr;
}

ast::StmtPtr Parser::parseStmt() {
  if (at("let"))
    return parseLet();
  if (at("fn"))
    return parseFunction();
  if (at("draw"))
    return parseDraw();
  if (at("if"))
    return parseIf(&Parser::parseStmt);
  if (at("for"))
    return parseFor(&Parser::parseStmt);
  if (at("param") || at("state"))
    return parseStorage();
  if (at("return"))
    return parseReturn();
  if (at("trains"))
    return parseTrains();
  if (at("minimize"))
    return parseMinimize();
  if (peek().kind == Token::Kind::Name)
    return parseAssign();
  fail("a statement");
  return nullptr;
}

} // namespace gan::frontend
