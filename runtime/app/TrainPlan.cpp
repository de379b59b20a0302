// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What a run would take, before it is begun.
#include "runtime/app/Outputs.h"
#include "runtime/app/Training.h"
#include "runtime/base/File.h"
#include "runtime/report/Samples.h"

#include <algorithm>
#include <cstdarg>
#include <cstdio>

using namespace gan;
using namespace gan::runtime;

using SteadyClock = std::chrono::steady_clock;

// Passes are measured for so long, or so many, after one that is not.
static constexpr double kMeasuredSeconds = 2;
static constexpr uint64_t kMostMeasured = 200;
// Of a line of metrics.jsonl and its record for TensorBoard: so many bytes, and
// so many for each metric.
static constexpr uint64_t kLineBytes = 160, kMetricBytes = 80;
// Of a line of metrics.jsonl that tells of an evaluation and its protocol.
static constexpr uint64_t kRatingBytes = 1024;
// Of a number in a .csv of samples.
static constexpr uint64_t kCsvBytes = 13;

[[gnu::format(printf, 1, 2)]] static std::string print(const char *format,
                                                       ...) {
  char text[512];
  va_list arguments;
  va_start(arguments, format);
  std::vsnprintf(text, sizeof(text), format, arguments);
  va_end(arguments);
  return std::string(text) + "\n";
}

static std::string textOfBytes(uint64_t bytes) {
  static constexpr const char *units[] = {"B", "KiB", "MiB", "GiB", "TiB"};
  auto value = static_cast<double>(bytes);
  unsigned unit = 0;
  for (; value >= 1024 && unit < 4; ++unit)
    value /= 1024;
  char text[32];
  std::snprintf(text, sizeof(text), unit ? "%.1f %s" : "%.0f %s", value,
                units[unit]);
  return text;
}

static uint64_t storageBytes(const format::Executable &tables) {
  uint64_t bytes = 0;
  for (const format::Storage *storage : *tables.storage())
    bytes += elementCount(*storage->shape()) * elementBytes(storage->element());
  return bytes;
}

static uint64_t codeBytes(const Executable &executable) {
  uint64_t bytes = 0;
  for (const format::Image *image : *executable.tables().images())
    bytes =
        std::max<uint64_t>(bytes, executable.segment(image->segment()).size());
  return bytes;
}

// Of the batches of one run of an entry, the largest.
static uint64_t batchBytes(const format::Executable &tables) {
  uint64_t most = 0;
  for (const format::Entry *entry : *tables.entries()) {
    uint64_t bytes = 0;
    for (const format::Binding *input : *entry->inputs())
      if (input->kind() == format::BindingKind::Data)
        bytes += elementCount(*input->shape()) * elementBytes(input->element());
    most = std::max(most, bytes);
  }
  return most;
}

static std::string memoryText(const Executable &executable,
                              const Device &device) {
  const format::Executable &tables = executable.tables();
  uint64_t storage = storageBytes(tables), batches = 2 * batchBytes(tables);
  std::string text =
      print("device   %s", device.info().description.c_str()) +
      print("memory   arena %s, of which parameters, states and optimizers %s",
            textOfBytes(tables.arena_bytes()).c_str(),
            textOfBytes(storage).c_str());
  return text +
         print("         host: a copy of the storage when it was last finite "
               "%s, batches read ahead %s, code %s",
               textOfBytes(storage).c_str(), textOfBytes(batches).c_str(),
               textOfBytes(codeBytes(executable)).c_str());
}

// FLOPs of one run of each entry.
static std::vector<double> flopsOfEntries(const format::Executable &tables) {
  std::vector<double> flops;
  for (const format::Entry *entry : *tables.entries()) {
    double sum = 0;
    for (const format::Node *node : *entry->nodes())
      if (node->kind() == format::NodeKind::Launch)
        sum += tables.kernels()->Get(node->kernel())->flops();
    flops.push_back(sum);
  }
  return flops;
}

static double flopsOf(const std::vector<uint64_t> &runs,
                      const std::vector<double> &flops) {
  double sum = 0;
  for (size_t i = 0; i < runs.size(); ++i)
    sum += static_cast<double>(runs[i]) * flops[i];
  return sum;
}

// Of one drawing of every output.
static uint64_t drawingBytes(const Executable &executable) {
  uint64_t bytes = 0;
  for (uint32_t entry : outputEntries(executable)) {
    const format::Binding &output =
        outputOf(*executable.tables().entries()->Get(entry));
    std::vector<uint64_t> sample = sampleShape(output);
    uint64_t batch = elementCount(*output.shape()) / numbersIn(sample);
    uint64_t count = numbersIn(sample) * std::min<uint64_t>(batch, 64);
    bytes += isImage(sample) ? count : count * kCsvBytes;
  }
  return bytes;
}

