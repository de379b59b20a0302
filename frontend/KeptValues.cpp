// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// `P.name`: a value of P's last move, kept in a storage of its own for the
// moves of other players, to which it is a constant.
#include "frontend/Evaluator.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace gan;

namespace gan::frontend {

// The first run finds out what is read, the second one keeps it.
Value Evaluator::readKept(Player &mover, StringRef name, const Site &site) {
  std::string path = mover.name + "." + name.str();
  if (!function || (function->role != FunctionState::Role::Player &&
                    function->role != FunctionState::Role::Until)) {
    site.error("'" + path + "' is known only when a player moves");
    return Poison();
  }
  if (llvm::is_contained(moving, &mover)) {
    site.error("'" + path + "' is read by the move that makes it");
    return Poison();
  }
  wanted.insert(path);
  if (isFirstRun) {
    hasMissed = true;
    return Poison();
  }
  const std::vector<Kept> &values = kept[path];
  if (values.empty()) {
    site.error("'" + path + "' has no value: no move of '" + mover.name +
               "' before this one makes 'let " + name + "'");
    return Poison();
  }
  auto found = llvm::find_if(values, [&](const Kept &each) {
    return !each.batched || each.batch == function->batch;
  });
  if (found != values.end() && !found->storage)
    return Poison();
  if (found == values.end()) {
    site.error("'" + path + "' has ")
        << values.front().batch << " samples, but this move has "
        << function->batch;
    return Poison();
  }
  summary->reads.push_back(
      {&mover, path,
       found->batched ? std::optional(found->batch) : std::nullopt, site});
  Tensor value = load(*found->storage, site);
  value.batched = found->batched;
  return TensorBuilder(getBuilder(), site).unary<StopGradientOp>(value);
}

// At the end of a move: what others read of it.
void Evaluator::keepValues(Player &mover, Scope &scope) {
  if (!function->move.isKept || isFirstRun)
    return;
  for (StringRef path : wanted) {
    auto [owner, name] = path.split('.');
    Binding *binding = owner == mover.name ? scope.find(name) : nullptr;
    if (binding && binding->storage)
      kept[path.str()].push_back(
          {binding->storage, function->batch, /*batched=*/false});
    else if (binding)
      keepValue(mover, name, binding->value, getSite(binding->loc));
  }
}

bool Evaluator::isKeepable(StringRef path, const Value &value,
                           const Site &site) {
  const auto *tensor = value.getIf<Tensor>();
  if (value.isPoison())
    return false;
  if (!tensor || !tensor->isReal()) {
    site.error("'" + path +
               "' is read by another player, which needs reals of "
               "the device, but this is ")
        << describe(value);
    return false;
  }
  if (tensor->batched && function->micro.count > 1) {
    site.error("'" + path +
               "' is read by another player, but has the samples of one of ")
        << function->micro.count << " micro-batches";
    return false;
  }
  return true;
}

void Evaluator::keepValue(Player &mover, StringRef name, const Value &value,
                          const Site &site) {
  std::string path = mover.name + "." + name.str();
  std::vector<Kept> &values = kept[path];
  const auto *tensor = value.getIf<Tensor>();
  if (!isKeepable(path, value, site)) {
    values.push_back({nullptr, function->batch, /*batched=*/false});
    return;
  }
  std::string stored = name.str();
  if (tensor->batched)
    stored += "." + std::to_string(function->batch);
  auto zero = DistributionAttr::get(context, DistributionKind::Constant,
                                    DenseF64ArrayAttr::get(context, {0.0}));
  Storage *storage =
      makeStorage(stored, StorageKind::State, tensor->getShape(), zero, site);
  if (storage)
    StoreOp::create(getBuilder(), site.getOpLocation(), tensor->value,
                    storage->path);
  if (!llvm::any_of(values,
                    [&](const Kept &each) { return each.storage == storage; }))
    values.push_back({storage, function->batch, tensor->batched});
}

// ---- whether a move has been made before its values are read

namespace {
// Players that have surely moved, with the samples of their last move (0: with
// different numbers).
using Moved = llvm::DenseMap<const Player *, int64_t>;

class ReadChecker {
public:
  explicit ReadChecker(const llvm::StringMap<MoveSummary> &summaries)
      : summaries(summaries) {}
  Moved checkLoop(Region &body, Moved before);
  void check(const MoveSummary &move, const Moved &before);

private:
  Moved check(Region &moves, Moved before);

  const llvm::StringMap<MoveSummary> &summaries;
  llvm::DenseSet<const KeptRead *> reported;
};
} // namespace

// What holds whichever way was taken.
static Moved join(const Moved &a, const Moved &b) {
  Moved both;
  for (auto [player, batch] : a)
    if (auto other = b.find(player); other != b.end())
      both[player] = other->second == batch ? batch : 0;
  return both;
}

void ReadChecker::check(const MoveSummary &move, const Moved &before) {
  for (const KeptRead &read : move.reads) {
    bool isTogether = llvm::any_of(move.plays, [&](const Play &play) {
      return play.player == read.player;
    });
    auto last = before.find(read.player);
    bool hasMoved = last != before.end();
    bool fits = hasMoved && (!read.batch || last->second == *read.batch);
    if (isTogether || fits || !reported.insert(&read).second)
      continue;
    if (!hasMoved)
      read.site.error("'" + read.name + "' is read where '" +
                      read.player->name + "' may not have moved yet");
    else
      read.site.error("'" + read.name + "' is read where the last move of '" +
                      read.player->name + "' may have had another batch than ")
          << *read.batch;
  }
}

// A body that runs once or more often.
Moved ReadChecker::checkLoop(Region &body, Moved before) {
  Moved once = check(body, before);
  return join(once, check(body, join(before, once)));
}

Moved ReadChecker::check(Region &moves, Moved before) {
  for (Operation &op : moves.getOps())
    llvm::TypeSwitch<Operation &>(op)
        .Case([&](PlayOp play) {
          const MoveSummary &move = summaries.at(play.getCallee());
          check(move, before);
          for (const Play &each : move.plays)
            before[each.player] = each.batch * each.accumulate;
        })
        .Case([&](RepeatOp repeat) {
          Moved after = checkLoop(repeat.getBody(), before);
          auto count = dyn_cast<FloatAttr>(repeat.getCount());
          bool isSure = count && count.getValueAsDouble() >= 1;
          before = isSure ? after : join(before, after);
        })
        .Case([&](WhenOp when) {
          before = join(check(when.getThen(), before),
                        check(when.getOtherwise(), before));
        });
  return before;
}

void Evaluator::checkReads() {
  ReadChecker checker(summaries);
  Moved moved;
  for (auto phase : model.getOps<PhaseOp>()) {
    moved = checker.checkLoop(phase.getBody(), std::move(moved));
    if (phase.getUntil())
      checker.check(summaries.at(*phase.getUntil()), moved);
  }
}

} // namespace gan::frontend
