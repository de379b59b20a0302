// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Work on many items by several threads.
#ifndef GAN_RUNTIME_METRICS_PARALLEL_H
#define GAN_RUNTIME_METRICS_PARALLEL_H

#include <cstddef>
#include <functional>

namespace gan::runtime {

/// Calls `work(begin, end)` for blocks of at most `block` items that make up
/// 0 .. count, in no order, on `threads` threads (0: one for each
/// processor), or as many as the system gives. Results are the same for any
/// number of threads where each block writes places of its own, or adds
/// integers.
void forEachBlock(size_t count, size_t block, unsigned threads,
                  const std::function<void(size_t begin, size_t end)> &work);

} // namespace gan::runtime

#endif // GAN_RUNTIME_METRICS_PARALLEL_H
