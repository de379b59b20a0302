// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/onnx/ExportNetwork.h"
#include "runtime/checkpoint/Safetensors.h"
#include "runtime/onnx/Lowering.h"

#include <algorithm>
#include <set>

using namespace gan;
using namespace gan::runtime;
using namespace gan::runtime::onnx;

// A file of protocol buffers holds less than 2 GiB.
static constexpr uint64_t kMostBytes = (uint64_t{1} << 31) - 1;

static std::string numbered(const char *name, unsigned index, unsigned count) {
  return count == 1 ? name : name + std::to_string(index);
}

static std::vector<std::string> namesOf(const format::Network &network) {
  std::vector<std::string> names;
  for (uint32_t i = 0; i < network.values()->size(); ++i) {
    const format::GraphValue &value = *network.values()->Get(i);
    names.push_back(value.storage() ? value.storage()->str()
                                    : "v" + std::to_string(i));
  }
  unsigned count = network.inputs()->size();
  for (unsigned i = 0; i < count; ++i)
    names[network.inputs()->Get(i)] = numbered("input", i, count);
  return names;
}

static Status writeWeight(const format::GraphValue &value,
                          const SafetensorsReader &reader,
                          ModelWriter &writer) {
  std::string name = value.storage()->str();
  Shape shape = onnx::shapeOf(value);
  const TensorEntry *entry = reader.find(name);
  if (!entry ||
      !std::equal(shape.begin(), shape.end(), entry->shape.begin(),
                  entry->shape.end()) ||
      entry->end - entry->begin !=
          elementCount(*value.shape()) * elementBytes(value.element()))
    return Status(Code::Mismatch,
                  "has no '" + name + "' of the network's shape and type",
                  reader.path());
  FileBytes bytes(entry->end - entry->begin);
  if (Status status = reader.read(*entry, 0, bytes); !status.ok())
    return status;
  writer.initializer(name, value.element(), shape, bytes);
  return Status();
}

static Status writeWeights(const format::Network &network,
                           const SafetensorsReader &reader,
                           ModelWriter &writer) {
  std::set<std::string> written;
  for (const format::GraphValue *value : *network.values())
    if (value->storage() && written.insert(value->storage()->str()).second)
      if (Status status = writeWeight(*value, reader, writer); !status.ok())
        return status;
  return Status();
}

Status onnx::exportNetwork(const Executable &executable, uint32_t index,
                           const std::string &weights,
                           const std::string &path) {
  const format::Executable &tables = executable.tables();
  const format::Network &network = *tables.networks()->Get(index);
  Result<SafetensorsReader> reader = SafetensorsReader::open(weights);
  if (!reader.ok())
    return reader.status();
  ModelWriter writer;
  std::vector<std::string> names = namesOf(network);
  for (uint32_t input : *network.inputs()) {
    const format::GraphValue &value = *network.values()->Get(input);
    writer.input(names[input], value.element(), onnx::shapeOf(value));
  }
  if (Status status = writeWeights(network, *reader, writer); !status.ok())
    return status;
  Lowering lowering(network, writer, names);
  for (const format::GraphOp *op : *network.ops())
    if (Status status = lowering.lower(*op); !status.ok())
      return Status(status.code(), status.sentence(), network.name()->str());
  unsigned count = network.outputs()->size();
  for (unsigned i = 0; i < count; ++i) {
    uint32_t output = network.outputs()->Get(i);
    const format::GraphValue &value = *network.values()->Get(output);
    std::string name = numbered("output", i, count);
    writer.node("Identity", {names[output]}, name);
    writer.output(name, value.element(), onnx::shapeOf(value));
  }
  if (writer.size() > kMostBytes)
    return Status(Code::Unsupported,
                  "a file of ONNX holds less than 2 GiB, this network needs " +
                      std::to_string(writer.size()) + " bytes",
                  path);
  return writeFile(path, bytesOf(writer.finish(network.name()->str(), "ganc",
                                               tables.compiler()->str())));
}
