// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/game/Schedule.h"

#include <gtest/gtest.h>

#include <cmath>
#include <memory>
#include <set>
#include <string>

using namespace gan;
using namespace gan::runtime;
using format::ClockOp;

using Expression = std::unique_ptr<format::ClockExpressionT>;
using MoveList = std::vector<std::unique_ptr<format::MoveT>>;

static Expression number(double value) {
  auto result = std::make_unique<format::ClockExpressionT>();
  result->value = value;
  return result;
}

template <typename... Operands>
static Expression operation(ClockOp op, Operands... operands) {
  auto result = std::make_unique<format::ClockExpressionT>();
  result->op = op;
  (result->arguments.push_back(std::move(operands)), ...);
  return result;
}

static double evaluate(const Expression &expression, const Clock &clock = {}) {
  flatbuffers::FlatBufferBuilder builder;
  builder.Finish(format::ClockExpression::Pack(builder, expression.get()));
  return evaluateClock(*flatbuffers::GetRoot<format::ClockExpression>(
                           builder.GetBufferPointer()),
                       clock);
}

TEST(Clock, Computes) {
  struct Case {
    ClockOp op;
    double a, b, expected;
  };
  for (const Case &each : std::initializer_list<Case>{
           {ClockOp::Add, 7, 2, 9},
           {ClockOp::Sub, 7, 2, 5},
           {ClockOp::Mul, 7, 2, 14},
           {ClockOp::Div, 7, 2, 3.5},
           {ClockOp::FloorDiv, -7, 2, -4},
           {ClockOp::Mod, -7, 2, 1}, // as floored division has it
           {ClockOp::Pow, 7, 2, 49},
           {ClockOp::Min, 7, 2, 2},
           {ClockOp::Max, 7, 2, 7},
           {ClockOp::Eq, 7, 7, 1},
           {ClockOp::Ne, 7, 7, 0},
           {ClockOp::Lt, 2, 7, 1},
           {ClockOp::Le, 7, 2, 0},
           {ClockOp::Gt, 7, 2, 1},
           {ClockOp::Ge, 2, 7, 0},
           {ClockOp::And, 2, 0, 0},
           {ClockOp::Or, 0, 3, 1}})
    EXPECT_EQ(evaluate(operation(each.op, number(each.a), number(each.b))),
              each.expected)
        << format::EnumNameClockOp(each.op);
  for (const Case &each :
       std::initializer_list<Case>{{ClockOp::Neg, 2, 0, -2},
                                   {ClockOp::Floor, -0.5, 0, -1},
                                   {ClockOp::Sqrt, 9, 0, 3},
                                   {ClockOp::Exp, 1, 0, std::exp(1.0)},
                                   {ClockOp::Log, 2, 0, std::log(2.0)},
                                   {ClockOp::Cos, 2, 0, std::cos(2.0)},
                                   {ClockOp::Sin, 2, 0, std::sin(2.0)},
                                   {ClockOp::Not, 2, 0, 0}})
    EXPECT_EQ(evaluate(operation(each.op, number(each.a))), each.expected)
        << format::EnumNameClockOp(each.op);
}

TEST(Clock, ReadsAndDecides) {
  Clock clock{.step = 1, .images = 2, .epoch = 3, .progress = 0.25};
  EXPECT_EQ(evaluate(operation(ClockOp::Step), clock), 1);
  EXPECT_EQ(evaluate(operation(ClockOp::Images), clock), 2);
  EXPECT_EQ(evaluate(operation(ClockOp::Epoch), clock), 3);
  EXPECT_EQ(evaluate(operation(ClockOp::Progress), clock), 0.25);
  EXPECT_EQ(evaluate(operation(ClockOp::If, operation(ClockOp::Progress),
                               number(5), number(6)),
                     clock),
            5);
  EXPECT_EQ(evaluate(operation(ClockOp::If, number(0), number(5), number(6))),
            6);
}

namespace {
// A model under construction: entries "0", "1", ... with so many fresh moves.
struct Model {
  format::ExecutableT content;
  flatbuffers::FlatBufferBuilder builder;

