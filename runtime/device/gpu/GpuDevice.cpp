// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/gpu/GpuDevice.h"

#include "runtime/device/Contract.h"
#include "runtime/device/Inputs.h"
#include "runtime/device/Profiler.h"
#include "runtime/device/gpu/ChooseCode.h"
#include "runtime/device/gpu/LaunchNodes.h"
#include "runtime/device/gpu/MemoryNeeds.h"

#include <array>

using namespace gan;
using namespace gan::runtime;

namespace {
class GpuDevice;

struct GpuProgram : Program {
  const GpuDevice *device;
  uint64_t inputBytes;
  // By slot, as the inputs of a graph have fixed addresses.
  std::array<std::unique_ptr<GpuGraph>, kSlots> graphs;
  std::vector<NodeRange> members; // of the launches in a graph
};

// Lays the arena down in one allocation and makes graphs of sequences; all else
// is the driver's.
class GpuDevice : public Device {
public:
  GpuDevice(std::string name, std::unique_ptr<GpuDriver> gpu,
            const DeviceOptions &options)
      : driver(std::move(gpu)), timed(options.profile),
        hasRanks(options.ranks) {
    about.name = std::move(name);
    about.description = driver->properties().description;
    about.threads = options.threads;
  }
  const DeviceInfo &info() const override { return about; }
  Status load(const Executable &executable) override;
  Result<std::unique_ptr<Program>>
  prepare(std::span<const uint32_t> entries) override;
  std::span<std::byte> slot(unsigned slot) override {
    return exe ? slots[slot]->host : std::span<std::byte>();
  }
  Status submit(Program &program, unsigned slot) override;
  Status reclaim(unsigned slot) override {
    return exe ? driver->reclaim(*slots[slot]) : Status();
  }
  Status write(uint32_t buffer, std::span<const std::byte> from) override;
  Status read(uint32_t buffer, std::span<std::byte> into) override;
  Status wait() override { return driver->wait(); }
  Profile profile() override { return profiler.profile(); }

private:
  GpuAddress addressOf(uint32_t buffer) const {
    return arena + exe->tables().buffers()->Get(buffer)->offset();
  }

  DeviceInfo about;
  std::unique_ptr<GpuDriver> driver;
  bool timed, hasRanks;
  const Executable *exe = nullptr;
  const format::GpuImage *image = nullptr;
  GpuAddress arena = 0;
  std::array<GpuSlot *, kSlots> slots = {};
  Profiler profiler;
};
} // namespace

// Whether tensor cores multiply: they add in an order that is theirs alone.
static bool usesTensorCores(const format::Executable &tables) {
  for (const flatbuffers::String *flag : *tables.flags())
    if (flag->string_view() == "--precision=tf32" ||
        flag->string_view() == "--precision=bf16")
      return true;
  return false;
}

Status GpuDevice::load(const Executable &executable) {
  if (exe)
    return misuse("an executable is loaded already", about.name);
  Result<GpuCode> code = chooseCode(executable, driver->properties());
  if (!code.ok())
    return code.status();
  if (Status loaded = driver->load(*code); !loaded.ok())
    return loaded;
  Result<GpuMemory> there = driver->tellMemory();
  if (!there.ok())
    return there.status();
  if (Status enough = checkMemory(executable.tables(), *there, about.name);
      !enough.ok())
    return enough;
  uint64_t bytes = executable.tables().arena_bytes();
  Result<GpuAddress> memory = driver->allocate(bytes);
  if (!memory.ok())
    return memory.status();
  arena = *memory;
  for (GpuSlot *&slot : slots) {
    Result<GpuSlot *> made = driver->makeSlot(slotBytes(executable.tables()));
    if (!made.ok())
      return made.status();
    slot = *made;
  }
  about.arenaBytes = bytes;
  if (usesTensorCores(executable.tables()))
    about.arithmetic =
        about.name + " sm_" + std::to_string(driver->properties().architecture);
  exe = &executable;
  image = code->image;
  return {};
}

Result<std::unique_ptr<Program>>
GpuDevice::prepare(std::span<const uint32_t> entries) {
  if (Status good = checkSequence(exe, entries, about.name); !good.ok())
    return good;
  if (!hasRanks && exchanges(*exe, entries))
    return misuse("there is nobody to exchange with", about.name);
  auto program = std::make_unique<GpuProgram>();
  program->device = this;
  program->inputBytes = inputBytes(exe->tables(), entries);
  for (unsigned i = 0; i < kSlots; ++i) {
    LaunchNodes nodes = gatherLaunches(
        *exe, entries, {.arena = arena, .inputs = slots[i]->device});
    addMaps(*image, nodes.launches);
    Result<std::unique_ptr<GpuGraph>> graph =
        driver->makeGraph(nodes.launches, timed);
    if (!graph.ok())
      return graph.status();
    program->graphs[i] = graph.take();
    program->members = std::move(nodes.members);
  }
  return std::unique_ptr<Program>(std::move(program));
}

Status GpuDevice::submit(Program &program, unsigned slot) {
  auto &ours = static_cast<GpuProgram &>(program);
  if (ours.device != this)
    return misuse("the program is one of another device", about.name);
  GpuGraph &graph = *ours.graphs[slot];
  if (Status launched = driver->launch(graph, *slots[slot], ours.inputBytes);
      !launched.ok())
    return launched;
  for (size_t i = 0; i < graph.costs.size(); ++i)
    if (const NodeRange &members = ours.members[i]; members.count > 0)
      profiler.addCalls({.entry = members.entry,
                         .node = members.first,
                         .calls = 1,
                         .nanoseconds = graph.costs[i].nanoseconds,
                         .instructions = graph.costs[i].instructions,
                         .nodes = members.count});
  return {};
}

Status GpuDevice::write(uint32_t buffer, std::span<const std::byte> from) {
  if (Status good = checkSpan(exe, buffer, from.size(), about.name); !good.ok())
    return good;
  return driver->write(addressOf(buffer), from);
}

Status GpuDevice::read(uint32_t buffer, std::span<std::byte> into) {
  if (Status good = checkSpan(exe, buffer, into.size(), about.name); !good.ok())
    return good;
  return driver->read(addressOf(buffer), into);
}

std::unique_ptr<Device>
gan::runtime::makeGpuDevice(std::string name, std::unique_ptr<GpuDriver> driver,
                            const DeviceOptions &options) {
  return std::make_unique<GpuDevice>(std::move(name), std::move(driver),
                                     options);
}
