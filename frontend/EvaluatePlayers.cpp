// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Players: what they train, and how.
#include "frontend/Evaluator.h"

#include "llvm/ADT/ScopeExit.h"

using namespace mlir;
using namespace gan;

namespace gan::frontend {

void Evaluator::runMove(Player &mover, ArrayRef<Given> given, const Site &site,
                        int64_t accumulate) {
  const ast::PlayerDecl &declaration = *mover.declaration;
  function->move.player = &mover;
  mover.hasMoved = true;
  BodyState here{.path = mover.name,
                 .stream = mover.name,
                 .layer = declaration.loc,
                 .call = mover.name,
                 .owner = mover.name,
                 .batch = function->batch};
  PlayerState clauses;
  BodyState *outerBody = std::exchange(body, &here);
  PlayerState *outerPlayer = std::exchange(player, &clauses);
  moving.push_back(&mover);
  if (accumulate > 1) {
    runAccumulated(mover, given, site, accumulate);
  } else if (Scope *scope = openBody(mover, given, site)) {
    Value nothing = Absent();
    execute(declaration.body, *scope, nothing);
    keepValues(mover, *scope);
  }
  moving.pop_back();
  body = outerBody;
  player = outerPlayer;
}

// The scope of a player's body, its parameters bound; null after a report.
Scope *Evaluator::openBody(Player &mover, ArrayRef<Given> given,
                           const Site &site) {
  Scope &scope = makeScope(mover.scope, /*isBody=*/true);
  bool isBound = bindParameters(mover.name, mover.declaration->parameters,
                                given, scope, site);
  return isBound ? &scope : nullptr;
}

// The length of the path that a target names decides between clauses: a network
// is the shortest, the name of a parameter its whole path.
static size_t getPathLength(const Value &target, const Storage &storage) {
  if (const auto *network = target.getIf<Network *>())
    return (*network)->name.size();
  const Group &part = *target.get<const Group *>();
  return part.name ? storage.path.size()
                   : part.network->name.size() + part.path.size() +
                         !part.path.empty();
}

void Evaluator::executeTrains(const ast::TrainsStmt &stmt, Scope &scope) {
  if (!player) {
    getSite(stmt.loc).error("'trains' stands in a player");
    return;
  }
  TrainsClause &clause = player->clauses.emplace_back();
  clause.statement = &stmt;
  clause.scope = &scope;
  for (const ast::ExprPtr &expr : stmt.targets) {
    Value target = evaluate(*expr, scope);
    if (target.is<Network *>() || target.is<const Group *>())
      clause.targets.push_back(target);
    else if (!target.isPoison())
      getSite(expr->loc).error("'trains' names networks or their parameters, "
                               "but this is ")
          << describe(target);
  }
}

// Logs a number of the device under the player's name.
void Evaluator::report(const Value &value, StringRef name, const Site &site) {
  const auto *tensor = value.getIf<Tensor>();
  if (!function->move.isKept || !tensor || tensor->batched ||
      tensor->getItemRank() != 0 || !tensor->isReal())
    return;
  std::string path = function->move.player->name + "." + name.str();
  if (function->move.log)
    function->move.log->emplace_back(path, *tensor);
  else
    ReportOp::create(function->builder, site.getOpLocation(), tensor->value,
                     path);
}

// A parameter belongs to the clause with the longest path to it.
std::optional<llvm::MapVector<Storage *, size_t>> Evaluator::assignClauses() {
  llvm::MapVector<Storage *, size_t> owners;
  llvm::DenseMap<Storage *, size_t> longest;
  for (auto [at, clause] : llvm::enumerate(player->clauses)) {
    Site site = getSite(clause.statement->loc);
    for (const Value &target : clause.targets)
      for (Storage *storage : requireMembers(target, site)) {
        size_t length = getPathLength(target, *storage);
        auto [owner, isNew] = owners.try_emplace(storage, at);
        if (!isNew && length == longest[storage] && owner->second != at) {
          site.error("'") << storage->path
                          << "' is trained by two clauses of this player that "
                             "name it by paths of one length";
          return std::nullopt;
        }
        if (isNew || length > longest[storage]) {
          owner->second = at;
          longest[storage] = length;
        }
      }
  }
  return owners;
}

std::optional<Tensor> Evaluator::evaluateLoss(const ast::MinimizeStmt &stmt,
                                              Scope &scope) {
  Site site = getSite(stmt.loc);
  if (player->clauses.empty()) {
    site.error("'minimize' needs 'trains' before it, but player '" +
               function->move.player->name + "' trains nothing");
    return std::nullopt;
  }
  Value value = evaluate(*stmt.loss, scope);
  if (value.isPoison())
    return std::nullopt;
  const auto *loss = value.getIf<Tensor>();
  if (!loss || loss->batched || loss->getItemRank() != 0 || !loss->isReal()) {
    getSite(stmt.loss->loc).error("a loss is one number, but this is ")
        << describe(value);
    return std::nullopt;
  }
  return *loss;
}

// Whether the present move began with a later version. What a loss takes from
// before it, as by states that an earlier move behind `after` has stored, is
// given, as it is to a move that is a function of its own.
bool Evaluator::isFromBefore(Version version) {
  Operation *start = function->move.start;
  if (!start)
    return false;
  Version first = reachability->getVersion(
      version.first, *function->builder.getBlock(), start->getNextNode());
  return first.second && version != first &&
         (!version.second || version.second->isBeforeInBlock(first.second));
}

// The parameters of each clause that the loss reaches; nothing after a report.
std::optional<std::vector<std::vector<Storage *>>>
Evaluator::chooseParameters(Tensor loss, const Unrolled *unrolled,
                            const Site &place) {
  auto owners = assignClauses();
  if (!owners)
    return std::nullopt;
  owners->remove_if(
      [](auto &entry) { return entry.first->kind != StorageKind::Param; });
  Block &block = *function->builder.getBlock();
  Versions present;
  for (auto &[storage, index] : *owners)
    present.insert(reachability->getVersion(
        StringAttr::get(context, storage->path), block));
  Versions reached = reachability->getVersions(loss.value, present);
  noteGradients(loss, present, reached, place);
  std::vector<std::vector<Storage *>> chosen(player->clauses.size());
  bool isEmpty = true;
  for (auto [entry, now] : llvm::zip_equal(*owners, present)) {
    auto [storage, index] = entry;
    bool isStale = llvm::any_of(reached, [&](Version version) {
      return version.first == now.first && version != now &&
             !isFromBefore(version) && !(unrolled && unrolled->holds(version));
    });
    if (isStale) {
      place.error("this loss depends on '")
          << storage->path
          << "' as it was before this move stored to it; compute it anew";
      return std::nullopt;
    }
    if (!reached.contains(now))
      continue;
    chosen[index].push_back(storage);
    function->move.player->trained.insert(storage);
    isEmpty = false;
  }
  if (!isEmpty)
    return chosen;
  if (!hasMissed)
    place.error("this loss reaches no parameter that '" +
                function->move.player->name + "' trains");
  return std::nullopt;
}

void Evaluator::noteGradients(Tensor loss, const Versions &trained,
                              const Versions &reached, const Site &place) {
  if (!function->move.isKept || function->micro.index > 0)
    return;
  StringRef name = function->move.player->name;
  size_t first = gradients.size();
  auto count = [&](StringAttr path, std::string reason) {
    Storage *storage = storagesByPath.lookup(path.getValue());
    if (storage->kind != StorageKind::Param)
      return;
    StringRef network = path.getValue().split('.').first;
    int64_t size = ShapedType::getNumElements(storage->shape);
    for (GradientReport &known :
         llvm::MutableArrayRef(gradients).drop_front(first))
      if (known.network == network && known.reason == reason) {
        known.parameters += size;
        return;
      }
    gradients.push_back(
        {name.str(), network.str(), place.user, size, std::move(reason)});
  };
  Versions behindStops;
  if (llvm::any_of(trained,
                   [&](Version each) { return !reached.contains(each); }))
    behindStops = throughStops->getVersions(loss.value, trained);
  for (Version each : trained)
    count(each.first, reached.contains(each)       ? ""
                      : behindStops.contains(each) ? "behind 'stop_gradient'"
                                                   : "no path from the loss");
  llvm::DenseSet<StringAttr> seen;
  for (Version each : trained)
    seen.insert(each.first);
  for (Version each : reached)
    if (seen.insert(each.first).second)
      count(each.first, ("not trained by '" + name + "'").str());
}

void Evaluator::executeMinimize(const ast::MinimizeStmt &stmt, Scope &scope) {
  Site site = getSite(stmt.loc);
  if (!player) {
    site.error("'minimize' stands in a player");
    return;
  }
  std::optional<Unrolled> unrolled;
  if (stmt.afterCount && !(unrolled = openUnrolled(stmt, scope)))
    return;
  std::optional<Tensor> loss = evaluateLoss(stmt, scope);
  if (unrolled)
    closeUnrolled(*unrolled);
  if (!loss)
    return;
  unsigned earlier = player->losses++;
  report(*loss, earlier ? "loss" + std::to_string(earlier + 1) : "loss", site);
  std::optional<Tensor> gate;
  if (stmt.condition && !(gate = evaluateGate(*stmt.condition, scope)))
    return;
  auto chosen = chooseParameters(*loss, unrolled ? &*unrolled : nullptr,
                                 getSite(stmt.loss->loc));
  if (chosen)
    descend(*chosen, differentiate(*loss, *chosen, site), gate, site);
}

std::optional<Tensor> Evaluator::evaluateGate(const ast::Expr &condition,
                                              Scope &scope) {
  Value value = evaluate(condition, scope);
  Site site = getSite(condition.loc);
  BuiltinCall call("when", value, site, getBuilder(), pool, *this);
  return call.getTensor(0);
}

// One gradient for all clauses.
SmallVector<Tensor>
Evaluator::differentiate(Tensor loss,
                         ArrayRef<std::vector<Storage *>> parameters,
                         const Site &site) {
  SmallVector<mlir::Value> operands;
  SmallVector<Type> types;
  for (ArrayRef<Storage *> ofClause : parameters)
    for (Storage *storage : ofClause) {
      operands.push_back(load(*storage, site).value);
      types.push_back(operands.back().getType());
    }
  auto grad = GradOp::create(function->builder, site.getOpLocation(), types,
                             loss.value, operands);
  SmallVector<Tensor> gradients;
  for (mlir::Value dx : grad.getDxs())
    gradients.push_back({dx});
  return gradients;
}

// The stages of each clause; where `gate` is false, nothing is stored.
void Evaluator::descend(ArrayRef<std::vector<Storage *>> parameters,
                        ArrayRef<Tensor> gradients, std::optional<Tensor> gate,
                        const Site &site) {
  std::optional<Tensor> outerGate = std::exchange(function->move.gate, gate);
  SmallVector<Tensor> values;
  for (ArrayRef<Storage *> ofClause : parameters)
    for (Storage *storage : ofClause)
      values.push_back(load(*storage, site));
  size_t begin = 0;
  for (auto [clause, ofClause] : llvm::zip_equal(player->clauses, parameters)) {
    size_t count = ofClause.size();
    update(clause, ofClause, ArrayRef(values).slice(begin, count),
           gradients.slice(begin, count));
    begin += count;
  }
  function->move.gate = outerGate;
}

// Sends the gradients through the stages; what the last one gives is stored.
// Another `minimize` of the same body meets the states of these again.
void Evaluator::update(const TrainsClause &clause,
                       ArrayRef<Storage *> parameters, ArrayRef<Tensor> values,
                       ArrayRef<Tensor> gradients) {
  SmallVector<Tensor> current(gradients);
  llvm::DenseSet<const Storage *> declared = function->move.declared;
  llvm::scope_exit restore(
      [&] { function->move.declared = std::move(declared); });
  for (const ast::ExprPtr &stage : clause.statement->stages)
    if (!runStage(*stage, *clause.scope, parameters, values, current))
      return;
  Site site = getSite(clause.statement->loc);
  for (auto [parameter, value] : llvm::zip_equal(parameters, current))
    store(*parameter, value, site);
}

} // namespace gan::frontend
