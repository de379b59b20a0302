// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What a device tells of its time. Times are nanoseconds.
#ifndef GAN_RUNTIME_DEVICE_PROFILE_H
#define GAN_RUNTIME_DEVICE_PROFILE_H

#include <cstdint>
#include <vector>

namespace gan::runtime {

/// What was measured of one node of one entry since `load`.
struct NodeTime {
  uint32_t entry = 0;
  uint32_t node = 0;
  uint64_t calls = 0;
  uint64_t nanoseconds = 0;  // summed over threads: the work, not the wait
  uint64_t instructions = 0; // of warps; 0 where the device counts none
  uint32_t nodes = 1; // which ran in one launch, this one and those behind it
};

/// One piece of a node on one thread; the clock counts from an unknown start.
struct Span {
  uint32_t entry = 0;
  uint32_t node = 0;
  uint32_t thread = 0;
  uint64_t begin = 0, end = 0;
};

/// What one thread reaches at most while all others are at work, too; 0 where
/// it is not known.
struct Peak {
  double flopsPerSecond = 0; // f32, fused multiply-adds counted as two
  double bytesPerSecond = 0; // read and written, of copies beyond all caches
};

struct Profile {
  std::vector<NodeTime> nodes; // by entry, then node; only those that ran
  std::vector<Span> spans;     // the latest, those of one thread in order
  uint64_t submitted = 0;      // from `submit` until all was done, summed
  uint64_t elapsed = 0;        // from the first of these until the last
  Peak peak;
};

} // namespace gan::runtime

#endif // GAN_RUNTIME_DEVICE_PROFILE_H
