// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The log of metrics, and the table and the curves that are made of it.
#include "runtime/base/Fault.h"
#include "runtime/base/Json.h"
#include "runtime/report/Curves.h"
#include "runtime/report/MetricsLog.h"
#include "runtime/report/MetricsTable.h"
#include "test/runtime/base/Content.h"
#include "test/runtime/base/ScratchFolder.h"

#include <gtest/gtest.h>

#include <limits>

using namespace gan::runtime;
using namespace gan::test;

static const double kNan = std::numeric_limits<double>::quiet_NaN();

TEST(MetricsLog, WritesOneObjectALine) {
  ScratchFolder folder;
  StepReport report{
      .step = 500,
      .phase = "train",
      .imagesPerSecond = 51.25,
      .metrics = {{"discriminator.loss", 0.5}, {"generator.loss", kNan}}};
  Result<MetricsLog> log = MetricsLog::open(folder / "metrics.jsonl");
  ASSERT_TRUE(log.ok());
  ASSERT_TRUE(log->append(report).ok());
  ASSERT_TRUE(log->append(report).ok());
  std::string line = R"({"step":500,"phase":"train","images_per_second":51.25,)"
                     R"("discriminator.loss":0.5,"generator.loss":null})";
  EXPECT_EQ(contentOf(folder / "metrics.jsonl"), line + "\n" + line + "\n");
}

TEST(MetricsLog, TellsOfEvents) {
  ScratchFolder folder;
  std::string path = folder / "metrics.jsonl";
  {
    Result<MetricsLog> log = MetricsLog::open(path);
    ASSERT_TRUE(log.ok());
    ASSERT_TRUE(
        log->append(StepReport{.step = 4, .phase = "p", .metrics = {}}).ok());
    ASSERT_TRUE(log->append(RunEvent{.step = 4,
                                     .kind = "nan",
                                     .action = "rollback",
                                     .first = 9,
                                     .text = "'g.loss' is nan"})
                    .ok());
  }
  std::vector<uint64_t> steps;
  std::vector<std::string> events;
  ASSERT_TRUE(MetricsLog::read(
                  path, [&](const StepReport &r) { steps.push_back(r.step); },
                  [&](const RunEvent &e) { events.push_back(jsonLine(e)); })
                  .ok());
  EXPECT_EQ(steps, std::vector<uint64_t>{4});
  EXPECT_EQ(events,
            std::vector<std::string>{
                R"({"step":4,"event":"nan","action":"rollback","first":9,)"
                R"("text":"'g.loss' is nan"})"});
  EXPECT_TRUE(MetricsLog::cut(path, 4).ok());
  EXPECT_NE(contentOf(path).find("rollback"), std::string::npos);
}

TEST(MetricsLog, BeginsALineBehindHalfOfOne) {
  ScratchFolder folder;
  std::string path = folder / "metrics.jsonl";
  // Of a process that was killed, and of a disk that was full for a moment.
  ASSERT_TRUE(writeFile(path, bytesOf("{\"step\":1}\n{\"step\":2,\"a")).ok());
  Result<MetricsLog> log = MetricsLog::open(path);
  ASSERT_TRUE(log.ok());
  auto add = [&](uint64_t step) {
    return log->append(StepReport{.step = step, .phase = "a", .metrics = {}})
        .ok();
  };
  EXPECT_TRUE(add(3));
  injectFault({.kind = FaultKind::ShortWrite, .at = 0});
  EXPECT_FALSE(add(4));
  clearFault();
  EXPECT_TRUE(add(5));
  injectFault({.kind = FaultKind::NoSpace, .at = 0}); // nothing is written
  EXPECT_FALSE(add(6));
  clearFault();
  EXPECT_TRUE(add(6));
  std::vector<uint64_t> steps;
  ASSERT_TRUE(MetricsLog::read(
                  path, [&](const StepReport &r) { steps.push_back(r.step); },
                  [](const RunEvent &) {})
                  .ok());
  EXPECT_EQ(steps, (std::vector<uint64_t>{1, 3, 5, 6}));
  EXPECT_EQ(contentOf(path).find("\n\n"), std::string::npos);
}

