// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/runtime/sim/Corpus.h"

#include "runtime/base/Rng.h"

#include <gtest/gtest.h>

using namespace gan::sim;

static void runUnder(Schedule schedule, const CorpusRun &run,
                     const std::string &file) {
  Kernel kernel(readInput("corpus/" + file + ".ptx"), run.entry);
  run.arguments(kernel);
  kernel.grid(run.grid).block(run.block);
  kernel.options.schedule = schedule;
  kernel.options.async =
      schedule == Schedule::Reverse ? AsyncMode::Eager : AsyncMode::OnWait;
  Report report = kernel.run();
  for (const Finding &finding : report.findings)
    ADD_FAILURE() << file << ": " << finding.text();
  run.check(kernel);
}

void gan::sim::runCorpus(const CorpusRun &run) {
  std::vector<std::string> files = {run.file};
  if (files[0] == "basic")
    files.push_back("basic_clang");
  for (const std::string &file : files)
    for (Schedule schedule : {Schedule::RoundRobin, Schedule::Reverse,
                              Schedule::Random, Schedule::OneAhead})
      runUnder(schedule, run, file);
}

static uint32_t word(size_t i) {
  return gan::runtime::philox({uint32_t(i), 0, 0, 0}, {7, 11})[0];
}

std::vector<int> gan::sim::integers(size_t count, int bound) {
  std::vector<int> values(count);
  for (size_t i = 0; i < count; ++i)
    values[i] = int(word(i) % (2 * uint32_t(bound) + 1)) - bound;
  return values;
}

std::vector<float> gan::sim::floats(size_t count, float bound) {
  std::vector<float> values(count);
  for (size_t i = 0; i < count; ++i)
    values[i] = (float(word(i) >> 8) * 0x1p-23f - 1) * bound;
  return values;
}