// Of what the run would write from here on; `steps` passes still to come.
std::string Training::diskText() const {
  const format::Executable &tables = executable.tables();
  uint64_t saves = 0, drawings = 0, lines = 0, ratings = 0;
  for (uint64_t pass = passesDone + 1; pass <= passes; ++pass) {
    bool isRated = evaluation->isDue(pass, passes);
    ratings += isRated;
    saves += isRated || isSaved(options, pass, passes);
    drawings += isSampled(options, pass, passes);
    lines += isLogged(options, pass, passes) || isMeasured(pass, passes);
  }
  uint64_t metrics = 0;
  for (const format::Entry *entry : *tables.entries())
    for (const format::Binding *output : *entry->outputs())
      metrics += output->kind() == format::BindingKind::Metric;
  // Beside the latest the best, which may be none of them.
  uint64_t keep =
      std::min(std::min(options.keep, saves) + (ratings > 0), saves);
  uint64_t kept = (keep + 1) * storageBytes(tables);
  uint64_t drawn = drawings * drawingBytes(executable);
  uint64_t logged =
      lines * (kLineBytes + kMetricBytes * metrics) + ratings * kRatingBytes;
  std::string text = print(
      "disk     at most %s: %llu checkpoints of %s, of which %llu are kept and "
      "one more while it is written; %llu drawings of samples %s; %llu lines "
      "of metrics %s",
      textOfBytes(kept + drawn + logged).c_str(),
      static_cast<unsigned long long>(saves),
      textOfBytes(storageBytes(tables)).c_str(),
      static_cast<unsigned long long>(keep),
      static_cast<unsigned long long>(drawings), textOfBytes(drawn).c_str(),
      static_cast<unsigned long long>(lines + ratings),
      textOfBytes(logged).c_str());
  std::string where = options.runDir.empty() ? "." : options.runDir;
  while (!exists(where) && where != "." && where != "/")
    where = folderOf(where);
  Result<uint64_t> free = freeBytes(where);
  return free.ok()
             ? text + print("         free: %s", textOfBytes(*free).c_str())
             : text;
}

std::string Training::stepsText() const {
  const format::Executable &tables = executable.tables();
  std::vector<double> flops = flopsOfEntries(tables);
  std::vector<uint64_t> runs = game->runsOf(passesDone, passes);
  std::string text =
      passesDone
          ? print("steps    %llu, of which %llu are done",
                  static_cast<unsigned long long>(passes),
                  static_cast<unsigned long long>(passesDone))
          : print("steps    %llu", static_cast<unsigned long long>(passes));
  for (uint32_t i = 0; i < runs.size(); ++i)
    if (runs[i])
      text += print("         %llu runs of %s, %.4g MFLOP each",
                    static_cast<unsigned long long>(runs[i]),
                    tables.entries()->Get(i)->name()->c_str(), 1e-6 * flops[i]);
  return text;
}

Result<std::string> Training::timeText() {
  uint64_t begin = passesDone, left = passes - passesDone, played = 0;
  if (left == 0)
    return print("time     none, the run is over");
  SteadyClock::time_point start = SteadyClock::now();
  auto sinceStart = [&] {
    return std::chrono::duration<double>(SteadyClock::now() - start).count();
  };
  double seconds = 0;
  Status status = game->play([&](const PassReport &report) {
    played = report.pass - begin;
    Status waited = device->wait();
    seconds = sinceStart();
    // In the first one memory is touched, and code loaded: it counts only where
    // there is no other.
    if (played == 1)
      start = SteadyClock::now();
    else if (seconds > kMeasuredSeconds || played > kMostMeasured)
      game->pause();
    return waited;
  });
  if (!status.ok())
    return status;
  if (played == 0)
    return print("time     none, the run is over");
  uint64_t measured = std::max<uint64_t>(played - 1, 1);
  std::vector<double> flops = flopsOfEntries(executable.tables());
  double ofMeasured =
      flopsOf(game->runsOf(begin + played - measured, begin + played), flops);
  double ofAll = flopsOf(game->runsOf(begin, passes), flops);
  double factor = ofMeasured > 0 ? ofAll / ofMeasured
                                 : static_cast<double>(left) /
                                       static_cast<double>(measured);
  return print("time     about %s for the steps, as %llu of them took %.3g s "
               "now and all have %.4g times their FLOPs; samples and "
               "checkpoints come on top",
               textOfTime(seconds * factor).c_str(),
               static_cast<unsigned long long>(measured), seconds, factor);
}

Result<std::string> Training::plan() {
  std::string text = memoryText(executable, *device) + stepsText();
  std::string disk = diskText();
  Result<std::string> time = timeText();
  if (!time.ok())
    return time.status();
  return text + *time + disk;
}
