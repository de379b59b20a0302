// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// `gan.random` inline: Philox 4x32-10. A word is the low half of an i64, so
// that a product of two words is one multiply.
#include "passes/codegen/KernelBuilder.h"
#include "passes/codegen/Polynomials.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"

#include <cmath>

using namespace mlir;
using namespace gan;

static uint64_t fnv1a64(StringRef text) {
  uint64_t hash = 0xcbf29ce484222325;
  for (unsigned char c : text)
    hash = (hash ^ c) * 0x100000001b3;
  return hash;
}

namespace {
// i64 arithmetic, scalar or in lanes.
struct Words {
  KernelBuilder &k;
  int64_t lanes;

  Value number(uint64_t x) const {
    TypedAttr attr = k.b.getI64IntegerAttr(static_cast<int64_t>(x));
    if (lanes > 1)
      attr = DenseElementsAttr::get(
          cast<ShapedType>(KernelBuilder::widen(k.b.getI64Type(), lanes)),
          attr);
    return arith::ConstantOp::create(k.b, k.loc, attr);
  }
  Value xorOf(Value x, Value y) const {
    return arith::XOrIOp::create(k.b, k.loc, x, y);
  }
  Value add(Value x, Value y) const {
    return arith::AddIOp::create(k.b, k.loc, x, y);
  }
  Value low(Value x) const {
    return arith::AndIOp::create(k.b, k.loc, x, number(0xffffffff));
  }
  Value high(Value x) const {
    return arith::ShRUIOp::create(k.b, k.loc, x, number(32));
  }
  Value times(Value x, uint64_t y) const {
    return arith::MulIOp::create(k.b, k.loc, x, number(y));
  }
  Value splat(Value scalar) const { return k.splat(scalar, lanes); }

  // 0, 1, 2, .. in the lanes.
  Value iota() const { return k.ramp(k.b.getI64Type(), 1, lanes); }
};
} // namespace

// One round on {c0, c1, c2, c3, k0, k1}. Only the low halves of c0, c2 and the
// key count; what is above them is dropped where they are multiplied.
static std::array<Value, 6> philoxRound(const Words &w, ValueRange state) {
  Value a = w.times(w.low(state[0]), 0xD2511F53),
        b = w.times(w.low(state[2]), 0xCD9E8D57);
  return {w.xorOf(w.xorOf(w.high(b), state[1]), state[4]),
          w.low(b),
          w.xorOf(w.xorOf(w.high(a), state[3]), state[5]),
          w.low(a),
          w.add(state[4], w.number(0x9E3779B9)),
          w.add(state[5], w.number(0xBB67AE85))};
}

// counter -> the first two words of the result. A loop and not ten rounds in a
// row: instruction selection takes longer for these than for all else in a
// kernel, and the processor overlaps the loops of several elements as well.
static std::array<Value, 2> philox(const Words &w, std::array<Value, 4> c,
                                   Value key) {
  std::array<Value, 6> state = {c[0], c[1], c[2], c[3], key, w.high(key)};
  SmallVector<Value> rounds =
      w.k.reduce(w.k.constant(0), w.k.constant(10), 1, state,
                 [&](Value, ValueRange before) {
                   return llvm::to_vector(philoxRound(w, before));
                 });
  return {w.low(rounds[0]), rounds[1]};
}

// ((x >> 8) + 0.5) * 2^-24, rounded once.
static Value unit(const Words &w, Value x, Type element) {
  OpBuilder &b = w.k.b;
  Location loc = w.k.loc;
  Value odd = arith::ShRUIOp::create(b, loc, x, w.number(8));
  odd = w.add(w.add(odd, odd), w.number(1));
  Value narrow = arith::TruncIOp::create(
      b, loc, KernelBuilder::widen(b.getI32Type(), w.lanes), odd);
  Value real = arith::SIToFPOp::create(
      b, loc, KernelBuilder::widen(element, w.lanes), narrow);
  return arith::MulFOp::create(b, loc, real,
                               w.k.number(element, 0x1p-25, w.lanes));
}

// Element within the sample, and sample.
static std::array<Value, 2> coordinates(KernelBuilder &k, const Words &w,
                                        const Index &index, int64_t samples,
                                        int64_t perSample) {
  std::optional<Index> parts = k.regroup(index, {samples, perSample});
  if (parts) {
    Value s = w.splat(parts->digits[0].value),
          j = w.splat(parts->digits[1].value);
    if (parts->lane >= 0)
      (parts->lane == 0 ? s : j) = w.add(parts->lane == 0 ? s : j, w.iota());
    return {j, s};
  }
  Value flat = w.add(
      w.splat(
          k.regroup(k.scalar(index), {samples * perSample})->digits[0].value),
      arith::MulIOp::create(k.b, k.loc, w.iota(),
                            w.number(index.laneStride())));
  if (samples == 1)
    return {flat, w.number(0)};
  Value size = w.number(perSample);
  return {arith::RemUIOp::create(k.b, k.loc, flat, size),
          arith::DivUIOp::create(k.b, k.loc, flat, size)};
}

Value KernelBuilder::atRandom(RandomOp op, const Index &index) {
  auto type = cast<RankedTensorType>(op.getY().getType());
  Type element = type.getElementType();
  int64_t count = type.getNumElements(),
          samples = op.getPlain() ? 1 : type.getDimSize(0);
  Words w{*this, index.lanes};
  Value key = at(op.getKey(), {constant(0)}),
        move = at(op.getKey(), {constant(1)});
  key = w.xorOf(w.splat(key), w.number(fnv1a64(op.getStream())));
  move = w.splat(move);
  auto [j, s] = coordinates(*this, w, index, samples, count / samples);
  auto [x0, x1] =
      philox(w, {w.low(j), w.low(s), w.low(move), w.high(move)}, key);
  ArrayRef<double> params = op.getDistribution().getParams().asArrayRef();
  Value u = unit(w, x0, element),
        first = number(element, params[0], index.lanes);
  if (op.getDistribution().getKind() == DistributionKind::Uniform) {
    Value range = number(element, params[1] - params[0], index.lanes);
    return arith::AddFOp::create(b, loc, first,
                                 arith::MulFOp::create(b, loc, range, u));
  }
  Polynomials polynomials{b, loc};
  if (op.getDistribution().getKind() == DistributionKind::TruncatedNormal) {
    double below = std::erfc(params[2] / std::sqrt(2.0)) / 2;
    Value p = arith::AddFOp::create(
        b, loc, number(element, below, index.lanes),
        arith::MulFOp::create(b, loc,
                              number(element, 1 - 2 * below, index.lanes), u));
    Value z = polynomials.normalQuantile(p);
    return arith::AddFOp::create(
        b, loc, first,
        arith::MulFOp::create(b, loc, number(element, params[1], index.lanes),
                              z));
  }
  Value minusTwo = number(element, -2, index.lanes),
        std = number(element, params[1], index.lanes);
  Value radius = math::SqrtOp::create(
      b, loc, arith::MulFOp::create(b, loc, minusTwo, polynomials.log(u)));
  Value z = arith::MulFOp::create(b, loc, radius,
                                  polynomials.cosOfTurns(unit(w, x1, element)));
  return arith::AddFOp::create(b, loc, first,
                               arith::MulFOp::create(b, loc, std, z));
}
