// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/codegen/ReductionNest.h"

using namespace mlir;
using namespace gan;

// Elements read per tile, at least.
static constexpr int64_t work = 16384;

ReductionNest::ReductionNest(KernelBuilder &k, RankedTensorType type,
                             ArrayRef<int64_t> dims)
    : k(k) {
  for (auto [axis, extent] : llvm::enumerate(type.getShape())) {
    bool isReduced = llvm::is_contained(dims, static_cast<int64_t>(axis));
    if (extents.empty() || reduced.back() != isReduced) {
      extents.push_back(1);
      reduced.push_back(isReduced);
    }
    extents.back() *= extent;
    (isReduced ? length : count) *= extent;
  }
}

LogicalResult ReductionNest::checkOutputs() const {
  for (Value value : k.yield().getValues())
    if (cast<RankedTensorType>(value.getType()).getNumElements() != count)
      return k.kernel.emitError("outputs of a reduction kernel must have one "
                                "element per result of its reduction, ")
             << count;
  return success();
}

Index ReductionNest::join(Value output, Value position, int64_t width,
                          bool alongKept) const {
  SmallVector<int64_t> kept, gone;
  for (auto [extent, isReduced] : llvm::zip_equal(extents, reduced))
    (isReduced ? gone : kept).push_back(extent);
  Index outer, inner;
  outer.digits = {{count, output}};
  inner.digits = {{length, position}};
  std::optional<Index> keptDigits = k.regroup(outer, kept),
                       goneDigits = k.regroup(inner, gone);
  Index result;
  size_t i = 0, j = 0;
  for (bool isReduced : reduced)
    result.digits.push_back(isReduced ? goneDigits->digits[j++]
                                      : keptDigits->digits[i++]);
  result.lanes = width;
  if (width > 1)
    result.lane = result.digits.size() - 1;
  result.aligned = true;
  return result;
}

Value ReductionNest::at(Value x, Value output, Value position, int64_t width,
                        bool alongKept, bool isAligned) const {
  bool isWhole =
      width == 1 || (extents.back() % width == 0 &&
                     (alongKept || isAligned || reduced.size() == 1));
  if (isWhole)
    return k.at(x, join(output, position, width, alongKept));
  SmallVector<Value> elements;
  for (int64_t i = 0; i < width; ++i) {
    Value step = k.constant(i);
    Index index = alongKept ? join(k.add(output, step), position, 1, true)
                            : join(output, k.add(position, step), 1, false);
    elements.push_back(k.at(x, index));
  }
  return k.assemble(elements);
}

void ReductionNest::forOutputs(int64_t width,
                               function_ref<void(Value, int64_t)> emit) const {
  int64_t outputs =
      lastIsKept()
          ? outputBlock * std::max<int64_t>(1, work / (outputBlock * length))
          : std::max<int64_t>(1, work / length);
  k.tiles = llvm::divideCeil(count, outputs);
  Value from = k.mul(k.begin, outputs),
        to = k.min(k.mul(k.end, outputs), k.constant(count));
  Value vectors = k.mul(k.div(to, width), width);
  if (count >= width)
    k.loop(from, vectors, width, [&](Value output) { emit(output, width); });
  if (count % width != 0)
    k.loop(k.max(from, vectors), to, 1, [&](Value output) { emit(output, 1); });
}

Index gan::outputIndex(int64_t count, Value output, int64_t width) {
  Index index;
  index.digits = {{count, output}};
  index.lanes = width;
  index.lane = width > 1 ? 0 : -1;
  index.aligned = true;
  return index;
}
