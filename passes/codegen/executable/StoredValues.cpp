// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/codegen/executable/StoredValues.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/MemoryBuffer.h"

#include <cstring>

using namespace mlir;
using namespace gan;

namespace {

// One tensor of the file.
struct FileTensor {
  StringRef type; // "F32"
  SmallVector<int64_t> shape;
  StringRef bytes;
};

// A file of weights: eight bytes with the length of a JSON header, the header,
// the bytes of the tensors.
struct WeightsFile {
  std::unique_ptr<llvm::MemoryBuffer> buffer;
  llvm::json::Object header;
  StringRef bytes;

  // Nothing where the file has none of that name, or none that is whole.
  std::optional<FileTensor> find(StringRef name) const;
};

} // namespace

static FailureOr<WeightsFile> openWeights(ModelOp model, StringRef path) {
  auto buffer = llvm::MemoryBuffer::getFile(path, /*IsText=*/false,
                                            /*RequiresNullTerminator=*/false);
  if (!buffer)
    return model.emitError() << "cannot read the weights '" << path
                             << "': " << buffer.getError().message();
  StringRef file = (*buffer)->getBuffer();
  uint64_t length =
      file.size() < 8 ? 0 : llvm::support::endian::read64le(file.data());
  if (length <= file.size() - std::min<size_t>(8, file.size())) {
    llvm::Expected<llvm::json::Value> header =
        llvm::json::parse(file.substr(8, length));
    if (header && header->getAsObject())
      return WeightsFile{std::move(*buffer), std::move(*header->getAsObject()),
                         file.substr(8 + length)};
    llvm::consumeError(header.takeError());
  }
  return model.emitError() << "the weights '" << path
                           << "' are no .safetensors file: expected the length "
                              "of a JSON header and such a header";
}

static int64_t widthOf(StringRef type) {
  if (type == "BOOL")
    return 1;
  return type.ends_with("32") ? 4 : type.ends_with("64") ? 8 : 0;
}

std::optional<FileTensor> WeightsFile::find(StringRef name) const {
  const llvm::json::Object *entry = header.getObject(name);
  if (!entry)
    return std::nullopt;
  const llvm::json::Array *shape = entry->getArray("shape");
  const llvm::json::Array *span = entry->getArray("data_offsets");
  std::optional<StringRef> type = entry->getString("dtype");
  if (!shape || !span || span->size() != 2 || !type)
    return std::nullopt;
  FileTensor tensor{*type, {}, {}};
  for (const llvm::json::Value &extent : *shape)
    tensor.shape.push_back(extent.getAsInteger().value_or(-1));
  uint64_t begin = (*span)[0].getAsUINT64().value_or(UINT64_MAX);
  uint64_t end = (*span)[1].getAsUINT64().value_or(0);
  if (begin > end || end > bytes.size())
    return std::nullopt;
  tensor.bytes = bytes.slice(begin, end);
  return tensor;
}

// As files of weights call the type of its elements.
static std::string typeOf(StorageOp storage) {
  Type element = cast<RankedTensorType>(storage.getType()).getElementType();
  if (element.isInteger(1))
    return "BOOL";
  return (isa<FloatType>(element) ? "F" : "I") +
         std::to_string(element.getIntOrFloatBitWidth());
}

// Axis k in memory is this axis of the file.
static int64_t fileAxis(StorageOp storage, int64_t axis) {
  return storage.getLayout() ? (*storage.getLayout())[axis] : axis;
}

static SmallVector<int64_t> fileShape(StorageOp storage) {
  auto type = cast<RankedTensorType>(storage.getType());
  SmallVector<int64_t> shape(type.getRank());
  for (int64_t axis = 0; axis < type.getRank(); ++axis)
    shape[fileAxis(storage, axis)] = type.getDimSize(axis);
  return shape;
}

static std::string describe(StringRef type, ArrayRef<int64_t> shape) {
  auto texts =
      llvm::map_range(shape, [](int64_t n) { return llvm::Twine(n).str(); });
  return (type + " [" + llvm::join(texts, ", ") + "]").str();
}

static void writeReal(char *to, bool isDouble, double value) {
  float single = static_cast<float>(value);
  std::memcpy(to, isDouble ? static_cast<const void *>(&value) : &single,
              isDouble ? sizeof(value) : sizeof(single));
}

static double readReal(const char *from, bool isDouble) {
  return isDouble
             ? llvm::bit_cast<double>(llvm::support::endian::read64le(from))
             : llvm::bit_cast<float>(llvm::support::endian::read32le(from));
}

// The elements in the order of memory: for each place there, the place that the
// file has it at.
static std::vector<char> toMemory(StorageOp storage, const FileTensor &tensor) {
  auto type = cast<RankedTensorType>(storage.getType());
  SmallVector<int64_t> strides(type.getRank(), 1); // of axes of the file
  for (int64_t axis = type.getRank() - 2; axis >= 0; --axis)
    strides[axis] = strides[axis + 1] * tensor.shape[axis + 1];
  std::string wanted = typeOf(storage);
  int64_t width = widthOf(wanted), fileWidth = widthOf(tensor.type);
  std::vector<char> memory(type.getNumElements() * width);
  for (int64_t i = 0; i < type.getNumElements(); ++i) {
    int64_t place = 0, rest = i;
    for (int64_t axis = type.getRank() - 1; axis >= 0; --axis) {
      place += rest % type.getDimSize(axis) * strides[fileAxis(storage, axis)];
      rest /= type.getDimSize(axis);
    }
    const char *from = tensor.bytes.data() + place * fileWidth;
    char *to = memory.data() + i * width;
    if (tensor.type == wanted)
      std::memcpy(to, from, width);
    else
      writeReal(to, width == 8, readReal(from, fileWidth == 8));
  }
  return memory;
}

static LogicalResult checkTensor(StorageOp storage,
                                 const std::optional<FileTensor> &tensor,
                                 StringRef path) {
  std::string type = typeOf(storage);
  SmallVector<int64_t> shape = fileShape(storage);
  if (!tensor)
    return storage.emitError()
           << "the weights '" << path << "' lack '" << storage.getSymName()
           << "', which is " << describe(type, shape);
  auto isReal = [](StringRef name) { return name == "F32" || name == "F64"; };
  bool hasType = tensor->type == type || (isReal(type) && isReal(tensor->type));
  int64_t count = cast<RankedTensorType>(storage.getType()).getNumElements();
  if (hasType && tensor->shape == shape &&
      static_cast<int64_t>(tensor->bytes.size()) ==
          count * widthOf(tensor->type))
    return success();
  return storage.emitError()
         << "the weights '" << path << "' have '" << storage.getSymName()
         << "' as " << describe(tensor->type, tensor->shape) << " in "
         << tensor->bytes.size() << " bytes, but the model's is "
         << describe(type, shape);
}

FailureOr<StoredValues> gan::readStoredValues(ModelOp model, StringRef path) {
  FailureOr<WeightsFile> file = openWeights(model, path);
  if (failed(file))
    return failure();
  StoredValues values;
  unsigned reports = 0; // no more than a screen of them
  for (StorageOp storage : model.getBody().getOps<StorageOp>()) {
    std::optional<FileTensor> tensor = file->find(storage.getSymName());
    if (reports == 10)
      break;
    if (failed(checkTensor(storage, tensor, path)))
      ++reports;
    else
      values[storage.getSymName()] = toMemory(storage, *tensor);
  }
  if (reports > 0)
    return failure();
  return values;
}
