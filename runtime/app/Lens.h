// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What a model says of units to look at, and the records that they answer to.
#ifndef GAN_RUNTIME_APP_LENS_H
#define GAN_RUNTIME_APP_LENS_H

#include "runtime/app/Arguments.h"
#include "runtime/game/Game.h"
#include "runtime/game/OutputTables.h"

#include <optional>
#include <vector>

namespace gan::runtime {

/// An output that shows what in a record moves the unit that one of its draws
/// chooses.
struct Lens {
  uint32_t output;
  OwnInput own;
  size_t draw; // number among its draws
  uint64_t units, batch;
  std::optional<uint32_t> responses; // an output: a number for each unit
};

/// By `--output` and `--responses`; without them the first output that is one,
/// and the output that is called `responses`, if it tells of these units.
/// `Usage` where what is named is not that.
Result<Lens> chooseLens(const Executable &executable,
                        const Arguments &arguments);

/// A record by its place in the order of the game, and how much a unit answers.
struct Pick {
  uint64_t place;
  double answer;
};

/// The records to show of a unit.
struct Picks {
  std::vector<Pick> records;
  double mean = 0; // of the answers to all that were asked
};

/// For each of `units` the `count` records, among the first `among`, that it
/// answers to most, of equal ones the earlier; where the model does not tell
/// responses, the first.
Result<std::vector<Picks>> pickRecords(const Executable &executable, Game &game,
                                       const Lens &lens,
                                       const std::vector<uint64_t> &units,
                                       uint64_t count, uint64_t among);

} // namespace gan::runtime

#endif // GAN_RUNTIME_APP_LENS_H
