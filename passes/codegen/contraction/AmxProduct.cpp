// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/codegen/contraction/AmxProduct.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "llvm/ADT/Twine.h"

using namespace mlir;
using namespace gan;

// Of the eight tiles, four are sums, two are of a and two of b.
static constexpr int64_t firstOfA = AmxProduct::most * AmxProduct::most,
                         firstOfB = firstOfA + AmxProduct::most;
static constexpr int64_t rowBytes = 64, elementBytes = 4;

static void issue(KernelBuilder &k, StringRef name, ValueRange operands) {
  LLVM::CallIntrinsicOp::create(
      k.b, k.loc, k.b.getStringAttr("llvm.x86." + name.str()), operands);
}

// Tiles are named by constants.
static Value tile(KernelBuilder &k, int64_t number) {
  return k.number(k.b.getI8Type(), static_cast<double>(number));
}

namespace {
// One function under construction. Pointers move as tiles are taken.
struct Emission {
  const AmxProduct &shape;
  KernelBuilder &k;
  Type element;
  Value a, b, c, steps, aStep, aDown, aStride, bStride, cStride, fromZero;

  void move(StringRef instruction, int64_t number, Value pointer,
            Value stride) const;
  void moveSums(StringRef instruction) const;
  void multiply(Value a, Value b) const;
  void emit() const;
};
} // namespace

void Emission::move(StringRef instruction, int64_t number, Value pointer,
                    Value stride) const {
  issue(k, instruction,
        {tile(k, number), pointer, k.mul(stride, elementBytes)});
}

void Emission::moveSums(StringRef instruction) const {
  Value row = c;
  for (int64_t i = 0; i < shape.down; ++i) {
    for (int64_t j = 0; j < shape.across; ++j)
      move(instruction, i * shape.across + j,
           k.advance(row, element, k.constant(j * AmxProduct::side)), cStride);
    row = k.advance(row, element, k.mul(cStride, AmxProduct::side));
  }
}

// sums += a * b of 32 steps.
void Emission::multiply(Value a, Value b) const {
  for (int64_t j = 0; j < shape.across; ++j)
    move("tileloadd64", firstOfB + j,
         k.advance(b, element, k.constant(j * AmxProduct::side)), bStride);
  for (int64_t i = 0; i < shape.down; ++i) {
    move("tileloadd64", firstOfA + i, a, aStride);
    for (int64_t j = 0; j < shape.across; ++j)
      issue(k, "tdpbf16ps",
            {tile(k, i * shape.across + j), tile(k, firstOfA + i),
             tile(k, firstOfB + j)});
    a = k.advance(a, element, aDown);
  }
}

void Emission::emit() const {
  k.when(
      fromZero,
      [&] {
        for (int64_t i = 0; i < shape.down * shape.across; ++i)
          issue(k, "tilezero", tile(k, i));
      },
      [&] { moveSums("tileloadd64"); });
  k.reduce(k.constant(0), steps, AmxProduct::depth, {a, b},
           [&](Value, ValueRange at) -> SmallVector<Value> {
             multiply(at[0], at[1]);
             return {
                 k.advance(at[0], element, aStep),
                 k.advance(at[1], element, k.mul(bStride, AmxProduct::depth))};
           });
  moveSums("tilestored64");
}

void AmxProduct::call(KernelBuilder &caller, ValueRange arguments) const {
  auto body = [&](KernelBuilder &k, ValueRange x) -> SmallVector<Value> {
    Emission{*this, k,    k.b.getF32Type(),
             x[0],  x[1], x[2],
             x[3],  x[4], x[5],
             x[6],  x[7], x[8],
             x[9]}
        .emit();
    return {};
  };
  caller.callShared(("amx_" + Twine(down) + "x" + Twine(across)).str(),
                    arguments, {}, body);
}

// What LDTILECFG reads: palette 1, the bytes of a row of each tile from byte 16
// on, two for each, and rows from byte 48 on.
static DenseElementsAttr fullTiles(OpBuilder &b) {
  SmallVector<int8_t> bytes(64);
  bytes[0] = 1;
  for (int64_t i = 0; i < 8; ++i) {
    bytes[16 + 2 * i] = rowBytes;
    bytes[48 + i] = AmxProduct::side;
  }
  return DenseElementsAttr::get(RankedTensorType::get({64}, b.getI8Type()),
                                ArrayRef(bytes));
}

void gan::withAmx(KernelBuilder &k, function_ref<void()> body) {
  issue(k, "ldtilecfg", k.table(fullTiles(k.b)));
  body();
  issue(k, "tilerelease", {});
}
