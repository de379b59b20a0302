// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What the whole program does about a run that goes wrong, and how it tells of
// one that goes well.
#include "test/runtime/app/Program.h"

#include <filesystem>
#include <limits>

using namespace gan;
using namespace gan::runtime;
using namespace gan::test;

using format::ClockOp;

static std::unique_ptr<format::ClockExpressionT>
clockOf(ClockOp op, double value,
        std::vector<std::unique_ptr<format::ClockExpressionT>> arguments = {}) {
  auto result = std::make_unique<format::ClockExpressionT>();
  result->op = op;
  result->value = value;
  result->arguments = std::move(arguments);
  return result;
}

// The learning rate is 0, and in pass number `pass` (from 1) the greatest
// number there is: g = h * lr is infinite then, and w becomes so.
static format::ExecutableT explodingTables(double pass) {
  format::ExecutableT tables = makeTables();
  std::vector<std::unique_ptr<format::ClockExpressionT>> operands, choice;
  operands.push_back(clockOf(ClockOp::Step, 0));
  operands.push_back(clockOf(ClockOp::Number, pass - 1));
  choice.push_back(clockOf(ClockOp::Eq, 0, std::move(operands)));
  choice.push_back(clockOf(ClockOp::Number, 3e38));
  choice.push_back(clockOf(ClockOp::Number, 0));
  tables.entries[1]->inputs[1]->clock =
      clockOf(ClockOp::If, 0, std::move(choice));
  return tables;
}

namespace {
class Health : public Program {
protected:
  void SetUp() override {
    Program::SetUp();
    if (!IsSkipped())
      writeTrainer("trainer", explodingTables(6));
  }
  bool says(const std::string &words) const {
    return said.find(words) != std::string::npos;
  }
  std::vector<std::string> checkpoints() const {
    return *listFolder(folder / "run/checkpoints");
  }
};
} // namespace

// Copies weights, the last `count` of them as great as a number can be.
static void copyWithGreatest(const std::string &from, const std::string &to,
                             size_t count) {
  FileBytes weights = *readFile(from, 1 << 20);
  std::vector<float> greatest(count, std::numeric_limits<float>::max());
  size_t bytes = count * sizeof(float);
  std::memcpy(weights.data() + weights.size() - bytes, greatest.data(), bytes);
  ASSERT_TRUE(writeFile(to, weights).ok());
}

TEST_F(Health, StopsBeforeTheFirstBadStep) {
  EXPECT_EQ(call("train --data random --seed 1 --run-dir run --save-every 2"),
            1);
  EXPECT_TRUE(says("warning: ")) << said;
  EXPECT_TRUE(says(" at step 6; the first inf was made of finite values by "
                   "kernel 'scale' of test.gan:1:1: 'model test { }'"))
      << said;
  EXPECT_TRUE(says("error: training has gone wrong: ")) << said;
  EXPECT_TRUE(says("the state after 5 steps is in run/checkpoints")) << said;
  EXPECT_EQ(checkpoints(),
            (std::vector<std::string>{"000000004", "000000005"}));
  EXPECT_NE(contentOf(folder / "run/report.html").find("ended: training has"),
            std::string::npos);
  std::string log = contentOf(folder / "run/metrics.jsonl");
  EXPECT_NE(log.find(R"("event":"nan","action":"stop","first":6)"),
            std::string::npos)
      << log;
  // Again: the same.
  EXPECT_EQ(call("train --data random --run-dir run --save-every 2"), 1);
  EXPECT_TRUE(says("goes on after step 5")) << said;
  EXPECT_TRUE(says(" at step 6; the first inf ")) << said;
}

// Wherever the storage is looked at: a metric may be logged only at the end.
TEST_F(Health, FindsTheFirstBadStepLater) {
  EXPECT_EQ(call("train --data random --seed 1 --run-dir run --save-every 0 "
                 "--log-every 10"),
            1);
  EXPECT_TRUE(says(" at step 6; the first inf was made of finite values by "
                   "kernel 'scale'"))
      << said;
  EXPECT_EQ(checkpoints(), std::vector<std::string>{"000000005"});
}

