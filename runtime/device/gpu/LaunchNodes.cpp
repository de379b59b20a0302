// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/gpu/LaunchNodes.h"

#include <algorithm>

using namespace gan;
using namespace gan::runtime;

namespace {
class Gatherer {
public:
  Gatherer(const Executable &executable, const format::Entry &entry,
           GpuAddress arena)
      : tables(executable.tables()), entry(entry), arena(arena) {}
  LaunchNodes run();

private:
  void add(uint32_t first, uint32_t count);
  void addArguments(const format::Node &node, GpuNode &launch) const;
  void addDependencies(const format::Node &node, GpuNode &launch) const;

  const format::Executable &tables;
  const format::Entry &entry;
  GpuAddress arena;
  LaunchNodes made;
  std::vector<uint32_t> launchOf; // of each node so far
};
} // namespace

void Gatherer::addArguments(const format::Node &node, GpuNode &launch) const {
  const format::Kernel *kernel = node.kind() == format::NodeKind::Copy
                                     ? nullptr
                                     : tables.kernels()->Get(node.kernel());
  for (uint32_t i = 0; i < node.arguments()->size(); ++i) {
    const format::Buffer &buffer =
        *tables.buffers()->Get(node.arguments()->Get(i));
    uint64_t bytes = kernel ? kernel->argument_bytes()->Get(i) : buffer.bytes();
    bool written = kernel ? kernel->written()->Get(i) != 0 : i == 1;
    launch.arguments.push_back({arena + buffer.offset(), bytes, written});
  }
}

void Gatherer::addDependencies(const format::Node &node,
                               GpuNode &launch) const {
  if (node.dependencies())
    for (uint32_t earlier : *node.dependencies())
      if (earlier < launchOf.size()) // else it follows one of this launch
        launch.dependencies.push_back(launchOf[earlier]);
  std::sort(launch.dependencies.begin(), launch.dependencies.end());
  launch.dependencies.erase(
      std::unique(launch.dependencies.begin(), launch.dependencies.end()),
      launch.dependencies.end());
}

// The nodes from `first` on; of name and grid the caller takes care.
void Gatherer::add(uint32_t first, uint32_t count) {
  GpuNode launch;
  for (uint32_t i = first; i < first + count; ++i) {
    const format::Node &node = *entry.nodes()->Get(i);
    addArguments(node, launch);
    addDependencies(node, launch);
  }
  if (const flatbuffers::String *place = entry.nodes()->Get(first)->location())
    launch.location = place->str();
  launchOf.insert(launchOf.end(), count, made.launches.size());
  made.launches.push_back(std::move(launch));
  made.members.push_back({first, count});
}

static void setGrid(GpuNode &launch, const std::string &name,
                    const format::GpuLaunch &grid) {
  launch.kernel = name;
  launch.blocks = grid.blocks();
  launch.threads = grid.threads();
}

LaunchNodes Gatherer::run() {
  uint32_t groups = entry.groups() ? entry.groups()->size() : 0, next = 0;
  for (uint32_t i = 0; i < entry.nodes()->size();) {
    const format::Node &node = *entry.nodes()->Get(i);
    if (next < groups && entry.groups()->Get(next)->first() == i) {
      const format::GpuGroup &group =
          *tables.gpu_groups()->Get(entry.groups()->Get(next++)->group());
      add(i, group.kernels()->size());
      setGrid(made.launches.back(), group.name()->str(), *group.launch());
      i += group.kernels()->size();
      continue;
    }
    add(i++, 1);
    if (node.kind() == format::NodeKind::Launch) {
      const format::Kernel &kernel = *tables.kernels()->Get(node.kernel());
      setGrid(made.launches.back(), kernel.name()->str(), *kernel.gpu());
    }
  }
  return std::move(made);
}

LaunchNodes gan::runtime::gatherLaunches(const Executable &executable,
                                         const format::Entry &entry,
                                         GpuAddress arena) {
  return Gatherer(executable, entry, arena).run();
}
