// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/cpu/CpuDevice.h"

#include "runtime/device/Contract.h"
#include "runtime/device/Inputs.h"
#include "runtime/device/Profiler.h"
#include "runtime/device/cpu/Pages.h"
#include "runtime/device/cpu/Peak.h"
#include "runtime/device/cpu/Target.h"
#include "runtime/device/cpu/ThreadPool.h"
#include "runtime/device/cpu/WorkPlan.h"

#include <algorithm>
#include <array>
#include <cstring>

using namespace gan;
using namespace gan::runtime;

namespace {
class CpuDevice;

// Nodes from one exchange between ranks to the next, which comes behind them.
struct Part {
  Part(WorkPlan plan, unsigned threads, bool timed, uint32_t firstNode)
      : job(std::move(plan), threads, timed), firstNode(firstNode) {}
  Job job;
  uint32_t firstNode;
  std::vector<std::span<std::byte>> exchanged; // none behind the last
};

struct CpuProgram : Program {
  const CpuDevice *device;
  std::vector<uint32_t> entries;
};

// Runs a program in the calling thread and its helpers before `submit` returns:
// the queue is always empty, which the contract allows.
class CpuDevice : public Device {
public:
  CpuDevice(unsigned threads, const DeviceOptions &options)
      : target(options.target), timed(options.profile),
        afterNode(options.afterNode), ranks(options.ranks) {
    about.name = "cpu";
    about.threads = threads;
    about.description = processorName() + ", " + std::to_string(threads) +
                        (threads == 1 ? " thread" : " threads");
  }
  const DeviceInfo &info() const override { return about; }
  Status load(const Executable &executable) override;
  Result<std::unique_ptr<Program>>
  prepare(std::span<const uint32_t> entries) override;
  std::span<std::byte> slot(unsigned slot) override;
  Status submit(Program &program, unsigned slot) override;
  Status reclaim(unsigned) override { return {}; }
  Status write(uint32_t buffer, std::span<const std::byte> from) override;
  Status read(uint32_t buffer, std::span<std::byte> into) override;
  Status wait() override { return {}; }
  Profile profile() override { return profiler.profile(); }

private:
  Status makeCallable(const Executable &executable);
  bool usesWideRegisters() const {
    return exe->tables().images()->Get(image)->target()->str() != "x86-64-v3";
  }
  void prepareEntry(uint32_t entry);
  std::unique_ptr<Part> preparePart(uint32_t entry, uint32_t first,
                                    uint32_t end);
  Status runPart(uint32_t entry, Part &part);
  uint64_t takeInputs(uint32_t entry, const std::byte *block);
  void addTimes(uint32_t entry, Part &part);

  DeviceInfo about;
  std::string target;
  bool timed;
  std::function<void(uint32_t, uint32_t)> afterNode;
  Communicator *ranks;
  const Executable *exe = nullptr;
  uint32_t image = 0;
  Pages arena, code;
  std::array<Pages, kSlots> slots;
  uint64_t slotSize = 0;
  std::unique_ptr<ThreadPool> pool;
  // By entry; none: never asked for.
  std::vector<std::vector<std::unique_ptr<Part>>> parts;
  Profiler profiler;
};
} // namespace

Status CpuDevice::makeCallable(const Executable &executable) {
  Result<uint32_t> chosen = chooseImage(executable, target);
  if (!chosen.ok())
    return chosen.status();
  image = *chosen;
  const format::Image &table = *executable.tables().images()->Get(image);
  Result<Pages> mapped =
      Pages::allocateCode(executable.segment(table.segment()));
  if (!mapped.ok())
    return mapped.status();
  code = mapped.take();
  about.description += ", " + table.target()->str();
  if (addsInItsOwnOrder(table.target()->string_view()))
    about.arithmetic = table.target()->str();
  return {};
}

Status CpuDevice::load(const Executable &executable) {
  if (exe)
    return misuse("an executable is loaded already", about.name);
  if (Status callable = makeCallable(executable); !callable.ok())
    return callable;
  Result<Pages> memory = Pages::allocate(executable.tables().arena_bytes());
  if (!memory.ok())
    return memory.status();
  arena = memory.take();
  slotSize = slotBytes(executable.tables());
  for (Pages &slot : slots) {
    Result<Pages> given = Pages::allocate(slotSize);
    if (!given.ok())
      return given.status();
    slot = given.take();
  }
  uint64_t scratchBytes = 0;
  for (const format::Kernel *kernel : *executable.tables().kernels())
    scratchBytes = std::max(scratchBytes, kernel->scratch_bytes());
  Result<std::unique_ptr<ThreadPool>> threads =
      ThreadPool::create(about.threads, scratchBytes);
  if (!threads.ok())
    return threads.status();
  pool = threads.take();
  about.arenaBytes = executable.tables().arena_bytes();
  exe = &executable;
  if (timed)
    profiler.setPeak(measurePeak(*pool, about.threads, usesWideRegisters()));
  return {};
}

Result<std::unique_ptr<Program>>
CpuDevice::prepare(std::span<const uint32_t> entries) {
  if (Status good = checkSequence(exe, entries, about.name); !good.ok())
    return good;
  if (!ranks && exchanges(*exe, entries))
    return misuse("there is nobody to exchange with", about.name);
  parts.resize(exe->tables().entries()->size());
  for (uint32_t entry : entries)
    if (parts[entry].empty())
      prepareEntry(entry);
  auto program = std::make_unique<CpuProgram>();
  program->device = this;
  program->entries.assign(entries.begin(), entries.end());
  return std::unique_ptr<Program>(std::move(program));
}

