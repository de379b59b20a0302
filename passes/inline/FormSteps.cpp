// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Straight runs of moves become functions. Everything is still said with loads
// and stores, in the order in which it happens.
#include "passes/inline/InitFunction.h"
#include "passes/inline/Passes.h"
#include "passes/inline/Stores.h"

#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/StringMap.h"

using namespace mlir;
using namespace gan;
using namespace gan::inlining;

namespace gan {
#define GEN_PASS_DEF_FORMSTEPSPASS
#include "passes/inline/Passes.h.inc"
} // namespace gan

namespace {

// One move, or several made together, on one key.
struct Turn {
  Operation *op; // a gan.play or a gan.together
  SmallVector<PlayOp> plays;
  int64_t key; // counts the fresh moves of the run
};

// Turns with nothing between them.
struct Run {
  SmallVector<Turn> turns;
  int64_t moves = 0; // fresh ones

  // Says all that the step of a run depends on.
  std::string spell() const;
};

// Writes the body of one step.
class StepBuilder {
public:
  StepBuilder(func::FuncOp step, SymbolTable &symbols)
      : step(step), symbols(symbols),
        builder(OpBuilder::atBlockBegin(step.addEntryBlock())) {}
  void build(const Run &run);

private:
  void play(PlayOp move, int64_t key);
  void playTogether(const Turn &turn);
  void endMove(PlayOp move);
  StorageSet waitingIn(PlayOp move);
  func::FuncOp calleeOf(PlayOp move) {
    return symbols.lookup<func::FuncOp>(move.getCallee());
  }

  func::FuncOp step;
  SymbolTable &symbols;
  OpBuilder builder;
};

struct FormStepsPass : gan::impl::FormStepsPassBase<FormStepsPass> {
  using FormStepsPassBase::FormStepsPassBase;
  void runOnOperation() override;

private:
  LogicalResult formBody(Region &body, PhaseOp phase, SymbolTable &symbols);
  LogicalResult closeRun(SmallVectorImpl<Operation *> &ops, PhaseOp phase,
                         SymbolTable &symbols);
  func::FuncOp stepOf(const Run &run, PhaseOp phase, SymbolTable &symbols);

  llvm::StringMap<func::FuncOp> steps; // by the spelling of their runs
  llvm::StringMap<int64_t> stepCounts; // by phase
};

} // namespace

std::string Run::spell() const {
  std::string text;
  for (const Turn &turn : turns) {
    text += isa<TogetherOp>(turn.op) ? "together " : "play ";
    text += std::to_string(turn.key);
    for (PlayOp move : turn.plays)
      text += " @" + move.getCallee().str();
    text += '\n';
  }
  return text;
}

//===-- from moves to runs
//----------------------------------------------------===//

// The key of `move`: that of the player it reuses, else `fresh`. Keys of
// players that moved before are in `last`.
static FailureOr<int64_t> keyOf(PlayOp move, int64_t fresh,
                                const llvm::StringMap<int64_t> &last) {
  if (!move.getReuse())
    return fresh;
  auto found = last.find(*move.getReuse());
  if (found != last.end())
    return found->second;
  return move.emitOpError() << "reuses the last move of '" << *move.getReuse()
                            << "', which is not in the same straight run";
}

// The moves of a `gan.together`: those that reuse may name only each other.
static FailureOr<SmallVector<PlayOp>> playsOf(TogetherOp together,
                                              int64_t key) {
  SmallVector<PlayOp> plays;
  llvm::StringMap<int64_t> last;
  for (Operation &op : together.getBody().getOps()) {
    auto move = dyn_cast<PlayOp>(op);
    if (!move)
      return op.emitOpError("cannot stand in a 'gan.together'");
    if (failed(keyOf(move, key, last)))
      return failure();
    last[move.getPlayer()] = key;
    plays.push_back(move);
  }
  return plays;
}

static FailureOr<Run> makeRun(ArrayRef<Operation *> ops) {
  Run run;
  llvm::StringMap<int64_t> last; // keys of the players' last moves
  for (Operation *op : ops) {
    Turn turn{.op = op, .plays = {}, .key = run.moves};
    if (auto move = dyn_cast<PlayOp>(op)) {
      FailureOr<int64_t> key = keyOf(move, run.moves, last);
      if (failed(key))
        return failure();
      turn.key = *key;
      turn.plays = {move};
    } else {
      FailureOr<SmallVector<PlayOp>> plays =
          playsOf(cast<TogetherOp>(op), turn.key);
      if (failed(plays))
        return failure();
      turn.plays = std::move(*plays);
    }
    for (PlayOp move : turn.plays)
      last[move.getPlayer()] = turn.key;
    run.moves = std::max(run.moves, turn.key + 1);
    run.turns.push_back(std::move(turn));
  }
  return run;
}

//===-- from runs to functions
//------------------------------------------------===//

// Writes the player's body, with the key of the move for its argument.
void StepBuilder::play(PlayOp move, int64_t key) {
  Block &body = calleeOf(move).getBody().front();
  IRMapping mapping;
  mapping.map(body.getArgument(0), step.getArgument(key));
  for (Operation &op : body.without_terminator())
    builder.clone(op, mapping);
}

