// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// One block: its warps, shared and local memory, barriers.
#ifndef GAN_RUNTIME_DEVICE_SIM_BLOCK_H
#define GAN_RUNTIME_DEVICE_SIM_BLOCK_H

#include "runtime/device/sim/Launch.h"
#include "runtime/device/sim/Warp.h"

#include <array>

namespace gan::sim {

/// What all blocks of a launch share.
struct Grid {
  Memory &memory;
  const Program &program;
  const LaunchShape &shape;
  const Options &options;
  unsigned architecture;
  bool parallel; // blocks run on several threads
  /// What releases made known, by the address that carried it.
  std::unordered_map<uint64_t, Release> published;
};

/// A write that was asked for and is not certain to be there yet.
struct AsyncCopy {
  uint64_t from; // generic
  uint32_t into; // offset in shared memory
  uint8_t bytes, fromBytes;
  uint8_t lane;
  uint32_t pc;
  std::byte eager[16]; // what stood at `from` when it was asked for
  bool valid;
};

/// The asynchronous copies of one thread, oldest group first; the last group is
/// still open.
struct AsyncQueue {
  std::vector<std::vector<AsyncCopy>> groups;
  std::vector<AsyncCopy> open;
};

/// A part of a bulk copy: elements that lie side by side at both ends.
struct BulkPiece {
  uint64_t from; // generic
  uint32_t into; // offset in shared memory
  uint8_t bytes;
  bool isOutside; // of the tensor: zeros
  bool isRead, isPlaced, valid;
  std::byte eager[16]; // what stood at `from` when it was asked for
};

/// A bulk copy that was asked for and is not certain to be there yet.
struct BulkCopy {
  std::vector<BulkPiece> pieces;
  int64_t bytes = 0;  // that its barrier counts
  uint32_t pc = 0;    // where it was asked for,
  uint32_t clock = 0; // and when, by the warp's clock
  uint16_t warp = 0;
  uint8_t lane = 0;
};

/// The last write of a word of shared memory by a load or store or cp.async.
struct GenericWrite {
  uint32_t clock = 0;  // of the warp; 0: there was none
  uint32_t fences = 0; // fence.proxy.async of that warp before it
  uint32_t pc = 0;
  uint16_t warp = 0;
};

/// A wgmma that was asked for and may not be done yet.
struct AsyncProduct {
  const Inst *inst;
  uint32_t pc;
  uint32_t clock;                 // of the warp when it was asked for
  Knowledge knows;                // the same
  std::vector<uint32_t> fragment; // A in registers as it was then
  uint64_t a = 0, b = 0;          // descriptors
  bool keeps = false;             // adds to what D has
  bool isAsked = false;           // and its operands were read once
};

/// A register with a result that is under way.
struct Flight {
  uint32_t poison; // lanes that will be without a value
  uint32_t products;
  uint32_t shape; // Inst::aux of them
};

/// The wgmmas of one warp, oldest group first.
struct ProductQueue {
  std::vector<std::vector<AsyncProduct>> groups;
  std::vector<AsyncProduct> open;
  std::unordered_map<Slot, Flight> flights;
  bool fenced = false; // since results were waited for
  uint64_t asked = 0;  // so many
};

struct Barrier {
  struct Waiter {
    uint32_t warp, mask;
    uint32_t pc; // of the barrier instruction
  };
  std::vector<Waiter> waiters;
  Knowledge known;       // of all who arrived
  uint32_t arrived = 0;  // threads
  uint32_t expected = 0; // as the first said; 0: all threads
  uint32_t firstPc = 0;
  uint32_t trueVotes = 0, voters = 0; // of bar.red
};

/// A barrier in shared memory. The 64 bits there hold the number of its phase;
/// the rest is here.
struct Mbarrier {
  uint32_t expected = 0; // arrivals that complete a phase
  uint32_t pending = 0;  // of this phase, still to come
  int64_t bytes = 0;     // of this phase, expected and not copied yet
  uint64_t phase = 0;
  Knowledge arriving; // of those who arrived in this phase
  Knowledge complete; // of those who arrived in any phase before

  /// A phase is over when nobody and nothing is missing; the next one begins.
  void advance();
};

struct Block {
  Grid *grid = nullptr;
  Dim3 at;             // its index
  uint32_t linear = 0; // the same as one number
  uint32_t threads = 0;
  std::vector<Warp> warps;
  std::vector<std::byte> files; // registers of all warps
  std::vector<uint32_t> poisons;
  std::vector<std::byte> shared;
  Validity sharedValid;
  RaceShadow sharedRaces;
  std::vector<uint32_t> everyoneKnows; // of each warp, as Knowledge::block
  std::unordered_map<uint32_t, Release> published; // in shared memory
  std::vector<uint32_t> pending; // per word: pc + 1 of a cp.async under way
  std::vector<AsyncQueue> async; // per thread
  std::vector<GenericWrite> genericWrites; // per word
  std::vector<uint32_t> fencedWrites;      // of each warp, up to which clock
  std::vector<ProductQueue> products;      // per warp
  std::vector<std::byte> local;            // lane by lane
  Validity localValid;
  std::array<Barrier, 16> barriers;
  std::unordered_map<uint32_t, Mbarrier> mbarriers;     // by offset
  std::map<uint32_t, std::vector<BulkCopy>> bulkCopies; // by mbarrier
  std::vector<Allocation *> lastAllocation; // by instruction: where it was
  Findings findings;
  Counters counters;
  std::vector<uint32_t> freshPoison; // of one warp: all but constants
  uint64_t random = 0;               // state of the schedule
  uint64_t executed = 0;
  bool finished = false; // its results were collected
  bool stopped = false;  // after a fault that leaves nothing to go on with

  /// Allocates for the shape of the launch; once.
  void prepare(Grid &grid);
  /// Ready to run as block number `linear`.
  void begin(uint32_t linear);
  /// Runs about `budget` instructions; true if anything was executed.
  bool run(uint64_t budget);
  bool done() const;
  /// Reports why nobody can go on, and gives up.
  void reportStuck();
  void finish(); // the checks at its end

  /// A group of `warp` reached bar.sync, .arrive or .red.
  void arrive(Warp &warp, const Inst &inst, uint32_t mask);
  /// Releases barriers that need no more arrivals.
  void releaseBarriers();

private:
  void prepareWarp(Warp &warp);
  void setSpecials(Warp &warp, bool all);
  Warp *nextWarp(uint64_t &slice);
  void release(Barrier &barrier);
  void vote(Barrier &barrier, Warp &warp, const Inst &inst, uint32_t mask);
  uint32_t expectedThreads(const Barrier &barrier) const;
  size_t turn = 0;
};

} // namespace gan::sim

#endif // GAN_RUNTIME_DEVICE_SIM_BLOCK_H