TEST_F(Health, WarnsAndSavesNothingBad) {
  EXPECT_EQ(call("train --data random --seed 1 --run-dir run --save-every 2 "
                 "--on-nan warn"),
            0)
      << said;
  EXPECT_TRUE(says("and what follows is not saved while it is not finite"))
      << said;
  EXPECT_TRUE(says("warning: the end is not saved, as it is not finite; the "
                   "weights in run are those after 4 steps"))
      << said;
  EXPECT_EQ(checkpoints(),
            (std::vector<std::string>{"000000002", "000000004"}));
  std::string log = contentOf(folder / "run/metrics.jsonl");
  EXPECT_EQ(std::count(log.begin(), log.end(), '\n'), 10 + 1) << log;
}

// A sum that is too large for a float does no harm to what is learned.
TEST_F(Health, SavesWhatIsFiniteThoughAMetricIsNot) {
  ASSERT_EQ(call("train --data random --steps 1 --run-dir a"), 0) << said;
  copyWithGreatest(folder / "a/weights.safetensors",
                   folder / "large.safetensors", 2);
  EXPECT_EQ(call("train --data random --weights large.safetensors --steps 4 "
                 "--save-every 2 --on-nan warn --run-dir run"),
            0)
      << said;
  size_t told = said.find(" is inf at step 1");
  EXPECT_NE(told, said.npos) << said;
  EXPECT_EQ(said.find(" is inf", told + 1), said.npos) << said;
  EXPECT_FALSE(says("not saved")) << said;
  EXPECT_EQ(checkpoints(),
            (std::vector<std::string>{"000000002", "000000004"}));
}

// What was never good is not told to be somewhere.
TEST_F(Health, TellsWhereNothingIsSaved) {
  writeTrainer("trainer", explodingTables(1));
  EXPECT_EQ(call("train --data random --seed 1 --run-dir run"), 1);
  EXPECT_TRUE(says(" at step 1; the first inf ")) << said;
  EXPECT_TRUE(says("; nothing is saved, as no step went well (--on-nan"))
      << said;
  EXPECT_FALSE(exists(folder / "run/checkpoints"));
  EXPECT_EQ(call("train --data random --seed 1 --run-dir run --on-nan warn"), 0)
      << said;
  EXPECT_TRUE(
      says("warning: the end is not saved, as it is not finite; the run "
           "leaves no weights"))
      << said;
  EXPECT_FALSE(says("weights: ")) << said;
  EXPECT_TRUE(says("samples: run/samples, report: ")) << said;
}

// A sample is twice a weight: infinite, though weights and losses are finite.
// What nothing is learned from does not end the run, nor does it accuse the
// machine of having erred.
TEST_F(Health, LetsSamplesBeInfinite) {
  format::ExecutableT tables = explodingTables(1000);
  tables.phases[0]->length = 100;
  writeTrainer("trainer", std::move(tables));
  ASSERT_EQ(call("train --data random --steps 1 --run-dir a"), 0) << said;
  copyWithGreatest(folder / "a/weights.safetensors",
                   folder / "large.safetensors", 1);
  EXPECT_EQ(call("train --data random --weights large.safetensors --run-dir "
                 "run"),
            0);
  EXPECT_FALSE(says("warning: ")) << said;
  EXPECT_NE(contentOf(folder / "run/metrics.jsonl")
                .find("\"samples.diversity\":null"),
            std::string::npos);
}

// From step 25 on w += x * 1e36, and the loss is the sum of that: it blows up,
// and w, which is as great as can be, becomes infinite.
static format::ExecutableT leapingTables() {
  format::ExecutableT tables = explodingTables(1000);
  tables.phases[0]->length = 60;
  format::EntryT &step = *tables.entries[1];
  step.nodes[1]->arguments[0] = X;
  step.nodes[3]->arguments[0] = G;
  step.nodes[3]->dependencies = {1};
  format::ClockExpressionT &choice = *step.inputs[1]->clock;
  choice.arguments[0]->op = ClockOp::Ge;
  choice.arguments[0]->arguments[1]->value = 24;
  choice.arguments[1]->value = 1e36;
  return tables;
}

