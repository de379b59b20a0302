// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/app/NodeView.h"
#include "runtime/format/Hash.h"
#include "test/runtime/executable/TestExecutable.h"

#include <gtest/gtest.h>

using namespace gan;
using namespace gan::runtime;

static Executable open(format::ExecutableT tables) {
  Result<Executable> executable = Executable::loadBytes(
      test::assemble(std::move(tables),
                     {test::kernelImage(), test::kernelImage()}),
      "test");
  EXPECT_TRUE(executable.ok()) << executable.status().text();
  return executable.take();
}

TEST(NodeView, TellsOfKernelsAndCopies) {
  Executable executable = open(test::makeTables());
  NodeView sum = viewOfNode(executable, 1, 0);
  EXPECT_EQ(sum.location, "test.gan:1:1");
  EXPECT_GT(sum.flops, 0);
  NodeView copy = viewOfNode(executable, 1, 4);
  EXPECT_EQ(copy.name, "copy");
  EXPECT_EQ(copy.hero, "");
  EXPECT_EQ(copy.bytes, 2.0 * 4 * test::kElements);
}

TEST(NodeView, AddsWhatOneLaunchRuns) {
  Result<Executable> executable =
      Executable::loadBytes(test::makeGpuExecutable(), "test");
  ASSERT_TRUE(executable.ok()) << executable.status().text();
  NodeView pair = viewOfNode(*executable, 1, 2, /*nodes=*/2);
  EXPECT_EQ(pair.name, "pair");
  EXPECT_EQ(pair.hero, "group");
  EXPECT_EQ(pair.location, "test.gan:1:1");
  EXPECT_EQ(pair.flops, viewOfNode(*executable, 1, 2).flops +
                            viewOfNode(*executable, 1, 3).flops);
}

TEST(NodeView, FindsTheInnermostLineOfTheModel) {
  format::ExecutableT tables = test::makeTables();
  tables.source_name = "models/net.gan";
  Executable executable = open(std::move(tables));
  EXPECT_EQ(lineOfModel(executable, "grad of layers.gan:10:11 from "
                                    "net.gan:12:5 from net.gan:30:1"),
            12u);
  EXPECT_EQ(lineOfModel(executable, "net.gan:7:1"), 7u);
  EXPECT_EQ(lineOfModel(executable, "other_net.gan:7:1"), 0u);
  EXPECT_EQ(lineOfModel(executable, "other_net.gan:7:1 from net.gan:8:2"), 8u);
  EXPECT_EQ(lineOfModel(executable, ""), 0u);
}

TEST(NodeView, GivesTheTextOfALine) {
  format::ExecutableT tables = test::makeTables();
  tables.source = "model m {\n  fn f(h) = relu(h)\t\r\n\n}";
  tables.source_hash =
      format::hashBytes(tables.source.data(), tables.source.size());
  Executable executable = open(std::move(tables));
  EXPECT_EQ(textOfLine(executable, 1), "model m {");
  EXPECT_EQ(textOfLine(executable, 2), "fn f(h) = relu(h)");
  EXPECT_EQ(textOfLine(executable, 3), "");
  EXPECT_EQ(textOfLine(executable, 4), "}");
  EXPECT_EQ(textOfLine(executable, 5), "");
}
