// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Statements, items of models and moves of phases; each function shows its
// production of the grammar.
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
