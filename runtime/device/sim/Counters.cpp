// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/sim/Counters.h"

using namespace gan::sim;

Count &Count::operator+=(const Count &other) {
  issued += other.issued;
  lanes += other.lanes;
  diverged += other.diverged;
  sectors += other.sectors;
  idealSectors += other.idealSectors;
  wavefronts += other.wavefronts;
  idealWavefronts += other.idealWavefronts;
  serialised += other.serialised;
  return *this;
}

std::string_view gan::sim::nameOf(Class group) {
  constexpr std::array<std::string_view, kClasses> names = {
      "integer", "float",  "half",  "double", "convert", "move",
      "compare", "load",   "store", "atomic", "control", "warp-sync",
      "barrier", "matrix", "async", "other"};
  return names[size_t(group)];
}

Count Counters::total() const {
  Count sum;
  for (const Count &one : byInst)
    sum += one;
  return sum;
}

std::array<Count, kClasses> Counters::byClass(const Program &program) const {
  std::array<Count, kClasses> sums;
  for (size_t i = 0; i < byInst.size(); ++i)
    sums[size_t(program.code[i].group)] += byInst[i];
  return sums;
}

std::map<int, Count> Counters::byLine(const Program &program) const {
  std::map<int, Count> sums;
  for (size_t i = 0; i < byInst.size(); ++i)
    if (byInst[i].issued)
      sums[program.origins[i].line] += byInst[i];
  return sums;
}

void Counters::add(const Counters &other) {
  byInst.resize(std::max(byInst.size(), other.byInst.size()));
  for (size_t i = 0; i < other.byInst.size(); ++i)
    byInst[i] += other.byInst[i];
}

static std::string shown(uint64_t number) { return std::to_string(number); }

std::string gan::sim::counterText(const Program &program,
                                  const Counters &counters) {
  Count sum = counters.total();
  std::string text = "warp instructions " + shown(sum.issued) +
                     ", lane instructions " + shown(sum.lanes) +
                     ", divergent branches " + shown(sum.diverged) + "\n";
  std::array<Count, kClasses> classes = counters.byClass(program);
  for (size_t i = 0; i < classes.size(); ++i)
    if (classes[i].issued)
      text += "  " + std::string(nameOf(Class(i))) + " " +
              shown(classes[i].issued) + "\n";
  text += "global sectors " + shown(sum.sectors) + " (ideal " +
          shown(sum.idealSectors) + "), shared wavefronts " +
          shown(sum.wavefronts) + " (ideal " + shown(sum.idealWavefronts) +
          "), serialised atomics " + shown(sum.serialised) + "\n";
  return text;
}
