// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// How the lanes of a warp reach memory: addresses become places in one of the
// memories, and every check that can be made on the way is made here.
#ifndef GAN_RUNTIME_DEVICE_SIM_EXEC_ACCESS_H
#define GAN_RUNTIME_DEVICE_SIM_EXEC_ACCESS_H

#include "runtime/device/sim/Block.h"

namespace gan::sim {

/// One memory as an instruction sees it: an allocation, the shared memory of
/// the block, the local memory of the warp's threads, the parameters.
struct View {
  Space space = Space::Global; // never Generic
  std::byte *content = nullptr;
  uint64_t start = 0;   // generic address of the first byte
  uint64_t low = 0;     // first offset that may be used
  uint64_t bytes = 0;   // one past the last; of one thread where local
  uint64_t perLane = 0; // distance between the lanes' memories, where local
  bool writable = true;
  Validity *valid = nullptr;   // null: all of it has a value
  RaceShadow *races = nullptr; // null: not watched
  std::mutex *guard = nullptr; // of `races`
  const Allocation *allocation = nullptr;
};

/// An access of some lanes to one view, after its checks.
struct Access {
  const View *view;
  uint32_t mask;           // those that passed
  unsigned bytes;          // per lane
  bool contiguous;         // all 32, one behind the other
  uint64_t least, most;    // of the offsets of lanes in `mask`
  uint64_t offset[kLanes]; // into View::content; of lanes in `mask`

  std::byte *at(unsigned lane) const { return view->content + offset[lane]; }
};

/// What an instruction is about to do; AccessKind bits of Race.h.
struct Intent {
  unsigned bytes;     // per lane
  unsigned alignment; // that the address has to have
  uint8_t kind;
};

/// Reads the addresses of the lanes in `mask`, checks them (poison, bounds,
/// alignment, read-only), counts sectors and bank conflicts and calls `visit`
/// once for each memory that is met, with those that passed.
void forEachView(Warp &warp, const Inst &inst, uint32_t mask,
                 const Intent &intent,
                 void (*visit)(Warp &, const Inst &, const Access &, void *),
                 void *state);

/// The same for addresses that the caller computed; `poisoned` are those that
/// depend on values that nobody wrote.
void forEachAddress(Warp &warp, const Inst &inst, uint32_t mask,
                    const uint64_t *address, uint32_t poisoned,
                    const Intent &intent,
                    void (*visit)(Warp &, const Inst &, const Access &, void *),
                    void *state);

/// The addresses that the lanes give: generic ones, or offsets.
void readAddresses(const Warp &warp, const Inst &inst, uint64_t *address);

/// The lanes of which not every byte has a value.
uint32_t lanesWithoutValue(const Access &access);

/// Notes reads in the race shadow and checks for cp.async under way.
void noteReads(Warp &warp, const Access &access, uint8_t kind);
/// The same for what the lanes are about to write: lane l the bytes at
/// `from + l * stride`; null where they are not known.
void noteWrites(Warp &warp, const Access &access, const std::byte *from,
                unsigned stride, uint8_t kind);

/// The same for what an asynchronous copy is going to write.
void noteAsyncWrites(Warp &warp, const Access &access);

/// Counts an access to shared memory or global memory (AccessCount.cpp).
void countAccess(Warp &warp, const Inst &inst, const Access &access);

} // namespace gan::sim

#endif // GAN_RUNTIME_DEVICE_SIM_EXEC_ACCESS_H
