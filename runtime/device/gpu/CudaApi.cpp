// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/gpu/CudaApi.h"

using namespace gan::runtime;
using namespace gan::runtime::cuda;

// By the name of the version that we mean: cuda.h hides these behind macros.
static void bindAll(Library &library, Api &api) {
  library.bind(api.init, "cuInit");
  library.bind(api.driverGetVersion, "cuDriverGetVersion");
  library.bind(api.getErrorName, "cuGetErrorName");
  library.bind(api.getErrorString, "cuGetErrorString");
  library.bind(api.deviceGetCount, "cuDeviceGetCount");
  library.bind(api.deviceGet, "cuDeviceGet");
  library.bind(api.deviceGetName, "cuDeviceGetName");
  library.bind(api.deviceGetAttribute, "cuDeviceGetAttribute");
  library.bind(api.primaryContextRetain, "cuDevicePrimaryCtxRetain");
  library.bind(api.primaryContextRelease, "cuDevicePrimaryCtxRelease_v2");
  library.bind(api.contextSetCurrent, "cuCtxSetCurrent");
  library.bind(api.memGetInfo, "cuMemGetInfo_v2");
  library.bind(api.memAlloc, "cuMemAlloc_v2");
  library.bind(api.memFree, "cuMemFree_v2");
  library.bind(api.memHostAlloc, "cuMemHostAlloc");
  library.bind(api.memFreeHost, "cuMemFreeHost");
  library.bind(api.memsetD8Async, "cuMemsetD8Async");
  library.bind(api.copyToDevice, "cuMemcpyHtoDAsync_v2");
  library.bind(api.copyToHost, "cuMemcpyDtoHAsync_v2");
  library.bind(api.streamCreate, "cuStreamCreate");
  library.bind(api.streamDestroy, "cuStreamDestroy_v2");
  library.bind(api.streamSynchronize, "cuStreamSynchronize");
  library.bind(api.streamWaitEvent, "cuStreamWaitEvent");
  library.bind(api.streamBeginCapture, "cuStreamBeginCapture_v2");
  library.bind(api.streamEndCapture, "cuStreamEndCapture");
  library.bind(api.moduleLoad, "cuModuleLoadDataEx");
  library.bind(api.moduleUnload, "cuModuleUnload");
  library.bind(api.moduleGetFunction, "cuModuleGetFunction");
  library.bind(api.functionSetAttribute, "cuFuncSetAttribute");
  library.bind(api.tensorMapEncodeTiled, "cuTensorMapEncodeTiled");
  library.bind(api.graphCreate, "cuGraphCreate");
  library.bind(api.graphDestroy, "cuGraphDestroy");
  library.bind(api.graphAddKernel, "cuGraphAddKernelNode_v2");
  library.bind(api.graphAddCopy, "cuGraphAddMemcpyNode");
  library.bind(api.graphAddEmpty, "cuGraphAddEmptyNode");
  library.bind(api.graphAddGraph, "cuGraphAddChildGraphNode");
  library.bind(api.graphAddEvent, "cuGraphAddEventRecordNode");
  library.bind(api.graphInstantiate, "cuGraphInstantiateWithFlags");
  library.bind(api.graphLaunch, "cuGraphLaunch");
  library.bind(api.graphExecDestroy, "cuGraphExecDestroy");
  library.bind(api.eventCreate, "cuEventCreate");
  library.bind(api.eventDestroy, "cuEventDestroy_v2");
  library.bind(api.eventRecord, "cuEventRecord");
  library.bind(api.eventSynchronize, "cuEventSynchronize");
  library.bind(api.eventElapsedTime, "cuEventElapsedTime");
}

Result<std::unique_ptr<Api>> Api::open(const std::string &file) {
  Result<Library> library = Library::open(file, {});
  if (!library.ok())
    return Status(Code::Unsupported,
                  "there is no NVIDIA driver on this machine (" +
                      library.status().sentence() + ")",
                  "cuda");
  std::unique_ptr<Api> api(new Api(library.take()));
  bindAll(api->library, *api);
  if (api->library.missing())
    return Status(Code::Unsupported,
                  "the NVIDIA driver has no function " +
                      std::string(api->library.missing()) +
                      ": update it to one for CUDA 12.0 or newer",
                  "cuda");
  return api;
}

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
