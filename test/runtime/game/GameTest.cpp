// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/game/Game.h"
#include "runtime/data/Sources.h"
#include "test/runtime/executable/TestExecutable.h"

#include <gtest/gtest.h>

#include <cstring>
#include <functional>

using namespace gan;
using namespace gan::runtime;
using namespace gan::test;

using Values = std::vector<float>;

namespace {
// The test executable on the cpu; its training is recomputed here.
class GameOnCpu : public ::testing::Test {
protected:
  void SetUp() override { open(makeTables()); }

  void open(format::ExecutableT tables) {
    file = assemble(std::move(tables), {kernelImage(), kernelImage()});
    Result<Executable> loaded = Executable::loadBytes(file, "test");
    ASSERT_TRUE(loaded.ok()) << loaded.status().text();
    device.reset();
    exe = std::make_unique<Executable>(loaded.take());
    device = createDevice("cpu", {.threads = 2}).take();
    Status status = device->load(*exe);
    if (status.code() == Code::Unsupported)
      GTEST_SKIP() << status.text();
    ASSERT_TRUE(status.ok()) << status.text();
  }

  Game makeGame(GameOptions options) {
    std::vector<std::string> sources = {"random"};
    Result<std::vector<Dataset>> data =
        bindData(*exe->tables().data(), {.sources = sources});
    EXPECT_TRUE(data.ok()) << data.status().text();
    Result<Game> game =
        Game::create(*exe, *device, data.take(), std::move(options));
    EXPECT_TRUE(game.ok()) << game.status().text();
    EXPECT_TRUE(game->initialise().ok());
    return game.take();
  }

  Values valuesOf(uint32_t buffer) {
    Values values(kElements);
    EXPECT_TRUE(
        device->read(buffer, std::as_writable_bytes(std::span(values))).ok());
    EXPECT_TRUE(device->wait().ok());
    return values;
  }

  // The batch of move `move`.
  Values batchOf(uint64_t seed, uint64_t move) {
    std::vector<std::string> sources = {"random"};
    std::vector<Dataset> data =
        bindData(*exe->tables().data(), {.sources = sources}).take();
    Values values(kElements);
    std::vector<uint64_t> samples(32);
    for (uint64_t s = 0; s < 32; ++s)
      samples[s] = s;
    EXPECT_TRUE(data[0]
                    .fields[0]
                    ->read({seed, move, samples},
                           std::as_writable_bytes(std::span(values)))
                    .ok());
    return values;
  }

  std::vector<std::byte> file;
  std::unique_ptr<Executable> exe;
  std::unique_ptr<Device> device;
};
} // namespace

static Status ignore(const PassReport &) { return Status(); }

// w = key[0] + i; then in each run w += (x + w) * lr, with lr = 0.5 * progress
// of phases of so many passes. `runs` tells how many there are in each pass.
static Values trained(uint64_t seed, const std::vector<int> &runs,
                      size_t passes,
                      const std::function<Values(uint64_t move)> &batchOf) {
  Values w(kElements);
  for (uint32_t i = 0; i < kElements; ++i)
    w[i] = static_cast<float>(seed + i);
  uint64_t move = 0;
  for (size_t pass = 0; pass < runs.size(); ++pass)
    for (int run = 0; run < runs[pass]; ++run, ++move) {
      auto lr = static_cast<float>(
          0.5 * (static_cast<double>(pass % passes) / passes));
      Values x = batchOf(move);
      for (uint32_t i = 0; i < kElements; ++i) {
        float gradient = (x[i] + w[i]) * lr;
        w[i] = w[i] + gradient;
      }
    }
  return w;
}

TEST_F(GameOnCpu, BindsDataKeysAndClocks) {
  Game game = makeGame({.seed = 11, .steps = 4});
  EXPECT_EQ(game.passes(), 4u);
  ASSERT_TRUE(game.play(ignore).ok());
  EXPECT_EQ(valuesOf(W), trained(11, {3, 3, 3, 3}, 10, [&](uint64_t move) {
              return batchOf(11, move);
            }));
}

