// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Which storages a value depends on by paths that carry a gradient, seen
// through stores and through calls of networks.
#ifndef GAN_FRONTEND_REACHABILITY_H
#define GAN_FRONTEND_REACHABILITY_H

#include "dialect/GanOps.h"

#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/SetVector.h"

namespace gan::frontend {

// A storage at one point of a function: the gan.store or gan.call that stored
// to it last, null if none did.
using Version = std::pair<mlir::StringAttr, mlir::Operation *>;
using Versions = llvm::SetVector<Version>;

class Reachability {
public:
  // `ignoresStops`: as if there were no `stop_gradient`.
  explicit Reachability(ModelOp model, bool ignoresStops = false)
      : model(model), ignoresStops(ignoresStops) {}

  // What `y` depends on: the versions that it reads and, through their stores,
  // what these depend on; of those in `ends` no further.
  Versions getVersions(mlir::Value y, const Versions &ends);
  bool dependsOn(mlir::Value y, mlir::Value x);

  // The present version of `storage` at the end of `block`; or in front of
  // `before`. A store of what the storage held before is none: the version is
  // then that one.
  Version getVersion(mlir::StringAttr storage, mlir::Block &block,
                     mlir::Operation *before = nullptr);
  // The storages of another version at the end of `block` than behind `start`
  // (null: at its begin), in order of the text.
  llvm::SetVector<mlir::StringAttr> getStored(mlir::Block &block,
                                              mlir::Operation *start);

private:
  // What a value of a function depends on.
  struct Sources {
    Versions versions;
    llvm::DenseSet<unsigned> arguments;
    llvm::DenseSet<mlir::Value> visited;
  };
  using Open = llvm::SmallVectorImpl<mlir::Value>;

  Sources trace(llvm::ArrayRef<mlir::Value> ys, const Versions &ends);
  void traceVersion(Version version, const Versions &ends, Sources &sources,
                    Open &open);
  void traceCall(CallOp call, const Sources &inside, const Versions &ends,
                 Sources &sources, Open &open);
  // Functions are complete before they are called, so what their results, and
  // what they store, depend on is computed once.
  const Sources &getSummary(mlir::func::FuncOp function, unsigned result);
  const Sources &getSummary(mlir::func::FuncOp function,
                            mlir::StringAttr stored);
  // What a call of it stores.
  const llvm::SetVector<mlir::StringAttr> &
  getStored(mlir::func::FuncOp function);
  mlir::func::FuncOp getCallee(CallOp call);

  ModelOp model;
  bool ignoresStops;
  llvm::DenseMap<std::pair<mlir::Operation *, unsigned>,
                 std::unique_ptr<Sources>>
      results;
  llvm::DenseMap<std::pair<mlir::Operation *, mlir::StringAttr>,
                 std::unique_ptr<Sources>>
      stores;
  llvm::DenseMap<mlir::Operation *,
                 std::unique_ptr<llvm::SetVector<mlir::StringAttr>>>
      stored;
};

} // namespace gan::frontend

#endif // GAN_FRONTEND_REACHABILITY_H
