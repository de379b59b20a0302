// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/game/Schedule.h"

#include <algorithm>
#include <cmath>

using namespace gan;
using namespace gan::runtime;

Schedule::Schedule(const format::Executable &tables, uint64_t epochRecords,
                   uint64_t steps)
    : tables(&tables), epochRecords(epochRecords), stepsLeft(steps) {}

// The clock at the beginning of pass number `pass` of the phase.
static Clock clockAt(const format::Phase &phase, uint64_t pass,
                     uint64_t epochRecords) {
  Clock clock;
  clock.step = static_cast<double>(pass);
  clock.images = static_cast<double>(pass * phase.batch());
  clock.epoch = std::floor(clock.images / static_cast<double>(epochRecords));
  auto length = static_cast<double>(phase.length());
  if (phase.unit() == format::LengthUnit::Epochs)
    length *= static_cast<double>(epochRecords);
  bool countsSteps = phase.unit() == format::LengthUnit::Steps;
  clock.progress = (countsSteps ? clock.step : clock.images) / length;
  return clock;
}

// The first pass at whose beginning the phase is over.
static uint64_t passesOf(const format::Phase &phase, uint64_t epochRecords) {
  if (phase.unit() == format::LengthUnit::Steps)
    return phase.length();
  double images = static_cast<double>(phase.length());
  if (phase.unit() == format::LengthUnit::Epochs)
    images *= static_cast<double>(epochRecords);
  double passes = std::ceil(images / static_cast<double>(phase.batch()));
  return passes < 0x1p63 ? static_cast<uint64_t>(passes) : uint64_t{1} << 63;
}

uint64_t Schedule::passes() const {
  uint64_t total = passesDone, left = stepsLeft;
  for (unsigned i = phaseIndex; i < tables->phases()->size(); ++i) {
    uint64_t ofPhase = passesOf(*tables->phases()->Get(i), epochRecords) -
                       (i == phaseIndex ? phasePasses : 0);
    uint64_t taken = std::min(left, ofPhase);
    total += taken;
    left -= taken;
  }
  return total;
}

Turn Schedule::turnOf(Turn::Kind kind) const {
  return Turn{.kind = kind,
              .phase = tables->phases()->Get(phaseIndex),
              .move = movesDone,
              .pass = passesDone,
              .clock = clock};
}

void Schedule::push(const Moves *moves, double rounds) {
  // The comparison is false for a count that is no number.
  if (moves && moves->size() && rounds >= 1)
    frames.push_back({moves, 0, rounds});
}

// False: the phase is over.
bool Schedule::beginPass() {
  const format::Phase &phase = *tables->phases()->Get(phaseIndex);
  clock = clockAt(phase, phasePasses, epochRecords);
  if (clock.progress >= 1)
    return false;
  isInPass = true;
  push(phase.body(), 1);
  return true;
}

// Whether the phase is to be asked now whether it is over.
bool Schedule::isChecked() const {
  const format::Phase &phase = *tables->phases()->Get(phaseIndex);
  return phase.check() != 0 && phasePasses != 0 &&
         phasePasses % phase.check() == 0 && !hasChecked;
}

void Schedule::endPhase() {
  ++phaseIndex;
  isEntering = true;
}

// True: the move is a turn of its own.
bool Schedule::playMove(const format::Move &move, Turn &turn) {
  switch (move.kind()) {
  case format::MoveKind::Run:
    turn = turnOf(Turn::Kind::Run);
    turn.entry = move.entry();
    movesDone += tables->entries()->Get(move.entry())->moves();
    return true;
  case format::MoveKind::Repeat:
    push(move.body(), std::floor(evaluateClock(*move.condition(), clock)));
    return false;
  case format::MoveKind::When:
    push(evaluateClock(*move.condition(), clock) != 0 ? move.body()
                                                      : move.otherwise(),
         1);
    return false;
  }
  return false;
}

Turn Schedule::next() {
  while (phaseIndex < tables->phases()->size() && (isInPass || stepsLeft > 0)) {
    if (isEntering) {
      isEntering = false;
      phasePasses = 0;
      const format::Phase &phase = *tables->phases()->Get(phaseIndex);
      if (phase.reset() && phase.reset()->size())
        return turnOf(Turn::Kind::Reset);
    }
    if (!isInPass && isChecked()) {
      hasChecked = true;
      Turn turn = turnOf(Turn::Kind::Check);
      turn.entry = turn.phase->until();
      turn.clock = clockAt(*turn.phase, phasePasses, epochRecords);
      return turn;
    }
    if (!isInPass && !beginPass()) {
      endPhase();
      continue;
    }
    if (frames.empty()) {
      isInPass = hasChecked = false;
      ++phasePasses;
      ++passesDone;
      --stepsLeft;
      return turnOf(Turn::Kind::Pass);
    }
    Frame &frame = frames.back();
    if (frame.index < frame.moves->size()) {
      Turn turn;
      if (playMove(*frame.moves->Get(frame.index++), turn))
        return turn;
    } else if (--frame.rounds >= 1) {
      frame.index = 0;
    } else {
      frames.pop_back();
    }
  }
  return Turn{.move = movesDone, .pass = passesDone, .clock = clock};
}
