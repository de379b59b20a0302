// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The schedule of a game, played as data: which entry runs next, with which
// move number and at which clock.
#ifndef GAN_RUNTIME_GAME_SCHEDULE_H
#define GAN_RUNTIME_GAME_SCHEDULE_H

#include "runtime/game/Clock.h"

#include <vector>

namespace gan::runtime {

/// What comes next in the game.
struct Turn {
  enum class Kind : uint8_t {
    Reset, // the optimizer states of `phase`'s reset players start again
    Run,   // run `entry`
    Pass,  // a pass through the body of `phase` is done
    Check, // run `entry`, which says whether `phase` is over
    End    // the game is over
  };
  Kind kind = Kind::End;
  const format::Phase *phase = nullptr;
  uint32_t entry = 0;
  uint64_t move = 0; // number of the entry's first fresh move, over all phases
  uint64_t pass = 0; // Run: passes done before; Pass: with this one; all phases
  Clock clock;       // of the present pass; Check: of the next one
};

/// Unrolls the phases. From one check to the next it depends on nothing that
/// happens on a device, so that the data of later turns can be read ahead.
class Schedule {
public:
  /// Of the phases of `tables`, which outlive it, cut after `steps` passes in
  /// all; `epochRecords` >= 1 is what an epoch is.
  Schedule(const format::Executable &tables, uint64_t epochRecords,
           uint64_t steps);

  /// The next turn; `End` from the end on.
  Turn next();

  /// The present phase is over, as a check has found: called before the turn
  /// that follows it.
  void endPhase();

  /// How many passes there will be, if no check ends a phase.
  uint64_t passes() const;

private:
  using Moves = flatbuffers::Vector<flatbuffers::Offset<format::Move>>;
  // A list of moves that is being played.
  struct Frame {
    const Moves *moves;
    unsigned index; // the next move
    double rounds;  // still to play, this one included
  };
  bool beginPass();
  bool isChecked() const;
  void push(const Moves *moves, double rounds);
  bool playMove(const format::Move &move, Turn &turn);
  Turn turnOf(Turn::Kind kind) const;

  const format::Executable *tables;
  uint64_t epochRecords;
  uint64_t stepsLeft;
  unsigned phaseIndex = 0;
  bool isEntering = true; // the present phase has not begun
  bool isInPass = false;
  bool hasChecked = false;  // behind the last pass
  uint64_t phasePasses = 0; // done in the present phase
  uint64_t passesDone = 0;  // over all phases
  uint64_t movesDone = 0;   // fresh moves, over all phases
  Clock clock;
  std::vector<Frame> frames;
};

} // namespace gan::runtime

#endif // GAN_RUNTIME_GAME_SCHEDULE_H
