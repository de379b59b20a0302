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
  FileBytes weights = *readFile(folder / "a/weights.safetensors", 1 << 20);
  std::vector<float> large(2, std::numeric_limits<float>::max());
  std::memcpy(weights.data() + weights.size() - 8, large.data(), 8);
  ASSERT_TRUE(writeFile(folder / "large.safetensors", weights).ok());
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
  ASSERT_EQ(call("train --data random --steps 4 --run-dir run"), 0) << said;
  ASSERT_EQ(call("train --data random --steps 4 --run-dir run --dry-run"), 0);
  EXPECT_TRUE(says("steps    4, of which 4 are done")) << said;
  EXPECT_TRUE(says("time     none, the run is over")) << said;
}
