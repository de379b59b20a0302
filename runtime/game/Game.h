// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A game from its first step to its last: the schedule, the data read ahead of
// it, and the device.
#ifndef GAN_RUNTIME_GAME_GAME_H
#define GAN_RUNTIME_GAME_GAME_H

#include "runtime/game/Schedule.h"
#include "runtime/game/StepRunner.h"

#include <atomic>
#include <functional>
#include <optional>

namespace gan::runtime {

/// How far a game has come: enough to go on, with the storage of that time.
struct Position {
  uint64_t passes = 0; // done, over all phases
  /// After how many of them a check ended a phase, in order.
  std::vector<uint64_t> phaseEnds;
  /// How often the run was rolled back before it came here (`seedAfter`).
  uint64_t rollbacks = 0;
};

/// The seed of what is drawn, and of the order of data, after so many
/// rollbacks: without one the run's own, then others that follow from it. The
/// same numbers would lead to the same end again.
uint64_t seedAfter(uint64_t seed, uint64_t rollbacks);

struct GameOptions {
  uint64_t seed = 0;
  uint64_t steps = UINT64_MAX; // passes at most, over all phases
  /// Whether somebody wants the metrics of pass number `pass` (from 1); asked
  /// before the pass begins. Empty: never.
  std::function<bool(uint64_t pass)> wantsMetrics = {};
  /// Asked after each pass: whether the game ends there. Empty: never.
  std::function<Result<bool>()> isStopped = {};
};

/// What is told when a pass is done.
struct PassReport {
  uint64_t pass = 0; // over all phases, this one included
  const format::Phase *phase = nullptr;
  bool hasMetrics = false; // they were wanted; else the pass may still run
  Metrics metrics;
};

class Game {
public:
  using OnPass = std::function<Status(const PassReport &)>;

  /// `device` has loaded `executable`; both outlive the game.
  static Result<Game> create(const Executable &executable, Device &device,
                             std::vector<Dataset> datasets,
                             GameOptions options);

  /// Gives every storage its first value.
  Status initialise() { return runner.initialise(slot); }

  /// How many passes there are in all, if nobody stops it and every phase has
  /// its full length.
  uint64_t passes() const;

  /// How often each entry runs in the passes after `after` up to `upTo`, if no
  /// check ends a phase.
  std::vector<uint64_t> runsOf(uint64_t after, uint64_t upTo) const;

  /// Goes to where this game, or another of the same seed and data, was after a
  /// pass, so that `play` makes the passes after it; the storage of that time
  /// is the caller's to give back. Not while it plays. `Mismatch` if there is
  /// no such place in the schedule.
  Status goTo(Position place);
  /// Where it is: after the last pass that was reported.
  const Position &position() const { return done; }
  const std::vector<Dataset> &data() const { return feed.data(); }

  /// Plays from the present place on, calling `onStart` when the first run has
  /// its data, and `onPass` after each pass; ends with the schedule, by `stop`,
  /// or with the first failure. Waits for the device at the end, and before
  /// where metrics are wanted.
  Status play(const OnPass &onPass, std::function<void()> onStart = {});
  /// Called by `onPass`: `play` ends after this pass. Turns have been read
  /// ahead, so that `goTo` comes before it is called again.
  void pause() { isPausing = true; }

  /// Whether `play` has come to the end of the schedule.
  bool isOver() const { return state == State::Over; }

  /// The value of the output of entry number `output`: latents as in fresh move
  /// number `move`, data as `Feed::first` gives them, the clock of the last
  /// pass. Samples on fixed latents are those of move 0.
  Result<FileBytes> compute(uint32_t output, uint64_t move);
  /// The same with these draws in place of the move's.
  Result<FileBytes> compute(uint32_t output, uint64_t move, const Draws &draws);
  /// What it reads of data for that: of each input of kind Data its batch.
  Result<std::vector<FileBytes>> batchesOf(uint32_t output,
                                           uint64_t move) const;
  /// The same of other draws than a move's. What is read of data is the first
  /// record for every sample, so that the draws are all in which they differ.
  Result<FileBytes> compute(uint32_t output, const Draws &draws);
  /// What the samples of a move are drawn from, of this game's seed or another.
  Result<Draws> draw(uint32_t output, uint64_t move,
                     std::optional<uint64_t> seed = std::nullopt);

private:
  Result<FileBytes> compute(uint32_t output, uint64_t move, const Draws &draws,
                            bool ofOneRecord);
  Game(const Executable &executable, Device &device, StepRunner runner,
       std::vector<Dataset> datasets, GameOptions options);
  struct Prepared; // runs with their inputs, and the turn after them
  enum class State : uint8_t { Playing, Stopped, Over };
  Status playToCheck(const OnPass &onPass, std::function<void()> &onStart);
  bool prepare(Prepared &item, std::optional<Turn> &ahead);
  bool addRun(Prepared &item, const Turn &turn);
  Status check(const Turn &turn);
  Status playItem(const Prepared &item, const OnPass &onPass);
  Status playTurn(const Turn &turn, const OnPass &onPass);
  Status finishPass(const Turn &turn, const OnPass &onPass);
  bool wantsMetrics(uint64_t pass) const;
  Schedule newSchedule() const;

  const Executable &executable;
  Device &device;
  StepRunner runner;
  Feed feed;
  GameOptions options;
  Schedule schedule;
  Position done;
  Clock clock;       // of the present pass
  unsigned slot = 0; // that nobody fills ahead
  State state = State::Playing;
  uint64_t moveSeed;        // of draws and of the order of data
  bool isPhaseOver = false; // by the last check
  bool isPausing = false;
};

} // namespace gan::runtime

#endif // GAN_RUNTIME_GAME_GAME_H
