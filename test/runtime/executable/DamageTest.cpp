// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Executables damaged at random, with the hashes put right, so that it is the
// checks of the meaning that refuse them. What is accepted is used to its
// limits.
#include "runtime/executable/Executable.h"
#include "runtime/format/Hash.h"
#include "test/runtime/executable/TestExecutable.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <random>

using namespace gan;
using namespace gan::runtime;
using namespace gan::test;

using Bytes = std::vector<std::byte>;

// What a damaged size grows to before we believe that it was refused in time.
static constexpr uint64_t kMaxTouchedArena = uint64_t{64} << 20;

namespace {
class Damager {
public:
  explicit Damager(uint64_t seed) : random(seed) {}

  // One to four changes of one kind each, most of them inside the tables.
  void damage(Bytes &file) {
    for (uint64_t n = 1 + below(4); n > 0; --n)
      switch (below(8)) {
      case 0:
        change(file, 0, sizeof(format::FileHeader));
        break;
      case 1:
        file.resize(below(file.size() + 1));
        putLength(file);
        break;
      case 2:
        change(file, 0, file.size());
        break;
      default:
        change(file, sizeof(format::FileHeader), tableEnd(file));
      }
    putHashes(file);
  }

private:
  uint64_t below(uint64_t bound) { return bound ? random() % bound : 0; }

  static uint64_t tableEnd(const Bytes &file) {
    format::FileHeader header;
    if (file.size() < sizeof(header))
      return file.size();
    std::memcpy(&header, file.data(), sizeof(header));
    return std::min<uint64_t>(file.size(),
                              sizeof(header) + header.tableBytes % (1 << 30));
  }

  // A bit, a byte, or a number that is likely to hurt.
  void change(Bytes &file, uint64_t begin, uint64_t end) {
    if (end < begin + 8)
      return;
    uint64_t at = begin + below(end - begin - 7);
    static constexpr uint64_t numbers[] = {
        0,         1,         2,       3,         4,          63,
        64,        255,       1 << 16, INT32_MAX, UINT32_MAX, uint64_t{1} << 62,
        INT64_MAX, UINT64_MAX};
    switch (below(5)) {
    case 0:
      file[at] ^= std::byte{1} << below(8);
      return;
    case 1:
      file[at] = static_cast<std::byte>(random());
      return;
    case 2:
      return put(file, at & ~uint64_t{3}, numbers[below(std::size(numbers))],
                 4);
    case 3:
      return put(file, at & ~uint64_t{7}, numbers[below(std::size(numbers))],
                 8);
    default: { // off by a little, or a multiple
      uint32_t word;
      at &= ~uint64_t{3};
      std::memcpy(&word, &file[at], sizeof(word));
      word += below(2) ? below(5) - 2 : 64 * (below(5) - 2);
      return put(file, at, word, 4);
    }
    }
  }

  static void put(Bytes &file, uint64_t at, uint64_t value, size_t size) {
    std::memcpy(&file[at], &value, std::min(size, file.size() - at));
  }

  static void putLength(Bytes &file) {
    uint64_t size = file.size();
    if (size >= sizeof(format::FileHeader))
      std::memcpy(&file[offsetof(format::FileHeader, fileBytes)], &size,
                  sizeof(size));
  }

  // Of the segment that stands at `place`, which need not be aligned.
  static void putHash(const Bytes &file, uint8_t *place) {
    uint64_t span[3]; // offset, bytes, hash
    std::memcpy(span, place, sizeof(span));
    if (span[0] > file.size() || span[1] > file.size() - span[0])
      return;
    span[2] = format::hashBytes(file.data() + span[0], span[1]);
    std::memcpy(place, span, sizeof(span));
  }

  // The hashes of the segments where the table can be read, then that of it.
  static void putHashes(Bytes &file) {
    uint64_t end = tableEnd(file);
    if (end <= sizeof(format::FileHeader))
      return;
    auto *table =
        reinterpret_cast<uint8_t *>(file.data()) + sizeof(format::FileHeader);
    flatbuffers::Verifier verifier(table, end - sizeof(format::FileHeader));
    if (format::VerifyExecutableBuffer(verifier)) {
      const auto *segments = format::GetExecutable(table)->segments();
      for (uint32_t i = 0; i < segments->size(); ++i)
        putHash(file, const_cast<uint8_t *>(segments->Data()) +
                          i * sizeof(format::Segment));
    }
    repairTableHash(file);
  }

