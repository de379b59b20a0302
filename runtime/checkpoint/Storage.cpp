// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/checkpoint/Storage.h"
#include "runtime/checkpoint/Layout.h"
#include "runtime/checkpoint/Safetensors.h"
#include "runtime/data/Elements.h"

#include <algorithm>

using namespace gan;
using namespace gan::runtime;

static const char *typeOf(format::ElementType element) {
  switch (element) {
  case format::ElementType::F32:
    return "F32";
  case format::ElementType::F64:
    return "F64";
  case format::ElementType::I32:
    return "I32";
  case format::ElementType::I64:
    return "I64";
  case format::ElementType::Bool:
    return "BOOL";
  case format::ElementType::BF16:
    break; // never stored
  }
  return "";
}

static std::vector<uint64_t> shapeOf(const format::Storage &storage) {
  return {storage.shape()->begin(), storage.shape()->end()};
}

static Layout layoutOf(const format::Storage &storage) {
  return {shapeOf(storage),
          {storage.layout()->begin(), storage.layout()->end()}};
}

static uint64_t bytesOf(const format::Storage &storage) {
  return elementCount(*storage.shape()) * elementBytes(storage.element());
}

static bool isOptimizer(const format::Storage &storage) {
  return storage.kind() == format::StorageKind::Optimizer;
}

// Which storage a file holds.
enum class Content : uint8_t {
  Weights,
  Optimizer,
  WeightsAndMore, // optimizer states, too
  WeightsAndAny   // whatever it likes besides
};

static bool mustHold(Content content, const format::Storage &storage) {
  return isOptimizer(storage) == (content == Content::Optimizer);
}
static bool mayHold(Content content, const format::Storage &storage) {
  return content == Content::WeightsAndMore || mustHold(content, storage);
}
static bool mayHoldOthers(Content content) {
  return content == Content::WeightsAndAny;
}

// Tensors pass through files in pieces of so many elements, so that saving
// takes little more memory than the largest of them.
static constexpr uint64_t kPiece = 1 << 16;

// Calls `move(first, count)` for each piece until it fails.
template <typename MoveFn>
static Status forEachPiece(uint64_t elements, MoveFn move) {
  Status status;
  for (uint64_t first = 0; first < elements && status.ok(); first += kPiece)
    status = move(first, std::min(kPiece, elements - first));
  return status;
}

// ---- saving

static Status saveTensor(const format::Storage &storage, Device &device,
                         SafetensorsWriter &writer) {
  FileBytes memory(bytesOf(storage));
  Status status = device.read(storage.buffer(), memory);
  if (status.ok())
    status = device.wait();
  if (!status.ok())
    return status;
  uint64_t width = elementBytes(storage.element());
  Layout order = layoutOf(storage);
  return forEachPiece(memory.size() / width,
                      [&](uint64_t first, uint64_t count) {
                        FileBytes piece(count * width);
                        memoryToFile(order, width, first, memory, piece);
                        return writer.append(piece);
                      });
}

// The storage of optimizers, or all other, wide elements first, so that each
// tensor is aligned in the file.
static std::vector<const format::Storage *>
tensorsToSave(const Executable &executable, Content content) {
  std::vector<const format::Storage *> tensors;
  for (uint64_t width : {8, 4, 1})
    for (const format::Storage *storage : *executable.tables().storage())
      if (elementBytes(storage->element()) == width &&
          mustHold(content, *storage))
        tensors.push_back(storage);
  return tensors;
}

static Status saveFile(const std::vector<const format::Storage *> &tensors,
                       Device &device, const std::string &path) {
  std::vector<TensorEntry> entries;
  for (const format::Storage *storage : tensors)
    entries.push_back({.name = storage->name()->str(),
                       .type = typeOf(storage->element()),
                       .shape = shapeOf(*storage)});
  Result<SafetensorsWriter> writer =
      SafetensorsWriter::create(path, std::move(entries));
  if (!writer.ok())
    return writer.status();
  for (const format::Storage *storage : tensors)
    if (Status status = saveTensor(*storage, device, *writer); !status.ok())
      return status;
  return writer->commit();
}

