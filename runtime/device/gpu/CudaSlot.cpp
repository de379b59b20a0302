// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/gpu/CudaSlot.h"

using namespace gan::runtime;
using namespace gan::runtime::cuda;

CudaSlot::~CudaSlot() {
  for (CuEvent event : {uploaded, read})
    if (event)
      api.eventDestroy(event);
  if (!host.empty())
    api.memFreeHost(host.data());
}

Status CudaSlot::make(GpuAddress address, uint64_t bytes) {
  device = address;
  void *pinned = nullptr;
  if (Status good = api.check(api.memHostAlloc(&pinned, bytes, 0),
                              "pinning " + std::to_string(bytes) +
                                  " bytes of this machine's memory");
      !good.ok())
    return good;
  host = {static_cast<std::byte *>(pinned), bytes};
  for (CuEvent *event : {&uploaded, &read})
    if (Status good = api.check(
            api.eventCreate(event, kEventBlockingSync | kEventDisableTiming),
            "making an event");
        !good.ok())
      return good;
  return {};
}

// Where there is nothing to copy, the host waits for the graph before instead,
// or it would run ahead without end.
Status CudaSlot::upload(uint64_t bytes, CuStream uploads, CuStream graphs) {
  if (bytes == 0)
    return api.check(api.eventRecord(uploaded, graphs), "taking inputs");
  CuResult result = api.streamWaitEvent(uploads, read, 0);
  if (result == kSuccess)
    result = api.copyToDevice(device, host.data(), bytes, uploads);
  if (result == kSuccess)
    result = api.eventRecord(uploaded, uploads);
  if (result == kSuccess)
    result = api.streamWaitEvent(graphs, uploaded, 0);
  return api.check(result, "taking inputs");
}

Status CudaSlot::markRead(CuStream graphs) {
  return api.check(api.eventRecord(read, graphs), "launching a graph");
}

Status CudaSlot::awaitUpload() {
  return api.check(api.eventSynchronize(uploaded), "taking inputs");
}