  explicit Model(std::vector<uint32_t> moves) {
    for (uint32_t count : moves) {
      content.entries.push_back(std::make_unique<format::EntryT>());
      content.entries.back()->moves = count;
    }
  }
  void addPhase(const std::string &name, format::LengthUnit unit,
                uint64_t length, uint64_t batch, MoveList body,
                std::vector<std::string> reset = {}) {
    auto phase = std::make_unique<format::PhaseT>();
    phase->name = name;
    phase->unit = unit;
    phase->length = length;
    phase->batch = batch;
    phase->body = std::move(body);
    phase->reset = std::move(reset);
    content.phases.push_back(std::move(phase));
  }
  const format::Executable &tables() {
    if (builder.GetSize() == 0)
      builder.Finish(format::Executable::Pack(builder, &content));
    return *format::GetExecutable(builder.GetBufferPointer());
  }
};
} // namespace

static std::unique_ptr<format::MoveT> run(uint32_t entry) {
  auto move = std::make_unique<format::MoveT>();
  move->entry = entry;
  return move;
}

template <typename... Moves> static MoveList list(Moves... moves) {
  MoveList result;
  (result.push_back(std::move(moves)), ...);
  return result;
}

static std::unique_ptr<format::MoveT> repeat(Expression count, MoveList body) {
  auto move = std::make_unique<format::MoveT>();
  move->kind = format::MoveKind::Repeat;
  move->condition = std::move(count);
  move->body = std::move(body);
  return move;
}

static std::unique_ptr<format::MoveT> when(Expression condition, MoveList body,
                                           MoveList otherwise) {
  auto move = repeat(std::move(condition), std::move(body));
  move->kind = format::MoveKind::When;
  move->otherwise = std::move(otherwise);
  return move;
}

// "0@3": entry 0 runs, its first fresh move has number 3; "|": a pass is done;
// "!p": phase p forgets; "?1@5": entry 1 says whether the phase is over, asked
// at step 5; it is where `ends` has that step.
static std::string play(Schedule &schedule, const std::set<double> &ends = {}) {
  std::string text;
  for (;;) {
    Turn turn = schedule.next();
    if (!text.empty() && turn.kind != Turn::Kind::End)
      text += " ";
    switch (turn.kind) {
    case Turn::Kind::Reset:
      text += "!" + turn.phase->name()->str();
      break;
    case Turn::Kind::Run:
      text += std::to_string(turn.entry) + "@" + std::to_string(turn.move);
      break;
    case Turn::Kind::Pass:
      text += "|" + std::to_string(turn.pass);
      break;
    case Turn::Kind::Check:
      text += "?" + std::to_string(turn.entry) + "@" +
              std::to_string(static_cast<int>(turn.clock.step));
      if (ends.count(turn.clock.step))
        schedule.endPhase();
      break;
    case Turn::Kind::End:
      return text;
    }
  }
}

TEST(Schedule, CountsFreshMovesOverAllPhases) {
  Model model({1, 2});
  model.addPhase("a", format::LengthUnit::Steps, 2, 4,
                 list(repeat(number(2.9), list(run(0))), run(1)));
  model.addPhase("b", format::LengthUnit::Steps, 1, 4, list(run(0)), {"D"});
  Schedule schedule(model.tables(), 100, UINT64_MAX);
  EXPECT_EQ(schedule.passes(), 3u);
  EXPECT_EQ(play(schedule), "0@0 0@1 1@2 |1 0@4 0@5 1@6 |2 !b 0@8 |3");
  EXPECT_EQ(schedule.next().kind, Turn::Kind::End);
}

TEST(Schedule, EndsAfterSteps) {
  Model model({1});
  model.addPhase("a", format::LengthUnit::Steps, 2, 4, list(run(0)));
  model.addPhase("b", format::LengthUnit::Steps, 9, 4, list(run(0)), {"D"});
  Schedule cut(model.tables(), 100, 3);
  EXPECT_EQ(cut.passes(), 3u);
  EXPECT_EQ(play(cut), "0@0 |1 0@1 |2 !b 0@2 |3");
  // Nothing of a phase that no step is left for, not even its reset.
  Schedule atBorder(model.tables(), 100, 2);
  EXPECT_EQ(play(atBorder), "0@0 |1 0@1 |2");
}

