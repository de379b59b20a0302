// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Rewrites one step for one shard.
#ifndef GAN_PASSES_SHARD_SHARDER_H
#define GAN_PASSES_SHARD_SHARDER_H

#include "dialect/GanOps.h"

#include "mlir/IR/Builders.h"

#include <map>
#include <optional>

namespace gan {

/// What there is of a value of the step as it was written, in the step for one
/// shard. At least one of the three forms; others are made when they are asked
/// for.
struct Held {
  mlir::Value whole;                   // the value, in every shard
  std::map<int64_t, mlir::Value> cuts; // by axis: the shard's part of it
  mlir::Value addend; // the value is the sum of these over all shards
  // The axis along which shards hold it without an exchange; none: they hold
  // all of it, or addends.
  std::optional<int64_t> home;
};

class Sharder {
public:
  /// Every data input of `function` can be cut into `shards` > 1 parts.
  Sharder(mlir::func::FuncOp function, int64_t shards)
      : function(function), block(function.getBody().front()), shards(shards),
        builder(function.getContext()) {}

  void run();

private:
  void cutArguments();
  void dropArguments();
  void visit(mlir::Operation *op);
  bool visitCut(mlir::Operation *op);
  bool visitElementwise(mlir::Operation *op);
  bool visitBroadcast(BroadcastOp op);
  bool visitTranspose(TransposeOp op);
  bool visitReshape(ReshapeOp op);
  bool visitSum(SumOp op);
  bool visitWindow(mlir::Operation *op);
  bool visitConcat(ConcatOp op);
  bool visitMatmul(MatmulOp op);
  bool visitBatched(mlir::Operation *op);
  bool visitWeightGrad(Conv2dWeightGradOp op);
  bool visitRandom(RandomOp op);

  mlir::Value whole(mlir::Value old);
  mlir::Value cut(mlir::Value old, int64_t axis);
  mlir::Value cutAnew(mlir::Value old, int64_t axis);
  std::optional<int64_t> homeOf(mlir::Value old) const;
  bool isAddend(mlir::Value old) const;
  mlir::RankedTensorType cutType(mlir::Type type, int64_t axis) const;
  mlir::Value gather(mlir::Value value);
  mlir::Value copy(mlir::Operation *op, mlir::ArrayRef<mlir::Value> operands,
                   mlir::Type type);
  bool holdCut(mlir::Operation *op, int64_t axis, mlir::Value value);
  bool holdAddend(mlir::Operation *op, mlir::Value value);

  mlir::func::FuncOp function;
  mlir::Block &block;
  int64_t shards;
  mlir::OpBuilder builder;
  mlir::SmallVector<mlir::BlockArgument> data; // as it was
  mlir::Value number;                          // of the shard
  mlir::DenseMap<mlir::Value, Held> held;
};

} // namespace gan

#endif // GAN_PASSES_SHARD_SHARDER_H
