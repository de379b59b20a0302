// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Files, items of models and moves of phases; each function shows its
// production of the grammar.
#include "frontend/Parser.h"

using namespace mlir;
using llvm::StringRef;

namespace gan::frontend {

// "network" NAME ( params body | "=" expr END )
ast::StmtPtr Parser::parseNetwork() {
  Token head = take();
  ast::Name name{"", getLoc()};
  auto stmt = std::make_unique<ast::NetworkDecl>(getLoc());
  stmt->comment = head.comment;
  if (!parseName(name))
    return nullptr;
  stmt->name = name.text;
  stmt->hasParameters = at("(");
  if (stmt->hasParameters ? !parseParameters(stmt->parameters) : !at("=")) {
    if (!stmt->hasParameters)
      fail("'(' or '='");
    return nullptr;
  }
  return parseBody(stmt->body) ? std::move(stmt) : nullptr;
}

// "data" NAME "{" { NAME ":" NAME args END } "}"
ast::StmtPtr Parser::parseData() {
  Token head = take();
  ast::Name name{"", getLoc()};
  auto stmt = std::make_unique<ast::DataDecl>(getLoc());
  stmt->comment = head.comment;
  if (!parseName(name) || !expect("{"))
    return nullptr;
  stmt->name = name.text;
  while (!at("}")) {
    ast::DataField field{{"", getLoc()}, {"", getLoc()}, {}};
    if (!parseName(field.name) || !expect(":") || !parseName(field.kind) ||
        !parseArguments(field.arguments) || !expectEnd())
      return nullptr;
    stmt->fields.push_back(std::move(field));
  }
  return expect("}") ? std::move(stmt) : nullptr;
}

// "player" NAME [ params ] block
ast::StmtPtr Parser::parsePlayer() {
  Token head = take();
  ast::Name name{"", getLoc()};
  auto stmt = std::make_unique<ast::PlayerDecl>(getLoc());
  stmt->comment = head.comment;
  if (!parseName(name) || (at("(") && !parseParameters(stmt->parameters)) ||
      !parseBlock(stmt->body, &Parser::parseStmt))
    return nullptr;
  stmt->name = name.text;
  return stmt;
}

// "phase" path args "{" { move } "}"
ast::StmtPtr Parser::parsePhase() {
  Token head = take();
  auto stmt = std::make_unique<ast::PhaseDecl>(getLoc());
  stmt->comment = head.comment;
  if (!parsePath(stmt->path) || !parseArguments(stmt->arguments) ||
      !parseBlock(stmt->moves, &Parser::parseMove))
    return nullptr;
  return stmt;
}

// "output" NAME "=" expr END
ast::StmtPtr Parser::parseOutput() {
  Token head = take();
  ast::Name name{"", getLoc()};
  auto stmt = std::make_unique<ast::OutputDecl>(getLoc());
  stmt->comment = head.comment;
  if (!parseName(name) || !expect("=") || !(stmt->value = parseExpr()) ||
      !expectEnd())
    return nullptr;
  stmt->name = name.text;
  return stmt;
}

ast::StmtPtr Parser::parseItem() {
  if (at("let"))
    return parseLet();
  if (at("fn"))
    return parseFunction();
  if (at("draw"))
    return parseDraw();
  if (at("network"))
    return parseNetwork();
  if (at("data"))
    return parseData();
  if (at("player"))
    return parsePlayer();
  if (at("phase"))
    return parsePhase();
  if (at("output"))
    return parseOutput();
  if (at("for"))
    return parseFor(&Parser::parseItem);
  if (at("if"))
    return parseIf(&Parser::parseItem);
  fail("a declaration of the model");
  return nullptr;
}

// move = NAME [ args ] END | ( "repeat" expr | "together" | "for" names "in"
// expr ) "{" { move } "}" | if .
ast::StmtPtr Parser::parseMove() {
  if (at("for"))
    return parseFor(&Parser::parseMove);
  if (at("if"))
    return parseIf(&Parser::parseMove);
  if (at("repeat")) {
    auto move = std::make_unique<ast::RepeatMove>(getLoc(take()));
    if (!(move->count = parseExpr()) ||
        !parseBlock(move->moves, &Parser::parseMove))
      return nullptr;
    return move;
  }
  if (at("together")) {
    auto move = std::make_unique<ast::TogetherMove>(getLoc(take()));
    return parseBlock(move->moves, &Parser::parseMove) ? std::move(move)
                                                       : nullptr;
  }
  ast::Name name{"", getLoc()};
  auto move = std::make_unique<ast::PlayMove>(getLoc());
  if (!parseName(name) || (at("(") && !parseArguments(move->arguments)) ||
      !expectEnd())
    return nullptr;
  move->player = name.text;
  return move;
}

// "model" NAME [ params ] "{" { item } "}"
bool Parser::parseModel(ast::ModelDecl &model) {
  model.comment = take().comment;
  return parseName(model.name) &&
         (!at("(") || parseParameters(model.parameters)) &&
         parseBlock(model.items, &Parser::parseItem);
}

// file = { "import" STRING END | let | fn | "model" NAME [ params ] "{" { item
// } "}" } .
std::optional<ast::File> Parser::parseFile() {
  if (!good) // What the lexer dropped would only be reported again.
    return std::nullopt;
  ast::File result;
  result.name = file;
  while (peek().kind != Token::Kind::Eof) {
    size_t start = position;
    bool parsed = false;
    if (at("import")) {
      take();
      Location loc = getLoc();
      if (peek().kind != Token::Kind::String) {
        fail("the name of a file, as in \"std\"");
      } else {
        result.imports.push_back({loc, take().text.str()});
        parsed = expectEnd();
      }
    } else if (at("let") || at("fn")) {
      ast::StmtPtr stmt = at("let") ? parseLet() : parseFunction();
      parsed = stmt != nullptr;
      if (parsed)
        result.declarations.push_back(std::move(stmt));
    } else if (at("model")) {
      if (result.model) {
        mlir::emitError(getLoc(), "a file has one model");
        good = false;
      }
      result.model.emplace(ast::ModelDecl{.name = {"", getLoc()}});
      parsed = parseModel(*result.model);
    } else {
      fail("'import', 'let', 'fn' or 'model'");
    }
    if (!parsed)
      recover(start);
    if (position == start)
      ++position;
  }
  if (!good)
    return std::nullopt;
  return result;
}

} // namespace gan::frontend
