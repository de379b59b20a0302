// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/cpu/CpuDevice.h"

#include "runtime/device/Contract.h"
#include "runtime/device/Profiler.h"
#include "runtime/device/cpu/Pages.h"
#include "runtime/device/cpu/Peak.h"
#include "runtime/device/cpu/Target.h"
#include "runtime/device/cpu/ThreadPool.h"
#include "runtime/device/cpu/WorkPlan.h"

#include <algorithm>
#include <cstring>

using namespace gan;
using namespace gan::runtime;

namespace {
class CpuDevice;

struct CpuProgram : Program {
  CpuProgram(const CpuDevice *device, uint32_t entry, WorkPlan plan,
             unsigned threads, bool timed)
      : device(device), entry(entry), job(std::move(plan), threads, timed) {}
  const CpuDevice *device;
  uint32_t entry;
  Job job;
};

// Runs a program in the calling thread and its helpers before `submit` returns:
// the queue is always empty, which the contract allows.
class CpuDevice : public Device {
public:
  CpuDevice(unsigned threads, const DeviceOptions &options)
      : target(options.target), timed(options.profile) {
    about.name = "cpu";
    about.threads = threads;
    about.description = processorName() + ", " + std::to_string(threads) +
                        (threads == 1 ? " thread" : " threads");
  }
  const DeviceInfo &info() const override { return about; }
  Status load(const Executable &executable) override;
  Result<std::unique_ptr<Program>> prepare(uint32_t entry) override;
  Status submit(Program &program) override;
  Status write(uint32_t buffer, std::span<const std::byte> from) override;
  Status read(uint32_t buffer, std::span<std::byte> into) override;
  Status wait() override { return {}; }
  Profile profile() override { return profiler.profile(); }

private:
  Status makeCallable(const Executable &executable);
  bool usesWideRegisters() const {
    return exe->tables().images()->Get(image)->target()->str() == "x86-64-v4";
  }
  void addTimes(CpuProgram &program, uint64_t begin);

  DeviceInfo about;
  std::string target;
  bool timed;
  const Executable *exe = nullptr;
  uint32_t image = 0;
  Pages arena, code;
  std::unique_ptr<ThreadPool> pool;
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

Result<std::unique_ptr<Program>> CpuDevice::prepare(uint32_t entry) {
  if (!exe || entry >= exe->tables().entries()->size())
    return misuse("there is no entry " + std::to_string(entry), about.name);
  Placement placement{arena.data(), code.data(), image};
  std::unique_ptr<Program> program = std::make_unique<CpuProgram>(
      this, entry, planWork(*exe, placement, entry, about.threads),
      about.threads, timed);
  return program;
}

Status CpuDevice::submit(Program &program) {
  auto &ours = static_cast<CpuProgram &>(program);
  if (ours.device != this)
    return misuse("the program is one of another device", about.name);
  uint64_t begin = timed ? now() : 0;
  pool->run(ours.job);
  if (timed)
    addTimes(ours, begin);
  return {};
}

// Moves what the threads measured into the device's profile.
void CpuDevice::addTimes(CpuProgram &program, uint64_t begin) {
  profiler.addSubmission(begin, now());
  std::vector<uint64_t> nanoseconds(program.job.plan.launches.size());
  for (std::vector<Span> &spans : program.job.spans) {
    for (Span &span : spans) {
      span.entry = program.entry;
      nanoseconds[span.node] += span.end - span.begin;
    }
    profiler.addSpans(spans);
    spans.clear();
  }
  for (uint32_t node = 0; node < nanoseconds.size(); ++node)
    profiler.addCall(program.entry, node, nanoseconds[node]);
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
