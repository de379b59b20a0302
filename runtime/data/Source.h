// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What a path holds that fields are read from.
#ifndef GAN_RUNTIME_DATA_SOURCE_H
#define GAN_RUNTIME_DATA_SOURCE_H

#include "runtime/data/Dataset.h"
#include "runtime/data/SourceOptions.h"
#include "runtime/data/container/Container.h"

namespace gan::runtime {

struct ArrayFile;

/// Which field of which data a source is asked for.
struct FieldRequest {
  const format::Data &data;
  const format::DataField &field;
  bool isShared; // the source was named for all of the data
  std::string name() const { return nameOf(data, field); }
};

/// With what sources are opened; `workers` must outlive them.
struct Opening {
  std::string scratch; // a folder for what has to be unpacked
  std::string keep;    // one for decoded pictures; empty: none are kept
  Workers *workers = nullptr;
};

class Source {
public:
  virtual ~Source() = default;
  /// Whether it can be shared by the fields of a data; one that cannot holds
  /// what a single field is.
  virtual bool isShareable() const = 0;
  /// The reader must not outlive the source.
  virtual Result<std::unique_ptr<FieldReader>>
  read(const FieldRequest &request) const = 0;
  /// The names by which the records of an image field have partners in other
  /// sources; empty where their order is all that binds them.
  virtual std::vector<std::string>
  recordNames(const FieldRequest &request) const = 0;
};

/// Opens what a path holds, told by its content (text, numbers in it and
/// CIFAR's bytes, which say nothing, by the ending of the name).
Result<std::unique_ptr<Source>> openSource(const std::string &path,
                                           const Opening &opening);

// The kinds, each in a file of its own.
std::unique_ptr<Source> arraySource(const std::string &path, ArrayFile file,
                                    Workers *workers);
/// Of text; `path` names it in messages.
Result<std::unique_ptr<Source>> textSource(const std::string &path,
                                           FileBytes content);
Result<std::unique_ptr<Source>>
imageSource(std::unique_ptr<Container> container, const Opening &opening);

} // namespace gan::runtime

#endif // GAN_RUNTIME_DATA_SOURCE_H
