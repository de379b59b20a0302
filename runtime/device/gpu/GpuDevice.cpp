// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/gpu/GpuDevice.h"

#include "runtime/device/Contract.h"
#include "runtime/device/Profiler.h"
#include "runtime/device/gpu/ChooseCode.h"

using namespace gan;
using namespace gan::runtime;

namespace {
class GpuDevice;

struct GpuProgram : Program {
  const GpuDevice *device;
  uint32_t entry;
  std::unique_ptr<GpuGraph> graph;
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
  GpuNode makeNode(const format::Node &node) const;

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

GpuNode GpuDevice::makeNode(const format::Node &node) const {
  GpuNode made;
  bool isCopy = node.kind() == format::NodeKind::Copy;
  const format::Kernel *kernel =
      isCopy ? nullptr : exe->tables().kernels()->Get(node.kernel());
  if (kernel) {
    made.kernel = kernel->name()->str();
    made.blocks = kernel->gpu()->blocks();
    made.threads = kernel->gpu()->threads();
  }
  for (uint32_t i = 0; i < node.arguments()->size(); ++i) {
    uint32_t buffer = node.arguments()->Get(i);
    uint64_t bytes = kernel ? kernel->argument_bytes()->Get(i)
                            : exe->tables().buffers()->Get(buffer)->bytes();
    bool written = kernel ? kernel->written()->Get(i) != 0 : i == 1;
    made.arguments.push_back({addressOf(buffer), bytes, written});
  }
  if (node.dependencies())
    made.dependencies.assign(node.dependencies()->begin(),
                             node.dependencies()->end());
  if (node.location())
    made.location = node.location()->str();
  return made;
}

Result<std::unique_ptr<Program>> GpuDevice::prepare(uint32_t entry) {
  if (!exe || entry >= exe->tables().entries()->size())
    return misuse("there is no entry " + std::to_string(entry), about.name);
  std::vector<GpuNode> nodes;
  for (const format::Node *node : *exe->tables().entries()->Get(entry)->nodes())
    nodes.push_back(makeNode(*node));
  Result<std::unique_ptr<GpuGraph>> graph = driver->makeGraph(nodes, timed);
  if (!graph.ok())
    return graph.status();
  auto program = std::make_unique<GpuProgram>();
  program->device = this;
  program->entry = entry;
  program->graph = graph.take();
  return std::unique_ptr<Program>(std::move(program));
}

Status GpuDevice::submit(Program &program) {
  auto &ours = static_cast<GpuProgram &>(program);
  if (ours.device != this)
    return misuse("the program is one of another device", about.name);
  if (Status launched = driver->launch(*ours.graph); !launched.ok())
    return launched;
  for (uint32_t node = 0; node < ours.graph->nanoseconds.size(); ++node)
    profiler.addCall(ours.entry, node, ours.graph->nanoseconds[node]);
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
