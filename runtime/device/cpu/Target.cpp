// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/cpu/Target.h"

#include <algorithm>
#include <cpuid.h>
#include <cstring>

using namespace gan;
using namespace gan::runtime;

// The levels of the x86-64 psABI, the most demanding first. The compiler's
// builtin asks the system, too, whether it keeps the registers.
static constexpr std::string_view levels[] = {"x86-64-v4", "x86-64-v3"};

bool gan::runtime::canRun(std::string_view level) {
  __builtin_cpu_init();
  if (level == "x86-64-v4")
    return __builtin_cpu_supports("x86-64-v4");
  return level == "x86-64-v3" && __builtin_cpu_supports("x86-64-v3");
}

static Result<uint32_t> findImage(const Executable &executable,
                                  std::string_view level) {
  const auto &images = *executable.tables().images();
  for (uint32_t i = 0; i < images.size(); ++i)
    if (images.Get(i)->target()->string_view() == level)
      return i;
  return Status(Code::Unsupported,
                "has no code for '" + std::string(level) + "'",
                executable.path());
}

Result<uint32_t> gan::runtime::chooseImage(const Executable &executable,
                                           std::string_view wanted) {
  bool isKnown = std::find(std::begin(levels), std::end(levels), wanted) !=
                 std::end(levels);
  if (!wanted.empty() && !isKnown)
    return Status(Code::Usage,
                  "there is no instruction set '" + std::string(wanted) +
                      "'; there are x86-64-v3 and x86-64-v4",
                  "cpu");
  if (!wanted.empty())
    return canRun(wanted)
               ? findImage(executable, wanted)
               : Status(Code::Unsupported,
                        "this processor (" + processorName() +
                            ") does not run '" + std::string(wanted) + "'",
                        "cpu");
  for (std::string_view level : levels)
    if (canRun(level))
      if (Result<uint32_t> image = findImage(executable, level); image.ok())
        return image;
  return Status(Code::Unsupported,
                "has no code that this processor (" + processorName() +
                    ") runs",
                executable.path());
}

std::string gan::runtime::processorName() {
  unsigned words[12];
  for (unsigned leaf = 0; leaf < 3; ++leaf)
    if (!__get_cpuid(0x80000002 + leaf, &words[4 * leaf], &words[4 * leaf + 1],
                     &words[4 * leaf + 2], &words[4 * leaf + 3]))
      return "unknown";
  char text[sizeof(words) + 1] = {};
  std::memcpy(text, words, sizeof(words));
  std::string name = text;
  name.erase(name.find_last_not_of(' ') + 1);
  return name;
}
