// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/gpu/CudaDriver.h"

#include "runtime/device/gpu/CudaApi.h"
#include "runtime/device/gpu/CudaGraph.h"
#include "runtime/device/gpu/CudaSlot.h"
#include "runtime/ranks/Ranks.h"

#include <cstdlib>
#include <cstring>

using namespace gan;
using namespace gan::runtime;
using namespace gan::runtime::cuda;

// Of the PTX that ganc emits: 8.0, which drivers for CUDA 12.0 were the first
// to know.
static constexpr int kOldestCuda = 12000;
static constexpr unsigned kOldestArchitecture = 80;

namespace {
class CudaDriver : public GpuDriver {
public:
  explicit CudaDriver(std::unique_ptr<Api> functions)
      : api(std::move(functions)) {}
  ~CudaDriver() override;
  Status open(unsigned ordinal);
  Status join(Communicator &ranks, const std::string &library);

  const GpuProperties &properties() const override { return about; }
  Status load(const GpuCode &code) override;
  Result<GpuMemory> tellMemory() override;
  Result<GpuAddress> allocate(uint64_t bytes) override;
  Result<std::unique_ptr<GpuGraph>> makeGraph(std::span<const GpuNode> nodes,
                                              bool timed) override;
  Result<GpuSlot *> makeSlot(uint64_t bytes) override;
  Status launch(GpuGraph &graph, GpuSlot &slot, uint64_t bytes) override;
  Status reclaim(GpuSlot &slot) override;
  Status write(GpuAddress to, std::span<const std::byte> from) override;
  Status read(GpuAddress from, std::span<std::byte> into) override;
  Status wait() override;

private:
  Status describe(int version);
  Status enter() const;

  std::unique_ptr<Api> api;
  GpuProperties about;
  CuDevice device = 0;
  CuContext context = nullptr;
  CuStream stream = nullptr, uploads = nullptr;
  CuModule module = nullptr;
  std::vector<CuDevicePtr> blocks;
  std::vector<std::unique_ptr<CudaSlot>> slots;
  std::unique_ptr<nccl::Ranks> gpus; // of other ranks, too; null: one rank
};
} // namespace

static Status unsupported(std::string sentence) {
  return Status(Code::Unsupported, std::move(sentence), "cuda");
}

static std::string versionText(int version) {
  return std::to_string(version / 1000) + "." +
         std::to_string(version % 1000 / 10);
}

Status CudaDriver::describe(int version) {
  char name[256] = {};
  int major = 0, minor = 0, shared = 0, most = 0;
  for (CuResult result :
       {api->deviceGetName(name, sizeof(name) - 1, device),
        api->deviceGetAttribute(&major, kCapabilityMajor, device),
        api->deviceGetAttribute(&minor, kCapabilityMinor, device),
        api->deviceGetAttribute(&shared, kMaxSharedPerBlock, device),
        api->deviceGetAttribute(&most, kMaxSharedOptIn, device)})
    if (Status good = api->check(result, "telling what it is"); !good.ok())
      return good;
  about.description =
      std::string(name) + ", driver for CUDA " + versionText(version);
  about.architecture = static_cast<unsigned>(10 * major + minor);
  about.takesCubins = true;
  about.sharedBytes = static_cast<uint32_t>(shared);
  about.mostShared = static_cast<uint32_t>(most);
  if (about.architecture < kOldestArchitecture)
    return unsupported("the GPU (" + std::string(name) + ") is of sm_" +
                       std::to_string(about.architecture) +
                       ", code begins with sm_" +
                       std::to_string(kOldestArchitecture));
  return {};
}

Status CudaDriver::join(Communicator &ranks, const std::string &library) {
  Result<std::unique_ptr<nccl::Ranks>> joined =
      nccl::Ranks::join(ranks, library);
  if (joined.ok())
    gpus = joined.take();
  return joined.status();
}

// Ranks of one machine take its GPUs in turn.
Status CudaDriver::open(unsigned ordinal) {
  int version = 0, count = 0;
  CuResult started = api->init(0);
  if (started == kNoDevice)
    return unsupported("there is no GPU on this machine");
  if (Status good = api->check(started, "starting its driver"); !good.ok())
    return good;
  if (Status good = api->check(api->driverGetVersion(&version),
                               "telling its driver's version");
      !good.ok())
    return good;
  if (version < kOldestCuda)
    return unsupported("the NVIDIA driver is one for CUDA " +
                       versionText(version) + ", update it to one for " +
                       versionText(kOldestCuda) + " or newer");
  if (Status good = api->check(api->deviceGetCount(&count), "being counted");
      !good.ok())
    return good;
  if (count == 0)
    return unsupported("there is no GPU on this machine");
  if (Status good =
          api->check(api->deviceGet(&device, static_cast<int>(ordinal) % count),
                     "being opened");
      !good.ok())
    return good;
  if (Status good = describe(version); !good.ok())
    return good;
  if (Status good = api->check(api->primaryContextRetain(&context, device),
                               "making a context");
      !good.ok())
    return good;
  if (Status good = enter(); !good.ok())
    return good;
  for (CuStream *each : {&stream, &uploads})
    if (Status good = api->check(api->streamCreate(each, kStreamNonBlocking),
                                 "making a stream");
        !good.ok())
      return good;
  return {};
}

// A context is current in a thread, and any may call.
Status CudaDriver::enter() const {
  return api->check(api->contextSetCurrent(context), "taking up its context");
}

