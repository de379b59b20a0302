// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/sim/Race.h"

#include <algorithm>

using namespace gan::sim;

void Knowledge::join(const Knowledge &other) {
  for (size_t i = 0; i < std::min(block.size(), other.block.size()); ++i)
    block[i] = std::max(block[i], other.block[i]);
  for (auto [who, clock] : other.remote) {
    uint32_t &mine = remote[who];
    mine = std::max(mine, clock);
  }
}

bool Actor::sees(const Stamp &before) const {
  if (before.block == block) {
    // Of its own warp it sees what came before the last synchronisation.
    if (before.warp == warp)
      return before.clock < clock;
    return knows->block[before.warp] >= before.clock;
  }
  auto found = knows->remote.find(Knowledge::key(before.block, before.warp));
  return found != knows->remote.end() && found->second >= before.clock;
}

// The same thread, or the same thread for each word of the row.
static bool sameLane(const Stamp &a, const Stamp &b) {
  return a.block == b.block && a.warp == b.warp && a.lane == b.lane &&
         a.row == b.row && a.shift == b.shift && a.lane != kSeveralLanes;
}

static bool conflicts(const Stamp &before, const Stamp &now,
                      const Actor &actor) {
  if (before.clock == 0 || (before.kind & now.kind & kStrong))
    return false;
  return !sameLane(before, now) && !actor.sees(before);
}

// A later read of the same warp stands for its earlier ones: what is ordered
// after it is ordered after them.
static bool replaceRead(Stamp &slot, const Stamp &now) {
  if (slot.clock != 0 && (slot.block != now.block || slot.warp != now.warp))
    return false;
  bool merge = slot.clock == now.clock && !sameLane(slot, now);
  bool weak = !(slot.kind & kStrong);
  uint8_t kind = slot.clock == now.clock && weak ? kRead : now.kind;
  bool fresh = slot.clock == 0;
  slot = now;
  if (merge) {
    slot.lane = kSeveralLanes;
    slot.row = false;
    slot.shift = 0;
  }
  if (!fresh)
    slot.kind = kind;
  return true;
}

// Two reads are kept, of two warps: with more readers the first and the last.
std::optional<Stamp> RaceShadow::touchCell(Cell &cell, const Stamp &stamp,
                                           const Actor &actor) {
  std::optional<Stamp> found;
  for (const Stamp *before : {&cell.write, &cell.readA, &cell.readB}) {
    bool relevant = before == &cell.write || (stamp.kind & kWrite);
    if (relevant && !found && conflicts(*before, stamp, actor))
      found = *before;
  }
  if (stamp.kind & kWrite)
    cell = {stamp, {}, {}};
  else if (!replaceRead(cell.readA, stamp) && !replaceRead(cell.readB, stamp))
    cell.readB = stamp;
  return found;
}

void RaceShadow::reset(uint64_t bytes) {
  uint64_t rows = bytes / 128 + 1;
  pages.clear();
  pages.resize(rows / kRowsPerPage + 1);
}

RaceShadow::Row &RaceShadow::rowAt(uint64_t offset) {
  uint64_t row = offset / 128;
  std::unique_ptr<Row[]> &page = pages[row / kRowsPerPage];
  if (!page)
    page = std::make_unique<Row[]>(kRowsPerPage);
  return page[row % kRowsPerPage];
}

// What stood for the whole row, now for each of its words.
void RaceShadow::split(Row &row) {
  row.words = std::make_unique<Cell[]>(32);
  for (unsigned i = 0; i < 32; ++i) {
    row.words[i] = row.all;
    Cell &cell = row.words[i];
    for (Stamp *stamp : {&cell.write, &cell.readA, &cell.readB}) {
      if (!stamp->row)
        continue;
      stamp->lane = uint8_t(stamp->lane + (i >> stamp->shift));
      stamp->row = false;
      stamp->shift = 0;
    }
  }
}

std::optional<Stamp> RaceShadow::touchWord(Row &row, unsigned word,
                                           unsigned first, unsigned count,
                                           const Stamp &stamp,
                                           const Actor &actor) {
  if (!row.words)
    split(row);
  bool hasBytes = row.bytes && row.bytes[word];
  if (count == 4 && !hasBytes)
    return touchCell(row.words[word], stamp, actor);
  if (!row.bytes)
    row.bytes = std::make_unique<std::unique_ptr<Cell[]>[]>(32);
  if (!row.bytes[word]) {
    row.bytes[word] = std::make_unique<Cell[]>(4);
    std::fill_n(row.bytes[word].get(), 4, row.words[word]);
  }
  std::optional<Stamp> found;
  for (unsigned i = first; i < first + count; ++i) {
    std::optional<Stamp> one = touchCell(row.bytes[word][i], stamp, actor);
    if (!found)
      found = one;
  }
  return found;
}

std::optional<Stamp> RaceShadow::touch(uint64_t offset, unsigned bytes,
                                       const Stamp &stamp, const Actor &actor) {
  std::optional<Stamp> found;
  for (unsigned done = 0; done < bytes;) {
    uint64_t at = offset + done;
    unsigned count = std::min(bytes - done, unsigned(4 - at % 4));
    std::optional<Stamp> one =
        touchWord(rowAt(at), at % 128 / 4, at % 4, count, stamp, actor);
    if (!found)
      found = one;
    done += count;
  }
  return found;
}

std::optional<Stamp> RaceShadow::touchRows(uint64_t offset, unsigned bytes,
                                           Stamp stamp, const Actor &actor) {
  std::optional<Stamp> found;
  for (unsigned done = 0; done < bytes; done += 128) {
    Row &row = rowAt(offset + done);
    std::optional<Stamp> one;
    if (!row.words) {
      one = touchCell(row.all, stamp, actor);
    } else {
      for (unsigned i = 0; i < 32; ++i) {
        Stamp single = stamp;
        single.lane = uint8_t(stamp.lane + (i >> stamp.shift));
        single.row = false;
        single.shift = 0;
        std::optional<Stamp> word = touchWord(row, i, 0, 4, single, actor);
        if (!one)
          one = word;
      }
    }
    if (!found)
      found = one;
    stamp.lane = uint8_t(stamp.lane + (32 >> stamp.shift));
  }
  return found;
}
