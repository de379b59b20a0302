// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A data of the model, bound to where its records come from.
#ifndef GAN_RUNTIME_DATA_DATASET_H
#define GAN_RUNTIME_DATA_DATASET_H

#include "runtime/base/Status.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace gan::runtime {

/// Which batch a reader is to give.
struct BatchRequest {
  uint64_t seed; // of the run
  uint64_t move; // number of the fresh move
  /// The record of each sample; 0, 1, ... where records are made in every move.
  std::span<const uint64_t> records;
};

/// Where the values of one field come from. Safe to read from several threads.
/// The values of a batch depend on the request alone.
class FieldReader {
public:
  virtual ~FieldReader() = default;
  /// How many records there are; 0: they are made anew in every move.
  virtual uint64_t records() const = 0;
  /// Writes the batch: samples one after another, row-major, in the element
  /// type of the field. `out` has exactly their size.
  virtual Status read(const BatchRequest &request,
                      std::span<std::byte> out) const = 0;
};

/// The fields are those of the model, in its order; those that have records
/// have `records` of them.
struct Dataset {
  std::string name;
  uint64_t records = 0; // 0: every field is made anew in every move
  std::vector<std::string> fieldNames;
  std::vector<std::unique_ptr<FieldReader>> fields;
};

} // namespace gan::runtime

#endif // GAN_RUNTIME_DATA_DATASET_H
