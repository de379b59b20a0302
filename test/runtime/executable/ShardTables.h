// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The executable of TestExecutable.h with its step cut into two shards.
#ifndef GAN_TEST_RUNTIME_EXECUTABLE_SHARDTABLES_H
#define GAN_TEST_RUNTIME_EXECUTABLE_SHARDTABLES_H

#include "test/runtime/executable/TestExecutable.h"

namespace gan::test {

/// Two more buffers: of all shards, and the number of one.
enum ShardBuffers : uint32_t { All = kBuffers, Number };

/// The step "train.0" of two shards, each with 32 samples of 64:
///
///   node 0: H = X + W      of the shard
///   node 1: All = both H   the exchange
///   node 2: W = W + All[0]
///   node 3: Loss = sum of All[0]
///   node 4: G = H + X      of the shard
format::ExecutableT makeShardTables();

/// All of it.
std::vector<std::byte> makeShardExecutable();

} // namespace gan::test

#endif // GAN_TEST_RUNTIME_EXECUTABLE_SHARDTABLES_H
