// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Networks, players and what they own.
#ifndef GAN_FRONTEND_NETWORK_H
#define GAN_FRONTEND_NETWORK_H

#include "dialect/GanOps.h"
#include "frontend/Scope.h"

#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SetVector.h"

namespace gan::frontend {

// One stored tensor.
struct Storage {
  std::string path; // its key in the weights file
  StorageOp op;
  StorageKind kind;
  llvm::SmallVector<int64_t> shape;
  mlir::Location layer;  // the user's line of the call that made it
  std::string arguments; // constant arguments of the network when it was made,
                         // e.g. "level = 0"
  bool isLabelled = false;
  bool isDisputed = false; // two places claim it: reported once
};

// One body of a network: for these constant arguments, shapes and batches, in
// training or not.
struct Specialisation {
  mlir::func::FuncOp function;
  std::vector<bool> batchedResults;
};

// One arguments list of a call, as values in the order of the parameters.
struct NetworkCall {
  std::vector<Value> arguments = {};
  bool training = false;
};

struct Network {
  std::string name;
  const ast::NetworkDecl *declaration =
      nullptr; // of the original, if this is a copy
  Scope *scope = nullptr;
  Network *original = nullptr; // of `network N = copy(M)`
  // By path behind the name of the network.
  llvm::MapVector<llvm::StringRef, Storage *> storages;
  llvm::StringMap<Specialisation> specialisations;
  // How many of them there were when they were first asked for as a whole.
  size_t fewestSeen = SIZE_MAX;
  bool isOpen = false; // being emitted: a call of it is recursion
  std::optional<NetworkCall> lastCall; // the shapes of its inference graph
};

struct Player {
  std::string name;
  const ast::PlayerDecl *declaration = nullptr;
  Scope *scope = nullptr;
  bool hasMoved = false;
  llvm::SetVector<const Storage *> trained;
};

} // namespace gan::frontend

#endif // GAN_FRONTEND_NETWORK_H
