// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Best-fit placement of buffers by live range.
#ifndef GAN_PASSES_SCHEDULE_ARENA_H
#define GAN_PASSES_SCHEDULE_ARENA_H

#include "mlir/Support/LLVM.h"

#include <cstdint>

namespace gan::schedule {

/// Offsets are multiples of this; the runtime format demands it.
inline constexpr int64_t kAlignment = 64;

/// The next multiple of `kAlignment`.
int64_t alignUp(int64_t bytes);

/// A piece of memory live from op number `begin` to op number `end`, both
/// included.
struct Slot {
  int64_t bytes = 0;
  int64_t begin = 0;
  int64_t end = 0;
  int64_t offset = 0; // set by `placeSlots`
};

/// Gives every slot the offset >= `base` of the tightest gap that the slots
/// live at the same time leave; large slots first. Returns the end of the
/// highest.
int64_t placeSlots(llvm::MutableArrayRef<Slot> slots, int64_t base);

} // namespace gan::schedule

#endif // GAN_PASSES_SCHEDULE_ARENA_H
