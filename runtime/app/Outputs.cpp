// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/app/Outputs.h"
#include "runtime/base/Checked.h"

#include <algorithm>

using namespace gan;
using namespace gan::runtime;

static constexpr uint64_t kGridSamples = 64;
// Samples are held in memory: at most 8 GiB of them.
static constexpr uint64_t kMostValues = uint64_t{1} << 30;

Result<std::string> gan::runtime::readSamplesPath(const Executable &executable,
                                                  const Arguments &arguments,
                                                  uint32_t output,
                                                  const std::string &base) {
  std::vector<uint64_t> shape =
      sampleShape(outputOf(*executable.tables().entries()->Get(output)));
  bool hasPicture = isImage(shape) || isPoint(shape);
  std::string path =
      arguments.text("out", base + (hasPicture ? ".png" : ".csv"));
  Status status = checkSamplesPath(path, shape);
  return status.ok() ? Result(path) : status;
}

Status gan::runtime::checkFits(uint64_t count, uint64_t perSample) {
  if ((Checked(count) * perSample).atMost(kMostValues))
    return Status();
  return Status(Code::Usage, std::to_string(count) + " samples of " +
                                 std::to_string(perSample) +
                                 " numbers are more than " +
                                 std::to_string(kMostValues) + " numbers");
}

Result<Samples> gan::runtime::computeSamples(const Executable &executable,
                                             Game &game, uint32_t entry,
                                             uint64_t count,
                                             const Redraws &redraws) {
  const format::Entry &table = *executable.tables().entries()->Get(entry);
  const format::Binding &output = outputOf(table);
  const auto &shape = *output.shape();
  Samples samples{
      .shape = sampleShape(output), .element = output.element(), .bytes = {}};
  uint64_t perSample = samples.perSample();
  uint64_t batch = elementCount(shape) / perSample;
  if (count == 0)
    count = std::min(batch, kGridSamples);
  if (Status status = checkFits(count, perSample); !status.ok())
    return status;
  uint64_t sampleBytes = perSample * elementBytes(samples.element);
  for (uint64_t move = 0; count > 0; move += std::max(1u, table.moves())) {
    Result<FileBytes> bytes = redraws.compute(game, entry, move);
    if (!bytes.ok())
      return bytes.status();
    uint64_t taken = std::min(count, batch);
    bytes->resize(taken * sampleBytes);
    if (samples.bytes.empty())
      samples.bytes = bytes.take();
    else
      samples.bytes.insert(samples.bytes.end(), bytes->begin(), bytes->end());
    count -= taken;
  }
  return samples;
}
