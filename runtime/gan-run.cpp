// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The trainer: this program with the executable of a model behind it.
#include "runtime/app/Commands.h"
#include "runtime/base/Fault.h"
#include "runtime/base/Log.h"

#include <csignal>
#include <cstdlib>

using namespace gan::runtime;

// Set by a signal: end after the present step, and keep what was learned.
static std::atomic<bool> stop = false;
static_assert(std::atomic<bool>::is_always_lock_free);

// The second signal ends the program at once, as signals do.
static void onSignal(int signal) {
  stop = true;
  std::signal(signal, SIG_DFL);
}

static void listen() {
  std::signal(SIGINT, onSignal);
  std::signal(SIGTERM, onSignal);
}

static int end(const Status &status) {
  if (!status.ok())
    logError(status);
  return exitStatus(status.code());
}

// Another rank is gone: nothing that waits for it comes to an end, so that the
// process ends as it stands, as if it were killed.
static void onLoss(const Status &status) {
  logError(status);
  std::_Exit(exitStatus(status.code()));
}

int main(int argc, char **argv) {
  // A test of the whole program says here which operation on files fails.
  if (const char *text = std::getenv("GAN_FAULT")) {
    Result<Fault> fault = parseFault(text);
    if (!fault.ok())
      return end(fault.status());
    injectFault(*fault);
  }
  std::vector<std::string> words(argv + 1, argv + argc);
  return end(runProgram(argc > 0 ? argv[0] : "trainer", words, {stop, listen},
                        onLoss));
}
