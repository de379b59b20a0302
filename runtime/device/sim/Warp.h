// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// One warp: 32 lanes with their registers, in groups that are at the same
// instruction.
#ifndef GAN_RUNTIME_DEVICE_SIM_WARP_H
#define GAN_RUNTIME_DEVICE_SIM_WARP_H

#include "runtime/device/sim/Findings.h"
#include "runtime/device/sim/Race.h"

#include <bit>

namespace gan::sim {

struct Block;

/// Lanes at one instruction. Groups of a warp are disjoint.
struct Group {
  enum class State : uint8_t {
    Ready,
    Gathering, // at an instruction that more lanes have to reach
    Blocked,   // in a barrier of the block; pc is the instruction after it
  };
  uint32_t pc = 0;
  uint32_t mask = 0;
  State state = State::Ready;
};

/// What a release makes known, and to whom.
struct Release {
  Knowledge known;
  uint32_t block = 0;
  bool blockOnly = false; // .cta scope
};

struct Warp {
  Block *block = nullptr;
  const Program *program = nullptr;
  uint32_t index = 0;         // within the block
  uint32_t live = 0;          // lanes that have not exited
  std::byte *file = nullptr;  // registers
  uint32_t *poison = nullptr; // per slot: lanes without a value
  uint32_t pc = 0;            // of the instruction that runs
  uint32_t mask = 0;          // of the group that runs
  uint32_t stop = kNoSlot;    // lowest pc of the other groups
  std::vector<Group> groups;  // the others
  uint64_t executed = 0;

  uint32_t proxyFences = 0; // so many fence.proxy.async

  // Order of memory accesses.
  uint32_t clock = 1;
  Knowledge knows;
  std::shared_ptr<Release> released;   // by the last fence
  std::shared_ptr<Knowledge> acquired; // to be known after the next fence

  template <typename T> T *lanes(Slot slot) const {
    return reinterpret_cast<T *>(file + size_t(slot) * kUnit);
  }
  uint32_t &predicate(Slot slot) const { return *lanes<uint32_t>(slot); }
  /// The results of `mask` have a value where all the sources have one.
  void carry(Slot d, uint32_t mask, uint32_t poisoned) {
    poison[d] = (poison[d] & ~mask) | (poisoned & mask);
  }
  /// The lanes of `mask` in a predicate, and which of them have no value.
  void setPredicate(Slot slot, uint32_t mask, uint32_t holds,
                    uint32_t poisoned) {
    uint32_t &d = predicate(slot);
    d = (d & ~mask) | (holds & mask);
    carry(slot, mask, poisoned);
  }
  /// A register of 16, 32 or 64 bits in one lane.
  uint64_t readLane(Slot slot, unsigned bits, unsigned lane) const {
    return bits == 16   ? lanes<uint16_t>(slot)[lane]
           : bits == 32 ? lanes<uint32_t>(slot)[lane]
                        : lanes<uint64_t>(slot)[lane];
  }
  void writeLane(Slot slot, unsigned bits, unsigned lane, uint64_t value) {
    if (bits == 16)
      lanes<uint16_t>(slot)[lane] = uint16_t(value);
    else if (bits == 32)
      lanes<uint32_t>(slot)[lane] = uint32_t(value);
    else
      lanes<uint64_t>(slot)[lane] = value;
  }

  /// Ready to run from the first instruction.
  void begin(uint32_t lanes);
  /// Runs until all groups wait or have exited, or `budget` instructions are
  /// done.
  void run(uint64_t budget);
  bool done() const { return live == 0; }
  bool isReady() const;

  /// Notes a fault of the running instruction; `lane` is where it was seen.
  void report(Fault fault, unsigned lane, const std::string &what,
              const std::string &advice);
  /// Whether that fault is known here already; counts it.
  bool reported(Fault fault);
  Actor actor() const;

private:
  void step(const Inst &inst);
  uint32_t guarded(const Inst &inst);
  void count(const Inst &inst, uint32_t active);
  void refreshClock();
  void trap(const Inst &inst, uint32_t active);
  void enterBarrier(const Inst &inst, uint32_t active);
  bool memberMask(const Inst &inst, uint32_t active, uint32_t &together,
                  uint32_t &members);
  void branch(const Inst &inst, uint32_t active);
  void branchTable(const Inst &inst, uint32_t active);
  void exit(uint32_t lanes);
  void gather(const Inst &inst, uint32_t active);
  bool pickGroup();
  bool releaseWarpBarrier();
  void findStop();
  void park(Group::State state, uint32_t at);
  void jump(uint32_t to);
  uint64_t sinceMerge = 0; // branches while diverged
};

/// The lowest lane of a mask that is not empty.
inline unsigned firstLane(uint32_t mask) {
  return unsigned(std::countr_zero(mask));
}

} // namespace gan::sim

#endif // GAN_RUNTIME_DEVICE_SIM_WARP_H
