// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/app/Team.h"

#include "runtime/format/Hash.h"

#include <vector>

using namespace gan;
using namespace gan::runtime;

template <typename T> static std::span<std::byte> bytesOf(T &value) {
  return std::as_writable_bytes(std::span(&value, 1));
}

Status Team::share(Beginning &beginning) {
  if (!ranks)
    return {};
  std::vector<uint64_t> &ends = beginning.place.phaseEnds;
  uint64_t numbers[] = {
      beginning.seed,         beginning.goesOn,          beginning.hasFiles,
      beginning.place.passes, beginning.place.rollbacks, ends.size()};
  Status status = ranks->broadcast(std::as_writable_bytes(std::span(numbers)));
  if (!status.ok())
    return status;
  beginning.seed = numbers[0];
  beginning.goesOn = numbers[1] != 0;
  beginning.hasFiles = numbers[2] != 0;
  beginning.place.passes = numbers[3];
  beginning.place.rollbacks = numbers[4];
  ends.resize(numbers[5]);
  return ranks->broadcast(std::as_writable_bytes(std::span(ends)));
}

Status Team::shareStorage(const Executable &executable, Device &device) {
  if (!ranks)
    return {};
  FileBytes bytes;
  for (const format::Storage *storage : *executable.tables().storage()) {
    bytes.resize(elementCount(*storage->shape()) *
                 elementBytes(storage->element()));
    Status status = device.read(storage->buffer(), bytes);
    if (status.ok())
      status = device.wait();
    if (status.ok())
      status = ranks->broadcast(bytes);
    if (status.ok())
      status = device.write(storage->buffer(), bytes);
    if (!status.ok())
      return status;
  }
  return {};
}

// Rank 0's hash of all that must be equal, beside each rank's own.
Status Team::compare(const RunIdentity &identity, uint64_t steps) {
  if (!ranks)
    return {};
  std::string text = identity.model + " " + identity.source + " " +
                     identity.compiler + " " + identity.code + " " +
                     identity.arithmetic + " " + std::to_string(identity.seed) +
                     " " + std::to_string(steps);
  for (const std::string &flag : identity.flags)
    text += " " + flag;
  for (const auto &[name, count] : identity.records)
    text += " " + name + " " + std::to_string(count);
  std::vector<uint64_t> hashes(ranks->size());
  hashes[ranks->rank()] = format::hashBytes(text.data(), text.size());
  std::span<std::byte> all = std::as_writable_bytes(std::span(hashes));
  if (Status status = ranks->allGather({&all, 1}); !status.ok())
    return status;
  for (size_t rank = 1; rank < hashes.size(); ++rank)
    if (hashes[rank] != hashes[0])
      return Status(Code::Mismatch,
                    "rank " + std::to_string(rank) +
                        " has another trainer than rank 0, other data or "
                        "other options");
  return {};
}

Result<bool> Team::anyOf(bool own) {
  if (!ranks)
    return own;
  std::vector<std::byte> answers(ranks->size());
  answers[ranks->rank()] = std::byte{own};
  std::span<std::byte> all(answers);
  if (Status status = ranks->allGather({&all, 1}); !status.ok())
    return status;
  for (std::byte answer : answers)
    if (answer != std::byte{0})
      return true;
  return false;
}
