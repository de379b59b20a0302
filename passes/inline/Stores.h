// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What a function of the game level stores, and values set aside around code
// that stores.
#ifndef GAN_PASSES_INLINE_STORES_H
#define GAN_PASSES_INLINE_STORES_H

#include "dialect/GanOps.h"

#include "llvm/ADT/SetVector.h"

namespace gan::inlining {

using StorageSet = llvm::SetVector<mlir::StringAttr>;

// The storages that a call of `function` stores to, itself or in the networks
// that it calls, but for calls with `frozen_state`; in order of the text. Not
// those that `function` itself, at last, gives back what they held at first.
StorageSet storedBy(mlir::func::FuncOp function, mlir::SymbolTable &symbols);

// Values of storages at one point of a function.
using Snapshot = llvm::SmallVector<LoadOp>;

// Loads each of `storages`.
Snapshot save(mlir::OpBuilder &builder, mlir::Location loc,
              mlir::ArrayRef<mlir::StringAttr> storages,
              mlir::SymbolTable &symbols);

// Stores what `snapshot` holds to where it came from.
void restore(mlir::OpBuilder &builder, mlir::Location loc,
             const Snapshot &snapshot);

} // namespace gan::inlining

#endif // GAN_PASSES_INLINE_STORES_H