Status gan::runtime::saveStorage(const Executable &executable, Device &device,
                                 const std::string &folder) {
  Status status = saveFile(tensorsToSave(executable, Content::Optimizer),
                           device, folder + "/" + kOptimizerFile);
  return status.ok() ? saveFile(tensorsToSave(executable, Content::Weights),
                                device, folder + "/" + kWeightsFile)
                     : status;
}

// ---- loading

static bool isReal(std::string_view type) {
  return type == "F32" || type == "F64";
}

namespace {
// A tensor that the model and a file do not have alike.
struct Mismatch {
  std::string name;
  std::string inFile, inModel; // "F32 [64, 3]"; "-" where there is none
  std::string sentence;        // where it is the only one
};
} // namespace

static std::string describe(std::string_view type,
                            std::span<const uint64_t> shape) {
  return std::string(type) + " " + textOfShape(shape);
}

static std::optional<Mismatch> compare(const format::Storage &storage,
                                       const TensorEntry *entry) {
  std::string name = storage.name()->str();
  std::vector<uint64_t> shape = shapeOf(storage);
  std::string_view type = typeOf(storage.element());
  Mismatch mismatch{.name = name,
                    .inFile = "-",
                    .inModel = describe(type, shape),
                    .sentence = "'" + name + "' of shape " +
                                textOfShape(shape) + " is missing"};
  if (!entry)
    return mismatch;
  mismatch.inFile = describe(entry->type, entry->shape);
  if (shape != entry->shape)
    mismatch.sentence = "'" + name + "' has shape " +
                        textOfShape(entry->shape) + ", but the model's has " +
                        textOfShape(shape);
  else if (type != entry->type && !(isReal(type) && isReal(entry->type)))
    mismatch.sentence = "'" + name + "' is " + entry->type +
                        ", but the model's is " + std::string(type);
  else
    return std::nullopt;
  return mismatch;
}

static std::vector<Mismatch> findMismatches(const Executable &executable,
                                            const SafetensorsReader &reader,
                                            Content content) {
  std::vector<Mismatch> found;
  for (const format::Storage *storage : *executable.tables().storage()) {
    const TensorEntry *entry = reader.find(storage->name()->string_view());
    if (!entry && !mustHold(content, *storage))
      continue;
    if (std::optional<Mismatch> mismatch = compare(*storage, entry))
      found.push_back(std::move(*mismatch));
  }
  for (const TensorEntry &entry : reader.tensors()) {
    if (mayHoldOthers(content))
      break;
    std::optional<uint32_t> index = executable.findStorage(entry.name);
    if (!index ||
        !mayHold(content, *executable.tables().storage()->Get(*index)))
      found.push_back({.name = entry.name,
                       .inFile = describe(entry.type, entry.shape),
                       .inModel = "-",
                       .sentence = "the model has no '" + entry.name +
                                   "' (of shape " + textOfShape(entry.shape) +
                                   ")"});
  }
  return found;
}

// A line for each, in columns; no more than a screen of them.
static std::string tableOf(const std::vector<Mismatch> &mismatches) {
  constexpr size_t most = 40;
  std::vector<Mismatch> rows = {{.name = "tensor",
                                 .inFile = "in the file",
                                 .inModel = "in the model",
                                 .sentence = ""}};
  rows.insert(rows.end(), mismatches.begin(),
              mismatches.begin() + std::min(most, mismatches.size()));
  size_t nameWidth = 0, fileWidth = 0;
  for (const Mismatch &row : rows) {
    nameWidth = std::max(nameWidth, row.name.size());
    fileWidth = std::max(fileWidth, row.inFile.size());
  }
  std::string table;
  for (const Mismatch &row : rows)
    table += "\n  " + row.name +
             std::string(nameWidth - row.name.size() + 2, ' ') + row.inFile +
             std::string(fileWidth - row.inFile.size() + 2, ' ') + row.inModel;
  if (mismatches.size() > most)
    table += "\n  and " + std::to_string(mismatches.size() - most) + " more";
  return table;
}

