// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/game/StepRunner.h"
#include "runtime/data/Elements.h"
#include "runtime/game/OutputTables.h"

#include <algorithm>
#include <array>
#include <cstring>

using namespace gan;
using namespace gan::runtime;

// Sequences that are kept ready: as many as conditions of a schedule make in
// practice. One that comes again after more others is prepared again.
static constexpr size_t kMostPrograms = 32;

Result<StepRunner> StepRunner::create(const Executable &executable,
                                      Device &device, uint64_t seed) {
  StepRunner runner(executable, device, seed);
  for (uint32_t i = 0; i < executable.tables().entries()->size(); ++i) {
    runner.blocks.push_back(layOutInputs(executable.tables(), i));
    if (Result<Program *> made = runner.programOf({i}); !made.ok())
      return made.status();
  }
  return runner;
}

// Makes room for one more: that which was not used for the longest time goes.
void StepRunner::dropProgram() {
  if (programs.size() < kMostPrograms + blocks.size())
    return;
  auto oldest = std::min_element(programs.begin(), programs.end(),
                                 [](const auto &a, const auto &b) {
                                   return a.second.lastUse < b.second.lastUse;
                                 });
  programs.erase(oldest);
}

Result<Program *> StepRunner::programOf(const std::vector<uint32_t> &entries) {
  auto found = programs.find(entries);
  if (found == programs.end()) {
    Result<std::unique_ptr<Program>> made = device.prepare(entries);
    if (!made.ok())
      return made.status();
    dropProgram();
    found = programs.emplace(entries, Prepared{made.take()}).first;
  }
  found->second.lastUse = ++uses;
  return found->second.program.get();
}

// ---- runs

Batches StepRunner::bind(const Run &run, std::span<std::byte> block) const {
  const auto &inputs = *executable.tables().entries()->Get(run.entry)->inputs();
  Batches batches;
  for (uint32_t i = 0; i < inputs.size(); ++i) {
    const format::Binding &input = *inputs.Get(i);
    std::span<std::byte> value =
        block.subspan(blocks[run.entry].offsets[i], bindingBytes(input));
    if (input.kind() == format::BindingKind::Data)
      batches.push_back(value);
    if (input.kind() == format::BindingKind::Clock)
      storeElement(input.element(), value, 0,
                   evaluateClock(*input.clock(), run.clock));
    if (input.kind() == format::BindingKind::Key) {
      std::array<uint64_t, 2> key = {run.seed.value_or(seed),
                                     run.move + input.move()};
      std::memcpy(value.data(), key.data(), sizeof(key));
    }
    if (input.kind() == format::BindingKind::Shard) {
      uint64_t number = input.first();
      std::memcpy(value.data(), &number, sizeof(number));
    }
  }
  return batches;
}

Status StepRunner::submit(const std::vector<uint32_t> &entries, unsigned slot,
                          bool wantsMetrics) {
  Result<Program *> program = programOf(entries);
  if (!program.ok())
    return program.status();
  Status status = device.submit(**program, slot);
  return status.ok() && wantsMetrics ? readMetrics(entries) : status;
}

// An entry leaves the metrics of its last run in the sequence, which is also
// the only one that anybody asks for; but names come in the order of all runs.
Status StepRunner::readMetrics(const std::vector<uint32_t> &entries) {
  for (size_t i = 0; i < entries.size(); ++i) {
    bool isLast =
        !std::count(entries.begin() + i + 1, entries.end(), entries[i]);
    for (const format::Binding *output :
         *executable.tables().entries()->Get(entries[i])->outputs()) {
      if (output->kind() != format::BindingKind::Metric)
        continue;
      pending.push_back({output, isLast, {}});
      std::span<std::byte> into(pending.back().bytes);
      if (!isLast)
        continue;
      if (Status status =
              device.read(output->buffer(), into.first(bindingBytes(*output)));
          !status.ok())
        return status;
    }
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
    if (metric.isRead)
      found->second = loadElement(metric.output->element(), metric.bytes, 0);
  }
  pending.clear();
  return metrics;
}

