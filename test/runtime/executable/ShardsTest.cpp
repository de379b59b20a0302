// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Tables of one shard are checked, and spread over ranks.
#include "runtime/executable/Shards.h"
#include "runtime/executable/Verify.h"
#include "test/runtime/executable/Damages.h"
#include "test/runtime/executable/ShardTables.h"

using namespace gan;
using namespace gan::runtime;
using namespace gan::test;

using Tables = format::ExecutableT;
using Numbers = std::vector<uint32_t>;

static constexpr uint64_t kTensor = kElements * sizeof(float);

static Result<Executable> loadFor(uint32_t rank, uint32_t ranks) {
  Result<Executable> whole = Executable::loadBytes(makeShardExecutable(), "f");
  if (!whole.ok())
    return whole;
  return Executable::ofRank(whole.take(), rank, ranks);
}

static const format::Entry &stepOf(const Executable &executable) {
  return *executable.tables().entries()->Get(1);
}

static Numbers numbersOf(const flatbuffers::Vector<uint32_t> *vector) {
  return vector ? Numbers(vector->begin(), vector->end()) : Numbers();
}

// Launches that touch the same bytes wait for each other in what was spread,
// too: the check does not know of shards.
static void expectOrder(const Executable &executable) {
  std::string name = "spread";
  verify::Subject subject{executable.tables(), name};
  Status good = verify::verifyOrder(subject, stepOf(executable));
  EXPECT_TRUE(good.ok()) << good.text();
}

TEST(Shards, OneRankHasAll) {
  Result<Executable> loaded = loadFor(0, 1);
  ASSERT_TRUE(loaded.ok()) << loaded.status().text();
  expectOrder(*loaded);
  const auto &nodes = *stepOf(*loaded).nodes();
  // Two adds, two copies into their places, two launches, two adds.
  ASSERT_EQ(nodes.size(), 8u);
  for (uint32_t i = 0; i < nodes.size(); ++i)
    EXPECT_EQ(nodes.Get(i)->kind(), i == 2 || i == 3
                                        ? format::NodeKind::Copy
                                        : format::NodeKind::Launch);
  EXPECT_EQ(numbersOf(nodes.Get(2)->dependencies()), (Numbers{0, 1}));
  EXPECT_EQ(numbersOf(nodes.Get(4)->dependencies()), (Numbers{2, 3}));
  EXPECT_EQ(numbersOf(nodes.Get(6)->dependencies()), Numbers{0});
  EXPECT_EQ(numbersOf(nodes.Get(7)->dependencies()), Numbers{1});
  uint64_t shared = makeShardTables().shard_offset;
  uint64_t own = makeShardTables().arena_bytes - shared;
  EXPECT_EQ(loaded->tables().arena_bytes(), shared + 2 * own);
  EXPECT_EQ(shardsOf(loaded->tables()), 1u);
}

TEST(Shards, RanksHaveTheirOwn) {
  for (uint32_t rank : {0, 1}) {
    Result<Executable> loaded = loadFor(rank, 2);
    ASSERT_TRUE(loaded.ok()) << loaded.status().text();
    expectOrder(*loaded);
    const format::Entry &step = stepOf(*loaded);
    ASSERT_EQ(step.nodes()->size(), 6u);
    const format::Node &exchange = *step.nodes()->Get(2);
    EXPECT_EQ(exchange.kind(), format::NodeKind::Collective);
    const auto &buffers = *loaded->tables().buffers();
    const format::Buffer &part = *buffers.Get(exchange.arguments()->Get(0));
    const format::Buffer &whole = *buffers.Get(exchange.arguments()->Get(1));
    EXPECT_EQ(whole.bytes(), 2 * kTensor);
    EXPECT_EQ(part.bytes(), kTensor);
    EXPECT_EQ(part.offset(), whole.offset() + rank * kTensor);
    ASSERT_EQ(step.inputs()->size(), 3u);
    EXPECT_EQ(step.inputs()->Get(0)->first(), rank * 32u); // samples
    EXPECT_EQ(step.inputs()->Get(0)->batch(), 64u);
    EXPECT_EQ(step.inputs()->Get(2)->first(), rank); // the shard's number
  }
}