static Status checkTensors(const Executable &executable,
                           const SafetensorsReader &reader, Content content) {
  std::vector<Mismatch> mismatches =
      findMismatches(executable, reader, content);
  if (mismatches.empty())
    return Status();
  if (mismatches.size() == 1)
    return Status(Code::Mismatch, mismatches.front().sentence, reader.path());
  return Status(
      Code::Mismatch,
      std::to_string(mismatches.size()) +
          " tensors are not those of the model:" + tableOf(mismatches),
      reader.path());
}

// The elements of `bytes`, of the real type `from`, in the type `to`.
static FileBytes convertReals(const FileBytes &bytes, format::ElementType from,
                              format::ElementType to) {
  size_t count = bytes.size() / elementBytes(from);
  FileBytes converted(count * elementBytes(to));
  for (size_t i = 0; i < count; ++i)
    storeElement(to, converted, i, loadElement(from, bytes, i));
  return converted;
}

static Status loadTensor(const format::Storage &storage, Device &device,
                         const SafetensorsReader &reader,
                         const TensorEntry &entry) {
  FileBytes memory(bytesOf(storage));
  uint64_t width = elementBytes(storage.element());
  uint64_t fileWidth = *safetensorsBytes(entry.type);
  Layout order = layoutOf(storage);
  Status status = forEachPiece(memory.size() / width, [&](uint64_t first,
                                                          uint64_t count) {
    FileBytes piece(count * fileWidth);
    if (Status read = reader.read(entry, first * fileWidth, piece); !read.ok())
      return read;
    if (entry.type != typeOf(storage.element()))
      piece = convertReals(piece,
                           entry.type == "F32" ? format::ElementType::F32
                                               : format::ElementType::F64,
                           storage.element());
    fileToMemory(order, width, first, piece, memory);
    return Status();
  });
  return status.ok() ? device.write(storage.buffer(), memory) : status;
}

static Status loadTensors(const Executable &executable, Device &device,
                          const SafetensorsReader &reader) {
  for (const format::Storage *storage : *executable.tables().storage())
    if (const TensorEntry *entry = reader.find(storage->name()->string_view()))
      if (Status status = loadTensor(*storage, device, reader, *entry);
          !status.ok())
        return status;
  return device.wait();
}

static Status loadFile(const Executable &executable, Device &device,
                       const std::string &path, Content content) {
  Result<SafetensorsReader> reader = SafetensorsReader::open(path);
  if (!reader.ok())
    return reader.status();
  Status status = checkTensors(executable, *reader, content);
  return status.ok() ? loadTensors(executable, device, *reader) : status;
}

Status gan::runtime::loadStorage(const Executable &executable, Device &device,
                                 const std::string &path) {
  return loadFile(executable, device, path, Content::WeightsAndMore);
}

Status gan::runtime::loadNeeded(const Executable &executable, Device &device,
                                const std::string &path) {
  return loadFile(executable, device, path, Content::WeightsAndAny);
}

Status gan::runtime::loadValues(const Executable &executable, Device &device) {
  for (const format::Storage *storage : *executable.tables().storage()) {
    if (!storage->value())
      return Status(Code::NotFound,
                    "was built without weights; name a file of them",
                    executable.path());
    if (Status status = device.write(storage->buffer(),
                                     executable.segment(*storage->value()));
        !status.ok())
      return status;
  }
  return device.wait();
}

Status gan::runtime::restoreStorage(const Executable &executable,
                                    Device &device, const std::string &folder) {
  Result<SafetensorsReader> weights =
      SafetensorsReader::open(folder + "/" + kWeightsFile);
  if (!weights.ok())
    return weights.status();
  Result<SafetensorsReader> optimizer =
      SafetensorsReader::open(folder + "/" + kOptimizerFile);
  if (!optimizer.ok())
    return optimizer.status();
  Status status = checkTensors(executable, *weights, Content::Weights);
  if (status.ok())
    status = checkTensors(executable, *optimizer, Content::Optimizer);
  if (status.ok())
    status = loadTensors(executable, device, *weights);
  return status.ok() ? loadTensors(executable, device, *optimizer) : status;
}
