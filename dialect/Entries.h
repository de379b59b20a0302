// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Which functions of a model run by themselves.
#ifndef GAN_DIALECT_ENTRIES_H
#define GAN_DIALECT_ENTRIES_H

#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace gan {

/// Whether the function is an entry, which is compiled to kernels and launched
/// as a whole: role "step", "init", "output", "draws" or "until".
bool isEntry(mlir::func::FuncOp function);

/// Of an output: the function that draws what it takes.
inline constexpr llvm::StringLiteral drawsAttribute = "gan.draws";

/// Of an argument of an output and of the result of its draws: the path of the
/// draw.
inline constexpr llvm::StringLiteral drawAttribute = "gan.draw";

/// Of an argument of an output: among how many its draw chooses, if it does.
inline constexpr llvm::StringLiteral classesAttribute = "gan.classes";

} // namespace gan

#endif // GAN_DIALECT_ENTRIES_H
