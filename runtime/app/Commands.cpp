// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/app/Commands.h"

#include <array>
#include <cerrno>
#include <cstdio>

using namespace gan::runtime;

static constexpr std::array<const Command *, 11> kCommands = {
    &kTrain,   &kSample,   &kInterpolate, &kArithmetic,
    &kNearest, &kFeatures, &kReconstruct, &kEvaluate,
    &kExport,  &kInfo,     &kFsck};

static void print(const std::string &text) { std::fputs(text.c_str(), stdout); }

static std::string overview(const std::string &program) {
  constexpr size_t kColumn = 15;
  std::string text = "usage: " + program + " COMMAND [OPTIONS]\n\n";
  for (const Command *command : kCommands) {
    std::string line = std::string("  ") + command->name;
    line.resize(kColumn, ' ');
    text += line + command->summary + "\n";
  }
  return text + "\n" + program + " COMMAND --help tells the options.\n";
}

static std::string helpOf(const std::string &program, const Command &command) {
  return "usage: " + program + " " + command.name + " [OPTIONS]\n" +
         command.summary + "\n\n" + helpText(command.options);
}

static bool asksForHelp(const std::string &word) {
  return word == "--help" || word == "-h" || word == "help";
}

static std::vector<std::string> commandNames() {
  std::vector<std::string> names;
  for (const Command *command : kCommands)
    names.push_back(command->name);
  return names;
}

// "train, sample and info"
static std::string listCommands() {
  std::vector<std::string> names = commandNames();
  std::string list = names.front();
  for (size_t i = 1; i < names.size(); ++i)
    list += (i + 1 < names.size() ? ", " : " and ") + names[i];
  return list;
}

static Status unknownCommand(const std::string &word) {
  std::vector<std::string> names = commandNames();
  std::string nearest = nearestName(word, names);
  return Status(Code::Usage,
                "there is no such command; " +
                    (nearest.empty() ? "there are " + listCommands()
                                     : "did you mean '" + nearest + "'?"),
                word);
}

static Status runCommand(const Command &command,
                         std::span<const std::string> words,
                         const std::atomic<bool> &stop, Communicator *ranks) {
  Result<Arguments> arguments = Arguments::parse(command.options, words);
  if (!arguments.ok())
    return arguments.status();
  Result<Executable> executable = Executable::loadOwn();
  if (executable.ok() && command.share != Share::Tables)
    executable =
        Executable::ofRank(executable.take(), ranks ? ranks->rank() : 0,
                           ranks ? ranks->size() : 1);
  if (!executable.ok())
    return executable.status();
  return command.run({*executable, *arguments, stop, ranks});
}

// The ranks of a run begin and end together.
static Status runTogether(const Command &command,
                          std::span<const std::string> words,
                          const std::atomic<bool> &stop, Watch::OnLoss onLoss) {
  Result<std::unique_ptr<Ranks>> ranks = Ranks::join(std::move(onLoss));
  if (!ranks.ok())
    return ranks.status();
  Status status = runCommand(command, words, stop, (*ranks)->communicator());
  if (status.ok() || status.code() == Code::Interrupted) {
    Status left = (*ranks)->leave();
    return status.ok() ? left : status;
  }
  (*ranks)->fail(status);
  return status;
}

// Whether all that was printed has arrived: a file that is read by another
// program must not look whole when it is not.
static Status flushPrinted() {
  errno = 0;
  if (std::fflush(stdout) == 0 && !std::ferror(stdout))
    return Status();
  return systemError(errno ? errno : EIO, "cannot be written",
                     "standard output");
}

static Status findAndRun(const std::string &program,
                         std::span<const std::string> words,
                         const StopRequest &stop, Watch::OnLoss onLoss) {
  if (words.empty())
    return Status(Code::Usage, "expected a command: there are " +
                                   listCommands() + "; " + program +
                                   " --help tells more");
  if (asksForHelp(words[0])) {
    print(overview(program));
    return Status();
  }
  for (const Command *command : kCommands) {
    if (words[0] != command->name)
      continue;
    for (const std::string &word : words.subspan(1))
      if (word == "--help" || word == "-h") {
        print(helpOf(program, *command));
        return Status();
      }
    if (command->endsEarly)
      stop.listen();
    return command->share == Share::Rank
               ? runTogether(*command, words.subspan(1), stop.isMade,
                             std::move(onLoss))
               : runCommand(*command, words.subspan(1), stop.isMade,
                            /*ranks=*/nullptr);
  }
  return unknownCommand(words[0]);
}

Status gan::runtime::runProgram(const std::string &program,
                                std::span<const std::string> words,
                                const StopRequest &stop, Watch::OnLoss onLoss) {
  Status status = findAndRun(program, words, stop, std::move(onLoss));
  Status printed = flushPrinted();
  return status.ok() ? printed : status;
}
