// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/fusion/FusionRules.h"

#include "llvm/ADT/DenseSet.h"

using namespace mlir;
using namespace gan;

// Below this a transposition is an index map like any other.
static constexpr int64_t kTiledTransposeElements = 4096;

bool fusion::isMatrixOp(Operation *op) {
  return isa<InverseOp, LogdetOp, OrthonormalOp>(op);
}

bool fusion::isHero(Operation *op) {
  return isContraction(op) || isa<SumOp, ArgmaxOp>(op);
}

bool fusion::isElementwise(Operation *op) {
  return op->hasTrait<OpTrait::Elementwise>();
}

bool fusion::isOfNumbers(Operation *op) {
  return isElementwise(op) && elementsOf(op->getResult(0)) == 1;
}

bool fusion::isTiledTranspose(Operation *op) {
  auto transpose = dyn_cast<TransposeOp>(op);
  if (!transpose || elementsOf(transpose) < kTiledTransposeElements)
    return false;
  // Numbers drawn for it alone come in any order at the same price.
  auto draw = transpose.getX().getDefiningOp<RandomOp>();
  return !draw || !draw->hasOneUse();
}

ArrayRef<int64_t> fusion::resultShape(Operation *op) {
  return cast<RankedTensorType>(op->getResult(0).getType()).getShape();
}

int64_t fusion::elementsOf(Value value) {
  return cast<RankedTensorType>(value.getType()).getNumElements();
}

int64_t fusion::bytesOf(Value value) {
  Type element = cast<RankedTensorType>(value.getType()).getElementType();
  return elementsOf(value) * ((element.getIntOrFloatBitWidth() + 7) / 8);
}

bool fusion::isLoadBroadcast(Operation *op) {
  auto broadcast = dyn_cast<BroadcastOp>(op);
  if (!broadcast)
    return false;
  ArrayRef<int64_t> dims = broadcast.getDims();
  int64_t last = static_cast<int64_t>(resultShape(op).size()) - 1;
  return dims.empty() || (dims.size() == 1 && dims.front() == last);
}

bool fusion::sameNest(SumOp a, SumOp b) {
  return a.getX().getType() == b.getX().getType() &&
         a.getDims() == b.getDims() && a.getOrderAttr() == b.getOrderAttr();
}

fusion::ContractionEpilogue::ContractionEpilogue(Operation *contraction)
    : shape(resultShape(contraction)),
      parts(rowPartsOf(Problem::of(contraction))) {}

bool fusion::ContractionEpilogue::isShapeOfRows(ArrayRef<int64_t> other) const {
  return other == shape || (parts && other == ArrayRef(parts->view));
}

// Whether each row gets what its part has.
bool fusion::ContractionEpilogue::isSpread(BroadcastOp broadcast) const {
  ArrayRef<int64_t> from = broadcast.getX().getType().getShape(),
                    to = broadcast.getY().getType().getShape();
  if (!isOfParts(from) || to != ArrayRef(parts->view))
    return false;
  return llvm::none_of(broadcast.getDims(), [&](int64_t axis) {
    return llvm::is_contained(parts->added, axis);
  });
}

// What a number that is computed in the kernel is broadcast to.
static bool isOfNumber(BroadcastOp broadcast) {
  Operation *def = broadcast.getX().getDefiningOp();
  return def && fusion::isOfNumbers(def);
}

bool fusion::ContractionEpilogue::allows(
    Operation *op, function_ref<bool(Value)> isLeaf) const {
  ArrayRef<int64_t> to = resultShape(op);
  if (isa<ConstantOp>(op))
    return true;
  if (isElementwise(op))
    return isShapeOfRows(to) || isOfParts(to) || isOfNumbers(op);
  if (auto broadcast = dyn_cast<BroadcastOp>(op))
    return isSpread(broadcast) ||
           ((isShapeOfRows(to) || isOfParts(to)) &&
            (isLeaf(broadcast.getX()) || isOfNumber(broadcast)));
  if (auto view = dyn_cast<ReshapeOp>(op))
    return parts && to == ArrayRef(parts->view) &&
           view.getX().getType().getShape() == shape;
  auto sum = dyn_cast<SumOp>(op);
  return sum && parts && sum.getDims() == ArrayRef(parts->added) &&
         sum.getX().getType().getShape() == ArrayRef(parts->view) &&
         (!sum.getOrder() || (sum.getOrder()->getSplits() == 1 &&
                              sum.getOrder()->getLanes() == 1));
}

namespace {
// One kernel under examination: which of its ops come after the hero and which
// feed it.
struct KernelView {
  explicit KernelView(KernelOp kernel);
  // An input, also one that memory holds in bf16, or a constant.
  bool isLeaf(Value value) const {
    if (isExtended(value))
      value = cast<CastOp>(value.getDefiningOp()).getX();
    Operation *def = value.getDefiningOp();
    return !def || isa<ConstantOp>(def);
  }
  LogicalResult verifyContraction();
  LogicalResult verifyShapes();
  LogicalResult verifyReduction();
  LogicalResult verifyTranspose();
  LogicalResult verifyMatrix();
  LogicalResult verifyEpilogue(Operation *op, ArrayRef<int64_t> shape) const;

  KernelOp kernel;
  SmallVector<Operation *> heroes;
  llvm::DenseSet<Operation *> feeding;
};
} // namespace

