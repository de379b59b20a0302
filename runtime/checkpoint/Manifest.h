// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What a checkpoint says of itself: where the run was, what it is a run of, and
// the hashes of its files.
#ifndef GAN_RUNTIME_CHECKPOINT_MANIFEST_H
#define GAN_RUNTIME_CHECKPOINT_MANIFEST_H

#include "runtime/base/Status.h"
#include "runtime/executable/Executable.h"

#include <string>
#include <string_view>
#include <vector>

namespace gan::runtime {

/// What decides the bits of a run beside its storage and place: two runs that
/// are equal in this give equal bits.
struct RunIdentity {
  std::string model;
  std::string source;             // hash of the model's text
  std::vector<std::string> flags; // of ganc, but for the target
  std::string compiler;
  std::string code;            // hash of the kernels
  std::string arithmetic = {}; // DeviceInfo; not written where it is empty
  uint64_t seed = 0;
  std::vector<std::pair<std::string, uint64_t>> records; // of each data
};

/// That of the executable, without arithmetic, seed and data.
RunIdentity identityOf(const Executable &executable);

/// The first difference as a sentence, or empty: "the run has seed 1, not 2".
std::string differenceOf(const RunIdentity &run, const RunIdentity &asked);

struct FileRecord {
  std::string name;
  uint64_t bytes = 0;
  std::string hash; // XXH64, 16 digits

  bool operator==(const FileRecord &) const = default;
};

struct Manifest {
  RunIdentity run;
  uint64_t passes = 0;             // done
  std::vector<uint64_t> phaseEnds; // see Position in runtime/game/Game.h
  uint64_t rollbacks = 0;          // before; not written where there were none
  std::vector<FileRecord> files;
};

/// A line of JSON, and a line with its hash.
std::string textOf(const Manifest &manifest);
/// `Damaged` for what is not such a text to the last bit, `Unsupported` for one
/// of a later form.
Result<Manifest> parseManifest(std::string_view text, const std::string &where);

/// Size and hash of a file, read in pieces.
Result<FileRecord> recordOf(const std::string &folder, const std::string &name);

} // namespace gan::runtime

#endif // GAN_RUNTIME_CHECKPOINT_MANIFEST_H