// More runs than go into a sequence, in a number that the clock tells.
TEST_F(GameOnCpu, CutsLongPasses) {
  format::ExecutableT tables = makeTables();
  format::ClockExpressionT &count = *tables.phases[0]->body[0]->condition;
  count.op = format::ClockOp::Mul;
  for (format::ClockOp op : {format::ClockOp::Step, format::ClockOp::Number}) {
    count.arguments.push_back(std::make_unique<format::ClockExpressionT>());
    count.arguments.back()->op = op;
    count.arguments.back()->value = 50;
  }
  open(std::move(tables));
  if (IsSkipped())
    return;
  std::vector<bool> had;
  Game game = makeGame({.seed = 5, .steps = 4, .wantsMetrics = [](uint64_t p) {
                          return p != 2;
                        }});
  ASSERT_TRUE(game.play([&](const PassReport &report) {
                    had.push_back(!report.metrics.empty());
                    return Status();
                  })
                  .ok());
  EXPECT_EQ(had, (std::vector<bool>{false, false, true, true}));
  EXPECT_EQ(valuesOf(W), trained(5, {0, 50, 100, 150}, 10, [&](uint64_t move) {
              return batchOf(5, move);
            }));
}

// More sequences than are kept ready, each of another number of runs, and again
// when the first are gone.
TEST_F(GameOnCpu, PreparesSequencesAgain) {
  format::ExecutableT tables = makeTables();
  format::ClockExpressionT &count = *tables.phases[0]->body[0]->condition;
  count.op = format::ClockOp::Step;
  tables.phases[0]->length = 40;
  tables.phases.push_back(std::make_unique<format::PhaseT>(*tables.phases[0]));
  tables.phases[1]->name = "again";
  open(std::move(tables));
  if (IsSkipped())
    return;
  Game game = makeGame({.seed = 5});
  ASSERT_TRUE(game.play(ignore).ok());
  std::vector<int> runs;
  for (int pass = 0; pass < 80; ++pass)
    runs.push_back(pass % 40);
  EXPECT_EQ(valuesOf(W), trained(5, runs, 40, [&](uint64_t move) {
              return batchOf(5, move);
            }));
}

TEST_F(GameOnCpu, ReportsTheLastValueOfAPass) {
  Game game = makeGame({.seed = 1, .steps = 5, .wantsMetrics = [](uint64_t p) {
                          return p % 2 == 0;
                        }});
  std::vector<uint64_t> passes;
  std::vector<double> losses;
  ASSERT_TRUE(game.play([&](const PassReport &report) {
                    EXPECT_EQ(report.phase->name()->str(), "train");
                    passes.push_back(report.pass);
                    EXPECT_EQ(report.hasMetrics, report.pass % 2 == 0);
                    if (report.hasMetrics) {
                      EXPECT_EQ(report.metrics.size(), 1u);
                      EXPECT_EQ(report.metrics[0].first, "player.loss");
                      losses.push_back(report.metrics[0].second);
                    } else {
                      EXPECT_TRUE(report.metrics.empty());
                    }
                    return Status();
                  })
                  .ok());
  EXPECT_EQ(passes, (std::vector<uint64_t>{1, 2, 3, 4, 5}));
  ASSERT_EQ(losses.size(), 2u);
  EXPECT_NE(losses[0], losses[1]);
  // The loss of the last run of pass 4 is what an unlogged game would show if
  // it were asked there.
  Game again = makeGame({.seed = 1, .steps = 4, .wantsMetrics = [](uint64_t p) {
                           return p == 4;
                         }});
  double last = 0;
  ASSERT_TRUE(again
                  .play([&](const PassReport &report) {
                    if (report.hasMetrics)
                      last = report.metrics[0].second;
                    return Status();
                  })
                  .ok());
  EXPECT_EQ(last, losses[1]);
}

