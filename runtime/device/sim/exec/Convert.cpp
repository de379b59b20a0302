// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/sim/exec/Families.h"
#include "runtime/device/sim/exec/Lanes.h"
#include "runtime/device/sim/exec/Scalars.h"

#include <cmath>

using namespace gan::sim;

namespace {
/// What a cvt asks for, unpacked from Inst::aux.
struct Request {
  Type to, from;
  Rounding rounding;
  bool integral; // .rni and its kin
  bool ftz, sat, relu;

  uint32_t packed() const {
    return uint32_t(to) | uint32_t(from) << 8 | uint32_t(rounding) << 16 |
           uint32_t(integral) << 20 | uint32_t(ftz) << 21 |
           uint32_t(sat) << 22 | uint32_t(relu) << 23;
  }
  static Request of(uint32_t packed) {
    return {Type(packed & 0xff),          Type(packed >> 8 & 0xff),
            Rounding(packed >> 16 & 0xf), (packed >> 20 & 1) != 0,
            (packed >> 21 & 1) != 0,      (packed >> 22 & 1) != 0,
            (packed >> 23 & 1) != 0};
  }
};
} // namespace

static double toIntegral(double value, Rounding rounding) {
  switch (rounding) {
  case Rounding::Zero:
    return std::trunc(value);
  case Rounding::Down:
    return std::floor(value);
  case Rounding::Up:
    return std::ceil(value);
  default:
    return std::nearbyint(value);
  }
}

// Out of range becomes the nearest number there is. NaN becomes 0 where neither
// side has 64 bits, else the highest bit alone.
static uint64_t floatToInteger(double value, const Request &request) {
  unsigned bits = bitsOf(request.to);
  bool isSigned_ = isSigned(request.to);
  if (std::isnan(value))
    return request.from != Type::F64 && bits < 64 ? 0
                                                  : uint64_t(1) << (bits - 1);
  value = toIntegral(value, request.rounding);
  double limit = std::ldexp(1.0, int(isSigned_ ? bits - 1 : bits));
  if (value >= limit) // the largest: all ones but the sign
    return bits == 64 && !isSigned_
               ? ~uint64_t(0)
               : (uint64_t(1) << (isSigned_ ? bits - 1 : bits)) - 1;
  if (value < (isSigned_ ? -limit : 0))
    return isSigned_ ? uint64_t(int64_t(-1)) << (bits - 1) : 0;
  return isSigned_ ? uint64_t(int64_t(value)) : uint64_t(value);
}

static uint64_t saturated(uint64_t bits, Type type) {
  double value = realOf(bits, type);
  if (!(value > 0))
    return 0;
  return value < 1 ? bits : pack(1.0, formatOf(type), Rounding::Nearest);
}

static uint64_t integerToFloat(uint64_t bits, const Request &request) {
  bool negative = isSigned(request.from) && int64_t(bits) < 0;
  uint64_t result = pack(negative, negative ? 0 - bits : bits, 0,
                         formatOf(request.to), request.rounding);
  return request.sat ? saturated(result, request.to) : result;
}

static uint64_t floatToFloat(double value, const Request &request) {
  if (request.integral)
    value = toIntegral(value, request.rounding);
  uint64_t result = pack(value, formatOf(request.to), request.rounding);
  if (request.to == Type::F32 && request.ftz)
    result = bitsOf(flush<true>(floatOf(uint32_t(result))));
  if (request.relu && (result >> (bitsOf(request.to) - 1)) &&
      !std::isnan(value))
    result = 0;
  return request.sat ? saturated(result, request.to) : result;
}

// The low bits of a register as a number of type `from`.
static uint64_t readInteger(uint64_t bits, Type from) {
  unsigned unused = 64 - bitsOf(from);
  return isSigned(from) ? uint64_t(int64_t(bits << unused) >> unused)
                        : bits << unused >> unused;
}

static uint64_t integerToInteger(uint64_t value, const Request &request) {
  if (!request.sat)
    return readInteger(value, request.to);
  unsigned bits = bitsOf(request.to);
  bool fromSigned = isSigned(request.from), toSigned = isSigned(request.to);
  bool negative = fromSigned && int64_t(value) < 0;
  if (negative) {
    if (!toSigned)
      return 0;
    int64_t least = int64_t(uint64_t(int64_t(-1)) << (bits - 1));
    return uint64_t(std::max(int64_t(value), least));
  }
  uint64_t most = ~uint64_t(0) >> (64 - bits + (toSigned ? 1 : 0));
  return std::min(value, most);
}

