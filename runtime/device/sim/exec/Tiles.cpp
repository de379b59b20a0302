// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// ldmatrix and stmatrix: matrices of 8 x 8 halves, whose rows are named by
// eight lanes each. Lane l holds the elements (l / 4, 2 (l % 4)) and the next;
// with .trans those of the transposed matrix.
#include "runtime/device/sim/exec/Access.h"
#include "runtime/device/sim/exec/Families.h"

#include <cstring>

using namespace gan::sim;

namespace {
struct Tiles {
  uint16_t rows[kLanes][8] = {}; // row by the lane that named it
  uint32_t poisoned = 0;         // rows without a value
};
} // namespace

static void readRows(Warp &warp, const Inst &inst, const Access &access,
                     void *state) {
  Tiles &tiles = *static_cast<Tiles *>(state);
  noteReads(warp, access, kRead);
  tiles.poisoned |= lanesWithoutValue(access);
  for (uint32_t left = access.mask; left; left &= left - 1)
    std::memcpy(tiles.rows[firstLane(left)], access.at(firstLane(left)), 16);
}

static uint32_t naming(const Inst &inst) {
  return inst.aux == 4 ? kAllLanes : (1u << 8 * inst.aux) - 1;
}

// The row and column of the i-th half of a lane, in memory.
static void place(const Inst &inst, unsigned lane, unsigned i, unsigned &row,
                  unsigned &column) {
  row = lane / 4;
  column = lane % 4 * 2 + i;
  if (inst.flags)
    std::swap(row, column);
}

static void loadTiles(Warp &warp, const Inst &inst, uint32_t mask) {
  Tiles tiles;
  forEachView(warp, inst, naming(inst) & mask, {16, 16, kRead}, readRows,
              &tiles);
  for (unsigned matrix = 0; matrix < inst.aux; ++matrix) {
    Slot slot = warp.program->pool[inst.list + matrix];
    uint16_t *d = warp.lanes<uint16_t>(slot);
    uint32_t poisoned = 0;
    for (unsigned lane = 0; lane < kLanes; ++lane)
      for (unsigned i = 0; i < 2; ++i) {
        unsigned row = 0, column = 0;
        place(inst, lane, i, row, column);
        d[lane * 2 + i] = tiles.rows[matrix * 8 + row][column];
        poisoned |= (tiles.poisoned >> (matrix * 8 + row) & 1) << lane;
      }
    warp.carry(slot, mask, poisoned);
  }
}

static void writeRows(Warp &warp, const Inst &inst, const Access &access,
                      void *state) {
  Tiles &tiles = *static_cast<Tiles *>(state);
  noteWrites(warp, access, reinterpret_cast<const std::byte *>(tiles.rows), 16,
             kWrite);
  for (uint32_t left = access.mask; left; left &= left - 1) {
    unsigned lane = firstLane(left);
    const std::byte *from =
        reinterpret_cast<const std::byte *>(tiles.rows[lane]);
    std::memcpy(access.at(lane), from, 16);
    if (access.view->valid)
      access.view->valid->set(access.offset[lane], 16,
                              !(tiles.poisoned >> lane & 1));
  }
}

static void storeTiles(Warp &warp, const Inst &inst, uint32_t mask) {
  Tiles tiles;
  for (unsigned matrix = 0; matrix < inst.aux; ++matrix) {
    Slot slot = warp.program->pool[inst.list + matrix];
    const uint16_t *from = warp.lanes<uint16_t>(slot);
    for (unsigned lane = 0; lane < kLanes; ++lane)
      for (unsigned i = 0; i < 2; ++i) {
        unsigned row = 0, column = 0;
        place(inst, lane, i, row, column);
        tiles.rows[matrix * 8 + row][column] = from[lane * 2 + i];
        tiles.poisoned |= (warp.poison[slot] >> lane & 1) << (matrix * 8 + row);
      }
  }
  forEachView(warp, inst, naming(inst) & mask, {16, 16, kWrite}, writeRows,
              &tiles);
}

bool gan::sim::selectTiles(const Match &match, Inst &inst) {
  inst.aux = match.has(".x4") ? 4 : match.has(".x2") ? 2 : 1;
  inst.flags = match.has(".trans");
  inst.space = Space::Shared;
  if (!match.has(".shared") && !match.has(".shared::cta") &&
      inst.variableSpace != Space::Shared)
    inst.space = Space::Generic;
  inst.run = match.form->opcode == "ldmatrix" ? loadTiles : storeTiles;
  return inst.counts[0] == inst.aux;
}
