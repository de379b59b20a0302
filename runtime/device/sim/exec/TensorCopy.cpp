// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// cp.async.bulk.tensor: a box of a tensor, or with im2col the pixels under a
// tap of a filter, comes to shared memory row by row; what lies outside of the
// tensor is zero. The mbarrier owes its bytes until they are there: at once, or
// as late as somebody waits.
#include "runtime/device/sim/exec/TensorCopy.h"
#include "runtime/device/sim/TensorMap.h"
#include "runtime/device/sim/exec/Families.h"
#include "runtime/device/sim/exec/Proxy.h"
#include "runtime/device/sim/exec/SharedMatrix.h"

#include <cstring>

using namespace gan::sim;

// What an address in shared memory must be a multiple of.
constexpr uint32_t kAlignment = 128;

// Whoever waits for the copy would wait for ever.
static void complain(Warp &warp, unsigned lane, const std::string &what,
                     const std::string &advice) {
  if (!warp.reported(Fault::BadOperand))
    warp.report(Fault::BadOperand, lane, what, advice);
  warp.block->stopped = true;
}

// ---- what is copied where

namespace {
/// The rows of a box in their order: where each begins in the tensor.
class Rows {
public:
  Rows(const TensorMap &map, const int32_t *coordinates,
       const uint16_t *offsets);
  unsigned count() const { return rows; }
  /// Of the row where it stands: the coordinates along axes 1 ..
  int64_t at(unsigned axis) const {
    return place[axis] + (axis <= 3 ? shift[axis - 1] : 0);
  }
  void next() { map.isIm2col ? nextPixel() : nextInBox(); }

private:
  void nextInBox();
  void nextPixel();

  const TensorMap &map;
  unsigned rows = 1;
  int64_t first[5] = {}, place[5] = {}, shift[3] = {};
};
} // namespace

Rows::Rows(const TensorMap &map, const int32_t *coordinates,
           const uint16_t *offsets)
    : map(map) {
  for (unsigned axis = 0; axis < map.rank; ++axis)
    first[axis] = place[axis] = coordinates[axis];
  if (!map.isIm2col) {
    for (unsigned axis = 1; axis < map.rank; ++axis)
      rows *= map.taken(axis);
    return;
  }
  rows = map.box[1];
  for (unsigned axis = 1; axis + 1 < map.rank; ++axis)
    shift[axis - 1] = offsets[axis - 1];
}

void Rows::nextInBox() {
  for (unsigned axis = 1; axis < map.rank; ++axis) {
    place[axis] += map.steps[axis];
    if (place[axis] < first[axis] + map.box[axis])
      return;
    place[axis] = first[axis];
  }
}

// Behind the last pixel of an axis comes the first of the next.
void Rows::nextPixel() {
  for (unsigned axis = 1; axis + 1 < map.rank; ++axis) {
    place[axis] += map.steps[axis];
    if (place[axis] < int64_t(map.extents[axis]) + map.upper[axis - 1])
      return;
    place[axis] = map.lower[axis - 1];
  }
  ++place[map.rank - 1];
}

// The pieces of a row: 16 bytes each, or elements where some are outside or
// none need be aligned to more.
static void addRow(const TensorMap &map, const Rows &rows, int64_t first,
                   uint32_t into, std::vector<BulkPiece> &pieces) {
  bool isThere = true;
  uint64_t from = map.base;
  for (unsigned axis = 1; axis < map.rank; ++axis) {
    int64_t at = rows.at(axis);
    isThere &= at >= 0 && at < map.extents[axis];
    from += uint64_t(at) * map.strides[axis - 1];
  }
  unsigned size = map.elementBytes, each = 16 / size;
  auto add = [&](unsigned column, unsigned bytes, bool isInside) {
    BulkPiece piece = {};
    piece.from = from + uint64_t(first + column) * size;
    piece.into = swizzle(into + column * size, map.chunks);
    piece.bytes = uint8_t(bytes);
    piece.isOutside = !isInside;
    piece.valid = true;
    pieces.push_back(piece);
  };
  for (unsigned column = 0; column < map.box[0]; column += each) {
    int64_t left = first + column, right = left + each - 1;
    if (!isThere || right < 0 || left >= map.extents[0]) {
      add(column, 16, false);
    } else if (left >= 0 && right < map.extents[0] && left * size % 16 == 0) {
      add(column, 16, true);
    } else {
      for (unsigned i = 0; i < each; ++i)
        add(column + i, size, left + i >= 0 && left + i < map.extents[0]);
    }
  }
}

// ---- asking

static void readSource(Warp &warp, const Inst &, const Access &access,
                       void *state) {
  auto *const *pieces = static_cast<BulkPiece *const *>(state);
  noteReads(warp, access, kRead);
  uint32_t missing = lanesWithoutValue(access);
  for (uint32_t left = access.mask; left; left &= left - 1) {
    unsigned lane = firstLane(left);
    pieces[lane]->valid = !(missing >> lane & 1);
    pieces[lane]->isRead = true;
    std::memcpy(pieces[lane]->eager, access.at(lane), access.bytes);
  }
}

