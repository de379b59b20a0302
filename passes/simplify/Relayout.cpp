// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/simplify/Relayout.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/TypeSwitch.h"

#include <map>

using namespace mlir;
using namespace gan;
using namespace gan::simplify;

RankedTensorType simplify::layoutType(Type type, ShapeRef layout) {
  auto tensor = cast<RankedTensorType>(type);
  return tensor.clone(permute(tensor.getShape(), layout));
}

Value simplify::changeLayout(OpBuilder &builder, Location loc, Value value,
                             ShapeRef from, ShapeRef to) {
  if (from == to)
    return value;
  Layout permutation = permute(inversePermutation(from), to);
  Type type = layoutType(value.getType(), permutation);
  if (!movesElements(shapeOf(value), identityLayout(from.size()), permutation))
    return ReshapeOp::create(builder, loc, type, value);
  return TransposeOp::create(builder, loc, type, value, permutation);
}

namespace {
// Goes through a function once, producers first. The operands of an op that is
// still to come are values of the old program; `current` knows where they lie
// now.
class Relayouter {
public:
  Relayouter(func::FuncOp function, LayoutPlan &plan)
      : function(function), plan(plan), builder(function.getContext()) {}
  void run();

private:
  struct Place {
    Value value;
    Layout layout;
  };

  Place placeOf(Value old) const;
  Value inLayout(Value old, ShapeRef layout);
  void setResult(Operation *op, ShapeRef layout);
  void setArguments();
  void setReturn(Operation *end);
  void visit(Operation *op);
  void visitKept(Operation *op);
  void visitFixed(Operation *op);
  std::pair<Value, bool> matrices(Value old);
  void visitMatmul(MatmulOp op);
  void visitBroadcast(BroadcastOp op);
  void visitSum(SumOp op);
  void visitArgmax(ArgmaxOp op);
  void visitIota(IotaOp op);
  void visitReshape(ReshapeOp op);
  void visitTranspose(TransposeOp op);
  void visitConstant(ConstantOp op);

  func::FuncOp function;
  LayoutPlan &plan;
  OpBuilder builder;
  DenseMap<Value, Place> current;
  DenseMap<Value, std::map<Layout, Value>> changed;
  SmallVector<Operation *> dropped;
};
} // namespace

Relayouter::Place Relayouter::placeOf(Value old) const {
  auto found = current.find(old);
  if (found != current.end())
    return found->second;
  return {old, identityLayout(shapeOf(old).size())};
}

Value Relayouter::inLayout(Value old, ShapeRef layout) {
  Place place = placeOf(old);
  if (place.layout == layout)
    return place.value;
  Value &value = changed[old][Layout(layout)];
  if (!value)
    value =
        changeLayout(builder, old.getLoc(), place.value, place.layout, layout);
  return value;
}

// The op now gives its result in `layout`.
void Relayouter::setResult(Operation *op, ShapeRef layout) {
  Value result = op->getResult(0);
  result.setType(layoutType(result.getType(), layout));
  current[result] = {result, Layout(layout)};
}

void Relayouter::setArguments() {
  for (auto [i, argument] : llvm::enumerate(function.getArguments())) {
    if (!function.getArgAttr(i, "gan.storage"))
      continue;
    Layout layout = plan.layoutOf(argument);
    argument.setType(layoutType(argument.getType(), layout));
    current[argument] = {argument, layout};
  }
}

// Axes stay apart: elementwise ops, slice, pad, concat and flip work in any
// layout.
void Relayouter::visitKept(Operation *op) {
  Layout layout = plan.layoutOf(op->getResult(0));
  for (OpOperand &operand : op->getOpOperands())
    operand.set(inLayout(operand.get(), layout));
  if (auto slice = dyn_cast<SliceOp>(op))
    slice.setOffsets(permute(slice.getOffsets(), layout));
  if (auto pad = dyn_cast<PadOp>(op))
    pad.setLow(permute(pad.getLow(), layout));
  if (auto flip = dyn_cast<FlipOp>(op)) {
    Shape dims = permute(inversePermutation(layout), flip.getDims());
    llvm::sort(dims);
    flip.setDims(dims);
  }
  if (auto concat = dyn_cast<ConcatOp>(op))
    concat.setDim(inversePermutation(layout)[concat.getDim()]);
  setResult(op, layout);
}

void Relayouter::visitFixed(Operation *op) {
  for (OpOperand &operand : op->getOpOperands())
    operand.set(
        inLayout(operand.get(), identityLayout(shapeOf(operand.get()).size())));
}

// The matrices of a batch as they lie, their batch in front; whether they lie
// transposed.
std::pair<Value, bool> Relayouter::matrices(Value old) {
  Layout plain = identityLayout(shapeOf(old).size()), swapped = plain;
  std::swap(swapped.end()[-1], swapped.end()[-2]);
  Place place = placeOf(old);
  if (place.layout == swapped)
    return {place.value, true};
  return {inLayout(old, plain), false};
}

