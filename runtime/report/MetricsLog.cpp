// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/report/MetricsLog.h"
#include "runtime/base/Json.h"

#include <cmath>

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

std::string gan::runtime::jsonLine(const RunEvent &event) {
  return printJson({{"step", event.step},
                    {"event", event.kind},
                    {"action", event.action},
                    {"first", event.first},
                    {"text", event.text}});
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

Status MetricsLog::append(const RunEvent &event) {
  return file.append(jsonLine(event));
}

// A text of a line, or nothing where it has none of that name.
static std::string wordOf(const Json &line, std::string_view key) {
  Result<std::string> text = textMember(line, key, "");
  return text.ok() ? text.take() : "";
}

static StepReport stepOf(const Json &line, uint64_t step) {
  StepReport report{.step = step,
                    .phase = wordOf(line, "phase"),
                    .imagesPerSecond = std::nan(""),
                    .metrics = {}};
  if (const Json *protocol = findMember(line, "protocol"))
    report.protocol = printJson(*protocol);
  for (const auto &item : line.items()) {
    const std::string &name = item.key();
    bool isNumber = item.value().is_number();
    if (name == "images_per_second" && isNumber)
      report.imagesPerSecond = item.value().get<double>();
    else if (name != "step" && (isNumber || item.value().is_null()))
      report.metrics.emplace_back(name, isNumber ? item.value().get<double>()
                                                 : std::nan(""));
  }
  return report;
}

// Calls `use` with each line and what stands in it, until it returns false.
template <typename Use>
static Status forEachLine(const std::string &path, Use use) {
  Result<FileBytes> bytes = readFile(path, kMostBytes);
  if (!bytes.ok())
    return bytes.status();
  std::string_view text = textOf(*bytes);
  for (size_t begin = 0, end; (end = text.find('\n', begin)) != text.npos;
       begin = end + 1)
    if (!use(text.substr(begin, end - begin)))
      break;
  return Status();
}

Status MetricsLog::read(const std::string &path,
                        const std::function<void(const StepReport &)> &onStep,
                        const std::function<void(const RunEvent &)> &onEvent) {
  if (!exists(path))
    return Status();
  return forEachLine(path, [&](std::string_view line) {
    Result<Json> json = parseJson(line, path);
    if (!json.ok())
      return true;
    Result<uint64_t> step = sizeMember(*json, "step", path);
    if (!step.ok())
      return true;
    Result<uint64_t> first = sizeMember(*json, "first", path);
    if (std::string kind = wordOf(*json, "event"); !kind.empty())
      onEvent({.step = *step,
               .kind = kind,
               .action = wordOf(*json, "action"),
               .first = first.ok() ? *first : *step,
               .text = wordOf(*json, "text")});
    else
      onStep(stepOf(*json, *step));
    return true;
  });
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
