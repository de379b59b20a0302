// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Reductions in the manner of fdlibm, then Taylor polynomials long enough for
// the type: one set of formulas for f32 and f64. `fma` is written where it is
// meant, so that every target rounds alike.
#include "passes/codegen/Polynomials.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/TypeUtilities.h"

#include <limits>

using namespace mlir;
using namespace gan;

namespace {

// Arithmetic on values of one type, with the constants of that type.
struct Arithmetic {
  Arithmetic(const Polynomials &p, Value like)
      : b(p.b), loc(p.loc), type(like.getType()),
        isDouble(getElementTypeOrSelf(type).isF64()) {}

  OpBuilder &b;
  Location loc;
  Type type;
  bool isDouble;

  Value constant(Type shaped, TypedAttr attr) const {
    if (auto vector = dyn_cast<VectorType>(shaped))
      attr = DenseElementsAttr::get(vector, attr);
    return arith::ConstantOp::create(b, loc, attr);
  }
  Value real(double x) const {
    return constant(type, b.getFloatAttr(getElementTypeOrSelf(type), x));
  }
  Value real(double f32, double f64) const {
    return real(isDouble ? f64 : f32);
  }
  Type bitsType() const {
    Type bits = b.getIntegerType(isDouble ? 64 : 32);
    auto vector = dyn_cast<VectorType>(type);
    return vector ? Type(vector.clone(bits)) : bits;
  }
  Value integer(uint64_t f32, uint64_t f64) const {
    Type bits = bitsType();
    return constant(bits, b.getIntegerAttr(getElementTypeOrSelf(bits),
                                           isDouble ? (int64_t)f64
                                                    : (int64_t)(int32_t)f32));
  }
  Value bits(Value x) const {
    return arith::BitcastOp::create(b, loc, bitsType(), x);
  }
  Value fromBits(Value x) const {
    return arith::BitcastOp::create(b, loc, type, x);
  }

  Value add(Value x, Value y) const {
    return arith::AddFOp::create(b, loc, x, y);
  }
  Value sub(Value x, Value y) const {
    return arith::SubFOp::create(b, loc, x, y);
  }
  Value mul(Value x, Value y) const {
    return arith::MulFOp::create(b, loc, x, y);
  }
  Value div(Value x, Value y) const {
    return arith::DivFOp::create(b, loc, x, y);
  }
  Value neg(Value x) const { return arith::NegFOp::create(b, loc, x); }
  Value abs(Value x) const { return math::AbsFOp::create(b, loc, x); }
  Value fma(Value x, Value y, Value z) const {
    return math::FmaOp::create(b, loc, x, y, z);
  }
  Value less(Value x, Value y) const {
    return arith::CmpFOp::create(b, loc, arith::CmpFPredicate::OLT, x, y);
  }
  Value choose(Value c, Value x, Value y) const {
    return arith::SelectOp::create(b, loc, c, x, y);
  }
  Value addBits(Value x, Value y) const {
    return arith::AddIOp::create(b, loc, x, y);
  }
  Value subBits(Value x, Value y) const {
    return arith::SubIOp::create(b, loc, x, y);
  }
  Value andBits(Value x, Value y) const {
    return arith::AndIOp::create(b, loc, x, y);
  }
  Value isSet(Value x, uint64_t bit) const {
    return arith::CmpIOp::create(b, loc, arith::CmpIPredicate::ne,
                                 andBits(x, integer(bit, bit)), integer(0, 0));
  }

  // 1.5 * 2^23 (2^52): adding it rounds to an integer, which then stands in the
  // low bits.
  Value magic() const { return real(0x1.8p23, 0x1.8p52); }
  // The integer nearest to x * y as a real, and its bits (two's complement).
  std::pair<Value, Value> nearest(Value x, Value y) const {
    Value shifted = fma(x, y, magic());
    return {sub(shifted, magic()), subBits(bits(shifted), bits(magic()))};
  }
  // 2^n, for n (as bits) in the range of normal exponents.
  Value powerOfTwo(Value n) const {
    Value biased = addBits(n, integer(127, 1023));
    return fromBits(arith::ShLIOp::create(b, loc, biased, integer(23, 52)));
  }
  // c[0] + c[1] x + c[2] x^2 + ...
  Value polynomial(Value x, ArrayRef<double> c) const {
    Value result = real(c.back());
    for (double next : llvm::reverse(c.drop_back()))
      result = fma(result, x, real(next));
    return result;
  }
  // x * hi + x * lo is x * ln 2; hi has trailing zeros, so that small multiples
  // are exact.
  Value ln2High() const { return real(0x1.62e3p-1, 0x1.62e42feep-1); }
  Value ln2Low() const {
    return real(9.0580006144e-06, 1.90821492927058770002e-10);
  }
};

} // namespace

// 1 / start!, -+ 1 / (start + step)!, ...
static SmallVector<double> inverseFactorials(int start, int step, int count,
                                             double sign) {
  SmallVector<double> result;
  double factorial = 1, s = 1;
  for (int k = 1, next = start; (int)result.size() < count; ++k) {
    if (k > 1)
      factorial *= k - 1;
    if (k - 1 == next) {
      result.push_back(s / factorial);
      next += step;
      s *= sign;
    }
  }
  return result;
}

