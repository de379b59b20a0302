// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/codegen/KernelBuilder.h"

using namespace mlir;
using namespace gan;

int64_t Index::laneStride() const {
  if (lane < 0)
    return 0;
  int64_t stride = 1;
  for (size_t i = lane + 1; i < digits.size(); ++i)
    stride *= digits[i].extent;
  return stride;
}

namespace {
// A digit being cut or grown, and whether the lanes run in its lowest part.
struct Part {
  Digit digit;
  bool hasLanes = false;
  bool aligned = false;
};
} // namespace

// Walks from the least significant digit up, cutting where a wanted extent
// divides what is at hand and joining the next digit where it does not.
std::optional<Index> KernelBuilder::regroup(const Index &index,
                                            ArrayRef<int64_t> extents) {
  SmallVector<Part> left; // not yet used, most significant first
  for (auto [i, digit] : llvm::enumerate(index.digits))
    if (digit.extent != 1)
      left.push_back(
          {digit, index.lanes > 1 && (int)i == index.lane, index.aligned});
  Index result;
  result.lanes = index.lanes;
  for (int64_t i = extents.size() - 1; i >= 0; --i) {
    int64_t wanted = extents[i];
    if (wanted == 1) {
      result.digits.push_back({1, constant(0)});
      continue;
    }
    Part part = left.pop_back_val();
    while (part.digit.extent % wanted != 0) {
      Part next = left.pop_back_val();
      if (next.hasLanes)
        return std::nullopt;
      int64_t low = part.digit.extent;
      part.digit = {next.digit.extent * low,
                    add(mul(next.digit.value, low), part.digit.value)};
      part.aligned &= low % index.lanes == 0;
    }
    if (part.digit.extent != wanted) {
      if (part.hasLanes && (!part.aligned || wanted % index.lanes != 0))
        return std::nullopt;
      left.push_back(
          {{part.digit.extent / wanted, div(part.digit.value, wanted)}});
      part.digit = {wanted, rem(part.digit.value, wanted)};
    }
    if (part.hasLanes) {
      result.lane = extents.size() - 1 -
                    i; // counted from the end until the digits are turned round
      result.aligned = part.aligned;
    }
    result.digits.push_back(part.digit);
  }
  std::reverse(result.digits.begin(), result.digits.end());
  if (result.lane >= 0)
    result.lane = result.digits.size() - 1 - result.lane;
  return result;
}

Index KernelBuilder::scalar(const Index &index, int64_t lane) {
  Index result;
  result.digits = index.digits;
  if (index.lane >= 0 && lane != 0) {
    Value &value = result.digits[index.lane].value;
    value = add(value, constant(lane));
  }
  return result;
}

Index KernelBuilder::axes(Value tensor, ArrayRef<Value> indices, int64_t lanes,
                          int laneAxis, bool aligned) {
  ArrayRef<int64_t> shape = cast<RankedTensorType>(tensor.getType()).getShape();
  Index result;
  for (auto [extent, value] : llvm::zip_equal(shape, indices))
    result.digits.push_back({extent, value});
  result.lanes = lanes;
  if (lanes > 1)
    result.lane = laneAxis < 0 ? (int)shape.size() - 1 : laneAxis;
  result.aligned = aligned;
  return result;
}
