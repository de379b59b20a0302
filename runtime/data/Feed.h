// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The batches of data that the runs of entries take, one after another.
#ifndef GAN_RUNTIME_DATA_FEED_H
#define GAN_RUNTIME_DATA_FEED_H

#include "runtime/base/File.h"
#include "runtime/data/Dataset.h"
#include "runtime/format/Executable_generated.h"

#include <map>
#include <mutex>
#include <set>

namespace gan::runtime {

/// Where the batches of a run go: memory of their size for every data input of
/// the entry, in the order of its inputs.
using Batches = std::vector<std::span<std::byte>>;

/// Holds the cursors of all data (ORDER.md). Its answers depend on the seed and
/// on the runs asked for before, on nothing else.
class Feed {
public:
  Feed(std::vector<Dataset> datasets, uint64_t seed);

  /// Reads the batches of the next run of `entry`, whose first fresh move has
  /// the number `move`; moves the cursors on.
  ///
  /// A record that cannot be read ends the run, or, where the data says so, is
  /// told once and left out: wherever it is due, all fields have the next
  /// record (by number) that is good. At most one record in 100, but any one,
  /// may be left out.
  Status next(const format::Entry &entry, uint64_t move, const Batches &into);

  /// Goes back to the start; from here on the order of records and what is made
  /// anew follow from `seed`. What outputs look at stays that of the first
  /// seed.
  void rewind(uint64_t seed);

  /// Moves the cursors on as `next` does, and reads nothing.
  void skip(const format::Entry &entry) { takePositions(entry); }

  /// The batches that an output looks at in move number `move` if it alone is
  /// computed, from move 0 on: the first of the order, then those after them.
  /// Moves nothing: safe while another thread calls `next`.
  Status first(const format::Entry &entry, uint64_t move,
               const Batches &into) const;

  /// Records of the first data, which are what an epoch is; 50,000 where they
  /// are made anew in every move.
  uint64_t epochRecords() const;

  const std::vector<Dataset> &data() const { return datasets; }

private:
  struct Place {
    const Dataset *dataset;
    const FieldReader *reader;
  };
  // The records of a data that were found to be bad.
  struct BadRecords {
    std::mutex mutex;
    std::set<uint64_t> records; // guarded by `mutex`
  };
  // A data, by its index, and the fresh move that reads it.
  using Reading = std::pair<size_t, uint32_t>;
  Reading readingOf(const format::Binding &input) const;
  // The first position of each reading, or 0 for all.
  using Positions = std::map<Reading, uint64_t>;
  Positions takePositions(const format::Entry &entry);
  Result<Place> find(const std::string &name) const;
  Status readAll(const format::Entry &entry, const Positions &positions,
                 uint64_t orderSeed, uint64_t move, const Batches &into) const;
  Status readOnce(const format::Entry &entry, const Positions &positions,
                  uint64_t orderSeed, uint64_t move, const Batches &into,
                  bool &isWhole) const;
  Status read(const format::Binding &input, uint64_t position,
              uint64_t orderSeed, uint64_t move, std::span<std::byte> into,
              bool &isWhole) const;
  bool isLeftOut(size_t data, uint64_t record) const;
  Status leaveOut(size_t data, uint64_t record, const Status &why) const;

  std::vector<Dataset> datasets;
  std::vector<std::unique_ptr<BadRecords>> badRecords; // one per data
  std::vector<uint64_t> cursors;                       // one per data
  uint64_t firstSeed;
  uint64_t seed;
};

} // namespace gan::runtime

#endif // GAN_RUNTIME_DATA_FEED_H
