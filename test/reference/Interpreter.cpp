// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/reference/Interpreter.h"
#include "test/reference/Random.h"

using namespace mlir;
using namespace gan;
using namespace gan::reference;

// Elements of `plain` draws count from 0 in the whole tensor; those of batched
// draws from 0 in each sample.
Tensor reference::evaluateRandom(RandomOp op, const Tensor &key) {
  Tensor y = Tensor::zeros(op.getY().getType().getShape());
  Stream stream(op.getStream(), static_cast<int64_t>(key.values[0]),
                static_cast<int64_t>(key.values[1]));
  ArrayRef<double> params = op.getDistribution().getParams();
  int64_t perSample = y.values.size() / (op.getPlain() ? 1 : y.shape[0]);
  for (size_t i = 0; i < y.values.size(); ++i) {
    Words x = stream.at(i % perSample, i / perSample);
    switch (op.getDistribution().getKind()) {
    case DistributionKind::Normal:
      y.values[i] = params[0] + params[1] * normal(x);
      break;
    case DistributionKind::TruncatedNormal:
      y.values[i] = params[0] + params[1] * truncatedNormal(x, params[2]);
      break;
    default:
      y.values[i] = params[0] + (params[1] - params[0]) * unit(x[0]);
    }
  }
  return y;
}

FailureOr<Tensors> reference::evaluate(Operation &op, Operands operands) {
  if (auto random = dyn_cast<RandomOp>(op))
    return Tensors{evaluateRandom(random, *operands[0])};
  if (auto kernel = dyn_cast<KernelOp>(op)) {
    Tensors inputs =
        llvm::map_to_vector(operands, [](const Tensor *x) { return *x; });
    return evaluateBlock(kernel.getBody().front(), std::move(inputs));
  }
  for (auto family : {evaluateElementwise, evaluateShape, evaluateContraction,
                      evaluatePositions, evaluateMatrix})
    if (std::optional<Tensor> y = family(op, operands))
      return Tensors{std::move(*y)};
  return op.emitError() << "the reference interpreter has no meaning for '"
                        << op.getName() << "'";
}

static FailureOr<Tensors> evaluateObserved(Operation &op, Operands operands,
                                           Observer &observer) {
  Tensors read =
      llvm::map_to_vector(operands, [](const Tensor *x) { return *x; });
  observer.beforeOp(op, read);
  SmallVector<const Tensor *> pointers;
  for (const Tensor &tensor : read)
    pointers.push_back(&tensor);
  FailureOr<Tensors> results = evaluate(op, pointers);
  if (succeeded(results))
    observer.afterOp(op, read, *results);
  return results;
}

FailureOr<Tensors> reference::evaluateBlock(Block &block, Tensors arguments,
                                            Observer *observer) {
  DenseMap<Value, Tensor> environment;
  DenseMap<Value, int64_t> usesLeft;
  auto define = [&](Value value, Tensor tensor) {
    int64_t uses = std::distance(value.use_begin(), value.use_end());
    if (uses == 0)
      return;
    usesLeft[value] = uses;
    environment[value] = std::move(tensor);
  };
  for (auto [argument, tensor] :
       llvm::zip_equal(block.getArguments(), arguments))
    define(argument, std::move(tensor));
  for (Operation &op : block.without_terminator()) {
    SmallVector<const Tensor *> operands;
    for (Value operand : op.getOperands())
      operands.push_back(&environment.at(operand));
    FailureOr<Tensors> results = observer
                                     ? evaluateObserved(op, operands, *observer)
                                     : evaluate(op, operands);
    if (failed(results))
      return failure();
    // A tensor goes after its last use: a step of a large model fits into
    // memory.
    for (Value operand : op.getOperands())
      if (--usesLeft[operand] == 0)
        environment.erase(operand);
    for (auto [value, tensor] : llvm::zip_equal(op.getResults(), *results))
      define(value, std::move(tensor));
  }
  return llvm::map_to_vector(
      block.getTerminator()->getOperands(),
      [&](Value value) { return environment.at(value); });
}

FailureOr<Tensors> reference::evaluateFunction(func::FuncOp function,
                                               Tensors arguments,
                                               Observer *observer) {
  if (!llvm::hasSingleElement(function.getBody()))
    return function.emitError("the reference interpreter needs one block");
  return evaluateBlock(function.getBody().front(), std::move(arguments),
                       observer);
}
