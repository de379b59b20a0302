// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What every device has to do, asked of all of them. A new device adds its
// configurations to `configurations`.
#include "runtime/device/Device.h"
#include "runtime/device/Inputs.h"
#include "runtime/device/gpu/GpuDevice.h"
#include "test/runtime/executable/TestExecutable.h"

#include <gtest/gtest.h>

#include <cstring>
#include <map>
#include <numeric>
#include <thread>

using namespace gan;
using namespace gan::runtime;
using namespace gan::test;

using Tensor = std::vector<float>;

namespace {
struct Configuration {
  std::string device;
  DeviceOptions options;
  bool isFake = false; // of cuda: the driver of FakeCuda.cpp
};

class Conformance : public ::testing::TestWithParam<Configuration> {
protected:
  void SetUp() override { open(makeGpuTables()); }

  // Loads the tables into a fresh device; skips where this machine lacks what
  // the configuration asks for.
  void open(format::ExecutableT tables) {
    std::vector<std::byte> file = assemble(
        std::move(tables), {kernelImage(), kernelImage(), kernelPtx()});
    Result<Executable> loaded = Executable::loadBytes(file, "test");
    ASSERT_TRUE(loaded.ok()) << loaded.status().text();
    device.reset();
    exe = std::make_unique<Executable>(loaded.take());
    device = create();
    Status status = device ? device->load(*exe) : lacks;
    if (status.code() == Code::Unsupported)
      GTEST_SKIP() << status.text();
    ASSERT_TRUE(status.ok()) << status.text();
  }

  std::unique_ptr<Device> create() {
    const Configuration &wanted = GetParam();
    Result<std::unique_ptr<Device>> made =
        wanted.isFake ? makeCudaDevice(wanted.options, GAN_FAKE_CUDA_LIBRARY)
                      : createDevice(wanted.device, wanted.options);
    if (made.status().code() == Code::Unsupported)
      lacks = made.status();
    else
      EXPECT_TRUE(made.ok()) << made.status().text();
    return made.ok() ? made.take() : nullptr;
  }

  std::unique_ptr<Program> prepare(const std::vector<const char *> &names) {
    std::vector<uint32_t> entries;
    for (const char *name : names)
      entries.push_back(*exe->findEntry(name));
    Result<std::unique_ptr<Program>> program = device->prepare(entries);
    EXPECT_TRUE(program.ok()) << program.status().text();
    return program.take();
  }
  std::unique_ptr<Program> prepare(const char *entry) {
    return prepare(std::vector{entry});
  }

  // The inputs of "train.0" behind those of so many runs of it before.
  void fillStep(unsigned slot, int run, const Tensor &x, float lr) {
    InputBlock block = layOutInputs(exe->tables(), 1);
    std::byte *begin = device->slot(slot).data() + run * block.bytes;
    std::memcpy(begin + block.offsets[0], x.data(), 4 * x.size());
    std::memcpy(begin + block.offsets[1], &lr, 4);
  }

  // Those of "init", which are a key alone.
  void fillInit(unsigned slot, std::vector<int64_t> key) {
    std::memcpy(device->slot(slot).data(), key.data(), 16);
  }

  template <typename T>
  void write(uint32_t buffer, const std::vector<T> &from) {
    Status status = device->write(buffer, std::as_bytes(std::span(from)));
    EXPECT_TRUE(status.ok()) << status.text();
  }

  Tensor read(uint32_t buffer, size_t elements = kElements) {
    Tensor into(elements);
    EXPECT_TRUE(
        device->read(buffer, std::as_writable_bytes(std::span(into))).ok());
    EXPECT_TRUE(device->wait().ok());
    return into;
  }

  // Destroyed in reverse order: programs of a test, then the device, then this.
  std::unique_ptr<Executable> exe;
  std::unique_ptr<Device> device;
  Status lacks; // what this machine does
};

// The model of TestExecutable.h in plain loops.
struct Reference {
  Tensor w, h, g;
  float loss = 0;

  explicit Reference(int64_t seed) : w(kElements), h(kElements), g(kElements) {
    for (uint32_t i = 0; i < kElements; ++i)
      w[i] = static_cast<float>(seed + i);
  }
  void step(const Tensor &x, float lr) {
    for (uint32_t i = 0; i < kElements; ++i) {
      h[i] = x[i] + w[i];
      g[i] = h[i] * lr;
      w[i] = w[i] + g[i];
    }
    loss = h[0];
    for (uint32_t i = 1; i < kElements; ++i)
      loss += h[i];
    for (uint32_t i = 0; i < kElements; ++i)
      h[i] = g[i] + x[i];
  }
};
} // namespace

