// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Nodes as a CUDA graph.
#ifndef GAN_RUNTIME_DEVICE_GPU_CUDAGRAPH_H
#define GAN_RUNTIME_DEVICE_GPU_CUDAGRAPH_H

#include "runtime/device/gpu/CudaApi.h"
#include "runtime/device/gpu/Driver.h"
#include "runtime/device/gpu/Nccl.h"

namespace gan::runtime::cuda {

/// What a graph is made with.
struct GraphTools {
  const Api &api;
  CuContext context;
  CuModule module;
  CuStream stream;          // takes exchanges while they are recorded
  const nccl::Ranks *ranks; // null: there is nobody to exchange with
};

struct CudaGraph : GpuGraph {
  explicit CudaGraph(const Api &api) : api(api) {}
  ~CudaGraph() override;
  /// After a launch that is done: what its events measured.
  Status readTimes();

  const Api &api;
  CuGraphExec exec = nullptr;
  std::vector<CuEvent> events; // of a timed graph: before, between and after
};

/// A graph that can be launched. A timed one is a chain, with an event before
/// and after each node.
Result<std::unique_ptr<GpuGraph>>
buildGraph(const GraphTools &tools, std::span<const GpuNode> nodes, bool timed);

} // namespace gan::runtime::cuda

#endif // GAN_RUNTIME_DEVICE_GPU_CUDAGRAPH_H
