// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/codegen/nvptx/StageLoop.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"

using namespace mlir;
using namespace gan;

// All see what everyone put into shared memory, and copied but for the latest
// `pending` stages.
void StageLoop::wait(GpuTile &t, int64_t pending) const {
  KernelBuilder &k = t.k;
  if (copy)
    LLVM::CallIntrinsicOp::create(
        k.b, k.loc, k.b.getStringAttr("llvm.nvvm.cp.async.wait.group"),
        ValueRange{k.number(k.b.getI32Type(), pending)});
  if (publish)
    publish();
  t.g.barrier();
}

// Registers are filled first, so that they are there after `meanwhile`.
void StageLoop::fill(GpuTile &t, Value step, Value to, Value stage,
                     function_ref<void()> meanwhile) const {
  KernelBuilder &k = t.k;
  if (copyCounted)
    copyCounted(step, to, stage);
  Fetched fetched = fetch(step);
  if (copy) {
    copy(step, stage);
    LLVM::CallIntrinsicOp::create(
        k.b, k.loc, k.b.getStringAttr("llvm.nvvm.cp.async.commit.group"),
        ValueRange{});
  }
  meanwhile();
  put(fetched, stage);
}

// The stage before the one that is full was multiplied last: what comes behind
// all that is under way takes its place. Where there are few stages, ptxas
// would read them all before it multiplies the first, and spill what it read.
StageLoop::Result StageLoop::emit(GpuTile &t, Value from, Value to,
                                  int64_t sums) const {
  KernelBuilder &k = t.k;
  int64_t ahead = stages - 1, last = ahead * size;
  auto turn = [&](Value stage, int64_t edge, Value over, Value other) {
    Value isEdge = arith::CmpIOp::create(k.b, k.loc, arith::CmpIPredicate::eq,
                                         stage, k.constant(edge));
    return arith::SelectOp::create(k.b, k.loc, isEdge, over, other).getResult();
  };
  for (int64_t i = 0; i < ahead; ++i)
    fill(t, k.add(from, k.constant(i * depth)), to, k.constant(i * size),
         [] {});
  wait(t, ahead - 1);
  Values carried(sums, k.number(t.type, 0));
  carried.push_back(k.constant(0)); // the stage that is full
  carried =
      k.reduce(from, to, depth, carried, [&](Value step, ValueRange before) {
        t.g.keepRolled();
        Value stage = before.back();
        Value free = stages == 2 ? k.sub(k.constant(size), stage)
                                 : turn(stage, 0, k.constant(last),
                                        k.sub(stage, k.constant(size)));
        Value next = stages == 2 ? free
                                 : turn(stage, last, k.constant(0),
                                        k.add(stage, k.constant(size)));
        Values after;
        if (await)
          await(stage);
        fill(t, k.add(step, k.constant(ahead * depth)), to, free,
             [&] { after = multiply(stage, Values(before.drop_back())); });
        if (settle)
          after = settle(after);
        wait(t, ahead - 1);
        after.push_back(next);
        return after;
      });
  if (ahead > 1)
    wait(t, 0);
  Value stage = carried.pop_back_val();
  return {std::move(carried), stage};
}
