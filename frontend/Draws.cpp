// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Draws: named random numbers of a move.
#include "frontend/Evaluator.h"

using namespace mlir;
using namespace gan;

namespace gan::frontend {

Value Evaluator::drawDeclared(const ast::DrawStmt &stmt, Scope &scope,
                              std::optional<int64_t> batch, StringRef stream) {
  Site site = getSite(stmt.loc);
  std::optional<SmallVector<int64_t>> shape =
      evaluateShape(stmt.shape.get(), scope);
  Value value = evaluate(*stmt.distribution, scope);
  if (!shape || value.isPoison())
    return Poison();
  const auto *distribution = value.getIf<Distribution>();
  if (distribution)
    return draw(*distribution, *shape, batch, stream, site);
  site.error("'") << stmt.name << "' is drawn from a distribution, but this is "
                  << describe(value);
  return Poison();
}

DistributionAttr getDistributionAttr(MLIRContext *context,
                                     const Distribution &distribution) {
  auto get = [&](DistributionKind kind, ArrayRef<double> params) {
    return DistributionAttr::get(context, kind,
                                 DenseF64ArrayAttr::get(context, params));
  };
  const auto &[kind, a, b, c, centres] = distribution;
  switch (kind) {
  case Distribution::Kind::Normal:
    return get(DistributionKind::Normal, {a, b});
  case Distribution::Kind::Uniform:
    return get(DistributionKind::Uniform, {a, b});
  case Distribution::Kind::TruncatedNormal:
    return get(DistributionKind::TruncatedNormal, {a, b, c});
  case Distribution::Kind::Orthogonal:
    return get(DistributionKind::Orthogonal, {a});
  case Distribution::Kind::Identity:
    return get(DistributionKind::Identity, {});
  default:
    return {};
  }
}

namespace {
// One draw to be emitted.
struct Drawing {
  OpBuilder &builder;
  mlir::Value key;
  MicroBatch micro;
  ArrayRef<int64_t> shape;
  std::optional<int64_t> batch;
  StringRef stream;
  const Site &site;

  // Numbers of a distribution that the dialect has; of a uniform one, what is
  // to choose among so many.
  Tensor from(const Distribution &distribution,
              std::optional<int64_t> classes = std::nullopt) const;
  Value fromMixture(const Distribution &distribution) const;
};
} // namespace

Tensor Drawing::from(const Distribution &distribution,
                     std::optional<int64_t> classes) const {
  SmallVector<int64_t> extents(shape);
  if (batch)
    extents.insert(extents.begin(), *batch * micro.count);
  auto op = RandomOp::create(
      builder, site.getOpLocation(),
      RankedTensorType::get(extents, builder.getF64Type()), key,
      builder.getStringAttr(stream),
      getDistributionAttr(builder.getContext(), distribution),
      batch ? UnitAttr() : builder.getUnitAttr(),
      classes ? builder.getI64IntegerAttr(*classes) : IntegerAttr());
  Tensor drawn{op, batch.has_value()};
  if (!batch || micro.count == 1)
    return drawn;
  return TensorBuilder(builder, site)
      .slice(drawn, 0, micro.index * *batch, *batch);
}

// floor(n u); in f32 n u may be rounded to n.
static Tensor toClass(TensorBuilder &tensors, Tensor u, double n) {
  Tensor scaled = *tensors.binary<MulOp>(u, tensors.constant(n));
  Tensor whole = tensors.unary<FloorOp>(scaled);
  return *tensors.binary<MinOp>(whole, tensors.constant(n - 1));
}

// A point of the sphere is a normal vector over its length.
static TensorBuilder::Result toSphere(TensorBuilder &tensors, Tensor x) {
  Axes item;
  for (int64_t axis = 0; axis < x.getItemRank(); ++axis)
    item.item.push_back(axis);
  Tensor square = *tensors.binary<MulOp>(x, x);
  Tensor length = tensors.unary<SqrtOp>(tensors.sum(square, item, true));
  return tensors.binary<DivOp>(x, length);
}

// A centre at random and normal noise around it, from streams of their own.
Value Drawing::fromMixture(const Distribution &distribution) const {
  TensorBuilder tensors(builder, site);
  TensorBuilder::Result centres = tensors.constant(*distribution.centres);
  if (!centres)
    return Poison();
  ArrayRef<int64_t> rows = centres->getShape();
  if (rows.size() != 2 || rows.drop_front() != shape) {
    site.error("a mixture of points ")
        << describeShape(rows.drop_front())
        << " gives draws of that shape, but this has shape "
        << describeShape(shape);
    return Poison();
  }
  std::string component = (stream + "/component").str(),
              around = (stream + "/noise").str();
  Tensor u = Drawing{builder, key, micro, {}, batch, component, site}.from(
      {.kind = Distribution::Kind::Uniform, .b = 1});
  Tensor noise = Drawing{builder, key, micro, shape, batch, around, site}.from(
      {.kind = Distribution::Kind::Normal, .b = distribution.b});
  TensorBuilder::Result choice =
      tensors.oneHot(toClass(tensors, u, rows[0]), rows[0]);
  return BuiltinCall::wrap(
      tensors.binary<AddOp>(*tensors.matmul(*choice, *centres), noise));
}

// What the dialect has, as it is; the others are made of these.
Value Evaluator::draw(const Distribution &distribution, ArrayRef<int64_t> shape,
                      std::optional<int64_t> batch, StringRef stream,
                      const Site &site) {
  using Kind = Distribution::Kind;
  SmallVector<int64_t> extents(shape);
  if (batch)
    extents.insert(extents.begin(), *batch);
  if (!TensorBuilder::fits(extents, site))
    return Poison();
  TensorBuilder tensors(getBuilder(), site);
  Drawing drawing{getBuilder(), function->key, function->micro, shape, batch,
                  stream,       site};
  auto uniform = [&](std::optional<int64_t> classes = std::nullopt) {
    return drawing.from({.kind = Kind::Uniform, .b = 1}, classes);
  };
  switch (distribution.kind) {
  case Kind::Normal:
  case Kind::Uniform:
  case Kind::TruncatedNormal:
    return drawing.from(distribution);
  case Kind::Bernoulli:
    return tensors.toReal(*tensors.compare(ComparePredicate::LT, uniform(),
                                           tensors.constant(distribution.a)));
  case Kind::Categorical:
    return toClass(tensors, uniform(static_cast<int64_t>(distribution.a)),
                   distribution.a);
  case Kind::Sphere:
    return BuiltinCall::wrap(
        toSphere(tensors, drawing.from({.kind = Kind::Normal, .b = 1})));
  case Kind::Mixture:
    return drawing.fromMixture(distribution);
  case Kind::Orthogonal:
  case Kind::Identity:
    site.error("a draw is from a distribution of numbers, but this one is of "
               "whole parameters");
    return Poison();
  }
  llvm_unreachable("distributions are a closed set");
}

} // namespace gan::frontend
