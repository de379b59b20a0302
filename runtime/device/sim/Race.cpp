// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/sim/Race.h"

#include <algorithm>
#include <bit>

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

static bool sameLane(const Stamp &a, const Stamp &b) {
  return a.block == b.block && a.warp == b.warp && a.lane == b.lane &&
         a.lane != kSeveralLanes;
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
  if (merge)
    slot.lane = kSeveralLanes;
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

// Rows keep their room: shared memory begins anew with each block.
void RaceShadow::reset(uint64_t bytes) {
  size_t needed = (bytes / 128 + 1) / kRowsPerPage + 1;
  if (pages.size() != needed) {
    pages.clear();
    pages.resize(needed);
  } else {
    for (uint64_t number : touched) {
      Row &row = pages[number / kRowsPerPage][number % kRowsPerPage];
      row.writes.clear();
      row.reads.clear();
      row.bytes = nullptr;
      row.touched = false;
    }
  }
  touched.clear();
}

RaceShadow::Row &RaceShadow::rowAt(uint64_t number) {
  std::unique_ptr<Row[]> &page = pages[number / kRowsPerPage];
  if (!page)
    page = std::make_unique<Row[]>(kRowsPerPage);
  Row &row = page[number % kRowsPerPage];
  if (!row.touched) {
    row.touched = true;
    touched.push_back(number);
  }
  return row;
}

// The first word of both that two lanes touched, or 32.
static unsigned contested(const RowTouch &before, const RowTouch &now,
                          uint32_t both) {
  for (; both; both &= both - 1) {
    unsigned word = unsigned(std::countr_zero(both));
    if (before.lanes[word] != now.lanes[word] ||
        now.lanes[word] == kSeveralLanes)
      return word;
  }
  return 32;
}

static std::optional<Stamp> conflict(const RowTouch &before,
                                     const RowTouch &now, const Actor &actor) {
  uint32_t both = before.words & now.words;
  const Stamp &stamp = before.stamp;
  if (!both || (stamp.kind & now.stamp.kind & kStrong) || actor.sees(stamp))
    return std::nullopt;
  unsigned word = unsigned(std::countr_zero(both));
  if (stamp.block == actor.block && stamp.warp == actor.warp &&
      (word = contested(before, now, both)) == 32)
    return std::nullopt;
  Stamp found = stamp;
  found.lane = before.lanes[word];
  return found;
}

// Drops what everyone in the block has seen, where only the block has access.
static void forget(std::vector<RowTouch> &list, const Actor &actor) {
  if (!actor.everyoneKnows || list.empty())
    return;
  std::erase_if(list, [&](const RowTouch &one) {
    return (*actor.everyoneKnows)[one.stamp.warp] >= one.stamp.clock;
  });
}

static void takeAway(std::vector<RowTouch> &list, uint32_t words) {
  std::erase_if(list, [&](RowTouch &one) {
    one.words &= ~words;
    return one.words == 0;
  });
}

// Reads of one warp at one clock are one entry. Of many blocks that read the
// same, the first and the latest are kept.
static void addRead(std::vector<RowTouch> &reads, const RowTouch &touch) {
  constexpr size_t kMost = 64;
  for (RowTouch &one : reads) {
    const Stamp &a = one.stamp, &b = touch.stamp;
    if (a.warp != b.warp || a.block != b.block || a.clock != b.clock ||
        a.kind != b.kind)
      continue;
    for (uint32_t left = touch.words; left; left &= left - 1) {
      unsigned word = unsigned(std::countr_zero(left));
      bool other =
          (one.words >> word & 1) && one.lanes[word] != touch.lanes[word];
      one.lanes[word] = other ? kSeveralLanes : touch.lanes[word];
    }
    one.words |= touch.words;
    return;
  }
  if (reads.size() >= kMost)
    reads.erase(reads.begin() + 1);
  reads.push_back(touch);
}

std::optional<Stamp> RaceShadow::touchRow(uint64_t number,
                                          const RowTouch &touch,
                                          const Actor &actor) {
  Row &row = rowAt(number);
  if (row.bytes)
    return touchCells(row, touch, actor);
  forget(row.writes, actor);
  forget(row.reads, actor);
  std::optional<Stamp> found;
  for (size_t i = 0; !found && i < row.writes.size(); ++i)
    found = conflict(row.writes[i], touch, actor);
  if (!(touch.stamp.kind & kWrite)) {
    addRead(row.reads, touch);
    return found;
  }
  for (size_t i = 0; !found && i < row.reads.size(); ++i)
    found = conflict(row.reads[i], touch, actor);
  takeAway(row.writes, touch.words);
  takeAway(row.reads, touch.words);
  row.writes.push_back(touch);
  return found;
}

// What the lists say of each word, for each of its bytes.
void RaceShadow::split(Row &row) {
  row.bytes = std::make_unique<Cell[]>(128);
  for (const std::vector<RowTouch> *list : {&row.writes, &row.reads})
    for (const RowTouch &one : *list)
      for (unsigned byte = 0; byte < 128; ++byte) {
        if (!(one.words >> byte / 4 & 1))
          continue;
        Cell &cell = row.bytes[byte];
        Stamp stamp = one.stamp;
        stamp.lane = one.lanes[byte / 4];
        if (stamp.kind & kWrite)
          cell.write = stamp;
        else if (!replaceRead(cell.readA, stamp) &&
                 !replaceRead(cell.readB, stamp))
          cell.readB = stamp;
      }
  row.writes.clear();
  row.reads.clear();
}

std::optional<Stamp> RaceShadow::touchCells(Row &row, const RowTouch &touch,
                                            const Actor &actor) {
  std::optional<Stamp> found;
  for (unsigned byte = 0; byte < 128; ++byte) {
    if (!(touch.words >> byte / 4 & 1))
      continue;
    Stamp stamp = touch.stamp;
    stamp.lane = touch.lanes[byte / 4];
    std::optional<Stamp> one = touchCell(row.bytes[byte], stamp, actor);
    if (!found)
      found = one;
  }
  return found;
}

std::optional<Stamp> RaceShadow::touchBytes(uint64_t offset, unsigned bytes,
                                            const Stamp &stamp,
                                            const Actor &actor) {
  Row &row = rowAt(offset / 128);
  if (!row.bytes)
    split(row);
  std::optional<Stamp> found;
  for (unsigned i = 0; i < bytes; ++i) {
    std::optional<Stamp> one =
        touchCell(row.bytes[offset % 128 + i], stamp, actor);
    if (!found)
      found = one;
  }
  return found;
}
