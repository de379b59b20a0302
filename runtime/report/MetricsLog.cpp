// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/report/MetricsLog.h"
#include "runtime/base/Json.h"

using namespace gan::runtime;

std::string gan::runtime::jsonLine(const StepReport &report) {
  Json line = {{"step", report.step},
               {"phase", report.phase},
               {"images_per_second", report.imagesPerSecond}};
  for (const auto &[name, value] : report.metrics)
    line[name] = value;
  return printJson(line);
}

Result<MetricsLog> MetricsLog::open(const std::string &path) {
  Result<LineFile> file = LineFile::open(path);
  if (!file.ok())
    return file.status();
  return MetricsLog(file.take());
}

Status MetricsLog::append(const StepReport &report) {
  return file.append(jsonLine(report));
}