// x = n ln 2 + r, |r| <= ln 2 / 2: n as bits, and e^r - 1.
static std::pair<Value, Value> reduceExp(const Arithmetic &a, Value x) {
  auto [n, bits] = a.nearest(x, a.real(1.4426950408889634));
  Value r = a.fma(n, a.neg(a.ln2High()), x);
  r = a.fma(n, a.neg(a.ln2Low()), r);
  Value tail = a.polynomial(r, inverseFactorials(2, 1, a.isDouble ? 12 : 6, 1));
  return {bits, a.fma(a.mul(r, r), tail, r)};
}

Value Polynomials::exp(Value x) {
  Arithmetic a(*this, x);
  // Beyond these the result is 0 or infinity; comparisons are so put that NaN
  // passes.
  Value low = a.real(-105, -750), high = a.real(90, 711);
  Value inside =
      a.choose(a.less(x, low), low, a.choose(a.less(high, x), high, x));
  auto [n, p] = reduceExp(a, inside);
  Value half = arith::ShRSIOp::create(
      b, loc, n,
      a.integer(1, 1)); // two factors: 2^n may not be a normal number
  Value y = a.mul(a.add(p, a.real(1)), a.powerOfTwo(half));
  return a.mul(y, a.powerOfTwo(a.subBits(n, half)));
}

// x = 2^k m with sqrt(1/2) <= m < sqrt(2); f = m - 1; s = f / (2 + f); ln m = f
// - f^2/2 + s (f^2/2 + R(s^2)).
Value Polynomials::log(Value x) {
  Arithmetic a(*this, x);
  Value tiny = a.less(x, a.real(0x1p-126, 0x1p-1022));
  Value scaled = a.choose(tiny, a.mul(x, a.real(0x1p25, 0x1p54)), x);
  Value root = a.integer(0x3f3504f3, 0x3fe6a09e667f3bcd),
        one = a.integer(0x3f800000, 0x3ff0000000000000);
  Value shifted = a.addBits(a.bits(scaled), a.subBits(one, root)),
        width = a.integer(23, 52);
  Value exponent = a.subBits(arith::ShRSIOp::create(b, loc, shifted, width),
                             a.integer(127, 1023));
  Value k =
      a.sub(a.fromBits(a.addBits(exponent, a.bits(a.magic()))), a.magic());
  k = a.sub(k, a.choose(tiny, a.real(25, 54), a.real(0)));
  Value mantissa =
      a.addBits(a.andBits(shifted, a.integer(0x7fffff, 0xfffffffffffff)), root);
  Value f = a.sub(a.fromBits(mantissa), a.real(1)),
        s = a.div(f, a.add(f, a.real(2))), z = a.mul(s, s);
  SmallVector<double> series; // 2/3, 2/5, 2/7, ...
  for (int i = 1; i <= (a.isDouble ? 12 : 6); ++i)
    series.push_back(2.0 / (2 * i + 1));
  Value rest = a.mul(z, a.polynomial(z, series)),
        half = a.mul(a.mul(f, f), a.real(0.5));
  Value small = a.fma(s, a.add(half, rest), a.mul(k, a.ln2Low()));
  Value y = a.add(a.mul(k, a.ln2High()), a.sub(f, a.sub(half, small)));
  y = a.choose(a.less(x, a.real(std::numeric_limits<double>::infinity())), y,
               x);
  y = a.choose(a.less(a.abs(x), a.real(0x1p-149, 0x1p-1074)),
               a.real(-std::numeric_limits<double>::infinity()), y);
  return a.choose(a.less(x, a.real(0)),
                  a.real(std::numeric_limits<double>::quiet_NaN()), y);
}

// With t = e^(-2|x|) - 1:  tanh |x| = -t / (t + 2).
Value Polynomials::tanh(Value x) {
  Arithmetic a(*this, x);
  Value size = a.abs(x), limit = a.real(22);
  size = a.choose(a.less(limit, size), limit, size);
  auto [n, p] = reduceExp(a, a.mul(size, a.real(-2)));
  Value scale = a.powerOfTwo(n), t = a.fma(scale, p, a.sub(scale, a.real(1)));
  Value y = a.div(a.neg(t), a.add(t, a.real(2)));
  return math::CopySignOp::create(b, loc, y, x);
}

// With e = e^-|x|: 1 / (1 + e), or e / (1 + e) for x < 0.
Value Polynomials::sigmoid(Value x) {
  Arithmetic a(*this, x);
  Value e = exp(a.neg(a.abs(x))), one = a.real(1);
  return a.div(a.choose(a.less(x, a.real(0)), e, one), a.add(one, e));
}

