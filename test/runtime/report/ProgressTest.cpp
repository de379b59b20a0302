// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The line that people see while a run goes on.
#include "runtime/report/Progress.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace gan::runtime;

TEST(Progress, TellsStepLossesRateAndTime) {
  StepReport report{.step = 500,
                    .phase = "train",
                    .imagesPerSecond = 51.23,
                    .metrics = {{"generator.loss", 1.20412}}};
  std::string details = detailsText(report);
  EXPECT_EQ(details, "generator.loss 1.204  51.2 images/s");
  report.metrics[0].second = -std::nan("");
  EXPECT_EQ(detailsText(report), "generator.loss nan  51.2 images/s");
  EXPECT_EQ(progressText("step", 500, 1000, details, 102.4),
            "step 500/1000  generator.loss 1.204  51.2 images/s  1:42 left");
  EXPECT_EQ(progressText("sample", 500, 1000, "", 7389),
            "sample 500/1000  2:03:09 left");
}

TEST(Progress, DrawsABarThatFits) {
  EXPECT_EQ(barText("step", 500, 1000, "loss 1", 102.4, /*columns=*/200),
            "[##########          ]  50%  step 500/1000  1:42 left  loss 1");
  EXPECT_EQ(barText("step", 1000, 1000, "", 0, /*columns=*/0),
            "[####################] 100%  step 1000/1000  0:00 left  ");
  EXPECT_EQ(barText("step", 0, 1000, "loss 1", 9, /*columns=*/40).size(), 39u);
}
