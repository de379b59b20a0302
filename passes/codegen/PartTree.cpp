// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/codegen/PartTree.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace gan;

int64_t gan::levelsOf(int64_t parts) {
  return parts > 1 ? llvm::Log2_64(parts) + 1 : 0;
}

// As a binary counter adds: after part n, what its trailing ones have left at
// levels 0, 1, .. joins it, and the sum waits at the next level. At the end the
// levels that are still waiting join, lowest first.
void PartTree::emit(KernelBuilder &k, int64_t parts) const {
  if (parts == 1)
    return sum(k.constant(0));
  k.loop(k.constant(0), k.constant(parts), 1, [&](Value part) {
    sum(part);
    Value ones = LLVM::CountTrailingZerosOp::create(
        k.b, k.loc, k.b.getI64Type(), k.sub(k.constant(-1), part),
        /*is_zero_poison=*/false);
    k.loop(k.constant(0), ones, 1, add);
    keep(ones);
  });
  bool isFirst = true;
  for (int64_t level = 0; level < levelsOf(parts); ++level) {
    if (!(parts >> level & 1))
      continue;
    (isFirst ? recall : add)(k.constant(level));
    isFirst = false;
  }
}
