// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Which tables speak of one shard, and what they are for a rank that has some
// (Executable.fbs: `shards`).
#ifndef GAN_RUNTIME_EXECUTABLE_SHARDS_H
#define GAN_RUNTIME_EXECUTABLE_SHARDS_H

#include "runtime/format/Executable_generated.h"

#include <cstdint>

namespace gan::runtime {

/// Into how many shards the samples of moves are cut: 1 or more.
uint32_t shardsOf(const format::Executable &tables);

/// Whether each shard has such a buffer for itself.
bool isOfShard(const format::Executable &tables, const format::Buffer &buffer);

/// Whether the node runs once for each shard. Its buffers exist.
bool runsPerShard(const format::Executable &tables, const format::Node &node);

/// Whether the node writes that argument; its kernel exists.
bool writesArgument(const format::Executable &tables, const format::Node &node,
                    uint32_t argument);

/// Makes of the tables for one shard those for a rank, number `rank` of
/// `ranks`, which divides the number of shards. The rank has as many shards as
/// the others, one behind another in the order of ranks; its arena holds what
/// they share and what each has for itself. Nodes of a shard, their groups and
/// inputs are there once for each; planned batches are of one shard, and not
/// there where the rank has more. Of a collective, copies into the place of
/// each shard are left, and behind them, with more ranks than one, a collective
/// that completes tensors of which this rank has its part: its first arguments
/// are these parts, the others the whole tensors.
void spreadShards(format::ExecutableT &tables, uint32_t rank, uint32_t ranks);

} // namespace gan::runtime

#endif // GAN_RUNTIME_EXECUTABLE_SHARDS_H
