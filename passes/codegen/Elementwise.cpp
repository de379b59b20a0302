// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/codegen/Elementwise.h"

#include "dialect/GanOps.h"
#include "passes/codegen/Polynomials.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"

using namespace mlir;
using namespace gan;

namespace {

// One op's emitter is a function of the builder and the operand elements.
using Emit = Value (*)(Operation *, OpBuilder &, Location, ValueRange);

template <typename Op, Emit emit>
struct Emitter : ElementwiseOpInterface::ExternalModel<Emitter<Op, emit>, Op> {
  Value emitElement(Operation *op, OpBuilder &b, Location loc,
                    ValueRange operands) const {
    return emit(op, b, loc, operands);
  }
};

} // namespace

template <typename ArithOp>
static Value direct(Operation *, OpBuilder &b, Location loc, ValueRange x) {
  return ArithOp::create(b, loc, x[0].getType(), x);
}

template <Value (Polynomials::*function)(Value)>
static Value expand(Operation *, OpBuilder &b, Location loc, ValueRange x) {
  Polynomials polynomials{b, loc};
  return (polynomials.*function)(x[0]);
}

static Value expandPow(Operation *, OpBuilder &b, Location loc, ValueRange x) {
  return Polynomials{b, loc}.pow(x[0], x[1]);
}

static Value constant(OpBuilder &b, Location loc, Type type, double value) {
  TypedAttr attr = b.getFloatAttr(getElementTypeOrSelf(type), value);
  if (auto vector = dyn_cast<VectorType>(type))
    attr = DenseElementsAttr::get(vector, attr);
  return arith::ConstantOp::create(b, loc, attr);
}

static Value emitRsqrt(Operation *, OpBuilder &b, Location loc, ValueRange x) {
  Value root = math::SqrtOp::create(b, loc, x[0]);
  return arith::DivFOp::create(b, loc, constant(b, loc, root.getType(), 1),
                               root);
}

// (x > 0) - (x < 0)
static Value emitSign(Operation *, OpBuilder &b, Location loc, ValueRange x) {
  Type type = x[0].getType();
  Value zero = constant(b, loc, type, 0), one = constant(b, loc, type, 1),
        less = constant(b, loc, type, -1);
  Value isLess =
      arith::CmpFOp::create(b, loc, arith::CmpFPredicate::OLT, x[0], zero);
  Value isMore =
      arith::CmpFOp::create(b, loc, arith::CmpFPredicate::OGT, x[0], zero);
  return arith::SelectOp::create(
      b, loc, isMore, one, arith::SelectOp::create(b, loc, isLess, less, zero));
}

static Value emitIdentity(Operation *, OpBuilder &, Location, ValueRange x) {
  return x[0];
}

// The second operand only where it wins: a tie, and NaN, give the first.
template <arith::CmpFPredicate wins>
static Value emitExtreme(Operation *, OpBuilder &b, Location loc,
                         ValueRange x) {
  return arith::SelectOp::create(
      b, loc, arith::CmpFOp::create(b, loc, wins, x[1], x[0]), x[1], x[0]);
}

static Value emitCompare(Operation *op, OpBuilder &b, Location loc,
                         ValueRange x) {
  using F = arith::CmpFPredicate;
  using I = arith::CmpIPredicate;
  static constexpr F reals[] = {F::OEQ, F::UNE, F::OLT, F::OLE, F::OGT, F::OGE};
  static constexpr I integers[] = {I::eq,  I::ne,  I::slt,
                                   I::sle, I::sgt, I::sge};
  static constexpr I bools[] = {I::eq, I::ne, I::ult, I::ule, I::ugt, I::uge};
  auto predicate = static_cast<unsigned>(cast<CompareOp>(op).getPredicate());
  Type element = getElementTypeOrSelf(x[0].getType());
  if (isa<FloatType>(element))
    return arith::CmpFOp::create(b, loc, reals[predicate], x[0], x[1]);
  return arith::CmpIOp::create(
      b, loc, (element.isInteger(1) ? bools : integers)[predicate], x[0], x[1]);
}

