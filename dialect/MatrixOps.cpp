// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/GanOps.h"
#include "dialect/ShapeRules.h"

using namespace mlir;
using namespace gan;

static LogicalResult verifySquare(Operation *op, ShapeRef x) {
  if (x.size() != 2 && x.size() != 3) // (C1)
    return op->emitOpError()
           << "needs a matrix, or several along axis 0, found " << shapeText(x);
  ShapeRef matrix = x.take_back(2);
  if (matrix[0] == matrix[1]) // (C2)
    return success();
  return op->emitOpError() << "needs as many rows as columns, found "
                           << matrix[0] << " and " << matrix[1];
}

LogicalResult InverseOp::verify() {
  return verifySquare(*this, getX().getType().getShape()); // (C1), (C2)
}

LogicalResult LogdetOp::verify() {
  ShapeRef x = getX().getType().getShape();
  if (failed(verifySquare(*this, x))) // (C1), (C2)
    return failure();
  return checkShape([&] { return emitOpError(); }, "y", x.drop_back(2), // (C3)
                    getY().getType().getShape());
}

LogicalResult OrthonormalOp::verify() {
  ShapeRef x = getX().getType().getShape();
  if (x.size() != 2) // (C1)
    return emitOpError() << "needs a matrix, found " << shapeText(x);
  if (x[0] <= x[1]) // (C2)
    return success();
  return emitOpError() << "needs no more rows than columns, found " << x[0]
                       << " and " << x[1];
}
