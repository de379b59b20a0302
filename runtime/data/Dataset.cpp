// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/data/Dataset.h"
#include "runtime/data/Source.h"
#include "runtime/data/Workers.h"

using namespace gan::runtime;

Dataset::Dataset() = default;
Dataset::Dataset(std::string name, uint64_t records,
                 std::vector<std::string> fieldNames)
    : name(std::move(name)), records(records),
      fieldNames(std::move(fieldNames)) {}
Dataset::Dataset(Dataset &&) noexcept = default;
Dataset &Dataset::operator=(Dataset &&) noexcept = default;
Dataset::~Dataset() = default;

Status gan::runtime::tellBad(const BatchRequest &request,
                             const std::vector<Status> &statuses) {
  for (size_t sample = 0; sample < statuses.size(); ++sample)
    if (!statuses[sample].ok()) {
      if (!request.bad)
        return statuses[sample];
      request.bad->push_back(
          {sample, request.records[sample], statuses[sample]});
    }
  return Status();
}

uint64_t gan::runtime::goodFrom(
    const BatchRequest &request, uint64_t place, uint64_t places,
    const std::function<uint64_t(uint64_t place)> &recordAt) {
  auto record = [&] { return recordAt ? recordAt(place) : place; };
  for (uint64_t i = 0; i < places && request.isBad; ++i) {
    if (!(*request.isBad)(record()))
      break;
    place = (place + 1) % places;
  }
  return record();
}
