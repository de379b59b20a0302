// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/codegen/contraction/InnerProduct.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "llvm/Support/FormatVariadic.h"

using namespace mlir;
using namespace gan;

// Steps per turn of the main loop.
static constexpr int64_t unroll = 4;
// More rows than this do not hide more latency.
static constexpr int64_t mostRows = 14;

int64_t gan::tileRows(const TargetInfo &target, int64_t vectors) {
  return std::min(mostRows, (target.vectorRegisters - 1 - vectors) / vectors);
}

namespace {
// One function under construction.
struct Emission {
  const InnerProduct &shape;
  KernelBuilder &k;
  Value a, b, c, aStep, cStride;

  Value accumulator(int64_t i, int64_t j) const {
    return k.add(k.mul(cStride, i), k.constant(j * shape.lanes));
  }
  SmallVector<Value> begin(Value fromZero) const;
  SmallVector<Value> step(int64_t s, Value a, Value b, ValueRange sums) const;
  SmallVector<Value> loop(Value from, Value to, int64_t steps,
                          ValueRange carried) const;
};
} // namespace

SmallVector<Value> Emission::begin(Value fromZero) const {
  int64_t count = shape.rows * shape.vectors;
  Value zero = k.number(shape.element, 0, shape.lanes);
  SmallVector<Type> types(count, zero.getType());
  auto zeros = [&] { return SmallVector<Value>(count, zero); };
  auto stored = [&] {
    SmallVector<Value> sums;
    for (int64_t i = 0; i < shape.rows; ++i)
      for (int64_t j = 0; j < shape.vectors; ++j)
        sums.push_back(
            k.load(c, shape.element, accumulator(i, j), shape.lanes));
    return sums;
  };
  return k.choose(types, fromZero, zeros, stored);
}

// One row of b times one column of a, `s` steps behind the pointers.
SmallVector<Value> Emission::step(int64_t s, Value a, Value b,
                                  ValueRange sums) const {
  SmallVector<Value> row, result;
  for (int64_t j = 0; j < shape.vectors; ++j)
    row.push_back(k.load(b, shape.element,
                         k.constant(s * shape.bStride + j * shape.lanes),
                         shape.lanes));
  for (int64_t i = 0; i < shape.rows; ++i) {
    Value offset = shape.rowStride == 1 ? k.add(k.mul(aStep, s), k.constant(i))
                                        : k.constant(i * shape.rowStride + s);
    Value factor = k.splat(k.load(a, shape.element, offset), shape.lanes);
    for (int64_t j = 0; j < shape.vectors; ++j)
      result.push_back(math::FmaOp::create(k.b, k.loc, factor, row[j],
                                           sums[i * shape.vectors + j]));
  }
  return result;
}

// Carries the pointers a and b, then the sums.
SmallVector<Value> Emission::loop(Value from, Value to, int64_t steps,
                                  ValueRange carried) const {
  return k.reduce(from, to, steps, carried, [&](Value, ValueRange old) {
    SmallVector<Value> sums(old.drop_front(2));
    for (int64_t s = 0; s < steps; ++s)
      sums = step(s, old[0], old[1], sums);
    Value aMove =
        shape.rowStride == 1 ? k.mul(aStep, steps) : k.constant(steps);
    SmallVector<Value> next = {
        k.advance(old[0], shape.element, aMove),
        k.advance(old[1], shape.element, k.constant(steps * shape.bStride))};
    next.append(sums);
    return next;
  });
}

void InnerProduct::call(KernelBuilder &caller, ValueRange arguments) const {
  auto body = [&](KernelBuilder &k, ValueRange given) -> SmallVector<Value> {
    Emission emission{*this,    k,        given[0], given[1],
                      given[2], given[4], given[5]};
    Value steps = given[3];
    SmallVector<Value> carried = {emission.a, emission.b};
    carried.append(emission.begin(given[6]));
    Value whole = k.mul(k.div(steps, unroll), unroll);
    carried = emission.loop(k.constant(0), whole, unroll, carried);
    carried = emission.loop(whole, steps, 1, carried);
    for (int64_t i = 0; i < rows; ++i)
      for (int64_t j = 0; j < vectors; ++j)
        k.store(carried[2 + i * vectors + j], emission.c,
                emission.accumulator(i, j));
    return {};
  };
  std::string name = llvm::formatv("inner_{0}_{1}x{2}_{3}_{4}", element, rows,
                                   vectors, rowStride, bStride);
  caller.callShared(name, arguments, {}, body);
}
