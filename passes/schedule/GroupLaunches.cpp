// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Puts kernels that do not need each other into common launches. A list is
// scheduled over and over, looking further and further ahead; of what comes out
// the fewest launches win that fit into the memory.
#include "dialect/Entries.h"
#include "dialect/Launches.h"
#include "dialect/Shards.h"
#include "passes/schedule/Followers.h"
#include "passes/schedule/LiveBytes.h"
#include "passes/schedule/Passes.h"
#include "passes/schedule/ReadyOps.h"

#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace gan;
using namespace gan::schedule;

namespace gan {
#define GEN_PASS_DEF_GROUPLAUNCHESPASS
#include "passes/schedule/Passes.h.inc"
} // namespace gan

// PTX takes 4 KiB of parameters: 512 pointers. A contraction may take two maps
// of tensors beside them, of 128 bytes each.
static constexpr size_t kMostPointers = 512, kPointersOfMaps = 32;

// Threads beside those of a contraction have as many registers, up to 255, and
// so are an eighth of what they could be. Should that cost a kernel two thirds
// of its bandwidth, it would take twice the time of its traffic more: less than
// a launch of its own (some 4 us of 2 TB/s) up to this many bytes.
static constexpr int64_t kMostBesideContraction = 4 << 20;

// What a GPU starts at a time: the kernels of one launch, or one view.
using Launch = SmallVector<Operation *>;

static HeroKind heroOf(Operation *kernel) {
  return cast<KernelOp>(kernel).getHero();
}

static size_t pointersOf(Operation *kernel) {
  size_t maps = heroOf(kernel) == HeroKind::Contraction ? kPointersOfMaps : 0;
  return kernel->getNumOperands() + kernel->getNumResults() + maps;
}

static int64_t trafficOf(Operation *kernel) {
  int64_t bytes = 0;
  for (ValueRange values :
       {ValueRange(kernel->getOperands()), ValueRange(kernel->getResults())})
    for (Value value : values)
      bytes += bytesOf(value);
  return bytes;
}

// Blocks of a reduction are few and last long, however many registers they
// have; many threads are what hides the latency of a plain loop.
static bool canBeSideBySide(Operation *a, Operation *b) {
  if (heroOf(b) == HeroKind::Contraction)
    std::swap(a, b);
  bool isLoop =
      heroOf(b) != HeroKind::Contraction && heroOf(b) != HeroKind::Reduction;
  return heroOf(a) != HeroKind::Contraction || !isLoop ||
         trafficOf(b) <= kMostBesideContraction;
}

// Whether `launch` takes one kernel more.
static bool takes(ArrayRef<Operation *> launch, Operation *kernel) {
  size_t pointers = pointersOf(kernel);
  for (Operation *member : launch) {
    if (!canBeSideBySide(member, kernel))
      return false;
    pointers += pointersOf(member);
  }
  return pointers <= kMostPointers && heroOf(kernel) != HeroKind::Matrix &&
         heroOf(launch.front()) != HeroKind::Matrix;
}

namespace {
// What kernels store in the place of arguments: until all others have read the
// old value the new one would have to wait elsewhere, and be copied.
class Overwriting {
public:
  explicit Overwriting(func::FuncOp function);
  /// Whether others than `kernel` are still to read what it overwrites.
  bool isEarly(Operation *kernel) const {
    return llvm::any_of(overwritten.lookup(kernel), [&](Value argument) {
      auto left = readers.lookup(argument);
      return left.size() > left.count(kernel);
    });
  }
  void take(Operation *op) {
    for (Value operand : op->getOperands())
      if (auto found = readers.find(rootOf(operand)); found != readers.end())
        found->second.erase(op);
  }

private:
  DenseMap<Operation *, SmallVector<Value>> overwritten; // arguments, by kernel
  DenseMap<Value, llvm::SmallDenseSet<Operation *>> readers;
};

// One way to launch the kernels of a block.
struct LaunchList {
  SmallVector<Launch> launches;
  size_t count = 0; // of kernels
  int64_t peak = 0; // of live bytes
};

// Makes one.
class ListScheduler {
public:
  // Kernels start less than `window` places before those that stand before
  // them.
  ListScheduler(Block &block, ArrayRef<Operation *> written,
                const DenseMap<Operation *, size_t> &heights, size_t window);
  LaunchList run();

private:
  Launch chooseNext(ArrayRef<Operation *> ready) const;
  Launch withFollowers(ArrayRef<Operation *> launch) const;
  // Whether both run once for each shard, or both once for all.
  bool areAlike(Operation *a, Operation *b) const {
    return ofShard.contains(a->getResult(0)) ==
           ofShard.contains(b->getResult(0));
  }
  void take(ArrayRef<Operation *> launch);

  const DenseMap<Operation *, size_t> &heights;
  llvm::DenseSet<Value> ofShard;
  DenseMap<Operation *, size_t> places;
  size_t window;
  ReadyOps ready;
  LiveBytes live;
  Overwriting overwriting;
  LaunchList list;
};
} // namespace

Overwriting::Overwriting(func::FuncOp function) {
  llvm::StringMap<Value> arguments; // by storage
  for (BlockArgument argument : function.getArguments())
    if (auto name = function.getArgAttrOfType<StringAttr>(
            argument.getArgNumber(), "gan.storage"))
      arguments[name] = argument;
  Block &block = function.getBody().front();
  for (OpOperand &operand : block.getTerminator()->getOpOperands()) {
    auto name = function.getResultAttrOfType<StringAttr>(
        operand.getOperandNumber(), "gan.storage");
    Operation *kernel = rootOf(operand.get()).getDefiningOp();
    if (name && kernel && arguments.contains(name))
      overwritten[kernel].push_back(arguments[name]);
  }
  for (Operation &op : block.without_terminator())
    if (!isa<ReshapeOp>(op))
      for (Value operand : op.getOperands())
        readers[rootOf(operand)].insert(&op);
}

