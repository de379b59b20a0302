// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Streams and events of the fake driver: what is queued is done as late as a
// stream or an event that somebody waits for allows.
#include "test/runtime/device/FakeCuda.h"

#include <span>
#include <utility>

using namespace gan;
using namespace gan::runtime;
using namespace gan::runtime::cuda;
using namespace gan::test;

// Does what is queued up to a place.
static CuResult runTo(FakeStream &stream, size_t place) {
  while (stream.done < place && stream.result == kSuccess)
    if (CuResult result = stream.queue[stream.done++](); result != kSuccess)
      stream.result = result;
  return stream.result;
}

static CuResult push(CuStream stream, std::function<CuResult()> work) {
  if (!hasContext() || !stream ||
      reinterpret_cast<FakeStream *>(stream)->recorded)
    return kInvalidValue;
  reinterpret_cast<FakeStream *>(stream)->queue.push_back(std::move(work));
  return kSuccess;
}

extern "C" {

CuResult cuMemsetD8Async(CuDevicePtr to, unsigned char value, size_t bytes,
                         CuStream stream) {
  return push(stream, [=] {
    return resultOf(fakeMemory().fill(to, bytes, std::byte(value)));
  });
}
// Only what is pinned is read when its time has come.
CuResult cuMemcpyHtoDAsync_v2(CuDevicePtr to, const void *from, size_t bytes,
                              CuStream stream) {
  std::span whole(static_cast<const std::byte *>(from), bytes);
  if (isPinned(from, bytes)) {
    ++fakeCounts().uploads;
    return push(stream,
                [=] { return resultOf(fakeMemory().write(to, whole)); });
  }
  ++fakeCounts().writes;
  return push(stream, [to, copy = std::vector(whole.begin(), whole.end())] {
    return resultOf(fakeMemory().write(to, copy));
  });
}
CuResult cuMemcpyDtoHAsync_v2(void *to, CuDevicePtr from, size_t bytes,
                              CuStream stream) {
  ++fakeCounts().reads;
  std::span into(static_cast<std::byte *>(to), bytes);
  return push(stream, [=] { return resultOf(fakeMemory().read(from, into)); });
}
CuResult cuStreamCreate(CuStream *stream, unsigned flags) {
  *stream = reinterpret_cast<CuStream>(new FakeStream);
  return flags == kStreamNonBlocking ? kSuccess : kInvalidValue;
}
CuResult cuStreamDestroy_v2(CuStream stream) {
  delete reinterpret_cast<FakeStream *>(stream);
  return kSuccess;
}
CuResult cuStreamSynchronize(CuStream stream) {
  if (fails("late"))
    return kLaunchFailed;
  auto *ours = reinterpret_cast<FakeStream *>(stream);
  return runTo(*ours, ours->queue.size());
}
CuResult cuStreamWaitEvent(CuStream stream, CuEvent event, unsigned) {
  FakeEvent now = *reinterpret_cast<FakeEvent *>(event);
  return push(stream, [now] {
    return now.stream ? runTo(*now.stream, now.place) : kSuccess;
  });
}
CuResult cuStreamBeginCapture_v2(CuStream stream, CuCaptureMode mode) {
  auto *ours = reinterpret_cast<FakeStream *>(stream);
  if (ours->recorded || mode != kCaptureThread)
    return kInvalidValue;
  ours->recorded = new FakeGraph;
  return kSuccess;
}
CuResult cuStreamEndCapture(CuStream stream, CuGraph *graph) {
  auto *ours = reinterpret_cast<FakeStream *>(stream);
  *graph = reinterpret_cast<CuGraph>(ours->recorded);
  return std::exchange(ours->recorded, nullptr) ? kSuccess : kInvalidValue;
}
// One behind the other where they are recorded, as in a stream.
CuResult cuLaunchHostFunc(CuStream stream, void (*work)(void *), void *data) {
  auto *ours = reinterpret_cast<FakeStream *>(stream);
  if (!ours->recorded)
    return kInvalidValue;
  FakeNode node;
  node.work = [=] {
    work(data);
    return kSuccess;
  };
  if (!ours->recorded->nodes.empty())
    node.after = {ours->recorded->nodes.size() - 1};
  ours->recorded->nodes.push_back(std::move(node));
  return kSuccess;
}
CuResult cuEventCreate(CuEvent *event, unsigned) {
  *event = reinterpret_cast<CuEvent>(new FakeEvent);
  return kSuccess;
}
CuResult cuEventDestroy_v2(CuEvent event) {
  delete reinterpret_cast<FakeEvent *>(event);
  return kSuccess;
}
CuResult cuEventRecord(CuEvent event, CuStream stream) {
  auto &ours = *reinterpret_cast<FakeEvent *>(event);
  ours.stream = reinterpret_cast<FakeStream *>(stream);
  ours.place = ours.stream->queue.size();
  return kSuccess;
}
CuResult cuEventSynchronize(CuEvent event) {
  auto &ours = *reinterpret_cast<FakeEvent *>(event);
  return ours.stream ? runTo(*ours.stream, ours.place) : kSuccess;
}
CuResult cuEventElapsedTime(float *milliseconds, CuEvent from, CuEvent to) {
  *milliseconds = float(reinterpret_cast<FakeEvent *>(to)->time -
                        reinterpret_cast<FakeEvent *>(from)->time);
  return kSuccess;
}
CuResult cuGraphLaunch(CuGraphExec exec, CuStream stream) {
  ++fakeCounts().launches;
  FakeGraphExec graph = *reinterpret_cast<FakeGraphExec *>(exec);
  return push(stream, [graph] { return runAll(*graph); });
}
}
