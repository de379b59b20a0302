// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/gpu/CudaApi.h"

#include <dlfcn.h>

using namespace gan::runtime;
using namespace gan::runtime::cuda;

namespace {
// Looks functions up, and keeps the name of the first that is missing.
class Binder {
public:
  explicit Binder(void *library) : library(library) {}
  template <typename F> void bind(F &function, const char *symbol) {
    function = reinterpret_cast<F>(dlsym(library, symbol));
    if (!function && !missing)
      missing = symbol;
  }
  void bindAll(Api &api);
  const char *missing = nullptr;

private:
  void *library;
};
} // namespace

// By the name of the version that we mean: cuda.h hides these behind macros.
void Binder::bindAll(Api &api) {
  bind(api.init, "cuInit");
  bind(api.driverGetVersion, "cuDriverGetVersion");
  bind(api.getErrorName, "cuGetErrorName");
  bind(api.getErrorString, "cuGetErrorString");
  bind(api.deviceGetCount, "cuDeviceGetCount");
  bind(api.deviceGet, "cuDeviceGet");
  bind(api.deviceGetName, "cuDeviceGetName");
  bind(api.deviceGetAttribute, "cuDeviceGetAttribute");
  bind(api.primaryContextRetain, "cuDevicePrimaryCtxRetain");
  bind(api.primaryContextRelease, "cuDevicePrimaryCtxRelease_v2");
  bind(api.contextSetCurrent, "cuCtxSetCurrent");
  bind(api.memGetInfo, "cuMemGetInfo_v2");
  bind(api.memAlloc, "cuMemAlloc_v2");
  bind(api.memFree, "cuMemFree_v2");
  bind(api.memHostAlloc, "cuMemHostAlloc");
  bind(api.memFreeHost, "cuMemFreeHost");
  bind(api.memsetD8Async, "cuMemsetD8Async");
  bind(api.copyToDevice, "cuMemcpyHtoDAsync_v2");
  bind(api.copyToHost, "cuMemcpyDtoHAsync_v2");
  bind(api.streamCreate, "cuStreamCreate");
  bind(api.streamDestroy, "cuStreamDestroy_v2");
  bind(api.streamSynchronize, "cuStreamSynchronize");
  bind(api.streamWaitEvent, "cuStreamWaitEvent");
  bind(api.streamBeginCapture, "cuStreamBeginCapture_v2");
  bind(api.streamEndCapture, "cuStreamEndCapture");
  bind(api.moduleLoad, "cuModuleLoadDataEx");
  bind(api.moduleUnload, "cuModuleUnload");
  bind(api.moduleGetFunction, "cuModuleGetFunction");
  bind(api.graphCreate, "cuGraphCreate");
  bind(api.graphDestroy, "cuGraphDestroy");
  bind(api.graphAddKernel, "cuGraphAddKernelNode_v2");
  bind(api.graphAddCopy, "cuGraphAddMemcpyNode");
  bind(api.graphAddEmpty, "cuGraphAddEmptyNode");
  bind(api.graphAddGraph, "cuGraphAddChildGraphNode");
  bind(api.graphAddEvent, "cuGraphAddEventRecordNode");
  bind(api.graphInstantiate, "cuGraphInstantiateWithFlags");
  bind(api.graphLaunch, "cuGraphLaunch");
  bind(api.graphExecDestroy, "cuGraphExecDestroy");
  bind(api.eventCreate, "cuEventCreate");
  bind(api.eventDestroy, "cuEventDestroy_v2");
  bind(api.eventRecord, "cuEventRecord");
  bind(api.eventSynchronize, "cuEventSynchronize");
  bind(api.eventElapsedTime, "cuEventElapsedTime");
}

Result<std::unique_ptr<Api>> Api::open(const std::string &library) {
  void *handle = dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (!handle) {
    const char *why = dlerror();
    return Status(Code::Unsupported,
                  "there is no NVIDIA driver on this machine (" +
                      std::string(why ? why : library) + ")",
                  "cuda");
  }
  std::unique_ptr<Api> api(new Api(handle));
  Binder binder(handle);
  binder.bindAll(*api);
  if (binder.missing)
    return Status(Code::Unsupported,
                  "the NVIDIA driver has no function " +
                      std::string(binder.missing) +
                      ": update it to one for CUDA 12.0 or newer",
                  "cuda");
  return api;
}

Api::~Api() { dlclose(library); }

Status Api::check(CuResult result, const std::string &doing,
                  std::source_location origin) const {
  if (result == kSuccess)
    return {};
  const char *name = nullptr, *text = nullptr;
  getErrorName(result, &name);
  getErrorString(result, &text);
  return Status(result == kOutOfMemory ? Code::OutOfMemory : Code::Unsupported,
                "the GPU failed in " + doing + ": " +
                    (text ? text : "error " + std::to_string(result)) +
                    (name ? " (" + std::string(name) + ")" : ""),
                "cuda", origin);
}
