// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "frontend/Sema.h"

#include "frontend/Builtin.h"

#include "mlir/IR/Diagnostics.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using llvm::StringRef;

namespace gan::frontend {

namespace {

// What a body belongs to: decides which statements may stand in it.
enum class Owner { Function, Network, Player, Model };

struct Declared {
  std::optional<Location> loc;         // nothing: built in
  const ast::Stmt *callable = nullptr; // a function or network
};

struct Names {
  Names *parent = nullptr;
  std::vector<Names *> imports = {};
  llvm::StringMap<Declared> names = llvm::StringMap<Declared>();
};

class Checker {
public:
  bool run(ArrayRef<LoadedFile> files);

private:
  void declareBuiltins();
  void declare(StringRef name, Location loc, Names &names,
               const ast::Stmt *callable = nullptr);
  void declareItem(const ast::Stmt &item, Names &names);
  const Declared *find(StringRef name, const Names &names) const;
  void resolve(StringRef name, Location loc, Names &names);

  void checkModel(const ast::ModelDecl &model, Names &file);
  void checkItem(const ast::Stmt &item, Names &names, bool isNested);
  void checkItems(const ast::Block &items, Names &names);
  void checkMoves(const ast::Block &moves, Names &names);
  void checkMove(const ast::Stmt &move, Names &names);
  void checkBlock(const ast::Block &block, Names &names, Owner owner);
  void checkStmt(const ast::Stmt &stmt, Names &names, Owner owner);
  void checkPlace(const ast::Stmt &stmt, Owner owner);
  void checkFunction(const ast::Stmt &declaration,
                     ArrayRef<ast::Parameter> parameters, const ast::Body &body,
                     Names &names, Owner owner);
  void checkParameters(ArrayRef<ast::Parameter> parameters, Names &names);
  void checkExpr(const ast::Expr *expr, Names &names);
  void checkArguments(ArrayRef<ast::Argument> arguments, Names &names);
  void checkPath(const ast::Path &path, Names &names);
  void checkRecursion();
  std::string findSimilar(StringRef name, const Names &names) const;
  void fail(Location loc, const Twine &message) {
    mlir::emitError(loc, message);
    good = false;
  }

  struct Use {
    const ast::Stmt *callee;
    Location loc;
    std::string name;
  };
  Names builtins;
  std::deque<Names> files;
  const ast::Stmt *current = nullptr; // the function or network being checked
  llvm::MapVector<const ast::Stmt *, std::vector<Use>> uses;
  bool good = true;
};

} // namespace

void Checker::declareBuiltins() {
  for (ArrayRef<Builtin> family :
       {getElementwiseBuiltins(), getReductionBuiltins(), getShapeBuiltins(),
        getContractionBuiltins(), getConstBuiltins(), getGradientBuiltins()})
    for (const Builtin &builtin : family)
      builtins.names[builtin.name];
  for (StringRef name : {"pi", "batch", "item", "training", "step", "images",
                         "epoch", "progress", "copy"})
    builtins.names[name];
}

void Checker::declare(StringRef name, Location loc, Names &names,
                      const ast::Stmt *callable) {
  if (name == "_")
    return;
  auto [entry, isNew] = names.names.try_emplace(name, Declared{loc, callable});
  if (isNew)
    return;
  good = false;
  InFlightDiagnostic error =
      mlir::emitError(loc, "'" + name + "' is declared twice");
  if (entry->second.loc)
    error.attachNote(*entry->second.loc) << "it is declared here too";
}

const Declared *Checker::find(StringRef name, const Names &names) const {
  for (const Names *at = &names; at; at = at->parent) {
    auto found = at->names.find(name);
    if (found != at->names.end())
      return &found->second;
    for (const Names *import : at->imports) {
      auto imported = import->names.find(name);
      if (imported != import->names.end())
        return &imported->second;
    }
  }
  return nullptr;
}

void Checker::resolve(StringRef name, Location loc, Names &names) {
  const Declared *declared = find(name, names);
  if (!declared && isUnsupportedBuiltin(name))
    return fail(loc, "'" + name + "' is not supported yet");
  if (!declared) {
    std::string similar = findSimilar(name, names);
    return fail(loc, "unknown name '" + name + "'" +
                         (similar.empty() ? "" : "; is it '" + similar + "'?"));
  }
  if (current && declared->callable)
    uses[current].push_back({declared->callable, loc, name.str()});
}

// The one visible name that differs by a single letter; empty if there is none,
// or several.
std::string Checker::findSimilar(StringRef name, const Names &names) const {
  std::string similar;
  int count = 0;
  auto visit = [&](const Names &scope) {
    for (StringRef other : scope.names.keys())
      if (name.size() > 3 && other != similar &&
          name.edit_distance(other, /*AllowReplacements=*/true,
                             /*MaxEditDistance=*/1) == 1) {
        similar = other.str();
        ++count;
      }
  };
  for (const Names *at = &names; at; at = at->parent) {
    visit(*at);
    for (const Names *import : at->imports)
      visit(*import);
  }
  return count == 1 ? similar : "";
}

void Checker::declareItem(const ast::Stmt &item, Names &names) {
  llvm::TypeSwitch<const ast::Stmt *>(&item)
      .Case([&](const ast::LetStmt *s) {
        for (const ast::Name &name : s->names)
          declare(name.text, name.loc, names);
      })
      .Case([&](const ast::FunctionDecl *s) {
        declare(s->name, s->loc, names, s);
      })
      .Case([&](const ast::NetworkDecl *s) {
        declare(s->name, s->loc, names, s);
      })
      .Case([&](const ast::DrawStmt *s) { declare(s->name, s->loc, names); })
      .Case([&](const ast::PlayerDecl *s) { declare(s->name, s->loc, names); })
      .Case([&](const ast::DataDecl *s) {
        declare(s->name, s->loc, names);
        for (const ast::DataField &field : s->fields)
          declare(field.name.text, field.name.loc, names);
      })
      .Default([](const ast::Stmt *) {});
}

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
      .Case([&](const ast::MinimizeStmt *s) {
        checkExpr(s->loss.get(), names);
        checkExpr(s->afterCount.get(), names);
        if (s->afterCount)
          resolve(s->afterPlayer, s->loc, names);
        checkArguments(s->afterArguments, names);
        checkExpr(s->condition.get(), names);
      })
      .Default([](const ast::Stmt *) {});
}

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

// A walk along the uses; one that leads back to a function on the way closes a
// cycle.
void Checker::checkRecursion() {
  llvm::DenseMap<const ast::Stmt *, bool> isOnTheWay; // false: done
  for (auto &[start, unused] : uses) {
    SmallVector<std::pair<const ast::Stmt *, size_t>> way = {{start, 0}};
    if (!isOnTheWay.try_emplace(start, true).second)
      continue;
    while (!way.empty()) {
      auto &[caller, next] = way.back();
      auto found = uses.find(caller);
      if (found == uses.end() || next == found->second.size()) {
        isOnTheWay[caller] = false;
        way.pop_back();
        continue;
      }
      const Use &use = found->second[next++];
      auto [callee, isNew] = isOnTheWay.try_emplace(use.callee, true);
      if (isNew)
        way.push_back({use.callee, 0});
      else if (callee->second)
        fail(use.loc, "recursion: what calls '" + use.name +
                          "' here is called by it again");
    }
  }
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
