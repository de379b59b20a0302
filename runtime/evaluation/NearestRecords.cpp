// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/evaluation/NearestRecords.h"
#include "runtime/metrics/Linear.h"
#include "runtime/metrics/Parallel.h"

#include <algorithm>
#include <cmath>
#include <limits>

using namespace gan::runtime;

// Records that are held at once: whole bunches of their stream.
static constexpr uint64_t kHeld = 1000;

Status gan::runtime::checkHasRecords(const Subject &subject,
                                     const Dataset &dataset, uint64_t count,
                                     const std::string &option) {
  uint64_t records = dataset.fields[subject.field]->records();
  if (records == 0)
    return Status(Code::Usage,
                  "'" + subject.name +
                      "' is made anew in every move: it has "
                      "no records to be near to",
                  "--data");
  if (records > count)
    return Status();
  return Status(Code::Usage,
                "'" + subject.name + "' has " + std::to_string(records) +
                    " records, expected more than " + std::to_string(count),
                option);
}

// Puts a record among the nearest ones so far, if it is one. Records come in
// their order, so that of equal ones the earlier stays in front.
static void offer(std::vector<Neighbour> &nearest, uint64_t count,
                  uint64_t record, double distance,
                  std::span<const double> values) {
  if (nearest.size() == count && !(distance < nearest.back().distance))
    return;
  auto place =
      std::find_if(nearest.begin(), nearest.end(), [&](const Neighbour &each) {
        return distance < each.distance;
      });
  nearest.insert(place, {record, distance, {values.begin(), values.end()}});
  if (nearest.size() > count)
    nearest.pop_back();
}

namespace {
// One pass over the records.
struct Search {
  const Matrix &samples;   // features
  const Matrix &firstOnes; // features of the first records
  uint64_t count;
  unsigned threads;
  NearestRecords result;

  void lookAt(const Collected &records, uint64_t first);
};
} // namespace

// `records` begin with record `first`. Each row is one thread's.
void Search::lookAt(const Collected &records, uint64_t first) {
  forEachBlock(samples.rows, /*block=*/1, threads,
               [&](size_t begin, size_t end) {
                 for (size_t i = begin; i < end; ++i)
                   for (size_t j = 0; j < records.features.rows; ++j)
                     offer(result.ofSamples[i], count, first + j,
                           std::sqrt(squaredDistance(samples.row(i),
                                                     records.features.row(j))),
                           records.samples.row(j));
               });
  forEachBlock(
      firstOnes.rows, /*block=*/1, threads, [&](size_t begin, size_t end) {
        for (size_t i = begin; i < end; ++i)
          for (size_t j = 0; j < records.features.rows; ++j)
            if (first + j != i)
              result.ofRecords[i] =
                  std::min(result.ofRecords[i],
                           std::sqrt(squaredDistance(firstOnes.row(i),
                                                     records.features.row(j))));
      });
}

Result<NearestRecords>
gan::runtime::findNearest(const Collected &samples, const Subject &subject,
                          const Dataset &dataset, FeatureNetwork *network,
                          uint64_t count, uint64_t seed, unsigned threads) {
  uint64_t records = dataset.fields[subject.field]->records();
  RealStream beginning(subject, dataset, seed), all(subject, dataset, seed);
  Result<Collected> firstOnes =
      collect(beginning, subject,
              std::min<uint64_t>(records, samples.features.rows), network,
              /*samples=*/0);
  if (!firstOnes.ok())
    return firstOnes.status();
  Search search{samples.features, firstOnes->features, count, threads, {}};
  search.result.ofSamples.resize(samples.features.rows);
  search.result.ofRecords.assign(firstOnes->features.rows,
                                 std::numeric_limits<double>::infinity());
  for (uint64_t first = 0; first < records; first += kHeld) {
    uint64_t held = std::min(kHeld, records - first);
    Result<Collected> part = collect(all, subject, held, network, held);
    if (!part.ok())
      return part.status();
    search.lookAt(*part, first);
  }
  return std::move(search.result);
}
