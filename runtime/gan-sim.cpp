// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Runs one PTX kernel on the simulated device: see kToolUsage.
#include "runtime/base/Log.h"
#include "runtime/device/sim/tool/Tool.h"

#include <cstdio>

using namespace gan::sim;

static int fail(const Status &status) {
  gan::runtime::logError(status);
  return gan::runtime::exitStatus(status.code());
}

int main(int argc, char **argv) {
  std::vector<std::string> words(argv + 1, argv + argc);
  if (words.empty() || words[0] == "--help") {
    std::fputs(std::string(kToolUsage).c_str(), stdout);
    return words.empty() ? 2 : 0;
  }
  Result<ToolOptions> options = parseToolOptions(words);
  if (!options.ok())
    return fail(options.status());
  if (options->listInstructions) {
    std::fputs(instructionList().c_str(), stdout);
    return 0;
  }
  Result<int> status = runTool(*options);
  return status.ok() ? *status : fail(status.status());
}
