// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/report/RunFolder.h"
#include "runtime/base/File.h"

#include <algorithm>
#include <charconv>
#include <cstdio>

using namespace gan::runtime;

static constexpr const char *kRuns = "runs";

static Result<RunFolder> withSamples(RunFolder run) {
  Status status = makeFolders(run.path() + "/samples");
  if (!status.ok())
    return status;
  return run;
}

Result<RunFolder> RunFolder::create(const std::string &path, bool overwrite) {
  RunFolder run(path);
  if (exists(path)) {
    if (!isFolder(path))
      return Status(Code::Usage, "this is a file, and no folder for a run",
                    path);
    Result<std::vector<std::string>> names = listFolder(path);
    if (!names.ok())
      return names.status();
    bool isRun = exists(run.optionsPath());
    if (!names->empty() && !overwrite)
      return Status(Code::Usage,
                    "the folder holds files already; name another one, or pass "
                    "--overwrite",
                    path);
    if (!names->empty() && !isRun)
      return Status(Code::Usage,
                    "this is not the folder of a run (it has no options.json) "
                    "and is not written over",
                    path);
    if (Status status = run.clear(); !status.ok())
      return status;
  }
  return withSamples(std::move(run));
}

// Removes what would mix with the new run's, or be taken for it.
Status RunFolder::clear() const {
  for (const std::string &path : {metricsPath(), tracePath()})
    if (exists(path))
      if (Status status = removeFile(path); !status.ok())
        return status;
  std::string samples = folder + "/samples";
  if (!exists(samples))
    return Status();
  Result<std::vector<std::string>> names = listFolder(samples);
  if (!names.ok())
    return names.status();
  for (const std::string &name : *names)
    if (name.find("step-") != std::string::npos)
      if (Status status = removeFile(samples + "/" + name); !status.ok())
        return status;
  return Status();
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
    if (status.ok())
      return withSamples(std::move(run));
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