static Tensor batch(int number) {
  Tensor x(kElements);
  for (uint32_t i = 0; i < kElements; ++i)
    x[i] = 0.37f * static_cast<float>((i * 7919 + number * 104729) % 1000);
  return x;
}

TEST_P(Conformance, DescribesItself) {
  EXPECT_EQ(device->info().name, GetParam().device);
  EXPECT_FALSE(device->info().description.empty());
  EXPECT_EQ(device->info().arenaBytes, exe->tables().arena_bytes());
}

TEST_P(Conformance, BeginsWithZeros) {
  for (uint32_t buffer : {W, X, H, S})
    EXPECT_EQ(read(buffer), Tensor(kElements));
}

TEST_P(Conformance, KeepsWhatIsWritten) {
  Tensor x = batch(1);
  write(X, x);
  std::fill(x.begin(), x.end(), -1.0f); // ours again
  write(H, batch(2));
  EXPECT_EQ(read(X), batch(1));
  EXPECT_EQ(read(H), batch(2));
  // A part leaves the rest.
  write(X, Tensor{5, 6});
  Tensor expected = batch(1);
  expected[0] = 5;
  expected[1] = 6;
  EXPECT_EQ(read(X), expected);
}

TEST_P(Conformance, RunsStepsToTheBit) {
  std::unique_ptr<Program> init = prepare("init"), step = prepare("train.0"),
                           samples = prepare("samples");
  Reference reference(42);
  fillInit(0, {42, 0});
  ASSERT_TRUE(device->submit(*init, 0).ok());
  for (int number = 0; number < 50; ++number) {
    float lr = 1.0f / (7.0f + number);
    unsigned slot = number % kSlots;
    ASSERT_TRUE(device->reclaim(slot).ok());
    fillStep(slot, 0, batch(number), lr);
    ASSERT_TRUE(device->submit(*step, slot).ok());
    reference.step(batch(number), lr);
  }
  ASSERT_TRUE(device->submit(*samples, 1).ok());
  EXPECT_EQ(read(W), reference.w);
  EXPECT_EQ(read(H), reference.h);
  EXPECT_EQ(read(K), reference.g);
  EXPECT_EQ(read(Loss, 1)[0], reference.loss);
  Tensor twice = reference.w;
  for (float &x : twice)
    x += x;
  EXPECT_EQ(read(S), twice);
}

// Every run has inputs of its own, and sees what the one before it left.
TEST_P(Conformance, RunsSequencesToTheBit) {
  std::unique_ptr<Program> init = prepare("init"),
                           pass = prepare(
                               {"train.0", "train.0", "samples", "train.0"});
  Reference reference(7);
  fillInit(0, {7, 0});
  ASSERT_TRUE(device->submit(*init, 0).ok());
  Tensor twice;
  for (int number = 0; number < 12; number += 3) {
    unsigned slot = number % kSlots;
    ASSERT_TRUE(device->reclaim(slot).ok());
    for (int run = 0; run < 3; ++run) {
      float lr = 1.0f / (7.0f + number + run);
      fillStep(slot, run, batch(number + run), lr);
      if (run == 2) {
        twice = reference.w;
        for (float &x : twice)
          x += x;
      }
      reference.step(batch(number + run), lr);
    }
    ASSERT_TRUE(device->submit(*pass, slot).ok());
  }
  EXPECT_EQ(read(W), reference.w);
  EXPECT_EQ(read(Loss, 1)[0], reference.loss);
  EXPECT_EQ(read(S), twice);
}

// A slot may be filled again as soon as it is reclaimed, and a program may die,
// whatever is queued then.
TEST_P(Conformance, TakesInputsBeforeASlotIsReclaimed) {
  Reference reference(3);
  std::unique_ptr<Program> init = prepare("init");
  fillInit(0, {3, 0});
  ASSERT_TRUE(device->submit(*init, 0).ok());
  for (int number = 0; number < 4; ++number) {
    std::unique_ptr<Program> step = prepare("train.0");
    ASSERT_TRUE(device->reclaim(0).ok());
    fillStep(0, 0, batch(number), 0.25f);
    ASSERT_TRUE(device->submit(*step, 0).ok());
    reference.step(batch(number), 0.25f);
  }
  ASSERT_TRUE(device->reclaim(0).ok());
  fillStep(0, 0, batch(99), 9.0f);
  EXPECT_EQ(read(W), reference.w);
}

// An input that is an output as well is found where outputs are.
TEST_P(Conformance, KeepsInputsThatAreOutputs) {
  format::ExecutableT tables = makeGpuTables();
  tables.entries[1]->outputs[0]->buffer = Lr;
  open(std::move(tables));
  std::unique_ptr<Program> step = prepare({"train.0", "train.0"});
  fillStep(0, 0, batch(1), 0.25f);
  fillStep(0, 1, batch(2), 0.5f);
  ASSERT_TRUE(device->submit(*step, 0).ok());
  EXPECT_EQ(read(Lr, 1)[0], 0.5f);
}

