// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Whether a run of `train` is well, and where it went wrong.
#ifndef GAN_RUNTIME_APP_HEALTH_H
#define GAN_RUNTIME_APP_HEALTH_H

#include "runtime/app/Commands.h"
#include "runtime/app/TrainOptions.h"
#include "runtime/game/Game.h"
#include "runtime/health/Detectors.h"
#include "runtime/health/Guard.h"
#include "runtime/health/Origin.h"
#include "runtime/report/MetricsLog.h"

#include <chrono>
#include <map>
#include <optional>
#include <utility>

namespace gan::runtime {

/// What has gone wrong, and what is to be done about it.
struct Trouble {
  std::string kind; // of RunEvent
  Action action = Action::Stop;
  std::string sentence;
  uint64_t first = 0;   // the step at which it began
  uint64_t noticed = 0; // the step after which it was seen
  bool isFinite = true; // as far as anybody has looked
};

/// Looks at losses where they are logged, and at the storage at the same passes
/// (but for a hundredth of the time at most), and before every checkpoint. A
/// number that is not finite stays in the storage, so that it is found late but
/// not missed; as every pass can be repeated to the last bit, the first one is
/// then found by playing again from the last good state, and its kernel by
/// running that pass once more, node by node, on the cpu.
class Health {
public:
  Health(const CommandContext &context, const TrainOptions &options,
         Device &device, Game &game)
      : context(context), executable(context.executable), options(options),
        device(device), game(game), guard(executable),
        detectors(game.passes()) {}

  /// The device has the first values of the model.
  Status learn() { return guard.learn(device); }
  /// The game begins here, or goes on from here: `Diverged` where the storage
  /// is not finite and nobody wants to go on with that.
  Status begin();
  /// Goes through what an earlier process logged, or through what is left of
  /// the log when the run has gone back.
  Status recall(const std::string &metricsPath);

  /// The diversity of a batch of each output relative to that of the data, by
  /// the name of the metric; nothing for an output that is like no data.
  Result<Metrics> measureDiversity();

  /// Looks at the pass that is done. `line`: what is logged of it, or null;
  /// with `isDue` also at the storage. Where there is trouble the game pauses.
  Status look(const PassReport &report, const StepReport *line, bool isDue);

  /// What the last look has found and nobody has taken yet.
  bool isInTrouble() const { return !troubles.empty(); }
  std::vector<Trouble> takeTroubles() { return std::exchange(troubles, {}); }
  /// Alarms that are only to be told: no trouble, the game does not pause.
  std::vector<Trouble> takeWarnings() { return std::exchange(warnings, {}); }
  /// Since when the run is doubtful, for the checkpoints that are kept.
  std::optional<uint64_t> suspectSince() const {
    return detectors.suspectSince();
  }
  /// Looks at the storage now, whatever is made of it.
  Result<bool> isFinite() { return checkStorage(/*isElseGood=*/false); }
  /// Whether the storage held what is not finite at the last look.
  bool isBad() const { return bad; }
  /// Whether every metric is wanted, as a pass is being repeated.
  bool isRepeating() const { return repeating; }

  /// Finds the first pass that went wrong and completes the sentence. After it
  /// device and game stand before that pass, or, if the pass went well the
  /// second time, where they stood.
  Status findFirst(Trouble &trouble);
  /// Plays on, with a look only at the end, to the step at which the trouble
  /// was noticed.
  Status catchUp(const Trouble &trouble);
  /// Puts device and game to the last good state.
  Status goToLastGood();
  const Position &lastGood() const { return goodPosition; }

private:
  // Whether the storage is finite; it is kept as the last good state, unless
  // something else of the pass is known not to be.
  Result<bool> checkStorage(bool isElseGood = true);
  std::string findOrigin();
  std::string textOf(const Origin &origin) const;

  const CommandContext &context;
  const Executable &executable;
  const TrainOptions &options;
  Device &device;
  Game &game;
  Guard guard;
  Detectors detectors;
  Position goodPosition; // of `guard.lastGood()`
  std::vector<Trouble> troubles, warnings;
  std::string found; // what the last check found
  bool bad = false, repeating = false;
  bool isTold = false; // that something is not finite, since all was well
  std::chrono::steady_clock::time_point nextCheck;
  std::map<std::string, double> dataDistances; // by output
};

} // namespace gan::runtime

#endif // GAN_RUNTIME_APP_HEALTH_H