TEST(Shards, GroupsStayTogether) {
  format::ExecutableT tables = makeShardTables();
  format::ExecutableT gpu = makeGpuTables();
  tables.gpu_groups = std::move(gpu.gpu_groups);
  tables.gpu_groups[0]->kernels = {Add, Add};
  tables.entries[1]->nodes[1] =
      std::make_unique<format::NodeT>(*tables.entries[1]->nodes[0]);
  tables.entries[1]->nodes[1]->arguments = {X, W, K};
  tables.entries[1]->nodes.resize(2);
  tables.entries[1]->groups = {format::GroupedNodes(0, 0)};
  spreadShards(tables, 0, 1);
  const format::EntryT &step = *tables.entries[1];
  ASSERT_EQ(step.groups.size(), 2u);
  EXPECT_EQ(step.groups[1].first(), 2u);
  ASSERT_EQ(step.nodes.size(), 4u);
  EXPECT_EQ(step.nodes[1]->arguments, (Numbers{X, W, K}));
  EXPECT_EQ(step.nodes[3]->arguments[1], W);
  EXPECT_NE(step.nodes[3]->arguments[2], K);
}

TEST(Shards, PlannedBatchesAreOfOne) {
  for (uint32_t ranks : {1, 2}) {
    format::ExecutableT tables = makeShardTables();
    tables.batches = {{64, tables.arena_bytes}, {32, 64}};
    spreadShards(tables, 0, ranks);
    EXPECT_EQ(tables.batches.size(), ranks == 2 ? 2u : 0u);
  }
}

TEST(Shards, RanksMustDivideThem) {
  Result<Executable> loaded = loadFor(0, 3);
  EXPECT_EQ(
      loaded.status().text(),
      "f: cuts the samples of moves into 2 shards, which cannot be spread "
      "evenly over 3 ranks; 'ganc build --shards=3' makes a trainer that "
      "can");
}

TEST(Shards, TablesAreChecked) {
  auto step = [](Tables &t) -> format::EntryT & { return *t.entries[1]; };
  auto exchange = [&](Tables &t) -> format::NodeT & {
    return *step(t).nodes[1];
  };
  const Damage cases[] = {
      {"has 2000 shards with bytes from", [](Tables &t) { t.shards = 2000; }},
      {"has 2 shards with bytes from 1 on in an arena of",
       [](Tables &t) { t.shard_offset = 1; }},
      {"buffer 9 lies across the end of what shards share",
       [](Tables &t) { t.shard_offset -= kTensor; }},
      {"storage 0 'G.w' differs between shards",
       [](Tables &t) { t.storage[0]->buffer = H; }},
      {"node 1 is a collective with 3 buffers",
       [&](Tables &t) { exchange(t).arguments.push_back(W); }},
      {"node 1 gathers 8192 bytes of each of 2 shards into 8192, or",
       [&](Tables &t) { exchange(t).arguments[1] = S; }},
      {"node 1 gathers 8192 bytes of each of 2 shards into 16384, or these are "
       "not what shards share",
       [&](Tables &t) { exchange(t).arguments[0] = S; }},
      {"node 0 runs for each shard and writes argument 2, which shards share",
       [&](Tables &t) { step(t).nodes[0]->arguments[2] = S; }},
      {"node 2 may exchange before or after node 1",
       [&](Tables &t) {
         step(t).nodes[2] = std::make_unique<format::NodeT>(exchange(t));
       }},
      {"input 2 '' is the number of a shard that is not one i64",
       [&](Tables &t) { step(t).inputs[2]->shape = {1}; }},
      {"input 2 '' is one of a shard, or of a batch of 0 samples, where it "
       "cannot be",
       [&](Tables &t) { step(t).inputs[2]->first = 1; }},
      {"input 0 'photos.x' is one of a shard, or of a batch of 32 samples",
       [&](Tables &t) { step(t).inputs[0]->batch = 32; }},
  };
  for (const Damage &damage : cases) {
    Tables tables = makeShardTables();
    damage.apply(tables);
    expectRefusal(assemble(std::move(tables), {kernelImage(), kernelImage()}),
                  damage.refusal);
  }
}

TEST(Shards, LaunchesAreOfOneKind) {
  Tables tables = makeShardTables();
  Tables gpu = makeGpuTables();
  tables.gpu_images = std::move(gpu.gpu_images);
  tables.gpu_groups = std::move(gpu.gpu_groups);
  for (size_t i = 0; i < tables.kernels.size(); ++i)
    tables.kernels[i]->gpu = std::move(gpu.kernels[i]->gpu);
  // Node 3 sums for all, node 4 adds for each shard.
  std::swap(tables.gpu_groups[0]->kernels[0], tables.gpu_groups[0]->kernels[1]);
  tables.entries[1]->groups = {format::GroupedNodes(3, 0)};
  expectRefusal(
      assemble(std::move(tables), {kernelImage(), kernelImage(), kernelPtx()}),
      "has node 4, which runs for each shard, or its first does, and not both");
}