TEST(MetricsLog, IsCutBehindAStep) {
  ScratchFolder folder;
  std::string path = folder / "metrics.jsonl";
  auto cut = [&](const std::string &text, uint64_t step) {
    EXPECT_TRUE(writeFile(path, bytesOf(text)).ok());
    EXPECT_TRUE(MetricsLog::cut(path, step).ok());
    return contentOf(path);
  };
  std::string one = "{\"step\":1}\n", five = "{\"step\":5,\"a\":null}\n";
  EXPECT_EQ(cut(one + five, 5), one + five);
  EXPECT_EQ(cut(one + five, 4), one);
  EXPECT_EQ(cut(one + five, 0), "");
  // What a killed process left of its last line.
  EXPECT_EQ(cut(one + "{\"step\":2,\"a", 5), one);
  EXPECT_EQ(cut(one + "{\"st\n" + five, 5), one + five);
  // `evaluate` adds its line behind those of steps that were never saved.
  std::string measured = "{\"step\":1,\"evaluation.fid\":2}\n";
  EXPECT_EQ(cut(one + five + measured, 4), one + measured);
  // Of two rollbacks to step 1 a checkpoint knows the first.
  auto back = [](uint64_t number) {
    return jsonLine(RunEvent{.step = 1,
                             .kind = "nan",
                             .action = "rollback",
                             .first = 4,
                             .text = "",
                             .rollbacks = number}) +
           "\n";
  };
  ASSERT_TRUE(writeFile(path, bytesOf(one + back(1) + back(2))).ok());
  EXPECT_TRUE(MetricsLog::cut(path, 1, /*rollbacks=*/1).ok());
  EXPECT_EQ(contentOf(path), one + back(1));
  EXPECT_TRUE(MetricsLog::cut(folder / "none", 5).ok());
  EXPECT_FALSE(exists(folder / "none"));
}

TEST(MetricsTable, HasAColumnAMetric) {
  ScratchFolder folder;
  std::string log = folder / "m.jsonl";
  ASSERT_TRUE(
      writeFile(log, bytesOf(R"({"step":1,"phase":"a","images_per_second":2,)"
                             R"("d.loss":0.5,"g.loss":null})"
                             "\n"
                             R"({"step":1,"event":"nan","action":"warn",)"
                             R"("first":1,"text":"x"})"
                             "\n"
                             R"({"step":2,"phase":"b,c","images_per_second":3,)"
                             R"("fid":7})"
                             "\n{\"st"))
          .ok());
  ASSERT_TRUE(writeMetricsTable(log, folder / "m.csv").ok());
  EXPECT_EQ(contentOf(folder / "m.csv"),
            "step,phase,images_per_second,d.loss,g.loss,fid\n"
            "1,a,2,0.5,nan,\n2,\"b,c\",3,,,7\n");
}

TEST(Curves, KeepMeanLeastAndGreatest) {
  Curves curves;
  constexpr uint64_t kSteps = 100000;
  for (uint64_t step = 1; step <= kSteps; ++step)
    curves.add({.step = step,
                .phase = "train",
                .imagesPerSecond = 1,
                .metrics = {{"g.loss", step == 777    ? 1e6
                                       : step < 50000 ? double(step)
                                                      : kNan}}});
  std::string text;
  curves.print([&](std::string_view piece) { text += piece; });
  Json json = *parseJson(text, "curves");
  ASSERT_EQ(json.size(), 2u);
  EXPECT_EQ(json[0]["name"], "g.loss");
  EXPECT_EQ(json[0]["values"], kSteps);
  EXPECT_EQ(json[1]["name"], "images_per_second");
  const Json &points = json[0]["points"];
  EXPECT_LE(points.size(), Curves::kMostPoints);
  EXPECT_GT(points.size(), Curves::kMostPoints / 2 - 1);
  // A spike stays, whatever becomes of its neighbours; no value at all does,
  // too.
  double greatest = 0, steps = 0;
  for (const Json &point : points) {
    EXPECT_GT(point[0].get<double>(), steps);
    steps = point[0].get<double>();
    if (!point[3].is_null())
      greatest = std::max(greatest, point[3].get<double>());
  }
  EXPECT_EQ(greatest, 1e6);
  EXPECT_TRUE(points.back()[1].is_null());
  EXPECT_EQ(points[0][2], 1);
}
