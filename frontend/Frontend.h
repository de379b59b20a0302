// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The door of the frontend: from the path of a `.gan` file to the game level of
// the gan dialect.
#ifndef GAN_FRONTEND_FRONTEND_H
#define GAN_FRONTEND_FRONTEND_H

#include "frontend/Ast.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/SourceMgr.h"

#include <string>
#include <vector>

namespace gan::frontend {

struct LibraryText {
  llvm::StringRef name; // "std/layers.gan"
  llvm::StringRef text;
};

struct FrontendOptions {
  std::string path;
  std::vector<std::string> settings;         // "size=28", of --set
  llvm::ArrayRef<LibraryText> standard = {}; // what `import "std"` means
  int64_t batchDivisor = 1; // phases have this part of their batch, rounded up
};

// One call of a layer, for `ganc explain`.
struct LayerReport {
  std::string path, result;
  std::string function; // that it is part of
  std::string network;  // with its constant arguments: "G, level = 1"
  bool isTraining;
  mlir::Location place;
};

// What a player trains: the parameters of a network that its losses reach.
struct PlayerReport {
  std::string name, network;
  int64_t parameters = 0;
};

// Parameters of a network whose gradient a `minimize` takes, or why it does
// not: then it is never built.
struct GradientReport {
  std::string player, network;
  mlir::Location place; // of the `minimize`
  int64_t parameters = 0;
  std::string reason = {}; // empty: it is built
};

struct Elaboration {
  mlir::OwningOpRef<mlir::ModuleOp> module; // null after reports
  std::vector<LayerReport> layers;
  std::vector<PlayerReport> players;
  std::vector<GradientReport> gradients;
  std::vector<std::string>
      defaults; // "adam: eps = 1e-08": defaults that the model used
};

// The tree of one file, its imports not followed. The text stays in `sources`,
// so that errors can show it.
std::optional<ast::File> parse(llvm::StringRef path, llvm::SourceMgr &sources,
                               mlir::MLIRContext *context);
// Reports errors through `context`; install a SourceMgrDiagnosticHandler on
// `sources` to show them.
Elaboration elaborate(const FrontendOptions &options, llvm::SourceMgr &sources,
                      mlir::MLIRContext *context);

} // namespace gan::frontend

#endif // GAN_FRONTEND_FRONTEND_H
