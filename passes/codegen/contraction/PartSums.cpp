// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/codegen/contraction/PartSums.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using namespace gan;

PartSums::PartSums(KernelBuilder &k, Value hero) : k(k), hero(hero) {
  // Of each value the first wave in which all that it needs is known.
  DenseMap<Value, size_t> known;
  ArrayRef<int64_t> shape;
  for (Operation &op : k.body().without_terminator()) {
    size_t wave = 0;
    for (Value operand : op.getOperands())
      wave = std::max(wave, known.lookup(operand));
    if (auto sum = dyn_cast<SumOp>(op)) {
      waves.resize(std::max(waves.size(), wave + 1));
      waves[wave].sums.push_back(sum);
      shape = cast<RankedTensorType>(sum.getType()).getShape();
      ++wave;
    }
    known[op.getResult(0)] = wave;
  }
  auto isOfParts = [&](Value value) {
    return cast<RankedTensorType>(value.getType()).getShape() == shape;
  };
  for (auto broadcast : k.body().getOps<BroadcastOp>())
    if (size_t wave = known.lookup(broadcast.getY());
        wave > 0 && wave < waves.size() && isOfParts(broadcast.getX()))
      waves[wave].spread.push_back(broadcast);
  for (auto [i, value] : llvm::enumerate(k.yield().getValues()))
    (isOfParts(value) && !empty() ? ofParts : ofRows).push_back(i);
}

void PartSums::store(const Index &part, RowLoop forRows) {
  for (auto [number, wave] : llvm::enumerate(waves)) {
    SmallVector<Value> spread, zeros;
    for (BroadcastOp broadcast : wave.spread)
      spread.push_back(k.at(broadcast.getX(), part));
    for (SumOp sum : wave.sums)
      zeros.push_back(
          k.number(getElementTypeOrSelf(sum.getY()), 0, part.lanes));
    SmallVector<Value> totals =
        forRows(zeros, [&](const Index &at, ValueRange before) {
          for (auto [broadcast, value] : llvm::zip_equal(wave.spread, spread))
            k.define(broadcast.getY(), at, value);
          SmallVector<Value> after;
          for (auto [sum, total] : llvm::zip_equal(wave.sums, before))
            after.push_back(
                arith::AddFOp::create(k.b, k.loc, total, k.at(sum.getX(), at)));
          if (number == 0)
            k.storeOutputs(hero, at, ofRows);
          return after;
        });
    for (auto [sum, total] : llvm::zip_equal(wave.sums, totals))
      k.define(sum.getY(), part, total);
  }
  k.storeOutputs(waves.front().sums.front().getY(), part, ofParts);
}
