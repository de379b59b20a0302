// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/codegen/nvptx/StageLoop.h"

using namespace mlir;
using namespace gan;

StageLoop::Result StageLoop::emit(GpuTile &t, Value from, Value to,
                                  int64_t sums) const {
  KernelBuilder &k = t.k;
  auto fill = [&](const Fetched &fetched, Value stage) {
    put(fetched, stage);
    t.g.barrier();
  };
  fill(fetch(from), k.constant(0));
  Values carried(sums, k.number(t.type, 0));
  carried.push_back(k.constant(0)); // the stage that is full
  carried =
      k.reduce(from, to, depth, carried, [&](Value step, ValueRange before) {
        Value stage = before.back(), other = k.sub(k.constant(size), stage);
        Fetched next = fetch(k.add(step, k.constant(depth)));
        Values after = multiply(stage, Values(before.drop_back()));
        fill(next, other);
        after.push_back(other);
        return after;
      });
  Value stage = carried.pop_back_val();
  return {std::move(carried), stage};
}
