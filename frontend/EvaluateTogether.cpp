// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Moves as functions: of one player, or of several that move together, one
// after the other in one function.
#include "frontend/Evaluator.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace gan;

namespace gan::frontend {

// The moves of a `together`, those under `for` and a const `if` too; false
// after a report.
bool Evaluator::gatherPlays(const ast::Block &moves, Scope &scope,
                            int64_t batch, std::vector<Play> &plays) {
  bool good = true;
  auto refuse = [&](Location loc, StringRef what) {
    getSite(loc).error("'together' holds moves of players, each made once, "
                       "but this is ")
        << what;
    good = false;
  };
  for (const ast::StmtPtr &stmt : moves)
    llvm::TypeSwitch<const ast::Stmt *>(stmt.get())
        .Case([&](const ast::PlayMove *m) {
          good &= gatherPlay(*m, scope, batch, plays);
        })
        .Case([&](const ast::ForStmt *m) {
          forEach(*m, scope, [&](Scope &inner) {
            return good &= gatherPlays(m->body, inner, batch, plays);
          });
        })
        .Case([&](const ast::IfStmt *m) {
          if (evaluate(*m->condition, scope).is<Clock>())
            return refuse(m->loc, "an 'if' on the clock");
          std::optional<bool> taken = evaluateCondition(*m->condition, scope);
          good &= taken && gatherPlays(*taken ? m->thenBlock : m->elseBlock,
                                       scope, batch, plays);
        })
        .Case([&](const ast::RepeatMove *m) { refuse(m->loc, "a 'repeat'"); })
        .Default([&](const ast::Stmt *m) { refuse(m->loc, "a 'together'"); });
  return good;
}

bool Evaluator::gatherPlay(const ast::PlayMove &move, Scope &scope,
                           int64_t batch, std::vector<Play> &plays) {
  std::optional<Play> play = evaluatePlay(move, scope, batch);
  if (!play)
    return false;
  if (play->reuse || play->accumulate > 1) {
    play->site.error("moves made together have one batch, the same data and "
                     "draws: no '")
        << (play->reuse ? "reuse" : "accumulate") << "'";
    return false;
  }
  if (!plays.empty() && plays.front().batch != play->batch) {
    play->site.error("moves made together have one batch, but '")
        << play->player->name << "' has " << play->batch << " and '"
        << plays.front().player->name << "' has " << plays.front().batch;
    return false;
  }
  plays.push_back(std::move(*play));
  return true;
}

func::FuncOp Evaluator::getMoveFunction(ArrayRef<Play> plays) {
  std::string key, stem;
  for (const Play &play : plays) {
    stem += play.player->name + "_";
    key += "|" + play.player->name + "|" + std::to_string(play.batch) + "x" +
           std::to_string(play.accumulate);
    for (const Given &argument : play.given)
      key += "|" + argument.name.str() + ":" + spell(argument.value);
  }
  func::FuncOp &made = moveFunctions[key];
  if (made)
    return made;
  int64_t batch = plays.front().batch;
  int64_t accumulate = plays.front().accumulate;
  stem += std::to_string(batch);
  if (accumulate > 1)
    stem += "x" + std::to_string(accumulate);
  Type keyType = RankedTensorType::get({2}, IntegerType::get(context, 64));
  Location loc = plays.front().player->declaration->loc;
  std::unique_ptr<FunctionState> state =
      openFunction(FunctionState::Role::Player, stem, keyType, loc);
  made = state->function;
  state->batch = batch;
  state->training = true;
  FunctionState *outer = std::exchange(function, state.get());
  summary = &summaries[state->function.getSymName()];
  summary->plays.assign(plays.begin(), plays.end());
  if (plays.size() == 1)
    runMove(*plays.front().player, plays.front().given, plays.front().site,
            plays.front().accumulate);
  else
    runTogether(plays);
  func::ReturnOp::create(state->builder, loc);
  function = outer;
  summary = nullptr;
  return made;
}

// What the move of `play` has stored: states stand as they are, parameters and
// optimizer states wait in `after`. Gradients of the moves behind it take them
// for constants.
void Evaluator::setAside(const Play &play, ArrayRef<StringAttr> stored,
                         Operation *start, Waiting &after) {
  OpBuilder &builder = function->builder;
  Location loc = play.site.getOpLocation();
  SmallVector<StringAttr> waiting;
  bool isReported = false;
  for (StringAttr name : stored) {
    auto storage = cast<StorageOp>(SymbolTable::lookupSymbolIn(model, name));
    auto value = LoadOp::create(builder, loc, storage.getType(),
                                FlatSymbolRefAttr::get(name));
    mlir::Value constant = StopGradientOp::create(builder, loc, value);
    if (storage.getKind() == StorageKind::State) {
      StoreOp::create(builder, loc, constant, value.getStorageAttr());
      continue;
    }
    waiting.push_back(name);
    auto [first, isNew] = after.try_emplace(name, constant, &play);
    if (isNew || std::exchange(isReported, true))
      continue;
    const Play &other = *first->second.second;
    InFlightDiagnostic error = play.site.error("'");
    error << play.player->name << "' stores '" << name.getValue()
          << "', which '" << other.player->name << "' stores in the same move";
    error.attachNote(other.site.user) << "that move is here";
  }
  putBack(waiting, start, play.site);
}

// All moves read the parameters and optimizer states from before; network
// states change in order; what one has evaluated of the model, the next find
// evaluated.
void Evaluator::runTogether(ArrayRef<Play> plays) {
  Waiting after;
  Block &block = *function->builder.getBlock();
  for (const Play &play : plays) {
    Operation *start = block.empty() ? nullptr : &block.back();
    runMove(*play.player, play.given, play.site);
    setAside(play, reachability->getStored(block, start).getArrayRef(), start,
             after);
    MoveState &move = function->move;
    for (const Binding *binding : move.late)
      move.values.erase(binding);
    function->move = MoveState{.values = std::move(move.values),
                               .networkCalls = std::move(move.networkCalls)};
  }
  for (auto &[name, value] : after)
    StoreOp::create(function->builder, value.second->site.getOpLocation(),
                    value.first, FlatSymbolRefAttr::get(name));
}

} // namespace gan::frontend
