// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What a GPU device asks of its driver, whichever that is.
#include "runtime/device/Inputs.h"
#include "runtime/device/gpu/ChooseCode.h"
#include "runtime/device/gpu/LaunchNodes.h"
#include "runtime/device/gpu/NodeOrder.h"
#include "test/runtime/executable/TestExecutable.h"

#include <gtest/gtest.h>

#include <algorithm>

using namespace gan;
using namespace gan::runtime;
using namespace gan::test;

namespace {
struct ImageOf {
  const char *architecture;
  format::GpuImageKind kind;
};
constexpr format::GpuImageKind Ptx = format::GpuImageKind::Ptx;
constexpr format::GpuImageKind Cubin = format::GpuImageKind::Cubin;
} // namespace

static Executable load(format::ExecutableT tables,
                       const std::vector<std::vector<std::byte>> &code) {
  Result<Executable> exe =
      Executable::loadBytes(assemble(std::move(tables), code), "f");
  EXPECT_TRUE(exe.ok()) << exe.status().text();
  return exe.take();
}

// A file whose code for GPUs is of the given kinds; the bytes of number i are
// i.
static Executable withImages(const std::vector<ImageOf> &images) {
  format::ExecutableT tables = makeGpuTables();
  tables.gpu_images.clear();
  std::vector<std::vector<std::byte>> code = {kernelImage(), kernelImage()};
  for (const ImageOf &each : images) {
    auto image = std::make_unique<format::GpuImageT>();
    image->architecture = each.architecture;
    image->kind = each.kind;
    image->segment = code.size();
    code.push_back({std::byte(tables.gpu_images.size())});
    tables.gpu_images.push_back(std::move(image));
  }
  return load(std::move(tables), code);
}

static GpuProperties gpu(unsigned architecture) {
  return {.description = "a GPU",
          .architecture = architecture,
          .takesCubins = true,
          .sharedBytes = 48 * 1024};
}

TEST(ChooseCode, TakesWhatIsNearestToTheGpu) {
  Executable exe = withImages({{"sm_80", Ptx},
                               {"sm_80", Cubin},
                               {"sm_90a", Cubin},
                               {"sm_86", Cubin},
                               {"sm_90", Ptx},
                               {"sm_100f", Ptx}});
  struct Case {
    unsigned architecture, image;
  };
  for (auto [architecture, image] :
       {Case{80, 1}, Case{86, 3}, Case{89, 3}, Case{90, 2}, Case{100, 5},
        Case{103, 5}, Case{120, 4}}) {
    Result<GpuCode> code = chooseCode(exe, gpu(architecture));
    ASSERT_TRUE(code.ok()) << code.status().text();
    EXPECT_EQ(unsigned(code->bytes[0]), image) << architecture;
    EXPECT_EQ(code->name, "test.ptx");
  }
  GpuProperties textOnly = gpu(80);
  textOnly.takesCubins = false;
  EXPECT_EQ(chooseCode(exe, textOnly)->image->kind(), Ptx);
}

static std::string refusal(const Executable &exe,
                           const GpuProperties &properties) {
  Status status = chooseCode(exe, properties).status();
  EXPECT_EQ(status.code(), Code::Unsupported);
  return status.text();
}

TEST(ChooseCode, SaysWhyThereIsNone) {
  EXPECT_EQ(
      refusal(load(makeTables(), {kernelImage(), kernelImage()}), gpu(80)),
      "f: has no code for GPUs: build it with --target=cuda");
  EXPECT_EQ(
      refusal(withImages({{"sm_90a", Cubin}, {"sm_90a", Ptx}}), gpu(100)),
      "f: has code for sm_90a (cubin), sm_90a (PTX), but none that this GPU (a "
      "GPU, sm_100) runs");
  format::ExecutableT tables = makeGpuTables();
  tables.kernels[Scale]->gpu.reset();
  tables.entries[1]->nodes[1]->location = "test.gan:7:3";
  EXPECT_EQ(refusal(load(std::move(tables),
                         {kernelImage(), kernelImage(), kernelPtx()}),
                    gpu(80)),
            "test.gan:7:3: kernel 'scale' has no form for GPUs");
  tables = makeGpuTables();
  tables.kernels[Scratch]->gpu->shared_bytes = 100000;
  EXPECT_EQ(refusal(load(std::move(tables),
                         {kernelImage(), kernelImage(), kernelPtx()}),
                    gpu(80)),
            "f: kernel 'scratch' shares 100000 bytes in a block, this GPU has "
            "49152");
  tables = makeGpuTables();
  auto entry = std::make_unique<format::GpuEntryT>();
  entry->name = "add";
  entry->shared_bytes = 100000;
  tables.gpu_images[0]->entries.push_back(std::move(entry));
  Executable exe =
      load(std::move(tables), {kernelImage(), kernelImage(), kernelPtx()});
  GpuProperties properties = gpu(80);
  properties.mostShared = 99999;
  EXPECT_EQ(refusal(exe, properties),
            "f: launch 'add' shares 100000 bytes in a block, this GPU has "
            "99999");
  properties.mostShared = 100000;
  EXPECT_TRUE(chooseCode(exe, properties).ok());
}

