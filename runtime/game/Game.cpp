// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/game/Game.h"
#include "runtime/base/Rng.h"
#include "runtime/data/Prefetch.h"
#include "runtime/device/Inputs.h"

#include <utility>

using namespace gan;
using namespace gan::runtime;

// What is submitted at once: all runs of a pass, or as many as fit into a slot.
struct Game::Prepared {
  std::vector<uint32_t> entries;
  uint64_t bytes = 0; // of the slot, taken
  uint64_t pass = 0;  // of the runs, over all phases
  Turn turn;          // what comes then; a run: the rest of the pass
  unsigned slot = 0;
  Status status; // of reading the data
};

Game::Game(const Executable &executable, Device &device, StepRunner runner,
           std::vector<Dataset> datasets, GameOptions options)
    : executable(executable), device(device), runner(std::move(runner)),
      feed(std::move(datasets), options.seed), options(std::move(options)),
      schedule(newSchedule()), moveSeed(this->options.seed) {}

Schedule Game::newSchedule() const {
  return Schedule(executable.tables(), feed.epochRecords(), options.steps);
}

uint64_t gan::runtime::seedAfter(uint64_t seed, uint64_t rollbacks) {
  return rollbacks ? fnv1a64("rollback " + std::to_string(rollbacks) + " of " +
                             std::to_string(seed))
                   : seed;
}

Result<Game> Game::create(const Executable &executable, Device &device,
                          std::vector<Dataset> datasets, GameOptions options) {
  Result<StepRunner> runner =
      StepRunner::create(executable, device, options.seed);
  if (!runner.ok())
    return runner.status();
  return Game(executable, device, runner.take(), std::move(datasets),
              std::move(options));
}

uint64_t Game::passes() const { return newSchedule().passes(); }

std::vector<uint64_t> Game::runsOf(uint64_t after, uint64_t upTo) const {
  std::vector<uint64_t> runs(executable.tables().entries()->size());
  Schedule walked = newSchedule();
  for (Turn turn = walked.next(); turn.kind != Turn::Kind::End;
       turn = walked.next()) {
    if (turn.kind == Turn::Kind::Pass && turn.pass >= upTo)
      break;
    if (turn.kind == Turn::Kind::Run && turn.pass >= after)
      ++runs[turn.entry];
  }
  return runs;
}

Status Game::goTo(Position place) {
  const auto &entries = *executable.tables().entries();
  done = {.passes = 0, .phaseEnds = {}, .rollbacks = place.rollbacks};
  clock = {};
  moveSeed = seedAfter(options.seed, place.rollbacks);
  feed.rewind(moveSeed);
  schedule = newSchedule();
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
  }
  return onPass(report);
}

Status Game::playItem(const Prepared &item, const OnPass &onPass) {
  slot = item.slot;
  if (!item.status.ok())
    return item.status;
  if (!item.entries.empty())
    if (Status status =
            runner.submit(item.entries, slot, wantsMetrics(item.pass));
        !status.ok())
      return status;
  return playTurn(item.turn, onPass);
}

Status Game::playTurn(const Turn &turn, const OnPass &onPass) {
  if (turn.kind == Turn::Kind::Check)
    return check(turn);
  clock = turn.clock;
  switch (turn.kind) {
  case Turn::Kind::Reset:
    return runner.reset(*turn.phase->reset(), slot);
  case Turn::Kind::Pass:
    return finishPass(turn, onPass);
  case Turn::Kind::Run:
    return Status();
  case Turn::Kind::Check:
  case Turn::Kind::End:
    break;
  }
  return device.wait();
}

Status Game::check(const Turn &turn) {
  Result<bool> answer = runner.isOver({.entry = turn.entry,
                                       .move = turn.move,
                                       .clock = turn.clock,
                                       .seed = moveSeed},
                                      slot);
  isPhaseOver = answer.ok() && *answer;
  return answer.status();
}

// ---- ahead of the device

// Puts a run with its inputs behind those of the item; false if it has no room.
bool Game::addRun(Prepared &item, const Turn &turn) {
  std::span<std::byte> room = device.slot(item.slot).subspan(item.bytes);
  uint64_t bytes = runner.blockBytes(turn.entry);
  if (item.entries.size() == kMostRuns || bytes > room.size())
    return false;
  Batches batches = runner.bind({.entry = turn.entry,
                                 .move = turn.move,
                                 .clock = turn.clock,
                                 .seed = moveSeed},
                                room.first(bytes));
  item.status = feed.next(*executable.tables().entries()->Get(turn.entry),
                          turn.move, batches);
  item.entries.push_back(turn.entry);
  item.bytes += bytes;
  item.pass = turn.pass + 1;
  return true;
}

