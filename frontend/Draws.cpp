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

static DistributionAttr getAttr(MLIRContext *context, DistributionKind kind,
                                double a, double b) {
  return DistributionAttr::get(context, kind,
                               DenseF64ArrayAttr::get(context, {a, b}));
}

// normal and uniform as they are; bernoulli(p) is u < p, a point of the sphere
// a normal vector over its length.
Value Evaluator::draw(const Distribution &distribution, ArrayRef<int64_t> shape,
                      std::optional<int64_t> batch, StringRef stream,
                      const Site &site) {
  OpBuilder &builder = getBuilder();
  SmallVector<int64_t> extents(shape);
  if (batch)
    extents.insert(extents.begin(), *batch);
  if (!TensorBuilder::fits(extents, site))
    return Poison();
  bool isUniform = distribution.kind == Distribution::Kind::Uniform;
  DistributionAttr source = isUniform
                                ? getAttr(context, DistributionKind::Uniform,
                                          distribution.a, distribution.b)
                                : getAttr(context, DistributionKind::Normal,
                                          distribution.a, distribution.b);
  if (distribution.kind == Distribution::Kind::Bernoulli)
    source = getAttr(context, DistributionKind::Uniform, 0, 1);
  if (distribution.kind == Distribution::Kind::Sphere)
    source = getAttr(context, DistributionKind::Normal, 0, 1);
  auto op =
      RandomOp::create(builder, site.getOpLocation(),
                       RankedTensorType::get(extents, builder.getF64Type()),
                       function->key, builder.getStringAttr(stream), source,
                       batch ? UnitAttr() : builder.getUnitAttr());
  Tensor drawn{op, batch.has_value()};
  TensorBuilder tensors(builder, site);
  if (distribution.kind == Distribution::Kind::Bernoulli)
    return tensors.toReal(*tensors.compare(ComparePredicate::LT, drawn,
                                           tensors.constant(distribution.a)));
  if (distribution.kind != Distribution::Kind::Sphere)
    return drawn;
  Axes item;
  for (size_t axis = 0; axis < shape.size(); ++axis)
    item.item.push_back(axis);
  Tensor square = *tensors.binary<MulOp>(drawn, drawn);
  Tensor length = tensors.unary<SqrtOp>(tensors.sum(square, item, true));
  return BuiltinCall::wrap(tensors.binary<DivOp>(drawn, length));
}

} // namespace gan::frontend