// An output without kernels that gives what it is drawn from, which is its key.
static format::ExecutableT tablesWithDraws() {
  format::ExecutableT tables = makeTables();
  auto key = std::make_unique<format::BindingT>(*tables.entries[0]->inputs[0]);
  auto drawn = std::make_unique<format::BindingT>(*key);
  drawn->kind = format::BindingKind::Output;
  drawn->name = "z";
  auto taken = std::make_unique<format::BindingT>(*drawn);
  taken->kind = format::BindingKind::Draw;
  taken->buffer = X;
  auto given = std::make_unique<format::BindingT>(*drawn);
  given->name = "echo";
  given->buffer = X;
  auto draws = std::make_unique<format::EntryT>();
  draws->name = "echo.draws";
  draws->kind = format::EntryKind::Draws;
  draws->moves = 1;
  draws->inputs.push_back(std::move(key));
  draws->outputs.push_back(std::move(drawn));
  auto echo = std::make_unique<format::EntryT>();
  echo->name = "echo";
  echo->kind = format::EntryKind::Output;
  echo->moves = 1;
  echo->draws = 3;
  echo->inputs.push_back(std::move(taken));
  echo->outputs.push_back(std::move(given));
  tables.entries.push_back(std::move(draws));
  tables.entries.push_back(std::move(echo));
  return tables;
}

static std::vector<uint64_t> numbersIn(const FileBytes &bytes) {
  std::vector<uint64_t> numbers(bytes.size() / sizeof(uint64_t));
  std::memcpy(numbers.data(), bytes.data(), bytes.size());
  return numbers;
}

TEST_F(GameOnCpu, DrawsOutputsFromTheirMoveOrFromWhatItIsGiven) {
  open(tablesWithDraws());
  if (IsSkipped())
    return;
  Game game = makeGame({.seed = 3});
  using Numbers = std::vector<uint64_t>;
  EXPECT_EQ(numbersIn(*game.compute(4, /*move=*/5)), (Numbers{3, 5}));
  Result<Draws> draws = game.draw(4, /*move=*/2, /*seed=*/8);
  ASSERT_TRUE(draws.ok());
  ASSERT_EQ(draws->size(), 1u);
  EXPECT_EQ(numbersIn(draws->front()), (Numbers{8, 2}));
  EXPECT_EQ(numbersIn(game.draw(4, 0)->front()), (Numbers{3, 0}));
  EXPECT_EQ(numbersIn(*game.compute(4, *draws)), (Numbers{8, 2}));
  // An output that draws nothing.
  EXPECT_TRUE(game.draw(2, 0)->empty());
}

// An entry without kernels writes 1.0 or, from step 4 on, 1.1 for its clock,
// and gives the lowest byte of that as a bool: 0x3f800000 has none, 0x3f8ccccd
// has.
static format::ExecutableT tablesWithUntil() {
  format::ExecutableT tables = makeTables();
  auto number = [](double value) {
    auto result = std::make_unique<format::ClockExpressionT>();
    result->value = value;
    return result;
  };
  auto late = std::make_unique<format::ClockExpressionT>();
  late->op = format::ClockOp::Ge;
  late->arguments.push_back(std::make_unique<format::ClockExpressionT>());
  late->arguments[0]->op = format::ClockOp::Step;
  late->arguments.push_back(number(4));
  auto clock = std::make_unique<format::BindingT>();
  clock->kind = format::BindingKind::Clock;
  clock->buffer = Lr;
  clock->clock = std::make_unique<format::ClockExpressionT>();
  clock->clock->op = format::ClockOp::If;
  clock->clock->arguments.push_back(std::move(late));
  clock->clock->arguments.push_back(number(1.1));
  clock->clock->arguments.push_back(number(1.0));
  auto answer = std::make_unique<format::BindingT>();
  answer->kind = format::BindingKind::Until;
  answer->name = "until";
  answer->element = format::ElementType::Bool;
  answer->buffer = Lr;
  auto until = std::make_unique<format::EntryT>();
  until->name = "train.until";
  until->kind = format::EntryKind::Until;
  until->moves = 1;
  until->inputs.push_back(std::move(clock));
  until->outputs.push_back(std::move(answer));
  tables.entries.push_back(std::move(until));
  auto second = std::make_unique<format::PhaseT>(*tables.phases[0]);
  second->name = "again";
  second->length = 2;
  tables.phases[0]->until = 3;
  tables.phases[0]->check = 2;
  tables.phases.push_back(std::move(second));
  return tables;
}

