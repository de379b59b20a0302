// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The syntax tree of a `.gan` file: what stands in the text, nothing of what it
// means. Every node knows its place.
#ifndef GAN_FRONTEND_AST_H
#define GAN_FRONTEND_AST_H

#include "mlir/IR/Location.h"
#include "llvm/Support/Casting.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace gan::frontend::ast {

// The root of all nodes; `Kind` and `classof` serve isa, cast and dyn_cast.
struct Expr {
  enum class Kind {
    Name,
    Int,
    Float,
    String,
    Bool,
    List,
    Call,
    Index,
    Member,
    Unary,
    Binary,
    Conditional,
    Lambda,
    Label
  };
  Expr(Kind kind, mlir::Location loc) : kind(kind), loc(loc) {}
  virtual ~Expr() = default;
  Kind kind;
  mlir::Location loc;
  int height = 1; // of the tree below: the parser bounds it
};
using ExprPtr = std::unique_ptr<Expr>;

template <Expr::Kind K> struct ExprOf : Expr {
  explicit ExprOf(mlir::Location loc) : Expr(K, loc) {}
  static bool classof(const Expr *expr) { return expr->kind == K; }
};

// `_` discards: it is the name "_".
struct Name {
  std::string text;
  mlir::Location loc;
};

// path = NAME { "." NAME | "[" expr "]" } .
struct PathSegment {
  std::string name; // empty: an index
  ExprPtr index;
};
struct Path {
  mlir::Location loc;
  std::vector<PathSegment> segments;
};

// arg = [ NAME ":" ] expr .
struct Argument {
  std::string name; // empty: positional
  mlir::Location loc;
  ExprPtr value;
};

struct NameExpr : ExprOf<Expr::Kind::Name> {
  using ExprOf::ExprOf;
  std::string name;
};
struct IntExpr : ExprOf<Expr::Kind::Int> {
  using ExprOf::ExprOf;
  int64_t value = 0;
};
struct FloatExpr : ExprOf<Expr::Kind::Float> {
  using ExprOf::ExprOf;
  double value = 0;
};
struct StringExpr : ExprOf<Expr::Kind::String> {
  using ExprOf::ExprOf;
  std::string value;
};
struct BoolExpr : ExprOf<Expr::Kind::Bool> {
  using ExprOf::ExprOf;
  bool value = false;
};
struct ListExpr : ExprOf<Expr::Kind::List> {
  using ExprOf::ExprOf;
  std::vector<ExprPtr> items;
};
// The location is that of the callee: `x |> f(a)` is a call at `f` whose first
// argument is `x`.
struct CallExpr : ExprOf<Expr::Kind::Call> {
  using ExprOf::ExprOf;
  ExprPtr callee;
  std::vector<Argument> arguments;
};
struct IndexExpr : ExprOf<Expr::Kind::Index> {
  using ExprOf::ExprOf;
  ExprPtr base, index;
};
struct MemberExpr : ExprOf<Expr::Kind::Member> {
  using ExprOf::ExprOf;
  ExprPtr base;
  std::string member;
};
// "-" or "not".
struct UnaryExpr : ExprOf<Expr::Kind::Unary> {
  using ExprOf::ExprOf;
  std::string op;
  ExprPtr operand;
};
// The operator as written: arithmetic, comparison, "and", "or", "..".
struct BinaryExpr : ExprOf<Expr::Kind::Binary> {
  using ExprOf::ExprOf;
  std::string op;
  ExprPtr left, right;
};
struct ConditionalExpr : ExprOf<Expr::Kind::Conditional> {
  using ExprOf::ExprOf;
  ExprPtr condition, thenValue, elseValue;
};
struct LambdaExpr : ExprOf<Expr::Kind::Lambda> {
  using ExprOf::ExprOf;
  std::vector<Name> parameters;
  ExprPtr body;
};
// base `as` path.
struct LabelExpr : ExprOf<Expr::Kind::Label> {
  explicit LabelExpr(mlir::Location loc) : ExprOf(loc), path{loc, {}} {}
  ExprPtr base;
  Path path;
};

// param = NAME [ ":" ( NAME | "[" [ dim { "," dim } ] "]" ) ] [ "=" expr ] .
struct Parameter {
  Name name;
  std::string type; // int, float, bool, string, list; or empty
  std::optional<std::vector<ExprPtr>> shape =
      {}; // a pattern; a last null: "..."
  ExprPtr defaultValue = nullptr;
};

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
