// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Tokens to the syntax tree, by recursive descent. A mistake is reported once;
// parsing goes on at the next statement.
#ifndef GAN_FRONTEND_PARSER_H
#define GAN_FRONTEND_PARSER_H

#include "frontend/Ast.h"
#include "frontend/Lexer.h"

#include "mlir/IR/Diagnostics.h"

namespace gan::frontend {

class Parser {
public:
  Parser(llvm::StringRef text, llvm::StringRef file,
         mlir::MLIRContext *context);

  // The whole file; nothing after reports.
  std::optional<ast::File> parseFile();
  // One expression and nothing behind it, as the value of --set; null after a
  // report.
  ast::ExprPtr parseLoneExpr();

private:
  // ParserExpressions.cpp, ParserLists.cpp; null after a report
  ast::ExprPtr parseExpr();
  ast::ExprPtr parseLambda();
  bool startsLambda() const;
  ast::ExprPtr parsePipe();
  ast::ExprPtr parseOr();
  ast::ExprPtr parseAnd();
  ast::ExprPtr parseNot();
  ast::ExprPtr parseCompare();
  ast::ExprPtr parseRange();
  ast::ExprPtr parseSum();
  ast::ExprPtr parseTerm();
  ast::ExprPtr parseUnary();
  ast::ExprPtr parsePower();
  ast::ExprPtr parseNamed();
  ast::ExprPtr parsePostfix();
  ast::ExprPtr parsePrimary();
  ast::ExprPtr parseNumber();
  // left-associative chain of the operators at hand
  ast::ExprPtr parseChain(ast::ExprPtr (Parser::*operand)(),
                          llvm::ArrayRef<llvm::StringRef> operators);
  ast::ExprPtr makeBinary(const Token &op, ast::ExprPtr left,
                          ast::ExprPtr right);
  ast::ExprPtr applyPipe(ast::ExprPtr left, ast::ExprPtr right);
  // Counts `child` in the height of `parent`; false after a report.
  bool adopt(ast::Expr &parent, const ast::ExprPtr &child);
  bool adopt(ast::Expr &parent, llvm::ArrayRef<ast::Argument> arguments);
  bool parseArguments(std::vector<ast::Argument> &arguments);
  bool parsePath(ast::Path &path);
  bool parseNames(std::vector<ast::Name> &names);
  bool parseName(ast::Name &name);
  bool parseParameters(std::vector<ast::Parameter> &parameters);
  bool parseParameter(ast::Parameter &parameter);

  // ParserStatements.cpp, ParserModels.cpp
  using Item = ast::StmtPtr (Parser::*)();
  ast::StmtPtr parseItem();
  ast::StmtPtr parseStmt();
  ast::StmtPtr parseMove();
  bool parseBlock(ast::Block &block, Item item);
  bool parseBody(ast::Body &body);
  ast::StmtPtr parseLet();
  ast::StmtPtr parseFunction();
  ast::StmtPtr parseDraw();
  ast::StmtPtr parseIf(Item item);
  ast::StmtPtr parseFor(Item item);
  ast::StmtPtr parseStorage();
  ast::StmtPtr parseAssign();
  ast::StmtPtr parseReturn();
  ast::StmtPtr parseTrains();
  ast::StmtPtr parseMinimize();
  ast::StmtPtr parseNetwork();
  ast::StmtPtr parseData();
  ast::StmtPtr parsePlayer();
  ast::StmtPtr parsePhase();
  ast::StmtPtr parseOutput();
  bool parseModel(ast::ModelDecl &model);
  void recover(size_t start);

  // Parser.cpp
  const Token &peek(size_t ahead = 0) const;
  bool at(llvm::StringRef text) const { return peek().is(text); }
  bool accept(llvm::StringRef text);
  bool expect(llvm::StringRef text);
  bool expectEnd();
  Token take() { return tokens[position++]; }
  mlir::Location getLoc(const Token &token) const;
  mlir::Location getLoc() const { return getLoc(peek()); }
  // Reports what was wanted and what was found; always false.
  bool fail(const llvm::Twine &wanted);

  // Whether one more thing may open inside of those that are open; false after
  // a report. `Nested` closes it.
  bool opens();
  struct Nested {
    explicit Nested(Parser &parser) : depth(parser.depth) { ++depth; }
    ~Nested() { --depth; }
    int &depth;
  };

  std::string file;
  mlir::MLIRContext *context;
  std::vector<Token> tokens;
  size_t position = 0;
  int depth = 0;
  bool good = true;
  bool isAbandoned = false; // nothing more is worth a report
};

} // namespace gan::frontend

#endif // GAN_FRONTEND_PARSER_H