TEST_F(GameOnCpu, EndsAPhaseWhenAnEntrySaysSo) {
  open(tablesWithUntil());
  if (IsSkipped())
    return;
  Game game = makeGame({.seed = 3});
  EXPECT_EQ(game.passes(), 12u);
  std::string phases;
  ASSERT_TRUE(game.play([&](const PassReport &report) {
                    phases += report.phase->name()->str()[0];
                    return Status();
                  })
                  .ok());
  EXPECT_EQ(phases, "ttttaa");
  EXPECT_TRUE(game.isOver());
  EXPECT_EQ(game.position().phaseEnds, (std::vector<uint64_t>{4}));
}

// A game that goes on where another stood after any of its passes ends as if it
// had made them all.
TEST_F(GameOnCpu, GoesOnFromAnyPass) {
  open(tablesWithUntil());
  if (IsSkipped())
    return;
  struct Stood {
    Position position;
    Values w;
  };
  std::vector<Stood> stood;
  Game whole = makeGame({.seed = 3});
  ASSERT_TRUE(whole
                  .play([&](const PassReport &) {
                    stood.push_back({whole.position(), valuesOf(W)});
                    return Status();
                  })
                  .ok());
  ASSERT_EQ(stood.size(), 6u);
  for (const Stood &at : stood) {
    Game game = makeGame({.seed = 3});
    ASSERT_TRUE(game.goTo(at.position).ok());
    ASSERT_TRUE(device->write(W, std::as_bytes(std::span(at.w))).ok());
    uint64_t passes = at.position.passes;
    ASSERT_TRUE(game.play([&](const PassReport &report) {
                      EXPECT_EQ(report.pass, ++passes);
                      return Status();
                    })
                    .ok());
    EXPECT_EQ(passes, 6u);
    EXPECT_EQ(valuesOf(W), stood.back().w);
    EXPECT_EQ(game.position().phaseEnds, whole.position().phaseEnds);
  }
  EXPECT_EQ(makeGame({.seed = 3, .steps = 4}).goTo({5, {4}}).sentence(),
            "the schedule ends after 4 steps, before step 5");
}

// Back to an earlier pass of the same game: the same way again, or, after a
// rollback, another one that is the same each time.
TEST_F(GameOnCpu, GoesBack) {
  Game game = makeGame({.seed = 3, .steps = 5});
  Position third;
  Values w3;
  auto pauseAt3 = [&](const PassReport &report) {
    if (report.pass != 3)
      return Status();
    third = game.position();
    w3 = valuesOf(W);
    game.pause();
    return Status();
  };
  ASSERT_TRUE(game.play(pauseAt3).ok());
  EXPECT_EQ(game.position().passes, 3u);
  EXPECT_FALSE(game.isOver());
  auto endFrom = [&](uint64_t rollbacks) {
    third.rollbacks = rollbacks;
    EXPECT_TRUE(game.goTo(third).ok());
    EXPECT_TRUE(device->write(W, std::as_bytes(std::span(w3))).ok());
    EXPECT_TRUE(game.play(ignore).ok());
    EXPECT_EQ(game.position().rollbacks, rollbacks);
    return valuesOf(W);
  };
  Values first = endFrom(0), other = endFrom(1), third_ = endFrom(2);
  Game whole = makeGame({.seed = 3, .steps = 5});
  ASSERT_TRUE(whole.play(ignore).ok());
  EXPECT_EQ(valuesOf(W), first);
  EXPECT_NE(other, first);
  EXPECT_NE(third_, other);
  EXPECT_EQ(endFrom(1), other);
  EXPECT_EQ(seedAfter(3, 0), 3u);
}

