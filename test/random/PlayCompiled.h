// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A game compiled and played in this process.
#ifndef GAN_TEST_RANDOM_PLAYCOMPILED_H
#define GAN_TEST_RANDOM_PLAYCOMPILED_H

#include "test/random/Trace.h"

#include "mlir/IR/BuiltinOps.h"
#include "llvm/Support/Error.h"

namespace gan::random {

// One way to compile a game.
struct Variant {
  std::string precision = "f64";
  std::string without = {}; // an optional pass
  std::string target = {};  // "x86-64-v3"
  bool isOptimised = true;  // by LLVM: else the code is as emitted
  bool forGpu = false;      // the kernels and their order of a GPU
  int64_t winogradTile = 0; // of all convolutions that can have one

  std::string name() const {
    return precision + (without.empty() ? "" : " without " + without) + " on " +
           target + (isOptimised ? "" : ", as emitted") +
           (forGpu ? ", formed for GPUs" : "") +
           (winogradTile ? ", by tiles of " + std::to_string(winogradTile)
                         : "");
  }
};

// The bytes of the .ganx of `game`, a module at the game level, which is used
// up.
llvm::Expected<std::vector<char>> compileGame(mlir::ModuleOp game,
                                              const Variant &variant);

// Plays all phases.
llvm::Expected<Trace> playCompiled(llvm::ArrayRef<char> executable,
                                   uint64_t seed, unsigned threads,
                                   llvm::StringRef target);

} // namespace gan::random

#endif // GAN_TEST_RANDOM_PLAYCOMPILED_H
