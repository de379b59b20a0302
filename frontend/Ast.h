// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The syntax tree of a `.gan` file: what stands in the text, nothing of what it
// means. Every node knows its place.
#ifndef GAN_FRONTEND_AST_H
#define GAN_FRONTEND_AST_H

#include "frontend/AstExpr.h"

namespace gan::frontend::ast {

struct Stmt;
using StmtPtr = std::unique_ptr<Stmt>;
using Block = std::vector<StmtPtr>;

// Statements, items and moves: what ends with END or stands between braces.
struct Stmt {
  enum class Kind {
    Let,
    Function,
    Draw,
    If,
    For,
    Storage,
    Assign,
    Return,
    Trains,
    Minimize,
    Network,
    Data,
    Player,
    Phase,
    Output,
    Play,
    Repeat,
    Together
  };
  Stmt(Kind kind, mlir::Location loc) : kind(kind), loc(loc) {}
  virtual ~Stmt() = default;
  Kind kind;
  mlir::Location loc;
};

template <Stmt::Kind K> struct StmtOf : Stmt {
  explicit StmtOf(mlir::Location loc) : Stmt(K, loc) {}
  static bool classof(const Stmt *stmt) { return stmt->kind == K; }
};

// body = "=" expr END | block .
struct Body {
  ExprPtr expr; // null: a block
  Block block;
};

struct LetStmt : StmtOf<Stmt::Kind::Let> {
  using StmtOf::StmtOf;
  std::vector<Name> names;
  ExprPtr value;
};
struct FunctionDecl : StmtOf<Stmt::Kind::Function> {
  using StmtOf::StmtOf;
  std::string name, comment;
  std::vector<Parameter> parameters;
  Body body;
};
struct DrawStmt : StmtOf<Stmt::Kind::Draw> {
  using StmtOf::StmtOf;
  std::string name;
  ExprPtr shape; // null: []
  ExprPtr distribution;
};
// Also the `if` of items and of moves; `else if` is an IfStmt alone in the else
// block.
struct IfStmt : StmtOf<Stmt::Kind::If> {
  using StmtOf::StmtOf;
  ExprPtr condition;
  Block thenBlock, elseBlock;
};
struct ForStmt : StmtOf<Stmt::Kind::For> {
  using StmtOf::StmtOf;
  std::vector<Name> names;
  ExprPtr list;
  Block body;
};
// "param" or "state".
struct StorageStmt : StmtOf<Stmt::Kind::Storage> {
  using StmtOf::StmtOf;
  bool isParam = false;
  std::string name;
  std::optional<Path> path;
  ExprPtr shape; // null: []
  ExprPtr init;
};
// target "=" value rebinds, target ":=" value stores.
struct AssignStmt : StmtOf<Stmt::Kind::Assign> {
  using StmtOf::StmtOf;
  bool isStore = false;
  ExprPtr target, value;
};
struct ReturnStmt : StmtOf<Stmt::Kind::Return> {
  using StmtOf::StmtOf;
  std::vector<ExprPtr> values;
};
struct TrainsStmt : StmtOf<Stmt::Kind::Trains> {
  using StmtOf::StmtOf;
  std::vector<ExprPtr> targets;
  std::vector<ExprPtr>
      stages; // of the `with` pipeline: names, lambdas or calls
};
struct MinimizeStmt : StmtOf<Stmt::Kind::Minimize> {
  using StmtOf::StmtOf;
  ExprPtr loss;
  ExprPtr afterCount; // null: no `after`
  std::string afterPlayer;
  std::vector<Argument> afterArguments;
  ExprPtr condition; // null: no `when`
};
struct NetworkDecl : StmtOf<Stmt::Kind::Network> {
  using StmtOf::StmtOf;
  std::string name, comment;
  bool hasParameters = false; // without: network N = copy(M)
  std::vector<Parameter> parameters;
  Body body;
};
struct DataField {
  Name name;
  Name kind;
  std::vector<Argument> arguments;
};
struct DataDecl : StmtOf<Stmt::Kind::Data> {
  using StmtOf::StmtOf;
  std::string name, comment;
  std::vector<DataField> fields;
};
struct PlayerDecl : StmtOf<Stmt::Kind::Player> {
  using StmtOf::StmtOf;
  std::string name, comment;
  std::vector<Parameter> parameters;
  Block body;
};
struct PhaseDecl : StmtOf<Stmt::Kind::Phase> {
  explicit PhaseDecl(mlir::Location loc) : StmtOf(loc), path{loc, {}} {}
  std::string comment;
  Path path;
  std::vector<Argument> arguments;
  Block moves;
};
struct OutputDecl : StmtOf<Stmt::Kind::Output> {
  using StmtOf::StmtOf;
  std::string name, comment;
  ExprPtr value;
};
struct PlayMove : StmtOf<Stmt::Kind::Play> {
  using StmtOf::StmtOf;
  std::string player;
  std::vector<Argument> arguments;
};
struct RepeatMove : StmtOf<Stmt::Kind::Repeat> {
  using StmtOf::StmtOf;
  ExprPtr count;
  Block moves;
};
struct TogetherMove : StmtOf<Stmt::Kind::Together> {
  using StmtOf::StmtOf;
  Block moves;
};

struct ModelDecl {
  Name name;
  std::string comment = {};
  std::vector<Parameter> parameters = {};
  Block items = {};
};

struct Import {
  mlir::Location loc;
  std::string name;
};

// One file: lets and functions, and at most one model.
struct File {
  std::string name;
  std::vector<Import> imports;
  Block declarations;
  std::optional<ModelDecl> model;
};

} // namespace gan::frontend::ast

#endif // GAN_FRONTEND_AST_H
