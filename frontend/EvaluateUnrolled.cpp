// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// `minimize e after k P`: the moves of P that e looks through. They stand in
// front of e as if they were made, and are taken back behind it.
#include "frontend/Evaluator.h"

using namespace mlir;
using namespace gan;

namespace gan::frontend {

bool Unrolled::holds(Version version) const {
  return version.second && (!start || start->isBeforeInBlock(version.second));
}

// The player behind `after`, and how often it moves; nothing after a report.
std::optional<std::pair<Player *, int64_t>>
Evaluator::evaluateAfter(const ast::MinimizeStmt &stmt, Scope &scope) {
  Site site = getSite(stmt.loc);
  Value count = evaluate(*stmt.afterCount, scope);
  Binding *binding = lookup(stmt.afterPlayer, scope, site);
  if (count.isPoison() || !binding)
    return std::nullopt;
  const auto *number = count.getIf<int64_t>();
  if (!number || *number < 0) {
    getSite(stmt.afterCount->loc)
            .error("'after' needs an int from 0 on that is known when "
                   "compiling, but found ")
        << spell(count);
    return std::nullopt;
  }
  const auto *mover = binding->value.getIf<Player *>();
  if (!mover) {
    site.error("'" + stmt.afterPlayer + "' is no player");
    return std::nullopt;
  }
  if (llvm::is_contained(moving, *mover)) {
    site.error("recursion: '" + stmt.afterPlayer +
               "' moves inside of its own move");
    return std::nullopt;
  }
  return std::pair(*mover, *number);
}

// What both train would have two updates to go through.
bool Evaluator::checkUnrolled(const Player &mover, const Site &site) {
  auto owners = assignClauses();
  if (!owners)
    return false;
  for (auto &[storage, index] : *owners)
    if (mover.trained.contains(storage)) {
      site.error("'") << mover.name << "' trains '" << storage->path
                      << "', which '" << function->move.player->name
                      << "' trains too, so it cannot stand behind 'after'";
      return false;
    }
  return true;
}

// Stores what `storages` held behind `start`, or where the function begins.
void Evaluator::putBack(ArrayRef<StringAttr> storages, Operation *start,
                        const Site &site) {
  OpBuilder &builder = function->builder;
  OpBuilder before = builder;
  if (start)
    before.setInsertionPointAfter(start);
  else
    before.setInsertionPointToStart(builder.getBlock());
  Location loc = site.getOpLocation();
  for (StringAttr name : storages) {
    auto storage = cast<StorageOp>(SymbolTable::lookupSymbolIn(model, name));
    auto old = LoadOp::create(before, loc, storage.getType(),
                              FlatSymbolRefAttr::get(name));
    StoreOp::create(builder, loc, old, old.getStorageAttr());
  }
}

std::optional<Unrolled> Evaluator::openUnrolled(const ast::MinimizeStmt &stmt,
                                                Scope &scope) {
  Site site = getSite(stmt.loc);
  auto after = evaluateAfter(stmt, scope);
  auto given = evaluateArguments(stmt.afterArguments, scope);
  if (!after || !given)
    return std::nullopt;
  auto [mover, count] = *after;
  Block &block = *function->builder.getBlock();
  Unrolled result{.start = block.empty() ? nullptr : &block.back(),
                  .site = site};
  MoveState outer = std::exchange(function->move, MoveState());
  for (int64_t move = 0; move < count && spend(1, stmt.loc); ++move) {
    function->move = MoveState();
    function->move.isKept = false;
    function->move.start = block.empty() ? nullptr : &block.back();
    runMove(*mover, *given, site);
  }
  function->move = std::move(outer);
  result.values = function->move.values;
  result.late = function->move.late;
  if (count > 0 && !checkUnrolled(*mover, site))
    return std::nullopt;
  // Definitions of the model mean the new parameters behind the moves; data
  // and draws stay.
  llvm::SmallVector<const Binding *> lets;
  for (auto &[binding, value] : result.values)
    if (binding->kind == Binding::Kind::Let)
      lets.push_back(binding);
  for (const Binding *let : lets)
    function->move.values.erase(let);
  SmallVector<StringAttr> states;
  for (StringAttr name : reachability->getStored(block, result.start)) {
    auto storage = cast<StorageOp>(SymbolTable::lookupSymbolIn(model, name));
    bool isState = storage.getKind() == StorageKind::State;
    (isState ? states : result.changed).push_back(name);
  }
  putBack(states, result.start, site);
  return result;
}

void Evaluator::closeUnrolled(Unrolled &unrolled) {
  putBack(unrolled.changed, unrolled.start, unrolled.site);
  function->move.values = std::move(unrolled.values);
  function->move.late = std::move(unrolled.late);
}

} // namespace gan::frontend
