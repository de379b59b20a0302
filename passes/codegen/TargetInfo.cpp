// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/codegen/TargetInfo.h"

#include "mlir/IR/BuiltinTypes.h"

using namespace gan;

int64_t TargetInfo::lanes(mlir::Type type) const {
  int64_t bytes = type.getIntOrFloatBitWidth() == 64 ? 8 : 4;
  return std::max<int64_t>(1, vectorBytes / bytes);
}

// Sums of a register tile: 6 x 2 of 16 registers, 6 x 4 of 32; the rest holds
// one row of B and a broadcast.
llvm::ArrayRef<TargetInfo> gan::cpuTargets() {
  static constexpr TargetInfo targets[] = {
      {.name = "x86-64-v3",
       .processor = "x86-64-v3",
       .vectorBytes = 32,
       .vectorRegisters = 16,
       .tileVectors = 2},
      {.name = "x86-64-v4",
       .processor = "x86-64-v4",
       .vectorBytes = 64,
       .vectorRegisters = 32,
       .tileVectors = 4},
      {.name = "x86-64-v4-amx",
       .processor = "x86-64-v4",
       .features = "+avx512bf16,+amx-tile,+amx-bf16",
       .vectorBytes = 64,
       .vectorRegisters = 32,
       .tileVectors = 4,
       .hasAmx = true}};
  return targets;
}

llvm::ArrayRef<TargetInfo> gan::gpuTargets() {
  static constexpr TargetInfo targets[] = {
      {.name = "sm_80", .vectorBytes = 4, .isGpu = true},
      {.name = "sm_90a",
       .vectorBytes = 4,
       .isGpu = true,
       .hasWgmma = true,
       .hasTma = true,
       .sharedBytes = 112 * 1024}};
  return targets;
}
