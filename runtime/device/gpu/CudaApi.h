// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The part of CUDA's driver API that we use, declared by ourselves and found at
// run time, so that neither a build nor a machine needs the toolkit. A test
// compares these declarations with the toolkit's, where it is installed.
#ifndef GAN_RUNTIME_DEVICE_GPU_CUDAAPI_H
#define GAN_RUNTIME_DEVICE_GPU_CUDAAPI_H

#include "runtime/base/Library.h"
#include "runtime/base/Status.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace gan::runtime::cuda {

using CuResult = int; // 0: success
using CuDevice = int;
using CuDevicePtr = unsigned long long;
// Handles, whose types only the driver knows.
using CuContext = struct CuContextOpaque *;
using CuModule = struct CuModuleOpaque *;
using CuFunction = struct CuFunctionOpaque *;
using CuStream = struct CuStreamOpaque *;
using CuEvent = struct CuEventOpaque *;
using CuGraph = struct CuGraphOpaque *;
using CuGraphNode = struct CuGraphNodeOpaque *;
using CuGraphExec = struct CuGraphExecOpaque *;

enum : CuResult {
  kSuccess = 0,
  kOutOfMemory = 2,
  kNoDevice = 100,
  kNotFound = 500,
};
enum CuDeviceAttribute : int {
  kMaxSharedPerBlock = 8,
  kMaxSharedOptIn = 97,
  kCapabilityMajor = 75,
  kCapabilityMinor = 76,
};
enum CuFunctionAttribute : int { kMaxDynamicShared = 8 };
enum CuMapElement : int {
  kMapUint8 = 0,
  kMapInt32 = 3,
  kMapInt64 = 5,
  kMapFloat32 = 7,
  kMapFloat64 = 8,
  kMapBfloat16 = 9,
};
enum CuMapSwizzle : int { kSwizzle32 = 1, kSwizzle64 = 2, kSwizzle128 = 3 };
enum CuMapPromotion : int { kPromotion128 = 2 };
enum CuMapInterleave : int { kInterleaveNone = 0 };
enum CuMapFill : int { kFillZero = 0 };
enum CuJitOption : int {
  kErrorLogBuffer = 5,
  kErrorLogBytes = 6,
};
enum CuCaptureMode : int { kCaptureThread = 1 };
enum : unsigned {
  kMemoryDevice = 2,
  kStreamNonBlocking = 1,
  kEventBlockingSync = 1,
  kEventDisableTiming = 2,
};

/// CUtensorMap
struct alignas(128) CuTensorMap {
  uint64_t opaque[16];
};

/// CUDA_KERNEL_NODE_PARAMS_v2
struct CuKernelNode {
  CuFunction function;
  unsigned gridX, gridY, gridZ;
  unsigned blockX, blockY, blockZ;
  unsigned sharedBytes; // dynamic
  void **parameters;    // addresses of the values
  void **extra;
  void *kernel;
  CuContext context;
};

/// CUDA_MEMCPY3D_v2
struct CuCopyEnd {
  size_t x, y, z, lod;
  unsigned memoryType;
  void *host;
  CuDevicePtr device;
  void *array;
  void *reserved;
  size_t pitch, height;
};
struct CuCopyNode {
  CuCopyEnd from, to;
  size_t bytes, height, depth;
};

/// The functions of a driver that has been loaded.
class Api {
public:
  /// Loads the driver of that file name, "libcuda.so.1". `Unsupported` where
  /// there is none, and where it lacks a function, as one before 12.0 does.
  static Result<std::unique_ptr<Api>> open(const std::string &file);

