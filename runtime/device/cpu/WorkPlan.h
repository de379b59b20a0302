// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// An entry cut into work: stages that follow one another, made of items that
// any thread may take.
#ifndef GAN_RUNTIME_DEVICE_CPU_WORKPLAN_H
#define GAN_RUNTIME_DEVICE_CPU_WORKPLAN_H

#include "runtime/executable/Executable.h"

#include <cstdint>
#include <vector>

namespace gan::runtime {

/// The code of a kernel (see Executable.fbs).
using KernelFunction = void (*)(void *const *args, int64_t begin, int64_t end,
                                void *scratch);

/// Where things are in memory.
struct Placement {
  std::byte *arena;
  const std::byte *code; // of the image in use
  uint32_t image;
};

/// A node with its addresses; a copy has no function, but argument 0 copied to
/// argument 1.
struct Launch {
  KernelFunction function;
  uint32_t firstArgument; // in WorkPlan::arguments
  int64_t tiles;          // a copy: pieces of kCopyTile bytes
  uint64_t copyBytes;
};

/// Either some tiles of one launch, or several launches whole, in order.
struct Item {
  uint32_t begin, end;           // launches
  int64_t firstTile, beyondTile; // of the launch where there is one
};

/// Items that do not depend on each other, only on those of earlier stages.
struct Stage {
  uint32_t begin, end; // items
};

struct WorkPlan {
  std::vector<Launch> launches; // one per node
  std::vector<void *> arguments;
  std::vector<Item> items;
  std::vector<Stage> stages;
};

inline constexpr int64_t kCopyTile = 65536;

/// Cuts entry `entry` for `threads` threads. Work that takes less than waking
/// another thread pays for stays in one piece; a chain of such pieces is one
/// item. The cut never changes results: kernels promise the same bits for any
/// split of their tiles. Only nodes `first` to before `end`, launches and
/// copies all: what they wait for before them is done.
WorkPlan planWork(const Executable &executable, const Placement &placement,
                  uint32_t entry, unsigned threads, uint32_t first,
                  uint32_t end);

} // namespace gan::runtime

#endif // GAN_RUNTIME_DEVICE_CPU_WORKPLAN_H