// Reads and writes between submissions see and make the state of their place in
// the queue, not of its end.
TEST_P(Conformance, KeepsTheOrderOfTheQueue) {
  std::unique_ptr<Program> samples = prepare("samples");
  Tensor first(kElements), second(kElements);
  write(W, Tensor(kElements, 1));
  ASSERT_TRUE(device->submit(*samples, 0).ok());
  ASSERT_TRUE(device->read(S, std::as_writable_bytes(std::span(first))).ok());
  write(W, Tensor(kElements, 2));
  ASSERT_TRUE(device->submit(*samples, 0).ok());
  ASSERT_TRUE(device->read(S, std::as_writable_bytes(std::span(second))).ok());
  write(W, Tensor(kElements, 3));
  ASSERT_TRUE(device->wait().ok());
  EXPECT_EQ(first, Tensor(kElements, 2));
  EXPECT_EQ(second, Tensor(kElements, 4));
}

TEST_P(Conformance, MayBeCalledByAnotherThread) {
  std::unique_ptr<Program> samples = prepare("samples");
  Tensor found;
  std::thread([&] {
    write(W, Tensor(kElements, 3));
    EXPECT_TRUE(device->submit(*samples, 0).ok());
    found = read(S);
  }).join();
  EXPECT_EQ(found, Tensor(kElements, 6));
}

TEST_P(Conformance, KeepsSubnormalNumbers) {
  std::unique_ptr<Program> samples = prepare("samples");
  float tiny = 0x1p-149f; // the least there is
  write(W, Tensor(kElements, tiny));
  ASSERT_TRUE(device->submit(*samples, 0).ok());
  EXPECT_EQ(read(S), Tensor(kElements, 2 * tiny));
}

TEST_P(Conformance, GivesEveryTileScratchOfItsOwn) {
  format::ExecutableT tables = makeGpuTables();
  auto node = std::make_unique<format::NodeT>(*tables.entries[2]->nodes[0]);
  node->kernel = Scratch;
  node->arguments = {S};
  tables.entries[2]->nodes.clear();
  tables.entries[2]->nodes.push_back(std::move(node));
  // Large enough, as the table has it, to be shared among threads.
  tables.kernels[Scratch]->flops = 1000000000;
  open(std::move(tables));
  std::unique_ptr<Program> samples = prepare("samples");
  for (int i = 0; i < 20; ++i) {
    write(S, Tensor(kElements));
    ASSERT_TRUE(device->submit(*samples, 0).ok());
    EXPECT_EQ(read(S), Tensor(kElements, 1));
  }
}

TEST_P(Conformance, RunsAnEntryWithoutNodes) {
  format::ExecutableT tables = makeGpuTables();
  tables.entries[2]->nodes.clear();
  open(std::move(tables));
  std::unique_ptr<Program> samples = prepare("samples");
  EXPECT_TRUE(device->submit(*samples, 0).ok());
  EXPECT_TRUE(device->wait().ok());
}

TEST_P(Conformance, RefusesWhatIsNotThere) {
  std::vector<uint32_t> entries = {exe->tables().entries()->size()};
  EXPECT_EQ(device->prepare(entries).status().code(), Code::Internal);
  // Three runs are in a pass.
  entries = {1, 1, 1, 1};
  EXPECT_EQ(device->prepare(entries).status().text(),
            GetParam().device +
                ": the inputs of 4 runs have 33024 bytes, a slot has 24768");
  entries.assign(kMostRuns + 1, 2);
  EXPECT_EQ(device->prepare(entries).status().sentence(),
            "a sequence of 65 runs is longer than 64");
  std::vector<std::byte> bytes(8);
  EXPECT_EQ(device->write(kBuffers, bytes).code(), Code::Internal);
  EXPECT_EQ(device->read(kBuffers, bytes).code(), Code::Internal);
  // The loss has four bytes.
  EXPECT_EQ(device->write(Loss, bytes).code(), Code::Internal);
  EXPECT_EQ(device->read(Loss, bytes).code(), Code::Internal);
  EXPECT_EQ(device->load(*exe).code(), Code::Internal);
}

TEST_P(Conformance, RefusesToWorkBeforeLoading) {
  std::unique_ptr<Device> empty = create();
  std::vector<std::byte> bytes(4);
  std::vector<uint32_t> entries;
  EXPECT_EQ(empty->prepare(entries).status().sentence(),
            "no executable is loaded");
  entries.push_back(0);
  EXPECT_FALSE(empty->prepare(entries).ok());
  EXPECT_TRUE(empty->slot(0).empty());
  EXPECT_TRUE(empty->reclaim(0).ok());
  EXPECT_FALSE(empty->write(0, bytes).ok());
  EXPECT_FALSE(empty->read(0, bytes).ok());
}