KernelView::KernelView(KernelOp op) : kernel(op) {
  SmallVector<Operation *> work;
  bool isContracting = kernel.getHero() == HeroKind::Contraction;
  for (Operation &inner : kernel.getBody().front().without_terminator())
    if (isContracting ? isContraction(&inner) : fusion::isHero(&inner))
      heroes.push_back(&inner);
  work = heroes;
  while (!work.empty())
    for (Value operand : work.pop_back_val()->getOperands())
      if (Operation *def = operand.getDefiningOp())
        if (feeding.insert(def).second)
          work.push_back(def);
}

LogicalResult KernelView::verifyEpilogue(Operation *op,
                                         ArrayRef<int64_t> shape) const {
  if (isLeaf(op->getResult(0)))
    return success();
  auto broadcast = dyn_cast<BroadcastOp>(op);
  bool lawful =
      fusion::isElementwise(op) ||
      (broadcast && (isLeaf(broadcast.getX()) || isOfNumber(broadcast)));
  if (lawful && (fusion::resultShape(op) == shape || fusion::isOfNumbers(op)))
    return success();
  return op->emitOpError("cannot follow the hero of its kernel: only "
                         "elementwise ops and broadcasts of inputs, of the "
                         "shape of the hero's result, can");
}

LogicalResult KernelView::verifyContraction() {
  if (heroes.size() != 1)
    return kernel.emitOpError()
           << "with hero(contraction) needs 1 contraction, found "
           << heroes.size();
  Operation *hero = heroes.front();
  fusion::ContractionEpilogue epilogue(hero);
  for (Operation &op : kernel.getBody().front().without_terminator()) {
    if (&op == hero || isLeaf(op.getResult(0)))
      continue;
    if (!feeding.contains(&op)) {
      if (!epilogue.allows(&op, [&](Value value) { return isLeaf(value); }))
        return op.emitOpError("cannot follow the contraction of its kernel: "
                              "only elementwise ops, broadcasts of inputs and "
                              "sums over parts of its rows can");
      continue;
    }
    bool lawful = fusion::isElementwise(&op) ||
                  (fusion::isLoadBroadcast(&op) && isLeaf(op.getOperand(0)));
    if (!lawful)
      return op.emitOpError("cannot feed a contraction: only elementwise ops "
                            "and broadcasts of inputs along the last axis can");
  }
  return success();
}

LogicalResult KernelView::verifyReduction() {
  if (heroes.empty())
    return kernel.emitOpError(
        "with hero(reduction) needs a sum or an argmax, found none");
  auto first = dyn_cast<SumOp>(heroes.front());
  for (Operation &op : kernel.getBody().front().without_terminator()) {
    if (fusion::isHero(&op)) {
      auto sum = dyn_cast<SumOp>(op);
      bool isAlike = &op == heroes.front() ||
                     (first && sum && fusion::sameNest(first, sum));
      if (feeding.contains(&op) || !isAlike)
        return op.emitOpError("needs the operand type, axes and order of the "
                              "other sums of its kernel, and none to feed it");
      continue;
    }
    if (!feeding.contains(&op) &&
        failed(verifyEpilogue(&op, fusion::resultShape(heroes.front()))))
      return failure();
  }
  return success();
}

LogicalResult KernelView::verifyTranspose() {
  Block &block = kernel.getBody().front();
  auto isOther = [](Operation &op) { return !isa<CastOp>(op); };
  auto others = llvm::make_filter_range(block.without_terminator(), isOther);
  if (llvm::hasSingleElement(others) && isa<TransposeOp>(*others.begin()))
    return success();
  return kernel.emitOpError("with hero(transpose) needs one transposition and "
                            "nothing else");
}

LogicalResult KernelView::verifyMatrix() {
  Block &block = kernel.getBody().front();
  if (block.getOperations().size() == 2 && fusion::isMatrixOp(&block.front()))
    return success();
  return kernel.emitOpError("with hero(matrix) needs one op on whole matrices "
                            "and nothing else");
}

// A contraction has results of parts of its rows, too.
LogicalResult KernelView::verifyShapes() {
  std::optional<fusion::ContractionEpilogue> epilogue;
  if (kernel.getHero() == HeroKind::Contraction && !heroes.empty())
    epilogue.emplace(heroes.front());
  auto isOther = [&](Value result) {
    ArrayRef<int64_t> shape =
        cast<RankedTensorType>(result.getType()).getShape();
    return !epilogue || !epilogue->isOfParts(shape);
  };
  ArrayRef<int64_t> first;
  for (Value result : llvm::make_filter_range(kernel.getOutputs(), isOther)) {
    ArrayRef<int64_t> shape =
        cast<RankedTensorType>(result.getType()).getShape();
    if (!first.empty() && first != shape)
      return kernel.emitOpError("needs results of one shape");
    first = shape;
    if (!heroes.empty() && fusion::resultShape(heroes.front()) != shape)
      return kernel.emitOpError("needs results of the shape of its hero's");
  }
  return success();
}

LogicalResult fusion::verifyKernel(KernelOp kernel) {
  if (kernel.getNumResults() == 0)
    return kernel.emitOpError("needs a result, found none");
  KernelView view(kernel);
  if (failed(view.verifyShapes()))
    return failure();
  switch (kernel.getHero()) {
  case HeroKind::Contraction:
    return view.verifyContraction();
  case HeroKind::Reduction:
    return view.verifyReduction();
  case HeroKind::Transpose:
    return view.verifyTranspose();
  case HeroKind::Matrix:
    return view.verifyMatrix();
  case HeroKind::Elementwise:
    return success();
  }
  return success();
}