static void markDestination(Warp &warp, const Inst &, const Access &access,
                            void *state) {
  auto *const *pieces = static_cast<BulkPiece *const *>(state);
  checkProxy(warp, access);
  noteAsyncWrites(warp, access);
  for (uint32_t left = access.mask; left; left &= left - 1) {
    unsigned lane = firstLane(left);
    pieces[lane]->isPlaced = true;
    pieces[lane]->into = uint32_t(access.offset[lane]);
    for (unsigned byte = 0; byte < access.bytes; byte += 4)
      warp.block->pending[(access.offset[lane] + byte) / 4] = warp.pc + 1;
  }
}

// Calls `visit` for those of `pieces` that have `bytes` and `isMeant`, 32 at a
// time, as an access of so many lanes.
static void
forPieces(Warp &warp, Space space, std::vector<BulkPiece> &pieces,
          unsigned bytes, uint8_t kind, bool (*isMeant)(const BulkPiece &),
          void (*visit)(Warp &, const Inst &, const Access &, void *)) {
  Inst inst = warp.program->code[warp.pc];
  inst.space = space;
  BulkPiece *together[kLanes];
  uint64_t address[kLanes] = {};
  unsigned count = 0;
  auto flush = [&] {
    uint32_t mask = count == kLanes ? kAllLanes : (1u << count) - 1;
    if (count > 0)
      forEachAddress(warp, inst, mask, address, 0, {bytes, bytes, kind}, visit,
                     together);
    count = 0;
  };
  for (BulkPiece &piece : pieces) {
    if (piece.bytes != bytes || !isMeant(piece))
      continue;
    address[count] = kind & kWrite ? piece.into : piece.from;
    together[count++] = &piece;
    if (count == kLanes)
      flush();
  }
  flush();
}

static void readMap(Warp &, const Inst &, const Access &access, void *state) {
  auto &bytes = *static_cast<TensorMapBytes *>(state);
  std::memcpy(bytes.data(), access.at(firstLane(access.mask)), bytes.size());
}

static std::optional<TensorMap> mapOf(Warp &warp, const Inst &inst,
                                      unsigned lane) {
  uint64_t address[kLanes] = {};
  address[lane] = warp.lanes<uint64_t>(inst.a)[lane] + uint64_t(inst.immSource);
  Inst read = inst;
  read.space = Space::Generic;
  TensorMapBytes bytes = {};
  forEachAddress(warp, read, 1u << lane, address, warp.poison[inst.a],
                 {128, 64, kRead}, readMap, &bytes);
  std::optional<TensorMap> map = decodeTensorMap(bytes.data());
  bool isIm2col = inst.aux & kIm2colCopy;
  if (!map)
    complain(warp, lane, "there is no map of a tensor at this address",
             "give the kernel what cuTensorMapEncodeTiled makes, as a "
             "__grid_constant__ parameter");
  else if (map->rank != inst.counts[0] || bool(map->isIm2col) != isIm2col)
    complain(warp, lane,
             "the map is of " + std::to_string(map->rank) + " axes" +
                 (map->isIm2col ? " for im2col" : "") + ", the copy of " +
                 std::to_string(inst.counts[0]) +
                 (isIm2col ? " for im2col" : ""),
             "make both alike");
  else
    return map;
  return std::nullopt;
}

static void checkBarrier(Warp &warp, const Inst &, const Access &access,
                         void *) {
  checkProxy(warp, access);
}

// Where the barrier lies, if there is one.
static std::optional<uint32_t> barrierOf(Warp &warp, const Inst &inst,
                                         unsigned lane) {
  unsigned bits = inst.aux & kWideBarrier ? 64 : 32;
  uint64_t address[kLanes] = {};
  address[lane] = warp.readLane(inst.b, bits, lane) + uint64_t(inst.imm2);
  auto offset = uint32_t(address[lane]);
  if (!warp.block->mbarriers.contains(offset)) {
    complain(warp, lane, "the mbarrier of this copy was not initialised",
             "initialise it and pass a barrier before it is used");
    return std::nullopt;
  }
  Inst read = inst;
  read.space = Space::Shared;
  forEachAddress(warp, read, 1u << lane, address, 0, {8, 8, kRead},
                 checkBarrier, nullptr);
  return offset;
}

static void checkValues(Warp &warp, const Inst &inst, unsigned lane) {
  uint32_t poisoned = warp.poison[inst.b];
  for (unsigned i = 0; i < inst.counts[0] + inst.counts[1]; ++i)
    poisoned |= warp.poison[warp.program->pool[inst.list + i]];
  if ((poisoned >> lane & 1) && !warp.reported(Fault::Uninitialised))
    warp.report(Fault::Uninitialised, lane,
                "a coordinate or the barrier of this copy depends on a value "
                "that was never written",
                "write the register it comes from first");
}

static void deliver(Block &block, const BulkPiece &piece,
                    const std::byte *bytes) {
  if (!piece.isPlaced)
    return;
  std::memcpy(block.shared.data() + piece.into, bytes, piece.bytes);
  block.sharedValid.set(piece.into, piece.bytes, piece.valid);
}

