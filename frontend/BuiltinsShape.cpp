// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Functions that move elements without computing.
#include "frontend/Builtin.h"

using namespace mlir;
using namespace gan;

namespace gan::frontend {

namespace {

Value evaluateReshape(BuiltinCall &call) {
  std::optional<Tensor> x = call.getTensor(0);
  auto shape = call.getInts(1, "the shape");
  if (!x || !shape)
    return Poison();
  return BuiltinCall::wrap(call.tensors.reshape(*x, *shape));
}

Value evaluateFlatten(BuiltinCall &call) {
  std::optional<Tensor> x = call.getTensor(0);
  return x ? BuiltinCall::wrap(call.tensors.reshape(*x, {-1})) : Value();
}

// Axes of extent 1 repeated: the explicit form of what operators do.
Value evaluateStretch(BuiltinCall &call) {
  std::optional<Tensor> x = call.getTensor(0);
  auto shape = call.getInts(1, "the shape");
  if (!x || !shape)
    return Poison();
  return BuiltinCall::wrap(call.tensors.broadcast(*x, *shape, x->getBatch()));
}

// Without axes: the last two swapped.
Value evaluateTranspose(BuiltinCall &call) {
  std::optional<Tensor> x = call.getTensor(0);
  if (!x)
    return Poison();
  int64_t rank = x->getItemRank(), shift = x->batched ? 1 : 0;
  SmallVector<int64_t> order;
  for (int64_t axis = 0; axis < rank; ++axis)
    order.push_back(axis);
  if (!call[1].isAbsent()) {
    auto axes = call.getInts(1, "the order of axes");
    if (!axes)
      return Poison();
    SmallVector<int64_t> sorted(*axes);
    llvm::sort(sorted);
    if (sorted != order)
      return call.fail("'transpose' needs each of the " + Twine(rank) +
                       " axes once, but has " + describeShape(*axes));
    order = *axes;
  } else if (rank < 2) {
    return call.fail("'transpose' needs two axes, but " + describe(*x) +
                     " has " + Twine(rank));
  } else {
    std::swap(order[rank - 1], order[rank - 2]);
  }
  SmallVector<int64_t> permutation;
  if (x->batched)
    permutation.push_back(0);
  for (int64_t axis : order)
    permutation.push_back(axis + shift);
  return call.tensors.permute(*x, permutation);
}

// The dimension of the type that `over` names; `overBatch` tells whether it is
// the batch.
std::optional<int64_t> getDim(BuiltinCall &call, size_t index, const Tensor &x,
                              bool &overBatch) {
  const auto *named = call[index].getIf<Axis>();
  overBatch = named && *named == Axis::Batch;
  if (overBatch) {
    if (x.batched)
      return 0;
    call.fail("'" + call.callee +
              "' over the batch needs a batched tensor, but " + describe(x) +
              " is the same for all samples");
    return std::nullopt;
  }
  std::optional<int64_t> axis = call.getAxis(call[index], x);
  if (!axis)
    return std::nullopt;
  return *axis + (x.batched ? 1 : 0);
}

Value evaluateConcat(BuiltinCall &call) {
  const auto *list = call[0].getIf<const List *>();
  if (!list || (*list)->items.empty())
    return call.mismatch(call[0], "a list of tensors", "its argument"),
           Poison();
  SmallVector<Tensor> parts;
  for (const Value &item : (*list)->items) {
    std::optional<Tensor> part = call.getTensor(item);
    if (!part)
      return Poison();
    parts.push_back(*part);
  }
  bool overBatch = false;
  std::optional<int64_t> dim = getDim(call, 1, parts.front(), overBatch);
  if (!dim)
    return Poison();
  int64_t axis = overBatch ? 0 : *dim - (parts.front().batched ? 1 : 0);
  return BuiltinCall::wrap(call.tensors.concat(parts, axis, overBatch));
}

// n equal consecutive parts.
Value evaluateSplit(BuiltinCall &call) {
  std::optional<Tensor> x = call.getTensor(0);
  std::optional<int64_t> n = call.getInt(1, "the number of parts");
  bool overBatch = false;
  std::optional<int64_t> dim;
  if (x && n)
    dim = getDim(call, 2, *x, overBatch);
  if (!dim)
    return Poison();
  int64_t extent = x->getShape()[*dim];
  if (*n < 1 || extent % *n != 0)
    return call.fail("'split' into " + Twine(*n) + " parts does not divide " +
                     Twine(extent));
  std::vector<Value> parts;
  for (int64_t k = 0; k < *n; ++k)
    parts.push_back(
        call.tensors.slice(*x, *dim, k * (extent / *n), extent / *n));
  return call.pool.list(std::move(parts));
}

// Every step-th of the elements from, ..., to - 1 of an axis; a negative `to`
// counts from the end.
Value evaluateSlice(BuiltinCall &call) {
  std::optional<Tensor> x = call.getTensor(0);
  std::optional<int64_t> from = call.getInt(1, "the first index");
  std::optional<int64_t> to = call.getInt(2, "the end");
  std::optional<int64_t> step = call.getInt(4, "the step");
  bool overBatch = false;
  std::optional<int64_t> dim;
  if (x && from && to && step)
    dim = getDim(call, 3, *x, overBatch);
  if (!dim)
    return Poison();
  int64_t extent = x->getShape()[*dim];
  int64_t end = *to < 0 ? *to + extent : *to;
  if (*from < 0 || end > extent || *from >= end)
    return call.fail("'slice' from " + Twine(*from) + " to " + Twine(end) +
                     " is not inside an axis of extent " + Twine(extent));
  if (*step < 1)
    return call.fail("'slice' needs a step from 1 on, but found " +
                     Twine(*step));
  if (*step > 1)
    return call.tensors.stridedSlice(*x, *dim, *from, end - *from, *step);
  return call.tensors.slice(*x, *dim, *from, end - *from);
}

// One [before, after] per axis, for the last axes of `x`.
std::optional<TensorBuilder::Padding> getPadding(BuiltinCall &call, Tensor x) {
  const auto *list = call[1].getIf<const List *>();
  if (!list) {
    call.mismatch(call[1], "a list of [before, after]", "the padding");
    return std::nullopt;
  }
  int64_t missing =
      x.getItemRank() - static_cast<int64_t>((*list)->items.size());
  if (missing < 0) {
    call.fail("'pad' has " + Twine((*list)->items.size()) + " entries, but " +
              describe(x) + " has " + Twine(x.getItemRank()) +
              " axes per sample");
    return std::nullopt;
  }
  TensorBuilder::Padding padding;
  padding.low.assign(missing, 0);
  padding.high.assign(missing, 0);
  for (const Value &item : (*list)->items) {
    auto pair = call.getInts(item, "an entry of the padding");
    if (!pair)
      return std::nullopt;
    if (pair->size() != 2 || (*pair)[0] < 0 || (*pair)[1] < 0) {
      call.fail("'pad' needs [before, after] per axis, not negative");
      return std::nullopt;
    }
    padding.low.push_back((*pair)[0]);
    padding.high.push_back((*pair)[1]);
  }
  return padding;
}

// x, padding, mode, value.
Value evaluatePad(BuiltinCall &call) {
  std::optional<Tensor> x = call.getTensor(0);
  std::optional<double> value = call.getNumber(3, "the value");
  std::optional<TensorBuilder::Padding> padding;
  if (x && value)
    padding = getPadding(call, *x);
  if (!padding)
    return Poison();
  if (std::optional<PadMode> mode = call.getPadMode(2))
    return BuiltinCall::wrap(call.tensors.pad(*x, *padding, *mode, *value));
  return Poison();
}

// Along one axis or the batch.
Value evaluateFlip(BuiltinCall &call) {
  std::optional<Tensor> x = call.getTensor(0);
  if (!x)
    return Poison();
  bool overBatch = false;
  std::optional<int64_t> dim = getDim(call, 1, *x, overBatch);
  return dim ? Value(call.tensors.flip(*x, *dim)) : Value();
}

// Over the batch: the number of each sample. Over an axis: the numbers along
// it, with extent 1 on the other axes of x.
Value evaluatePosition(BuiltinCall &call) {
  std::optional<Tensor> x = call.getTensor(0);
  if (!x)
    return Poison();
  bool overBatch = false;
  std::optional<int64_t> dim = getDim(call, 1, *x, overBatch);
  if (!dim)
    return Poison();
  if (overBatch)
    return call.tensors.position(*x->getBatch(), /*batched=*/true, int64_t{0});
  SmallVector<int64_t> shape(x->getItemRank(), 1);
  int64_t axis = *dim - (x->batched ? 1 : 0);
  shape[axis] = x->getItemShape()[axis];
  return call.tensors.position(shape, /*batched=*/false, axis);
}

// n consecutive samples become a new axis 0; n = 0: all of them.
Value evaluateFold(BuiltinCall &call) {
  std::optional<Tensor> x = call.getTensor(0);
  std::optional<int64_t> n = call.getInt(1, "the number of samples");
  if (!x || !n)
    return Poison();
  if (!x->batched)
    return call.fail("'fold' needs a batched tensor, but " + describe(*x) +
                     " is the same for all samples");
  int64_t batch = *x->getBatch(), group = *n == 0 ? batch : *n;
  if (group < 1 || batch % group != 0)
    return call.fail("'fold' by " + Twine(group) +
                     " does not divide a batch of " + Twine(batch));
  SmallVector<int64_t> shape = {batch / group, group};
  llvm::append_range(shape, x->getItemShape());
  return call.tensors.reshapeWhole(*x, shape, true);
}

Value evaluateUnfold(BuiltinCall &call) {
  std::optional<Tensor> x = call.getTensor(0);
  if (!x)
    return Poison();
  if (!x->batched || x->getItemRank() < 1)
    return call.fail("'unfold' needs what 'fold' made, but found " +
                     describe(*x));
  SmallVector<int64_t> shape = {x->getShape()[0] * x->getShape()[1]};
  llvm::append_range(shape, x->getItemShape().drop_front());
  return call.tensors.reshapeWhole(*x, shape, true);
}

Value evaluateOneHot(BuiltinCall &call) {
  std::optional<Tensor> x = call.getTensor(0);
  std::optional<int64_t> n = call.getInt(1, "the number of classes");
  return x && n ? BuiltinCall::wrap(call.tensors.oneHot(*x, *n)) : Value();
}

constexpr Builtin table[] = {
    {"reshape", "x, shape", evaluateReshape},
    {"flatten", "x", evaluateFlatten},
    {"stretch", "x, shape", evaluateStretch},
    {"transpose", "x, order =", evaluateTranspose},
    {"concat", "xs, over", evaluateConcat},
    {"split", "x, n, over", evaluateSplit},
    {"slice", "x, from, to, over, step = 1", evaluateSlice},
    {"pad", "x, padding, mode = \"zeros\", value = 0", evaluatePad},
    {"flip", "x, over", evaluateFlip},
    {"position", "x, over", evaluatePosition},
    {"fold", "x, n", evaluateFold},
    {"unfold", "x", evaluateUnfold},
    {"one_hot", "x, classes", evaluateOneHot},
};

} // namespace

ArrayRef<Builtin> getShapeBuiltins() { return table; }

} // namespace gan::frontend
