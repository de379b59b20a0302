// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A data of the model, bound to where its records come from.
#ifndef GAN_RUNTIME_DATA_DATASET_H
#define GAN_RUNTIME_DATA_DATASET_H

#include "runtime/base/File.h"

#include <cstdint>
#include <functional>

namespace gan::runtime {

class Source;
class Workers;

/// A sample that cannot be read, the record to blame, and why.
struct BadSample {
  size_t sample;
  uint64_t record;
  Status why;
};

/// Which batch a reader is to give.
struct BatchRequest {
  uint64_t seed; // of the run
  uint64_t move; // number of the fresh move
  /// The record of each sample; its number in the move where records are made
  /// in every one.
  std::span<const uint64_t> records;
  /// Where samples whose records cannot be read are told, in their order; null:
  /// the first of them fails the batch.
  std::vector<BadSample> *bad = nullptr;
  uint64_t batch = 0; // samples of the move in all; 0: as many as these
  uint64_t first = 0; // number in the move of the first of these
  /// Whether a record is known to be bad; null: none is. Of those that are
  /// asked for, none is; a reader that chooses further ones goes by it.
  const std::function<bool(uint64_t)> *isBad = nullptr;
};

/// The record at `place`, or, as long as it is known to be bad, at the place
/// after it, of so many in a circle. Without `recordAt` a place is a record.
uint64_t
goodFrom(const BatchRequest &request, uint64_t place, uint64_t places,
         const std::function<uint64_t(uint64_t place)> &recordAt = nullptr);

/// Tells the failures among `statuses`, one for each sample, as the request
/// asks.
Status tellBad(const BatchRequest &request,
               const std::vector<Status> &statuses);

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

/// What becomes of a record that cannot be read.
enum class OnBadData : uint8_t { Stop, Skip };

/// The fields are those of the model, in its order; those that have records
/// have `records` of them.
struct Dataset {
  Dataset();
  Dataset(std::string name, uint64_t records,
          std::vector<std::string> fieldNames);
  Dataset(Dataset &&) noexcept;
  Dataset &operator=(Dataset &&) noexcept;
  ~Dataset();

  // What the fields read from and with; they go before it does.
  std::unique_ptr<Workers> workers;
  std::vector<std::unique_ptr<Source>> sources;

  OnBadData onBad = OnBadData::Stop;
  std::string name;
  uint64_t records = 0; // 0: every field is made anew in every move
  std::vector<std::string> fieldNames;
  std::vector<std::unique_ptr<FieldReader>> fields;
};

} // namespace gan::runtime

#endif // GAN_RUNTIME_DATA_DATASET_H
