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

struct Turn {
  PlayOp move;
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
  void endMove(PlayOp move);
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
  LogicalResult closeRun(SmallVectorImpl<PlayOp> &plays, PhaseOp phase,
                         SymbolTable &symbols);
  func::FuncOp stepOf(const Run &run, PhaseOp phase, SymbolTable &symbols);

  llvm::StringMap<func::FuncOp> steps; // by the spelling of their runs
  llvm::StringMap<int64_t> stepCounts; // by phase
};

} // namespace

std::string Run::spell() const {
  std::string text;
  for (const Turn &turn : turns)
    text += std::to_string(turn.key) + " @" +
            PlayOp(turn.move).getCallee().str() + '\n';
  return text;
}

// ---- from moves to runs

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

static FailureOr<Run> makeRun(ArrayRef<PlayOp> plays) {
  Run run;
  llvm::StringMap<int64_t> last; // keys of the players' last moves
  for (PlayOp move : plays) {
    FailureOr<int64_t> key = keyOf(move, run.moves, last);
    if (failed(key))
      return failure();
    last[move.getPlayer()] = *key;
    run.moves = std::max(run.moves, *key + 1);
    run.turns.push_back({move, *key});
  }
  return run;
}

// ---- from runs to functions

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

void StepBuilder::build(const Run &run) {
  for (const Turn &turn : run.turns) {
    play(turn.move, turn.key);
    if (&turn != &run.turns.back())
      endMove(turn.move);
  }
  func::ReturnOp::create(builder, step.getLoc());
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
      PlayOp(run.turns.front().move).getLoc(), name,
      builder.getFunctionType(SmallVector<Type>(run.moves, key), {}));
  step->setAttr("gan.role", builder.getStringAttr("step"));
  for (int64_t move = 0; move < run.moves; ++move)
    step.setArgAttr(move, "gan.key", builder.getI64IntegerAttr(move));
  symbols.insert(step, phase->getIterator());
  StepBuilder(step, symbols).build(run);
  ++numSteps;
  return step;
}

LogicalResult FormStepsPass::closeRun(SmallVectorImpl<PlayOp> &plays,
                                      PhaseOp phase, SymbolTable &symbols) {
  if (plays.empty())
    return success();
  FailureOr<Run> run = makeRun(plays);
  if (failed(run))
    return failure();
  func::FuncOp step = stepOf(*run, phase, symbols);
  OpBuilder builder(plays.front());
  RunOp::create(builder, plays.front().getLoc(), step.getSymName(), run->moves);
  for (PlayOp move : plays)
    move.erase();
  plays.clear();
  return success();
}

LogicalResult FormStepsPass::formBody(Region &body, PhaseOp phase,
                                      SymbolTable &symbols) {
  SmallVector<PlayOp> run;
  for (Operation &op : llvm::make_early_inc_range(body.getOps())) {
    if (auto move = dyn_cast<PlayOp>(op)) {
      run.push_back(move);
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