// 0 and 1 may go first, 2 waits for 0, 3 for 1 and 2.
TEST(NodeOrder, KeepsDependencies) {
  std::vector<GpuNode> nodes(4);
  nodes[2].dependencies = {0};
  nodes[3].dependencies = {1, 2};
  using Order = std::vector<uint32_t>;
  EXPECT_EQ(orderNodes(nodes, sim::Schedule::RoundRobin, 0),
            (Order{0, 1, 2, 3}));
  EXPECT_EQ(orderNodes(nodes, sim::Schedule::Reverse, 0), (Order{1, 0, 2, 3}));
  bool differs = false;
  for (uint64_t seed = 0; seed < 20; ++seed) {
    Order order = orderNodes(nodes, sim::Schedule::Random, seed);
    ASSERT_EQ(order.size(), 4u);
    auto place = [&](uint32_t node) {
      return std::find(order.begin(), order.end(), node);
    };
    EXPECT_LT(place(0), place(2));
    EXPECT_EQ(order.back(), 3u);
    differs |= order != Order{0, 1, 2, 3};
  }
  EXPECT_TRUE(differs);
  EXPECT_TRUE(orderNodes({}, sim::Schedule::Random, 1).empty());
}

// A run begins when all of the one before it is done, however many nodes that
// ends with; inputs are read where they were uploaded to.
TEST(LaunchNodes, JoinsRuns) {
  Executable exe =
      load(makeGpuTables(), {kernelImage(), kernelImage(), kernelPtx()});
  std::vector<uint32_t> entries = {2, 1, 2, 1};
  LaunchNodes nodes =
      gatherLaunches(exe, entries, {.arena = 1 << 20, .inputs = 4096});
  using Nodes = std::vector<uint32_t>;
  std::vector<Nodes> dependencies;
  for (const GpuNode &node : nodes.launches)
    dependencies.push_back(node.dependencies);
  // "train.0" ends with its last node, and with the group of its third and
  // fourth.
  EXPECT_EQ(dependencies, (std::vector<Nodes>{{}, // samples
                                              {0},
                                              {1},
                                              {1, 2},
                                              {2},
                                              {3, 4},
                                              {5}, // samples
                                              {6},
                                              {7},
                                              {7, 8},
                                              {8},
                                              {9, 10}}));
  EXPECT_EQ(nodes.members.size(), nodes.launches.size());
  EXPECT_EQ(nodes.members[3].entry, 1u);
  EXPECT_EQ(nodes.members[3].first, 2u);
  EXPECT_EQ(nodes.members[3].count, 2u);
  EXPECT_EQ(nodes.launches[1].arguments[0].address, 4096u);
  EXPECT_EQ(nodes.launches[7].arguments[0].address,
            4096 + layOutInputs(exe.tables(), 1).bytes);
}

static uint64_t slotOf(format::ExecutableT tables) {
  return slotBytes(
      load(std::move(tables), {kernelImage(), kernelImage()}).tables());
}

TEST(Inputs, FitIntoASlot) {
  constexpr uint64_t kRun = 4 * kElements + 64;
  EXPECT_EQ(slotOf(makeTables()), 3 * kRun);
  format::ExecutableT tables = makeTables();
  format::MoveT *repeat = tables.phases[0]->body[0].get();
  repeat->condition->value = 1e30;
  EXPECT_EQ(slotOf(tables), kMostRuns * kRun);
  repeat->condition->op = format::ClockOp::Step;
  repeat->condition->value = 0;
  EXPECT_EQ(slotOf(tables), kMostRuns * kRun);
  repeat->condition->op = format::ClockOp::Number;
  EXPECT_EQ(slotOf(tables), kRun); // no run, but one must fit
  // Of two ways to go on the larger one counts.
  repeat->kind = format::MoveKind::When;
  repeat->otherwise.push_back(
      std::make_unique<format::MoveT>(*repeat->body[0]));
  repeat->otherwise.push_back(
      std::make_unique<format::MoveT>(*repeat->body[0]));
  EXPECT_EQ(slotOf(tables), 2 * kRun);
}
