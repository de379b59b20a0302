// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/sim/ReportJson.h"

using namespace gan::sim;
using gan::runtime::Json;

static Json jsonOf(const Finding &finding) {
  return {{"fault", nameOf(finding.fault)},
          {"kernel", finding.kernel},
          {"file", finding.file},
          {"line", finding.line},
          {"source", finding.source},
          {"block", {finding.block.x, finding.block.y, finding.block.z}},
          {"warp", finding.warp},
          {"lane", finding.lane},
          {"what", finding.what},
          {"advice", finding.advice},
          {"times", finding.times}};
}

static Json jsonOf(const Count &count) {
  return {{"issued", count.issued},
          {"lanes", count.lanes},
          {"diverged", count.diverged},
          {"sectors", count.sectors},
          {"ideal_sectors", count.idealSectors},
          {"wavefronts", count.wavefronts},
          {"ideal_wavefronts", count.idealWavefronts},
          {"serialised", count.serialised}};
}

static Json jsonOf(const Program &program, const Counters &counters) {
  Json classes = Json::object(), lines = Json::object();
  std::array<Count, kClasses> sums = counters.byClass(program);
  for (size_t i = 0; i < sums.size(); ++i)
    if (sums[i].issued)
      classes[std::string(nameOf(Class(i)))] = sums[i].issued;
  for (const auto &[line, count] : counters.byLine(program))
    lines[std::to_string(line)] = jsonOf(count);
  return {{"total", jsonOf(counters.total())},
          {"classes", classes},
          {"lines", lines}};
}

Json gan::sim::reportJson(const Program &program, const Report &report) {
  Json findings = Json::array();
  for (const Finding &finding : report.findings)
    findings.push_back(jsonOf(finding));
  return {{"findings", findings},
          {"counters", jsonOf(program, report.counters)}};
}
