// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/Inputs.h"
#include "runtime/health/Detectors.h"
#include "runtime/health/Diversity.h"
#include "runtime/health/Finite.h"
#include "runtime/health/Guard.h"
#include "runtime/health/Origin.h"
#include "test/runtime/executable/TestExecutable.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <limits>

using namespace gan;
using namespace gan::runtime;
using namespace gan::test;

static constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
static constexpr float kInf = std::numeric_limits<float>::infinity();

// ---- what is finite

template <typename T>
static std::optional<NotFinite> look(format::ElementType element,
                                     const std::vector<T> &values) {
  return findNotFinite(element, std::as_bytes(std::span(values)));
}

TEST(Finite, FindsTheFirstThatIsNot) {
  using format::ElementType;
  std::vector<float> values(10000, std::numeric_limits<float>::max());
  values[3] = std::numeric_limits<float>::denorm_min();
  EXPECT_FALSE(look(ElementType::F32, values));
  // In a later block, and behind the last whole one.
  for (size_t at : {0, 4095, 4096, 9999}) {
    for (float bad : {kNan, kInf, -kInf}) {
      std::vector<float> damaged = values;
      damaged[at] = bad;
      std::optional<NotFinite> found = look(ElementType::F32, damaged);
      ASSERT_TRUE(found);
      EXPECT_EQ(found->index, at);
      EXPECT_EQ(nameOfNotFinite(found->value), nameOfNotFinite(bad));
    }
  }
  EXPECT_EQ(look(ElementType::F64, std::vector<double>{1, 1e308, -kInf})->index,
            2u);
  std::vector<uint16_t> halves = {0x3f80, 0x7f7f, 0x0001, 0xff80, 0x7fc0};
  EXPECT_EQ(look(ElementType::BF16, halves)->index, 3u);
  EXPECT_EQ(nameOfNotFinite(look(ElementType::BF16, halves)->value), "-inf");
  halves[3] = 0xff7f;
  EXPECT_EQ(nameOfNotFinite(look(ElementType::BF16, halves)->value), "nan");
  // All bits set are a nan only where they are a real.
  EXPECT_FALSE(look(ElementType::I64, std::vector<int64_t>{-1}));
  EXPECT_FALSE(look(ElementType::I32, std::vector<int32_t>{-1}));
  EXPECT_EQ(nameOfNotFinite(-kNan), "nan");
  EXPECT_EQ(nameOfNotFinite(-kInf), "-inf");
}

// ---- a game that goes wrong

namespace {
// The test executable on the cpu, run node by node.
class Nodes : public ::testing::Test {
protected:
  void SetUp() override { open(makeTables()); }

  void open(format::ExecutableT tables) {
    step.reset();
    device.reset();
    file = assemble(std::move(tables), {kernelImage(), kernelImage()});
    Result<Executable> loaded = Executable::loadBytes(file, "test");
    ASSERT_TRUE(loaded.ok()) << loaded.status().text();
    exe = std::make_unique<Executable>(loaded.take());
    DeviceOptions options;
    options.threads = 1;
    finder = std::make_unique<OriginFinder>(*exe);
    options.afterNode = [this](uint32_t entry, uint32_t node) {
      order.push_back(node);
      Status status = finder->afterNode(*device, entry, node);
      EXPECT_TRUE(status.ok()) << status.text();
    };
    device = createDevice("cpu", options).take();
    Status status = device->load(*exe);
    if (status.code() == Code::Unsupported)
      GTEST_SKIP() << status.text();
    ASSERT_TRUE(status.ok()) << status.text();
    step = device->prepare(std::array<uint32_t, 1>{1}).take();
    put(W, std::vector<float>(kElements, 2));
    put(X, std::vector<float>(kElements, 3));
    put(Lr, {0.5f});
  }

  void put(uint32_t buffer, const std::vector<float> &values) {
    auto bytes = std::as_bytes(std::span(values));
    const auto &inputs = *exe->tables().entries()->Get(1)->inputs();
    for (uint32_t i = 0; i < inputs.size(); ++i)
      if (inputs.Get(i)->buffer() == buffer) {
        std::copy(bytes.begin(), bytes.end(),
                  device->slot(0).begin() +
                      layOutInputs(exe->tables(), 1).offsets[i]);
        return;
      }
    ASSERT_TRUE(device->write(buffer, bytes).ok());
  }
  std::optional<Origin> run() {
    EXPECT_TRUE(device->submit(*step, /*slot=*/0).ok());
    return finder->find({true});
  }

