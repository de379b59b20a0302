// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// `ganc explain`: what a model amounts to, in a table.
#ifndef GAN_FRONTEND_EXPLAIN_H
#define GAN_FRONTEND_EXPLAIN_H

#include "frontend/Frontend.h"

#include "llvm/Support/raw_ostream.h"

namespace gan::frontend {

void explain(const Elaboration &elaboration, llvm::raw_ostream &os);

} // namespace gan::frontend

#endif // GAN_FRONTEND_EXPLAIN_H
