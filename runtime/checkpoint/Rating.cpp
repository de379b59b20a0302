// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/checkpoint/Rating.h"
#include "runtime/base/File.h"
#include "runtime/base/Json.h"

#include <map>

using namespace gan::runtime;

static constexpr uint64_t kMostRating = 1 << 16;

std::string gan::runtime::textOf(const Rating &rating) {
  return printJson({{"metric", rating.metric},
                    {"value", rating.value},
                    {"better", rating.isHigherBetter ? "higher" : "lower"}}) +
         "\n";
}

Result<Rating> gan::runtime::readRating(const std::string &path) {
  std::string file = path + "/" + kRatingFile;
  if (!exists(file))
    return Rating();
  Result<FileBytes> bytes = readFile(file, kMostRating);
  if (!bytes.ok())
    return bytes.status();
  Result<Json> json = parseJson(textOf(*bytes), file);
  if (!json.ok())
    return json.status();
  Result<std::string> metric = textMember(*json, "metric", file);
  Result<double> value = realMember(*json, "value", file);
  Result<std::string> better = textMember(*json, "better", file);
  if (!metric.ok())
    return metric.status();
  if (!value.ok())
    return value.status();
  if (!better.ok())
    return better.status();
  return Rating{*metric, *value, *better == "higher"};
}

std::vector<bool>
gan::runtime::findBest(const std::vector<std::string> &paths) {
  struct Best {
    size_t index;
    double value;
  };
  std::map<std::string, Best> bests;
  for (size_t i = paths.size(); i-- > 0;) {
    Result<Rating> rating = readRating(paths[i]);
    if (!rating.ok() || rating->metric.empty())
      continue;
    auto [best, isFirst] =
        bests.try_emplace(rating->metric, Best{i, rating->value});
    if (!isFirst &&
        (rating->isHigherBetter ? rating->value > best->second.value
                                : rating->value < best->second.value))
      best->second = {i, rating->value};
  }
  std::vector<bool> isBest(paths.size());
  for (const auto &[metric, best] : bests)
    isBest[best.index] = true;
  return isBest;
}