  // The step, with one nan in x, goes wrong by what its first node read there.
  void expectOriginInX() {
    std::vector<float> x(kElements, 3);
    x[17] = kNan;
    put(X, x);
    std::optional<Origin> origin = run();
    ASSERT_TRUE(origin);
    EXPECT_TRUE(origin->isInput);
    EXPECT_EQ(origin->buffer, X);
    EXPECT_EQ(origin->node, 0u);
    EXPECT_EQ(origin->found.index, 17u);
  }

  std::vector<std::byte> file;
  std::unique_ptr<Executable> exe;
  std::unique_ptr<Device> device;
  std::unique_ptr<Program> step;
  std::unique_ptr<OriginFinder> finder;
  std::vector<uint32_t> order;
};
} // namespace

TEST_F(Nodes, RunOneByOne) {
  EXPECT_FALSE(run());
  EXPECT_EQ(order, (std::vector<uint32_t>{0, 1, 2, 3, 4, 5}));
  std::vector<float> w(kElements);
  ASSERT_TRUE(device->read(W, std::as_writable_bytes(std::span(w))).ok());
  EXPECT_EQ(w[7], 2 + (3 + 2) * 0.5f);
  DeviceOptions options;
  options.afterNode = [](uint32_t, uint32_t) {};
  for (const char *name : {"sim", "cuda", "null"})
    EXPECT_EQ(createDevice(name, options).status().sentence(),
              "only the device cpu runs nodes one by one");
}

TEST_F(Nodes, TellWhichMadeTheFirst) {
  // h = x + w is finite, g = h * lr is not, and w becomes so.
  put(Lr, {std::numeric_limits<float>::max()});
  std::optional<Origin> origin = run();
  ASSERT_TRUE(origin);
  EXPECT_FALSE(origin->isInput);
  EXPECT_EQ(origin->entry, 1u);
  EXPECT_EQ(origin->node, 1u);
  EXPECT_EQ(origin->buffer, G);
  EXPECT_EQ(origin->found.value, kInf);
}

TEST_F(Nodes, TellWhichInputHeldIt) { expectOriginInX(); }

TEST_F(Nodes, TellWhichInputWasCopied) {
  // k = x, h = k + w: nobody but the copy reads x.
  format::ExecutableT tables = makeTables();
  auto &nodes = tables.entries[1]->nodes;
  nodes.resize(5);
  std::rotate(nodes.begin(), nodes.begin() + 4, nodes.end());
  nodes[0]->arguments = {X, K};
  nodes[1]->arguments = {K, W, H};
  for (uint32_t i = 0; i < 5; ++i)
    nodes[i]->dependencies =
        i ? std::vector<uint32_t>{i - 1} : std::vector<uint32_t>();
  open(std::move(tables));
  expectOriginInX();
}

TEST_F(Nodes, AreNotBlamedForWhatDoesNoHarm) {
  // The loss is the sum of h, which is finite: only w tells, if it is watched.
  put(Lr, {std::numeric_limits<float>::max()});
  EXPECT_TRUE(device->submit(*step, /*slot=*/0).ok());
  EXPECT_TRUE(finder->find({true}));
  EXPECT_FALSE(finder->find({false}));
}

TEST_F(Nodes, GuardKeepsTheLastGood) {
  Guard guard(*exe);
  ASSERT_TRUE(guard.learn(*device).ok());
  std::vector<float> w(kElements, 5);
  put(W, w);
  EXPECT_FALSE(*guard.check(*device));
  ASSERT_TRUE(guard.keep(*device).ok());
  // Row 3 and column 1 of 32 x 64 in memory, [1, 3] in the file.
  w[3 * 64 + 1] = -kInf;
  put(W, w);
  Result<std::optional<BadStorage>> bad = guard.check(*device);
  ASSERT_TRUE(bad.ok() && *bad);
  EXPECT_EQ(guard.textOf(**bad), "G.w[1, 3] is -inf");
  float kept = 0;
  std::memcpy(&kept, guard.lastGood()[0].data(), sizeof(kept));
  EXPECT_EQ(kept, 5);
  ASSERT_TRUE(writeStorage(*exe, *device, guard.lastGood()).ok());
  EXPECT_FALSE(*guard.check(*device));
}

TEST_F(Nodes, GuardLeavesWhatTheModelBeginsWith) {
  std::vector<float> w(kElements, -kInf);
  put(W, w);
  Guard guard(*exe);
  ASSERT_TRUE(guard.learn(*device).ok());
  EXPECT_EQ(guard.watched(), std::vector<bool>{false});
  EXPECT_FALSE(*guard.check(*device));
}

// ---- the rules of the detectors

