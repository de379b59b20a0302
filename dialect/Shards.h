// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Steps that are written for one shard of the samples and run for each (see
// ShardOps.td).
#ifndef GAN_DIALECT_SHARDS_H
#define GAN_DIALECT_SHARDS_H

#include "dialect/GanOps.h"

#include "llvm/ADT/DenseSet.h"

namespace gan {

/// Of a step, an i64: for one of how many shards it is written. Of a model:
/// what its steps have.
inline constexpr llvm::StringLiteral shardsAttribute = "gan.shards";

/// Of an argument, a unit: the number of the shard.
inline constexpr llvm::StringLiteral shardAttribute = "gan.shard";

/// The values of a function that may differ between shards: its data, the
/// number of the shard, and all that depends on these but gan.all_gather. None
/// in a function that is not written for shards.
llvm::DenseSet<mlir::Value> valuesOfShard(mlir::func::FuncOp function);

} // namespace gan

#endif // GAN_DIALECT_SHARDS_H
