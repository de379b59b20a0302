// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A block computes a matrix: its threads share out the elements of a row.
#include "passes/codegen/MatrixEmitter.h"
#include "passes/codegen/nvptx/GpuKernel.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using namespace gan;

namespace {
class BlockTeam : public MatrixTeam {
public:
  explicit BlockTeam(GpuKernel &g) : g(g), k(g.k) {}
  Value scratch(int64_t bytes) override { return g.share(bytes); }
  void meet() override { g.barrier(); }

  void each(Value from, Value to, function_ref<void(Value)> body) override {
    k.loop(k.add(from, g.thread()), to, blockThreads, body);
    g.barrier();
  }
  void alongRow(int64_t columns,
                function_ref<void(Value, int64_t)> body) override {
    each(k.constant(0), k.constant(columns), [&](Value j) { body(j, 1); });
  }

  // Threads have a lane each, many of them the same, and tell all what they
  // found.
  SmallVector<Value>
  laneSums(int64_t columns, Type real,
           function_ref<Value(Value, int64_t, Value)> add) override {
    if (!found)
      found = g.share(lanes * real.getIntOrFloatBitWidth() / 8);
    Value sum = k.reduce(k.rem(g.thread(), lanes), k.constant(columns), lanes,
                         k.number(real, 0), [&](Value j, ValueRange old) {
                           return SmallVector<Value>{add(j, 1, old[0])};
                         })[0];
    k.when(arith::CmpIOp::create(k.b, k.loc, arith::CmpIPredicate::slt,
                                 g.thread(), k.constant(lanes)),
           [&] { k.store(sum, found, g.thread()); });
    g.barrier();
    SmallVector<Value> sums;
    for (int64_t i = 0; i < lanes; ++i)
      sums.push_back(k.load(found, real, k.constant(i)));
    g.barrier(); // the next sums come there
    return sums;
  }

private:
  GpuKernel &g;
  KernelBuilder &k;
  Value found; // of each lane, in shared memory
};
} // namespace

LogicalResult gan::emitGpuMatrix(GpuKernel &g) {
  BlockTeam team(g);
  g.launch.blocks = countMatrices(g.k);
  emitMatrixOf(g.k, team, g.k.block);
  return success();
}
