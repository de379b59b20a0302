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

std::vector<std::byte> SimArguments::parameters() const {
  std::span<const std::byte> bytes = std::as_bytes(std::span(addresses));
  return {bytes.begin(), bytes.end()};
}
