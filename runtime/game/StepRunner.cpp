// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/game/StepRunner.h"
#include "runtime/data/Elements.h"

#include <algorithm>
#include <array>

using namespace gan;
using namespace gan::runtime;

Result<StepRunner> StepRunner::create(const Executable &executable,
                                      Device &device) {
  StepRunner runner(executable, device);
  for (uint32_t i = 0; i < executable.tables().entries()->size(); ++i) {
    Result<std::unique_ptr<Program>> program = device.prepare(i);
    if (!program.ok())
      return program.status();
    runner.programs.push_back(program.take());
  }
  return runner;
}

// ---- runs

Status StepRunner::bind(const format::Binding &input, const RunInputs &inputs,
                        size_t &dataInputs) {
  switch (input.kind()) {
  case format::BindingKind::Data:
    return device.write(input.buffer(), (*inputs.batches)[dataInputs++]);
  case format::BindingKind::Clock: {
    std::array<std::byte, 8> value = {};
    storeElement(input.element(), value, 0,
                 evaluateClock(*input.clock(), inputs.clock));
    return device.write(input.buffer(),
                        std::span(value).first(elementBytes(input.element())));
  }
  case format::BindingKind::Key: {
    std::array<uint64_t, 2> key = {inputs.seed, inputs.move + input.move()};
    return device.write(input.buffer(), std::as_bytes(std::span(key)));
  }
  default:
    return Status(); // Metrics and outputs are no inputs.
  }
}

Status StepRunner::submit(uint32_t entry, const RunInputs &inputs) {
  size_t dataInputs = 0;
  for (const format::Binding *input :
       *executable.tables().entries()->Get(entry)->inputs())
    if (Status status = bind(*input, inputs, dataInputs); !status.ok())
      return status;
  return device.submit(*programs[entry]);
}

Status StepRunner::run(uint32_t entry, const RunInputs &inputs,
                       bool wantsMetrics) {
  if (Status status = submit(entry, inputs); !status.ok() || !wantsMetrics)
    return status;
  for (const format::Binding *output :
       *executable.tables().entries()->Get(entry)->outputs()) {
    if (output->kind() != format::BindingKind::Metric)
      continue;
    pending.push_back({output, {}});
    std::span<std::byte> into(pending.back().bytes);
    if (Status status = device.read(
            output->buffer(), into.first(elementBytes(output->element())));
        !status.ok())
      return status;
  }
  return Status();
}

Result<Metrics> StepRunner::takeMetrics() {
  if (Status status = device.wait(); !status.ok())
    return status;
  Metrics metrics;
  for (const PendingMetric &metric : pending) {
    std::string name = metric.output->name()->str();
    auto found =
        std::find_if(metrics.begin(), metrics.end(),
                     [&](const auto &each) { return each.first == name; });
    if (found == metrics.end())
      found = metrics.insert(found, {name, 0});
    found->second = loadElement(metric.output->element(), metric.bytes, 0);
  }
  pending.clear();
  return metrics;
}

Result<FileBytes> StepRunner::compute(uint32_t entry, const RunInputs &inputs) {
  if (Status status = submit(entry, inputs); !status.ok())
    return status;
  FileBytes bytes;
  for (const format::Binding *output :
       *executable.tables().entries()->Get(entry)->outputs()) {
    if (output->kind() == format::BindingKind::Metric)
      continue;
    bytes.resize(elementCount(*output->shape()) *
                 elementBytes(output->element()));
    if (Status status = device.read(output->buffer(), bytes); !status.ok())
      return status;
  }
  if (Status status = device.wait(); !status.ok())
    return status;
  return bytes;
}

Result<bool> StepRunner::isOver(uint32_t entry, const RunInputs &inputs) {
  Result<FileBytes> bytes = compute(entry, inputs);
  if (!bytes.ok())
    return bytes.status();
  return loadElement(format::ElementType::Bool, *bytes, 0) != 0;
}

// ---- storage

Status StepRunner::initialise(uint64_t seed) {
  const auto &entries = *executable.tables().entries();
  for (uint32_t i = 0; i < entries.size(); ++i)
    if (entries.Get(i)->kind() == format::EntryKind::Init)
      if (Status status = submit(i, {.seed = seed, .clock = {}}); !status.ok())
        return status;
  return Status();
}

Status StepRunner::reset(
    const flatbuffers::Vector<flatbuffers::Offset<flatbuffers::String>>
        &players,
    uint64_t seed) {
  auto isReset = [&](const format::Storage &storage) {
    return storage.kind() == format::StorageKind::Optimizer &&
           std::any_of(players.begin(), players.end(), [&](const auto *player) {
             return player->string_view() == storage.owner()->string_view();
           });
  };
  // The first values are zeros, or those of the init entry, which writes all
  // other storage: the rest of that is put aside. The first values of a player
  // may be copies of those of another.
  std::vector<std::pair<uint32_t, FileBytes>> kept;
  for (const format::Storage *storage : *executable.tables().storage()) {
    FileBytes bytes(elementCount(*storage->shape()) *
                    elementBytes(storage->element()));
    if (storage->starts_zero() && isReset(*storage))
      if (Status status = device.write(storage->buffer(), bytes); !status.ok())
        return status;
    if (storage->starts_zero() || isReset(*storage))
      continue;
    kept.emplace_back(storage->buffer(), std::move(bytes));
    if (Status status = device.read(kept.back().first, kept.back().second);
        !status.ok())
      return status;
  }
  if (Status status = device.wait(); !status.ok())
    return status;
  if (Status status = initialise(seed); !status.ok())
    return status;
  for (const auto &[buffer, bytes] : kept)
    if (Status status = device.write(buffer, bytes); !status.ok())
      return status;
  return Status();
}
