// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/report/MetricsLog.h"
#include "runtime/base/Json.h"
#include "runtime/report/TextWriter.h"

#include <algorithm>
#include <cmath>

using namespace gan::runtime;

// Of a log that is read back.
static constexpr uint64_t kPieceBytes = uint64_t{1} << 16;

std::string gan::runtime::jsonLine(const StepReport &report) {
  Json line = {{"step", report.step},
               {"phase", report.phase},
               {"images_per_second", report.imagesPerSecond}};
  for (const auto &[name, value] : report.metrics)
    line[name] = value;
  return printJson(line);
}

std::string gan::runtime::jsonLine(const RunEvent &event) {
  Json json = {{"step", event.step},
               {"event", event.kind},
               {"action", event.action},
               {"first", event.first},
               {"text", event.text}};
  if (event.rollbacks)
    json["rollbacks"] = event.rollbacks;
  return printJson(json);
}

// Whether the file holds something, and no line break at its end.
static Result<bool> isCutOff(const std::string &path) {
  Result<InputFile> file = InputFile::open(path);
  if (!file.ok())
    return file.status();
  std::byte last = std::byte{'\n'};
  Status status =
      file->size() ? file->readAt(file->size() - 1, {&last, 1}) : Status();
  return status.ok() ? Result(last != std::byte{'\n'}) : status;
}

Result<MetricsLog> MetricsLog::open(const std::string &path) {
  Result<LineFile> file = LineFile::open(path);
  if (!file.ok())
    return file.status();
  Result<bool> endsInHalfALine = isCutOff(path);
  if (!endsInHalfALine.ok())
    return endsInHalfALine.status();
  return MetricsLog(file.take(), path, *endsInHalfALine);
}

Status MetricsLog::append(std::string_view line) {
  std::string text = endsInHalfALine ? "\n" : "";
  Status status = file.append(text.append(line));
  if (status.ok()) {
    endsInHalfALine = false;
  } else {
    Result<bool> found = isCutOff(path);
    endsInHalfALine = !found.ok() || *found;
  }
  return status;
}

// A text of a line, or nothing where it has none of that name.
static std::string wordOf(const Json &line, std::string_view key) {
  Result<std::string> text = textMember(line, key, "");
  return text.ok() ? text.take() : "";
}

// Of an event that is a rollback its number, else 0.
static uint64_t rollbacksOf(const Json &line) {
  Result<uint64_t> number = sizeMember(line, "rollbacks", "");
  return number.ok() ? *number : 0;
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

// Calls `use` with each line of a text that is whole and tells a step: with its
// end, what stands in it, and the step. Leaves what is behind the last end.
template <typename Use>
static void takeLines(std::string &text, const std::string &path, Use use) {
  std::string_view rest = text;
  for (size_t end; (end = rest.find('\n')) != rest.npos;
       rest.remove_prefix(end + 1)) {
    std::string_view line = rest.substr(0, end + 1);
    Result<Json> json = parseJson(line, path);
    Result<uint64_t> step =
        json.ok() ? sizeMember(*json, "step", path) : json.status();
    if (step.ok())
      use(line, *json, *step);
  }
  text.erase(0, text.size() - rest.size());
}

// The same for a file, which memory never holds whole; nothing where there is
// none.
template <typename Use>
static Status forEachLine(const std::string &path, Use use) {
  if (!exists(path))
    return Status();
  Result<InputFile> file = InputFile::open(path);
  if (!file.ok())
    return file.status();
  std::string text;
  for (uint64_t at = 0; at < file->size(); at += kPieceBytes) {
    FileBytes piece(std::min(kPieceBytes, file->size() - at));
    if (Status status = file->readAt(at, piece); !status.ok())
      return status;
    text += textOf(piece);
    takeLines(text, path, use);
  }
  return Status();
}

Status MetricsLog::read(const std::string &path,
                        const std::function<void(const StepReport &)> &onStep,
                        const std::function<void(const RunEvent &)> &onEvent) {
  return forEachLine(path,
                     [&](std::string_view, const Json &json, uint64_t step) {
                       std::string kind = wordOf(json, "event");
                       if (kind.empty())
                         return onStep(stepOf(json, step));
                       Result<uint64_t> first = sizeMember(json, "first", path);
                       onEvent({.step = step,
                                .kind = kind,
                                .action = wordOf(json, "action"),
                                .first = first.ok() ? *first : step,
                                .text = wordOf(json, "text"),
                                .rollbacks = rollbacksOf(json)});
                     });
}

Result<StepReport> MetricsLog::parse(std::string_view line,
                                     const std::string &where) {
  Result<Json> json = parseJson(line, where);
  if (!json.ok())
    return json.status();
  Result<uint64_t> step = sizeMember(*json, "step", where);
  return step.ok() ? Result(stepOf(*json, *step)) : step.status();
}

Status MetricsLog::cut(const std::string &path, uint64_t lastStep,
                       uint64_t rollbacks) {
  auto stays = [&](const Json &line, uint64_t step) {
    return step <= lastStep && rollbacksOf(line) <= rollbacks;
  };
  uint64_t keptBytes = 0;
  Status status = forEachLine(
      path, [&](std::string_view line, const Json &json, uint64_t step) {
        keptBytes += stays(json, step) ? line.size() : 0;
      });
  if (!status.ok() || !exists(path))
    return status;
  Result<FileStamp> stamp = stampOf(path);
  if (!stamp.ok() || stamp->bytes == keptBytes)
    return stamp.status();
  Result<TextWriter> kept = TextWriter::create(path);
  if (!kept.ok())
    return kept.status();
  // Not up to the first line that goes: `evaluate` may have told of a
  // checkpoint behind lines of later steps, which were lost.
  status = forEachLine(
      path, [&](std::string_view line, const Json &json, uint64_t step) {
        if (stays(json, step))
          kept->append(line);
      });
  return status.ok() ? kept->commit(Durability::Synced) : status;
}
