// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Where the evaluator stands: in which function it emits, in whose body, under
// which player.
#ifndef GAN_FRONTEND_EVALUATORSTATE_H
#define GAN_FRONTEND_EVALUATORSTATE_H

#include "frontend/Network.h"
#include "frontend/Reachability.h"
#include "frontend/Site.h"

#include "llvm/ADT/DenseSet.h"

namespace gan::frontend {

// A bound or still named argument of a call.
struct Given {
  llvm::StringRef name;
  mlir::Location loc;
  Value value;
};

// The move that is being emitted: it starts afresh where another one stands in
// the same function.
struct MoveState {
  Player *player = nullptr; // null: of a network or an output
  // Lazy bindings, evaluated once per move.
  llvm::DenseMap<const Binding *, Value> values =
      llvm::DenseMap<const Binding *, Value>();
  llvm::StringMap<int64_t> networkCalls = llvm::StringMap<int64_t>();
  // Made in it: a second time is an error.
  llvm::DenseSet<const Storage *> declared = llvm::DenseSet<const Storage *>();
  // Of `minimize ... when`: stores keep the old value where it is false.
  std::optional<Tensor> gate = {};
  bool isKept = true; // false: of `minimize ... after`; it logs nothing
  // Of one that is not kept: the last op in front of it; null: none.
  mlir::Operation *start = nullptr;
  // Of a micro-batch: what is logged, until all are known.
  std::optional<std::vector<std::pair<std::string, Tensor>>> log = {};
  bool hasUpdated = false; // it has stored a parameter or an optimizer state
  // Definitions evaluated since then: moves made together do not share them.
  llvm::SmallVector<const Binding *> late =
      llvm::SmallVector<const Binding *>();
};

// Which of how many batches of a move stands for the batch now.
struct MicroBatch {
  int64_t index = 0, count = 1;
};

// The function that is being emitted.
struct FunctionState {
  enum class Role { Network, Player, Output, Until };
  Role role;
  mlir::func::FuncOp function;
  mlir::OpBuilder builder;
  mlir::Value key;
  int64_t batch = 0; // of draws and data; of a network: unused
  bool training = false;
  Network *network = nullptr;
  std::string arguments = {}; // constant arguments, for messages
  MoveState move = {};
  MicroBatch micro = {};
};

// The innermost `{ }` body: it names layers and draws.
struct BodyState {
  std::string path = {};   // in front of its parameters: "G.up.1"
  std::string stream = {}; // in front of its draws: "dropout#0"
  mlir::Location layer;
  // Of the function: which network with which arguments, or whose move.
  std::string call = {};
  bool isLabelled = false;
  std::string owner = {};
  StorageKind stateKind = StorageKind::State;
  bool mayMakeParameters = false;
  // Not for optimizers, whose states are named after the parameter.
  bool addsSegments = true;
  std::optional<int64_t> batch = {}; // of its draws
  // Given to an abbreviation: the next layer takes it.
  std::optional<std::string> label = {};
  // Where the outermost abbreviation that is running was called: the place of
  // the layers it makes.
  std::optional<mlir::Location> place = {};
  llvm::StringMap<int64_t> layers = llvm::StringMap<int64_t>();
  llvm::StringMap<int64_t> streams = llvm::StringMap<int64_t>();
  int64_t layerCount = 0;     // calls in it that touch storage
  int64_t labelledLayers = 0; // of them
  int64_t labelledCalls = 0;  // of abbreviations
  bool touchesStorage = false;
};

// One `trains` clause of the running player.
struct TrainsClause {
  std::vector<Value> targets; // networks and groups
  const ast::TrainsStmt *statement;
  Scope *scope;
};

struct PlayerState {
  std::vector<TrainsClause> clauses;
  unsigned losses = 0; // minimised so far: logged as loss, loss2, ...
};

// The moves behind the `after` of a `minimize`, made but not kept.
struct Unrolled {
  mlir::Operation *start; // the last op in front of them; null: none
  Site site;
  // Parameters and optimizer states that they store.
  llvm::SmallVector<mlir::StringAttr> changed = {};
  // Of the move around them, as they were.
  llvm::DenseMap<const Binding *, Value> values =
      llvm::DenseMap<const Binding *, Value>();
  llvm::SmallVector<const Binding *> late =
      llvm::SmallVector<const Binding *>();

  // Whether the version was made by them.
  bool holds(Version version) const;
};

// A move that is made: alone, or together with others.
struct Play {
  Player *player;
  int64_t batch;
  Site site;
  Player *reuse = nullptr;
  std::vector<Given> given = {};
  int64_t accumulate = 1; // micro-batches
};

// What moves made together have stored, until all have moved: the value and
// the move.
using Waiting =
    llvm::MapVector<mlir::StringAttr, std::pair<mlir::Value, const Play *>>;

// The last move of a player in the straight run: who moved, with how many
// samples.
struct LastMove {
  std::string names;
  int64_t batch = 0;
};

// `P.name`: what a move of P left, and with how many samples.
struct Kept {
  Storage *storage; // null: refused
  int64_t batch;    // of the move; the value's own if it is batched
  bool batched;
};

// A read of `P.name` in a move.
struct KeptRead {
  const Player *player;
  std::string name;
  std::optional<int64_t> batch; // that the last move of P must have had
  Site site;
};

// What a function of moves does, in the eyes of `P.name`.
struct MoveSummary {
  std::vector<Play> plays;
  std::vector<KeptRead> reads;
};

// What one micro-batch has made.
struct MicroResult {
  MoveState move; // its definitions and its log
  Scope *scope;
  std::vector<std::vector<Storage *>> parameters; // of each clause
  llvm::SmallVector<Tensor> gradients;
};

// The calls of `total` in a stage: those whose sum is known, and the terms of
// the next.
struct TotalState {
  std::vector<Tensor> sums, terms;
  size_t next = 0;
  // Of this run over the parameters: taken back where it ends in a `total`.
  std::vector<mlir::Operation *> stores = {};
};

} // namespace gan::frontend

#endif // GAN_FRONTEND_EVALUATORSTATE_H