static uint64_t convert(uint64_t bits, const Request &request) {
  if (isFloat(request.from)) {
    double value = realOf(bits, request.from);
    if (request.ftz && request.from == Type::F32)
      value = flush<true>(float(value));
    return isFloat(request.to) ? floatToFloat(value, request)
                               : floatToInteger(value, request);
  }
  uint64_t value = readInteger(bits, request.from);
  return isFloat(request.to) ? integerToFloat(value, request)
                             : integerToInteger(value, request);
}

// Registers of any width: the low bits are read, results extended.
static void convertAny(Warp &warp, const Inst &inst, uint32_t mask) {
  Request request = Request::of(inst.aux);
  for (uint32_t left = mask; left; left &= left - 1) {
    unsigned lane = firstLane(left);
    uint64_t bits = warp.readLane(inst.a, inst.bits[1], lane);
    warp.writeLane(inst.d, inst.bits[0], lane, convert(bits, request));
  }
  warp.carry(inst.d, mask, warp.poison[inst.a]);
}

// The frequent ones, in loops that vectorise; null for all others.
static Handler frequent(const Request &request, const Inst &inst) {
  auto is = [&](Type to, Type from) {
    return request.to == to && request.from == from &&
           inst.bits[0] == bitsOf(to) && inst.bits[1] == bitsOf(from) &&
           !request.sat && !request.ftz && !request.relu && !request.integral;
  };
  if (is(Type::U64, Type::U32))
    return unary<[](uint32_t a) { return a; }, uint64_t, uint32_t>;
  if (is(Type::S64, Type::S32))
    return unary<[](int32_t a) { return a; }, int64_t, int32_t>;
  if (is(Type::U32, Type::U64))
    return unary<[](uint64_t a) { return a; }, uint32_t, uint64_t>;
  if (is(Type::U32, Type::U16))
    return unary<[](uint16_t a) { return a; }, uint32_t, uint16_t>;
  if (is(Type::U16, Type::U32))
    return unary<[](uint32_t a) { return a; }, uint16_t, uint32_t>;
  if (is(Type::F32, Type::F16))
    return unary<[](uint16_t a) { return canonical(halfToFloat(a)); }, float,
                 uint16_t>;
  if (is(Type::F32, Type::BF16))
    return unary<[](uint16_t a) { return canonical(bfloatToFloat(a)); }, float,
                 uint16_t>;
  if (is(Type::F64, Type::F32))
    return unary<[](float a) { return canonical(double(a)); }, double, float>;
  if (request.rounding != Rounding::Nearest)
    return nullptr;
  if (is(Type::F16, Type::F32))
    return unary<floatToHalf, uint16_t, float>;
  if (is(Type::BF16, Type::F32))
    return unary<floatToBfloat, uint16_t, float>;
  if (is(Type::F32, Type::S32))
    return unary<[](int32_t a) { return float(a); }, float, int32_t>;
  if (is(Type::F32, Type::U32))
    return unary<[](uint32_t a) { return float(a); }, float, uint32_t>;
  if (is(Type::F32, Type::F64))
    return unary<[](double a) { return canonical(float(a)); }, float, double>;
  return nullptr;
}

static Rounding roundingOf(const Match &match) {
  if (match.has(".rz") || match.has(".rzi"))
    return Rounding::Zero;
  if (match.has(".rm") || match.has(".rmi"))
    return Rounding::Down;
  if (match.has(".rp") || match.has(".rpi"))
    return Rounding::Up;
  return Rounding::Nearest;
}

bool gan::sim::selectConvert(const Match &match, Inst &inst) {
  Request request{};
  request.to = match.types[0];
  request.from = match.types[1];
  request.rounding = roundingOf(match);
  request.integral = !match.oneOf(".rni .rzi .rmi .rpi").empty();
  request.ftz = match.has(".ftz");
  request.sat = match.has(".sat");
  request.relu = match.has(".relu");
  bool toFloat = isFloat(request.to), fromFloat = isFloat(request.from);
  bool plain = !match.oneOf(".rn .rz .rm .rp").empty();
  // What PTX demands: .rni to integers, .rn where bits are lost, neither else.
  bool needsIntegral = fromFloat && !toFloat;
  bool losesBits =
      toFloat && (!fromFloat || bitsOf(request.to) < bitsOf(request.from) ||
                  (bitsOf(request.to) == 16 && request.to != request.from &&
                   bitsOf(request.from) == 16));
  if (needsIntegral != request.integral &&
      !(toFloat && fromFloat && request.to == request.from))
    return false;
  if (losesBits && !plain)
    return false;
  if (request.relu && (bitsOf(request.to) != 16 || !fromFloat))
    return false;
  if (inst.bits[0] < 16 || inst.bits[1] < 16)
    return false;
  inst.aux = request.packed();
  Handler fast = frequent(request, inst);
  inst.run = fast ? fast : convertAny;
  return true;
}
