// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/Splats.h"
#include "passes/autodiff/Passes.h"

#include "llvm/ADT/STLExtras.h"

#include <map>
#include <vector>

using namespace mlir;
using namespace gan;

namespace gan {
#define GEN_PASS_DEF_JOINAVERAGESPASS
#include "passes/autodiff/Passes.h.inc"
} // namespace gan

// Whether op #0, on operands that differ from micro-batch to micro-batch where
// `differs` says so, is linear in these.
static bool isLinear(Operation *op, ArrayRef<bool> differs) {
  if (isa<AddOp, SubOp>(op))
    return true;
  if (isa<MulOp>(op))
    return !differs[0] || !differs[1];
  if (isa<DivOp>(op))
    return !differs[1];
  if (isa<SelectOp>(op))
    return !differs[0];
  return isa<NegOp, ReshapeOp, TransposeOp, SliceOp, PadOp>(op);
}

namespace {
// Writes the average of values in front of one gan.average.
class Joiner {
public:
  explicit Joiner(AverageOp average)
      : builder(average), loc(average.getLoc()) {}
  Value join(ArrayRef<Value> xs);

private:
  Value average(ArrayRef<Value> xs);
  Value joinBehind(ArrayRef<Value> xs);
  Value addPairs(ArrayRef<Value> xs);

  OpBuilder builder;
  Location loc;
  // What is shared is joined once: else the work doubles with each sharing.
  std::map<std::vector<void *>, Value> known;
};
} // namespace

// Null where the xs are not one linear op on like operands.
Value Joiner::joinBehind(ArrayRef<Value> xs) {
  Operation *first = xs.front().getDefiningOp();
  if (!first || first->getNumResults() != 1)
    return {};
  auto isAlike = [&](Value x) {
    Operation *op = x.getDefiningOp();
    return op && op->getName() == first->getName() &&
           op->getAttrs() == first->getAttrs() &&
           op->getOperandTypes() == first->getOperandTypes();
  };
  if (!llvm::all_of(xs, isAlike))
    return {};
  SmallVector<bool> differs;
  SmallVector<SmallVector<Value>> columns;
  for (unsigned i = 0; i < first->getNumOperands(); ++i) {
    columns.push_back(llvm::map_to_vector(
        xs, [&](Value x) { return x.getDefiningOp()->getOperand(i); }));
    differs.push_back(!llvm::all_equal(columns.back()));
  }
  if (!isLinear(first, differs))
    return {};
  SmallVector<Value> operands;
  for (ArrayRef<Value> column : columns)
    operands.push_back(join(column));
  Operation *op = builder.clone(*first);
  op->setOperands(operands);
  return op->getResult(0);
}

Value Joiner::addPairs(ArrayRef<Value> xs) {
  if (xs.size() == 1)
    return xs.front();
  size_t half = llvm::PowerOf2Ceil(xs.size()) / 2;
  Value a = addPairs(xs.take_front(half)), b = addPairs(xs.drop_front(half));
  return AddOp::create(builder, loc, a, b);
}

Value Joiner::join(ArrayRef<Value> xs) {
  std::vector<void *> key;
  for (Value x : xs)
    key.push_back(x.getAsOpaquePointer());
  if (auto found = known.find(key); found != known.end())
    return found->second;
  return known[key] = average(xs);
}

Value Joiner::average(ArrayRef<Value> xs) {
  if (llvm::all_equal(xs))
    return xs.front();
  if (Value joined = joinBehind(xs))
    return joined;
  Value sum = addPairs(xs);
  Value share = createSplat(builder, loc, cast<RankedTensorType>(sum.getType()),
                            1.0 / static_cast<double>(xs.size()));
  return MulOp::create(builder, loc, sum, share);
}

namespace {
struct JoinAveragesPass : gan::impl::JoinAveragesPassBase<JoinAveragesPass> {
  using JoinAveragesPassBase::JoinAveragesPassBase;
  void runOnOperation() override {
    getOperation().walk([&](AverageOp average) {
      // One micro-batch after the other is why there are several.
      getOperation()->setAttr("gan.micro_batches",
                              UnitAttr::get(&getContext()));
      average.replaceAllUsesWith(
          Joiner(average).join(SmallVector<Value>(average.getXs())));
      average.erase();
    });
  }
};
} // namespace