void CpuDevice::prepareEntry(uint32_t entry) {
  const auto &nodes = *exe->tables().entries()->Get(entry)->nodes();
  uint32_t first = 0;
  for (uint32_t i = 0; i < nodes.size(); ++i) {
    if (nodes.Get(i)->kind() != format::NodeKind::Collective)
      continue;
    parts[entry].push_back(preparePart(entry, first, i));
    first = i + 1;
  }
  parts[entry].push_back(preparePart(entry, first, nodes.size()));
}

// `end` is an exchange, or the end of the entry.
std::unique_ptr<Part> CpuDevice::preparePart(uint32_t entry, uint32_t first,
                                             uint32_t end) {
  Placement placement{arena.data(), code.data(), image};
  auto part = std::make_unique<Part>(
      planWork(*exe, placement, entry, about.threads, first, end),
      about.threads, timed, first);
  const auto &nodes = *exe->tables().entries()->Get(entry)->nodes();
  if (end == nodes.size())
    return part;
  const auto &arguments = *nodes.Get(end)->arguments();
  for (uint32_t i = arguments.size() / 2; i < arguments.size(); ++i) {
    const format::Buffer &whole =
        *exe->tables().buffers()->Get(arguments.Get(i));
    part->exchanged.emplace_back(arena.data() + whole.offset(), whole.bytes());
  }
  return part;
}

std::span<std::byte> CpuDevice::slot(unsigned slot) {
  if (!exe)
    return {};
  return {slots[slot].data(), slotSize};
}

// Into the arena, as the addresses in a job are fixed. Returns the size of the
// block.
uint64_t CpuDevice::takeInputs(uint32_t entry, const std::byte *block) {
  const format::Entry &table = *exe->tables().entries()->Get(entry);
  InputBlock layout = layOutInputs(exe->tables(), entry);
  for (uint32_t i = 0; i < table.inputs()->size(); ++i) {
    const format::Binding &input = *table.inputs()->Get(i);
    std::copy_n(block + layout.offsets[i], bindingBytes(input),
                arena.data() +
                    exe->tables().buffers()->Get(input.buffer())->offset());
  }
  return layout.bytes;
}

Status CpuDevice::submit(Program &program, unsigned slot) {
  auto &ours = static_cast<CpuProgram &>(program);
  if (ours.device != this)
    return misuse("the program is one of another device", about.name);
  const std::byte *block = slots[slot].data();
  for (uint32_t entry : ours.entries) {
    block += takeInputs(entry, block);
    uint64_t begin = timed ? now() : 0;
    for (const std::unique_ptr<Part> &part : parts[entry])
      if (Status good = runPart(entry, *part); !good.ok())
        return good;
    if (!timed)
      continue;
    profiler.addSubmission(begin, now());
    for (const std::unique_ptr<Part> &part : parts[entry])
      addTimes(entry, *part);
  }
  return {};
}

Status CpuDevice::runPart(uint32_t entry, Part &part) {
  if (afterNode)
    pool->runInOrder(part.job, [&](uint32_t node) {
      afterNode(entry, part.firstNode + node);
    });
  else
    pool->run(part.job);
  if (part.exchanged.empty())
    return {};
  uint64_t begin = timed ? now() : 0;
  Status good = ranks->allGather(part.exchanged);
  if (timed)
    profiler.addCalls(
        {.entry = entry,
         .node = part.firstNode +
                 static_cast<uint32_t>(part.job.plan.launches.size()),
         .calls = 1,
         .nanoseconds = now() - begin});
  return good;
}

// Moves what the threads measured into the device's profile.
void CpuDevice::addTimes(uint32_t entry, Part &part) {
  std::vector<uint64_t> nanoseconds(part.job.plan.launches.size());
  for (std::vector<Span> &spans : part.job.spans) {
    for (Span &span : spans) {
      nanoseconds[span.node] += span.end - span.begin;
      span.entry = entry;
      span.node += part.firstNode;
    }
    profiler.addSpans(spans);
    spans.clear();
  }
  for (uint32_t node = 0; node < nanoseconds.size(); ++node)
    profiler.addCalls({.entry = entry,
                       .node = part.firstNode + node,
                       .calls = 1,
                       .nanoseconds = nanoseconds[node]});
}

Status CpuDevice::write(uint32_t buffer, std::span<const std::byte> from) {
  if (Status good = checkSpan(exe, buffer, from.size(), about.name); !good.ok())
    return good;
  std::copy(from.begin(), from.end(),
            arena.data() + exe->tables().buffers()->Get(buffer)->offset());
  return {};
}

Status CpuDevice::read(uint32_t buffer, std::span<std::byte> into) {
  if (Status good = checkSpan(exe, buffer, into.size(), about.name); !good.ok())
    return good;
  std::copy_n(arena.data() + exe->tables().buffers()->Get(buffer)->offset(),
              into.size(), into.begin());
  return {};
}

Result<std::unique_ptr<Device>>
gan::runtime::makeCpuDevice(const DeviceOptions &options) {
  if (!options.simSchedule.empty())
    return Status(Code::Usage, "only the device sim has schedules",
                  "--sim-schedule");
  Result<unsigned> threads = threadsOf(options, "cpu");
  if (!threads.ok())
    return threads.status();
  return std::unique_ptr<Device>(
      std::make_unique<CpuDevice>(*threads, options));
}
