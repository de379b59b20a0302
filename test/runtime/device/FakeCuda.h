// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What the parts of the fake driver share: FakeCuda.cpp has the GPU, its memory
// and code, FakeStreams.cpp and FakeGraphs.cpp what is queued.
#ifndef GAN_TEST_RUNTIME_DEVICE_FAKECUDA_H
#define GAN_TEST_RUNTIME_DEVICE_FAKECUDA_H

#include "runtime/device/gpu/CudaApi.h"
#include "runtime/device/sim/Launch.h"

#include <functional>
#include <memory>
#include <vector>

namespace gan::test {

namespace cuda = gan::runtime::cuda;

inline constexpr cuda::CuResult kInvalidValue = 1, kInvalidImage = 200,
                                kLaunchFailed = 719;

struct FakeGraph;
struct FakeStream {
  FakeGraph *recorded = nullptr; // takes what is queued, where there is one
  std::vector<std::function<cuda::CuResult()>> queue;
  size_t done = 0;
  cuda::CuResult result = cuda::kSuccess; // the first failure stays
};
struct FakeEvent {
  double time = 0;
  FakeStream *stream = nullptr; // in which it was recorded, behind so many
  size_t place = 0;
};
struct FakeNode {
  const sim::Program *program = nullptr;
  sim::LaunchShape shape;
  cuda::CuCopyNode copy = {};
  FakeEvent *event = nullptr;
  std::function<cuda::CuResult()> work; // of the host
  std::shared_ptr<const FakeGraph> child;
  std::vector<size_t> after;
};
struct FakeGraph {
  std::vector<FakeNode> nodes;
};
using FakeGraphExec = std::shared_ptr<const FakeGraph>;

/// What was queued.
struct FakeCounts {
  size_t launches = 0, uploads = 0, writes = 0, reads = 0;
};
FakeCounts &fakeCounts();

/// Of the GPU.
sim::Memory &fakeMemory();
/// Whether all these bytes of the host are pinned.
bool isPinned(const void *from, size_t bytes);
/// Whether the calling thread has taken up a context.
bool hasContext();
/// Whether the environment wants this to go wrong.
bool fails(const char *what);

cuda::CuResult resultOf(const runtime::Status &status);
/// Runs the nodes, each as late as the others allow.
cuda::CuResult runAll(const FakeGraph &graph);

} // namespace gan::test

#endif // GAN_TEST_RUNTIME_DEVICE_FAKECUDA_H
