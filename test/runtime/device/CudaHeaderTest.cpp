// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Our declarations of the driver API against the toolkit's: the compiler is the
// test.
#include "runtime/device/gpu/CudaApi.h"

#include <cuda.h>

using namespace gan::runtime::cuda;

// Types of the same size, passed alike: both pointers, or both numbers.
template <typename A, typename B>
constexpr bool isAlike =
    sizeof(A) == sizeof(B) && std::is_pointer_v<A> == std::is_pointer_v<B>;
template <typename A, typename B> constexpr bool isSameCall = false;
template <typename RA, typename... A, typename RB, typename... B>
constexpr bool isSameCall<RA (*)(A...), RB(B...)> = [] {
  if constexpr (sizeof...(A) == sizeof...(B))
    return isAlike<RA, RB> && (isAlike<A, B> && ...);
  else
    return false;
}();

#define SAME(ours, theirs)                                                     \
  static_assert(isSameCall<decltype(Api::ours), decltype(theirs)>)
SAME(init, cuInit);
SAME(driverGetVersion, cuDriverGetVersion);
SAME(getErrorName, cuGetErrorName);
SAME(getErrorString, cuGetErrorString);
SAME(deviceGetCount, cuDeviceGetCount);
SAME(deviceGet, cuDeviceGet);
SAME(deviceGetName, cuDeviceGetName);
SAME(deviceGetAttribute, cuDeviceGetAttribute);
SAME(primaryContextRetain, cuDevicePrimaryCtxRetain);
SAME(primaryContextRelease, cuDevicePrimaryCtxRelease_v2);
SAME(contextSetCurrent, cuCtxSetCurrent);
SAME(memGetInfo, cuMemGetInfo_v2);
SAME(memAlloc, cuMemAlloc_v2);
SAME(memFree, cuMemFree_v2);
SAME(memHostAlloc, cuMemHostAlloc);
SAME(memFreeHost, cuMemFreeHost);
SAME(memsetD8Async, cuMemsetD8Async);
SAME(copyToDevice, cuMemcpyHtoDAsync_v2);
SAME(copyToHost, cuMemcpyDtoHAsync_v2);
SAME(streamCreate, cuStreamCreate);
SAME(streamDestroy, cuStreamDestroy_v2);
SAME(streamSynchronize, cuStreamSynchronize);
SAME(streamWaitEvent, cuStreamWaitEvent);
SAME(streamBeginCapture, cuStreamBeginCapture_v2);
SAME(streamEndCapture, cuStreamEndCapture);
SAME(moduleLoad, cuModuleLoadDataEx);
SAME(moduleUnload, cuModuleUnload);
SAME(moduleGetFunction, cuModuleGetFunction);
SAME(functionSetAttribute, cuFuncSetAttribute);
SAME(tensorMapEncodeTiled, cuTensorMapEncodeTiled);
SAME(graphCreate, cuGraphCreate);
SAME(graphDestroy, cuGraphDestroy);
SAME(graphAddKernel, cuGraphAddKernelNode_v2);
SAME(graphAddCopy, cuGraphAddMemcpyNode);
SAME(graphAddEmpty, cuGraphAddEmptyNode);
SAME(graphAddGraph, cuGraphAddChildGraphNode);
SAME(graphAddEvent, cuGraphAddEventRecordNode);
SAME(graphInstantiate, cuGraphInstantiateWithFlags);
SAME(graphLaunch, cuGraphLaunch);
SAME(graphExecDestroy, cuGraphExecDestroy);
SAME(eventCreate, cuEventCreate);
SAME(eventDestroy, cuEventDestroy_v2);
SAME(eventRecord, cuEventRecord);
SAME(eventSynchronize, cuEventSynchronize);
SAME(eventElapsedTime, cuEventElapsedTime);
#undef SAME

static_assert(int(kOutOfMemory) == CUDA_ERROR_OUT_OF_MEMORY &&
              int(kNoDevice) == CUDA_ERROR_NO_DEVICE &&
              int(kNotFound) == CUDA_ERROR_NOT_FOUND);