// To the nearest number whose last bits are zeros, by integers; a carry goes
// into the exponent, as it should.
static Value round(OpBuilder &b, Location loc, Value x, RealFormat format) {
  bool isTf32 = format == RealFormat::TF32;
  Type real = x.getType(), integer = b.getI32Type();
  if (auto vector = dyn_cast<VectorType>(real))
    integer = vector.clone(integer);
  auto word = [&](uint32_t value) -> Value {
    TypedAttr attr = b.getI32IntegerAttr(static_cast<int32_t>(value));
    if (auto vector = dyn_cast<VectorType>(integer))
      attr = DenseElementsAttr::get(vector, attr);
    return arith::ConstantOp::create(b, loc, attr);
  };
  Value bits = arith::BitcastOp::create(b, loc, integer, x);
  Value half = word(0x1000);
  if (!isTf32) {
    Value odd = arith::AndIOp::create(
        b, loc, arith::ShRUIOp::create(b, loc, bits, word(16)), word(1));
    half = arith::AddIOp::create(b, loc, odd, word(0x7fff));
  }
  Value rounded =
      arith::AndIOp::create(b, loc, arith::AddIOp::create(b, loc, bits, half),
                            word(isTf32 ? 0xffffe000 : 0xffff0000));
  Value isNan = arith::CmpFOp::create(b, loc, arith::CmpFPredicate::UNO, x, x);
  return arith::BitcastOp::create(
      b, loc, real,
      arith::SelectOp::create(b, loc, isNan, word(0x7fc00000), rounded));
}

static Value emitRound(Operation *op, OpBuilder &b, Location loc,
                       ValueRange x) {
  return round(b, loc, x[0], cast<RoundOp>(op).getFormat());
}

// In registers bf16 is f32 (KernelBuilder).
static Value emitCast(Operation *op, OpBuilder &b, Location loc, ValueRange x) {
  Type to = cast<ShapedType>(op->getResult(0).getType()).getElementType(),
       from = getElementTypeOrSelf(x[0].getType());
  if (to.isBF16())
    return round(b, loc, x[0], RealFormat::BF16);
  if (from == to)
    return x[0];
  Type type = to;
  if (auto vector = dyn_cast<VectorType>(x[0].getType()))
    type = vector.clone(to);
  if (from.isInteger(1))
    return arith::UIToFPOp::create(b, loc, type, x[0]);
  if (from.isInteger())
    return arith::SIToFPOp::create(b, loc, type, x[0]);
  if (from.getIntOrFloatBitWidth() < to.getIntOrFloatBitWidth())
    return arith::ExtFOp::create(b, loc, type, x[0]);
  return arith::TruncFOp::create(b, loc, type, x[0]);
}

template <typename Op, Emit emit> static void attach(MLIRContext *context) {
  Op::template attachInterface<Emitter<Op, emit>>(*context);
}

void gan::registerElementwiseEmitters(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *context, GanDialect *) {
    attach<NegOp, direct<arith::NegFOp>>(context);
    attach<SqrtOp, direct<math::SqrtOp>>(context);
    attach<AbsOp, direct<math::AbsFOp>>(context);
    attach<FloorOp, direct<math::FloorOp>>(context);
    attach<AddOp, direct<arith::AddFOp>>(context);
    attach<SubOp, direct<arith::SubFOp>>(context);
    attach<MulOp, direct<arith::MulFOp>>(context);
    attach<DivOp, direct<arith::DivFOp>>(context);
    attach<ExpOp, expand<&Polynomials::exp>>(context);
    attach<LogOp, expand<&Polynomials::log>>(context);
    attach<SinOp, expand<&Polynomials::sin>>(context);
    attach<CosOp, expand<&Polynomials::cos>>(context);
    attach<TanhOp, expand<&Polynomials::tanh>>(context);
    attach<SigmoidOp, expand<&Polynomials::sigmoid>>(context);
    attach<SoftplusOp, expand<&Polynomials::softplus>>(context);
    attach<PowOp, expandPow>(context);
    attach<RsqrtOp, emitRsqrt>(context);
    attach<SignOp, emitSign>(context);
    attach<StopGradientOp, emitIdentity>(context);
    attach<VariableOp, emitIdentity>(context);
    attach<MaxOp, emitExtreme<arith::CmpFPredicate::OGT>>(context);
    attach<MinOp, emitExtreme<arith::CmpFPredicate::OLT>>(context);
    attach<CompareOp, emitCompare>(context);
    attach<CastOp, emitCast>(context);
    attach<RoundOp, emitRound>(context);
    attach<SelectOp,
           +[](Operation *, OpBuilder &b, Location loc, ValueRange x) -> Value {
             return arith::SelectOp::create(b, loc, x[0], x[1], x[2]);
           }>(context);
  });
}
