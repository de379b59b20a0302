// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/codegen/KernelEmitter.h"

using namespace mlir;
using namespace gan;

// A loop over the result; the index map of `gan.transpose` gathers.
LogicalResult gan::emitTranspose(KernelBuilder &k) { return emitLoop(k); }
