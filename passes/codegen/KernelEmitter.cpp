// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/codegen/KernelEmitter.h"

using namespace mlir;
using namespace gan;

static LogicalResult emitHero(KernelBuilder &builder) {
  switch (builder.kernel.getHero()) {
  case HeroKind::Elementwise:
    return emitLoop(builder);
  case HeroKind::Reduction:
    return emitReduction(builder);
  case HeroKind::Transpose:
    return emitTranspose(builder);
  case HeroKind::Contraction:
    return emitContraction(builder);
  case HeroKind::Matrix:
    return emitMatrix(builder);
  }
  llvm_unreachable("hero kinds are a closed set");
}

FailureOr<EmittedKernel> gan::emitKernel(KernelOp kernel,
                                         const TargetInfo &target,
                                         ModuleOp module, StringRef name) {
  KernelBuilder builder(kernel, target, module, name);
  if (failed(emitHero(builder)))
    return failure();
  builder.b.setInsertionPointToEnd(&builder.function.getBody().back());
  func::ReturnOp::create(builder.b, builder.loc);
  return EmittedKernel{name.str(), builder.tiles, builder.scratchBytes};
}
