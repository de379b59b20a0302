// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/schedule/Arena.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"

#include <algorithm>
#include <limits>

using namespace gan::schedule;

int64_t gan::schedule::alignUp(int64_t bytes) {
  return (bytes + kAlignment - 1) / kAlignment * kAlignment;
}

// The tightest gap of at least `bytes` between `taken`, which is sorted by
// offset; behind them all if there is none.
static int64_t findGap(llvm::ArrayRef<const Slot *> taken, int64_t bytes,
                       int64_t base) {
  int64_t best = -1, bestSize = std::numeric_limits<int64_t>::max();
  int64_t end = base;
  for (const Slot *slot : taken) {
    int64_t gap = slot->offset - end;
    if (gap >= bytes && gap < bestSize) {
      best = end;
      bestSize = gap;
    }
    end = std::max(end, slot->offset + alignUp(slot->bytes));
  }
  return best >= 0 ? best : end;
}

int64_t gan::schedule::placeSlots(llvm::MutableArrayRef<Slot> slots,
                                  int64_t base) {
  llvm::SmallVector<Slot *> order;
  for (Slot &slot : slots)
    order.push_back(&slot);
  llvm::sort(order, [](const Slot *a, const Slot *b) {
    return a->bytes != b->bytes ? a->bytes > b->bytes : a < b;
  });
  llvm::SmallVector<Slot *> placed;
  int64_t end = base;
  for (Slot *slot : order) {
    llvm::SmallVector<const Slot *> taken;
    for (Slot *other : placed)
      if (other->begin <= slot->end && slot->begin <= other->end)
        taken.push_back(other);
    llvm::sort(taken, [](const Slot *a, const Slot *b) {
      return a->offset < b->offset;
    });
    slot->offset = findGap(taken, alignUp(slot->bytes), base);
    end = std::max(end, slot->offset + alignUp(slot->bytes));
    placed.push_back(slot);
  }
  return end;
}
