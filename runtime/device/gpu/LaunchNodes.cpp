// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/gpu/LaunchNodes.h"

#include "runtime/device/Inputs.h"
#include "runtime/executable/Shards.h"

#include <algorithm>
#include <map>

using namespace gan;
using namespace gan::runtime;

namespace {
// One run of an entry, added to those before it.
class Gatherer {
public:
  Gatherer(const format::Executable &tables, uint32_t entry,
           const GpuPlaces &places, LaunchNodes &made);
  void run();

private:
  void add(uint32_t first, uint32_t count);
  void addCopy(uint32_t buffer);
  void addArguments(const format::Node &node, GpuNode &launch) const;
  void addDependencies(const format::Node &node, GpuNode &launch) const;
  GpuAddress addressOf(uint32_t buffer) const;
  GpuAddress placeOf(uint32_t buffer) const {
    return arena + tables.buffers()->Get(buffer)->offset();
  }

  const format::Executable &tables;
  uint32_t number;
  const format::Entry &entry;
  GpuAddress arena;
  LaunchNodes &made;
  uint32_t begin;                       // of the launches of this run
  std::map<uint32_t, GpuAddress> input; // by buffer
  std::vector<uint32_t> launchOf;       // of each node so far
};
} // namespace

Gatherer::Gatherer(const format::Executable &tables, uint32_t entry,
                   const GpuPlaces &places, LaunchNodes &made)
    : tables(tables), number(entry), entry(*tables.entries()->Get(entry)),
      arena(places.arena), made(made), begin(made.launches.size()) {
  InputBlock block = layOutInputs(tables, entry);
  for (uint32_t i = 0; i < block.offsets.size(); ++i)
    input[this->entry.inputs()->Get(i)->buffer()] =
        places.inputs + block.offsets[i];
}

// An input shares no bytes with another buffer, so that it may lie elsewhere.
GpuAddress Gatherer::addressOf(uint32_t buffer) const {
  auto found = input.find(buffer);
  return found == input.end() ? placeOf(buffer) : found->second;
}

void Gatherer::addArguments(const format::Node &node, GpuNode &launch) const {
  const format::Kernel *kernel = node.kind() == format::NodeKind::Launch
                                     ? tables.kernels()->Get(node.kernel())
                                     : nullptr;
  for (uint32_t i = 0; i < node.arguments()->size(); ++i) {
    uint32_t buffer = node.arguments()->Get(i);
    uint64_t bytes = kernel ? kernel->argument_bytes()->Get(i)
                            : tables.buffers()->Get(buffer)->bytes();
    launch.arguments.push_back(
        {addressOf(buffer), bytes, writesArgument(tables, node, i)});
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
    launch.exchanges = node.kind() == format::NodeKind::Collective;
    addArguments(node, launch);
    addDependencies(node, launch);
  }
  if (const flatbuffers::String *place = entry.nodes()->Get(first)->location())
    launch.location = place->str();
  launchOf.insert(launchOf.end(), count, made.launches.size());
  made.launches.push_back(std::move(launch));
  made.members.push_back({number, first, count});
}

// Takes an input to where it is looked for as an output.
void Gatherer::addCopy(uint32_t buffer) {
  uint64_t bytes = tables.buffers()->Get(buffer)->bytes();
  GpuNode copy;
  copy.arguments = {{input[buffer], bytes, false},
                    {placeOf(buffer), bytes, true}};
  for (uint32_t i = begin; i < made.launches.size(); ++i)
    for (const GpuArgument &argument : made.launches[i].arguments)
      if (argument.address == input[buffer] && argument.written)
        copy.dependencies.push_back(i);
  made.launches.push_back(std::move(copy));
  made.members.push_back({number, 0, 0});
}

static void setGrid(GpuNode &launch, const std::string &name,
                    const format::GpuLaunch &grid) {
  launch.kernel = name;
  launch.blocks = grid.blocks();
  launch.threads = grid.threads();
}

void Gatherer::run() {
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
  for (const format::Binding *output : *entry.outputs())
    if (input.contains(output->buffer()))
      addCopy(output->buffer());
}

// Those from `begin` on that no other waits for.
static std::vector<uint32_t> lastOf(const std::vector<GpuNode> &launches,
                                    uint32_t begin) {
  std::vector<bool> isAwaited(launches.size());
  for (uint32_t i = begin; i < launches.size(); ++i)
    for (uint32_t earlier : launches[i].dependencies)
      isAwaited[earlier] = true;
  std::vector<uint32_t> last;
  for (uint32_t i = begin; i < launches.size(); ++i)
    if (!isAwaited[i])
      last.push_back(i);
  return last;
}

// A node for all that the next run waits for, where that is more than one:
//
//   a   b   c        the last of a run
//    \  |  /
//     \ | /
//       +            waits
//      / \
//     d   e          the first of the next
static uint32_t join(LaunchNodes &made, uint32_t begin) {
  std::vector<uint32_t> last = lastOf(made.launches, begin);
  if (last.size() == 1)
    return last.front();
  GpuNode wait;
  wait.dependencies = std::move(last);
  made.launches.push_back(std::move(wait));
  made.members.push_back({0, 0, 0});
  return made.launches.size() - 1;
}

void gan::runtime::addMaps(const format::GpuImage &image,
                           std::span<GpuNode> launches) {
  std::map<std::string_view, const format::GpuEntry *> entries;
  if (image.entries())
    for (const format::GpuEntry *entry : *image.entries())
      entries[entry->name()->string_view()] = entry;
  for (GpuNode &launch : launches)
    if (auto found = entries.find(launch.kernel); found != entries.end())
      launch.takes = found->second;
}

LaunchNodes gan::runtime::gatherLaunches(const Executable &executable,
                                         std::span<const uint32_t> entries,
                                         const GpuPlaces &places) {
  LaunchNodes made;
  GpuPlaces ofRun = places;
  uint32_t begin = 0; // of the run before, and of what joins it
  for (uint32_t entry : entries) {
    bool isFirst = made.launches.empty();
    uint32_t joint = isFirst ? 0 : join(made, begin);
    begin = isFirst ? 0 : joint;
    uint32_t own = made.launches.size();
    Gatherer(executable.tables(), entry, ofRun, made).run();
    ofRun.inputs += inputBytes(executable.tables(), {&entry, 1});
    for (uint32_t i = own; !isFirst && i < made.launches.size(); ++i)
      if (made.launches[i].dependencies.empty())
        made.launches[i].dependencies = {joint};
  }
  return made;
}
