// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A game played by the reference interpreter: the phases of a `gan.model` whose
// steps are at the tensor level.
#ifndef GAN_TEST_REFERENCE_GAME_H
#define GAN_TEST_REFERENCE_GAME_H

#include "test/reference/Clock.h"
#include "test/reference/Data.h"
#include "test/reference/Interpreter.h"

#include <map>
#include <string>

namespace gan::reference {

struct GameOptions {
  uint64_t seed = 0;
  // What an epoch is where the first data has no records of its own.
  int64_t records = 50000;
  DataSource data = DataSource::Synthetic;
  Observer *observer = nullptr; // of every op; may be null
};

// Values by name, in the order of the names.
using NamedTensors = std::map<std::string, Tensor>;

class Game {
public:
  Game(ModelOp model, GameOptions options);

  // Gives every storage its first value: the results of the model's function of
  // role "init".
  mlir::LogicalResult initialise();

  // Plays the phases in order until they end or `steps` passes are done; writes
  // one JSON object a pass to `log`.
  mlir::LogicalResult play(int64_t steps, llvm::raw_ostream &log);

  // Computes every output of the model from the present storage and the key of
  // move 0, into `outputs`.
  mlir::LogicalResult computeOutputs();

  // The stored tensors, in their layout in memory.
  NamedTensors storage;
  NamedTensors outputs;

private:
  // Calls a function by the ABI at the head of GameOps.td; storage and metrics
  // take what it returns.
  mlir::LogicalResult call(mlir::func::FuncOp function);
  // Calls the functions of one role as in move 0; the number of calls goes to
  // `count`.
  mlir::LogicalResult callAll(llvm::StringRef role, int64_t &count);
  mlir::FailureOr<Tensor> bind(mlir::func::FuncOp function, unsigned argument,
                               uint64_t position);
  // For each argument, where in the order of its data's records it begins.
  // A step moves the cursors on; init and outputs read from the start.
  std::vector<uint64_t> takePositions(mlir::func::FuncOp function);
  mlir::LogicalResult playBody(mlir::Region &body);
  mlir::LogicalResult playMove(mlir::Operation &op);
  mlir::LogicalResult playPhase(PhaseOp phase, int64_t &stepsLeft,
                                llvm::raw_ostream &log);
  mlir::LogicalResult resetOptimizers(mlir::ArrayAttr players);
  // Whether the phase is over: the answer of its `until` behind `pass` passes.
  mlir::FailureOr<bool> isOver(PhaseOp phase, int64_t pass);
  void setClock(PhaseOp phase, int64_t pass);
  void report(PhaseOp phase, llvm::raw_ostream &log);

  ModelOp model;
  GameOptions options;
  Clock clock;
  int64_t movesDone = 0;  // fresh moves, over all phases
  int64_t passesDone = 0; // over all phases
  bool answer = false;    // of the last function of role "until"
  std::map<std::string, double> metrics;
  // By the function that draws, and the path of the draw.
  std::map<std::pair<std::string, std::string>, Tensor> draws;
  std::map<std::string, uint64_t> cursors; // by data
};

// What the weights file shows of the storage: every tensor in its file layout;
// and back.
NamedTensors toFileLayout(ModelOp model, const NamedTensors &storage);
mlir::LogicalResult fromFileLayout(ModelOp model, const NamedTensors &file,
                                   NamedTensors &storage);

} // namespace gan::reference

#endif // GAN_TEST_REFERENCE_GAME_H
