// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/sim/Memory.h"
#include "runtime/device/sim/Windows.h"

#include <cstring>
#include <new>

using namespace gan::sim;

// What stands where nobody wrote.
constexpr int kWithoutValue = 0xcd;

std::string gan::sim::hexOf(uint64_t address) {
  char text[20];
  std::snprintf(text, sizeof text, "0x%llx",
                static_cast<unsigned long long>(address));
  return text;
}

Result<uint64_t> Memory::allocate(uint64_t bytes, std::string name, Use use) {
  auto one = std::make_unique<Allocation>();
  // Bits and content; a mistaken size should fail here and not as a signal.
  if (bytes <= (uint64_t(1) << 40))
    one->content.reset(new (std::nothrow) std::byte[bytes + 16]);
  if (!one->content)
    return Status(Code::OutOfMemory,
                  "there are no " + std::to_string(bytes) +
                      " bytes for the simulated device",
                  std::move(name));
  std::memset(one->content.get(), kWithoutValue, bytes + 16);
  if (next == 0)
    next = kFirstAddress;
  one->base = next;
  one->bytes = bytes;
  one->name = std::move(name);
  one->use = use;
  one->valid.reset(bytes);
  one->races.reset(bytes);
  // Uneven gaps: code must not count on how two allocations lie.
  uint64_t gap = 0x10000 + (next * 0x9e3779b97f4a7c15 >> 44) / 256 * 256;
  next = (next + bytes + gap + 255) / 256 * 256;
  uint64_t base = one->base;
  allocations[base] = std::move(one);
  return base;
}

static Status noAllocation(uint64_t address) {
  return Status(Code::Usage, "no allocation of the simulated device holds " +
                                 hexOf(address));
}

Status Memory::release(uint64_t address) {
  return allocations.erase(address) ? Status() : noAllocation(address);
}

Status Memory::setUse(uint64_t address, Use use) {
  Allocation *found = find(address);
  if (!found)
    return noAllocation(address);
  found->use = use;
  return Status();
}

const Allocation *Memory::before(uint64_t address) const {
  auto after = allocations.upper_bound(address);
  return after == allocations.begin() ? nullptr
                                      : std::prev(after)->second.get();
}

Allocation *Memory::find(uint64_t address) const {
  auto after = allocations.upper_bound(address);
  if (after == allocations.begin())
    return nullptr;
  Allocation *found = std::prev(after)->second.get();
  return address - found->base < found->bytes ? found : nullptr;
}

// The allocation, where all the bytes lie in it.
static Allocation *holder(const Memory &memory, uint64_t address,
                          uint64_t bytes) {
  Allocation *found = memory.find(address);
  bool fits = found && bytes <= found->bytes - (address - found->base);
  return fits ? found : nullptr;
}

Status Memory::write(uint64_t address, std::span<const std::byte> from) {
  if (from.empty())
    return Status();
  Allocation *into = holder(*this, address, from.size());
  if (!into)
    return noAllocation(address);
  uint64_t offset = address - into->base;
  std::memcpy(into->content.get() + offset, from.data(), from.size());
  into->valid.setRange(offset, from.size(), true);
  return Status();
}

Status Memory::read(uint64_t address, std::span<std::byte> into) const {
  if (into.empty())
    return Status();
  Allocation *from = holder(*this, address, into.size());
  if (!from)
    return noAllocation(address);
  std::memcpy(into.data(), from->content.get() + (address - from->base),
              into.size());
  return Status();
}

Status Memory::fill(uint64_t address, uint64_t bytes, std::byte value) {
  if (bytes == 0)
    return Status();
  Allocation *into = holder(*this, address, bytes);
  if (!into)
    return noAllocation(address);
  uint64_t offset = address - into->base;
  std::memset(into->content.get() + offset, int(value), bytes);
  into->valid.setRange(offset, bytes, true);
  return Status();
}

std::optional<MemoryState> Memory::save() const {
  MemoryState state;
  for (const auto &[base, one] : allocations) {
    if (one->use == Use::ReadOnly)
      continue;
    MemoryState::Content &kept = state.contents[base];
    kept.valid = one->valid;
    if (!one->valid.hasAny())
      continue;
    kept.bytes.reset(new (std::nothrow) std::byte[one->bytes]);
    if (!kept.bytes)
      return std::nullopt;
    std::memcpy(kept.bytes.get(), one->content.get(), one->bytes);
  }
  return state;
}

void Memory::restore(const MemoryState &state) {
  for (const auto &[base, kept] : state.contents) {
    Allocation &one = *allocations.at(base);
    one.valid = kept.valid;
    if (kept.bytes)
      std::memcpy(one.content.get(), kept.bytes.get(), one.bytes);
    else
      std::memset(one.content.get(), kWithoutValue, one.bytes);
  }
}

void Memory::resetRaces() {
  for (auto &[base, one] : allocations)
    one->races.reset(one->bytes);
}