  std::mt19937_64 random;
};

// Does with an accepted executable what a device and the game would do, but for
// running its code; the sanitizer watches the arena's ends.
class User {
public:
  explicit User(const Executable &exe)
      : exe(exe), arena(exe.tables().arena_bytes()) {}

  void useAll() {
    for (const format::Storage *storage : *exe.tables().storage())
      touch(storage->buffer(),
            elementCount(*storage->shape()) * elementBytes(storage->element()));
    for (const format::Entry *entry : *exe.tables().entries()) {
      for (const auto *bindings : {entry->inputs(), entry->outputs()})
        for (const format::Binding *binding : *bindings)
          useBinding(*binding);
      for (const format::Node *node : *entry->nodes())
        useNode(*node);
      if (entry->groups())
        for (const format::GroupedNodes *grouped : *entry->groups())
          useGroup(*entry, *grouped);
    }
    for (const format::Phase *phase : *exe.tables().phases())
      useMoves(phase->body());
    for (const format::Network *network : *exe.tables().networks())
      useNetwork(*network);
    if (exe.tables().gpu_images())
      for (const format::GpuImage *image : *exe.tables().gpu_images())
        for (std::byte byte : exe.segment(image->segment()))
          sum += static_cast<uint64_t>(byte);
  }

  uint64_t sum = 0; // so that nothing is left out

private:
  void touch(uint32_t buffer, uint64_t bytes) {
    const format::Buffer &place = *exe.tables().buffers()->Get(buffer);
    std::memset(arena.data() + place.offset(), 1, bytes);
  }

  void useBinding(const format::Binding &binding) {
    touch(binding.buffer(),
          elementCount(*binding.shape()) * elementBytes(binding.element()));
    if (binding.clock())
      useClock(*binding.clock());
  }

  void useNode(const format::Node &node) {
    if (node.kind() == format::NodeKind::Copy) {
      const auto &buffers = *exe.tables().buffers();
      const format::Buffer &from = *buffers.Get(node.arguments()->Get(0));
      const format::Buffer &to = *buffers.Get(node.arguments()->Get(1));
      std::memcpy(arena.data() + to.offset(), arena.data() + from.offset(),
                  to.bytes());
      return;
    }
    const format::Kernel &kernel = *exe.tables().kernels()->Get(node.kernel());
    for (uint32_t i = 0; i < kernel.argument_bytes()->size(); ++i)
      touch(node.arguments()->Get(i), kernel.argument_bytes()->Get(i));
    for (uint32_t i = 0; i < exe.tables().images()->size(); ++i)
      sum += static_cast<uint64_t>(exe.segment(
          exe.tables().images()->Get(i)->segment())[kernel.entry_offsets()->Get(
          i)]);
    if (kernel.gpu())
      sum += uint64_t{kernel.gpu()->blocks()} * kernel.gpu()->threads();
  }

  void useGroup(const format::Entry &entry,
                const format::GroupedNodes &grouped) {
    const format::GpuGroup &group =
        *exe.tables().gpu_groups()->Get(grouped.group());
    for (uint32_t i = 0; i < group.kernels()->size(); ++i)
      sum += exe.tables()
                 .kernels()
                 ->Get(entry.nodes()->Get(grouped.first() + i)->kernel())
                 ->gpu()
                 ->blocks();
    sum += group.launch()->blocks();
  }

  void useClock(const format::ClockExpression &clock) {
    sum += static_cast<uint64_t>(clock.op());
    if (clock.arguments())
      for (const format::ClockExpression *argument : *clock.arguments())
        useClock(*argument);
  }

