// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/gpu/SimDriver.h"

#include "runtime/device/Profiler.h"
#include "runtime/device/cpu/Pages.h"
#include "runtime/device/gpu/NodeOrder.h"
#include "runtime/device/gpu/SimArguments.h"

#include <cstring>
#include <map>
#include <optional>

using namespace gan;
using namespace gan::runtime;

static constexpr uint32_t kSharedBytes = 48 * 1024, kMostShared = 227 * 1024;

namespace {
struct SimGraph : GpuGraph {
  std::vector<GpuNode> nodes;
  std::vector<const sim::Program *> programs; // null: not a launch
  std::vector<uint32_t> order;
};

struct SimSlot : GpuSlot {
  Pages ofHost, ofGpu;
};

class SimDriver : public GpuDriver {
public:
  SimDriver(const sim::Options &options, unsigned architecture,
            Communicator *ranks)
      : options(options), ranks(ranks) {
    about.description = "simulated GPU, all accesses checked";
    about.architecture = architecture;
    about.sharedBytes = kSharedBytes;
    about.mostShared = kMostShared;
  }
  const GpuProperties &properties() const override { return about; }
  Status load(const GpuCode &code) override;
  // The simulated GPU has as much as the system gives.
  Result<GpuMemory> tellMemory() override {
    return GpuMemory{.free = UINT64_MAX, .total = UINT64_MAX};
  }
  Result<GpuAddress> allocate(uint64_t bytes) override;
  Result<std::unique_ptr<GpuGraph>> makeGraph(std::span<const GpuNode> nodes,
                                              bool timed) override;
  Result<GpuSlot *> makeSlot(uint64_t bytes) override;
  Status launch(GpuGraph &graph, GpuSlot &slot, uint64_t bytes) override;
  Status reclaim(GpuSlot &) override { return {}; }
  Status write(GpuAddress to, std::span<const std::byte> from) override;
  Status read(GpuAddress from, std::span<std::byte> into) override;
  Status wait() override { return {}; }

private:
  Result<const sim::Program *> findKernel(const std::string &name);
  // With `cost`, says what the node took.
  Status run(const GpuNode &node, const sim::Program *program, GpuCost *cost);
  Status exchange(const GpuNode &node);
  Status runKernel(const GpuNode &node, const sim::Program &program,
                   GpuCost *cost);

  GpuProperties about;
  sim::Options options;
  Communicator *ranks;
  std::vector<Pages> blocks; // what `allocate` gave
  std::vector<std::unique_ptr<SimSlot>> slots;
  std::optional<sim::Module> module;
  std::optional<sim::Image> image;
  sim::Memory memory; // variables of the module, arguments of one launch
  std::map<std::string, sim::Program> programs;
};
} // namespace

Result<GpuAddress> SimDriver::allocate(uint64_t bytes) {
  Result<Pages> block = Pages::allocate(bytes);
  if (!block.ok())
    return block.status();
  blocks.push_back(block.take());
  return reinterpret_cast<GpuAddress>(blocks.back().data());
}

Result<GpuSlot *> SimDriver::makeSlot(uint64_t bytes) {
  auto slot = std::make_unique<SimSlot>();
  for (Pages *pages : {&slot->ofHost, &slot->ofGpu}) {
    Result<Pages> given = Pages::allocate(bytes);
    if (!given.ok())
      return given.status();
    *pages = given.take();
  }
  slot->host = {slot->ofHost.data(), bytes};
  slot->device = reinterpret_cast<GpuAddress>(slot->ofGpu.data());
  slots.push_back(std::move(slot));
  return slots.back().get();
}

Status SimDriver::write(GpuAddress to, std::span<const std::byte> from) {
  std::copy(from.begin(), from.end(), hostOf(to));
  return {};
}

Status SimDriver::read(GpuAddress from, std::span<std::byte> into) {
  std::copy_n(hostOf(from), into.size(), into.begin());
  return {};
}

Status SimDriver::load(const GpuCode &code) {
  if (!sim::canExecute())
    return Status(Code::Unsupported,
                  "the simulator needs a processor with AVX2 and FMA", "sim");
  std::string text(reinterpret_cast<const char *>(code.bytes.data()),
                   code.bytes.size());
  Result<sim::Module> parsed = sim::parseModule(std::move(text), code.name);
  if (!parsed.ok())
    return parsed.status();
  module = parsed.take();
  Result<sim::Image> placed = sim::Image::load(*module, memory);
  if (!placed.ok())
    return placed.status();
  image = placed.take();
  return {};
}

