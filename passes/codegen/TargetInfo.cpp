// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/codegen/cpu/TargetInfo.h"

#include "mlir/IR/BuiltinTypes.h"

using namespace gan;

int64_t TargetInfo::lanes(mlir::Type type) const {
  return vectorBytes / (type.getIntOrFloatBitWidth() == 64 ? 8 : 4);
}

// Sums of a register tile: 6 x 2 of 16 registers, 6 x 4 of 32; the rest holds
// one row of B and a broadcast.
llvm::ArrayRef<TargetInfo> gan::cpuTargets() {
  static constexpr TargetInfo targets[] = {{.name = "x86-64-v3",
                                            .vectorBytes = 32,
                                            .vectorRegisters = 16,
                                            .tileVectors = 2},
                                           {.name = "x86-64-v4",
                                            .vectorBytes = 64,
                                            .vectorRegisters = 32,
                                            .tileVectors = 4}};
  return targets;
}
