// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The groups of a function while they are being formed, and who reads whom.
#ifndef GAN_PASSES_FUSION_GROUPGRAPH_H
#define GAN_PASSES_FUSION_GROUPGRAPH_H

#include "dialect/GanOps.h"
#include "dialect/Shards.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SetVector.h"

#include <memory>
#include <optional>
#include <vector>

namespace gan::fusion {

/// Ops that will become one kernel, or one view. An op may be a member of
/// several groups (it is then computed in each), but has at most one home: the
/// group that may hand its result to others.
struct Group {
  std::optional<HeroKind> kind; // none: a view
  llvm::SetVector<mlir::Operation *> members;
  llvm::SetVector<mlir::Operation *> homes; // members at home here
  llvm::DenseMap<mlir::Operation *, double>
      evaluations;        // elements computed, counted with repetition
  bool isOfShard = false; // what is at home here is (dialect/Shards.h)

  bool has(mlir::Operation *op) const { return members.contains(op); }
  /// Whether a member reads `value` or computes it.
  bool touches(mlir::Value value) const;
  /// Values computed elsewhere, in order of first use; constants are cloned and
  /// not among them.
  llvm::SetVector<mlir::Value> inputs() const;
};

class GroupGraph {
public:
  explicit GroupGraph(mlir::Block &block)
      : block(block), ofShard(valuesOfShard(mlir::cast<mlir::func::FuncOp>(
                          block.getParentOp()))) {}

  Group &create(std::optional<HeroKind> kind, mlir::Operation *home);
  void addMember(Group &group, mlir::Operation *op, double evaluations);

  /// Groups in which a user of `op` is computed.
  llvm::SetVector<Group *> usersOf(mlir::Operation *op) const;
  Group *homeOf(mlir::Value value) const;
  /// Groups whose values `group` reads.
  const llvm::SetVector<Group *> &producersOf(const Group &group) const;
  /// Groups whose producer is `group`.
  llvm::SetVector<Group *> readersOf(const Group &group) const;
  /// Whether a chain of reads leads from `to` back to `from` through a third
  /// group.
  bool reachesThroughOthers(Group *from, Group *to) const;
  /// Whether `from` is read by `to`, at once or through others.
  bool reaches(Group *from, Group *to) const;
  /// The contractions that `group` waits for, at once or through others.
  const llvm::SetVector<Group *> &contractionsBefore(Group *group) const;
  /// Whether a contraction waits for `group`.
  bool leadsToContraction(Group *group) const;
  /// Moves all of `other` into `into` and drops `other`.
  void merge(Group &into, Group &other);
  /// Members at home in `group` that others or the return read.
  llvm::SmallVector<mlir::Operation *> outputsOf(const Group &group) const;

  mlir::Block &block;
  std::vector<std::unique_ptr<Group>>
      groups; // in order of creation: latest ops first

private:
  llvm::SetVector<Group *> ancestorsOf(llvm::SetVector<Group *> work) const;

  llvm::DenseSet<mlir::Value> ofShard;
  llvm::DenseMap<mlir::Operation *, Group *> homes;
  llvm::DenseMap<mlir::Operation *, llvm::SetVector<Group *>> memberships;
  using Cache =
      llvm::DenseMap<const Group *, std::unique_ptr<llvm::SetVector<Group *>>>;
  mutable Cache producers;
  // Until the next merge: the contractions in front of a group, and all groups
  // in front of contractions.
  mutable Cache before;
  mutable std::optional<llvm::SetVector<Group *>> leading;
};

/// Merges groups that read the same or each other: sums into one nest,
/// elementwise ops into epilogues and into kernels of several results. Never
/// makes a cycle. `keepsApart`: nor makes one chain of contractions wait for
/// another, whose activations would then have to live together.
/// `groupsLaunches`: nor merges what is small to save launches alone.
void mergeGroups(GroupGraph &graph, bool keepsApart, bool groupsLaunches);

/// Replaces the ops of the block by one kernel or view per group, producers
/// first. Returns the number of kernels.
unsigned emitKernels(GroupGraph &graph);

} // namespace gan::fusion

#endif // GAN_PASSES_FUSION_GROUPGRAPH_H
