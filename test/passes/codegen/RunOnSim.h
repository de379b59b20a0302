// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// GPU kernels run by the PTX simulator, with all its checks.
#ifndef GAN_TEST_PASSES_CODEGEN_RUNONSIM_H
#define GAN_TEST_PASSES_CODEGEN_RUNONSIM_H

#include "runtime/device/sim/TensorMap.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace gan::test {

/// How a kernel is launched, and what it is given.
struct SimLaunch {
  /// Of argument number `argument`.
  struct Map {
    unsigned argument;
    sim::TensorMap map; // without the address
  };
  std::string kernel;
  uint32_t blocks, threads;
  uint32_t dynamicShared;
  std::vector<Map> maps;
  std::span<const std::vector<char>> inputs;
  std::span<std::vector<char>>
      outputs; // sized by the caller, filled by the run
};

/// The kernels of one text, parsed once.
class SimModule {
public:
  explicit SimModule(const std::string &ptx);
  ~SimModule();

  /// Runs one kernel under two schedules, which must agree. Inputs are
  /// read-only and outputs begin without values. What went wrong, the text's
  /// own mistakes included, or an empty string.
  std::string run(const SimLaunch &launch) const;

private:
  struct Text;
  std::unique_ptr<Text> text;
};

} // namespace gan::test

#endif // GAN_TEST_PASSES_CODEGEN_RUNONSIM_H
