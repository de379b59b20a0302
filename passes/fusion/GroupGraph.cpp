// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/fusion/GroupGraph.h"

#include "passes/fusion/FusionRules.h"

#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace gan;
using namespace gan::fusion;

bool Group::touches(Value value) const {
  Operation *def = value.getDefiningOp();
  if (def && (members.contains(def) || isa<ConstantOp>(def)))
    return true;
  return llvm::any_of(value.getUsers(),
                      [&](Operation *user) { return has(user); });
}

llvm::SetVector<Value> Group::inputs() const {
  SmallVector<Operation *> ordered(members.begin(), members.end());
  llvm::sort(ordered,
             [](Operation *a, Operation *b) { return a->isBeforeInBlock(b); });
  llvm::SetVector<Value> values;
  for (Operation *op : ordered)
    for (Value operand : op->getOperands()) {
      Operation *def = operand.getDefiningOp();
      bool cloned = def && isa<ConstantOp>(def) && kind;
      if (!cloned && !(def && has(def)))
        values.insert(operand);
    }
  return values;
}

Group &GroupGraph::create(std::optional<HeroKind> kind, Operation *home) {
  groups.push_back(std::make_unique<Group>());
  Group &group = *groups.back();
  group.kind = kind;
  group.isOfShard = ofShard.contains(home->getResult(0));
  group.homes.insert(home);
  homes[home] = &group;
  addMember(group, home, static_cast<double>(elementsOf(home->getResult(0))));
  return group;
}

void GroupGraph::addMember(Group &group, Operation *op, double evaluations) {
  producers.clear();
  group.members.insert(op);
  group.evaluations[op] = evaluations;
  memberships[op].insert(&group);
}

llvm::SetVector<Group *> GroupGraph::usersOf(Operation *op) const {
  llvm::SetVector<Group *> users;
  for (Operation *user : op->getUsers())
    if (auto found = memberships.find(user); found != memberships.end())
      users.insert(found->second.begin(), found->second.end());
  return users;
}

Group *GroupGraph::homeOf(Value value) const {
  return homes.lookup(value.getDefiningOp());
}

const llvm::SetVector<Group *> &
GroupGraph::producersOf(const Group &group) const {
  std::unique_ptr<llvm::SetVector<Group *>> &found = producers[&group];
  if (found)
    return *found;
  found = std::make_unique<llvm::SetVector<Group *>>();
  for (Value input : group.inputs())
    if (Operation *def = input.getDefiningOp())
      if (Group *home = homes.lookup(def))
        found->insert(home);
  return *found;
}

llvm::SetVector<Group *> GroupGraph::readersOf(const Group &group) const {
  llvm::SetVector<Group *> readers;
  for (Operation *home : group.homes)
    for (Group *user : usersOf(home))
      if (producersOf(*user).contains(&group))
        readers.insert(user);
  return readers;
}

// All that the groups wait for, at once or through others.
llvm::SetVector<Group *>
GroupGraph::ancestorsOf(llvm::SetVector<Group *> work) const {
  llvm::SetVector<Group *> found;
  for (size_t i = 0; i < work.size(); ++i)
    for (Group *producer : producersOf(*work[i])) {
      work.insert(producer);
      found.insert(producer);
    }
  return found;
}

const llvm::SetVector<Group *> &
GroupGraph::contractionsBefore(Group *group) const {
  std::unique_ptr<llvm::SetVector<Group *>> &found = before[group];
  if (found)
    return *found;
  llvm::SetVector<Group *> work;
  work.insert(group);
  found =
      std::make_unique<llvm::SetVector<Group *>>(ancestorsOf(std::move(work)));
  found->remove_if(
      [](Group *each) { return each->kind != HeroKind::Contraction; });
  return *found;
}

bool GroupGraph::leadsToContraction(Group *group) const {
  if (!leading) {
    llvm::SetVector<Group *> contractions;
    for (const std::unique_ptr<Group> &each : groups)
      if (each->kind == HeroKind::Contraction)
        contractions.insert(each.get());
    leading = ancestorsOf(std::move(contractions));
  }
  return leading->contains(group);
}

bool GroupGraph::reachesThroughOthers(Group *from, Group *to) const {
  llvm::SetVector<Group *> work;
  for (Group *producer : producersOf(*to))
    if (producer != from)
      work.insert(producer);
  for (size_t i = 0; i < work.size(); ++i)
    for (Group *producer : producersOf(*work[i])) {
      if (producer == from)
        return true;
      work.insert(producer);
    }
  return false;
}

bool GroupGraph::reaches(Group *from, Group *to) const {
  return producersOf(*to).contains(from) || reachesThroughOthers(from, to);
}

void GroupGraph::merge(Group &into, Group &other) {
  for (Operation *op : other.members) {
    into.evaluations[op] =
        std::max(into.evaluations.lookup(op), other.evaluations.lookup(op));
    into.members.insert(op);
    memberships[op].remove(&other);
    memberships[op].insert(&into);
  }
  for (Operation *op : other.homes) {
    into.homes.insert(op);
    homes[op] = &into;
  }
  before.clear();
  leading.reset();
  // Whoever read `other` reads `into` now.
  producers.erase(&into);
  producers.erase(&other);
  for (auto &[group, read] : producers)
    if (read && read->remove(&other))
      read->insert(&into);
  llvm::erase_if(groups, [&](const std::unique_ptr<Group> &group) {
    return group.get() == &other;
  });
}

SmallVector<Operation *> GroupGraph::outputsOf(const Group &group) const {
  SmallVector<Operation *> outputs;
  for (Operation *op : group.homes) {
    bool isRead = llvm::any_of(op->getUsers(), [&](Operation *user) {
      if (isa<func::ReturnOp>(user))
        return true;
      auto found = memberships.find(user);
      return found != memberships.end() &&
             llvm::any_of(found->second,
                          [&](Group *reader) { return !reader->has(op); });
    });
    if (isRead)
      outputs.push_back(op);
  }
  llvm::sort(outputs,
             [](Operation *a, Operation *b) { return a->isBeforeInBlock(b); });
  return outputs;
}
