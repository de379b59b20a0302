// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Decides op by op, users first, what is computed inside its users and what
// gets a group, and so a place in memory, of its own.
#include "dialect/Entries.h"
#include "passes/fusion/CostModel.h"
#include "passes/fusion/FusionRules.h"
#include "passes/fusion/GroupGraph.h"
#include "passes/fusion/Passes.h"

#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace gan;
using namespace gan::fusion;

namespace gan {
#define GEN_PASS_DEF_FORMGROUPSPASS
#include "passes/fusion/Passes.h.inc"
} // namespace gan

// A kernel with more ops than this gains nothing from one more.
static constexpr size_t kMaxMembers = 160;
// Longer chains are only inlined as far as each op pays by itself.
static constexpr size_t kMaxChain = 32;

// Whether `op` may be computed inside `group`, which holds users of it.
static bool mayFeed(Operation *op, Group &group) {
  if (!group.kind || group.kind == HeroKind::Transpose ||
      group.kind == HeroKind::Matrix || group.members.size() >= kMaxMembers)
    return false;
  if (group.kind != HeroKind::Contraction)
    return true;
  // On its way into a contraction an operand changes only at its own index.
  bool feedsBroadcast = llvm::any_of(op->getUsers(), [&](Operation *user) {
    return group.has(user) && isa<BroadcastOp>(user);
  });
  return !feedsBroadcast && (isElementwise(op) || isLoadBroadcast(op));
}

// How many elements of `op` the group would compute.
static double evaluationsIn(Operation *op, const Group &group,
                            const Machine &machine) {
  double most = 0;
  for (OpOperand &use : op->getUses()) {
    Operation *user = use.getOwner();
    if (!group.has(user))
      continue;
    double count = group.evaluations.lookup(user);
    if (isHero(user))
      count = elementsRead(user, use.getOperandNumber(), machine);
    most = std::max(most, count);
  }
  return most;
}

// Whether `op` ends a chain of elementwise ops that starts at a contraction
// which nobody else reads: it is then computed on the contraction's way out and
// costs nothing. What others read too, like a mask, is an input of the chain.
static bool endsContraction(Operation *op) {
  llvm::SetVector<Operation *> chain;
  chain.insert(op);
  auto isInside = [&](Operation *user) { return chain.contains(user); };
  Operation *hero = nullptr;
  for (size_t i = 0; i < chain.size() && chain.size() <= kMaxChain; ++i)
    for (Value operand : chain[i]->getOperands()) {
      Operation *def = operand.getDefiningOp();
      if (!def || !isElementwise(chain[i]) ||
          resultShape(def) != resultShape(op) ||
          !llvm::all_of(def->getUsers(), isInside))
        continue;
      if (isContraction(def) && hero && hero != def)
        return false;
      if (isContraction(def))
        hero = def;
      if (isContraction(def) || isElementwise(def))
        chain.insert(def);
    }
  return hero && chain.size() <= kMaxChain;
}

namespace {
class GroupFormer {
public:
  GroupFormer(Block &block, bool fuses, const Machine &machine)
      : graph(block), fuses(fuses), machine(machine) {}
  unsigned run(bool merges, bool keepsApart);

private:
  void place(Operation *op);
  bool shouldInline(Operation *op, ArrayRef<Group *> users);
  bool inlinesView(ReshapeOp view, ArrayRef<Group *> users) const;
  void inlineInto(Operation *op, ArrayRef<Group *> users);
  double wasteBelow(Operation *op, ArrayRef<Group *> users) const;
  bool paysAsChain(Operation *op, ArrayRef<Group *> users) const;

  GroupGraph graph;
  bool fuses; // else every op gets a group of its own
  const Machine &machine;
  // Arithmetic spent more than once on the ops inlined so far, along the worst
  // chain that starts at the op.
  DenseMap<Operation *, double> waste;
};
} // namespace

// Of an op, in units of one element: how often it is computed inside `users`
// more than once.
static double extraEvaluations(Operation *op, ArrayRef<Group *> users,
                               const Machine &machine) {
  double evaluations = 0;
  for (Group *group : users)
    evaluations +=
        evaluationsIn(op, *group, machine) *
        (group->kind == HeroKind::Contraction ? machine.packingFactor : 1);
  return std::max(0.0, evaluations -
                           static_cast<double>(elementsOf(op->getResult(0))));
}

double GroupFormer::wasteBelow(Operation *op, ArrayRef<Group *> users) const {
  double below = 0;
  for (Operation *user : op->getUsers())
    below = std::max(below, waste.lookup(user));
  return below +
         elementCost(op, machine) * extraEvaluations(op, users, machine);
}

namespace {
// An op with all that it is computed from elementwise, down to what has a place
// in memory anyway.
struct Chain {
  explicit Chain(Operation *end);
  llvm::SetVector<Operation *> ops;
  llvm::SetVector<Value> leaves;
};
} // namespace

Chain::Chain(Operation *end) {
  ops.insert(end);
  for (size_t i = 0; i < ops.size(); ++i)
    for (Value operand : ops[i]->getOperands()) {
      Operation *def = operand.getDefiningOp();
      if (def && isElementwise(ops[i]) &&
          (isElementwise(def) || isLoadBroadcast(def)))
        ops.insert(def);
      else if (!def || !isa<ConstantOp>(def))
        leaves.insert(operand);
    }
}

