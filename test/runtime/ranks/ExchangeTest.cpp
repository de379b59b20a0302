// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Two ranks, as threads with a device each, compute what one computes.
#include "runtime/device/Device.h"
#include "runtime/device/Inputs.h"
#include "test/runtime/executable/ShardTables.h"
#include "test/runtime/ranks/ThreadRanks.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>

using namespace gan;
using namespace gan::runtime;
using namespace gan::test;

using Values = std::vector<float>;

static std::span<std::byte> bytesOf(Values &values) {
  return std::as_writable_bytes(std::span(values));
}

// Weights and loss after three steps as rank `rank` of `ranks`, on data that
// depend on the shard.
static Values play(uint32_t rank, uint32_t ranks, Communicator *communicator) {
  Result<Executable> loaded =
      Executable::loadBytes(makeShardExecutable(), "shards");
  Result<Executable> own = Executable::ofRank(loaded.take(), rank, ranks);
  DeviceOptions options;
  options.threads = 2;
  options.ranks = communicator;
  Result<std::unique_ptr<Device>> device = createDevice("cpu", options);
  EXPECT_TRUE(own.ok() && device.ok());
  EXPECT_TRUE((*device)->load(*own).ok());
  const uint32_t entries[] = {1};
  Result<std::unique_ptr<Program>> step = (*device)->prepare(entries);
  EXPECT_TRUE(step.ok()) << step.status().text();
  for (int i = 0; i < 3; ++i) {
    const auto &inputs = *own->tables().entries()->Get(1)->inputs();
    InputBlock block = layOutInputs(own->tables(), 1);
    for (uint32_t b = 0; b < inputs.size(); ++b) {
      const format::Binding &input = *inputs.Get(b);
      if (input.kind() != format::BindingKind::Data)
        continue;
      Values x(kElements);
      for (uint32_t k = 0; k < kElements; ++k)
        x[k] = std::sin(static_cast<float>(k + 7 * i + 100 * input.first()));
      std::memcpy((*device)->slot(0).data() + block.offsets[b], x.data(),
                  bindingBytes(input));
    }
    EXPECT_TRUE((*device)->submit(**step, 0).ok());
    EXPECT_TRUE((*device)->reclaim(0).ok());
  }
  Values result(kElements + 1);
  std::span<std::byte> bytes = bytesOf(result);
  EXPECT_TRUE((*device)->read(W, bytes.first(kElements * sizeof(float))).ok());
  EXPECT_TRUE((*device)->read(Loss, bytes.last(sizeof(float))).ok());
  EXPECT_TRUE((*device)->wait().ok());
  return result;
}

TEST(Exchange, TwoRanksEqualOne) {
  Values expected = play(0, 1, nullptr);
  EXPECT_NE(expected.back(), 0);
  asRanks(2, [&](Communicator &ranks) {
    Values found = play(ranks.rank(), 2, &ranks);
    EXPECT_EQ(std::memcmp(found.data(), expected.data(),
                          expected.size() * sizeof(float)),
              0)
        << "rank " << ranks.rank();
  });
}
