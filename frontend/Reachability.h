// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Which storages a value depends on by paths that carry a gradient, seen
// through calls of networks.
#ifndef GAN_FRONTEND_REACHABILITY_H
#define GAN_FRONTEND_REACHABILITY_H

#include "dialect/GanOps.h"

#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/SetVector.h"

namespace gan::frontend {

class Reachability {
public:
  explicit Reachability(ModelOp model) : model(model) {}

  llvm::DenseSet<mlir::StringAttr> getStorages(mlir::Value y);
  bool dependsOn(mlir::Value y, mlir::Value x);

private:
  // What a value of a function depends on.
  struct Sources {
    llvm::DenseSet<mlir::StringAttr> storages;
    llvm::DenseSet<unsigned> arguments;
    llvm::DenseSet<mlir::Value> visited;
  };
  Sources trace(mlir::Value y);
  void traceCall(mlir::OpResult result, Sources &sources,
                 llvm::SmallVectorImpl<mlir::Value> &open);
  // Functions are complete before they are called, so what their results depend
  // on is computed once.
  const Sources &getSummary(mlir::func::FuncOp function, unsigned result);

  ModelOp model;
  llvm::DenseMap<std::pair<mlir::Operation *, unsigned>,
                 std::unique_ptr<Sources>>
      summaries;
};

} // namespace gan::frontend

#endif // GAN_FRONTEND_REACHABILITY_H
