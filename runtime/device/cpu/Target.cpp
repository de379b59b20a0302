// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/cpu/Target.h"

#include <algorithm>
#include <cpuid.h>
#include <cstring>
#include <sys/syscall.h>
#include <unistd.h>

using namespace gan;
using namespace gan::runtime;

// The most demanding first: levels of the x86-64 psABI, and what multiplies
// tiles of bf16 beyond.
static constexpr std::string_view levels[] = {"x86-64-v4-amx", "x86-64-v4",
                                              "x86-64-v3"};

// What leaf 7 of cpuid says of AMX-BF16 and AMX-TILE in edx, and its first
// subleaf of AVX512_BF16 in eax.
static constexpr unsigned amxBits = 1u << 22 | 1u << 24, bf16Bit = 1u << 5;
// Linux gives tiles to processes that ask for them (Documentation/arch/x86/
// xstate.rst; the number is that of asm/prctl.h).
static constexpr unsigned long askForState = 0x1023, tileData = 18;

static bool hasAmx() {
  unsigned eax, ebx, ecx, edx;
  if (!__get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx) ||
      (edx & amxBits) != amxBits)
    return false;
  return __get_cpuid_count(7, 1, &eax, &ebx, &ecx, &edx) && (eax & bf16Bit) &&
         syscall(SYS_arch_prctl, askForState, tileData) == 0;
}

// The compiler's builtin asks the system, too, whether it keeps the registers.
bool gan::runtime::canRun(std::string_view level) {
  __builtin_cpu_init();
  if (level == "x86-64-v4-amx")
    return canRun("x86-64-v4") && hasAmx();
  if (level == "x86-64-v4")
    return __builtin_cpu_supports("x86-64-v4");
  return level == "x86-64-v3" && __builtin_cpu_supports("x86-64-v3");
}

bool gan::runtime::addsInItsOwnOrder(std::string_view level) {
  return level == "x86-64-v4-amx";
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
                      "'; there are x86-64-v3, x86-64-v4 and x86-64-v4-amx",
                  "cpu");
  if (!wanted.empty())
    return canRun(wanted)
               ? findImage(executable, wanted)
               : Status(Code::Unsupported,
                        "this processor (" + processorName() +
                            ") does not run '" + std::string(wanted) + "'",
                        "cpu");
  for (std::string_view level : levels)
    if (Result<uint32_t> image = findImage(executable, level);
        image.ok() && canRun(level))
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
