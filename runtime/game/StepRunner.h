// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The entries of an executable on a device: inputs bound, sequences of runs
// submitted, outputs and metrics read.
#ifndef GAN_RUNTIME_GAME_STEPRUNNER_H
#define GAN_RUNTIME_GAME_STEPRUNNER_H

#include "runtime/data/Feed.h"
#include "runtime/device/Device.h"
#include "runtime/device/Inputs.h"
#include "runtime/executable/Executable.h"
#include "runtime/game/Clock.h"
#include "runtime/report/Metrics.h"

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace gan::runtime {

/// A run of an entry, and what its inputs depend on besides the data.
struct Run {
  uint32_t entry = 0;
  uint64_t move = 0; // number of the first fresh move
  Clock clock;
  std::optional<uint64_t> seed = std::nullopt; // none: the runner's
};

/// What an output's samples are drawn from: the values of its entry's inputs of
/// kind Draw, in their order, each of the whole batch, samples along axis 0.
using Draws = std::vector<FileBytes>;

class StepRunner {
public:
  /// `device` has loaded `executable`; both outlive the runner. Prepares every
  /// entry.
  static Result<StepRunner> create(const Executable &executable, Device &device,
                                   uint64_t seed);

  /// Bytes of the inputs of one run.
  uint64_t blockBytes(uint32_t entry) const { return blocks[entry].bytes; }

  /// Writes the keys and clocks of a run into its block of inputs; gives back
  /// where its batches go. Safe while another thread calls the others.
  Batches bind(const Run &run, std::span<std::byte> block) const;

  /// Queues the runs of a sequence of steps, whose inputs lie in the slot. With
  /// `wantsMetrics` also queues the reading of their metrics, which
  /// `takeMetrics` gives later; waits for nothing.
  Status submit(const std::vector<uint32_t> &entries, unsigned slot,
                bool wantsMetrics);

  /// Waits, and gives the metrics read since the last call: of each name the
  /// value of the last run.
  Result<Metrics> takeMetrics();

  // The next four reclaim the slot and bind their inputs in it.

  /// Gives every storage its first value.
  Status initialise(unsigned slot);

  /// Gives the optimizer states of the players their first value again;
  /// everything else keeps its own.
  Status
  reset(const flatbuffers::Vector<flatbuffers::Offset<flatbuffers::String>>
            &players,
        unsigned slot);

  /// Runs an entry of kind Until and waits: whether the phase is over.
  Result<bool> isOver(const Run &run, unsigned slot);

  /// What the samples of a run of an output are drawn from, by the entry of
  /// kind Draws that belongs to it; waits for it. None: nothing.
  Result<Draws> draw(Run ofOutput, unsigned slot);

  /// Writes draws, or what else is of their sizes, into the output's block of
  /// inputs.
  void bindDraws(uint32_t output, const Draws &draws,
                 std::span<std::byte> block) const;

  /// Runs an entry of kind Output, whose inputs lie in the slot, and waits for
  /// what it computes.
  Result<FileBytes> compute(uint32_t entry, unsigned slot);

private:
  StepRunner(const Executable &executable, Device &device, uint64_t seed)
      : executable(executable), device(device), seed(seed) {}
  Result<Program *> programOf(const std::vector<uint32_t> &entries);
  void dropProgram();
  Result<std::vector<FileBytes>> computeAll(uint32_t entry, unsigned slot);
  Status readMetrics(const std::vector<uint32_t> &entries);

  struct PendingMetric {
    const format::Binding *output;
    bool isRead; // else a later one of the same output is
    alignas(8) std::byte bytes[8];
  };
  struct Prepared {
    std::unique_ptr<Program> program;
    uint64_t lastUse = 0;
  };
  const Executable &executable;
  Device &device;
  uint64_t seed;
  std::vector<InputBlock> blocks; // by entry
  std::map<std::vector<uint32_t>, Prepared> programs;
  uint64_t uses = 0;                 // of programs
  std::deque<PendingMetric> pending; // whose bytes stay where they are
};

} // namespace gan::runtime

#endif // GAN_RUNTIME_GAME_STEPRUNNER_H
