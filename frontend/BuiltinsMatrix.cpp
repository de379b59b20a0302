// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Linear algebra on a square matrix per value or per sample.
#include "frontend/Builtin.h"

using namespace mlir;
using namespace gan;

namespace gan::frontend {

namespace {

// The matrix, or nothing after a report.
std::optional<Tensor> getSquare(BuiltinCall &call) {
  std::optional<Tensor> x = call.getTensor(0);
  if (!x)
    return std::nullopt;
  ArrayRef<int64_t> shape = x->getItemShape();
  if (shape.size() == 2 && shape[0] == shape[1])
    return call.tensors.toReal(*x);
  call.fail("'" + call.callee + "' needs a matrix [n, n], but found " +
            describe(*x));
  return std::nullopt;
}

Value evaluateInverse(BuiltinCall &call) {
  std::optional<Tensor> x = getSquare(call);
  return x ? Value(call.tensors.unary<InverseOp>(*x)) : Value();
}

// ln |det x|.
Value evaluateLogdet(BuiltinCall &call) {
  std::optional<Tensor> x = getSquare(call);
  if (!x)
    return Poison();
  Type type = RankedTensorType::get(x->getShape().drop_back(2),
                                    x->getType().getElementType());
  return Tensor{LogdetOp::create(call.tensors.getBuilder(),
                                 call.tensors.getLoc(), type, x->value),
                x->batched};
}

constexpr Builtin table[] = {
    {"inverse", "x", evaluateInverse},
    {"logdet", "x", evaluateLogdet},
};

} // namespace

ArrayRef<Builtin> getMatrixBuiltins() { return table; }

} // namespace gan::frontend
