// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The expressions of the syntax tree, and what they are made of: names, paths,
// arguments, parameters. Every node knows its place.
#ifndef GAN_FRONTEND_ASTEXPR_H
#define GAN_FRONTEND_ASTEXPR_H

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

} // namespace gan::frontend::ast

#endif // GAN_FRONTEND_ASTEXPR_H
