// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/gpu/MemoryNeeds.h"

#include "runtime/device/Device.h"
#include "runtime/device/Inputs.h"
#include "runtime/format/Layout.h"

#include <algorithm>

using namespace gan;
using namespace gan::runtime;

// Nearly all of a slot are batches.
static uint64_t needsOf(const format::Executable &tables,
                        const format::PlannedBatch &planned) {
  double part = static_cast<double>(planned.batch()) /
                static_cast<double>(tables.batches()->Get(0)->batch());
  double slot = static_cast<double>(slotBytes(tables)) * part;
  return planned.arena_bytes() + kSlots * static_cast<uint64_t>(slot);
}

// What to do about it, of a file whose own batch does not fit.
static std::string adviceFor(const format::Executable &tables, uint64_t free) {
  const std::string others = "stop other programs on the GPU";
  uint32_t count = tables.batches() ? tables.batches()->size() : 0;
  if (count < 2)
    return "build it with a smaller batch or " + others;
  const format::PlannedBatch &own = *tables.batches()->Get(0);
  uint32_t fits = 1;
  while (fits < count && needsOf(tables, *tables.batches()->Get(fits)) > free)
    ++fits;
  const format::PlannedBatch &larger = *tables.batches()->Get(fits - 1);
  if (fits == count)
    return "even a batch of " + std::to_string(larger.batch()) + " needs " +
           std::to_string(needsOf(tables, larger)) + "; " + others;
  const format::PlannedBatch &smaller = *tables.batches()->Get(fits);
  double below = static_cast<double>(needsOf(tables, smaller));
  double above = static_cast<double>(needsOf(tables, larger));
  // Every buffer begins at a multiple of this, so that a batch between the two
  // may need so much more than the line says.
  double rounding =
      static_cast<double>(format::kBufferAlignment * tables.buffers()->size());
  double part =
      (static_cast<double>(free) - rounding - below) / (above - below);
  part = std::max(0.0, part);
  double room = static_cast<double>(larger.batch() - smaller.batch());
  uint64_t batch = smaller.batch() + static_cast<uint64_t>(part * room);
  return "the largest batch that fits is about " + std::to_string(batch) +
         ", not " + std::to_string(own.batch()) + "; build it for that or " +
         others;
}

Status gan::runtime::checkMemory(const format::Executable &tables,
                                 const GpuMemory &memory,
                                 const std::string &device) {
  uint64_t needed = tables.arena_bytes() + kSlots * slotBytes(tables);
  if (needed <= memory.free)
    return {};
  return Status(Code::OutOfMemory,
                "the model needs " + std::to_string(needed) +
                    " bytes on the GPU, of whose " +
                    std::to_string(memory.total) + " there are " +
                    std::to_string(memory.free) +
                    " free: " + adviceFor(tables, memory.free),
                device);
}
