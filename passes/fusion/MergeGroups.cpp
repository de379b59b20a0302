// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/fusion/GroupGraph.h"

#include "passes/fusion/CostModel.h"
#include "passes/fusion/FusionRules.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVectorExtras.h"

#include <functional>

using namespace mlir;
using namespace gan;
using namespace gan::fusion;

// Groups of at most this many elements are merged to save launches even if they
// share nothing.
static constexpr int64_t kSmallElements = 4096;
static constexpr size_t kMaxMembers = 192;
static constexpr size_t kMaxOutputs = 24;

static ArrayRef<int64_t> shapeOf(const Group &group) {
  return resultShape(group.homes.front());
}

static bool isSmall(const Group &group) {
  return elementsOf(group.homes.front()->getResult(0)) <= kSmallElements;
}

// A kernel with a value of the shard is of the shard with all its results.
static bool fits(const Group &a, const Group &b) {
  return a.isOfShard == b.isOfShard &&
         a.members.size() + b.members.size() <= kMaxMembers &&
         a.homes.size() + b.homes.size() <= kMaxOutputs;
}

static bool shareInput(const Group &a, const Group &b) {
  llvm::SetVector<Value> inputs = a.inputs();
  return llvm::any_of(b.inputs(),
                      [&](Value value) { return inputs.contains(value); });
}

// Whether `reader` uses every value at home in `producer` only at the index of
// its own results.
static bool readsAtOwnIndex(const Group &producer, const Group &reader) {
  // Members computed at another index: what an index map of the group leads to.
  llvm::SetVector<Operation *> moved;
  for (Operation *op : reader.members)
    if (!isElementwise(op) && !isa<ConstantOp>(op))
      moved.insert(op);
  for (size_t i = 0; i < moved.size(); ++i)
    for (Value operand : moved[i]->getOperands()) {
      Operation *def = operand.getDefiningOp();
      if (!def)
        continue;
      if (producer.homes.contains(def) && !reader.has(def))
        return false;
      if (reader.has(def))
        moved.insert(def);
    }
  return true;
}

// Whether the group can be computed where a hero's result of its shape is
// stored.
static bool isEpilogue(const Group &group) {
  return llvm::all_of(group.members, [&](Operation *op) {
    if (isElementwise(op) || isa<ConstantOp>(op))
      return true;
    if (!isa<BroadcastOp>(op))
      return false;
    Operation *def = op->getOperand(0).getDefiningOp();
    return !def || isa<ConstantOp>(def) || !group.has(def) ||
           (isOfNumbers(def) && !isSmall(group));
  });
}

// Whether an op would be computed both before and after the hero of `producer`.
static bool straddlesHero(const Group &producer, const Group &reader) {
  bool isContracting = producer.kind == HeroKind::Contraction;
  SmallVector<Operation *> feeding =
      llvm::filter_to_vector(producer.members, [&](Operation *op) {
        return isContracting ? isContraction(op) : isHero(op);
      });
  while (!feeding.empty())
    for (Value operand : feeding.pop_back_val()->getOperands()) {
      Operation *def = operand.getDefiningOp();
      if (!def || isa<ConstantOp>(def) || !producer.has(def))
        continue;
      if (reader.has(def))
        return true;
      feeding.push_back(def);
    }
  return false;
}

// Whether `reader` adds over parts of the rows of the contraction of
// `producer`, all of which its tiles can do.
static bool canSumParts(const Group &producer, const Group &reader) {
  if (producer.kind != HeroKind::Contraction ||
      reader.kind != HeroKind::Reduction || !fits(producer, reader) ||
      straddlesHero(producer, reader))
    return false;
  ContractionEpilogue epilogue(*llvm::find_if(producer.members, isContraction));
  return llvm::all_of(reader.members, [&](Operation *op) {
    return epilogue.allows(op, [&](Value value) {
      Operation *def = value.getDefiningOp();
      return !def || isa<ConstantOp>(def) || !reader.has(def);
    });
  });
}

// Whether `reader` can be computed where the results of `producer` are stored.
static bool canFollow(const Group &producer, const Group &reader) {
  if (reader.kind != HeroKind::Elementwise ||
      shapeOf(producer) != shapeOf(reader) || !fits(producer, reader) ||
      !readsAtOwnIndex(producer, reader))
    return false;
  if (producer.kind == HeroKind::Elementwise)
    return true;
  if (producer.kind != HeroKind::Contraction &&
      producer.kind != HeroKind::Reduction)
    return false;
  return isEpilogue(reader) && !straddlesHero(producer, reader);
}

// Null for an argmax, which shares its nest with nothing.
static SumOp nestOf(const Group &group) {
  for (Operation *op : group.members)
    if (auto sum = dyn_cast<SumOp>(op))
      return sum;
  return {};
}

