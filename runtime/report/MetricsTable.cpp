// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/report/MetricsTable.h"
#include "runtime/report/MetricsLog.h"
#include "runtime/report/TextWriter.h"

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

// One line: a cell for each of the names.
static std::string rowOf(const StepReport &report,
                         const std::vector<std::string> &names) {
  std::vector<std::string> cells(names.size());
  for (const auto &[name, value] : report.metrics)
    cells[std::find(names.begin(), names.end(), name) - names.begin()] =
        cellText(value);
  std::string row =
      std::to_string(report.step) + "," + quoted(report.phase) + "," +
      (std::isnan(report.imagesPerSecond) ? ""
                                          : cellText(report.imagesPerSecond));
  for (const std::string &cell : cells)
    row += "," + cell;
  return row + "\n";
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
  if (!status.ok())
    return status;
  Result<TextWriter> table = TextWriter::create(to);
  if (!table.ok())
    return table.status();
  std::string head = "step,phase,images_per_second";
  for (const std::string &name : names)
    head += "," + quoted(name);
  table->append(head + "\n");
  status = MetricsLog::read(
      from,
      [&](const StepReport &report) { table->append(rowOf(report, names)); },
      [](const RunEvent &) {});
  return status.ok() ? table->commit(Durability::Unsynced) : status;
}