TEST(Schedule, AsksEverySoManyPassesWhetherThePhaseIsOver) {
  Model model({1, 0});
  model.addPhase("a", format::LengthUnit::Steps, 5, 4, list(run(0)));
  model.addPhase("b", format::LengthUnit::Steps, 3, 4, list(run(0)), {"D"});
  for (auto &phase : model.content.phases) {
    phase->until = 1;
    phase->check = 2;
  }
  Schedule whole(model.tables(), 100, UINT64_MAX);
  EXPECT_EQ(play(whole), "0@0 |1 0@1 |2 ?1@2 0@2 |3 0@3 |4 ?1@4 0@4 |5 "
                         "!b 0@5 |6 0@6 |7 ?1@2 0@7 |8");
  // What follows an early end has the moves, the clock and the reset that it
  // has behind a full phase.
  Schedule early(model.tables(), 100, UINT64_MAX);
  EXPECT_EQ(early.passes(), 8u);
  EXPECT_EQ(play(early, {2}), "0@0 |1 0@1 |2 ?1@2 !b 0@2 |3 0@3 |4 ?1@2");
  Schedule late(model.tables(), 100, UINT64_MAX);
  EXPECT_EQ(play(late, {4}), "0@0 |1 0@1 |2 ?1@2 0@2 |3 0@3 |4 ?1@4 "
                             "!b 0@4 |5 0@5 |6 ?1@2 0@6 |7");
}

TEST(Schedule, DecidesByTheClockOfThePhase) {
  Model model({1, 1});
  for (const char *name : {"a", "b"})
    model.addPhase(
        name, format::LengthUnit::Steps, 3, 4,
        list(when(operation(ClockOp::Eq, operation(ClockOp::Step), number(1)),
                  list(run(1)), list(run(0), run(0)))));
  Schedule schedule(model.tables(), 100, UINT64_MAX);
  EXPECT_EQ(play(schedule), "0@0 0@1 |1 1@2 |2 0@3 0@4 |3 "
                            "0@5 0@6 |4 1@7 |5 0@8 0@9 |6");
}

TEST(Schedule, NestsAndSkips) {
  Model model({1});
  model.addPhase("a", format::LengthUnit::Steps, 1, 4,
                 list(repeat(number(2), list(repeat(operation(ClockOp::Step),
                                                    list(run(0))),
                                             repeat(number(2), list(run(0))))),
                      repeat(number(std::nan("")), list(run(0))),
                      repeat(number(-1), list(run(0)))));
  Schedule schedule(model.tables(), 100, UINT64_MAX);
  EXPECT_EQ(play(schedule), "0@0 0@1 0@2 0@3 |1");
}

TEST(Schedule, EndsByImagesAndEpochs) {
  Model model({1});
  // 10 images in batches of 4 take 3 passes; 2 epochs of 6 records too.
  model.addPhase("a", format::LengthUnit::Images, 10, 4, list(run(0)));
  model.addPhase("b", format::LengthUnit::Epochs, 2, 4, list(run(0)));
  Schedule schedule(model.tables(), 6, UINT64_MAX);
  EXPECT_EQ(schedule.passes(), 6u);
  std::vector<Clock> clocks;
  for (Turn turn = schedule.next(); turn.kind != Turn::Kind::End;
       turn = schedule.next())
    if (turn.kind == Turn::Kind::Run)
      clocks.push_back(turn.clock);
  ASSERT_EQ(clocks.size(), 6u);
  EXPECT_EQ(clocks[1].step, 1);
  EXPECT_EQ(clocks[1].images, 4);
  EXPECT_EQ(clocks[1].epoch, 0);
  EXPECT_EQ(clocks[1].progress, 4.0 / 10);
  EXPECT_EQ(clocks[5].images, 8);
  EXPECT_EQ(clocks[5].epoch, 1);
  EXPECT_EQ(clocks[5].progress, 8.0 / 12);
}
