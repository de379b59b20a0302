// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/GanOps.h"

using namespace mlir;
using namespace gan;

LogicalResult RandomOp::verify() {
  if (getKey().getType().getShape() != ArrayRef<int64_t>{2}) // (C1)
    return emitOpError() << "needs a key of type 'tensor<2xi64>', found "
                         << getKey().getType();
  switch (DistributionKind kind = getDistribution().getKind()) { // (C2)
  case DistributionKind::Normal:
  case DistributionKind::Uniform:
  case DistributionKind::TruncatedNormal:
    break;
  default:
    return emitOpError() << "cannot draw from the distribution '"
                         << stringifyDistributionKind(kind) << "'";
  }
  if (!getPlain() && getY().getType().getRank() == 0) // (C3)
    return emitOpError() << "needs an axis 0 for the samples, found "
                         << getY().getType() << "; a draw without is 'plain'";
  if (std::optional<uint64_t> classes = getClasses()) { // (C4)
    ArrayRef<double> ends = getDistribution().getParams().asArrayRef();
    if (getDistribution().getKind() != DistributionKind::Uniform ||
        ends != ArrayRef<double>{0, 1} || static_cast<int64_t>(*classes) < 1)
      return emitOpError() << "chooses among " << static_cast<int64_t>(*classes)
                           << " classes by " << getDistribution()
                           << ", expected one or more by <uniform, [0, 1]>";
  }
  return success();
}
