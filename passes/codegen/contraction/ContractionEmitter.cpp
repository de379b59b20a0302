// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/codegen/KernelEmitter.h"

using namespace mlir;
using namespace gan;

LogicalResult gan::emitContraction(KernelBuilder &k) {
  return k.kernel.emitError("contractions have no emitter yet");
}
