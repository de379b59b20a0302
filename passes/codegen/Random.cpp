// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// `gan.random`: Philox 4x32-10. A word is the low half of an i64, so that a
// product of two words is one multiply.
#include "passes/codegen/KernelBuilder.h"
#include "passes/codegen/Polynomials.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "llvm/Support/FormatVariadic.h"

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

// One round on {c0, c1, c2, c3, k0, k1}. Only the low halves count; what is
// above them is dropped where they are multiplied.
static std::array<Value, 6> philoxRound(const Words &w, ValueRange state) {
  Value a = w.times(w.low(state[0]), 0xD2511F53),
        b = w.times(w.low(state[2]), 0xCD9E8D57);
  return {w.xorOf(w.xorOf(w.high(b), state[1]), state[4]),
          b,
          w.xorOf(w.xorOf(w.high(a), state[3]), state[5]),
          a,
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
  return {w.low(rounds[0]), w.low(rounds[1])};
}

// At {element within the sample, sample, move, key}.
static std::array<Value, 2> philox(const Words &w, ValueRange at) {
  return philox(w, {w.low(at[0]), w.low(at[1]), w.low(at[2]), w.high(at[2])},
                at[3]);
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

// The number of U(0, 1) at {element within the sample, sample, move, key}.
static Value standardUniform(KernelBuilder &k, ValueRange at, Type element,
                             int64_t lanes) {
  std::string name = llvm::formatv("uniform_{0}x{1}", element, lanes);
  auto body = [&](KernelBuilder &k, ValueRange at) -> SmallVector<Value> {
    Words w{k, lanes};
    return {unit(w, philox(w, at)[0], element)};
  };
  return k.callShared(name, at, KernelBuilder::widen(element, lanes), body)[0];
}

// The same of N(0, 1), by Box and Muller.
static Value standardNormal(KernelBuilder &k, ValueRange at, Type element,
                            int64_t lanes) {
  std::string name = llvm::formatv("normal_{0}x{1}", element, lanes);
  auto body = [&](KernelBuilder &k, ValueRange at) -> SmallVector<Value> {
    Words w{k, lanes};
    auto [x0, x1] = philox(w, at);
    Polynomials polynomials{k.b, k.loc};
    Value minusTwo = k.number(element, -2, lanes),
          log = polynomials.log(unit(w, x0, element));
    Value radius = math::SqrtOp::create(
        k.b, k.loc, arith::MulFOp::create(k.b, k.loc, minusTwo, log));
    return {arith::MulFOp::create(
        k.b, k.loc, radius, polynomials.cosOfTurns(unit(w, x1, element)))};
  };
  return k.callShared(name, at, KernelBuilder::widen(element, lanes), body)[0];
}

// Of N(0, 1) where it is at most `bound` away from 0, by inversion.
static Value truncatedNormal(KernelBuilder &k, Value u, double bound,
                             Type element, int64_t lanes) {
  double below = std::erfc(bound / std::sqrt(2.0)) / 2;
  Value p = arith::AddFOp::create(
      k.b, k.loc, k.number(element, below, lanes),
      arith::MulFOp::create(k.b, k.loc, k.number(element, 1 - 2 * below, lanes),
                            u));
  auto body = [&](KernelBuilder &k, ValueRange p) -> SmallVector<Value> {
    return {Polynomials{k.b, k.loc}.normalQuantile(p[0])};
  };
  return k.callShared(
      llvm::formatv("normal_quantile_{0}x{1}", element, lanes).str(), p,
      p.getType(), body)[0];
}

// The stream of `op` at `index`, as the functions above ask for it.
static SmallVector<Value> placeOf(KernelBuilder &k, RandomOp op,
                                  const Index &index) {
  auto type = cast<RankedTensorType>(op.getY().getType());
  int64_t count = type.getNumElements(),
          samples = op.getPlain() ? 1 : type.getDimSize(0);
  Words w{k, index.lanes};
  Value key = k.at(op.getKey(), {k.constant(0)}),
        move = k.at(op.getKey(), {k.constant(1)});
  key = w.xorOf(w.splat(key), w.number(fnv1a64(op.getStream())));
  auto [j, s] = coordinates(k, w, index, samples, count / samples);
  return {j, s, w.splat(move), key};
}

// mean + std * z, or low + (high - low) * u.
Value KernelBuilder::atRandom(RandomOp op, const Index &index) {
  Type element = cast<RankedTensorType>(op.getY().getType()).getElementType();
  int64_t lanes = index.lanes;
  ArrayRef<double> params = op.getDistribution().getParams().asArrayRef();
  DistributionKind kind = op.getDistribution().getKind();
  SmallVector<Value> place = placeOf(*this, op, index);
  double scale = params[1];
  Value standard;
  if (kind == DistributionKind::Normal) {
    standard = standardNormal(*this, place, element, lanes);
  } else {
    standard = standardUniform(*this, place, element, lanes);
    if (kind == DistributionKind::Uniform)
      scale -= params[0];
    else
      standard = truncatedNormal(*this, standard, params[2], element, lanes);
  }
  Value scaled =
      arith::MulFOp::create(b, loc, number(element, scale, lanes), standard);
  return arith::AddFOp::create(b, loc, number(element, params[0], lanes),
                               scaled);
}
