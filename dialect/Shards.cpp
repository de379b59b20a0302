// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/Shards.h"

#include "llvm/ADT/STLExtras.h"

using namespace mlir;

llvm::DenseSet<Value> gan::valuesOfShard(func::FuncOp function) {
  llvm::DenseSet<Value> values;
  if (!function->hasAttr(shardsAttribute))
    return values;
  for (BlockArgument argument : function.getArguments())
    for (StringRef name : {shardAttribute, StringLiteral("gan.data")})
      if (function.getArgAttr(argument.getArgNumber(), name))
        values.insert(argument);
  for (Operation &op : function.getBody().front().without_terminator()) {
    bool isOfShard = !isa<AllGatherOp>(op) &&
                     llvm::any_of(op.getOperands(), [&](Value operand) {
                       return values.contains(operand);
                     });
    if (isOfShard)
      values.insert(op.result_begin(), op.result_end());
  }
  return values;
}
