// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/sim/Findings.h"

#include <array>

using namespace gan::sim;

std::string_view gan::sim::nameOf(Fault fault) {
  constexpr std::array<std::string_view, kFaults> names = {
      "out-of-bounds", "misaligned",        "read-only-write",
      "uninitialised", "shared-race",       "global-race",
      "missing-wait",  "divergent-barrier", "barrier-mismatch",
      "deadlock",      "warp-sync",         "float-atomic",
      "trap",          "timeout",           "leak",
      "missing-fence", "bad-operand"};
  return names[size_t(fault)];
}

static std::string shown(const Dim3 &at) {
  return "(" + std::to_string(at.x) + ", " + std::to_string(at.y) + ", " +
         std::to_string(at.z) + ")";
}

std::string Finding::text(std::string_view between) const {
  std::string place = file + ":" + std::to_string(line);
  if (!source.empty())
    place += " (" + source + ")";
  return place + ": " + std::string(nameOf(fault)) + ": " + what +
         std::string(between) + "kernel " + kernel + ", block " + shown(block) +
         ", warp " + std::to_string(warp) + ", lane " + std::to_string(lane) +
         (times > 1 ? ", " + std::to_string(times) + " times" : "") +
         (advice.empty() ? "" : "; " + advice);
}

Finding *Findings::again(Fault fault, uint32_t pc) {
  auto found = places.find({pc, fault});
  if (found == places.end())
    return nullptr;
  ++list[found->second].times;
  return &list[found->second];
}

void Findings::add(Finding finding, uint32_t pc) {
  places[{pc, finding.fault}] = list.size();
  list.push_back(std::move(finding));
  positions.push_back(pc);
}

void Findings::merge(const Findings &other) {
  for (size_t i = 0; i < other.list.size(); ++i) {
    const Finding &one = other.list[i];
    if (Finding *known = again(one.fault, other.positions[i]))
      known->times += one.times - 1;
    else
      add(one, other.positions[i]);
  }
}

std::vector<Finding> Findings::take() const { return list; }

Finding gan::sim::findingAt(const Program &program, Fault fault, uint32_t pc) {
  Finding finding;
  finding.fault = fault;
  finding.kernel = program.name;
  finding.file = program.file;
  const Origin &origin = program.origins[pc];
  finding.line = origin.line;
  if (origin.source.file < program.sourceFiles.size() && origin.source.line)
    finding.source = program.sourceFiles[origin.source.file] + ":" +
                     std::to_string(origin.source.line);
  return finding;
}