// Fills an item; false if nothing is known of what comes after it. `ahead` is a
// run that was left over.
bool Game::prepare(Prepared &item, std::optional<Turn> &ahead) {
  item.entries.clear();
  item.bytes = 0;
  item.status = Status();
  do {
    item.turn = ahead ? *std::exchange(ahead, std::nullopt) : schedule.next();
  } while (item.turn.kind == Turn::Kind::Run && addRun(item, item.turn) &&
           item.status.ok());
  if (item.turn.kind == Turn::Kind::Run)
    ahead = item.turn;
  return item.turn.kind != Turn::Kind::Check &&
         item.turn.kind != Turn::Kind::End && item.status.ok();
}

// The thread that reads ahead stops where it cannot know what comes next. It
// fills the slots in turn; one is its own when the item after it is taken.
Status Game::playToCheck(const OnPass &onPass, std::function<void()> &onStart) {
  if (Status status = device.wait(); !status.ok())
    return status;
  std::optional<Turn> ahead;
  unsigned next = 0;
  Prefetch<Prepared> items([&](Prepared &item) {
    item.slot = next++ % kSlots;
    return prepare(item, ahead);
  });
  for (;;) {
    Prepared &item = items.take();
    if (onStart)
      std::exchange(onStart, nullptr)();
    Status status = playItem(item, onPass);
    if (!status.ok() || item.turn.kind == Turn::Kind::Check)
      return status;
    if (item.turn.kind == Turn::Kind::Pass) {
      Result<bool> isStopped = isPausing || !options.isStopped
                                   ? Result<bool>(isPausing)
                                   : options.isStopped();
      if (!isStopped.ok())
        return isStopped.status();
      if (*isStopped)
        state = State::Stopped;
    }
    if (item.turn.kind == Turn::Kind::End)
      state = State::Over;
    if (state != State::Playing)
      return device.wait();
    if (status = device.reclaim(slot); !status.ok())
      return status;
  }
}

Status Game::play(const OnPass &onPass, std::function<void()> onStart) {
  isPausing = false;
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

Result<Draws> Game::draw(uint32_t output, uint64_t move,
                         std::optional<uint64_t> seed) {
  return runner.draw(
      {.entry = output, .move = move, .clock = clock, .seed = seed}, slot);
}

Result<FileBytes> Game::compute(uint32_t output, uint64_t move) {
  Result<Draws> draws = draw(output, move);
  return draws.ok() ? compute(output, move, *draws) : draws.status();
}

Result<FileBytes> Game::compute(uint32_t output, uint64_t move,
                                const Draws &draws) {
  return compute(output, move, draws, /*ofOneRecord=*/false);
}

Result<FileBytes> Game::compute(uint32_t output, const Draws &draws) {
  return compute(output, /*move=*/0, draws, /*ofOneRecord=*/true);
}

Result<std::vector<FileBytes>> Game::batchesOf(uint32_t output,
                                               uint64_t move) const {
  const format::Entry &entry = *executable.tables().entries()->Get(output);
  std::vector<FileBytes> bytes;
  for (const format::Binding *input : *entry.inputs())
    if (input->kind() == format::BindingKind::Data)
      bytes.emplace_back(bindingBytes(*input));
  Status status = feed.first(entry, move, Batches(bytes.begin(), bytes.end()));
  return status.ok() ? Result(std::move(bytes)) : status;
}

// Writes the first sample of a batch over all others.
static void repeatFirst(std::span<std::byte> batch, uint64_t samples) {
  size_t bytes = batch.size() / samples;
  for (uint64_t sample = 1; sample < samples; ++sample)
    std::copy_n(batch.begin(), bytes, batch.begin() + sample * bytes);
}

Result<FileBytes> Game::compute(uint32_t output, uint64_t move,
                                const Draws &draws, bool ofOneRecord) {
  if (Status status = device.reclaim(slot); !status.ok())
    return status;
  Batches batches = runner.bind({.entry = output, .move = move, .clock = clock},
                                device.slot(slot));
  runner.bindDraws(output, draws, device.slot(slot));
  const format::Entry &entry = *executable.tables().entries()->Get(output);
  if (Status status = feed.first(entry, move, batches); !status.ok())
    return status;
  size_t next = 0;
  for (const format::Binding *input : *entry.inputs())
    if (ofOneRecord && input->kind() == format::BindingKind::Data)
      repeatFirst(batches[next++], input->shape()->Get(0));
  return runner.compute(output, slot);
}
