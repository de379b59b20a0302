// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/sim/Block.h"

#include "runtime/base/Rng.h"

#include <algorithm>
#include <atomic>

#include <pthread.h>

using namespace gan::sim;
using gan::runtime::KeyedPermutation;

// A block that can see others lets them go on after so many instructions.
constexpr uint64_t kBlockSlice = 8192;

static Status refuse(const std::string &sentence, const Program &program) {
  return Status(Code::Usage, sentence, program.name);
}

static std::string text(const Dim3 &dim) {
  return std::to_string(dim.x) + " x " + std::to_string(dim.y) + " x " +
         std::to_string(dim.z);
}

std::optional<Schedule> gan::sim::scheduleNamed(std::string_view word) {
  constexpr std::pair<std::string_view, Schedule> names[] = {
      {"round-robin", Schedule::RoundRobin},
      {"reverse", Schedule::Reverse},
      {"random", Schedule::Random},
      {"one-ahead", Schedule::OneAhead},
  };
  for (auto [known, schedule] : names)
    if (known == word)
      return schedule;
  return std::nullopt;
}

// The limits of compute capability 8.0 and later.
static Status checkShape(const Program &program, const LaunchShape &shape) {
  const Dim3 &block = shape.block, &grid = shape.grid;
  if (block.count() < 1 || block.count() > 1024 || block.x > 1024 ||
      block.y > 1024 || block.z > 64)
    return refuse("a block of " + text(block) +
                      " threads: 1 to 1024 are possible, z at most 64",
                  program);
  if (grid.count() < 1 || grid.x > 0x7fffffff || grid.y > 65535 ||
      grid.z > 65535 || grid.count() > 0xffffffff)
    return refuse("a grid of " + text(grid) + " blocks is not possible",
                  program);
  if (program.requiredThreads.x && block != program.requiredThreads)
    return refuse("the kernel requires blocks of " +
                      text(program.requiredThreads) + " threads, not " +
                      text(block),
                  program);
  if (program.maxThreads.x && block.count() > program.maxThreads.count())
    return refuse("the kernel was compiled for at most " +
                      std::to_string(program.maxThreads.count()) +
                      " threads in a block, not " +
                      std::to_string(block.count()),
                  program);
  if (uint64_t(program.sharedBytes) + shape.dynamicShared > 227 * 1024)
    return refuse("a block has at most 227 KiB of shared memory", program);
  if (shape.parameters.size() != program.parameterBytes)
    return refuse("the kernel takes " + std::to_string(program.parameterBytes) +
                      " bytes of parameters, not " +
                      std::to_string(shape.parameters.size()),
                  program);
  return Status();
}

namespace {
/// Runs the blocks of a launch, on as many threads as may be.
class Runner {
public:
  Runner(Grid &grid, unsigned threads)
      : grid(grid), threads(threads), count(uint32_t(grid.shape.grid.count())) {
  }
  Report run();
  bool isLate() const { return executed > grid.options.mostInstructions; }

private:
  uint32_t blockNumber(uint32_t turn) const;
  void runAlone();    // blocks that cannot see each other, one after the other
  void runTogether(); // blocks that can: several at once
  static void *startHelper(void *self);
  bool advance(std::vector<std::unique_ptr<Block>> &resident);
  void collect(Block &block);
  void reportTimeout(Block &block);

  Grid &grid;
  unsigned threads;
  uint32_t count;
  std::atomic<uint32_t> next = 0;
  std::atomic<uint64_t> executed = 0;
  std::atomic<bool> stopped = false;
  std::mutex guard;
  std::map<uint32_t, Findings> found; // by block
  Counters counters;
};
} // namespace

uint32_t Runner::blockNumber(uint32_t turn) const {
  if (grid.options.schedule == Schedule::Reverse)
    return count - 1 - turn;
  if (grid.options.schedule == Schedule::Random)
    return uint32_t(
        KeyedPermutation("blocks", grid.options.seed, 0, count)(turn));
  return turn;
}

void Runner::collect(Block &block) {
  executed += block.executed;
  if (isLate())
    reportTimeout(block);
  block.finish();
  if (block.stopped)
    stopped = true;
  std::lock_guard lock(guard);
  if (!block.findings.empty())
    found[block.linear] = std::move(block.findings);
}