static StepReport at(uint64_t step, Metrics metrics) {
  return {.step = step, .phase = "train", .metrics = std::move(metrics)};
}

// Adds `count` steps of the metrics; the alarms, "kind since first: sentence".
static std::vector<std::string> feed(Detectors &detectors, uint64_t &step,
                                     uint64_t count, const Metrics &metrics) {
  std::vector<std::string> told;
  for (uint64_t i = 0; i < count; ++i)
    for (const Alarm &alarm : detectors.add(at(++step, metrics)))
      told.push_back(std::string(alarm.kind) + " since " +
                     std::to_string(alarm.since) + ": " + alarm.sentence);
  return told;
}

TEST(Detectors, SeeALossBlowUp) {
  Detectors detectors(1000);
  uint64_t step = 0;
  using Told = std::vector<std::string>;
  EXPECT_EQ(feed(detectors, step, 30, {{"g.loss", 2}}), Told());
  // |x - 2| > 10 * 2, five times on end.
  EXPECT_EQ(feed(detectors, step, 4, {{"g.loss", 22.5}}), Told());
  EXPECT_EQ(detectors.suspectSince(), 31u);
  EXPECT_EQ(feed(detectors, step, 1, {{"g.loss", 2}}), Told());
  EXPECT_FALSE(detectors.suspectSince());
  EXPECT_EQ(feed(detectors, step, 50, {{"g.loss", 21.5}}), Told());
}

TEST(Detectors, TellOfABlownUpLossOnce) {
  Detectors detectors(1000);
  uint64_t step = 0;
  feed(detectors, step, 30, {{"g.loss", 2}});
  std::vector<std::string> told = feed(detectors, step, 20, {{"g.loss", -30}});
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0], "blow-up since 31: 'g.loss' has blown up: -30, where the "
                     "median of the values before step 31 is 2");
  // A metric of another kind may do as it likes, and so may few values.
  EXPECT_TRUE(feed(detectors, step, 20, {{"g.norm", 1e9}}).empty());
  Detectors young(1000);
  feed(young, step, 19, {{"g.loss", 2}});
  EXPECT_TRUE(feed(young, step, 5, {{"g.loss", 100}}).empty());
}

TEST(Detectors, SeeADiscriminatorWin) {
  auto run = [](double first, double last, double other) {
    Detectors detectors(1000);
    uint64_t step = 0;
    feed(detectors, step, 1, {{"d.loss", first}, {"g.loss", 0.7}});
    return feed(detectors, step, 150, {{"d.loss", last}, {"g.loss", other}});
  };
  std::vector<std::string> told = run(1.4, 0.001, 5);
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0],
            "discriminator since 2: 'd.loss' has come to 0.001 from 1.4, and "
            "the other players' have not gone down: they have little to learn "
            "from");
  EXPECT_TRUE(run(1.4, 0.02, 5).empty());    // not below a hundredth
  EXPECT_TRUE(run(1.4, 0.001, 0.2).empty()); // the other has come far as well
  EXPECT_TRUE(run(-1, -2, 5).empty());       // a critic's
}

TEST(Detectors, SeeAGeneratorCollapse) {
  std::string name = "samples.diversity";
  using Told = std::vector<std::string>;
  Detectors detectors(1000);
  uint64_t step = 0;
  // Everybody begins alike.
  EXPECT_EQ(feed(detectors, step, 50, {{name, 0.01}}), Told());
  feed(detectors, step, 1, {{name, 0.5}});
  EXPECT_EQ(feed(detectors, step, 1, {{name, 0.05}}), Told());
  EXPECT_EQ(feed(detectors, step, 3, {{name, 0.05}}),
            Told{"generator since 52: 'samples.diversity' is 0.05: the samples "
                 "of a batch are nearly the same, a mean distance of 0.05 of "
                 "that of the data"});
  EXPECT_EQ(detectors.suspectSince(), 52u);
  // After a tenth of the run that is no beginning any more.
  Detectors late(1000);
  step = 99;
  EXPECT_EQ(feed(late, step, 3, {{name, 0.01}}).size(), 1u);
}

TEST(Diversity, IsTheMeanDistance) {
  std::vector<float> values = {0, 0, 3, 4, 0, 0};
  auto bytes = std::as_bytes(std::span(values));
  Samples samples{.shape = {2},
                  .element = format::ElementType::F32,
                  .bytes = {bytes.begin(), bytes.end()}};
  EXPECT_DOUBLE_EQ(meanDistance(samples), (5 + 0 + 5) / 3.0);
  samples.bytes.resize(8);
  EXPECT_EQ(meanDistance(samples), 0);
}