// The values of the outputs of an entry, in their order; of metrics none.
Result<std::vector<FileBytes>> StepRunner::computeAll(uint32_t entry,
                                                      unsigned slot) {
  if (Status status = submit({entry}, slot, /*wantsMetrics=*/false);
      !status.ok())
    return status;
  const auto &outputs = *executable.tables().entries()->Get(entry)->outputs();
  std::vector<FileBytes> values(outputs.size());
  for (uint32_t i = 0; i < outputs.size(); ++i) {
    if (outputs.Get(i)->kind() == format::BindingKind::Metric)
      continue;
    values[i].resize(bindingBytes(*outputs.Get(i)));
    if (Status status = device.read(outputs.Get(i)->buffer(), values[i]);
        !status.ok())
      return status;
  }
  if (Status status = device.wait(); !status.ok())
    return status;
  return values;
}

Result<FileBytes> StepRunner::compute(uint32_t entry, unsigned slot) {
  Result<std::vector<FileBytes>> values = computeAll(entry, slot);
  if (!values.ok())
    return values.status();
  auto isMetric = [](const FileBytes &value) { return value.empty(); };
  auto found = std::find_if_not(values->begin(), values->end(), isMetric);
  return found == values->end() ? FileBytes() : std::move(*found);
}

Result<Draws> StepRunner::draw(Run run, unsigned slot) {
  const auto &entries = *executable.tables().entries();
  const format::Entry &entry = *entries.Get(run.entry);
  if (drawInputs(entry).empty())
    return Draws();
  if (Status status = device.reclaim(slot); !status.ok())
    return status;
  run.entry = entry.draws();
  bind(run, device.slot(slot));
  Result<std::vector<FileBytes>> drawn = computeAll(run.entry, slot);
  if (!drawn.ok())
    return drawn.status();
  const auto &made = *entries.Get(run.entry)->outputs();
  Draws draws;
  for (const format::Binding *input : drawInputs(entry))
    for (uint32_t i = 0; i < made.size(); ++i)
      if (made.Get(i)->name()->string_view() == input->name()->string_view())
        draws.push_back((*drawn)[i]);
  return draws;
}

void StepRunner::bindDraws(uint32_t output, const Draws &draws,
                           std::span<std::byte> block) const {
  const auto &inputs = *executable.tables().entries()->Get(output)->inputs();
  size_t next = 0;
  for (uint32_t i = 0; i < inputs.size() && next < draws.size(); ++i)
    if (inputs.Get(i)->kind() == format::BindingKind::Draw) {
      const FileBytes &value = draws[next++];
      std::memcpy(block.data() + blocks[output].offsets[i], value.data(),
                  value.size());
    }
}

Result<bool> StepRunner::isOver(const Run &run, unsigned slot) {
  if (Status status = device.reclaim(slot); !status.ok())
    return status;
  bind(run, device.slot(slot));
  Result<FileBytes> bytes = compute(run.entry, slot);
  if (!bytes.ok())
    return bytes.status();
  return loadElement(format::ElementType::Bool, *bytes, 0) != 0;
}

// ---- storage

Status StepRunner::initialise(unsigned slot) {
  const auto &entries = *executable.tables().entries();
  for (uint32_t i = 0; i < entries.size(); ++i) {
    if (entries.Get(i)->kind() != format::EntryKind::Init)
      continue;
    if (Status status = device.reclaim(slot); !status.ok())
      return status;
    bind({.entry = i, .clock = {}}, device.slot(slot));
    if (Status status = submit({i}, slot, /*wantsMetrics=*/false); !status.ok())
      return status;
  }
  return Status();
}

Status StepRunner::reset(
    const flatbuffers::Vector<flatbuffers::Offset<flatbuffers::String>>
        &players,
    unsigned slot) {
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
  if (Status status = initialise(slot); !status.ok())
    return status;
  for (const auto &[buffer, bytes] : kept)
    if (Status status = device.write(buffer, bytes); !status.ok())
      return status;
  return Status();
}
