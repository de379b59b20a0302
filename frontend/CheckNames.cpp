// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Names: declared, found, and calling each other.
#include "frontend/Builtin.h"
#include "frontend/Checker.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using llvm::StringRef;

namespace gan::frontend {

void Checker::declareBuiltins() {
  for (ArrayRef<Builtin> family : getBuiltinFamilies())
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

} // namespace gan::frontend