  void useMoves(
      const flatbuffers::Vector<flatbuffers::Offset<format::Move>> *moves) {
    if (!moves)
      return;
    for (const format::Move *move : *moves) {
      if (move->kind() == format::MoveKind::Run)
        sum += exe.tables().entries()->Get(move->entry())->moves();
      else
        useClock(*move->condition());
      useMoves(move->body());
      useMoves(move->otherwise());
    }
  }

  void useNetwork(const format::Network &network) {
    for (const format::GraphOp *op : *network.ops())
      if (op->operands())
        for (uint32_t value : *op->operands())
          sum += elementCount(*network.values()->Get(value)->shape());
  }

  const Executable &exe;
  Bytes arena;
};
} // namespace

// The .ganx at the end of a trainer; a .ganx itself as it is.
static Bytes withoutRuntime(Bytes file) {
  format::FileTrailer trailer;
  if (file.size() < sizeof(trailer))
    return file;
  std::memcpy(&trailer, &file[file.size() - sizeof(trailer)], sizeof(trailer));
  if (std::memcmp(trailer.magic, format::kTrailerMagic,
                  sizeof(trailer.magic)) != 0)
    return file;
  auto begin = file.begin() + trailer.offset;
  return Bytes(begin, begin + trailer.bytes);
}

// GAN_DAMAGE_FILE names a .ganx or trainer to damage in place of the small one,
// GAN_DAMAGE_COUNT how often.
TEST(Damage, IsRefusedOrHarmless) {
  Bytes whole = makeGpuExecutable();
  if (const char *path = std::getenv("GAN_DAMAGE_FILE")) {
    Result<FileBytes> file = readFile(path, uint64_t{1} << 30);
    ASSERT_TRUE(file.ok()) << file.status().text();
    whole = withoutRuntime(file.take());
    repairSchemaHash(whole);
    repairTableHash(whole);
  }
  ASSERT_TRUE(Executable::loadBytes(whole, "whole").ok());
  const char *count = std::getenv("GAN_DAMAGE_COUNT");
  uint64_t rounds = count ? std::strtoull(count, nullptr, 10) : 10000;
  uint64_t accepted = 0, refused = 0;
  for (uint64_t seed = 0; seed < rounds; ++seed) {
    Bytes file = whole;
    Damager(seed).damage(file);
    SCOPED_TRACE(seed);
    Result<Executable> exe = Executable::loadBytes(file, "damaged");
    if (!exe.ok()) {
      ++refused;
      EXPECT_FALSE(exe.status().sentence().empty());
      EXPECT_EQ(exe.status().where(), "damaged");
      continue;
    }
    ++accepted;
    if (exe->tables().arena_bytes() <= kMaxTouchedArena)
      User(*exe).useAll();
  }
  RecordProperty("accepted", std::to_string(accepted));
  // Both happen: the damage is neither fatal to every file nor without effect.
  EXPECT_GT(accepted, 0u);
  EXPECT_GT(refused, rounds / 2);
  std::printf("%lu refused, %lu accepted and harmless\n", refused, accepted);
}

TEST(Damage, OfEveryByteOfTheTable) {
  Bytes whole = makeGpuExecutable();
  format::FileHeader header;
  std::memcpy(&header, whole.data(), sizeof(header));
  for (uint64_t at = 0; at < sizeof(header) + header.tableBytes; ++at)
    for (std::byte flip : {std::byte{0x01}, std::byte{0x80}, std::byte{0xff}}) {
      Bytes file = whole;
      file[at] ^= flip;
      // Hashes as they were: all is refused. Put right: refused or harmless.
      EXPECT_FALSE(Executable::loadBytes(file, "damaged").ok()) << at;
      repairTableHash(file);
      Result<Executable> exe = Executable::loadBytes(file, "damaged");
      if (exe.ok() && exe->tables().arena_bytes() <= kMaxTouchedArena)
        User(*exe).useAll();
    }
}

TEST(Damage, OfTheLength) {
  Bytes whole = makeExecutable();
  for (uint64_t size = 0; size < whole.size(); size += 1 + size / 64)
    EXPECT_FALSE(
        Executable::loadBytes(std::span(whole).first(size), "cut").ok());
}
