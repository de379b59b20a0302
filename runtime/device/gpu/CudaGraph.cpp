// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/gpu/CudaGraph.h"

using namespace gan;
using namespace gan::runtime;
using namespace gan::runtime::cuda;

CudaGraph::~CudaGraph() {
  if (exec)
    api.graphExecDestroy(exec);
  for (CuEvent event : events)
    api.eventDestroy(event);
}

Status CudaGraph::readTimes() {
  for (size_t i = 0; i < costs.size(); ++i) {
    float milliseconds = 0;
    if (Status good = api.check(
            api.eventElapsedTime(&milliseconds, events[i], events[i + 1]),
            "measuring kernels");
        !good.ok())
      return good;
    costs[i].nanoseconds = static_cast<uint64_t>(1e6 * milliseconds);
  }
  return {};
}

namespace {
// A graph under construction; the driver copies whatever it is given.
class Builder {
public:
  explicit Builder(const GraphTools &tools)
      : api(tools.api), context(tools.context), module(tools.module),
        tools(tools) {}
  ~Builder() {
    if (graph)
      api.graphDestroy(graph);
  }
  Status build(std::span<const GpuNode> nodes, CudaGraph &result);

private:
  Status addNode(const GpuNode &node, std::span<const CuGraphNode> after);
  Status addKernel(const GpuNode &node, std::span<const CuGraphNode> after);
  Status makeMaps(const GpuNode &node, std::vector<CuTensorMap> &maps) const;
  Status askForShared(const GpuNode &node, CuKernelNode &kernel) const;
  Status addCopy(const GpuNode &node, std::span<const CuGraphNode> after);
  Status addWait(std::span<const CuGraphNode> after);
  Status addExchange(const GpuNode &node, std::span<const CuGraphNode> after);
  Status addEvent(CudaGraph &result);

  const Api &api;
  CuContext context;
  CuModule module;
  const GraphTools &tools;
  CuGraph graph = nullptr;
  std::vector<CuGraphNode> made; // by node, the last one where it is a chain
};
} // namespace

static CuMapElement elementOf(format::ElementType element) {
  switch (element) {
  case format::ElementType::F32:
    return kMapFloat32;
  case format::ElementType::F64:
    return kMapFloat64;
  case format::ElementType::I32:
    return kMapInt32;
  case format::ElementType::I64:
    return kMapInt64;
  case format::ElementType::Bool:
    return kMapUint8;
  case format::ElementType::BF16:
    break;
  }
  return kMapBfloat16;
}

static CuMapSwizzle swizzleOf(uint32_t rowBytes) {
  return rowBytes == 32   ? kSwizzle32
         : rowBytes == 64 ? kSwizzle64
                          : kSwizzle128;
}

Status Builder::makeMaps(const GpuNode &node,
                         std::vector<CuTensorMap> &maps) const {
  if (!node.takes || !node.takes->maps())
    return {};
  for (const format::TensorMap *map : *node.takes->maps()) {
    std::vector<uint64_t> extents, strides;
    std::vector<unsigned> box, steps;
    for (const format::BoxAxis *axis : *map->axes()) {
      extents.push_back(axis->extent());
      strides.push_back(axis->stride());
      box.push_back(axis->box());
      steps.push_back(axis->step());
    }
    strides.erase(strides.begin()); // that of the innermost is known
    void *address =
        reinterpret_cast<void *>(node.arguments[map->argument()].address);
    maps.emplace_back();
    Status good =
        api.check(api.tensorMapEncodeTiled(
                      &maps.back(), elementOf(map->element()),
                      map->axes()->size(), address, extents.data(),
                      strides.data(), box.data(), steps.data(), kInterleaveNone,
                      swizzleOf(map->row_bytes()), kPromotion128, kFillZero),
                  "taking a tensor of kernel '" + node.kernel + "'");
    if (!good.ok())
      return good;
  }
  return {};
}

Status Builder::askForShared(const GpuNode &node, CuKernelNode &kernel) const {
  kernel.sharedBytes = node.takes ? node.takes->shared_bytes() : 0;
  if (kernel.sharedBytes == 0)
    return {};
  return api.check(
      api.functionSetAttribute(kernel.function, kMaxDynamicShared,
                               static_cast<int>(kernel.sharedBytes)),
      "giving kernel '" + node.kernel + "' its shared memory");
}

