// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A kernel ready to run: calls inlined, names turned into slots of a register
// file, labels into positions.
#ifndef GAN_RUNTIME_DEVICE_SIM_PROGRAM_H
#define GAN_RUNTIME_DEVICE_SIM_PROGRAM_H

#include "runtime/device/sim/Module.h"

namespace gan::sim {

struct Inst;
struct Warp;

/// Executes one instruction for the lanes in `mask`, which is never empty.
using Handler = void (*)(Warp &, const Inst &, uint32_t mask);

/// What an instruction does to the course of its warp.
enum class Flow : uint8_t {
  Plain,
  Branch,      // to `target`
  BranchTable, // to pool[list + index of operand a]
  Exit,
  Trap,
  WarpSync,  // waits for the lanes of its member mask, then runs
  BlockSync, // a barrier of the block
  Clock,     // plain, but reads a register that counts
};

/// What is counted by name (Counters.h).
enum class Class : uint8_t {
  Integer,
  Float,
  Half,
  Double,
  Convert,
  Move,
  Compare,
  Load,
  Store,
  Atomic,
  Control,
  WarpSync,
  Barrier,
  Matrix,
  Async,
  Other,
};
constexpr unsigned kClasses = unsigned(Class::Other) + 1;

/// A register's place in the file: `slot` units of 64 bytes from its start, 32
/// lanes side by side: 1 unit for 16 bits, 2 for 32, 4 for 64. A predicate is
/// one 32-bit word in a unit of its own. Constants and special registers are
/// slots as well, so that every operand is one.
using Slot = uint32_t;
constexpr Slot kNoSlot = 0xffffffff;
constexpr unsigned kUnit = 64;
/// Never read: where results go that the program drops with `_`.
constexpr Slot kSink = 0;
/// The carry flags of add.cc and its kin, a predicate.
constexpr Slot kCarry = 8;
constexpr Slot kFirstFree = 9;

/// Bits of Inst::flags for instructions that synchronise.
enum SyncFlags : uint8_t {
  kAligned = 1,
  kArriveOnly = 2,
  kBarWarpSync = 4,
};

/// Bits of Inst::aux of bulk copies: the address of the mbarrier has 64 bits;
/// the copy is one for im2col.
enum CopyFlags : uint32_t { kWideBarrier = 1, kIm2colCopy = 2 };

/// What bar.red asks for, in Inst::aux.
enum Vote : uint32_t { kVoteAnd, kVoteOr, kVotePopc };

struct Inst {
  Handler run = nullptr;
  Slot guard = kNoSlot;
  bool guardNegated = false;
  Flow flow = Flow::Plain;
  Class group = Class::Other;
  Space space = Space::Generic;
  uint8_t width = 0;      // of memory operations: bytes of one element
  uint8_t flags = 0;      // a meaning per family
  uint8_t counts[4] = {}; // elements of the vector operands, in order
  uint8_t bits[6] = {};   // widths of the first operands, in order
  uint8_t addressBits = 0;
  bool moves = false; // d and a are still to be taken from the list
  Space variableSpace = Space::Generic; // of the variable that `m` names
  Slot d = kNoSlot, e = kNoSlot;        // results
  Slot a = kNoSlot, b = kNoSlot, c = kNoSlot, f = kNoSlot; // sources
  Slot m = kNoSlot;       // base of the address
  Slot members = kNoSlot; // member mask of what synchronises a warp
  int64_t imm = 0;        // offset of the address, or an immediate operand
  int64_t imm2 = 0;       // an immediate operand beside an address, or the
                          // offset of an mbarrier's, whose base is `b`
  int64_t immSource = 0;  // offset of a second address, whose base is `a`
  uint32_t list = 0;      // first element of the vector operands in the pool
  uint32_t target = 0;    // of a branch
  uint32_t aux = 0;       // a meaning per family
};

/// Where an instruction was written.
struct Origin {
  int line = 0; // of the PTX
  SourceLine source;
};

enum class Special : uint8_t {
  TidX,
  TidY,
  TidZ,
  NtidX,
  NtidY,
  NtidZ,
  CtaidX,
  CtaidY,
  CtaidZ,
  NctaidX,
  NctaidY,
  NctaidZ,
  LaneId,
  WarpId,
  NwarpId,
  SmId,
  NsmId,
  GridId,
  LaneMaskEq,
  LaneMaskLe,
  LaneMaskLt,
  LaneMaskGe,
  LaneMaskGt,
  DynamicSmemSize,
  TotalSmemSize,
  ClusterZero,
  ClusterOne,
  Clock, // counts the warp's instructions; set before each that reads it
};

struct Parameter {
  std::string name;
  uint32_t offset, bytes; // in the block of parameters
};

struct Program {
  struct Constant {
    Slot slot;
    uint8_t bits;
    uint64_t value;
  };
  struct SpecialSlot {
    Slot slot;
    Special what;
    uint8_t bits;
  };
  std::string name;
  std::string file;
  std::vector<std::string> sourceFiles;
  std::vector<Inst> code;
  std::vector<Origin> origins; // one per instruction
  std::vector<uint32_t> pool;  // slots and positions that `Inst::list` names
  std::vector<Constant> constants;
  std::vector<SpecialSlot> specials;
  std::vector<Parameter> parameters;
  uint32_t units = kFirstFree; // of the register file
  uint32_t parameterBytes = 0;
  uint32_t localBytes = 0;  // per lane
  uint32_t sharedBytes = 0; // static
  Dim3 maxThreads = {0, 0, 0}, requiredThreads = {0, 0, 0};
  unsigned architecture = 80; // of .target
  /// Blocks may see each other: atomics or ordered accesses outside of shared
  /// memory. Such a kernel runs on one thread of the host.
  bool communicates = false;
  bool copiesAsync = false;
  /// Has wgmma or bulk copies, which see memory in their own way.
  bool hasAsyncProxy = false;
};

} // namespace gan::sim

#endif // GAN_RUNTIME_DEVICE_SIM_PROGRAM_H
