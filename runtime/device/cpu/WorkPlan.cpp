// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/cpu/WorkPlan.h"

#include <algorithm>

using namespace gan;
using namespace gan::runtime;

// A guess in nanoseconds on one core, from what the table says: 20 operations
// and 10 bytes in each. It decides about cutting only, so a factor of two is no
// harm.
static double costOf(double flops, double bytes) {
  return flops / 20 + bytes / 10;
}

// Handing work to a thread that is awake takes a fraction of a microsecond.
// Below the first a launch stays whole; pieces are not smaller than the second.
static constexpr double kWorthSharing = 4000;
static constexpr double kLeastPiece = 2000;
// Pieces per thread: more than one evens out threads that are held up.
static constexpr int64_t kPiecesPerThread = 4;

namespace {
class Planner {
public:
  Planner(const Executable &executable, const Placement &placement,
          unsigned threads)
      : exe(executable), placement(placement), threads(threads) {}
  WorkPlan plan(const format::Entry &entry, uint32_t first, uint32_t end);

private:
  double addLaunch(const format::Node &node);
  void *addressOf(uint32_t buffer) const {
    return placement.arena + exe.tables().buffers()->Get(buffer)->offset();
  }
  bool waitsForStage(const format::Node &node) const;
  bool endsInChain() const;
  void openStage();
  void addItems(double cost);

  const Executable &exe;
  const Placement &placement;
  int64_t threads;
  WorkPlan result;
  uint32_t firstNode = 0;   // of the first launch
  uint32_t stageLaunch = 0; // first launch of the open stage
};
} // namespace

// Appends the launch of the node; returns what it costs.
double Planner::addLaunch(const format::Node &node) {
  Launch launch = {};
  launch.firstArgument = result.arguments.size();
  for (uint32_t buffer : *node.arguments())
    result.arguments.push_back(addressOf(buffer));
  double cost;
  if (node.kind() == format::NodeKind::Copy) {
    launch.copyBytes =
        exe.tables().buffers()->Get(node.arguments()->Get(1))->bytes();
    launch.tiles = (launch.copyBytes + kCopyTile - 1) / kCopyTile;
    cost = costOf(0, 2.0 * launch.copyBytes);
  } else {
    const format::Kernel &kernel = *exe.tables().kernels()->Get(node.kernel());
    launch.function = reinterpret_cast<KernelFunction>(
        const_cast<std::byte *>(placement.code) +
        kernel.entry_offsets()->Get(placement.image));
    launch.tiles = kernel.tiles();
    cost = costOf(kernel.flops(), kernel.bytes());
  }
  result.launches.push_back(launch);
  return cost;
}

bool Planner::waitsForStage(const format::Node &node) const {
  return node.dependencies() &&
         std::any_of(node.dependencies()->begin(), node.dependencies()->end(),
                     [&](uint32_t earlier) {
                       return earlier >= firstNode + stageLaunch;
                     });
}

// Whether the open stage is one item of whole launches, to which another can be
// added.
bool Planner::endsInChain() const {
  const Stage &stage = result.stages.back();
  const Item &item = result.items.back();
  return stage.end - stage.begin == 1 &&
         (item.end - item.begin > 1 || item.beyondTile - item.firstTile ==
                                           result.launches[item.begin].tiles);
}

void Planner::openStage() {
  uint32_t item = result.items.size();
  result.stages.push_back({item, item});
  stageLaunch = result.launches.size() - 1;
}

// Puts the last launch into the open stage, in as many pieces as pay.
void Planner::addItems(double cost) {
  uint32_t launch = result.launches.size() - 1;
  int64_t tiles = result.launches[launch].tiles;
  int64_t pieces = 1;
  if (threads > 1 && cost >= kWorthSharing)
    pieces = std::min<double>(cost / kLeastPiece, threads * kPiecesPerThread);
  pieces = std::max<int64_t>(std::min(pieces, tiles), 1);
  // tiles * i / pieces without the product, which need not fit.
  int64_t share = tiles / pieces, rest = tiles % pieces, at = 0;
  for (int64_t i = 0; i < pieces; ++i) {
    int64_t next = at + share + (i < rest);
    result.items.push_back({launch, launch + 1, at, next});
    at = next;
  }
  result.stages.back().end = result.items.size();
}

WorkPlan Planner::plan(const format::Entry &entry, uint32_t first,
                       uint32_t end) {
  firstNode = first;
  for (uint32_t i = first; i < end; ++i) {
    const format::Node &node = *entry.nodes()->Get(i);
    double cost = addLaunch(node);
    bool waits = waitsForStage(node);
    bool isFirst = result.stages.empty();
    bool extendsChain = !isFirst && endsInChain() &&
                        (threads == 1 || (waits && cost < kWorthSharing));
    if (extendsChain) {
      result.items.back().end = result.launches.size();
      continue;
    }
    if (isFirst || waits)
      openStage();
    addItems(cost);
  }
  return std::move(result);
}

WorkPlan gan::runtime::planWork(const Executable &executable,
                                const Placement &placement, uint32_t entry,
                                unsigned threads, uint32_t first,
                                uint32_t end) {
  return Planner(executable, placement, threads)
      .plan(*executable.tables().entries()->Get(entry), first, end);
}
