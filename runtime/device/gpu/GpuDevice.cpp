// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/gpu/GpuDevice.h"

#include "runtime/device/Contract.h"
#include "runtime/device/Profiler.h"
#include "runtime/device/gpu/ChooseCode.h"
#include "runtime/device/gpu/LaunchNodes.h"

using namespace gan;
using namespace gan::runtime;

namespace {
class GpuDevice;

struct GpuProgram : Program {
  const GpuDevice *device;
  uint32_t entry;
  std::unique_ptr<GpuGraph> graph;
  std::vector<NodeRange> members; // of the launches in the graph
};

// Lays the arena down in one allocation and makes a graph of each entry; all
// else is the driver's.
class GpuDevice : public Device {
public:
  GpuDevice(std::string name, std::unique_ptr<GpuDriver> gpu,
            const DeviceOptions &options)
      : driver(std::move(gpu)), timed(options.profile) {
    about.name = std::move(name);
    about.description = driver->properties().description;
    about.threads = options.threads;
  }
  const DeviceInfo &info() const override { return about; }
  Status load(const Executable &executable) override;
  Result<std::unique_ptr<Program>> prepare(uint32_t entry) override;
  Status submit(Program &program) override;
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
  bool timed;
  const Executable *exe = nullptr;
  GpuAddress arena = 0;
  Profiler profiler;
};
} // namespace

Status GpuDevice::load(const Executable &executable) {
  if (exe)
    return misuse("an executable is loaded already", about.name);
  Result<GpuCode> code = chooseCode(executable, driver->properties());
  if (!code.ok())
    return code.status();
  if (Status loaded = driver->load(*code); !loaded.ok())
    return loaded;
  uint64_t bytes = executable.tables().arena_bytes();
  Result<GpuAddress> memory = driver->allocate(bytes);
  if (!memory.ok())
    return memory.status();
  arena = *memory;
  about.arenaBytes = bytes;
  exe = &executable;
  return {};
}

Result<std::unique_ptr<Program>> GpuDevice::prepare(uint32_t entry) {
  if (!exe || entry >= exe->tables().entries()->size())
    return misuse("there is no entry " + std::to_string(entry), about.name);
  LaunchNodes nodes =
      gatherLaunches(*exe, *exe->tables().entries()->Get(entry), arena);
  Result<std::unique_ptr<GpuGraph>> graph =
      driver->makeGraph(nodes.launches, timed);
  if (!graph.ok())
    return graph.status();
  auto program = std::make_unique<GpuProgram>();
  program->device = this;
  program->entry = entry;
  program->graph = graph.take();
  program->members = std::move(nodes.members);
  return std::unique_ptr<Program>(std::move(program));
}

Status GpuDevice::submit(Program &program) {
  auto &ours = static_cast<GpuProgram &>(program);
  if (ours.device != this)
    return misuse("the program is one of another device", about.name);
  if (Status launched = driver->launch(*ours.graph); !launched.ok())
    return launched;
  for (size_t i = 0; i < ours.graph->nanoseconds.size(); ++i)
    profiler.addCall(ours.entry, ours.members[i].first,
                     ours.graph->nanoseconds[i], ours.members[i].count);
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
