// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The names of entries while a container is opened.
#ifndef GAN_RUNTIME_DATA_CONTAINER_ENTRYNAMES_H
#define GAN_RUNTIME_DATA_CONTAINER_ENTRYNAMES_H

#include "runtime/base/Rng.h"
#include "runtime/data/container/Container.h"

#include <algorithm>
#include <optional>

namespace gan::runtime {

/// The name as `Container::names` has it: no value where it is hidden;
/// `Damaged` where it leads out of the container `path`, is too long, or has
/// control characters.
Result<std::optional<std::string>> cleanName(std::string_view name,
                                             const std::string &path);

/// Mixes a number into a hash.
uint64_t mixed(uint64_t hash, uint64_t number);

/// Names, and for each the place of its content.
template <typename Place> class EntryTable {
public:
  explicit EntryTable(std::string path, uint64_t most = kMostEntries)
      : path(std::move(path)), most(most) {}

  Status add(std::string_view name, Place place) {
    Result<std::optional<std::string>> clean = cleanName(name, path);
    if (!clean.ok())
      return clean.status();
    if (*clean)
      entries.emplace_back(std::move(**clean), place);
    if (entries.size() <= most)
      return Status();
    return Status(Code::Damaged,
                  "it has more than " + std::to_string(most) + " entries",
                  path);
  }

  /// Sorts, and hands out names and places in the same order. Empties the
  /// table.
  Status finish(std::vector<std::string> &names, std::vector<Place> &places,
                uint64_t &stamp) {
    std::sort(entries.begin(), entries.end(),
              [](auto &a, auto &b) { return a.first < b.first; });
    for (auto &[name, place] : entries) {
      if (!names.empty() && names.back() == name)
        return Status(Code::Damaged, "it has two entries '" + name + "'", path);
      stamp = mixed(stamp, fnv1a64(name));
      names.push_back(std::move(name));
      places.push_back(place);
    }
    entries.clear();
    return Status();
  }

private:
  std::string path;
  uint64_t most;
  std::vector<std::pair<std::string, Place>> entries;
};

} // namespace gan::runtime

#endif // GAN_RUNTIME_DATA_CONTAINER_ENTRYNAMES_H