// Whoever wants to be warned of what is not finite, and stopped by an alarm.
TEST_F(Health, SavesNothingBadWhereAnAlarmEndsTheRun) {
  writeTrainer("trainer", leapingTables());
  ASSERT_EQ(call("train --data random --steps 1 --run-dir a"), 0) << said;
  copyWithGreatest(folder / "a/weights.safetensors",
                   folder / "large.safetensors", 64 * 32);
  EXPECT_EQ(call("train --data random --weights large.safetensors --run-dir "
                 "run --save-every 10 --on-nan warn --on-alarm stop"),
            1);
  EXPECT_TRUE(says("'player.loss' has blown up: ")) << said;
  EXPECT_TRUE(
      says("; the state after 29 steps is not finite and not saved, that "
           "after 20 is in run/checkpoints"))
      << said;
  EXPECT_EQ(checkpoints(),
            (std::vector<std::string>{"000000010", "000000020"}));
}

// The same step goes wrong whatever the random numbers are: in the end the run
// is given up.
TEST_F(Health, RollsBackOnlySoOften) {
  EXPECT_EQ(call("train --data random --seed 1 --run-dir run --save-every 2 "
                 "--on-nan rollback"),
            1);
  for (const char *words :
       {"; the run goes on after step 4, with other random numbers and another "
        "order of the data than before (rollback 1)",
        "(rollback 3)", ", and after 3 rollbacks to step 4"})
    EXPECT_TRUE(says(words)) << words << said;
  EXPECT_FALSE(says("rollback 4)")) << said;
}

TEST_F(Health, RefusesWeightsThatAreNotFinite) {
  ASSERT_EQ(call("train --data random --steps 1 --run-dir a"), 0) << said;
  std::string path = folder / "a/weights.safetensors";
  FileBytes weights = *readFile(path, 1 << 20);
  std::memset(weights.data() + weights.size() - 4, 0xff, 4);
  ASSERT_TRUE(writeFile(folder / "bad.safetensors", weights).ok());
  EXPECT_EQ(call("train --data random --weights bad.safetensors --run-dir b"),
            1);
  EXPECT_EQ(said, "error: bad.safetensors: G.w[63, 31] is nan before the first "
                  "step\n");
  EXPECT_FALSE(exists(folder / "b"));
}

TEST_F(Health, RefusesOtherActions) {
  EXPECT_EQ(call("train --data random --on-nan ignore"), 2);
  EXPECT_EQ(said, "error: --on-nan: expected stop, rollback or warn, found "
                  "'ignore'\n");
  EXPECT_EQ(call("train --data random --on-alarm never"), 2);
}

TEST_F(Health, SaysNothingWhenQuiet) {
  EXPECT_EQ(call("train --data random --steps 5 --run-dir run --quiet"), 0);
  EXPECT_EQ(said, "");
}

TEST_F(Health, PlansWithoutATrace) {
  ASSERT_EQ(call("train --data random --steps 5 --run-dir run --dry-run"), 0)
      << said;
  for (const char *words :
       {"device   ",
        "memory   arena 48.2 KiB, of which parameters, states and "
        "optimizers 8.0 KiB",
        "steps    5\n", "         15 runs of train.0, ", "time     about 0:00 ",
        "disk     at most ", "         free: "})
    EXPECT_TRUE(says(words)) << words << said;
  EXPECT_FALSE(exists(folder / "run"));
  ASSERT_EQ(call("train --data random --steps 1 --dry-run"), 0) << said;
  EXPECT_TRUE(says("time     about 0:00 for the steps, as 1 of them")) << said;
  // What is evaluated is saved, and the best is kept beside the latest.
  ASSERT_EQ(call("train --data random --steps 6 --save-every 0 --keep 1 "
                 "--evaluate-every 2 --count 50 --dry-run"),
            0)
      << said;
  EXPECT_TRUE(says(": 3 checkpoints of 8.0 KiB, of which 2 are kept")) << said;
  EXPECT_TRUE(says("; 9 lines of metrics ")) << said;
  ASSERT_EQ(call("train --data random --steps 4 --run-dir run"), 0) << said;
  ASSERT_EQ(call("train --data random --steps 4 --run-dir run --dry-run"), 0);
  EXPECT_TRUE(says("steps    4, of which 4 are done")) << said;
  EXPECT_TRUE(says("time     none, the run is over")) << said;
}
