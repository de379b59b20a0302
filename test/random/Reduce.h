// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// From a failing program to a small one that fails alike.
#ifndef GAN_TEST_RANDOM_REDUCE_H
#define GAN_TEST_RANDOM_REDUCE_H

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"

#include <string>

namespace gan::random {

// Drops lines and blocks, operands, stages and arguments, puts arguments into
// the places of calls, and makes numbers smaller, for as long as `fails` says
// that the program still does, and for about `seconds`. It knows brackets and
// separators of the language, nothing else: what it breaks does not fail alike.
std::string reduce(const std::string &program,
                   llvm::function_ref<bool(const std::string &)> fails,
                   unsigned seconds);

} // namespace gan::random

#endif // GAN_TEST_RANDOM_REDUCE_H