// Whether the whole chain that ends in `op` costs less inside the users than
// the result of `op` in memory. Op by op it may not: in the middle of a chain
// there may be more to read than at its beginning.
bool GroupFormer::paysAsChain(Operation *op, ArrayRef<Group *> users) const {
  Chain chain(op);
  if (chain.ops.size() > kMaxChain)
    return false;
  double cost = 0, inlined = 0;
  for (Operation *each : chain.ops)
    cost += elementCost(each, machine);
  for (Operation *user : op->getUsers())
    inlined = std::max(inlined, waste.lookup(user));
  inlined += cost * extraEvaluations(op, users, machine);
  double size = static_cast<double>(bytesOf(op->getResult(0)));
  double stored = size + machine.launchBytes;
  for (Group *group : users) {
    stored += size;
    for (Value leaf : chain.leaves)
      if (!group->touches(leaf))
        inlined += static_cast<double>(bytesOf(leaf));
  }
  for (Value leaf : chain.leaves)
    stored += static_cast<double>(bytesOf(leaf));
  return inlined <= stored;
}

// Weighs computing `op` in each of `users` against writing its result once and
// reading it there.
bool GroupFormer::shouldInline(Operation *op, ArrayRef<Group *> users) {
  Value result = op->getResult(0);
  if (cast<RankedTensorType>(result.getType()).getElementType().isInteger(1))
    return true;
  bool alreadyStored = endsContraction(op);
  if (alreadyStored &&
      (users.size() > 1 || users.front()->kind == HeroKind::Contraction))
    return false;
  double size = static_cast<double>(bytesOf(result));
  double width = size / static_cast<double>(elementsOf(result));
  double inlined = wasteBelow(op, users);
  double stored = size + machine.launchBytes;
  for (Group *group : users) {
    double evaluations = evaluationsIn(op, *group, machine);
    stored += std::min(size, evaluations * width);
    for (Value operand : op->getOperands())
      if (!group->touches(operand))
        inlined += std::min<double>(loadBytes(operand), evaluations * width);
  }
  for (Value operand : op->getOperands())
    stored += static_cast<double>(loadBytes(operand));
  return inlined <= stored || paysAsChain(op, users);
}

// Views cost nothing, but what a sum over parts of a contraction's rows adds is
// only computed with it if the view is, too.
bool GroupFormer::inlinesView(ReshapeOp view, ArrayRef<Group *> users) const {
  return fuses && isPartView(view) && llvm::all_of(users, [&](Group *user) {
           return user->kind == HeroKind::Reduction && mayFeed(view, *user);
         });
}

void GroupFormer::inlineInto(Operation *op, ArrayRef<Group *> users) {
  waste[op] = wasteBelow(op, users);
  for (Group *group : users)
    graph.addMember(*group, op, evaluationsIn(op, *group, machine));
}

void GroupFormer::place(Operation *op) {
  llvm::SetVector<Group *> users = graph.usersOf(op);
  bool isReturned = llvm::any_of(op->getUsers(), [](Operation *user) {
    return isa<func::ReturnOp>(user);
  });
  if (users.empty() && !isReturned)
    return; // dead
  if (isa<ConstantOp>(op)) {
    bool needsHome = isReturned || llvm::any_of(users, [](Group *user) {
                       return !user->kind;
                     });
    if (needsHome)
      graph.create(HeroKind::Elementwise, op);
    return;
  }
  if (isa<AllGatherOp>(op)) {
    graph.create(std::nullopt, op);
    return;
  }
  if (auto view = dyn_cast<ReshapeOp>(op)) {
    if (!isReturned && inlinesView(view, users.getArrayRef()))
      inlineInto(op, users.getArrayRef());
    else
      graph.create(std::nullopt, op);
    return;
  }
  if (isHero(op)) {
    graph.create(
        isContraction(op) ? HeroKind::Contraction : HeroKind::Reduction, op);
    return;
  }
  if (isMatrixOp(op)) {
    graph.create(HeroKind::Matrix, op);
    return;
  }
  if (isTiledTranspose(op)) {
    graph.create(HeroKind::Transpose, op);
    return;
  }
  bool lawful = fuses && !isReturned && llvm::all_of(users, [&](Group *user) {
                  return mayFeed(op, *user);
                });
  if (lawful && shouldInline(op, users.getArrayRef()))
    inlineInto(op, users.getArrayRef());
  else
    graph.create(HeroKind::Elementwise, op);
}

unsigned GroupFormer::run(bool merges, bool keepsApart) {
  for (Operation &op : llvm::reverse(graph.block.without_terminator()))
    place(&op);
  if (merges)
    mergeGroups(graph, keepsApart, machine.groupsLaunches);
  return emitKernels(graph);
}

namespace {
struct FormGroupsPass : gan::impl::FormGroupsPassBase<FormGroupsPass> {
  using FormGroupsPassBase::FormGroupsPassBase;
  void runOnOperation() override {
    func::FuncOp function = getOperation();
    if (!isEntry(function))
      return;
    Block &block = function.getBody().front();
    for (Operation &op : block.without_terminator())
      if (!isPure(&op) || op.getNumResults() != 1 || op.getNumRegions() != 0) {
        op.emitOpError("cannot be fused: gan-form-groups needs pure "
                       "tensor-level ops");
        return signalPassFailure();
      }
    numKernels += GroupFormer(block, fuse, forGpu ? gpu : cpu)
                      .run(
                          /*merges=*/fuse && merge,
                          function->hasAttr("gan.micro_batches"));
  }
};
} // namespace
