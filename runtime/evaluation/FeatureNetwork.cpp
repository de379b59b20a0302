// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/evaluation/FeatureNetwork.h"
#include "runtime/checkpoint/Manifest.h"
#include "runtime/checkpoint/Safetensors.h"
#include "runtime/checkpoint/Storage.h"
#include "runtime/data/Elements.h"

#include <cstdio>

using namespace gan;
using namespace gan::runtime;

Result<std::unique_ptr<FeatureNetwork>>
FeatureNetwork::open(const std::string &path, const std::string &weights,
                     unsigned threads) {
  Result<Executable> loaded = Executable::load(path);
  if (!loaded.ok())
    return loaded.status();
  std::unique_ptr<FeatureNetwork> network(new FeatureNetwork(loaded.take()));
  Status status = network->prepare(
      weights.empty() ? path + ".safetensors" : weights, threads);
  if (!status.ok())
    return status;
  return network;
}

Status FeatureNetwork::prepare(const std::string &weights, unsigned threads) {
  if (Status status = findInput(); !status.ok())
    return status;
  if (Status status = findOutputs(); !status.ok())
    return status;
  DeviceOptions options;
  options.threads = threads;
  Result<std::unique_ptr<Device>> created = createDevice("cpu", options);
  if (!created.ok())
    return created.status();
  device = created.take();
  if (Status status = device->load(executable); !status.ok())
    return status;
  Result<StepRunner> made = StepRunner::create(executable, *device, /*seed=*/0);
  if (!made.ok())
    return made.status();
  runner.emplace(made.take());
  if (Status status = loadStorage(executable, *device, weights); !status.ok())
    return status;
  return describe(weights);
}

Status FeatureNetwork::findInput() {
  const auto &data = *executable.tables().data();
  if (data.size() != 1 || data.Get(0)->fields()->size() != 1)
    return Status(Code::Usage,
                  "a network for features has one data with one field",
                  executable.path());
  input = data.Get(0)->fields()->Get(0);
  return Status();
}

// What an entry computes, of a batch.
static const format::Binding *outputOf(const format::Entry &entry) {
  for (const format::Binding *output : *entry.outputs())
    if (output->kind() == format::BindingKind::Output &&
        output->shape()->size() > 1)
      return output;
  return nullptr;
}

// Data and draws.
static uint64_t countInputs(const format::Entry &entry) {
  uint64_t count = 0;
  for (const format::Binding *binding : *entry.inputs())
    count += binding->kind() == format::BindingKind::Data ||
             binding->kind() == format::BindingKind::Draw;
  return count;
}

Status FeatureNetwork::findOutputs() {
  auto find = [&](const char *name) -> std::optional<uint32_t> {
    std::optional<uint32_t> index = executable.findEntry(name);
    if (!index)
      return std::nullopt;
    const format::Entry &entry = *executable.tables().entries()->Get(*index);
    bool isOne = entry.kind() == format::EntryKind::Output && outputOf(entry) &&
                 countInputs(entry) == 1;
    return isOne ? index : std::nullopt;
  };
  std::optional<uint32_t> features = find("features");
  if (!features)
    return Status(Code::Usage,
                  "a network for features has an output 'features' of its data "
                  "alone",
                  executable.path());
  featuresEntry = *features;
  logitsEntry = find("logits");
  const auto &entries = *executable.tables().entries();
  const auto &shape = *outputOf(*entries.Get(featuresEntry))->shape();
  rows = shape.Get(0);
  columnCount = elementCount(shape) / rows;
  if (logitsEntry) {
    const auto &axes = *outputOf(*entries.Get(*logitsEntry))->shape();
    classCount = axes.Get(axes.size() - 1);
    digitCount = elementCount(axes) / axes.Get(0) / classCount;
  }
  return Status();
}

Status FeatureNetwork::checkTakes(const Subject &subject) const {
  std::vector<uint64_t> shape(input->shape()->begin(), input->shape()->end());
  bool isImage = input->kind()->string_view() == "image";
  if (shape == subject.shape && isImage == subject.isImage())
    return Status();
  return Status(Code::Mismatch,
                "takes " + input->kind()->str() + " " + textOfShape(shape) +
                    ", but '" + subject.output + "' is " +
                    subject.table->kind()->str() + " " +
                    textOfShape(subject.shape),
                executable.path());
}

Status FeatureNetwork::describe(const std::string &weights) {
  Result<FileRecord> record =
      recordOf(folderOf(weights), weights.substr(weights.rfind('/') + 1));
  if (!record.ok())
    return record.status();
  const format::Executable &tables = executable.tables();
  char hash[24];
  std::snprintf(hash, sizeof(hash), "%016llx",
                static_cast<unsigned long long>(tables.source_hash()));
  words = tables.model()->str() + " (source " + hash;
  for (const flatbuffers::String *flag : *tables.flags())
    words += " " + flag->str();
  words += ", weights " + record->hash + ")";
  return Status();
}

// The rows behind the last sample keep what they had: nobody looks at what
// becomes of them.
Status FeatureNetwork::compute(uint32_t entry, std::span<const double> samples,
                               uint64_t count, Matrix &into) {
  constexpr unsigned slot = 0;
  if (Status status = device->reclaim(slot); !status.ok())
    return status;
  Batches batches =
      runner->bind({.entry = entry, .clock = {}}, device->slot(slot));
  bool isImage = input->kind()->string_view() == "image";
  double low = isImage ? input->low() : 0;
  double scale = isImage ? input->high() - input->low() : 1;
  for (size_t i = 0; i < samples.size(); ++i)
    storeElement(input->element(), batches.front(), i,
                 low + scale * samples[i]);
  Result<FileBytes> bytes = runner->compute(entry, slot);
  if (!bytes.ok())
    return bytes.status();
  const format::Binding &output =
      *outputOf(*executable.tables().entries()->Get(entry));
  into.columns = elementCount(*output.shape()) / output.shape()->Get(0);
  for (uint64_t i = 0; i < count * into.columns; ++i)
    into.values.push_back(loadElement(output.element(), *bytes, i));
  into.rows += count;
  return Status();
}

Status FeatureNetwork::run(std::span<const double> samples, uint64_t count,
                           Matrix &features, Matrix *logits) {
  Status status = compute(featuresEntry, samples, count, features);
  return status.ok() && logits ? compute(*logitsEntry, samples, count, *logits)
                               : status;
}
