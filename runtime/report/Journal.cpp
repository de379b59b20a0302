// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/report/Journal.h"
#include "runtime/base/Log.h"
#include "runtime/report/MetricsTable.h"

#include <algorithm>
#include <ctime>
#include <map>
#include <set>
#include <tuple>

using namespace gan::runtime;

// A page is written so often, or so seldom that it costs less than a
// hundredth of the time.
static constexpr std::chrono::seconds kPageInterval{10};
static constexpr int kPageShare = 100;
static constexpr unsigned kReloadSeconds = 15;
// Of samples on the page, of every output: the first, the last, and some
// between.
static constexpr size_t kMostPictures = 8;
static constexpr uint64_t kMostPictureBytes = 2 << 20;

Journal::Journal(const RunFolder &folder, JournalFacts facts,
                 uint64_t stepsDone)
    : metricsPath(folder.metricsPath()), tablePath(folder.tablePath()),
      pagePath(folder.pagePath()), samplesPath(folder.samplesPath()),
      eventsPath(folder.eventsPath()), facts(std::move(facts)),
      step(stepsDone) {}

Result<Journal> Journal::open(const RunFolder &folder, JournalFacts facts,
                              uint64_t stepsDone) {
  Journal journal(folder, std::move(facts), stepsDone);
  Status status = journal.readLog();
  if (status.ok())
    status = journal.openLog();
  if (!status.ok())
    return status;
  journal.findPictures();
  Result<EventFile> opened = EventFile::create(journal.eventsPath, stepsDone);
  if (opened.ok())
    journal.eventFile.emplace(opened.take());
  journal.pardon(opened.status());
  return journal;
}

void Journal::pardon(const Status &status) {
  if (!status.ok() && !hasWarned)
    logWarning(status.text() + "; the run goes on without");
  hasWarned |= !status.ok();
}

// What follows half a record cannot be read: the file ends there.
void Journal::pardonEvents(const Status &status) {
  pardon(status);
  if (!status.ok())
    eventFile.reset();
}

void Journal::Evaluations::add(const StepReport &report) {
  if (protocols.empty() || protocols.back().text != report.protocol)
    protocols.push_back({found.size(), report.protocol});
  found.push_back(
      {.step = report.step, .phase = "", .metrics = report.metrics});
}

Json Journal::Evaluations::rows() const {
  Json rows = Json::array();
  for (size_t i = 0, protocol = 0; i < found.size(); ++i) {
    if (protocol + 1 < protocols.size() && protocols[protocol + 1].first == i)
      ++protocol;
    rows.push_back({{"step", found[i].step},
                    {"protocol", protocol},
                    {"metrics", Json::object()}});
    for (const auto &[name, value] : found[i].metrics)
      rows.back()["metrics"][name] = value;
  }
  return rows;
}

Json Journal::Evaluations::allProtocols() const {
  Json all = Json::array();
  for (const Protocol &protocol : protocols) {
    Result<Json> json = parseJson(protocol.text, "a protocol");
    all.push_back(json.ok() ? json.take() : Json::object());
  }
  return all;
}

// Where it cannot be read, what is known of it stays.
Status Journal::readLog() {
  Curves allCurves;
  std::vector<RunEvent> allEvents;
  Evaluations allEvaluations;
  Status status = MetricsLog::read(
      metricsPath,
      [&](const StepReport &report) {
        allCurves.add(report);
        if (!report.protocol.empty())
          allEvaluations.add(report);
      },
      [&](const RunEvent &event) { allEvents.push_back(event); });
  if (!status.ok())
    return status;
  curves = std::move(allCurves);
  events = std::move(allEvents);
  evaluations = std::move(allEvaluations);
  return status;
}

// After the file was replaced, too. Where it cannot be opened, the log that is
// open stays: there is always one to write to.
Status Journal::openLog() {
  Result<MetricsLog> opened = MetricsLog::open(metricsPath);
  if (opened.ok())
    log.emplace(opened.take());
  return opened.status();
}

// The pictures that an earlier process left: "step-000500.png",
// "faces-step-000500.png" (RunFolder::samplesBase).
void Journal::findPictures() {
  pictures.clear();
  Result<std::vector<std::string>> names = listFolder(samplesPath);
  for (size_t i = 0; names.ok() && i < names->size(); ++i) {
    const std::string &name = (*names)[i];
    std::optional<uint64_t> number = stepOfSamples(name);
    if (!number || !name.ends_with(".png"))
      continue;
    size_t at = name.rfind("step-"); // behind the output and a hyphen, if any
    if (*number <= step)
      pictures.push_back(
          {*number, name.substr(0, at ? at - 1 : 0), samplesPath + "/" + name});
  }
  // Names sort as steps do only up to a million of them.
  std::sort(pictures.begin(), pictures.end(),
            [](const Picture &a, const Picture &b) {
              return std::tie(a.step, a.path) < std::tie(b.step, b.path);
            });
}

Status Journal::append(const StepReport &report) {
  step = report.step;
  curves.add(report);
  Status status = log->append(report);
  if (status.ok() && eventFile) {
    Metrics metrics = report.metrics;
    metrics.emplace_back("images_per_second", report.imagesPerSecond);
    pardonEvents(eventFile->addMetrics(report.step, metrics));
  }
  if (status.ok())
    writePageWhenDue();
  return status;
}

