// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "frontend/Checker.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using llvm::StringRef;

namespace gan::frontend {

void Checker::checkMoves(const ast::Block &moves, Names &names) {
  for (const ast::StmtPtr &move : moves)
    checkMove(*move, names);
}

void Checker::checkMove(const ast::Stmt &move, Names &names) {
  llvm::TypeSwitch<const ast::Stmt *>(&move)
      .Case([&](const ast::PlayMove *m) {
        resolve(m->player, m->loc, names);
        checkArguments(m->arguments, names);
      })
      .Case([&](const ast::RepeatMove *m) {
        checkExpr(m->count.get(), names);
        checkMoves(m->moves, names);
      })
      .Case([&](const ast::TogetherMove *m) { checkMoves(m->moves, names); })
      .Case([&](const ast::IfStmt *m) {
        checkExpr(m->condition.get(), names);
        checkMoves(m->thenBlock, names);
        checkMoves(m->elseBlock, names);
      })
      .Case([&](const ast::ForStmt *m) {
        checkExpr(m->list.get(), names);
        Names inner{.parent = &names};
        for (const ast::Name &name : m->names)
          declare(name.text, name.loc, inner);
        checkMoves(m->body, inner);
      });
}

void Checker::checkItems(const ast::Block &items, Names &names) {
  Names inner{.parent = &names};
  for (const ast::StmtPtr &item : items)
    declareItem(*item, inner);
  for (const ast::StmtPtr &item : items)
    checkItem(*item, inner, /*isNested=*/true);
}

void Checker::checkItem(const ast::Stmt &item, Names &names, bool isNested) {
  bool mayNest = isa<ast::LetStmt, ast::PhaseDecl, ast::OutputDecl, ast::IfStmt,
                     ast::ForStmt>(&item);
  if (isNested && !mayNest)
    return fail(item.loc,
                "a model's 'for' and 'if' hold let, phase and output");
  llvm::TypeSwitch<const ast::Stmt *>(&item)
      .Case([&](const ast::LetStmt *s) { checkExpr(s->value.get(), names); })
      .Case([&](const ast::FunctionDecl *s) {
        checkFunction(*s, s->parameters, s->body, names, Owner::Function);
      })
      .Case([&](const ast::NetworkDecl *s) {
        checkFunction(*s, s->parameters, s->body, names, Owner::Network);
      })
      .Case([&](const ast::DrawStmt *s) {
        checkExpr(s->shape.get(), names);
        checkExpr(s->distribution.get(), names);
      })
      .Case([&](const ast::DataDecl *s) {
        for (const ast::DataField &field : s->fields)
          checkArguments(field.arguments, names);
      })
      .Case([&](const ast::PlayerDecl *s) {
        Names inner{.parent = &names};
        checkParameters(s->parameters, inner);
        checkBlock(s->body, inner, Owner::Player);
      })
      .Case([&](const ast::PhaseDecl *s) {
        checkPath(s->path, names);
        checkArguments(s->arguments, names);
        checkMoves(s->moves, names);
      })
      .Case([&](const ast::OutputDecl *s) { checkExpr(s->value.get(), names); })
      .Case([&](const ast::IfStmt *s) {
        checkExpr(s->condition.get(), names);
        checkItems(s->thenBlock, names);
        checkItems(s->elseBlock, names);
      })
      .Case([&](const ast::ForStmt *s) {
        checkExpr(s->list.get(), names);
        Names inner{.parent = &names};
        for (const ast::Name &name : s->names)
          declare(name.text, name.loc, inner);
        checkItems(s->body, inner);
      });
}

void Checker::checkModel(const ast::ModelDecl &model, Names &file) {
  Names names{.parent = &file};
  checkParameters(model.parameters, names);
  for (const ast::StmtPtr &item : model.items)
    declareItem(*item, names);
  for (const ast::StmtPtr &item : model.items)
    checkItem(*item, names, /*isNested=*/false);
}

bool Checker::run(ArrayRef<LoadedFile> loaded) {
  declareBuiltins();
  for (const LoadedFile &file : loaded) {
    Names &names = files.emplace_back();
    names.parent = &builtins;
    for (const ast::StmtPtr &item : file.file->declarations)
      declareItem(*item, names);
  }
  for (auto [index, file] : llvm::enumerate(loaded)) {
    for (size_t import : file.imports)
      files[index].imports.push_back(&files[import]);
  }
  for (auto [index, file] : llvm::enumerate(loaded)) {
    for (const ast::StmtPtr &item : file.file->declarations)
      checkItem(*item, files[index], /*isNested=*/false);
    if (file.file->model && index == 0)
      checkModel(*file.file->model, files[index]);
  }
  checkRecursion();
  return good;
}

bool check(ArrayRef<LoadedFile> files) { return Checker().run(files); }

} // namespace gan::frontend
