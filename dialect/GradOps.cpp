// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/GanOps.h"

using namespace mlir;
using namespace gan;

LogicalResult GradOp::verify() {
  if (getY().getType().getRank() != 0) // (C1)
    return emitOpError() << "needs one number to differentiate, found "
                         << getY().getType();
  if (getXs().getTypes() != getDxs().getTypes()) // (C2)
    return emitOpError()
           << "needs one gradient of the type of each 'xs', found "
           << getXs().size() << " tensors and " << getDxs().size()
           << " gradients, or other types";
  return success();
}