CudaDriver::~CudaDriver() {
  if (!context || !enter().ok())
    return;
  for (CuStream each : {uploads, stream})
    if (each) {
      api->streamSynchronize(each);
      api->streamDestroy(each);
    }
  gpus.reset();
  slots.clear();
  for (CuDevicePtr block : blocks)
    api->memFree(block);
  if (module)
    api->moduleUnload(module);
  api->primaryContextRelease(device);
}

// A driver compiles PTX; what it says of a text that it does not take is the
// only way to find the fault.
Status CudaDriver::load(const GpuCode &code) {
  if (Status entered = enter(); !entered.ok())
    return entered;
  std::vector<char> log(8192);
  CuJitOption names[] = {kErrorLogBuffer, kErrorLogBytes};
  void *values[] = {log.data(), reinterpret_cast<void *>(log.size() - 1)};
  std::string image(reinterpret_cast<const char *>(code.bytes.data()),
                    code.bytes.size()); // PTX ends with a zero
  CuResult loaded = api->moduleLoad(&module, image.c_str(), 2, names, values);
  Status good = api->check(loaded, "loading the kernels");
  if (good.ok() || log.front() == 0)
    return good;
  return Status(good.code(), good.sentence() + ": " + log.data(), code.name);
}

Result<GpuMemory> CudaDriver::tellMemory() {
  if (Status entered = enter(); !entered.ok())
    return entered;
  size_t free = 0, total = 0;
  if (Status good =
          api->check(api->memGetInfo(&free, &total), "telling its memory");
      !good.ok())
    return good;
  return GpuMemory{.free = free, .total = total};
}

Result<GpuAddress> CudaDriver::allocate(uint64_t bytes) {
  if (Status entered = enter(); !entered.ok())
    return entered;
  CuDevicePtr address = 0;
  // A driver gives no block of nothing.
  if (Status good =
          api->check(api->memAlloc(&address, std::max<uint64_t>(bytes, 1)),
                     "allocating " + std::to_string(bytes) + " bytes");
      !good.ok())
    return good;
  blocks.push_back(address);
  if (Status good = api->check(
          api->memsetD8Async(address, 0, std::max<uint64_t>(bytes, 1), stream),
          "filling memory");
      !good.ok())
    return good;
  return address;
}

Result<std::unique_ptr<GpuGraph>>
CudaDriver::makeGraph(std::span<const GpuNode> nodes, bool timed) {
  if (Status entered = enter(); !entered.ok())
    return entered;
  return buildGraph({*api, context, module, stream, gpus.get()}, nodes, timed);
}

Result<GpuSlot *> CudaDriver::makeSlot(uint64_t bytes) {
  Result<GpuAddress> address = allocate(bytes);
  if (!address.ok())
    return address.status();
  auto slot = std::make_unique<CudaSlot>(*api);
  Status made = slot->make(*address, bytes);
  if (made.ok())
    made = slot->markRead(stream); // as the zeros come from there
  if (!made.ok())
    return made;
  slots.push_back(std::move(slot));
  return slots.back().get();
}

Status CudaDriver::launch(GpuGraph &graph, GpuSlot &slot, uint64_t bytes) {
  auto &ours = static_cast<CudaGraph &>(graph);
  auto &inputs = static_cast<CudaSlot &>(slot);
  if (Status entered = enter(); !entered.ok())
    return entered;
  Status good = inputs.upload(bytes, uploads, stream);
  if (good.ok())
    good = api->check(api->graphLaunch(ours.exec, stream), "launching a graph");
  if (good.ok())
    good = inputs.markRead(stream);
  if (!good.ok() || ours.events.empty())
    return good;
  good = wait();
  return good.ok() ? ours.readTimes() : good;
}

Status CudaDriver::reclaim(GpuSlot &slot) {
  Status entered = enter();
  return entered.ok() ? static_cast<CudaSlot &>(slot).awaitUpload() : entered;
}

Status CudaDriver::write(GpuAddress to, std::span<const std::byte> from) {
  if (from.empty())
    return {};
  if (Status entered = enter(); !entered.ok())
    return entered;
  return api->check(api->copyToDevice(to, from.data(), from.size(), stream),
                    "writing its memory");
}

Status CudaDriver::read(GpuAddress from, std::span<std::byte> into) {
  if (into.empty())
    return {};
  if (Status entered = enter(); !entered.ok())
    return entered;
  return api->check(api->copyToHost(into.data(), from, into.size(), stream),
                    "reading its memory");
}

Status CudaDriver::wait() {
  if (Status entered = enter(); !entered.ok())
    return entered;
  return api->check(api->streamSynchronize(stream), "running the kernels");
}

Result<std::unique_ptr<GpuDriver>>
gan::runtime::makeCudaDriver(const std::string &library, Communicator *ranks) {
  Result<std::unique_ptr<Api>> api = Api::open(library);
  if (!api.ok())
    return api.status();
  auto driver = std::make_unique<CudaDriver>(api.take());
  Status opened = driver->open(ranks ? rankOnMachine() : 0);
  const char *nccl = std::getenv("GAN_NCCL_LIBRARY");
  if (opened.ok() && ranks)
    opened = driver->join(*ranks, nccl ? nccl : "libnccl.so.2");
  if (!opened.ok())
    return opened;
  return std::unique_ptr<GpuDriver>(std::move(driver));
}
