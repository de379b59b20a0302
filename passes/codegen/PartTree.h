// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// How the sums of parts become one, whatever is summed and wherever it waits.
#ifndef GAN_PASSES_CODEGEN_PARTTREE_H
#define GAN_PASSES_CODEGEN_PARTTREE_H

#include "passes/codegen/KernelBuilder.h"

namespace gan {

/// Adjacent pairs are joined until one sum is left; a part without a partner
/// moves up as it is. Parts and levels are i64s.
struct PartTree {
  llvm::function_ref<void(mlir::Value part)> sum;   // sums = those of `part`
  llvm::function_ref<void(mlir::Value level)> keep, // they wait at `level`
      add,    // sums = what waits at `level` + sums
      recall; // sums = what waits at `level`

  /// sums = those of all parts.
  void emit(KernelBuilder &k, int64_t parts) const;
};

/// Levels at which sums of as many parts wait.
int64_t levelsOf(int64_t parts);

} // namespace gan

#endif // GAN_PASSES_CODEGEN_PARTTREE_H