TEST_F(GameOnCpu, CountsRuns) {
  Game game = makeGame({.seed = 3, .steps = 5});
  // Three runs of train.0 in each pass.
  EXPECT_EQ(game.runsOf(0, 5), (std::vector<uint64_t>{0, 15, 0}));
  EXPECT_EQ(game.runsOf(2, 3), (std::vector<uint64_t>{0, 3, 0}));
}

TEST_F(GameOnCpu, StopsBetweenPasses) {
  std::atomic<bool> stop = false;
  Game game = makeGame(
      {.seed = 1, .isStopped = [&] { return Result<bool>(stop.load()); }});
  uint64_t passes = 0;
  ASSERT_TRUE(game.play([&](const PassReport &report) {
                    passes = report.pass;
                    stop = passes == 3;
                    return Status();
                  })
                  .ok());
  EXPECT_EQ(passes, 3u);
  EXPECT_FALSE(game.isOver());
}

TEST_F(GameOnCpu, PassesFailuresOn) {
  Game game = makeGame({.seed = 1});
  Status status = game.play([](const PassReport &report) {
    return report.pass == 2 ? Status(Code::NoSpace, "is full") : Status();
  });
  EXPECT_EQ(status.sentence(), "is full");
}

TEST_F(GameOnCpu, ComputesOutputsBetweenPasses) {
  Game game = makeGame({.seed = 1, .steps = 2});
  ASSERT_TRUE(game.play([&](const PassReport &) {
                    Values w = valuesOf(W), samples(kElements);
                    Result<FileBytes> bytes =
                        game.compute(*exe->findEntry("samples"), 0);
                    EXPECT_TRUE(bytes.ok());
                    std::memcpy(samples.data(), bytes->data(), bytes->size());
                    for (uint32_t i = 0; i < kElements; ++i)
                      EXPECT_EQ(samples[i], w[i] + w[i]);
                    return Status();
                  })
                  .ok());
}

// Buffer W becomes the state of an optimizer of `player`, K a parameter.
TEST_F(GameOnCpu, ResetsOptimizersOnly) {
  format::ExecutableT tables = makeTables();
  tables.storage[0]->kind = format::StorageKind::Optimizer;
  tables.storage[0]->owner = "player";
  auto kept = std::make_unique<format::StorageT>();
  kept->name = "G.k";
  kept->owner = "player";
  kept->shape = {32, 64};
  kept->layout = {0, 1};
  kept->buffer = K;
  auto zero = std::make_unique<format::StorageT>(*kept);
  zero->name = "player.z";
  zero->kind = format::StorageKind::Optimizer;
  zero->buffer = G;
  zero->starts_zero = true;
  tables.storage.push_back(std::move(kept));
  tables.storage.push_back(std::move(zero));
  auto second = std::make_unique<format::PhaseT>(*tables.phases[0]);
  second->name = "again";
  second->body.clear();
  tables.phases[0]->length = 2;
  second->reset = {"player"};
  tables.phases.push_back(std::move(second));
  open(std::move(tables));
  if (IsSkipped())
    return;
  Game game = makeGame({.seed = 4, .steps = 3});
  Values before, beforeZero;
  ASSERT_TRUE(game.play([&](const PassReport &report) {
                    if (report.pass == 2) {
                      before = valuesOf(K);
                      beforeZero = valuesOf(G);
                    }
                    return Status();
                  })
                  .ok());
  Values first(kElements);
  for (uint32_t i = 0; i < kElements; ++i)
    first[i] = static_cast<float>(4 + i);
  EXPECT_EQ(valuesOf(W), first);
  EXPECT_EQ(valuesOf(K), before);
  EXPECT_NE(before, Values(kElements, 0));
  EXPECT_EQ(valuesOf(G), Values(kElements, 0));
  EXPECT_NE(beforeZero, Values(kElements, 0));
}
