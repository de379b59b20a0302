// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Who touched which word of a memory last, and whether that was ordered before
// an access now. Happens-before with one clock per warp (FastTrack, Flanagan
// and Freund 2009): a warp's clock moves on at each barrier, warp
// synchronisation and release.
#ifndef GAN_RUNTIME_DEVICE_SIM_RACE_H
#define GAN_RUNTIME_DEVICE_SIM_RACE_H

#include "runtime/device/sim/Types.h"

#include <memory>
#include <unordered_map>
#include <vector>

namespace gan::sim {

/// One access. `lane` is 32 where several lanes did it at once.
struct Stamp {
  uint32_t clock = 0; // of the warp; 0: there was none
  uint32_t pc = 0;
  uint32_t block = 0;
  uint16_t warp = 0;
  uint8_t lane = 0;
  uint8_t kind = 0; // AccessKind bits
};

constexpr uint8_t kSeveralLanes = 32;

enum AccessKind : uint8_t {
  kRead = 0,
  kWrite = 1,
  kStrong = 2, // atomic, volatile, relaxed, acquire, release
};

/// What a warp knows of others: all that warp w of its block did up to clock
/// `block[w]`, and of other blocks what `remote` says, by (block, warp).
struct Knowledge {
  std::vector<uint32_t> block;
  std::unordered_map<uint64_t, uint32_t> remote;

  static uint64_t key(uint32_t block, uint32_t warp) {
    return uint64_t(block) << 16 | warp;
  }
  void join(const Knowledge &other);
};

/// Whoever accesses now.
struct Actor {
  uint32_t block, clock;
  uint16_t warp;
  const Knowledge *knows;
  /// What every warp of the block knows of each other; null where there is
  /// nothing of the kind. Older accesses cannot conflict within the block.
  const std::vector<uint32_t> *everyoneKnows;

  /// Whether `before` happened before now, seen from another lane.
  bool sees(const Stamp &before) const;
};

/// The words of one row (32 words, 128 bytes) that an instruction touches.
struct RowTouch {
  Stamp stamp;        // without a lane
  uint32_t words = 0; // one bit each
  uint8_t lanes[32];  // of each word of `words`
};

/// The accesses to the words of one memory since the launch began, or since the
/// block began for shared memory.
class RaceShadow {
public:
  void reset(uint64_t bytes);

  /// Notes an access to words of row number `row`. Returns a conflicting one
  /// that came before, or nothing.
  std::optional<Stamp> touchRow(uint64_t row, const RowTouch &touch,
                                const Actor &actor);
  /// Notes an access by one lane (or several, in `stamp.lane`) to bytes that
  /// are not whole words.
  std::optional<Stamp> touchBytes(uint64_t offset, unsigned bytes,
                                  const Stamp &stamp, const Actor &actor);

private:
  struct Cell {
    Stamp write, readA, readB;
  };
  /// Lists of accesses that may still conflict; each word of `writes` is in one
  /// entry only. Once something narrower than a word came along, a cell for
  /// each byte instead.
  struct Row {
    std::vector<RowTouch> writes, reads;
    std::unique_ptr<Cell[]> bytes; // 128
    bool touched = false;
  };
  static constexpr uint64_t kRowsPerPage = 64;

  Row &rowAt(uint64_t row);
  void split(Row &row);
  std::optional<Stamp> touchCells(Row &row, const RowTouch &touch,
                                  const Actor &actor);
  static std::optional<Stamp> touchCell(Cell &cell, const Stamp &stamp,
                                        const Actor &actor);

  std::vector<std::unique_ptr<Row[]>> pages;
  std::vector<uint64_t> touched; // rows to be cleared by `reset`
};

} // namespace gan::sim

#endif // GAN_RUNTIME_DEVICE_SIM_RACE_H
