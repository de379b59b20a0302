// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A driver library as NVIDIA's, whose GPU is the simulator, on memory that is
// one allocation as the arena is. What is queued is done as late as a stream or
// an event that somebody waits for allows, and nodes of a graph as late as
// their dependencies allow, so that a wait or a dependency that is missing is
// seen. What the environment's GAN_FAKE_CUDA names goes wrong,
// GAN_FAKE_CUDA_FREE says how many bytes are free; what was queued is counted
// in the file that GAN_FAKE_CUDA_COUNTS names.
#include "runtime/device/gpu/CudaApi.h"
#include "runtime/device/sim/Launch.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <functional>
#include <map>
#include <utility>

using namespace gan::runtime;
using namespace gan::runtime::cuda;
namespace sim = gan::sim;

namespace {
constexpr CuResult kInvalidValue = 1, kInvalidImage = 200, kLaunchFailed = 719;
constexpr size_t kTotalBytes = size_t{4} << 30;

struct Graph;
struct Stream {
  Graph *recorded = nullptr; // takes what is queued, where there is one
  std::vector<std::function<CuResult()>> queue;
  size_t done = 0;
  CuResult result = kSuccess; // the first failure stays
};
struct Event {
  double time = 0;
  Stream *stream = nullptr; // in which it was recorded, behind so many
  size_t place = 0;
};
struct Node {
  const sim::Program *program = nullptr;
  sim::LaunchShape shape;
  CuCopyNode copy = {};
  Event *event = nullptr;
  std::function<CuResult()> work; // of the host
  std::shared_ptr<const Graph> child;
  std::vector<size_t> after;
};
struct Graph {
  std::vector<Node> nodes;
};
using GraphExec = std::shared_ptr<const Graph>;
struct Counts {
  size_t launches = 0, uploads = 0, writes = 0, reads = 0;
};
struct Module {
  std::unique_ptr<sim::Module> text; // which the image refers to
  sim::Image image;
  std::map<std::string, sim::Program> programs;
};

sim::Memory &memory() {
  static sim::Memory one;
  return one;
}
double now = 0; // milliseconds: one for each node that has run
Counts counts;
std::map<CuDevicePtr, size_t> allocated;
std::map<const std::byte *, size_t> pinned; // bytes from there on
thread_local CuContext current = nullptr;
} // namespace

static bool fails(const char *what) {
  const char *wanted = std::getenv("GAN_FAKE_CUDA");
  return wanted && std::strcmp(wanted, what) == 0;
}

// Does what is queued up to a place.
static CuResult runTo(Stream &stream, size_t place) {
  while (stream.done < place && stream.result == kSuccess)
    if (CuResult result = stream.queue[stream.done++](); result != kSuccess)
      stream.result = result;
  return stream.result;
}

static CuResult push(CuStream stream, std::function<CuResult()> work) {
  if (!current || !stream || reinterpret_cast<Stream *>(stream)->recorded)
    return kInvalidValue;
  reinterpret_cast<Stream *>(stream)->queue.push_back(std::move(work));
  return kSuccess;
}

static size_t freeBytes() {
  const char *wanted = std::getenv("GAN_FAKE_CUDA_FREE");
  size_t there = wanted ? std::strtoull(wanted, nullptr, 10) : kTotalBytes;
  for (const auto &[address, bytes] : allocated)
    there -= std::min(there, bytes);
  return there;
}

static bool isPinned(const void *from, size_t bytes) {
  auto *begin = static_cast<const std::byte *>(from);
  auto behind = pinned.upper_bound(begin);
  return behind != pinned.begin() &&
         begin + bytes <= std::prev(behind)->first + std::prev(behind)->second;
}

static CuResult resultOf(const Status &status) {
  return status.ok() ? kSuccess : kLaunchFailed;
}

