// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The one layout of a `.gan` file. Tokens, comments and single blank lines
// stay; a block written on one line stays on it while it fits; longer
// statements are broken at 120 columns. Formatting twice changes nothing more,
// and the tree of the file stays the same.
#ifndef GAN_FRONTEND_FORMAT_H
#define GAN_FRONTEND_FORMAT_H

#include "frontend/Lexer.h"

#include <string>

namespace gan::frontend {

// The text of `file`, which the parser accepts, laid out.
std::string format(const LexedFile &file);

} // namespace gan::frontend

#endif // GAN_FRONTEND_FORMAT_H
