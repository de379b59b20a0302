// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/random/Isolate.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/raw_ostream.h"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <list>
#include <poll.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace gan::random;

namespace {
struct Child {
  Work work;
  pid_t process;
  int answer; // the end of a pipe to read from
};
} // namespace

// ---- reports as text

static std::string toText(const Report &report) {
  std::string text = llvm::formatv(
      "{0} {1} {2} {3} {4}\n{5}\n", report.compiled, report.kinks,
      report.ranges, report.simplified, report.vague, report.notes);
  if (report.failure)
    text += report.failure->kind + "\n" + report.failure->variant + "\n" +
            report.failure->what;
  return text;
}

static Report fromText(llvm::StringRef text) {
  Report report;
  auto [numbers, words] = text.split('\n');
  for (int *count : {&report.compiled, &report.kinks, &report.ranges,
                     &report.simplified, &report.vague}) {
    numbers = numbers.ltrim();
    numbers.consumeInteger(10, *count);
  }
  auto [notes, told] = words.split('\n');
  report.notes = notes.str();
  if (told.empty())
    return report;
  auto [kind, rest] = told.split('\n');
  auto [variant, what] = rest.split('\n');
  report.failure = Failure{kind.str(), variant.str(), what.str()};
  return report;
}

// ---- processes

// More than a pipe holds would block the child for ever.
static constexpr size_t kMostText = 60'000;

[[noreturn]] static void runChild(const Work &work, int answer,
                                  unsigned seconds) {
  rlimit limit{seconds, seconds};
  setrlimit(RLIMIT_CPU, &limit);
  alarm(20 * seconds);
  Report report = tryProgram(work.text, work.seed, work.variants);
  std::string text = toText(report).substr(0, kMostText);
  bool isTold = write(answer, text.data(), text.size()) ==
                static_cast<ssize_t>(text.size());
  _exit(isTold ? 0 : 1);
}

static Child start(Work work, unsigned seconds) {
  int ends[2];
  if (pipe(ends) != 0) {
    llvm::errs() << "gan-random: no pipe can be made\n";
    std::exit(1);
  }
  pid_t process = fork();
  if (process == 0) {
    close(ends[0]);
    runChild(work, ends[1], seconds);
  }
  close(ends[1]);
  return {std::move(work), process, ends[0]};
}

static std::string readAll(int file) {
  std::string text;
  char buffer[4096];
  for (ssize_t count; (count = read(file, buffer, sizeof(buffer))) > 0;)
    text.append(buffer, count);
  close(file);
  return text;
}

// The first that has answered or died. Each is waited for by its own pipe: a
// program that is reduced meanwhile has children, too, and must not take ours.
static std::list<Child>::iterator findFinished(std::list<Child> &children) {
  std::vector<pollfd> answers;
  for (const Child &child : children)
    answers.push_back({child.answer, POLLIN, 0});
  while (poll(answers.data(), answers.size(), /*timeout=*/-1) < 0)
    continue; // interrupted by a signal
  auto isReady = [](const pollfd &answer) { return answer.revents != 0; };
  return std::next(children.begin(),
                   llvm::find_if(answers, isReady) - answers.begin());
}

static Report finish(const Child &child) {
  std::string text = readAll(child.answer);
  int status = 0;
  while (waitpid(child.process, &status, 0) < 0 && errno == EINTR)
    continue;
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
    return fromText(text);
  Report report;
  int signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
  bool isLate = signal == SIGALRM || signal == SIGXCPU || signal == SIGKILL;
  report.failure =
      Failure{isLate ? "hang" : "crash", "",
              llvm::formatv("signal {0}, status {1}", signal, status)};
  return report;
}

void gan::random::runIsolated(
    llvm::function_ref<std::optional<Work>()> next,
    llvm::function_ref<void(const Work &, const Report &)> done, unsigned jobs,
    unsigned seconds) {
  std::list<Child> children;
  bool isOver = false;
  for (;;) {
    while (!isOver && children.size() < jobs) {
      std::optional<Work> work = next();
      isOver = !work;
      if (work)
        children.push_back(start(std::move(*work), seconds));
    }
    if (children.empty())
      return;
    auto finished = findFinished(children);
    done(finished->work, finish(*finished));
    children.erase(finished);
  }
}

Report gan::random::runIsolated(const Work &work) {
  bool isGiven = false;
  Report result;
  runIsolated(
      [&]() -> std::optional<Work> {
        if (std::exchange(isGiven, true))
          return std::nullopt;
        return work;
      },
      [&](const Work &, const Report &report) { result = report; },
      /*jobs=*/1);
  return result;
}
