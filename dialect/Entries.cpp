// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/Entries.h"

#include "llvm/ADT/STLExtras.h"

using namespace mlir;

bool gan::isEntry(func::FuncOp function) {
  auto role = function->getAttrOfType<StringAttr>("gan.role");
  return role &&
         llvm::is_contained({"step", "init", "output", "draws", "until"},
                            role.getValue());
}
