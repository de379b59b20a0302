// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/report/MetricsTable.h"
#include "runtime/report/MetricsLog.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <optional>

using namespace gan::runtime;

static std::string cellText(double value) {
  if (!std::isfinite(value))
    return "nan";
  char text[32];
  std::snprintf(text, sizeof(text), "%.9g", value);
  return text;
}

// Names hold dots and letters, but a user may have given others.
static std::string quoted(const std::string &name) {
  if (name.find_first_of(",\"\n") == name.npos)
    return name;
  std::string text = "\"";
  for (char c : name)
    text += c == '"' ? std::string("\"\"") : std::string(1, c);
  return text + "\"";
}

Status gan::runtime::writeMetricsTable(const std::string &from,
                                       const std::string &to) {
  std::vector<std::string> names;
  Status status = MetricsLog::read(
      from,
      [&](const StepReport &report) {
        for (const auto &[name, value] : report.metrics)
          if (std::find(names.begin(), names.end(), name) == names.end())
            names.push_back(name);
      },
      [](const RunEvent &) {});
  std::string text = "step,phase,images_per_second";
  for (const std::string &name : names)
    text += "," + quoted(name);
  text += "\n";
  if (status.ok())
    status = MetricsLog::read(
        from,
        [&](const StepReport &report) {
          std::vector<std::string> row(names.size());
          for (const auto &[name, value] : report.metrics)
            row[std::find(names.begin(), names.end(), name) - names.begin()] =
                cellText(value);
          text += std::to_string(report.step) + "," + quoted(report.phase) +
                  "," +
                  (std::isnan(report.imagesPerSecond)
                       ? ""
                       : cellText(report.imagesPerSecond));
          for (const std::string &cell : row)
            text += "," + cell;
          text += "\n";
        },
        [](const RunEvent &) {});
  return status.ok() ? writeFile(to, bytesOf(text), Durability::Unsynced)
                     : status;
}
