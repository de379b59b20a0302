// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/game/Game.h"
#include "runtime/data/Prefetch.h"

#include <utility>

using namespace gan;
using namespace gan::runtime;

// A device may queue what it is given: so many passes ahead of it the host
// goes.
static constexpr uint64_t kMostAhead = 8;

struct Game::Prepared {
  Turn turn;
  Batches batches;
  Status status; // of reading them
};

Game::Game(const Executable &executable, Device &device, StepRunner runner,
           std::vector<Dataset> datasets, GameOptions options)
    : executable(executable), device(device), runner(std::move(runner)),
      feed(std::move(datasets), options.seed), options(std::move(options)),
      schedule(executable.tables(), feed.epochRecords(), this->options.steps) {}

Result<Game> Game::create(const Executable &executable, Device &device,
                          std::vector<Dataset> datasets, GameOptions options) {
  Result<StepRunner> runner = StepRunner::create(executable, device);
  if (!runner.ok())
    return runner.status();
  return Game(executable, device, runner.take(), std::move(datasets),
              std::move(options));
}

uint64_t Game::passes() const {
  return Schedule(executable.tables(), feed.epochRecords(), options.steps)
      .passes();
}

Status Game::skipTo(const Position &place) {
  const auto &entries = *executable.tables().entries();
  while (done.passes < place.passes) {
    Turn turn = schedule.next();
    size_t ended = done.phaseEnds.size();
    switch (turn.kind) {
    case Turn::Kind::Reset:
      break;
    case Turn::Kind::Run:
      feed.skip(*entries.Get(turn.entry));
      break;
    case Turn::Kind::Pass:
      done.passes = turn.pass;
      clock = turn.clock;
      break;
    case Turn::Kind::Check:
      if (ended == place.phaseEnds.size() ||
          place.phaseEnds[ended] != turn.pass)
        break;
      done.phaseEnds.push_back(turn.pass);
      schedule.endPhase();
      break;
    case Turn::Kind::End:
      return Status(Code::Mismatch,
                    "the schedule ends after " + std::to_string(done.passes) +
                        " steps, before step " + std::to_string(place.passes));
    }
  }
  return Status();
}

bool Game::wantsMetrics(uint64_t pass) const {
  return options.wantsMetrics && options.wantsMetrics(pass);
}

Status Game::finishPass(const Turn &turn, const OnPass &onPass) {
  done.passes = turn.pass;
  PassReport report{.pass = turn.pass,
                    .phase = turn.phase,
                    .hasMetrics = wantsMetrics(turn.pass),
                    .metrics = {}};
  if (report.hasMetrics) {
    Result<Metrics> metrics = runner.takeMetrics();
    if (!metrics.ok())
      return metrics.status();
    report.metrics = metrics.take();
  } else if (turn.pass % kMostAhead == 0) {
    if (Status status = device.wait(); !status.ok())
      return status;
  }
  return onPass(report);
}

Status Game::playTurn(Prepared &prepared, const OnPass &onPass) {
  const Turn &turn = prepared.turn;
  if (turn.kind == Turn::Kind::Check)
    return check(turn);
  clock = turn.clock;
  switch (turn.kind) {
  case Turn::Kind::Reset:
    return runner.reset(*turn.phase->reset(), options.seed);
  case Turn::Kind::Run:
    return runner.run(turn.entry,
                      {.seed = options.seed,
                       .move = turn.move,
                       .clock = turn.clock,
                       .batches = &prepared.batches},
                      wantsMetrics(turn.pass + 1));
  case Turn::Kind::Pass:
    return finishPass(turn, onPass);
  case Turn::Kind::Check:
  case Turn::Kind::End:
    break;
  }
  return device.wait();
}

Status Game::check(const Turn &turn) {
  Result<bool> answer = runner.isOver(
      turn.entry,
      {.seed = options.seed, .move = turn.move, .clock = turn.clock});
  isPhaseOver = answer.ok() && *answer;
  return answer.status();
}

// The thread that reads ahead stops where it cannot know what comes next.
Status Game::playToCheck(const OnPass &onPass, std::function<void()> &onStart) {
  const auto &entries = *executable.tables().entries();
  Prefetch<Prepared> turns([&](Prepared &item) {
    item.turn = schedule.next();
    if (item.turn.kind == Turn::Kind::Run)
      item.status = feed.next(*entries.Get(item.turn.entry), item.turn.move,
                              item.batches);
    return item.turn.kind != Turn::Kind::Check &&
           item.turn.kind != Turn::Kind::End && item.status.ok();
  });
  for (;;) {
    Prepared &item = turns.take();
    if (onStart)
      std::exchange(onStart, nullptr)();
    Status status = item.status.ok() ? playTurn(item, onPass) : item.status;
    if (!status.ok() || item.turn.kind == Turn::Kind::Check)
      return status;
    bool isStopped = item.turn.kind == Turn::Kind::Pass && options.stop &&
                     options.stop->load(std::memory_order_relaxed);
    if (isStopped)
      state = State::Stopped;
    if (item.turn.kind == Turn::Kind::End)
      state = State::Over;
    if (state != State::Playing)
      return device.wait();
  }
}

Status Game::play(const OnPass &onPass, std::function<void()> onStart) {
  for (state = State::Playing; state == State::Playing;) {
    isPhaseOver = false;
    Status status = playToCheck(onPass, onStart);
    if (!status.ok())
      return status;
    if (!isPhaseOver)
      continue;
    done.phaseEnds.push_back(done.passes);
    schedule.endPhase();
  }
  return Status();
}

Result<FileBytes> Game::compute(uint32_t output, uint64_t move) {
  Batches batches;
  if (Status status = feed.first(*executable.tables().entries()->Get(output),
                                 move, batches);
      !status.ok())
    return status;
  return runner.compute(output, {.seed = options.seed,
                                 .move = move,
                                 .clock = clock,
                                 .batches = &batches});
}