  CuResult (*init)(unsigned flags);
  CuResult (*driverGetVersion)(int *version);
  CuResult (*getErrorName)(CuResult error, const char **name);
  CuResult (*getErrorString)(CuResult error, const char **text);
  CuResult (*deviceGetCount)(int *count);
  CuResult (*deviceGet)(CuDevice *device, int ordinal);
  CuResult (*deviceGetName)(char *name, int bytes, CuDevice device);
  CuResult (*deviceGetAttribute)(int *value, CuDeviceAttribute attribute,
                                 CuDevice device);
  CuResult (*primaryContextRetain)(CuContext *context, CuDevice device);
  CuResult (*primaryContextRelease)(CuDevice device);
  CuResult (*contextSetCurrent)(CuContext context);
  CuResult (*memGetInfo)(size_t *free, size_t *total);
  CuResult (*memAlloc)(CuDevicePtr *address, size_t bytes);
  CuResult (*memFree)(CuDevicePtr address);
  CuResult (*memHostAlloc)(void **address, size_t bytes, unsigned flags);
  CuResult (*memFreeHost)(void *address);
  CuResult (*memsetD8Async)(CuDevicePtr to, unsigned char value, size_t bytes,
                            CuStream stream);
  CuResult (*copyToDevice)(CuDevicePtr to, const void *from, size_t bytes,
                           CuStream stream);
  CuResult (*copyToHost)(void *to, CuDevicePtr from, size_t bytes,
                         CuStream stream);
  CuResult (*streamCreate)(CuStream *stream, unsigned flags);
  CuResult (*streamDestroy)(CuStream stream);
  CuResult (*streamSynchronize)(CuStream stream);
  CuResult (*streamWaitEvent)(CuStream stream, CuEvent event, unsigned flags);
  CuResult (*streamBeginCapture)(CuStream stream, CuCaptureMode mode);
  CuResult (*streamEndCapture)(CuStream stream, CuGraph *graph);
  CuResult (*moduleLoad)(CuModule *module, const void *image, unsigned options,
                         CuJitOption *names, void **values);
  CuResult (*moduleUnload)(CuModule module);
  CuResult (*moduleGetFunction)(CuFunction *function, CuModule module,
                                const char *name);
  CuResult (*functionSetAttribute)(CuFunction function,
                                   CuFunctionAttribute attribute, int value);
  CuResult (*tensorMapEncodeTiled)(
      CuTensorMap *map, CuMapElement element, unsigned rank, void *address,
      const uint64_t *extents, const uint64_t *strides, const unsigned *box,
      const unsigned *steps, CuMapInterleave interleave, CuMapSwizzle swizzle,
      CuMapPromotion promotion, CuMapFill fill);
  CuResult (*graphCreate)(CuGraph *graph, unsigned flags);
  CuResult (*graphDestroy)(CuGraph graph);
  CuResult (*graphAddKernel)(CuGraphNode *node, CuGraph graph,
                             const CuGraphNode *after, size_t afterCount,
                             const CuKernelNode *kernel);
  CuResult (*graphAddCopy)(CuGraphNode *node, CuGraph graph,
                           const CuGraphNode *after, size_t afterCount,
                           const CuCopyNode *copy, CuContext context);
  CuResult (*graphAddEmpty)(CuGraphNode *node, CuGraph graph,
                            const CuGraphNode *after, size_t afterCount);
  CuResult (*graphAddGraph)(CuGraphNode *node, CuGraph graph,
                            const CuGraphNode *after, size_t afterCount,
                            CuGraph child);
  CuResult (*graphAddEvent)(CuGraphNode *node, CuGraph graph,
                            const CuGraphNode *after, size_t afterCount,
                            CuEvent event);
  CuResult (*graphInstantiate)(CuGraphExec *exec, CuGraph graph,
                               unsigned long long flags);
  CuResult (*graphLaunch)(CuGraphExec exec, CuStream stream);
  CuResult (*graphExecDestroy)(CuGraphExec exec);
  CuResult (*eventCreate)(CuEvent *event, unsigned flags);
  CuResult (*eventDestroy)(CuEvent event);
  CuResult (*eventRecord)(CuEvent event, CuStream stream);
  CuResult (*eventSynchronize)(CuEvent event);
  CuResult (*eventElapsedTime)(float *milliseconds, CuEvent from, CuEvent to);

  /// Success, or what the driver says went wrong while `doing`.
  Status
  check(CuResult result, const std::string &doing,
        std::source_location origin = std::source_location::current()) const;

private:
  explicit Api(Library library) : library(std::move(library)) {}
  Library library;
};

} // namespace gan::runtime::cuda

#endif // GAN_RUNTIME_DEVICE_GPU_CUDAAPI_H
