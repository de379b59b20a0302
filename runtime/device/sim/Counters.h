// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What a launch did, counted exactly; no time is modelled.
#ifndef GAN_RUNTIME_DEVICE_SIM_COUNTERS_H
#define GAN_RUNTIME_DEVICE_SIM_COUNTERS_H

#include "runtime/device/sim/Program.h"

#include <array>
#include <map>

namespace gan::sim {

/// Of one instruction, summed over all warps.
struct Count {
  uint64_t issued = 0;                    // warp instructions
  uint64_t lanes = 0;                     // lane instructions
  uint64_t diverged = 0;                  // branches that split their warp
  uint64_t sectors = 0, idealSectors = 0; // of 32 bytes, in global memory
  uint64_t wavefronts = 0, idealWavefronts = 0; // passes over the 32 banks
  uint64_t serialised = 0; // atomics beyond the first to an address

  Count &operator+=(const Count &other);
};

struct Counters {
  std::vector<Count> byInst; // as Program::code

  Count total() const;
  std::array<Count, kClasses> byClass(const Program &program) const;
  /// By line of the PTX; a line may hold several instructions.
  std::map<int, Count> byLine(const Program &program) const;
  void add(const Counters &other);
};

std::string_view nameOf(Class group);

/// For people: totals, classes that occur, and what memory access cost.
std::string counterText(const Program &program, const Counters &counters);

} // namespace gan::sim

#endif // GAN_RUNTIME_DEVICE_SIM_COUNTERS_H
