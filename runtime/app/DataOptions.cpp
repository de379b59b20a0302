// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/app/DataOptions.h"

#include "runtime/base/Processors.h"

#include <cstdlib>

using namespace gan::runtime;

Result<DataOptions> gan::runtime::readDataOptions(const Arguments &arguments) {
  DataOptions options{.sources = arguments.all("data")};
  std::string onBad = arguments.text("on-bad-data", "stop");
  if (onBad != "stop" && onBad != "skip")
    return Status(Code::Usage, "expected stop or skip, found '" + onBad + "'",
                  "--on-bad-data");
  options.onBad = onBad == "skip" ? OnBadData::Skip : OnBadData::Stop;
  Result<uint64_t> threads = arguments.number("data-threads", 0, /*least=*/1);
  if (!threads.ok())
    return threads.status();
  if (*threads > kMostThreads)
    return Status(Code::Usage,
                  "cannot use " + std::to_string(*threads) +
                      " threads, at most " + std::to_string(kMostThreads),
                  "--data-threads");
  options.threads = *threads;
  if (const char *scratch = std::getenv("TMPDIR"); scratch && *scratch)
    options.scratch = scratch;
  options.keep = arguments.text("data-cache", "");
  return options;
}
