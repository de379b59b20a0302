// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Loading a module onto the simulated device and running its kernels.
#ifndef GAN_RUNTIME_DEVICE_SIM_LAUNCH_H
#define GAN_RUNTIME_DEVICE_SIM_LAUNCH_H

#include "runtime/device/sim/Counters.h"
#include "runtime/device/sim/Decode.h"
#include "runtime/device/sim/Findings.h"
#include "runtime/device/sim/Memory.h"

namespace gan::sim {

/// Which warp of a block goes on next, and which block comes first. A correct
/// kernel gives the same result under all of them.
enum class Schedule : uint8_t {
  RoundRobin, // in order, each until it waits
  Reverse,    // last warp and last block first
  Random,     // by seed, for a random number of instructions
  OneAhead,   // the lowest warp runs as far as it can before others move
};

/// "round-robin", "reverse", "random", "one-ahead"; nothing for another word.
std::optional<Schedule> scheduleNamed(std::string_view word);

/// Whether this processor has what the simulator is compiled for: AVX2 and FMA.
bool canExecute();

/// When the data of cp.async arrives: at once, or as late as is allowed.
enum class AsyncMode : uint8_t { Eager, OnWait };

struct Options {
  Schedule schedule = Schedule::RoundRobin;
  uint64_t seed = 0;
  AsyncMode async = AsyncMode::OnWait;
  bool races = true;
  bool uninitialised = true;
  bool floatAtomics = true; // report them
  /// Of the tensor cores; 0: as .target says.
  unsigned architecture = 0;
  /// Of the host, for blocks. Kernels whose blocks can see each other run on
  /// one whatever this says.
  unsigned threads = 1;
  /// Blocks that are on the device together where they can see each other.
  unsigned residentBlocks = 64;
  uint64_t mostInstructions = uint64_t(1) << 36; // of warps
};

struct LaunchShape {
  Dim3 grid, block;
  uint32_t dynamicShared = 0;
  std::vector<std::byte> parameters; // laid out as Program::parameters
};

struct Report {
  std::vector<Finding> findings;
  Counters counters;
};

/// A module on the device: its variables have addresses.
class Image {
public:
  /// Allocates and fills the variables of .global and .const. Both arguments
  /// must outlive the image.
  static Result<Image> load(const Module &module, Memory &memory);
  /// The kernel of that name, decoded.
  Result<Program> kernel(std::string_view entry) const;

private:
  Image(const Module &module, Memory &memory)
      : module(&module), memory(&memory) {}
  Status place(const Variable &variable);
  Status relocate(const Variable &variable);

  const Module *module;
  Memory *memory;
  Symbols addresses;
};

/// Runs a kernel over its grid. `Usage` for a shape that no device takes or
/// parameters of another size; what the kernel itself does wrong is in the
/// report. Report and memory are the same for every number of threads.
Result<Report> launch(Memory &memory, const Program &program,
                      const LaunchShape &shape, const Options &options);

} // namespace gan::sim

#endif // GAN_RUNTIME_DEVICE_SIM_LAUNCH_H
