// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Where in a pass the first number came from that is not finite.
#ifndef GAN_RUNTIME_HEALTH_ORIGIN_H
#define GAN_RUNTIME_HEALTH_ORIGIN_H

#include "runtime/device/Device.h"
#include "runtime/health/Finite.h"

#include <vector>

namespace gan::runtime {

/// A node that made a number that is not finite out of finite ones, or what a
/// node took that held one already.
struct Origin {
  bool isInput = false; // then `buffer` held it before the node ran
  uint32_t entry = 0;
  uint32_t node = 0;
  uint32_t buffer = 0;
  NotFinite found;
};

/// Looks at what every node of a pass writes, and remembers from which bad
/// bytes each bad byte was made. Infinite numbers that do no harm, such as the
/// mask of a maximum, are in many passes; so what counts is where those came
/// from that reached a metric or the storage.
class OriginFinder {
public:
  explicit OriginFinder(const Executable &executable)
      : executable(executable) {}

  /// To be called behind each node, in their order
  /// (`DeviceOptions::afterNode`); `device` is the one that runs them.
  Status afterNode(Device &device, uint32_t entry, uint32_t node);

  /// The earliest origin of what is bad at the end of the metrics and of the
  /// storage that is watched, if anything is.
  std::optional<Origin> find(const std::vector<bool> &isWatched) const;

private:
  // An origin, or what was made of others.
  struct Source {
    Origin origin;
    std::vector<size_t> madeOf;
  };
  // The last writer of bytes of the arena; those that nobody wrote are not here
  // until they are read.
  struct Extent {
    uint64_t begin, end;
    std::optional<size_t> source; // none: the bytes are good
  };
  Result<std::optional<NotFinite>> look(Device &device,
                                        format::ElementType element,
                                        uint32_t buffer, uint64_t bytes) const;
  Result<std::vector<size_t>> sourcesOfReads(Device &device, uint32_t entry,
                                             uint32_t node);
  void put(uint32_t buffer, uint64_t bytes, std::optional<size_t> source);
  const Extent *at(uint32_t buffer, uint64_t bytes) const;
  bool isKept(uint32_t entry, uint32_t buffer) const;

  const Executable &executable;
  std::vector<Source> sources;
  std::vector<Extent> extents;
  std::vector<size_t> metrics; // sources of bad ones
};

} // namespace gan::runtime

#endif // GAN_RUNTIME_HEALTH_ORIGIN_H
