// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/report/MetricsLog.h"
#include "runtime/base/Json.h"

using namespace gan::runtime;

// Of a log that is read back: a line has some hundred bytes.
static constexpr uint64_t kMostBytes = uint64_t{1} << 32;

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

// Whether the line is one of ours, of a step that stays.
static bool isKept(std::string_view line, uint64_t lastStep,
                   const std::string &path) {
  Result<Json> json = parseJson(line, path);
  if (!json.ok())
    return false;
  Result<uint64_t> step = sizeMember(*json, "step", path);
  return step.ok() && *step <= lastStep;
}

Status MetricsLog::cut(const std::string &path, uint64_t lastStep) {
  if (!exists(path))
    return Status();
  Result<FileBytes> bytes = readFile(path, kMostBytes);
  if (!bytes.ok())
    return bytes.status();
  std::string_view text = textOf(*bytes);
  size_t kept = 0;
  for (size_t end; (end = text.find('\n', kept)) != text.npos; kept = end + 1)
    if (!isKept(text.substr(kept, end - kept), lastStep, path))
      break;
  return kept == text.size() ? Status()
                             : writeFile(path, bytesOf(text.substr(0, kept)));
}
