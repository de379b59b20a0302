// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// How many threads can run at once.
#ifndef GAN_RUNTIME_BASE_PROCESSORS_H
#define GAN_RUNTIME_BASE_PROCESSORS_H

namespace gan::runtime {

/// The processors that this process may run on, at least 1: where a launcher
/// binds each rank to its own, those.
unsigned availableProcessors();

/// More threads than this are a slip of the hand.
inline constexpr unsigned kMostThreads = 1024;

} // namespace gan::runtime

#endif // GAN_RUNTIME_BASE_PROCESSORS_H