static bool canSumTogether(const Group &a, const Group &b) {
  if (a.kind != HeroKind::Reduction || b.kind != HeroKind::Reduction)
    return false;
  SumOp first = nestOf(a), second = nestOf(b);
  return first && second && sameNest(first, second) && fits(a, b) &&
         shareInput(a, b);
}

static bool canComputeTogether(const Group &a, const Group &b) {
  return a.kind == HeroKind::Elementwise && b.kind == HeroKind::Elementwise &&
         shapeOf(a) == shapeOf(b) && fits(a, b) &&
         (isSmall(a) || shareInput(a, b));
}

// What is small saves no traffic that would be worth waiting for the other.
static bool canShareInput(const Group &a, const Group &b) {
  return canComputeTogether(a, b) && !isSmall(a);
}

using PairTest = std::function<bool(const Group &, const Group &)>;

// Whether a contraction behind `a` would wait for one in front of `b` alone.
static bool delays(const GroupGraph &graph, Group *a, Group *b) {
  if (!graph.leadsToContraction(a))
    return false;
  const llvm::SetVector<Group *> &before = graph.contractionsBefore(a);
  return llvm::any_of(graph.contractionsBefore(b),
                      [&](Group *each) { return !before.contains(each); });
}

// Merges independent groups that pass the test, each with the first that will
// have it.
static void mergeSiblings(GroupGraph &graph, const PairTest &test,
                          bool keepsApart) {
  for (size_t i = 0; i < graph.groups.size(); ++i)
    for (size_t j = i + 1; j < graph.groups.size();) {
      Group *a = graph.groups[i].get(), *b = graph.groups[j].get();
      if (test(*a, *b) && !graph.reaches(a, b) && !graph.reaches(b, a) &&
          !(keepsApart && (delays(graph, a, b) || delays(graph, b, a))))
        graph.merge(*a, *b); // the next candidate is at j now
      else
        ++j;
    }
}

// Where launches are grouped, nothing follows what is small and elementwise:
// that would then have to wait for all that the follower reads.
static Group *findFollower(GroupGraph &graph, Group &producer, bool keepsApart,
                           bool groupsLaunches) {
  if (groupsLaunches && isSmall(producer) &&
      producer.kind == HeroKind::Elementwise)
    return nullptr;
  llvm::SetVector<Group *> readers = graph.readersOf(producer);
  for (const std::unique_ptr<Group> &reader : graph.groups)
    if (readers.contains(reader.get()) &&
        (canFollow(producer, *reader) || canSumParts(producer, *reader)) &&
        !graph.reachesThroughOthers(&producer, reader.get()) &&
        !(keepsApart && delays(graph, &producer, reader.get())))
      return reader.get();
  return nullptr;
}

// What a contraction sums over parts of its rows joins it, and what others
// compute from its result for these sums, before anything else is in the way.
static Group *findPartSums(GroupGraph &graph, Group &producer,
                           bool keepsApart) {
  auto mayJoin = [&](Group *reader) {
    return !graph.reachesThroughOthers(&producer, reader) &&
           !(keepsApart && delays(graph, &producer, reader));
  };
  for (Group *reader : graph.readersOf(producer)) {
    bool joins = canSumParts(producer, *reader) ||
                 (canFollow(producer, *reader) &&
                  llvm::any_of(graph.readersOf(*reader), [&](Group *next) {
                    return canSumParts(producer, *next);
                  }));
    if (joins && mayJoin(reader))
      return reader;
  }
  return nullptr;
}

static void mergePartSums(GroupGraph &graph, bool keepsApart) {
  for (size_t i = graph.groups.size(); i-- > 0;)
    while (i < graph.groups.size()) {
      Group *producer = graph.groups[i].get();
      Group *reader = producer->kind == HeroKind::Contraction
                          ? findPartSums(graph, *producer, keepsApart)
                          : nullptr;
      if (!reader)
        break;
      graph.merge(*producer, *reader);
    }
}

// Lets groups that read a producer at its own index follow it in its kernel.
static bool mergeFollowers(GroupGraph &graph, bool keepsApart,
                           bool groupsLaunches) {
  bool changed = false;
  for (size_t i = graph.groups.size(); i-- > 0;)
    while (i < graph.groups.size()) {
      Group *producer = graph.groups[i].get();
      Group *reader =
          findFollower(graph, *producer, keepsApart, groupsLaunches);
      if (!reader)
        break;
      graph.merge(*producer, *reader);
      changed = true;
    }
  return changed;
}

void fusion::mergeGroups(GroupGraph &graph, bool keepsApart,
                         bool groupsLaunches) {
  mergePartSums(graph, keepsApart);
  mergeSiblings(graph, canSumTogether, keepsApart);
  while (mergeFollowers(graph, keepsApart, groupsLaunches)) {
  }
  mergeSiblings(graph, groupsLaunches ? canShareInput : canComputeTogether,
                keepsApart);
  while (mergeFollowers(graph, keepsApart, groupsLaunches)) {
  }
}