ListScheduler::ListScheduler(Block &block, ArrayRef<Operation *> written,
                             const DenseMap<Operation *, size_t> &heights,
                             size_t window)
    : heights(heights),
      ofShard(valuesOfShard(cast<func::FuncOp>(block.getParentOp()))),
      window(window), ready(written), live(block),
      overwriting(cast<func::FuncOp>(block.getParentOp())) {
  for (auto [place, op] : llvm::enumerate(written))
    places[op] = place;
}

LaunchList ListScheduler::run() {
  while (!ready.get().empty())
    take(chooseNext(ready.get()));
  list.peak = live.peak;
  return std::move(list);
}

// A view if there is one. Else the ready kernel with the longest way to the end
// behind it, and all that can be beside it.
Launch ListScheduler::chooseNext(ArrayRef<Operation *> ready) const {
  size_t first = places.lookup(ready.front());
  auto isNear = [&](Operation *op) {
    return window > 1 && !overwriting.isEarly(op) &&
           places.lookup(op) - first < window;
  };
  Operation *seed = nullptr;
  for (Operation *op : ready) {
    if (!isa<KernelOp>(op))
      return {op};
    if (isNear(op) && (!seed || heights.lookup(op) > heights.lookup(seed)))
      seed = op;
  }
  if (!seed)
    seed = ready.front();
  Launch launch = {seed};
  for (Operation *op : ready)
    if (op != seed && isNear(op) && areAlike(seed, op) && takes(launch, op))
      launch.push_back(op);
  return withFollowers(launch);
}

// Blocks start in the order of members: the long ones of reductions first, the
// short ones of loops last. Behind a reduction comes what can go on where it
// ends, if all else that this needs is there.
Launch ListScheduler::withFollowers(ArrayRef<Operation *> launch) const {
  auto rank = [](Operation *op) {
    return heroOf(op) == HeroKind::Reduction     ? 0
           : heroOf(op) == HeroKind::Contraction ? 1
                                                 : 2;
  };
  Launch sorted(launch);
  llvm::sort(sorted, [&](Operation *a, Operation *b) {
    return std::pair(rank(a), places.lookup(a)) <
           std::pair(rank(b), places.lookup(b));
  });
  Launch all = sorted;
  for (Operation *op : sorted) {
    auto isFollower = [&](Operation *user) {
      return isa<KernelOp>(user) && areAlike(op, user) &&
             ready.waitsOnlyFor(user, op) && !overwriting.isEarly(user) &&
             canFollow(cast<KernelOp>(op), cast<KernelOp>(user)) &&
             takes(all, user);
    };
    auto found = llvm::find_if(op->getUsers(), isFollower);
    if (window > 1 && found != op->getUsers().end())
      all.insert(std::next(llvm::find(all, op)), *found);
  }
  return all;
}

void ListScheduler::take(ArrayRef<Operation *> launch) {
  for (Operation *op : launch) {
    ready.take(llvm::find(ready.get(), op) - ready.get().begin());
    overwriting.take(op);
  }
  live.take(launch);
  list.count += isa<KernelOp>(launch.front());
  list.launches.push_back(Launch(launch));
}

// Of each op: how many kernels follow on the longest way to the end.
static DenseMap<Operation *, size_t> heightsOf(ArrayRef<Operation *> written) {
  DenseMap<Operation *, size_t> heights;
  for (Operation *op : llvm::reverse(written)) {
    size_t height = 0;
    for (Operation *user : op->getUsers())
      height = std::max(height, heights.lookup(user) + isa<KernelOp>(user));
    heights[op] = height;
  }
  return heights;
}

// Puts the ops into the order of `list` and marks what is launched together.
static void apply(const LaunchList &list, Operation *end) {
  Builder builder(end->getContext());
  int64_t number = 0;
  for (const Launch &launch : list.launches) {
    Operation *before = nullptr;
    for (Operation *op : launch) {
      op->moveBefore(end);
      if (launch.size() > 1)
        op->setAttr(launchAttribute, builder.getI64IntegerAttr(number));
      if (before && llvm::is_contained(before->getUsers(), op))
        op->setAttr(followsAttribute, builder.getUnitAttr());
      before = op;
    }
    number += isa<KernelOp>(launch.front());
  }
}

namespace {
struct GroupLaunchesPass : gan::impl::GroupLaunchesPassBase<GroupLaunchesPass> {
  using GroupLaunchesPassBase::GroupLaunchesPassBase;
  void runOnOperation() override {
    if (!isEntry(getOperation()))
      return;
    Block &block = getOperation().getBody().front();
    SmallVector<Operation *> written;
    for (Operation &op : block.without_terminator())
      written.push_back(&op);
    const DenseMap<Operation *, size_t> heights = heightsOf(written);
    auto schedule = [&](size_t window) {
      return ListScheduler(block, written, heights, window).run();
    };
    LaunchList best = schedule(1);
    int64_t arena = best.peak;
    for (BlockArgument argument : block.getArguments())
      arena += bytesOf(argument);
    int64_t limit = best.peak + arena * growth / 100;
    for (size_t window = 2; window < 2 * written.size(); window *= 2) {
      LaunchList found = schedule(window);
      if (found.peak <= limit && found.count < best.count)
        best = std::move(found);
    }
    numLaunches += best.count;
    apply(best, block.getTerminator());
  }
};
} // namespace
