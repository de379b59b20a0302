// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The meaning of tensor-level functions in double precision and plain loops:
// the oracle of every other executor.
#ifndef GAN_TEST_REFERENCE_INTERPRETER_H
#define GAN_TEST_REFERENCE_INTERPRETER_H

#include "dialect/GanOps.h"
#include "test/reference/Tensor.h"

namespace gan::reference {

using Tensors = llvm::SmallVector<Tensor>;

// Stands beside every op as it is evaluated, and may change what it reads and
// what it gives: so a test tries how far rounding carries.
class Observer {
public:
  virtual ~Observer() = default;
  virtual void beforeOp(mlir::Operation &op, Tensors &operands) = 0;
  virtual void afterOp(mlir::Operation &op, llvm::ArrayRef<Tensor> operands,
                       Tensors &results) = 0;
};

// The results of one op on its operands. Fails, with an error at the op, where
// the op is not of the tensor level.
mlir::FailureOr<Tensors> evaluate(mlir::Operation &op,
                                  llvm::ArrayRef<const Tensor *> operands);

// The values that the terminator of `block` takes, when its arguments are
// `arguments`.
mlir::FailureOr<Tensors> evaluateBlock(mlir::Block &block, Tensors arguments,
                                       Observer *observer = nullptr);

// The results of a function of one block.
mlir::FailureOr<Tensors> evaluateFunction(mlir::func::FuncOp function,
                                          Tensors arguments,
                                          Observer *observer = nullptr);

// The families that `evaluate` asks in turn; nothing where the op is of another
// family.
using Operands = llvm::ArrayRef<const Tensor *>;
std::optional<Tensor> evaluateElementwise(mlir::Operation &op,
                                          Operands operands);
std::optional<Tensor> evaluateShape(mlir::Operation &op, Operands operands);
std::optional<Tensor> evaluateContraction(mlir::Operation &op,
                                          Operands operands);
std::optional<Tensor> evaluatePositions(mlir::Operation &op, Operands operands);
std::optional<Tensor> evaluateMatrix(mlir::Operation &op, Operands operands);
Tensor evaluateRandom(RandomOp op, const Tensor &key);

} // namespace gan::reference

#endif // GAN_TEST_REFERENCE_INTERPRETER_H