// With e = e^-|x| and u the rounded 1 + e:  ln(1 + e) = ln u + (e - (u - 1)) /
// u.
Value Polynomials::softplus(Value x) {
  Arithmetic a(*this, x);
  Value e = exp(a.neg(a.abs(x))), one = a.real(1), u = a.add(one, e),
        zero = a.real(0);
  Value lost = a.div(a.sub(e, a.sub(u, one)), u);
  return a.add(a.choose(a.less(x, zero), zero, x), a.add(log(u), lost));
}

// sin (quarter 0) or cos (quarter 1) of r + n pi/2, |r| <= pi/4.
static Value sinOfQuarters(const Arithmetic &a, Value r, Value n, int quarter) {
  Value z = a.mul(r, r);
  SmallVector<double> sines = inverseFactorials(3, 2, a.isDouble ? 8 : 4, -1);
  SmallVector<double> cosines = inverseFactorials(4, 2, a.isDouble ? 7 : 4, -1);
  Value sine = a.fma(a.mul(r, z), a.neg(a.polynomial(z, sines)), r);
  Value cosine = a.fma(a.mul(z, z), a.polynomial(z, cosines),
                       a.fma(z, a.real(-0.5), a.real(1)));
  n = a.addBits(n, a.integer(quarter, quarter));
  Value y = a.choose(a.isSet(n, 1), cosine, sine);
  return a.choose(a.isSet(n, 2), a.neg(y), y);
}

// x = n pi/2 + r, pi/2 in three parts.
static Value sinOfRadians(const Arithmetic &a, Value x, int quarter) {
  auto [n, bits] = a.nearest(x, a.real(0.63661977236758134308));
  Value r = a.fma(n, a.real(-0x1.921fb6p0, -0x1.921fb54442d18p0), x);
  r = a.fma(n, a.real(0x1.777a5cp-25, -0x1.1a62633145c07p-54), r);
  r = a.fma(n, a.real(0x1.ee59dap-50, 0x1.f1976b7ed8fbcp-110), r);
  return sinOfQuarters(a, r, bits, quarter);
}

Value Polynomials::sin(Value x) {
  return sinOfRadians(Arithmetic(*this, x), x, 0);
}
Value Polynomials::cos(Value x) {
  return sinOfRadians(Arithmetic(*this, x), x, 1);
}

Value Polynomials::cosOfTurns(Value t) {
  Arithmetic a(*this, t);
  auto [n, bits] = a.nearest(t, a.real(4));
  Value r = a.fma(n, a.real(-0.25), t); // exact
  return sinOfQuarters(a, a.mul(r, a.real(6.283185307179586477)), bits, 1);
}

// Wichura, algorithm AS 241 (1988): rational in 0.425^2 - q^2 near the middle,
// q = p - 1/2, else in sqrt(-ln of the nearer end) - 1.6.
Value Polynomials::normalQuantile(Value p) {
  Arithmetic a(*this, p);
  Value q = a.sub(p, a.real(0.5)), r = a.sub(a.real(0.180625), a.mul(q, q));
  Value middle = a.mul(
      q,
      a.div(
          a.polynomial(r, {3.3871328727963666080e0, 1.3314166789178437745e2,
                           1.9715909503065514427e3, 1.3731693765509461125e4,
                           4.5921953931549871457e4, 6.7265770927008700853e4,
                           3.3430575583588128105e4, 2.5090809287301226727e3}),
          a.polynomial(r, {1, 4.2313330701600911252e1, 6.8718700749205790830e2,
                           5.3941960214247511077e3, 2.1213794301586595867e4,
                           3.9307895800092710610e4, 2.8729085735721942674e4,
                           5.2264952788528545610e3})));
  Value isLow = a.less(q, a.real(0));
  Value nearer = a.choose(isLow, p, a.sub(a.real(1), p));
  Value t =
      a.sub(math::SqrtOp::create(b, loc, a.neg(log(nearer))), a.real(1.6));
  Value tail = a.div(
      a.polynomial(t, {1.42343711074968357734e0, 4.63033784615654529590e0,
                       5.76949722146069140550e0, 3.64784832476320460504e0,
                       1.27045825245236838258e0, 2.41780725177450611770e-1,
                       2.27238449892691845833e-2, 7.74545014278341407640e-4}),
      a.polynomial(t, {1, 2.05319162663775882187e0, 1.67638483018380384940e0,
                       6.89767334985100004550e-1, 1.48103976427480074590e-1,
                       1.51986665636164571966e-2, 5.47593808499534494600e-4,
                       1.05075007164441684324e-9}));
  Value isFar = a.less(a.real(0.425), a.abs(q));
  return a.choose(isFar, a.choose(isLow, a.neg(tail), tail), middle);
}

// f32 through f64; f64 errs by about |y ln x| ulp.
Value Polynomials::pow(Value x, Value y) {
  Arithmetic a(*this, x);
  if (a.isDouble)
    return exp(a.mul(y, log(x)));
  Type wide = b.getF64Type();
  if (auto vector = dyn_cast<VectorType>(a.type))
    wide = vector.clone(wide);
  Value z = pow(arith::ExtFOp::create(b, loc, wide, x),
                arith::ExtFOp::create(b, loc, wide, y));
  return arith::TruncFOp::create(b, loc, a.type, z);
}
