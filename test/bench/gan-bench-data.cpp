// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// How fast the loader alone gives the batches that a trainer asks for.
#include "runtime/data/Feed.h"
#include "runtime/data/Sources.h"
#include "runtime/device/Inputs.h"
#include "runtime/executable/Executable.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>

using namespace gan;
using namespace gan::runtime;

// The first entry of a move that reads data.
static const format::Entry *readingEntry(const Executable &executable) {
  for (const format::Entry *entry : *executable.tables().entries())
    for (const format::Binding *input : *entry->inputs())
      if (entry->kind() == format::EntryKind::Step &&
          input->kind() == format::BindingKind::Data)
        return entry;
  return nullptr;
}

static std::vector<FileBytes> roomFor(const format::Entry &entry) {
  std::vector<FileBytes> room;
  for (const format::Binding *input : *entry.inputs())
    if (input->kind() == format::BindingKind::Data)
      room.emplace_back(bindingBytes(*input));
  return room;
}

static uint64_t samplesOf(const format::Entry &entry) {
  for (const format::Binding *input : *entry.inputs())
    if (input->kind() == format::BindingKind::Data)
      return input->shape()->Get(0);
  return 0;
}

// Takes batches for so many seconds, after one epoch that nobody times if
// `isWarm`: images per second.
static Result<double> measure(const Executable &executable,
                              const DataOptions &options, double seconds,
                              bool isWarm) {
  const format::Entry *entry = readingEntry(executable);
  if (!entry)
    return Status(Code::Usage, "no move reads data", executable.path());
  Result<std::vector<Dataset>> data =
      bindData(*executable.tables().data(), options);
  if (!data.ok())
    return data.status();
  Feed feed(data.take(), /*seed=*/1);
  std::vector<FileBytes> room = roomFor(*entry);
  Batches batches(room.begin(), room.end());
  uint64_t samples = samplesOf(*entry);
  uint64_t untimed = isWarm ? (feed.epochRecords() + samples - 1) / samples : 1,
           move = 0;
  for (; move < untimed; ++move)
    if (Status status = feed.next(*entry, move, batches); !status.ok())
      return status;
  using Clock = std::chrono::steady_clock;
  Clock::time_point begin = Clock::now();
  std::chrono::duration<double> passed{};
  do {
    if (Status status = feed.next(*entry, move++, batches); !status.ok())
      return status;
    passed = Clock::now() - begin;
  } while (passed.count() < seconds);
  return static_cast<double>((move - untimed) * samples) / passed.count();
}

int main(int count, char **words) {
  if (count != 5 && count != 6) {
    std::fprintf(
        stderr, "usage: gan-bench-data TRAINER SOURCE THREADS SECONDS [CACHE]\n"
                "prints images per second; with the folder CACHE for decoded "
                "images, of the second epoch on\n");
    return 2;
  }
  Result<Executable> executable = Executable::load(words[1]);
  Result<double> rate =
      executable.ok()
          ? measure(*executable,
                    {.sources = {words[2]},
                     .threads = std::strtoul(words[3], nullptr, 10),
                     .keep = count > 5 ? words[5] : ""},
                    std::strtod(words[4], nullptr), /*isWarm=*/count > 5)
          : executable.status();
  if (!rate.ok()) {
    std::fprintf(stderr, "error: %s\n", rate.status().text().c_str());
    return 1;
  }
  std::printf("%.1f\n", *rate);
  return 0;
}