// matmul(transpose(a), b) -> matmul(a, b) {transpose_a}
// transpose(matmul(a, b)) -> matmul(b, a) {transpose_a, transpose_b}
// and so for batches of matrices, where their axis stays in front.
void Relayouter::visitMatmul(MatmulOp op) {
  Layout layout = plan.layoutOf(op.getY());
  auto [a, lyingA] = matrices(op.getA());
  auto [b, lyingB] = matrices(op.getB());
  bool transposeA = op.getTransposeA() != lyingA;
  bool transposeB = op.getTransposeB() != lyingB;
  Layout plain = identityLayout(layout.size()), swapped = plain;
  std::swap(swapped.end()[-1], swapped.end()[-2]);
  if (layout == swapped) {
    std::swap(a, b);
    std::tie(transposeA, transposeB) = std::pair(!transposeB, !transposeA);
  } else {
    layout = plain;
  }
  op.getAMutable().set(a);
  op.getBMutable().set(b);
  op.setTransposeA(transposeA);
  op.setTransposeB(transposeB);
  setResult(op, layout);
}

void Relayouter::visitBroadcast(BroadcastOp op) {
  Layout y = plan.layoutOf(op.getY());
  Layout x = broadcastOperand(op, y);
  Layout place = inversePermutation(y);
  Shape dims = permute(op.getDims(), x);
  op.getXMutable().set(inLayout(op.getX(), x));
  op.setDims(permute(place, dims));
  setResult(op, y);
}

void Relayouter::visitSum(SumOp op) {
  if (op.getOrder())
    return visitFixed(op);
  Place x = placeOf(op.getX());
  Shape dims = permute(inversePermutation(x.layout), op.getDims());
  llvm::sort(dims);
  Layout y = reducedLayout(op.getDims(), x.layout);
  op.getXMutable().set(x.value);
  op.setDims(dims);
  setResult(op, y);
}

// Positions count along the axes in the order of `dims`, so they stay.
void Relayouter::visitArgmax(ArgmaxOp op) {
  Place x = placeOf(op.getX());
  Layout y = reducedLayout(op.getDims(), x.layout);
  op.getXMutable().set(x.value);
  op.setDims(permute(inversePermutation(x.layout), op.getDims()));
  setResult(op, y);
}

void Relayouter::visitIota(IotaOp op) {
  Layout layout = plan.layoutOf(op.getY());
  op.setDims(permute(inversePermutation(layout), op.getDims()));
  setResult(op, layout);
}

// Prefers a layout of x that the reshape carries over; else transposes x back.
void Relayouter::visitReshape(ReshapeOp op) {
  Place x = placeOf(op.getX());
  Shape from = permute(shapeOf(x.value), inversePermutation(x.layout));
  Shape to(shapeOf(op.getY()));
  Layout wanted = plan.layoutOf(op.getY());
  std::optional<Layout> y = reshapeLayout(from, to, x.layout);
  if (!y || movesElements(to, *y, wanted))
    if (std::optional<Layout> source = reshapeLayout(to, from, wanted)) {
      x = {inLayout(op.getX(), *source), *source};
      y = wanted;
    }
  if (!y) {
    x.value = inLayout(op.getX(), identityLayout(from.size()));
    y = identityLayout(to.size());
  }
  if (!movesElements(to, *y, wanted))
    y = wanted;
  op.getXMutable().set(x.value);
  setResult(op, *y);
}

// transpose(x) -> x, seen through another layout
void Relayouter::visitTranspose(TransposeOp op) {
  Place x = placeOf(op.getX());
  current[op.getY()] = {
      x.value, permute(inversePermutation(op.getPermutation()), x.layout)};
  dropped.push_back(op);
}

void Relayouter::visitConstant(ConstantOp op) {
  auto splat = dyn_cast<SplatElementsAttr>(op.getValue());
  if (!splat)
    return;
  setResult(op, plan.layoutOf(op.getY()));
  op.setValueAttr(splat.resizeSplat(cast<ShapedType>(op.getY().getType())));
}

void Relayouter::visit(Operation *op) {
  builder.setInsertionPoint(op);
  if (keepsAxes(op))
    return visitKept(op);
  TypeSwitch<Operation *>(op)
      .Case([&](MatmulOp op) { visitMatmul(op); })
      .Case([&](BroadcastOp op) { visitBroadcast(op); })
      .Case([&](SumOp op) { visitSum(op); })
      .Case([&](ArgmaxOp op) { visitArgmax(op); })
      .Case([&](IotaOp op) { visitIota(op); })
      .Case([&](ReshapeOp op) { visitReshape(op); })
      .Case([&](TransposeOp op) { visitTranspose(op); })
      .Case([&](ConstantOp op) { visitConstant(op); })
      .Default([&](Operation *op) { visitFixed(op); });
}

void Relayouter::setReturn(Operation *end) {
  builder.setInsertionPoint(end);
  for (OpOperand &operand : end->getOpOperands()) {
    auto name = function.getResultAttrOfType<StringAttr>(
        operand.getOperandNumber(), "gan.storage");
    Layout layout = name ? plan.layoutOf(name)
                         : identityLayout(shapeOf(operand.get()).size());
    operand.set(inLayout(operand.get(), layout));
  }
  Block &body = function.getBody().front();
  function.setType(FunctionType::get(
      function.getContext(), body.getArgumentTypes(), end->getOperandTypes()));
}

void Relayouter::run() {
  setArguments();
  Block &body = function.getBody().front();
  for (Operation &op : llvm::make_early_inc_range(body.without_terminator()))
    visit(&op);
  setReturn(body.getTerminator());
  for (Operation *op : llvm::reverse(dropped))
    op->erase();
}

void simplify::relayout(func::FuncOp function, LayoutPlan &plan) {
  Relayouter(function, plan).run();
}