TEST_P(Conformance, RefusesTheProgramOfAnother) {
  std::unique_ptr<Device> other = create();
  ASSERT_TRUE(other->load(*exe).ok());
  std::unique_ptr<Program> samples = prepare("samples");
  EXPECT_EQ(other->submit(*samples, 0).code(), Code::Internal);
}

TEST_P(Conformance, MeasuresWhenAsked) {
  std::unique_ptr<Program> step = prepare("train.0"),
                           pass = prepare({"train.0", "train.0"});
  ASSERT_TRUE(device->submit(*step, 0).ok());
  ASSERT_TRUE(device->submit(*pass, 1).ok());
  Profile profile = device->profile();
  const std::vector<NodeTime> &times = profile.nodes;
  if (!GetParam().options.profile) {
    EXPECT_TRUE(times.empty());
    EXPECT_TRUE(profile.spans.empty());
    return;
  }
  // A GPU runs node 3, a sum of 2048 elements, in the launch of node 2.
  bool isCpu = GetParam().device == "cpu";
  std::vector<uint32_t> nodes = {0, 1, 2, 3, 4, 5};
  if (!isCpu)
    nodes.erase(nodes.begin() + 3);
  ASSERT_EQ(times.size(), nodes.size());
  for (size_t i = 0; i < times.size(); ++i) {
    EXPECT_EQ(times[i].entry, 1u);
    EXPECT_EQ(times[i].node, nodes[i]);
    EXPECT_EQ(times[i].calls, 3u);
  }
  bool isCounted = GetParam().device == "sim";
  EXPECT_EQ(times[isCpu ? 3 : 2].instructions > 0, isCounted);
  EXPECT_GT(times[isCpu ? 3 : 2].nanoseconds, 0u);
  EXPECT_EQ(times[2].nodes, isCpu ? 1u : 2u);
  EXPECT_LE(profile.submitted, profile.elapsed);
}

// A device that tells of spans tells of all work, and of no thread twice at one
// time.
TEST_P(Conformance, SpansAddUpToTheTimesOfNodes) {
  std::unique_ptr<Program> step = prepare("train.0");
  for (int i = 0; i < 3; ++i)
    ASSERT_TRUE(device->submit(*step, 0).ok());
  Profile profile = device->profile();
  if (profile.spans.empty())
    GTEST_SKIP() << "the device keeps no spans";
  std::map<uint32_t, uint64_t> byNode, lastOfThread;
  for (const Span &span : profile.spans) {
    EXPECT_EQ(span.entry, 1u);
    EXPECT_LT(span.thread, device->info().threads);
    EXPECT_LE(lastOfThread[span.thread], span.begin);
    EXPECT_LE(span.begin, span.end);
    lastOfThread[span.thread] = span.end;
    byNode[span.node] += span.end - span.begin;
  }
  uint64_t all = 0;
  for (const NodeTime &time : profile.nodes) {
    EXPECT_EQ(byNode[time.node], time.nanoseconds);
    all += time.nanoseconds;
  }
  EXPECT_LE(all, profile.submitted * device->info().threads);
  EXPECT_GT(profile.peak.flopsPerSecond, 1e8);
}

static const Configuration configurations[] = {
    {"cpu", {.threads = 1}},
    {"cpu", {.threads = 2}},
    {"cpu", {.threads = 5}},
    {"cpu", {.threads = 2, .target = "x86-64-v3", .profile = true}},
    {"cpu", {.threads = 1, .target = "x86-64-v4"}},
    {"cuda", {}},
    {"cuda", {.profile = true}},
    {"cuda", {}, /*isFake=*/true},
    {"cuda", {.profile = true}, /*isFake=*/true},
    {"sim", {.threads = 1}},
    {"sim", {.threads = 3, .simSchedule = "reverse"}},
    {"sim", {.threads = 2, .simSchedule = "random:7", .profile = true}},
};

INSTANTIATE_TEST_SUITE_P(
    Devices, Conformance, ::testing::ValuesIn(configurations),
    [](const ::testing::TestParamInfo<Configuration> &info) {
      const DeviceOptions &options = info.param.options;
      std::string name = info.param.device + std::to_string(options.threads) +
                         options.target + options.simSchedule +
                         (options.profile ? "profile" : "") +
                         (info.param.isFake ? "fake" : "");
      std::erase_if(name, [](char c) { return c == '-' || c == ':'; });
      return name;
    });
