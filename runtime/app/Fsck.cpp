// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/app/Commands.h"
#include "runtime/base/File.h"
#include "runtime/base/Log.h"
#include "runtime/checkpoint/Checkpoints.h"

#include <array>

using namespace gan;
using namespace gan::runtime;

static constexpr std::array<OptionSpec, 1> kOptions = {{
    {"run", 0, "DIR", "folder of the run to check; nothing in it is changed"},
}};

// Tells of one checkpoint; false where it is damaged.
static bool tell(const std::string &path, const RunIdentity &ours) {
  Result<Manifest> manifest = Checkpoints::verify(path);
  if (!manifest.ok()) {
    logWarning(manifest.status().text());
    return false;
  }
  std::string line = path + ": whole, after " +
                     std::to_string(manifest->passes) + " steps, seed " +
                     std::to_string(manifest->run.seed);
  // Seed, data and processor are of the run, not of the trainer.
  RunIdentity asked = ours;
  asked.seed = manifest->run.seed;
  asked.arithmetic = manifest->run.arithmetic;
  std::string difference = differenceOf(manifest->run, asked);
  logLine(difference.empty() ? line : line + "; but " + difference);
  return true;
}

static Status fsck(const CommandContext &context) {
  std::string run = context.arguments.text("run", "");
  if (run.empty())
    return Status(Code::Usage, "expected the folder of a run", "--run");
  if (!isFolder(run))
    return Status(Code::NotFound, "there is no such folder", run);
  Result<std::vector<std::string>> paths = Checkpoints(run).list();
  if (!paths.ok())
    return paths.status();
  if (paths->empty())
    return Status(Code::NotFound, "the run has no checkpoint", run);
  RunIdentity ours = identityOf(context.executable);
  size_t damaged = 0;
  for (const std::string &path : *paths)
    damaged += !tell(path, ours);
  Status names = Checkpoints(run).verifyNames();
  if (damaged == 0)
    return names;
  if (!names.ok())
    logWarning(names.text());
  return Status(Code::Damaged,
                std::to_string(damaged) + " of " +
                    std::to_string(paths->size()) + " checkpoints are damaged" +
                    (damaged < paths->size()
                         ? "; the run goes on from the latest whole one"
                         : ""),
                run);
}

constinit const Command gan::runtime::kFsck = {
    "fsck", "check every byte of the checkpoints of a run, and its weights",
    kOptions, fsck};
