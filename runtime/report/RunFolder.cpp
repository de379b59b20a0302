// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/report/RunFolder.h"
#include "runtime/report/MetricsLog.h"

#include <algorithm>
#include <charconv>
#include <cstdio>

using namespace gan::runtime;

static constexpr const char *kRuns = "runs";

// Whether a run leaves that name before it saves anything; files appear under
// names of their own first.
static bool isOfBeginning(std::string_view name) {
  for (std::string_view ours :
       {"checkpoints", "lock", "metrics.csv", "metrics.jsonl", "model.gan",
        "options.json", "report.html", "samples", "tensorboard"})
    if (name == ours || name.starts_with(std::string(ours) + ".tmp-"))
      return true;
  return false;
}

// What the folder holds; `Usage` where that is neither a run nor nothing.
static Result<RunFolder::Content> contentOf(const RunFolder &run) {
  Result<std::vector<std::string>> names = listFolder(run.path());
  if (!names.ok())
    return names.status();
  if (names->empty())
    return RunFolder::Content::Nothing;
  auto has = [&](std::string_view name) {
    return std::find(names->begin(), names->end(), name) != names->end();
  };
  if (std::all_of(names->begin(), names->end(), isOfBeginning))
    return RunFolder::Content::Beginning;
  if (has("options.json"))
    return RunFolder::Content::Run;
  return Status(Code::Usage,
                "this is not the folder of a run (it has no options.json) and "
                "is not written over",
                run.path());
}

Result<RunFolder> RunFolder::claim(const std::string &path) {
  RunFolder run(path);
  if (!exists(path))
    return run;
  if (!isFolder(path))
    return Status(Code::Usage, "this is a file, and no folder for a run", path);
  Result<Content> content = contentOf(run);
  if (!content.ok())
    return content.status();
  run.found = *content;
  if (run.found != Content::Nothing)
    if (Status status = run.lock(); !status.ok())
      return status;
  return run;
}

Status RunFolder::lock() {
  Result<FileLock> taken = FileLock::take(folder + "/lock");
  if (taken.ok())
    held.emplace(taken.take());
  else if (taken.status().code() == Code::Usage)
    return Status(Code::Usage, "another trainer is at work in this folder",
                  folder);
  return taken.ok() ? Status() : taken.status();
}

// Removes what a killed process left of files that it did not finish
// (AtomicFile); nobody else writes here while we hold the lock.
static Status removeUnfinished(const std::string &path) {
  Result<std::vector<std::string>> names = listFolder(path);
  if (!names.ok())
    return names.status();
  for (const std::string &name : *names) {
    size_t mark = name.rfind(".tmp-");
    if (mark == name.npos ||
        name.find_first_not_of("0123456789", mark + 5) != name.npos)
      continue;
    if (Status status = removeFile(path + "/" + name); !status.ok())
      return status;
  }
  return Status();
}

// The folders are there and ours, without what was not finished.
Status RunFolder::prepare() {
  Status status = makeFolders(folder + "/samples");
  if (status.ok() && !held)
    status = lock();
  for (const std::string &path : {folder, folder + "/samples"})
    if (status.ok())
      status = removeUnfinished(path);
  return status;
}

Status RunFolder::begin() {
  Status status = prepare();
  return status.ok() ? clear() : status;
}

Status RunFolder::goOn(uint64_t passes, uint64_t rollbacks) {
  Status status = prepare();
  if (status.ok())
    status = MetricsLog::cut(metricsPath(), passes, rollbacks);
  return status.ok() ? removeSamples(samplesPath(), passes) : status;
}

std::optional<uint64_t> gan::runtime::stepOfSamples(std::string_view name) {
  constexpr std::string_view kMark = "step-";
  size_t at = name.rfind(kMark);
  uint64_t step = 0;
  if (at == name.npos || std::from_chars(name.data() + at + kMark.size(),
                                         name.data() + name.size(), step)
                                 .ec != std::errc())
    return std::nullopt;
  return step;
}

Status gan::runtime::removeSamples(const std::string &samples,
                                   std::optional<uint64_t> after) {
  if (!exists(samples))
    return Status();
  Result<std::vector<std::string>> names = listFolder(samples);
  if (!names.ok())
    return names.status();
  for (const std::string &name : *names)
    if (std::optional<uint64_t> step = stepOfSamples(name);
        step && (!after || *step > *after))
      if (Status status = removeFile(samples + "/" + name); !status.ok())
        return status;
  return Status();
}

// Removes what would mix with the new run's, or be taken for it.
Status RunFolder::clear() const {
  for (const std::string &path :
       {metricsPath(), tablePath(), pagePath(), tracePath()})
    if (exists(path))
      if (Status status = removeFile(path); !status.ok())
        return status;
  if (exists(eventsPath()))
    if (Status status = removeFolder(eventsPath()); !status.ok())
      return status;
  return removeSamples(samplesPath(), std::nullopt);
}

// The names of the files lie in the folder.
Status RunFolder::sync() const {
  Status status;
  for (const std::string &path : {optionsPath(), modelPath(), metricsPath()})
    if (status.ok() && exists(path))
      status = syncFile(path);
  return status.ok() ? syncFolder(folder) : status;
}

Result<RunFolder> RunFolder::createNumbered(const std::string &model) {
  if (Status status = makeFolders(kRuns); !status.ok())
    return status;
  Result<std::vector<std::string>> names = listFolder(kRuns);
  if (!names.ok())
    return names.status();
  unsigned number = 0;
  for (const std::string &name : *names) {
    unsigned each = 0;
    std::from_chars(name.data(), name.data() + name.size(), each);
    number = std::max(number, each);
  }
  // Another run may take a number at the same time: then the next one.
  for (;;) {
    char text[16];
    std::snprintf(text, sizeof(text), "%04u", ++number);
    RunFolder run(std::string(kRuns) + "/" + text + "-" + model);
    Status status = makeNewFolder(run.path());
    if (status.ok()) {
      if (status = syncFolder(kRuns); !status.ok())
        return status;
      return run;
    }
    if (!exists(run.path()))
      return status;
  }
}

std::string RunFolder::samplesBase(uint64_t step,
                                   const std::string &output) const {
  char text[32];
  std::snprintf(text, sizeof(text), "step-%06llu",
                static_cast<unsigned long long>(step));
  return folder + "/samples/" + (output.empty() ? "" : output + "-") + text;
}
