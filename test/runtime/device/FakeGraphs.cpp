// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Graphs of the fake driver: nodes run as late as their dependencies allow, so
// that one that is missing is seen.
#include "test/runtime/device/FakeCuda.h"

#include <algorithm>
#include <cstring>

using namespace gan;
using namespace gan::runtime;
using namespace gan::runtime::cuda;
using namespace gan::test;

// Milliseconds: one for each node that has run.
static double now = 0;

// A node's handle is its place in the graph plus one.
static bool addNode(CuGraphNode *handle, CuGraph graph,
                    const CuGraphNode *after, size_t count, FakeNode node) {
  auto &nodes = reinterpret_cast<FakeGraph *>(graph)->nodes;
  for (size_t i = 0; i < count; ++i) {
    size_t earlier = reinterpret_cast<size_t>(after[i]) - 1;
    if (earlier >= nodes.size())
      return false;
    node.after.push_back(earlier);
  }
  nodes.push_back(std::move(node));
  *handle = reinterpret_cast<CuGraphNode>(nodes.size());
  return true;
}

static CuResult run(const FakeNode &node) {
  now += 1;
  if (node.work)
    return node.work();
  if (node.child)
    return runAll(*node.child);
  if (node.event) {
    node.event->time = now;
    return kSuccess;
  }
  if (!node.program && node.copy.bytes == 0)
    return kSuccess;
  if (!node.program) {
    std::vector<std::byte> bytes(node.copy.bytes);
    bool done = fakeMemory().read(node.copy.from.device, bytes).ok() &&
                fakeMemory().write(node.copy.to.device, bytes).ok();
    return done ? kSuccess : kLaunchFailed;
  }
  Result<sim::Report> report =
      sim::launch(fakeMemory(), *node.program, node.shape, {});
  return report.ok() && report->findings.empty() ? kSuccess : kLaunchFailed;
}

CuResult gan::test::runAll(const FakeGraph &graph) {
  const std::vector<FakeNode> &nodes = graph.nodes;
  std::vector<bool> done(nodes.size());
  for (size_t left = nodes.size(); left > 0; --left) {
    size_t next = nodes.size();
    for (size_t i = 0; i < nodes.size(); ++i)
      if (!done[i] &&
          std::all_of(nodes[i].after.begin(), nodes[i].after.end(),
                      [&](size_t earlier) { return done[earlier]; }))
        next = i;
    if (CuResult result = run(nodes[next]); result != kSuccess)
      return result;
    done[next] = true;
  }
  return kSuccess;
}

extern "C" {

CuResult cuGraphCreate(CuGraph *graph, unsigned) {
  *graph = reinterpret_cast<CuGraph>(new FakeGraph);
  return kSuccess;
}
CuResult cuGraphDestroy(CuGraph graph) {
  delete reinterpret_cast<FakeGraph *>(graph);
  return kSuccess;
}
CuResult cuGraphAddKernelNode_v2(CuGraphNode *handle, CuGraph graph,
                                 const CuGraphNode *after, size_t count,
                                 const CuKernelNode *kernel) {
  FakeNode node;
  node.program = reinterpret_cast<const sim::Program *>(kernel->function);
  node.shape.grid = {kernel->gridX, kernel->gridY, kernel->gridZ};
  node.shape.block = {kernel->blockX, kernel->blockY, kernel->blockZ};
  node.shape.dynamicShared = kernel->sharedBytes;
  node.shape.parameters.resize(node.program->parameterBytes);
  for (size_t i = 0; i < node.program->parameters.size(); ++i)
    std::memcpy(node.shape.parameters.data() +
                    node.program->parameters[i].offset,
                kernel->parameters[i], node.program->parameters[i].bytes);
  return addNode(handle, graph, after, count, std::move(node)) ? kSuccess
                                                               : kInvalidValue;
}
CuResult cuGraphAddMemcpyNode(CuGraphNode *handle, CuGraph graph,
                              const CuGraphNode *after, size_t count,
                              const CuCopyNode *copy, CuContext context) {
  FakeNode node;
  node.copy = *copy;
  bool known = context && copy->from.memoryType == kMemoryDevice &&
               copy->to.memoryType == kMemoryDevice && copy->height == 1 &&
               copy->depth == 1;
  return known && addNode(handle, graph, after, count, std::move(node))
             ? kSuccess
             : kInvalidValue;
}
CuResult cuGraphAddEmptyNode(CuGraphNode *handle, CuGraph graph,
                             const CuGraphNode *after, size_t count) {
  return addNode(handle, graph, after, count, {}) ? kSuccess : kInvalidValue;
}
CuResult cuGraphAddEventRecordNode(CuGraphNode *handle, CuGraph graph,
                                   const CuGraphNode *after, size_t count,
                                   CuEvent event) {
  FakeNode node;
  node.event = reinterpret_cast<FakeEvent *>(event);
  return addNode(handle, graph, after, count, std::move(node)) ? kSuccess
                                                               : kInvalidValue;
}
CuResult cuGraphAddChildGraphNode(CuGraphNode *handle, CuGraph graph,
                                  const CuGraphNode *after, size_t count,
                                  CuGraph child) {
  FakeNode node;
  node.child =
      std::make_shared<const FakeGraph>(*reinterpret_cast<FakeGraph *>(child));
  return addNode(handle, graph, after, count, std::move(node)) ? kSuccess
                                                               : kInvalidValue;
}
CuResult cuGraphInstantiateWithFlags(CuGraphExec *exec, CuGraph graph,
                                     unsigned long long) {
  auto *copy = new FakeGraphExec(
      std::make_shared<const FakeGraph>(*reinterpret_cast<FakeGraph *>(graph)));
  *exec = reinterpret_cast<CuGraphExec>(copy);
  return kSuccess;
}
CuResult cuGraphExecDestroy(CuGraphExec exec) {
  delete reinterpret_cast<FakeGraphExec *>(exec);
  return kSuccess;
}
}