void Runner::reportTimeout(Block &block) {
  for (Warp &warp : block.warps) {
    if (warp.done())
      continue;
    if (!warp.mask && !warp.groups.empty())
      warp.pc = warp.groups.front().pc;
    warp.report(Fault::Timeout, 0,
                "still running after " +
                    std::to_string(grid.options.mostInstructions) +
                    " warp instructions of the launch",
                "look for a loop that waits for a value that never comes");
    block.stopped = true;
    return;
  }
}

void Runner::runAlone() {
  Block block;
  block.prepare(grid);
  while (!stopped) {
    uint32_t turn = next++;
    if (turn >= count)
      break;
    block.begin(blockNumber(turn));
    while (!block.done() &&
           executed + block.executed <= grid.options.mostInstructions)
      if (!block.run(kBlockSlice))
        block.reportStuck();
    collect(block);
  }
  std::lock_guard lock(guard);
  counters.add(block.counters);
}

// One turn for each block on the device; false where none could move.
bool Runner::advance(std::vector<std::unique_ptr<Block>> &resident) {
  bool moved = false;
  bool random = grid.options.schedule == Schedule::Random;
  for (std::unique_ptr<Block> &block : resident)
    if (!block->done())
      moved |= block->run(random ? 1 + block->random % 2048 : kBlockSlice);
  return moved;
}

void Runner::runTogether() {
  std::vector<std::unique_ptr<Block>> resident;
  uint32_t room = std::max(1u, std::min(count, grid.options.residentBlocks));
  while (!stopped) {
    if (resident.size() < room && next < count) {
      resident.push_back(std::make_unique<Block>());
      resident.back()->prepare(grid);
      resident.back()->begin(blockNumber(next++));
    }
    bool moved = advance(resident);
    uint64_t running = executed;
    for (std::unique_ptr<Block> &block : resident)
      running += block->executed;
    bool late = running > grid.options.mostInstructions;
    bool full = resident.size() == room || next == count;
    bool left = false;
    for (std::unique_ptr<Block> &block : resident) {
      if (!block->done() && ((full && !moved) || late))
        late ? reportTimeout(*block) : block->reportStuck();
      if (!block->done() || block->finished) {
        left |= !block->done();
        continue;
      }
      collect(*block);
      if (next < count)
        block->begin(blockNumber(next++)), left = true;
      else
        block->finished = true;
    }
    if (!left && next == count)
      break;
  }
  for (std::unique_ptr<Block> &block : resident)
    counters.add(block->counters);
}

void *Runner::startHelper(void *self) {
  static_cast<Runner *>(self)->runAlone();
  return nullptr;
}

Report Runner::run() {
  if (grid.program.communicates) {
    runTogether();
  } else {
    // Not std::thread, which would end the process where the system refuses;
    // those that it gives are enough.
    std::vector<pthread_t> helpers(std::min(threads, count) - 1);
    size_t there = 0;
    while (there < helpers.size() &&
           pthread_create(&helpers[there], nullptr, startHelper, this) == 0)
      ++there;
    runAlone();
    for (size_t i = 0; i < there; ++i)
      pthread_join(helpers[i], nullptr);
  }
  Findings all;
  for (const auto &[block, findings] : found)
    all.merge(findings);
  counters.byInst.resize(grid.program.code.size());
  return {all.take(), std::move(counters)};
}

// `isSound`: nothing is wrong.
static Report run(Memory &memory, const Program &program,
                  const LaunchShape &shape, const Options &options,
                  unsigned threads, bool &isSound) {
  memory.resetRaces();
  unsigned architecture =
      options.architecture ? options.architecture : program.architecture;
  Grid grid{memory, program, shape, options, architecture, threads > 1, {}};
  Runner runner(grid, threads);
  Report report = runner.run();
  isSound = report.findings.empty() && !runner.isLate();
  return report;
}

// What is found by blocks on several threads depends on which of them comes
// first, and on how many have begun when one gives up: then they run again, one
// after the other.
Result<Report> gan::sim::launch(Memory &memory, const Program &program,
                                const LaunchShape &shape,
                                const Options &options) {
  Status status = checkShape(program, shape);
  if (!status.ok())
    return status;
  if (!canExecute())
    return Status(Code::Unsupported,
                  "the simulator needs a processor with AVX2 and FMA");
  if (options.threads > 1 && shape.grid.count() > 1 && !program.communicates)
    if (std::optional<MemoryState> before = memory.save()) {
      bool isSound = true;
      Report report =
          run(memory, program, shape, options, options.threads, isSound);
      if (isSound)
        return report;
      memory.restore(*before);
    }
  bool isSound = true;
  return run(memory, program, shape, options, /*threads=*/1, isSound);
}
