// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Phases: in what order the players move, and for how long.
#include "frontend/Evaluator.h"
#include "frontend/PhaseArguments.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace gan;

namespace gan::frontend {

// Passes from one check to the next where the phase does not say.
constexpr int64_t passesToCheck = 100;

static ArrayAttr getReset(const Value &value, Builder builder,
                          const Site &site) {
  SmallVector<Value> players = {value};
  if (const auto *list = value.getIf<const List *>())
    players.assign((*list)->items.begin(), (*list)->items.end());
  SmallVector<StringRef> names;
  for (const Value &mover : players) {
    const auto *known = mover.getIf<Player *>();
    if (!known) {
      site.error("'reset' names players, but found ") << describe(mover);
      return {};
    }
    names.push_back((*known)->name);
  }
  return builder.getStrArrayAttr(names);
}

// An argument that is a number; false after a report.
static bool setNumber(PhaseArguments &arguments, StringRef name,
                      const Value &value, const Site &site) {
  const auto *number = value.getIf<int64_t>();
  if (!number || *number < 1) {
    site.error("'" + name + "' is an int from 1 on, but found ")
        << spell(value);
    return false;
  }
  if (name == "check") {
    arguments.check = *number;
    return true;
  }
  if (name == "batch") {
    arguments.batch = *number;
    return TensorBuilder::fits(*number, site);
  }
  if (!arguments.unit.empty()) {
    site.error("a phase has one length, but both '")
        << arguments.unit << "' and '" << name << "' are given";
    return false;
  }
  arguments.unit = name;
  arguments.length = *number;
  return true;
}

// What a phase must have, and what makes sense only beside something else.
static bool isComplete(const PhaseArguments &arguments, const Site &site) {
  if (arguments.unit.empty())
    site.error("a phase needs a length: steps, images or epochs");
  else if (arguments.batch == 0)
    site.error("a phase needs a batch, as in 'batch: 64'");
  else if (arguments.check && !arguments.until)
    site.error("'check' says how often 'until' is asked, but this phase has no "
               "'until'");
  else
    return true;
  return false;
}

std::optional<PhaseArguments>
Evaluator::evaluatePhaseArguments(const ast::PhaseDecl &phase, Scope &scope) {
  static constexpr StringLiteral numbers[] = {"steps", "images", "epochs",
                                              "batch", "check"};
  PhaseArguments result;
  for (const ast::Argument &argument : phase.arguments) {
    Site site = getSite(argument.loc);
    StringRef name = argument.name;
    if (name == "until") {
      result.until = argument.value.get(); // of the moves, which come first
      continue;
    }
    Value value = evaluate(*argument.value, scope);
    if (value.isPoison())
      return std::nullopt;
    if (name == "reset") {
      result.reset = getReset(value, Builder(context), site);
      if (!result.reset)
        return std::nullopt;
    } else if (!llvm::is_contained(numbers, name)) {
      site.error("a phase has steps, images or epochs, batch, reset, until "
                 "and check, but this is '" +
                 name + "'");
      return std::nullopt;
    } else if (!setNumber(result, name, value, site)) {
      return std::nullopt;
    }
  }
  if (!isComplete(result, getSite(phase.loc)))
    return std::nullopt;
  result.batch = llvm::divideCeil(result.batch, batchDivisor);
  return result;
}

void Evaluator::elaboratePhase(const ast::PhaseDecl &phase, Scope &scope) {
  std::optional<PhaseArguments> arguments =
      evaluatePhaseArguments(phase, scope);
  std::optional<std::string> name = spellPath(phase.path, scope);
  if (!arguments || !name || !declareForUsers(*name, phase.loc))
    return;
  if (firstBatch == 0)
    firstBatch = arguments->batch;
  OpBuilder builder = OpBuilder::atBlockEnd(&model.getBody().front());
  auto op = PhaseOp::create(builder, phase.loc, *name, arguments->length,
                            arguments->unit, arguments->batch, arguments->reset,
                            /*until=*/FlatSymbolRefAttr(),
                            /*check=*/IntegerAttr());
  elaborateMoves(phase.moves, scope, op.getBody(), arguments->batch);
  func::FuncOp until = arguments->until
                           ? elaborateUntil(*arguments, *name, scope)
                           : func::FuncOp();
  if (until) {
    op.setUntil(until.getSymName());
    op.setCheck(arguments->check.value_or(passesToCheck));
  }
  // Players' functions were made meanwhile; phases stand behind them.
  op->moveBefore(&model.getBody().front(), model.getBody().front().end());
}

void Evaluator::elaborateMoves(const ast::Block &moves, Scope &scope,
                               Region &region, int64_t batch) {
  if (region.empty())
    region.emplaceBlock();
  OpBuilder builder = OpBuilder::atBlockEnd(&region.front());
  llvm::StringMap<LastMove> outer;
  std::swap(outer, played);
  for (const ast::StmtPtr &move : moves)
    elaborateMove(*move, scope, builder, batch);
  std::swap(outer, played);
}

// Moves under `for` and a const `if` stand where they stand; `repeat` and `if`
// on the clock end a straight run.
void Evaluator::elaborateMove(const ast::Stmt &move, Scope &scope,
                              OpBuilder &builder, int64_t batch) {
  llvm::TypeSwitch<const ast::Stmt *>(&move)
      .Case([&](const ast::PlayMove *m) {
        elaboratePlay(*m, scope, builder, batch);
      })
      .Case([&](const ast::RepeatMove *m) {
        Value count = evaluate(*m->count, scope);
        if (count.isPoison())
          return;
        if (!count.getNumber() && !count.is<Clock>()) {
          getSite(m->count->loc)
                  .error("'repeat' needs a number known before the move, but "
                         "found ")
              << describe(count);
          return;
        }
        auto op =
            RepeatOp::create(builder, m->loc, toClockAttr(count, context));
        elaborateMoves(m->moves, scope, op.getBody(), batch);
        played.clear();
      })
      .Case([&](const ast::TogetherMove *m) {
        std::vector<Play> plays;
        if (gatherPlays(m->moves, scope, batch, plays) && !plays.empty())
          emitPlay(plays, m->loc, builder);
      })
      .Case([&](const ast::ForStmt *m) {
        forEach(*m, scope, [&](Scope &inner) {
          for (const ast::StmtPtr &each : m->body)
            elaborateMove(*each, inner, builder, batch);
          return true;
        });
      })
      .Case([&](const ast::IfStmt *m) {
        elaborateConditionalMove(*m, scope, builder, batch);
      })
      .DefaultUnreachable("the parser lets only moves stand in a phase");
}

void Evaluator::elaborateConditionalMove(const ast::IfStmt &move, Scope &scope,
                                         OpBuilder &builder, int64_t batch) {
  Value condition = evaluate(*move.condition, scope);
  const auto *clock = condition.getIf<Clock>();
  if (!clock || !clock->isBool) {
    std::optional<bool> taken = evaluateCondition(*move.condition, scope);
    if (taken)
      for (const ast::StmtPtr &each : *taken ? move.thenBlock : move.elseBlock)
        elaborateMove(*each, scope, builder, batch);
    return;
  }
  auto op = WhenOp::create(builder, move.loc, clock->expression);
  elaborateMoves(move.thenBlock, scope, op.getThen(), batch);
  elaborateMoves(move.elseBlock, scope, op.getOtherwise(), batch);
  played.clear();
}

// What the arguments of a move say; nothing after a report.
std::optional<Play> Evaluator::evaluatePlay(const ast::PlayMove &move,
                                            Scope &scope, int64_t batch) {
  Site site = getSite(move.loc);
  Binding *binding = lookup(move.player, scope, site);
  if (!binding)
    return std::nullopt;
  const auto *mover = binding->value.getIf<Player *>();
  if (!mover) {
    site.error("'" + move.player + "' is no player");
    return std::nullopt;
  }
  std::optional<std::vector<Given>> given =
      evaluateArguments(move.arguments, scope);
  if (!given)
    return std::nullopt;
  Play play{.player = *mover, .batch = batch, .site = site};
  for (const Given &argument : *given) {
    Site place = getSite(argument.loc);
    if (argument.name == "accumulate" || argument.name == "batch") {
      const auto *number = argument.value.getIf<int64_t>();
      if (!number || *number < 1) {
        place.error("'" + argument.name + "' is an int from 1 on, but found ")
            << spell(argument.value);
        return std::nullopt;
      }
      (argument.name == "batch" ? play.batch : play.accumulate) = *number;
      if (!TensorBuilder::fits({play.batch, play.accumulate}, place))
        return std::nullopt;
    } else if (argument.name == "reuse") {
      const auto *other = argument.value.getIf<Player *>();
      if (!other) {
        place.error("'reuse' names a player, but found ")
            << describe(argument.value);
        return std::nullopt;
      }
      play.reuse = *other;
    } else {
      play.given.push_back(argument);
    }
  }
  return play;
}

void Evaluator::elaboratePlay(const ast::PlayMove &move, Scope &scope,
                              OpBuilder &builder, int64_t batch) {
  std::optional<Play> play = evaluatePlay(move, scope, batch);
  if (play && (!play->reuse || checkReuse(*play)))
    emitPlay(*play, move.loc, builder);
}

// A move of one player, or of several together.
void Evaluator::emitPlay(ArrayRef<Play> plays, Location loc,
                         OpBuilder &builder) {
  std::string names;
  for (const Play &play : plays)
    names += (names.empty() ? "" : ", ") + play.player->name;
  const Player *reuse = plays.front().reuse;
  auto reused =
      reuse ? builder.getStringAttr(played[reuse->name].names) : StringAttr();
  func::FuncOp callee = getMoveFunction(plays);
  PlayOp::create(builder, loc, callee.getSymName(), names, reused);
  for (const Play &play : plays)
    played[play.player->name] = {names, play.batch * play.accumulate};
}

// The other player has moved before in this straight run, with as many samples.
bool Evaluator::checkReuse(const Play &play) {
  StringRef other = play.reuse->name;
  auto last = played.find(other);
  if (last == played.end()) {
    play.site.error("'reuse' of '")
        << other << "' needs a move of it before, in the same straight run";
    return false;
  }
  int64_t batch = play.batch * play.accumulate;
  if (last->second.batch == batch)
    return true;
  play.site.error("'reuse' of '")
      << other << "' needs a batch of " << last->second.batch
      << ", but this move has " << batch;
  return false;
}

} // namespace gan::frontend
