// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/gpu/SimArguments.h"

using namespace gan;
using namespace gan::runtime;

SimArguments::~SimArguments() {
  for (size_t i = 0; i < addresses.size(); ++i)
    if (addresses[i] && firstAt(node.arguments[i].address) == i)
      (void)memory.release(addresses[i]);
}

// Arguments at the same address are the same memory.
size_t SimArguments::firstAt(GpuAddress address) const {
  size_t i = 0;
  while (node.arguments[i].address != address)
    ++i;
  return i;
}

Status SimArguments::place(size_t i) {
  GpuAddress address = node.arguments[i].address;
  uint64_t bytes = 0;
  bool isRead = false, isWritten = false;
  for (const GpuArgument &argument : node.arguments)
    if (argument.address == address) {
      bytes = std::max(bytes, argument.bytes);
      (argument.written ? isWritten : isRead) = true;
    }
  Result<uint64_t> placed =
      memory.allocate(bytes, "argument " + std::to_string(i),
                      isWritten ? sim::Use::ReadWrite : sim::Use::ReadOnly);
  if (!placed.ok())
    return placed.status();
  addresses[i] = *placed;
  return isRead ? memory.write(*placed, {hostOf(address), bytes}) : Status();
}

Status SimArguments::copyIn() {
  for (size_t i = 0; i < addresses.size(); ++i) {
    size_t first = firstAt(node.arguments[i].address);
    if (first == i)
      if (Status placed = place(i); !placed.ok())
        return placed;
    addresses[i] = addresses[first];
  }
  return {};
}

Status SimArguments::copyOut() const {
  for (size_t i = 0; i < addresses.size(); ++i) {
    const GpuArgument &argument = node.arguments[i];
    if (!argument.written || argument.bytes == 0)
      continue;
    if (!memory.find(addresses[i])->valid.hasRange(0, argument.bytes))
      return Status(Code::Internal,
                    "kernel '" + node.kernel +
                        "' leaves bytes of its argument " + std::to_string(i) +
                        " unwritten on the simulated GPU",
                    node.location);
    Status copied =
        memory.read(addresses[i], {hostOf(argument.address), argument.bytes});
    if (!copied.ok())
      return copied;
  }
  return {};
}

sim::TensorMap gan::runtime::tensorMapOf(const format::TensorMap &map,
                                         uint64_t address) {
  sim::TensorMap made;
  made.base = address;
  made.rank = static_cast<uint8_t>(map.axes()->size());
  made.elementBytes = static_cast<uint8_t>(map.axes()->Get(0)->stride());
  made.chunks = static_cast<uint8_t>(map.row_bytes() / 16);
  for (uint32_t i = 0; i < map.axes()->size(); ++i) {
    const format::BoxAxis &axis = *map.axes()->Get(i);
    made.extents[i] = static_cast<uint32_t>(axis.extent());
    if (i > 0)
      made.strides[i - 1] = axis.stride();
    made.box[i] = static_cast<uint16_t>(axis.box());
    made.steps[i] = static_cast<uint8_t>(axis.step());
  }
  return made;
}

Result<std::vector<std::byte>> SimArguments::parameters() const {
  std::span<const std::byte> bytes = std::as_bytes(std::span(addresses));
  std::vector<std::byte> all(bytes.begin(), bytes.end());
  if (!node.takes || !node.takes->maps())
    return all;
  for (const format::TensorMap *map : *node.takes->maps()) {
    Result<sim::TensorMapBytes> encoded =
        sim::encodeTensorMap(tensorMapOf(*map, addresses[map->argument()]));
    if (!encoded.ok())
      return encoded.status();
    all.resize((all.size() + 63) / 64 * 64);
    all.insert(all.end(), encoded->begin(), encoded->end());
  }
  return all;
}