Status Journal::appendEvaluation(const std::string &line) {
  if (Status status = log->append(line); !status.ok())
    return status;
  Result<StepReport> report = MetricsLog::parse(line, metricsPath);
  if (!report.ok())
    return report.status();
  curves.add(*report);
  evaluations.add(*report);
  if (eventFile)
    pardonEvents(eventFile->addMetrics(report->step, report->metrics));
  return Status();
}

Status Journal::append(const RunEvent &event) {
  events.push_back(event);
  nextPage = {};
  return log->append(event);
}

// The colour type of a PNG: grey or coloured, each also with alpha.
static int channelsOf(std::byte colourType) {
  int type = std::to_integer<int>(colourType);
  return (type & 2 ? 3 : 1) + (type & 4 ? 1 : 0);
}

// Width, height and kind of colour stand at fixed places of a PNG.
static std::optional<EventImage> eventOf(const std::string &name,
                                         std::span<const std::byte> png) {
  if (png.size() < 26)
    return std::nullopt;
  auto wordAt = [&](size_t at) {
    uint64_t word = 0;
    for (size_t i = 0; i < 4; ++i)
      word = word << 8 | static_cast<uint8_t>(png[at + i]);
    return word;
  };
  return EventImage{.name = name,
                    .height = wordAt(20),
                    .width = wordAt(16),
                    .channels = channelsOf(png[25]),
                    .png = png};
}

void Journal::addPicture(uint64_t ofStep, const std::string &output,
                         const std::string &path) {
  std::erase_if(pictures,
                [&](const Picture &each) { return each.path == path; });
  pictures.push_back({ofStep, output, path});
  Result<FileBytes> png = readFile(path, kMostPictureBytes);
  if (!png.ok() || !eventFile)
    return;
  if (std::optional<EventImage> image =
          eventOf(output.empty() ? "samples" : output, *png))
    pardonEvents(eventFile->addImage(ofStep, *image));
}

Status Journal::goBack(uint64_t toStep) {
  step = toStep;
  Status status = MetricsLog::cut(metricsPath, toStep);
  if (status.ok())
    status = openLog();
  if (status.ok())
    status = readLog();
  if (status.ok())
    status = removeSamples(samplesPath, toStep);
  findPictures();
  if (eventFile)
    pardonEvents(eventFile->goBack(toStep));
  return status;
}

void Journal::writeTable() {
  pardon(writeMetricsTable(metricsPath, tablePath));
}

// Of each output at most so many, evenly spread; one at a time in memory.
void Journal::printPictures(const JsonSink &out) const {
  std::map<std::string, std::vector<const Picture *>> byOutput;
  for (const Picture &picture : pictures)
    byOutput[picture.output].push_back(&picture);
  std::string_view start = "[";
  for (const auto &[output, list] : byOutput) {
    std::set<size_t> chosen;
    size_t most = std::min(kMostPictures, list.size());
    for (size_t i = 0; i < most; ++i)
      chosen.insert(most == 1 ? 0 : i * (list.size() - 1) / (most - 1));
    for (size_t i : chosen) {
      Result<FileBytes> png = readFile(list[i]->path, kMostPictureBytes);
      if (!png.ok())
        continue;
      out(start);
      out(printJson({{"step", list[i]->step},
                     {"output", output},
                     {"png", base64(*png)}}));
      start = ",";
    }
  }
  out(start == "[" ? "[]" : "]");
}

static Json toldOf(const std::vector<RunEvent> &events) {
  Json told = Json::array();
  for (const RunEvent &event : events)
    told.push_back({{"step", event.step},
                    {"first", event.first},
                    {"event", event.kind},
                    {"action", event.action},
                    {"text", event.text}});
  return told;
}

void Journal::printPage(const JsonSink &out, const std::string &state,
                        bool isRunning) const {
  auto member = [&](const char *name, const Json &value) {
    out(std::string(",\"") + name + "\":" + printJson(value));
  };
  out("{\"title\":" + printJson(facts.title));
  member("about", facts.about);
  member("state", state);
  member("running", isRunning);
  member("written", std::time(nullptr));
  member("step", step);
  member("steps", facts.steps);
  out(",\"curves\":");
  curves.print(out);
  member("events", toldOf(events));
  out(",\"samples\":");
  printPictures(out);
  member("pictures", pictures.size());
  member("protocols", evaluations.allProtocols());
  member("evaluations", evaluations.rows());
  member("memory", facts.memory);
  member("kernels", kernels);
  member("options", facts.options);
  member("source", facts.source);
  member("marks", facts.marks);
  out("}");
}

Status Journal::writePage(const std::string &state, bool isRunning) {
  return writePageFile(
      pagePath, facts.title, isRunning ? kReloadSeconds : 0,
      [&](const JsonSink &out) { printPage(out, state, isRunning); });
}

void Journal::writePageWhenDue() {
  using Clock = std::chrono::steady_clock;
  Clock::time_point begin = Clock::now();
  if (begin < nextPage)
    return;
  pardon(writePage("training", /*isRunning=*/true));
  Clock::time_point end = Clock::now();
  nextPage = end + std::max<Clock::duration>(kPageInterval,
                                             kPageShare * (end - begin));
}

void Journal::close(const std::string &state) {
  writeTable();
  pardon(writePage(state, /*isRunning=*/false));
}
