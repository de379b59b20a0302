// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The commands of ganc: check, build, explain.
#ifndef GAN_FRONTEND_COMMANDS_H
#define GAN_FRONTEND_COMMANDS_H

#include "frontend/Frontend.h"

#include <functional>

namespace gan::frontend {

// What `ganc build` and `--emit` of later stages ask for.
struct BuildOptions {
  std::string output;            // the trainer to write
  std::string precision = "f32"; // f32 or f64
  std::string stage;             // of --emit; empty: the trainer
};
// What comes behind the frontend: compiles the game, or prints a stage. It
// reports its own errors.
using BuildFunction =
    std::function<mlir::LogicalResult(mlir::ModuleOp, const BuildOptions &)>;

// The exit status of the command line: 0, 1 after errors in the model, 2 after
// a misuse.
int runCommand(int argc, char **argv, llvm::ArrayRef<LibraryText> library,
               const BuildFunction &build);

} // namespace gan::frontend

#endif // GAN_FRONTEND_COMMANDS_H
