// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What the checkers found.
#ifndef GAN_RUNTIME_DEVICE_SIM_FINDINGS_H
#define GAN_RUNTIME_DEVICE_SIM_FINDINGS_H

#include "runtime/device/sim/Program.h"

#include <map>

namespace gan::sim {

enum class Fault : uint8_t {
  OutOfBounds,      // an access outside of every allocation or variable
  Misaligned,       // an address that the width of the access does not divide
  ReadOnlyWrite,    // a store to const, param or a buffer that is only read
  Uninitialised,    // a value that nobody wrote decides or leaves the kernel
  SharedRace,       // two accesses without a barrier between them
  GlobalRace,       // the same in global memory, within or across blocks
  MissingWait,      // the destination of cp.async used before it was waited for
  DivergentBarrier, // an aligned instruction reached by a part of the warp
  BarrierMismatch,  // one barrier with two thread counts, or a bad count
  Deadlock,         // nobody can go on
  WarpSync,         // a member mask that contradicts who executes
  FloatAtomic,      // its result depends on the order of arrival
  Trap,             // the kernel stopped itself
  Timeout,          // more instructions than the limit
  Leak,             // a cp.async that nobody waited for
  MissingFence,     // what is asynchronous need not see what came before
  BadOperand,       // an operand that PTX gives no meaning to
};
constexpr unsigned kFaults = unsigned(Fault::BadOperand) + 1;

std::string_view nameOf(Fault fault); // "out-of-bounds"

struct Finding {
  Fault fault;
  std::string kernel;
  std::string file;   // of the PTX
  int line = 0;       // of the PTX
  std::string source; // "net.gan:12", or empty
  Dim3 block;
  uint32_t warp = 0, lane = 0;
  std::string what; // expected and found
  std::string advice;
  uint64_t times = 1; // at this instruction

  /// All of it, in two lines, or with `between` in place of the break.
  std::string text(std::string_view between = "\n    ") const;
};

/// Where one block reports; equal faults of one instruction are counted, not
/// repeated.
class Findings {
public:
  /// The entry of that fault at that instruction, counted once more; null where
  /// it is new and worth describing.
  Finding *again(Fault fault, uint32_t pc);
  void add(Finding finding, uint32_t pc);
  /// Those of another block after ours.
  void merge(const Findings &other);
  std::vector<Finding> take() const;
  bool empty() const { return list.empty(); }

private:
  std::map<std::pair<uint32_t, Fault>, size_t> places;
  std::vector<Finding> list;
  std::vector<uint32_t> positions;
};

/// The finding of `fault` at instruction `pc`, with its place filled in.
Finding findingAt(const Program &program, Fault fault, uint32_t pc);

} // namespace gan::sim

#endif // GAN_RUNTIME_DEVICE_SIM_FINDINGS_H