Status Builder::addKernel(const GpuNode &node,
                          std::span<const CuGraphNode> after) {
  CuKernelNode kernel = {};
  CuResult found =
      api.moduleGetFunction(&kernel.function, module, node.kernel.c_str());
  if (found == kNotFound)
    return Status(Code::Damaged,
                  "the code for this GPU has no kernel '" + node.kernel + "'",
                  node.location);
  if (Status good = api.check(found, "finding kernel '" + node.kernel + "'");
      !good.ok())
    return good;
  std::vector<GpuAddress> values;
  for (const GpuArgument &argument : node.arguments)
    values.push_back(argument.address);
  std::vector<CuTensorMap> maps;
  if (Status good = makeMaps(node, maps); !good.ok())
    return good;
  std::vector<void *> parameters;
  for (GpuAddress &value : values)
    parameters.push_back(&value);
  for (CuTensorMap &map : maps)
    parameters.push_back(&map);
  if (Status good = askForShared(node, kernel); !good.ok())
    return good;
  kernel.gridX = node.blocks;
  kernel.blockX = node.threads;
  kernel.gridY = kernel.gridZ = kernel.blockY = kernel.blockZ = 1;
  kernel.parameters = parameters.data();
  made.emplace_back();
  return api.check(api.graphAddKernel(&made.back(), graph, after.data(),
                                      after.size(), &kernel),
                   "taking kernel '" + node.kernel + "'");
}

Status Builder::addCopy(const GpuNode &node,
                        std::span<const CuGraphNode> after) {
  CuCopyNode copy = {};
  copy.from.memoryType = copy.to.memoryType = kMemoryDevice;
  copy.from.device = node.arguments[0].address;
  copy.to.device = node.arguments[1].address;
  copy.bytes = node.arguments[1].bytes;
  copy.height = copy.depth = 1;
  made.emplace_back();
  return api.check(api.graphAddCopy(&made.back(), graph, after.data(),
                                    after.size(), &copy, context),
                   "taking a copy");
}

// What NCCL queues is recorded, and becomes a node.
Status Builder::addExchange(const GpuNode &node,
                            std::span<const CuGraphNode> after) {
  if (Status good =
          api.check(api.streamBeginCapture(tools.stream, kCaptureThread),
                    "recording an exchange");
      !good.ok())
    return good;
  Status queued = tools.ranks->queue(node, tools.stream);
  CuGraph recorded = nullptr;
  Status good = api.check(api.streamEndCapture(tools.stream, &recorded),
                          "recording an exchange");
  if (!queued.ok() || !good.ok())
    return queued.ok() ? good : queued;
  made.emplace_back();
  good = api.check(api.graphAddGraph(&made.back(), graph, after.data(),
                                     after.size(), recorded),
                   "taking an exchange");
  api.graphDestroy(recorded);
  return good;
}

Status Builder::addNode(const GpuNode &node,
                        std::span<const CuGraphNode> after) {
  if (node.exchanges)
    return addExchange(node, after);
  if (!node.kernel.empty())
    return addKernel(node, after);
  return node.arguments.empty() ? addWait(after) : addCopy(node, after);
}

Status Builder::addWait(std::span<const CuGraphNode> after) {
  made.emplace_back();
  return api.check(
      api.graphAddEmpty(&made.back(), graph, after.data(), after.size()),
      "taking a node that waits");
}

// Behind the last node of a chain.
Status Builder::addEvent(CudaGraph &result) {
  result.events.push_back(nullptr);
  if (Status good = api.check(api.eventCreate(&result.events.back(), 0),
                              "making an event");
      !good.ok())
    return good;
  CuGraphNode node = nullptr;
  Status good = api.check(
      api.graphAddEvent(&node, graph, made.data() + made.size() - !made.empty(),
                        !made.empty(), result.events.back()),
      "taking an event");
  made.push_back(node);
  return good;
}

Status Builder::build(std::span<const GpuNode> nodes, CudaGraph &result) {
  bool timed = !result.costs.empty();
  if (Status good = api.check(api.graphCreate(&graph, 0), "making a graph");
      !good.ok())
    return good;
  if (timed)
    if (Status good = addEvent(result); !good.ok())
      return good;
  for (const GpuNode &node : nodes) {
    std::vector<CuGraphNode> after;
    if (timed)
      after.push_back(made.back());
    else
      for (uint32_t earlier : node.dependencies)
        after.push_back(made[earlier]);
    Status good = addNode(node, after);
    if (good.ok() && timed)
      good = addEvent(result);
    if (!good.ok())
      return good;
  }
  return api.check(api.graphInstantiate(&result.exec, graph, 0),
                   "making a graph ready");
}

Result<std::unique_ptr<GpuGraph>>
gan::runtime::cuda::buildGraph(const GraphTools &tools,
                               std::span<const GpuNode> nodes, bool timed) {
  auto graph = std::make_unique<CudaGraph>(tools.api);
  graph->costs.resize(timed ? nodes.size() : 0);
  if (Status good = Builder(tools).build(nodes, *graph); !good.ok())
    return good;
  return std::unique_ptr<GpuGraph>(std::move(graph));
}
