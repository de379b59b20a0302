// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Expressions and statements of bodies: their names, and where they stand.
#include "frontend/Checker.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using llvm::StringRef;

namespace gan::frontend {

void Checker::checkArguments(ArrayRef<ast::Argument> arguments, Names &names) {
  for (const ast::Argument &argument : arguments)
    checkExpr(argument.value.get(), names);
}

void Checker::checkPath(const ast::Path &path, Names &names) {
  for (const ast::PathSegment &segment : path.segments)
    checkExpr(segment.index.get(), names);
}

void Checker::checkExpr(const ast::Expr *expr, Names &names) {
  if (!expr)
    return;
  llvm::TypeSwitch<const ast::Expr *>(expr)
      .Case([&](const ast::NameExpr *e) { resolve(e->name, e->loc, names); })
      .Case([&](const ast::ListExpr *e) {
        for (const ast::ExprPtr &item : e->items)
          checkExpr(item.get(), names);
      })
      .Case([&](const ast::CallExpr *e) {
        checkExpr(e->callee.get(), names);
        checkArguments(e->arguments, names);
      })
      .Case([&](const ast::IndexExpr *e) {
        checkExpr(e->base.get(), names);
        checkExpr(e->index.get(), names);
      })
      .Case([&](const ast::MemberExpr *e) { checkExpr(e->base.get(), names); })
      .Case(
          [&](const ast::UnaryExpr *e) { checkExpr(e->operand.get(), names); })
      .Case([&](const ast::BinaryExpr *e) {
        checkExpr(e->left.get(), names);
        checkExpr(e->right.get(), names);
      })
      .Case([&](const ast::ConditionalExpr *e) {
        checkExpr(e->condition.get(), names);
        checkExpr(e->thenValue.get(), names);
        checkExpr(e->elseValue.get(), names);
      })
      .Case([&](const ast::LambdaExpr *e) {
        Names inner{.parent = &names};
        for (const ast::Name &name : e->parameters)
          declare(name.text, name.loc, inner);
        checkExpr(e->body.get(), inner);
      })
      .Case([&](const ast::LabelExpr *e) {
        checkExpr(e->base.get(), names);
        checkPath(e->path, names);
      })
      .Default([](const ast::Expr *) {});
}

// A name of a shape pattern that is not yet visible is bound by it.
void Checker::checkParameters(ArrayRef<ast::Parameter> parameters,
                              Names &names) {
  for (const ast::Parameter &parameter : parameters) {
    checkExpr(parameter.defaultValue.get(), names);
    if (parameter.shape)
      for (const ast::ExprPtr &dim : *parameter.shape) {
        const auto *name = dyn_cast_or_null<ast::NameExpr>(dim.get());
        if (name && !find(name->name, names))
          declare(name->name, name->loc, names);
        else
          checkExpr(dim.get(), names);
      }
    declare(parameter.name.text, parameter.name.loc, names);
  }
}

void Checker::checkFunction(const ast::Stmt &declaration,
                            ArrayRef<ast::Parameter> parameters,
                            const ast::Body &body, Names &names, Owner owner) {
  const ast::Stmt *outer = std::exchange(current, &declaration);
  Names inner{.parent = &names};
  checkParameters(parameters, inner);
  if (body.expr)
    checkExpr(body.expr.get(), inner);
  else
    checkBlock(body.block, inner, owner);
  current = outer;
}

void Checker::checkBlock(const ast::Block &block, Names &names, Owner owner) {
  for (const ast::StmtPtr &stmt : block)
    checkStmt(*stmt, names, owner);
}

// param, return: fn, network. state: fn, network, player. trains, minimize:
// player.
void Checker::checkPlace(const ast::Stmt &stmt, Owner owner) {
  bool isLayer = owner == Owner::Function || owner == Owner::Network;
  const auto *storage = dyn_cast<ast::StorageStmt>(&stmt);
  if (storage && storage->isParam && !isLayer)
    fail(stmt.loc, "'param' stands in a function or a network");
  if (isa<ast::ReturnStmt>(&stmt) && !isLayer)
    fail(stmt.loc, "'return' stands in a function or a network");
  if (isa<ast::TrainsStmt>(&stmt) && owner != Owner::Player)
    fail(stmt.loc, "'trains' stands in a player");
  if (isa<ast::MinimizeStmt>(&stmt) && owner != Owner::Player)
    fail(stmt.loc, "'minimize' stands in a player");
}

void Checker::checkMinimize(const ast::MinimizeStmt &stmt, Names &names) {
  checkExpr(stmt.loss.get(), names);
  checkExpr(stmt.afterCount.get(), names);
  if (stmt.afterCount)
    resolve(stmt.afterPlayer, stmt.loc, names);
  checkArguments(stmt.afterArguments, names);
  checkExpr(stmt.condition.get(), names);
}

void Checker::checkStmt(const ast::Stmt &stmt, Names &names, Owner owner) {
  checkPlace(stmt, owner);
  llvm::TypeSwitch<const ast::Stmt *>(&stmt)
      .Case([&](const ast::LetStmt *s) {
        checkExpr(s->value.get(), names);
        declareItem(*s, names);
      })
      .Case([&](const ast::FunctionDecl *s) {
        declareItem(*s, names);
        checkFunction(*s, s->parameters, s->body, names, Owner::Function);
      })
      .Case([&](const ast::DrawStmt *s) {
        checkExpr(s->shape.get(), names);
        checkExpr(s->distribution.get(), names);
        declareItem(*s, names);
      })
      .Case([&](const ast::IfStmt *s) {
        checkExpr(s->condition.get(), names);
        for (const ast::Block *block : {&s->thenBlock, &s->elseBlock}) {
          Names inner{.parent = &names};
          checkBlock(*block, inner, owner);
        }
      })
      .Case([&](const ast::ForStmt *s) {
        checkExpr(s->list.get(), names);
        Names inner{.parent = &names};
        for (const ast::Name &name : s->names)
          declare(name.text, name.loc, inner);
        checkBlock(s->body, inner, owner);
      })
      .Case([&](const ast::StorageStmt *s) {
        checkExpr(s->shape.get(), names);
        checkExpr(s->init.get(), names);
        if (s->path)
          checkPath(*s->path, names);
        declare(s->name, s->loc, names);
      })
      .Case([&](const ast::AssignStmt *s) {
        checkExpr(s->target.get(), names);
        checkExpr(s->value.get(), names);
      })
      .Case([&](const ast::ReturnStmt *s) {
        for (const ast::ExprPtr &value : s->values)
          checkExpr(value.get(), names);
      })
      .Case([&](const ast::TrainsStmt *s) {
        for (const ast::ExprPtr &target : s->targets)
          checkExpr(target.get(), names);
        for (const ast::ExprPtr &stage : s->stages)
          checkExpr(stage.get(), names);
      })
      .Case([&](const ast::MinimizeStmt *s) { checkMinimize(*s, names); })
      .Default([](const ast::Stmt *) {});
}

} // namespace gan::frontend