// What `move` stored is a constant to the gradients of later moves.
void StepBuilder::endMove(PlayOp move) {
  StorageSet stored = storedBy(calleeOf(move), symbols);
  for (LoadOp value :
       save(builder, move.getLoc(), stored.getArrayRef(), symbols)) {
    auto constant = StopGradientOp::create(builder, move.getLoc(), value);
    StoreOp::create(builder, move.getLoc(), constant, value.getStorageAttr());
  }
}

// What the other moves of a `gan.together` must not see of `move`: parameters
// and optimizer states.
StorageSet StepBuilder::waitingIn(PlayOp move) {
  StorageSet waiting = storedBy(calleeOf(move), symbols);
  waiting.remove_if([&](StringAttr name) {
    auto storage = symbols.lookup<StorageOp>(name);
    return storage.getKind() == StorageKind::State;
  });
  return waiting;
}

// old = load; body; new = load; store old; next body; ..; store new
void StepBuilder::playTogether(const Turn &turn) {
  SmallVector<std::pair<PlayOp, Snapshot>> results;
  for (PlayOp move : turn.plays) {
    StorageSet waiting = waitingIn(move);
    auto set = [&] {
      return save(builder, move.getLoc(), waiting.getArrayRef(), symbols);
    };
    Snapshot before = set();
    play(move, turn.key);
    endMove(move);
    results.push_back({move, set()});
    restore(builder, move.getLoc(), before);
  }
  for (auto &[move, after] : results)
    restore(builder, move.getLoc(), after);
}

void StepBuilder::build(const Run &run) {
  for (const Turn &turn : run.turns) {
    if (isa<TogetherOp>(turn.op)) {
      playTogether(turn);
      continue;
    }
    play(turn.plays.front(), turn.key);
    if (&turn != &run.turns.back())
      endMove(turn.plays.front());
  }
  func::ReturnOp::create(builder, step.getLoc());
}

// Two moves made together store to different parameters, or one would be lost.
static LogicalResult verifyTogether(const Turn &turn, SymbolTable &symbols) {
  llvm::DenseMap<StringAttr, PlayOp> writers;
  for (PlayOp move : turn.plays) {
    auto callee = symbols.lookup<func::FuncOp>(move.getCallee());
    for (StringAttr name : storedBy(callee, symbols)) {
      if (symbols.lookup<StorageOp>(name).getKind() == StorageKind::State)
        continue;
      auto [first, isNew] = writers.try_emplace(name, move);
      if (isNew)
        continue;
      InFlightDiagnostic error = move.emitError()
                                 << "'" << move.getPlayer() << "' stores '"
                                 << name.getValue() << "', which '"
                                 << first->second.getPlayer()
                                 << "' stores in the same move";
      error.attachNote(first->second.getLoc()) << "that move is here";
      return error;
    }
  }
  return success();
}

func::FuncOp FormStepsPass::stepOf(const Run &run, PhaseOp phase,
                                   SymbolTable &symbols) {
  func::FuncOp &step = steps[run.spell()];
  if (step)
    return step;
  OpBuilder builder(phase);
  Type key = RankedTensorType::get({2}, builder.getI64Type());
  std::string name =
      (phase.getSymName() + "." + Twine(stepCounts[phase.getSymName()]++))
          .str();
  step = func::FuncOp::create(
      run.turns.front().op->getLoc(), name,
      builder.getFunctionType(SmallVector<Type>(run.moves, key), {}));
  step->setAttr("gan.role", builder.getStringAttr("step"));
  for (int64_t move = 0; move < run.moves; ++move)
    step.setArgAttr(move, "gan.key", builder.getI64IntegerAttr(move));
  symbols.insert(step, phase->getIterator());
  StepBuilder(step, symbols).build(run);
  ++numSteps;
  return step;
}

LogicalResult FormStepsPass::closeRun(SmallVectorImpl<Operation *> &ops,
                                      PhaseOp phase, SymbolTable &symbols) {
  if (ops.empty())
    return success();
  FailureOr<Run> run = makeRun(ops);
  if (failed(run))
    return failure();
  for (const Turn &turn : run->turns)
    if (failed(verifyTogether(turn, symbols)))
      return failure();
  func::FuncOp step = stepOf(*run, phase, symbols);
  OpBuilder builder(ops.front());
  RunOp::create(builder, ops.front()->getLoc(), step.getSymName(), run->moves);
  for (Operation *op : ops)
    op->erase();
  ops.clear();
  return success();
}

LogicalResult FormStepsPass::formBody(Region &body, PhaseOp phase,
                                      SymbolTable &symbols) {
  SmallVector<Operation *> run;
  for (Operation &op : llvm::make_early_inc_range(body.getOps())) {
    if (isa<PlayOp, TogetherOp>(op)) {
      run.push_back(&op);
      continue;
    }
    if (failed(closeRun(run, phase, symbols)))
      return failure();
    for (Region &inner : op.getRegions())
      if (failed(formBody(inner, phase, symbols)))
        return failure();
  }
  return closeRun(run, phase, symbols);
}

void FormStepsPass::runOnOperation() {
  ModelOp model = getOperation();
  SymbolTable symbols(model);
  for (PhaseOp phase : model.getOps<PhaseOp>())
    if (failed(formBody(phase.getBody(), phase, symbols)))
      return signalPassFailure();
  for (auto function : llvm::make_early_inc_range(model.getOps<func::FuncOp>()))
    if (function->getAttrOfType<StringAttr>("gan.role") == "player")
      symbols.erase(function);
  if (failed(buildInit(model, symbols)))
    signalPassFailure();
}
