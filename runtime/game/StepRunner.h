// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The entries of an executable on a device: inputs bound, programs submitted,
// outputs and metrics read.
#ifndef GAN_RUNTIME_GAME_STEPRUNNER_H
#define GAN_RUNTIME_GAME_STEPRUNNER_H

#include "runtime/data/Feed.h"
#include "runtime/device/Device.h"
#include "runtime/executable/Executable.h"
#include "runtime/game/Clock.h"
#include "runtime/report/Metrics.h"

#include <deque>
#include <string>
#include <vector>

namespace gan::runtime {

/// With what the inputs of one run are bound.
struct RunInputs {
  uint64_t seed = 0;
  uint64_t move = 0; // number of the first fresh move
  Clock clock;
  const Batches *batches = nullptr; // null for an entry without data inputs
};

class StepRunner {
public:
  /// `device` has loaded `executable`; both outlive the runner. Prepares every
  /// entry.
  static Result<StepRunner> create(const Executable &executable,
                                   Device &device);

  /// Gives every storage its first value.
  Status initialise(uint64_t seed);

  /// Gives the optimizer states of the players their first value again;
  /// everything else keeps its own.
  Status
  reset(const flatbuffers::Vector<flatbuffers::Offset<flatbuffers::String>>
            &players,
        uint64_t seed);

  /// Queues one run of a step. With `wantsMetrics` also queues the reading of
  /// its metrics, which `takeMetrics` gives later; waits for nothing.
  Status run(uint32_t entry, const RunInputs &inputs, bool wantsMetrics);

  /// Waits, and gives the metrics read since the last call: of each name the
  /// value of the last run.
  Result<Metrics> takeMetrics();

  /// Runs an entry of kind Until and waits: whether the phase is over.
  Result<bool> isOver(uint32_t entry, const RunInputs &inputs);

  /// Runs an entry of kind Output and waits for what it computes.
  Result<FileBytes> compute(uint32_t entry, const RunInputs &inputs);

private:
  StepRunner(const Executable &executable, Device &device)
      : executable(executable), device(device) {}
  Status submit(uint32_t entry, const RunInputs &inputs);
  Status bind(const format::Binding &input, const RunInputs &inputs,
              size_t &dataInputs);

  struct PendingMetric {
    const format::Binding *output;
    alignas(8) std::byte bytes[8];
  };
  const Executable &executable;
  Device &device;
  std::vector<std::unique_ptr<Program>> programs; // by entry
  std::deque<PendingMetric> pending; // whose bytes stay where they are
};

} // namespace gan::runtime

#endif // GAN_RUNTIME_GAME_STEPRUNNER_H
