// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A model opened for its outputs alone.
#ifndef GAN_RUNTIME_LIBRARY_GENERATOR_H
#define GAN_RUNTIME_LIBRARY_GENERATOR_H

#include "runtime/format/Generator.h"
#include "runtime/game/StepRunner.h"

#include <functional>
#include <memory>
#include <optional>

namespace gan::runtime {

/// A tensor of one sample, and what its C twin points at.
struct SampleTensor {
  std::string name;
  std::vector<uint64_t> shape;
  gan_tensor view;
};

/// Where to open a model, and with what.
struct GeneratorOptions {
  std::string weights; // a file; empty: those in the executable
  std::string device = "cpu";
  unsigned threads = 0; // 0: as many as there are processors
};

/// One thread at a time computes; others may ask meanwhile what there is.
class Generator {
public:
  static Result<std::unique_ptr<Generator>>
  open(Executable executable, const GeneratorOptions &options);

  /// Null behind the last one.
  const gan_tensor *output(size_t index) const;
  const gan_tensor *input(size_t output, size_t index) const;

  /// `count` samples of an output: the first ones take the draws of move 0, as
  /// `sample` does. `inputs` are `count` samples of each of its inputs; in the
  /// last run, where fewer are left than it takes, they come round again.
  Status generate(size_t output, uint64_t count, uint64_t seed,
                  std::span<const void *const> inputs,
                  std::span<std::byte> samples);

private:
  explicit Generator(Executable executable)
      : executable(std::move(executable)) {}
  struct Output {
    uint32_t entry;
    std::unique_ptr<SampleTensor> tensor;
    std::vector<std::unique_ptr<SampleTensor>> inputs; // of names of their own
  };
  Status prepare(const GeneratorOptions &options);
  void describe();
  Status checkCall(const Output &output, uint64_t count,
                   std::span<const void *const> inputs,
                   std::span<std::byte> samples) const;
  Result<FileBytes> compute(Run run,
                            const std::function<void(const Batches &)> &fill);
  void copyInputs(const Output &output, std::span<const void *const> inputs,
                  uint64_t first, uint64_t count, const Batches &into) const;

  Executable executable;
  std::unique_ptr<Device> device;
  std::optional<StepRunner> runner;
  std::vector<Output> outputs;
};

} // namespace gan::runtime

#endif // GAN_RUNTIME_LIBRARY_GENERATOR_H
