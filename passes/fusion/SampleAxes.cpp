// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/fusion/SampleAxes.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace gan;

using Axis = std::optional<int64_t>;

static ArrayRef<int64_t> shapeOf(Value value) {
  return cast<RankedTensorType>(value.getType()).getShape();
}

namespace {
class SampleAxes {
public:
  void visit(Block &block);
  llvm::DenseMap<Value, int64_t> axes;
  void set(Value value, Axis axis) {
    if (axis)
      axes[value] = *axis;
  }

private:
  Axis of(Value value) const {
    auto found = axes.find(value);
    return found == axes.end() ? Axis() : found->second;
  }
  Axis ofAny(Operation *op) const;
  Axis ofBroadcast(BroadcastOp op) const;
  Axis ofTranspose(TransposeOp op) const;
  Axis ofReshape(ReshapeOp op) const;
  Axis ofSum(SumOp op) const;
  Axis ofMatmul(MatmulOp op) const;
  Axis ofResult(Operation *op) const;
  void visitKernel(KernelOp kernel);
};
} // namespace

Axis SampleAxes::ofAny(Operation *op) const {
  for (Value operand : op->getOperands())
    if (Axis axis = of(operand))
      return axis;
  return {};
}

Axis SampleAxes::ofBroadcast(BroadcastOp op) const {
  Axis axis = of(op.getX());
  return axis ? Axis(op.getDims()[*axis]) : axis;
}

Axis SampleAxes::ofTranspose(TransposeOp op) const {
  Axis axis = of(op.getX());
  if (axis)
    axis = llvm::find(op.getPermutation(), *axis) - op.getPermutation().begin();
  return axis;
}

// The last axis before which there are as many elements as before.
Axis SampleAxes::ofReshape(ReshapeOp op) const {
  Axis axis = of(op.getX()), result;
  if (!axis)
    return axis;
  int64_t before = llvm::product_of(shapeOf(op.getX()).take_front(*axis)),
          product = 1;
  for (auto [i, extent] : llvm::enumerate(shapeOf(op.getY()))) {
    if (product == before)
      result = i;
    product *= extent;
  }
  return result;
}

Axis SampleAxes::ofSum(SumOp op) const {
  Axis axis = of(op.getX());
  if (!axis || llvm::is_contained(op.getDims(), *axis))
    return {};
  return *axis -
         llvm::count_if(op.getDims(), [&](int64_t dim) { return dim < *axis; });
}

// y[m, n] = sum_k A[m, k] B[k, n]: samples that are added over are gone.
Axis SampleAxes::ofMatmul(MatmulOp op) const {
  int64_t rank = shapeOf(op.getY()).size();
  Axis a = of(op.getA()), b = of(op.getB());
  if ((a && *a < rank - 2) || (b && *b < rank - 2))
    return 0;
  bool areRows = a == rank - (op.getTransposeA() ? 1 : 2),
       areColumns = b == rank - (op.getTransposeB() ? 2 : 1);
  if (a && !areRows)
    return {};
  return areRows ? Axis(rank - 2) : areColumns ? Axis(rank - 1) : Axis();
}

Axis SampleAxes::ofResult(Operation *op) const {
  if (op->hasTrait<OpTrait::Elementwise>())
    return ofAny(op);
  return llvm::TypeSwitch<Operation *, Axis>(op)
      .Case([&](BroadcastOp op) { return ofBroadcast(op); })
      .Case([&](TransposeOp op) { return ofTranspose(op); })
      .Case([&](ReshapeOp op) { return ofReshape(op); })
      .Case([&](SumOp op) { return ofSum(op); })
      .Case([&](MatmulOp op) { return ofMatmul(op); })
      .Case<Conv2dOp, Conv2dInputGradOp>(
          [&](Operation *op) { return of(op->getOperand(0)); })
      .Case([&](RandomOp op) { return op.getPlain() ? Axis() : Axis(0); })
      .Case<SliceOp, ShardOp, PadOp, ConcatOp, FlipOp, CopyOp, AllGatherOp,
            InverseOp, LogdetOp>([&](Operation *op) { return ofAny(op); })
      .Default([](Operation *) { return Axis(); });
}

void SampleAxes::visitKernel(KernelOp kernel) {
  Block &body = kernel.getBody().front();
  for (auto [argument, input] :
       llvm::zip_equal(body.getArguments(), kernel.getInputs()))
    set(argument, of(input));
  visit(body);
  for (auto [result, value] : llvm::zip_equal(
           kernel.getOutputs(), body.getTerminator()->getOperands()))
    set(result, of(value));
}

void SampleAxes::visit(Block &block) {
  for (Operation &op : block.without_terminator()) {
    if (auto kernel = dyn_cast<KernelOp>(op))
      visitKernel(kernel);
    else
      set(op.getResult(0), ofResult(&op));
  }
}

llvm::DenseMap<Value, int64_t> fusion::sampleAxesOf(func::FuncOp function) {
  SampleAxes axes;
  for (BlockArgument argument : function.getArguments())
    for (StringRef name : {"gan.data", "gan.draw"})
      if (function.getArgAttr(argument.getArgNumber(), name))
        axes.set(argument, 0);
  axes.visit(function.getBody().front());
  return std::move(axes.axes);
}
