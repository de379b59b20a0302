// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What a target tells the emitters. But for products of rounded operands
// nothing here may change a bit of any result.
#ifndef GAN_PASSES_CODEGEN_TARGETINFO_H
#define GAN_PASSES_CODEGEN_TARGETINFO_H

#include "mlir/IR/Types.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

namespace gan {

struct TargetInfo {
  llvm::StringRef name; // "x86-64-v3": of the image, or of the architecture
  // Of a CPU: the micro-architecture, and what it has beyond that, as LLVM
  // calls them.
  llvm::StringRef processor = "", features = "";
  int64_t vectorBytes; // of one register
  // Of a CPU: how many there are, and registers per row of a contraction's
  // tile.
  int64_t vectorRegisters = 0, tileVectors = 0;
  // Of a CPU: whether it multiplies tiles of bf16 (AMX). Then such products are
  // added in an order of its own.
  bool hasAmx = false;
  bool isGpu = false; // a kernel is a grid of threads
  // Of a GPU: whether four warps multiply together, out of shared memory.
  bool hasWgmma = false;
  // Of a GPU: whether one thread copies boxes of tensors into shared memory
  // (TMA), and how much of that kernels may use, so that two blocks have room.
  bool hasTma = false;
  int64_t sharedBytes = 48 * 1024;
  // Of a CPU: whether LLVM's passes improve what the emitters wrote. Without
  // them code is made sooner, is slower, and has the same results.
  bool isOptimised = true;

  /// Elements of `type` in one register; an i1 counts as its byte in the
  /// company of f32.
  int64_t lanes(mlir::Type type) const;
};

/// The levels for which a trainer carries an image, the least demanding first.
llvm::ArrayRef<TargetInfo> cpuTargets();

/// The architectures for which PTX can be asked. That of the first runs on all
/// GPUs, that of a name that ends with 'a' on those of this name only.
llvm::ArrayRef<TargetInfo> gpuTargets();

} // namespace gan

#endif // GAN_PASSES_CODEGEN_TARGETINFO_H
