// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The commands of ganc: check, build, explain.
#ifndef GAN_FRONTEND_COMMANDS_H
#define GAN_FRONTEND_COMMANDS_H

#include "frontend/Frontend.h"

namespace gan::frontend {

// The exit status of the command line: 0, 1 after errors in the model, 2 after
// a misuse.
int runCommand(int argc, char **argv, llvm::ArrayRef<LibraryText> library);

} // namespace gan::frontend

#endif // GAN_FRONTEND_COMMANDS_H
