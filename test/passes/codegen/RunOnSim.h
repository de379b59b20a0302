// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// GPU kernels run by the PTX simulator, with all its checks.
#ifndef GAN_TEST_PASSES_CODEGEN_RUNONSIM_H
#define GAN_TEST_PASSES_CODEGEN_RUNONSIM_H

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace gan::test {

/// How a kernel is launched, and what it is given.
struct SimLaunch {
  std::string kernel;
  uint32_t blocks, threads;
  std::span<const std::vector<char>> inputs;
  std::span<std::vector<char>>
      outputs; // sized by the caller, filled by the run
};

/// Runs one kernel of `ptx` under two schedules, which must agree. Inputs are
/// read-only and outputs begin without values. What went wrong, or an empty
/// string.
std::string runOnSim(const std::string &ptx, const SimLaunch &launch);

} // namespace gan::test

#endif // GAN_TEST_PASSES_CODEGEN_RUNONSIM_H
