// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The commands of ganc: check, explain, build, fmt.
#ifndef GAN_FRONTEND_COMMANDS_H
#define GAN_FRONTEND_COMMANDS_H

#include "frontend/Frontend.h"

#include <functional>

namespace gan::frontend {

// What `ganc build`, and `--emit` of later stages, ask for.
struct BuildOptions {
  std::string output;                     // the trainer or library to write
  std::string header;                     // of a library; empty: a trainer
  std::string weights;                    // a library has these; empty: none
  std::string precision = "f32";          // f32, f64, tf32 or bf16
  std::string target = "cpu";             // cpu or cuda
  std::vector<std::string> architectures; // of cuda, with machine code
  std::string without;                    // a pass to leave out; empty: none
  unsigned shards = 1;                    // into how many samples are cut
  std::string stage;                      // of --emit; empty: the trainer
  bool showsLines = false;                // of --emit: of each operation
  std::string runtime;                    // what stands beside ganc for it
  std::string version;                    // of ganc
  std::vector<std::string> settings;      // "width=32", of --set
  std::string modelPath;
  std::string modelText;
  // The same game, phases having only this part of their batch (rounded up);
  // null if it cannot have it, of which nothing is reported.
  std::function<mlir::OwningOpRef<mlir::ModuleOp>(int64_t divisor)>
      withSmallerBatch;
};
// What comes behind the frontend: compiles the game, or prints a stage. It
// reports its own errors.
using BuildFunction =
    std::function<mlir::LogicalResult(mlir::ModuleOp, const BuildOptions &)>;
// What `ganc explain` adds when it has told the game: memory, work, kernels.
// It may compile the module as it likes.
using ExplainFunction = std::function<mlir::LogicalResult(
    mlir::ModuleOp, const BuildOptions &, llvm::raw_ostream &)>;

// The exit status of the command line: 0, 1 after errors in the model, 2 after
// a misuse.
int runCommand(int argc, char **argv, llvm::ArrayRef<LibraryText> library,
               const BuildFunction &build, const ExplainFunction &explain = {});

} // namespace gan::frontend

#endif // GAN_FRONTEND_COMMANDS_H
