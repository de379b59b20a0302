// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Buffers inside the arena; storage that fits its buffers and is alone in them.
#include "runtime/executable/Verify.h"

#include "runtime/executable/Shards.h"

#include "runtime/format/Layout.h"

#include <algorithm>
#include <vector>

using namespace gan;
using namespace gan::runtime;
using namespace gan::runtime::verify;

// No address space of an x86-64 process holds more.
static constexpr uint64_t kMaxArenaBytes = uint64_t{1} << 46;

static Status verifyBuffers(const Subject &subject) {
  uint64_t arena = subject.exe.arena_bytes();
  if (arena > kMaxArenaBytes)
    return subject.refuse("has an arena of " + std::to_string(arena) +
                          " bytes, at most " + std::to_string(kMaxArenaBytes) +
                          " are possible");
  for (uint32_t i = 0; i < subject.exe.buffers()->size(); ++i) {
    const format::Buffer &buffer = *subject.exe.buffers()->Get(i);
    if (buffer.offset() % format::kBufferAlignment != 0 ||
        !(Checked(buffer.offset()) + buffer.bytes()).atMost(arena))
      return subject.refuse(
          "buffer " + std::to_string(i) + " of " +
          std::to_string(buffer.bytes()) + " bytes cannot stand at " +
          std::to_string(buffer.offset()) + " of an arena of " +
          std::to_string(arena) + " bytes");
  }
  return {};
}

// What shards share and what each has for itself are two parts of the arena.
static Status verifyShards(const Subject &subject) {
  uint32_t shards = shardsOf(subject.exe);
  uint64_t begin = subject.exe.shard_offset();
  if (shards == 1)
    return {};
  if (shards > kMaxShards || begin > subject.exe.arena_bytes() ||
      begin % format::kBufferAlignment != 0)
    return subject.refuse("has " + std::to_string(shards) +
                          " shards with bytes from " + std::to_string(begin) +
                          " on in an arena of " +
                          std::to_string(subject.exe.arena_bytes()));
  for (uint32_t i = 0; i < subject.exe.buffers()->size(); ++i) {
    const format::Buffer &buffer = *subject.exe.buffers()->Get(i);
    if (buffer.offset() < begin && buffer.offset() + buffer.bytes() > begin)
      return subject.refuse("buffer " + std::to_string(i) +
                            " lies across the end of what shards share");
  }
  return {};
}

static bool isPermutation(const flatbuffers::Vector<uint32_t> &layout) {
  std::vector<bool> seen(layout.size());
  for (uint32_t axis : layout) {
    if (axis >= layout.size() || seen[axis])
      return false;
    seen[axis] = true;
  }
  return true;
}

static Status verifyStorage(const Subject &subject,
                            const format::Storage &storage,
                            const std::string &what) {
  if (storage.kind() > format::StorageKind::MAX ||
      !isVisible(storage.element()))
    return subject.refuse(what + " has an unknown kind or element type");
  if (storage.layout()->size() != storage.shape()->size() ||
      !isPermutation(*storage.layout()))
    return subject.refuse(what +
                          " has a layout that is no permutation of its " +
                          std::to_string(storage.shape()->size()) + " axes");
  if (storage.buffer() >= subject.exe.buffers()->size())
    return subject.refuse(what + " names buffer " +
                          std::to_string(storage.buffer()) + " of " +
                          std::to_string(subject.exe.buffers()->size()));
  uint64_t bytes = subject.exe.buffers()->Get(storage.buffer())->bytes();
  if (isOfShard(subject.exe, *subject.exe.buffers()->Get(storage.buffer())))
    return subject.refuse(what + " differs between shards");
  if (!tensorBytes(*storage.shape(), storage.element()).atMost(bytes))
    return subject.refuse(what + " does not fit into its buffer of " +
                          std::to_string(bytes) + " bytes");
  return {};
}

// What the file brings along fills the storage.
static Status verifyValue(const Subject &subject,
                          const format::Storage &storage,
                          const std::string &what) {
  if (!storage.value())
    return {};
  uint32_t count = subject.exe.segments()->size();
  if (*storage.value() >= count)
    return subject.refuse(what + " has its value in segment " +
                          std::to_string(*storage.value()) + " of " +
                          std::to_string(count));
  uint64_t bytes = subject.exe.segments()->Get(*storage.value())->bytes();
  uint64_t needed = tensorBytes(*storage.shape(), storage.element()).value();
  if (bytes != needed)
    return subject.refuse(what + " of " + std::to_string(needed) +
                          " bytes has a value of " + std::to_string(bytes));
  return {};
}

static Status verifyBatches(const Subject &subject) {
  const auto *batches = subject.exe.batches();
  for (uint32_t i = 0; batches && i < batches->size(); ++i) {
    const format::PlannedBatch &planned = *batches->Get(i);
    if (planned.arena_bytes() > kMaxArenaBytes || planned.batch() == 0 ||
        (i == 0 && planned.arena_bytes() != subject.exe.arena_bytes()) ||
        (i > 0 && planned.batch() >= batches->Get(i - 1)->batch()))
      return subject.refuse(
          "has an arena of " + std::to_string(planned.arena_bytes()) +
          " bytes for a batch of " + std::to_string(planned.batch()) +
          " as number " + std::to_string(i) + " of its planned batches");
  }
  return {};
}

Status gan::runtime::verify::verifyMemory(const Subject &subject) {
  for (Status good : {verifyBuffers(subject), verifyBatches(subject)})
    if (!good.ok())
      return good;
  if (Status good = verifyShards(subject); !good.ok())
    return good;
  Names names;
  std::vector<bool> taken(subject.exe.buffers()->size());
  for (uint32_t i = 0; i < subject.exe.storage()->size(); ++i) {
    const format::Storage &storage = *subject.exe.storage()->Get(i);
    std::string what = nameOf("storage", i, *storage.name());
    if (!names.add(*storage.name()))
      return subject.refuse(what + " has no name of its own");
    if (Status good = verifyStorage(subject, storage, what); !good.ok())
      return good;
    if (Status good = verifyValue(subject, storage, what); !good.ok())
      return good;
    if (taken[storage.buffer()])
      return subject.refuse(what + " shares buffer " +
                            std::to_string(storage.buffer()) +
                            " with another storage");
    taken[storage.buffer()] = true;
  }
  return {};
}
