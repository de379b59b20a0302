// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Samples one bunch after another, so that memory holds features of all and
// images of few.
#ifndef GAN_RUNTIME_EVALUATION_STREAM_H
#define GAN_RUNTIME_EVALUATION_STREAM_H

#include "runtime/evaluation/Subject.h"
#include "runtime/game/Game.h"

namespace gan::runtime {

class SampleStream {
public:
  virtual ~SampleStream() = default;
  /// Puts the visible values of the next bunch of samples into `values`, in
  /// place of what was there.
  virtual Status next(std::vector<double> &values) = 0;
  /// What these are, for the protocol: "records of photos.x".
  virtual std::string description() const = 0;
};

/// The records of a data in the order of their file, from the first on; or,
/// where they are made anew in every move, those of move 0, 1, ...
class RealStream : public SampleStream {
public:
  /// `dataset` is the subject's, and outlives this.
  RealStream(const Subject &subject, const Dataset &dataset, uint64_t seed)
      : subject(subject), dataset(dataset), seed(seed) {}
  Status next(std::vector<double> &values) override;
  std::string description() const override;

private:
  const Subject &subject;
  const Dataset &dataset;
  uint64_t seed;
  uint64_t bunch = 0;
};

/// What a game draws, from the latents of fresh move 0 on.
class GeneratedStream : public SampleStream {
public:
  GeneratedStream(const Executable &executable, const Subject &subject,
                  Game &game)
      : executable(executable), subject(subject), game(game) {}
  Status next(std::vector<double> &values) override;
  std::string description() const override;

private:
  const Executable &executable;
  const Subject &subject;
  Game &game;
  uint64_t move = 0;
};

} // namespace gan::runtime

#endif // GAN_RUNTIME_EVALUATION_STREAM_H
