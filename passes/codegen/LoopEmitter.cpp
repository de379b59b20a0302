// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/codegen/KernelEmitter.h"

using namespace mlir;
using namespace gan;

// Elements per tile: 64 KiB of f32 per operand. A constant, so that tiles are
// the same for every target; a multiple of every vector length.
static constexpr int64_t chunk = 16384;

LogicalResult gan::checkEqualCounts(KernelBuilder &k) {
  auto countOf = [](Value value) {
    return cast<RankedTensorType>(value.getType()).getNumElements();
  };
  int64_t count = countOf(k.yield().getValues().front());
  for (Value value : k.yield().getValues())
    if (countOf(value) != count)
      return k.kernel.emitError("outputs of an elementwise kernel must have "
                                "equally many elements, but found ")
             << count << " and " << countOf(value);
  return success();
}

// One flat loop over the elements in row-major order, whatever the shape; the
// index maps cut the flat number where they must.
//   for tile: for e in [tile * chunk, min(+ chunk, n)) by lanes: out[e] = f(e);
//   then the rest one by one.
LogicalResult gan::emitLoop(KernelBuilder &k) {
  Value first = k.yield().getValues().front();
  int64_t count = cast<RankedTensorType>(first.getType()).getNumElements(),
          lanes = k.target.vectorBytes / 4;
  if (failed(checkEqualCounts(k)))
    return failure();
  for (Type type : k.yield().getValues().getTypes())
    lanes = std::min(
        lanes, k.target.lanes(cast<RankedTensorType>(type).getElementType()));
  // The rounds of a random number wait for each other: two registers at a time
  // take turns.
  if (count % (2 * lanes) == 0 && !k.body().getOps<RandomOp>().empty())
    lanes *= 2;
  k.tiles = llvm::divideCeil(count, chunk);
  auto emit = [&](Value element, int64_t width) {
    Index index;
    index.digits = {{count, element}};
    index.lanes = width;
    index.lane = width > 1 ? 0 : -1;
    index.aligned = true;
    k.storeOutputs(first, index);
  };
  Value from = k.mul(k.begin, chunk),
        to = k.min(k.mul(k.end, chunk), k.constant(count));
  Value vectors = k.mul(k.div(to, lanes), lanes);
  if (count >= lanes)
    k.loop(from, vectors, lanes, [&](Value element) { emit(element, lanes); });
  if (count % lanes != 0)
    k.loop(k.max(from, vectors), to, 1,
           [&](Value element) { emit(element, 1); });
  return success();
}
