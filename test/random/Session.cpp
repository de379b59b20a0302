// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/random/Session.h"
#include "test/random/Generate.h"
#include "test/random/Isolate.h"
#include "test/random/Reduce.h"

#include "passes/Pipelines.h"

#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/raw_ostream.h"

using namespace gan::random;

namespace {
struct Tally {
  uint64_t programs = 0, failures = 0, compiled = 0, kinks = 0, ranges = 0,
           simplified = 0, vague = 0;

  void add(const Report &report) {
    ++programs;
    failures += report.failure.has_value();
    compiled += report.compiled;
    kinks += report.kinks;
    ranges += report.ranges;
    simplified += report.simplified;
    vague += report.vague;
  }
  void print() const {
    llvm::outs() << llvm::formatv(
        "{0} programs compiled {1} ways: {2} fail; {3} were compared across a "
        "kink, {4} left the range of their numbers, {5} lost digits where the "
        "simplified program does; {6} tensors were compared with more than a "
        "hundredth of their size to spare\n",
        programs, compiled, failures, kinks, ranges, simplified, vague);
  }
};
} // namespace

// Everything that is set up on first use is set up before the processes part.
static void warmUp() {
  tryProgram("import \"std\"\nmodel m {\n  data d { x: vector(1) }\n"
             "  network D(x: [1]) = dense(x, 1)\n"
             "  player p { trains D with sgd(0.1); minimize mean(D(x)) }\n"
             "  phase train(steps: 1, batch: 2) { p }\n}\n",
             1, {{"f32", "", "x86-64-v3"}});
}

static void tell(const Work &work, const Report &report,
                 const SessionOptions &options) {
  const Failure &failure = *report.failure;
  llvm::outs() << llvm::formatv("seed {0}: {1}: {2}: {3}\n", work.seed,
                                failure.kind, failure.variant, failure.what);
  std::vector<Variant> variants;
  for (const Variant &variant : work.variants)
    if (variant.name() == failure.variant)
      variants = {variant};
  if (variants.empty())
    variants = work.variants;
  auto fails = [&](const std::string &text) {
    std::optional<Failure> found =
        runIsolated({work.seed, text, variants}).failure;
    return found && found->kind == failure.kind &&
           found->variant == failure.variant;
  };
  // Less of a program that is refused is refused, too.
  std::string text = failure.kind == "refused"
                         ? work.text
                         : reduce(work.text, fails, options.reduceSeconds);
  llvm::outs() << text
               << llvm::formatv(
                      "repeat with: gan-random --seeds {0}..{1}, or --seed {0} "
                      "and the program above in a file\n",
                      work.seed, work.seed + 1);
  llvm::outs().flush();
}

int gan::random::trySeeds(uint64_t begin, uint64_t end,
                          const SessionOptions &options) {
  warmUp();
  llvm::outs().SetUnbuffered();
  Tally tally;
  runIsolated(
      [&, seed = begin]() mutable -> std::optional<Work> {
        if (seed == end)
          return std::nullopt;
        uint64_t now = seed++;
        return Work{now, generateProgram(now), drawVariants(now)};
      },
      [&](const Work &work, const Report &report) {
        tally.add(report);
        if (options.tellsAll && tally.programs % 100 == 0)
          tally.print();
        if (options.tellsAll && !report.notes.empty())
          llvm::outs() << "seed " << work.seed << ": " << report.notes << "\n";
        if (report.failure)
          tell(work, report, options);
      },
      options.jobs);
  tally.print();
  return tally.failures ? 1 : 0;
}

int gan::random::tryFile(const std::string &text, uint64_t seed,
                         const SessionOptions &options) {
  warmUp();
  Tally tally;
  Work work{seed, text, allVariants()};
  Report report = runIsolated(work);
  tally.add(report);
  if (report.failure)
    tell(work, report, options);
  tally.print();
  return report.failure ? 1 : 0;
}
