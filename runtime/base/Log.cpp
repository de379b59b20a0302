// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/base/Log.h"

#include <cstdlib>
#include <unistd.h>

using namespace gan::runtime;

void gan::runtime::logLine(std::string_view line) {
  std::string whole(line);
  whole += '\n';
  ssize_t written = ::write(STDERR_FILENO, whole.data(), whole.size());
  (void)written;
}

void gan::runtime::logWarning(std::string_view sentence) {
  logLine("warning: " + std::string(sentence));
}

void gan::runtime::logError(const Status &status) {
  std::string line = "error: " + status.text();
  if (std::getenv("GAN_DEBUG"))
    line += std::string(" [") + status.origin().file_name() + ":" +
            std::to_string(status.origin().line()) + "]";
  logLine(line);
}