static_assert(int(kMaxSharedPerBlock) ==
                  CU_DEVICE_ATTRIBUTE_MAX_SHARED_MEMORY_PER_BLOCK &&
              int(kMaxSharedOptIn) ==
                  CU_DEVICE_ATTRIBUTE_MAX_SHARED_MEMORY_PER_BLOCK_OPTIN &&
              int(kCapabilityMajor) ==
                  CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR &&
              int(kCapabilityMinor) ==
                  CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR);
static_assert(int(kErrorLogBuffer) == CU_JIT_ERROR_LOG_BUFFER &&
              int(kErrorLogBytes) == CU_JIT_ERROR_LOG_BUFFER_SIZE_BYTES);
static_assert(int(kCaptureThread) == CU_STREAM_CAPTURE_MODE_THREAD_LOCAL);
static_assert(unsigned(kMemoryDevice) == CU_MEMORYTYPE_DEVICE &&
              unsigned(kStreamNonBlocking) == CU_STREAM_NON_BLOCKING &&
              unsigned(kEventBlockingSync) == CU_EVENT_BLOCKING_SYNC &&
              unsigned(kEventDisableTiming) == CU_EVENT_DISABLE_TIMING);

using TheirKernel = CUDA_KERNEL_NODE_PARAMS_v2;
static_assert(
    sizeof(CuKernelNode) == sizeof(TheirKernel) &&
    offsetof(CuKernelNode, gridX) == offsetof(TheirKernel, gridDimX) &&
    offsetof(CuKernelNode, blockX) == offsetof(TheirKernel, blockDimX) &&
    offsetof(CuKernelNode, sharedBytes) ==
        offsetof(TheirKernel, sharedMemBytes) &&
    offsetof(CuKernelNode, parameters) == offsetof(TheirKernel, kernelParams));
using TheirCopy = CUDA_MEMCPY3D_v2;
static_assert(
    sizeof(CuCopyNode) == sizeof(TheirCopy) &&
    offsetof(CuCopyNode, from.memoryType) ==
        offsetof(TheirCopy, srcMemoryType) &&
    offsetof(CuCopyNode, from.device) == offsetof(TheirCopy, srcDevice) &&
    offsetof(CuCopyNode, from.height) == offsetof(TheirCopy, srcHeight) &&
    offsetof(CuCopyNode, to.memoryType) == offsetof(TheirCopy, dstMemoryType) &&
    offsetof(CuCopyNode, to.device) == offsetof(TheirCopy, dstDevice) &&
    offsetof(CuCopyNode, bytes) == offsetof(TheirCopy, WidthInBytes) &&
    offsetof(CuCopyNode, depth) == offsetof(TheirCopy, Depth));
static_assert(int(kMaxDynamicShared) ==
              CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES);
static_assert(sizeof(CuTensorMap) == sizeof(CUtensorMap) &&
              alignof(CuTensorMap) == alignof(CUtensorMap));
static_assert(int(kMapUint8) == CU_TENSOR_MAP_DATA_TYPE_UINT8 &&
              int(kMapInt32) == CU_TENSOR_MAP_DATA_TYPE_INT32 &&
              int(kMapInt64) == CU_TENSOR_MAP_DATA_TYPE_INT64 &&
              int(kMapFloat32) == CU_TENSOR_MAP_DATA_TYPE_FLOAT32 &&
              int(kMapFloat64) == CU_TENSOR_MAP_DATA_TYPE_FLOAT64 &&
              int(kMapBfloat16) == CU_TENSOR_MAP_DATA_TYPE_BFLOAT16 &&
              int(kInterleaveNone) == CU_TENSOR_MAP_INTERLEAVE_NONE &&
              int(kSwizzle32) == CU_TENSOR_MAP_SWIZZLE_32B &&
              int(kSwizzle64) == CU_TENSOR_MAP_SWIZZLE_64B &&
              int(kSwizzle128) == CU_TENSOR_MAP_SWIZZLE_128B &&
              int(kPromotion128) == CU_TENSOR_MAP_L2_PROMOTION_L2_128B &&
              int(kFillZero) == CU_TENSOR_MAP_FLOAT_OOB_FILL_NONE);