// A node's handle is its place in the graph plus one.
static bool addNode(CuGraphNode *handle, CuGraph graph,
                    const CuGraphNode *after, size_t count, Node node) {
  auto &nodes = reinterpret_cast<Graph *>(graph)->nodes;
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

static CuResult runAll(const Graph &graph);

static CuResult run(const Node &node) {
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
    bool done = memory().read(node.copy.from.device, bytes).ok() &&
                memory().write(node.copy.to.device, bytes).ok();
    return done ? kSuccess : kLaunchFailed;
  }
  Result<sim::Report> report =
      sim::launch(memory(), *node.program, node.shape, {});
  return report.ok() && report->findings.empty() ? kSuccess : kLaunchFailed;
}

static CuResult runAll(const Graph &graph) {
  const std::vector<Node> &nodes = graph.nodes;
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

CuResult cuInit(unsigned) { return fails("none") ? kNoDevice : kSuccess; }
CuResult cuDriverGetVersion(int *version) {
  *version = fails("old") ? 11080 : 12040;
  return kSuccess;
}
CuResult cuGetErrorName(CuResult error, const char **name) {
  *name = error == kLaunchFailed ? "CUDA_ERROR_LAUNCH_FAILED" : "CUDA_ERROR";
  return kSuccess;
}
CuResult cuGetErrorString(CuResult error, const char **text) {
  *text = error == kLaunchFailed ? "unspecified launch failure" : "an error";
  return kSuccess;
}
CuResult cuDeviceGetCount(int *count) {
  *count = fails("hidden") ? 0 : 1;
  return kSuccess;
}
CuResult cuDeviceGet(CuDevice *device, int ordinal) {
  *device = 7;
  return ordinal == 0 ? kSuccess : kInvalidValue;
}
CuResult cuDeviceGetName(char *name, int bytes, CuDevice) {
  std::strncpy(name, "Fake GPU", bytes);
  return kSuccess;
}
CuResult cuDeviceGetAttribute(int *value, CuDeviceAttribute attribute,
                              CuDevice device) {
  *value = attribute == kCapabilityMajor   ? fails("small") ? 7 : 9
           : attribute == kCapabilityMinor ? 0
                                           : 48 * 1024;
  return device == 7 ? kSuccess : kInvalidValue;
}
CuResult cuDevicePrimaryCtxRetain(CuContext *context, CuDevice) {
  *context = reinterpret_cast<CuContext>(&now);
  return kSuccess;
}
CuResult cuDevicePrimaryCtxRelease_v2(CuDevice) {
  if (const char *path = std::getenv("GAN_FAKE_CUDA_COUNTS"))
    std::ofstream(path) << "launches " << counts.launches << "\nuploads "
                        << counts.uploads << "\nwrites " << counts.writes
                        << "\nreads " << counts.reads << "\n";
  return kSuccess;
}
CuResult cuCtxSetCurrent(CuContext context) {
  current = context;
  return context ? kSuccess : kInvalidValue;
}
CuResult cuMemGetInfo_v2(size_t *free, size_t *total) {
  *free = freeBytes();
  *total = kTotalBytes;
  return kSuccess;
}
CuResult cuMemAlloc_v2(CuDevicePtr *address, size_t bytes) {
  if (fails("memory") || bytes > freeBytes())
    return kOutOfMemory;
  *address = *memory().allocate(bytes, "arena", sim::Use::ReadWrite);
  allocated[*address] = bytes;
  return kSuccess;
}
CuResult cuMemFree_v2(CuDevicePtr address) {
  allocated.erase(address);
  return memory().release(address).ok() ? kSuccess : kInvalidValue;
}
CuResult cuMemHostAlloc(void **address, size_t bytes, unsigned) {
  *address = std::malloc(bytes);
  pinned[static_cast<std::byte *>(*address)] = bytes;
  return kSuccess;
}
CuResult cuMemFreeHost(void *address) {
  std::free(address);
  return pinned.erase(static_cast<std::byte *>(address)) ? kSuccess
                                                         : kInvalidValue;
}
CuResult cuMemsetD8Async(CuDevicePtr to, unsigned char value, size_t bytes,
                         CuStream stream) {
  return push(stream, [=] {
    return resultOf(memory().fill(to, bytes, std::byte(value)));
  });
}
// Only what is pinned is read when its time has come.
CuResult cuMemcpyHtoDAsync_v2(CuDevicePtr to, const void *from, size_t bytes,
                              CuStream stream) {
  std::span whole(static_cast<const std::byte *>(from), bytes);
  if (isPinned(from, bytes)) {
    ++counts.uploads;
    return push(stream, [=] { return resultOf(memory().write(to, whole)); });
  }
  ++counts.writes;
  return push(stream, [to, copy = std::vector(whole.begin(), whole.end())] {
    return resultOf(memory().write(to, copy));
  });
}
CuResult cuMemcpyDtoHAsync_v2(void *to, CuDevicePtr from, size_t bytes,
                              CuStream stream) {
  ++counts.reads;
  std::span into(static_cast<std::byte *>(to), bytes);
  return push(stream, [=] { return resultOf(memory().read(from, into)); });
}
CuResult cuStreamCreate(CuStream *stream, unsigned flags) {
  *stream = reinterpret_cast<CuStream>(new Stream);
  return flags == kStreamNonBlocking ? kSuccess : kInvalidValue;
}
CuResult cuStreamDestroy_v2(CuStream stream) {
  delete reinterpret_cast<Stream *>(stream);
  return kSuccess;
}
CuResult cuStreamSynchronize(CuStream stream) {
  if (fails("late"))
    return kLaunchFailed;
  auto *ours = reinterpret_cast<Stream *>(stream);
  return runTo(*ours, ours->queue.size());
}
CuResult cuStreamWaitEvent(CuStream stream, CuEvent event, unsigned) {
  Event now = *reinterpret_cast<Event *>(event);
  return push(stream, [now] {
    return now.stream ? runTo(*now.stream, now.place) : kSuccess;
  });
}
CuResult cuStreamBeginCapture_v2(CuStream stream, CuCaptureMode mode) {
  auto *ours = reinterpret_cast<Stream *>(stream);
  if (ours->recorded || mode != kCaptureThread)
    return kInvalidValue;
  ours->recorded = new Graph;
  return kSuccess;
}
CuResult cuStreamEndCapture(CuStream stream, CuGraph *graph) {
  auto *ours = reinterpret_cast<Stream *>(stream);
  *graph = reinterpret_cast<CuGraph>(ours->recorded);
  return std::exchange(ours->recorded, nullptr) ? kSuccess : kInvalidValue;
}
// One behind the other where they are recorded, as in a stream.
CuResult cuLaunchHostFunc(CuStream stream, void (*work)(void *), void *data) {
  auto *ours = reinterpret_cast<Stream *>(stream);
  if (!ours->recorded)
    return kInvalidValue;
  Node node;
  node.work = [=] {
    work(data);
    return kSuccess;
  };
  if (!ours->recorded->nodes.empty())
    node.after = {ours->recorded->nodes.size() - 1};
  ours->recorded->nodes.push_back(std::move(node));
  return kSuccess;
}
CuResult fakeCudaRead(CuDevicePtr from, void *into, size_t bytes) {
  std::span<std::byte> all(static_cast<std::byte *>(into), bytes);
  return resultOf(memory().read(from, all));
}
CuResult fakeCudaWrite(CuDevicePtr to, const void *from, size_t bytes) {
  std::span<const std::byte> all(static_cast<const std::byte *>(from), bytes);
  return resultOf(memory().write(to, all));
}
CuResult cuGraphAddChildGraphNode(CuGraphNode *handle, CuGraph graph,
                                  const CuGraphNode *after, size_t count,
                                  CuGraph child) {
  Node node;
  node.child = std::make_shared<const Graph>(*reinterpret_cast<Graph *>(child));
  return addNode(handle, graph, after, count, std::move(node)) ? kSuccess
                                                               : kInvalidValue;
}
CuResult cuModuleLoadDataEx(CuModule *module, const void *image,
                            unsigned options, CuJitOption *names,
                            void **values) {
  Result<sim::Module> parsed =
      sim::parseModule(static_cast<const char *>(image), "ptxas");
  if (!parsed.ok()) {
    size_t room = 0;
    for (unsigned i = 0; i < options; ++i)
      if (names[i] == kErrorLogBytes)
        room = reinterpret_cast<size_t>(values[i]);
    for (unsigned i = 0; i < options; ++i)
      if (names[i] == kErrorLogBuffer)
        std::strncpy(static_cast<char *>(values[i]),
                     parsed.status().text().c_str(), room);
    return kInvalidImage;
  }
  auto text = std::make_unique<sim::Module>(parsed.take());
  Result<sim::Image> placed = sim::Image::load(*text, memory());
  if (!placed.ok())
    return kInvalidImage;
  auto *made = new Module{std::move(text), placed.take(), {}};
  *module = reinterpret_cast<CuModule>(made);
  return kSuccess;
}
CuResult cuModuleUnload(CuModule module) {
  delete reinterpret_cast<Module *>(module);
  return kSuccess;
}
CuResult cuModuleGetFunction(CuFunction *function, CuModule module,
                             const char *name) {
  auto *ours = reinterpret_cast<Module *>(module);
  auto found = ours->programs.find(name);
  if (found == ours->programs.end()) {
    Result<sim::Program> program = ours->image.kernel(name);
    if (!program.ok())
      return kNotFound;
    found = ours->programs.emplace(name, program.take()).first;
  }
  *function = reinterpret_cast<CuFunction>(&found->second);
  return kSuccess;
}
CuResult cuGraphCreate(CuGraph *graph, unsigned) {
  *graph = reinterpret_cast<CuGraph>(new Graph);
  return kSuccess;
}
CuResult cuGraphDestroy(CuGraph graph) {
  delete reinterpret_cast<Graph *>(graph);
  return kSuccess;
}
CuResult cuGraphAddKernelNode_v2(CuGraphNode *handle, CuGraph graph,
                                 const CuGraphNode *after, size_t count,
                                 const CuKernelNode *kernel) {
  Node node;
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
  Node node;
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
  Node node;
  node.event = reinterpret_cast<Event *>(event);
  return addNode(handle, graph, after, count, std::move(node)) ? kSuccess
                                                               : kInvalidValue;
}
CuResult cuGraphInstantiateWithFlags(CuGraphExec *exec, CuGraph graph,
                                     unsigned long long) {
  auto *copy = new GraphExec(
      std::make_shared<const Graph>(*reinterpret_cast<Graph *>(graph)));
  *exec = reinterpret_cast<CuGraphExec>(copy);
  return kSuccess;
}
CuResult cuGraphLaunch(CuGraphExec exec, CuStream stream) {
  ++counts.launches;
  GraphExec graph = *reinterpret_cast<GraphExec *>(exec);
  return push(stream, [graph] { return runAll(*graph); });
}
CuResult cuGraphExecDestroy(CuGraphExec exec) {
  delete reinterpret_cast<GraphExec *>(exec);
  return kSuccess;
}
CuResult cuEventCreate(CuEvent *event, unsigned) {
  *event = reinterpret_cast<CuEvent>(new Event);
  return kSuccess;
}
CuResult cuEventDestroy_v2(CuEvent event) {
  delete reinterpret_cast<Event *>(event);
  return kSuccess;
}
CuResult cuEventRecord(CuEvent event, CuStream stream) {
  auto &ours = *reinterpret_cast<Event *>(event);
  ours.stream = reinterpret_cast<Stream *>(stream);
  ours.place = ours.stream->queue.size();
  return kSuccess;
}
CuResult cuEventSynchronize(CuEvent event) {
  auto &ours = *reinterpret_cast<Event *>(event);
  return ours.stream ? runTo(*ours.stream, ours.place) : kSuccess;
}
CuResult cuEventElapsedTime(float *milliseconds, CuEvent from, CuEvent to) {
  *milliseconds = float(reinterpret_cast<Event *>(to)->time -
                        reinterpret_cast<Event *>(from)->time);
  return kSuccess;
}
}