static void askOne(Warp &warp, const Inst &inst, unsigned lane) {
  checkValues(warp, inst, lane);
  std::optional<TensorMap> map = mapOf(warp, inst, lane);
  std::optional<uint32_t> barrier = barrierOf(warp, inst, lane);
  uint64_t given[kLanes];
  readAddresses(warp, inst, given);
  auto into = uint32_t(given[lane]);
  if (into % kAlignment)
    complain(warp, lane,
             "a bulk copy goes to address " + std::to_string(into) +
                 " of shared memory",
             "align it to 128 bytes");
  if (!map || !barrier || into % kAlignment)
    return;
  int32_t coordinates[5] = {};
  uint16_t offsets[3] = {};
  const uint32_t *slots = warp.program->pool.data() + inst.list;
  for (unsigned i = 0; i < inst.counts[0]; ++i)
    coordinates[i] = int32_t(warp.readLane(slots[i], 32, lane));
  for (unsigned i = 0; i < inst.counts[1]; ++i)
    offsets[i] = uint16_t(warp.readLane(slots[inst.counts[0] + i], 16, lane));
  BulkCopy copy;
  copy.warp = uint16_t(warp.index);
  copy.lane = uint8_t(lane);
  copy.pc = warp.pc;
  copy.clock = warp.clock;
  Rows rows(*map, coordinates, offsets);
  uint32_t rowBytes = uint32_t(map->box[0]) * map->elementBytes;
  for (unsigned row = 0; row < rows.count(); ++row, rows.next())
    addRow(*map, rows, coordinates[0], into + row * rowBytes, copy.pieces);
  copy.bytes = rows.count() * rowBytes;
  for (unsigned bytes : {16u, unsigned(map->elementBytes)}) {
    forPieces(
        warp, Space::Global, copy.pieces, bytes, kRead,
        [](const BulkPiece &piece) { return !piece.isOutside; }, readSource);
    forPieces(
        warp, Space::Shared, copy.pieces, bytes, kWrite,
        [](const BulkPiece &) { return true; }, markDestination);
  }
  if (warp.block->grid->options.async == AsyncMode::Eager)
    for (const BulkPiece &piece : copy.pieces)
      deliver(*warp.block, piece, piece.eager);
  warp.block->bulkCopies[*barrier].push_back(std::move(copy));
}

static void ask(Warp &warp, const Inst &inst, uint32_t mask) {
  for (uint32_t left = mask; left; left &= left - 1)
    askOne(warp, inst, firstLane(left));
  // What follows is not what waiting for the copy makes known.
  ++warp.clock;
}

// ---- landing

// It is certain to be there; it may be as late as now that it reads its source.
static void land(Block &block, const BulkPiece &piece) {
  const Allocation *source = piece.isRead && !piece.isOutside
                                 ? block.grid->memory.find(piece.from)
                                 : nullptr;
  if (block.grid->options.async == AsyncMode::OnWait)
    deliver(block, piece,
            source ? source->content.get() + (piece.from - source->base)
                   : piece.eager);
  for (unsigned byte = 0; piece.isPlaced && byte < piece.bytes; byte += 4) {
    block.pending[(piece.into + byte) / 4] = 0;
    block.genericWrites[(piece.into + byte) / 4] = {};
  }
}

void gan::sim::landBulkCopies(Block &block, uint32_t offset) {
  auto found = block.bulkCopies.find(offset);
  if (found == block.bulkCopies.end())
    return;
  std::vector<BulkCopy> copies = std::move(found->second);
  block.bulkCopies.erase(found);
  Mbarrier &barrier = block.mbarriers[offset];
  for (const BulkCopy &copy : copies) {
    for (const BulkPiece &piece : copy.pieces)
      land(block, piece);
    uint32_t &known = barrier.arriving.block[copy.warp];
    known = std::max(known, copy.clock);
    barrier.bytes -= copy.bytes;
    barrier.advance();
  }
}

void gan::sim::checkBulkCopies(Block &block) {
  for (const auto &[offset, copies] : block.bulkCopies) {
    const BulkCopy &left = copies.front();
    Warp &warp = block.warps[left.warp];
    warp.pc = left.pc;
    if (!warp.reported(Fault::Leak))
      warp.report(Fault::Leak, left.lane,
                  "the kernel ended before anyone waited for this bulk copy",
                  "wait for the phase of its mbarrier");
  }
}

// Offsets are those of im2col: one for each axis of pixels.
bool gan::sim::selectTensorCopy(const Match &match, Inst &inst) {
  bool isIm2col = match.has(".im2col");
  unsigned axes = unsigned(match.oneOf(".1d .2d .3d .4d .5d")[1] - '0');
  inst.aux |= isIm2col ? kIm2colCopy : 0;
  inst.run = ask;
  return inst.counts[0] == axes &&
         inst.counts[1] == (isIm2col ? axes - 2 : 0) && (!isIm2col || axes > 2);
}
