// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The walk behind `check` of Sema.h: one object checks all files of a program.
#ifndef GAN_FRONTEND_CHECKER_H
#define GAN_FRONTEND_CHECKER_H

#include "frontend/Sema.h"

#include "mlir/IR/Diagnostics.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/StringMap.h"

#include <deque>

namespace gan::frontend {

// What a body belongs to: decides which statements may stand in it.
enum class Owner { Function, Network, Player, Model };

struct Declared {
  std::optional<mlir::Location> loc;   // nothing: built in
  const ast::Stmt *callable = nullptr; // a function or network
};

struct Names {
  Names *parent = nullptr;
  std::vector<Names *> imports = {};
  llvm::StringMap<Declared> names = llvm::StringMap<Declared>();
};

class Checker {
public:
  bool run(llvm::ArrayRef<LoadedFile> files);

private:
  void declareBuiltins();
  void declare(llvm::StringRef name, mlir::Location loc, Names &names,
               const ast::Stmt *callable = nullptr);
  void declareItem(const ast::Stmt &item, Names &names);
  const Declared *find(llvm::StringRef name, const Names &names) const;
  void resolve(llvm::StringRef name, mlir::Location loc, Names &names);

  void checkModel(const ast::ModelDecl &model, Names &file);
  void checkItem(const ast::Stmt &item, Names &names, bool isNested);
  void checkItems(const ast::Block &items, Names &names);
  void checkMoves(const ast::Block &moves, Names &names);
  void checkMove(const ast::Stmt &move, Names &names);
  void checkBlock(const ast::Block &block, Names &names, Owner owner);
  void checkStmt(const ast::Stmt &stmt, Names &names, Owner owner);
  void checkMinimize(const ast::MinimizeStmt &stmt, Names &names);
  void checkPlace(const ast::Stmt &stmt, Owner owner);
  void checkFunction(const ast::Stmt &declaration,
                     llvm::ArrayRef<ast::Parameter> parameters,
                     const ast::Body &body, Names &names, Owner owner);
  void checkParameters(llvm::ArrayRef<ast::Parameter> parameters, Names &names);
  void checkExpr(const ast::Expr *expr, Names &names);
  void checkArguments(llvm::ArrayRef<ast::Argument> arguments, Names &names);
  void checkPath(const ast::Path &path, Names &names);
  void checkRecursion();
  std::string findSimilar(llvm::StringRef name, const Names &names) const;
  void fail(mlir::Location loc, const llvm::Twine &message) {
    mlir::emitError(loc, message);
    good = false;
  }

  struct Use {
    const ast::Stmt *callee;
    mlir::Location loc;
    std::string name;
  };
  Names builtins;
  std::deque<Names> files;
  const ast::Stmt *current = nullptr; // the function or network being checked
  llvm::MapVector<const ast::Stmt *, std::vector<Use>> uses;
  bool good = true;
};

} // namespace gan::frontend

#endif // GAN_FRONTEND_CHECKER_H