// Decoded when first asked for: a run may not need every entry.
Result<const sim::Program *> SimDriver::findKernel(const std::string &name) {
  auto found = programs.find(name);
  if (found != programs.end())
    return &found->second;
  Result<sim::Program> program = image->kernel(name);
  if (!program.ok())
    return program.status();
  return &programs.emplace(name, program.take()).first->second;
}

Result<std::unique_ptr<GpuGraph>>
SimDriver::makeGraph(std::span<const GpuNode> nodes, bool timed) {
  auto graph = std::make_unique<SimGraph>();
  graph->nodes.assign(nodes.begin(), nodes.end());
  for (const GpuNode &node : nodes) {
    Result<const sim::Program *> program = nullptr;
    if (!node.kernel.empty())
      program = findKernel(node.kernel);
    if (!program.ok())
      return program.status();
    graph->programs.push_back(*program);
  }
  graph->order = orderNodes(nodes, options.schedule, options.seed);
  graph->costs.resize(timed ? nodes.size() : 0);
  return std::unique_ptr<GpuGraph>(std::move(graph));
}

Status SimDriver::launch(GpuGraph &graph, GpuSlot &slot, uint64_t bytes) {
  auto &ours = static_cast<SimGraph &>(graph);
  std::copy_n(slot.host.begin(), bytes, hostOf(slot.device));
  for (uint32_t i : ours.order) {
    GpuCost *cost = ours.costs.empty() ? nullptr : &ours.costs[i];
    uint64_t start = cost ? now() : 0;
    if (Status done = run(ours.nodes[i], ours.programs[i], cost); !done.ok())
      return done;
    if (cost)
      cost->nanoseconds = now() - start;
  }
  return {};
}

Status SimDriver::run(const GpuNode &node, const sim::Program *program,
                      GpuCost *cost) {
  if (program)
    return runKernel(node, *program, cost);
  if (node.exchanges)
    return exchange(node);
  if (!node.arguments.empty())
    std::memcpy(hostOf(node.arguments[1].address),
                hostOf(node.arguments[0].address), node.arguments[1].bytes);
  return {};
}

Status SimDriver::exchange(const GpuNode &node) {
  std::vector<std::span<std::byte>> tensors;
  for (size_t i = node.arguments.size() / 2; i < node.arguments.size(); ++i)
    tensors.emplace_back(hostOf(node.arguments[i].address),
                         node.arguments[i].bytes);
  return ranks->allGather(tensors);
}

static Status failureOf(const GpuNode &node,
                        const std::vector<sim::Finding> &findings) {
  return Status(Code::Internal,
                "kernel '" + node.kernel +
                    "' is at fault on the simulated GPU (" +
                    std::to_string(findings.size()) +
                    (findings.size() == 1 ? " finding), " : " findings), ") +
                    findings.front().text(/*between=*/", "),
                node.location);
}

Status SimDriver::runKernel(const GpuNode &node, const sim::Program &program,
                            GpuCost *cost) {
  SimArguments arguments(memory, node);
  if (Status placed = arguments.copyIn(); !placed.ok())
    return placed;
  sim::LaunchShape shape;
  shape.grid = {node.blocks, 1, 1};
  shape.block = {node.threads, 1, 1};
  Result<std::vector<std::byte>> parameters = arguments.parameters();
  if (!parameters.ok())
    return parameters.status();
  shape.parameters = parameters.take();
  shape.dynamicShared = node.takes ? node.takes->shared_bytes() : 0;
  Result<sim::Report> report = sim::launch(memory, program, shape, options);
  // The launch is of the file, as the code is: one of them is wrong.
  if (!report.ok())
    return report.status().code() == Code::Usage
               ? Status(Code::Damaged,
                        "kernel '" + node.kernel + "' cannot be launched: " +
                            report.status().sentence(),
                        node.location)
               : report.status();
  if (cost)
    cost->instructions = report->counters.total().issued;
  if (!report->findings.empty())
    return failureOf(node, report->findings);
  return arguments.copyOut();
}

std::unique_ptr<GpuDriver>
gan::runtime::makeSimDriver(const sim::Options &options, unsigned architecture,
                            Communicator *ranks) {
  return std::make_unique<SimDriver>(options, architecture, ranks);
}
