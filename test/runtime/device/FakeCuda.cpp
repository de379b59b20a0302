// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A driver library as NVIDIA's, whose GPU is the simulator, on memory that is
// one allocation as the arena is. What is queued is done as late as can be
// (FakeStreams.cpp, FakeGraphs.cpp), so that a wait or a dependency that is
// missing is seen. What the environment's GAN_FAKE_CUDA names goes wrong,
// GAN_FAKE_CUDA_FREE says how many bytes are free; what was queued is counted
// in the file that GAN_FAKE_CUDA_COUNTS names.
#include "test/runtime/device/FakeCuda.h"
#include "runtime/device/sim/TensorMap.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <map>
#include <span>

using namespace gan;
using namespace gan::runtime;
using namespace gan::runtime::cuda;
using namespace gan::test;

namespace {
constexpr size_t kTotalBytes = size_t{4} << 30;
constexpr int kMostShared = 227 * 1024;

struct Module {
  std::unique_ptr<sim::Module> text; // which the image refers to
  sim::Image image;
  std::map<std::string, sim::Program> programs;
};

std::map<CuDevicePtr, size_t> allocated;
std::map<const std::byte *, size_t> pinned; // bytes from there on
thread_local CuContext current = nullptr;
} // namespace

FakeCounts &gan::test::fakeCounts() {
  static FakeCounts one;
  return one;
}

sim::Memory &gan::test::fakeMemory() {
  static sim::Memory one;
  return one;
}

bool gan::test::isPinned(const void *from, size_t bytes) {
  auto *begin = static_cast<const std::byte *>(from);
  auto behind = pinned.upper_bound(begin);
  return behind != pinned.begin() &&
         begin + bytes <= std::prev(behind)->first + std::prev(behind)->second;
}

bool gan::test::hasContext() { return current; }

bool gan::test::fails(const char *what) {
  const char *wanted = std::getenv("GAN_FAKE_CUDA");
  return wanted && std::strcmp(wanted, what) == 0;
}

CuResult gan::test::resultOf(const Status &status) {
  return status.ok() ? kSuccess : kLaunchFailed;
}

static size_t freeBytes() {
  const char *wanted = std::getenv("GAN_FAKE_CUDA_FREE");
  size_t there = wanted ? std::strtoull(wanted, nullptr, 10) : kTotalBytes;
  for (const auto &[address, bytes] : allocated)
    there -= std::min(there, bytes);
  return there;
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
           : attribute == kMaxSharedOptIn  ? kMostShared
                                           : 48 * 1024;
  return device == 7 ? kSuccess : kInvalidValue;
}
CuResult cuDevicePrimaryCtxRetain(CuContext *context, CuDevice) {
  *context = reinterpret_cast<CuContext>(&allocated);
  return kSuccess;
}
CuResult cuDevicePrimaryCtxRelease_v2(CuDevice) {
  if (const char *path = std::getenv("GAN_FAKE_CUDA_COUNTS"))
    std::ofstream(path) << "launches " << fakeCounts().launches << "\nuploads "
                        << fakeCounts().uploads << "\nwrites "
                        << fakeCounts().writes << "\nreads "
                        << fakeCounts().reads << "\n";
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
  *address = *fakeMemory().allocate(bytes, "arena", sim::Use::ReadWrite);
  allocated[*address] = bytes;
  return kSuccess;
}
CuResult cuMemFree_v2(CuDevicePtr address) {
  allocated.erase(address);
  return fakeMemory().release(address).ok() ? kSuccess : kInvalidValue;
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
CuResult fakeCudaRead(CuDevicePtr from, void *into, size_t bytes) {
  std::span<std::byte> all(static_cast<std::byte *>(into), bytes);
  return resultOf(fakeMemory().read(from, all));
}
CuResult fakeCudaWrite(CuDevicePtr to, const void *from, size_t bytes) {
  std::span<const std::byte> all(static_cast<const std::byte *>(from), bytes);
  return resultOf(fakeMemory().write(to, all));
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
  Result<sim::Image> placed = sim::Image::load(*text, fakeMemory());
  if (!placed.ok())
    return kInvalidImage;
  auto *made = new Module{std::move(text), placed.take(), {}};
  *module = reinterpret_cast<CuModule>(made);
  return kSuccess;
}
CuResult cuFuncSetAttribute(CuFunction function, CuFunctionAttribute attribute,
                            int value) {
  bool isRight = function && attribute == kMaxDynamicShared &&
                 value <= kMostShared && !fails("shared");
  return isRight ? kSuccess : kInvalidValue;
}
CuResult cuTensorMapEncodeTiled(CuTensorMap *map, CuMapElement element,
                                unsigned rank, void *address,
                                const uint64_t *extents,
                                const uint64_t *strides, const unsigned *box,
                                const unsigned *steps, CuMapInterleave,
                                CuMapSwizzle swizzle, CuMapPromotion,
                                CuMapFill) {
  sim::TensorMap made;
  made.base = reinterpret_cast<uint64_t>(address);
  made.rank = static_cast<uint8_t>(rank);
  made.elementBytes = element == kMapBfloat16 ? 2 : 4;
  made.chunks = static_cast<uint8_t>(1 << swizzle);
  for (unsigned axis = 0; axis < rank; ++axis) {
    made.extents[axis] = static_cast<uint32_t>(extents[axis]);
    if (axis > 0)
      made.strides[axis - 1] = strides[axis - 1];
    made.box[axis] = static_cast<uint16_t>(box[axis]);
    made.steps[axis] = static_cast<uint8_t>(steps[axis]);
  }
  Result<sim::TensorMapBytes> bytes = sim::encodeTensorMap(made);
  if (!bytes.ok() || fails("map"))
    return kInvalidValue;
  std::memcpy(map, bytes->data(), bytes->size());
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
}
