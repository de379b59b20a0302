// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/reference/Safetensors.h"

#include "llvm/Support/Endian.h"
#include "llvm/Support/EndianStream.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"

using namespace gan;
using namespace gan::reference;
using namespace llvm::support;

static llvm::Error refuse(const llvm::Twine &message) {
  return llvm::createStringError(message);
}

// Reads one tensor that `entry` of the header describes.
static llvm::Expected<Tensor> readTensor(const llvm::json::Object &entry,
                                         llvm::StringRef bytes) {
  const llvm::json::Array *shape = entry.getArray("shape");
  const llvm::json::Array *span = entry.getArray("data_offsets");
  auto type = entry.getString("dtype");
  if (!shape || !span || span->size() != 2 || (type != "F32" && type != "F64"))
    return refuse(
        "expected 'dtype' F32 or F64, 'shape' and two 'data_offsets'");
  Tensor tensor;
  for (const llvm::json::Value &extent : *shape)
    tensor.shape.push_back(extent.getAsInteger().value_or(-1));
  size_t width = type == "F32" ? 4 : 8;
  size_t begin = (*span)[0].getAsInteger().value_or(0);
  size_t count = elementCount(tensor.shape);
  if (begin > bytes.size() || count > (bytes.size() - begin) / width)
    return refuse("a tensor ends behind the file");
  for (size_t i = 0; i < count; ++i) {
    const char *at = bytes.data() + begin + i * width;
    tensor.values.push_back(width == 4
                                ? llvm::bit_cast<float>(endian::read32le(at))
                                : llvm::bit_cast<double>(endian::read64le(at)));
  }
  return tensor;
}

llvm::Expected<NamedTensors> reference::readSafetensors(llvm::StringRef path) {
  auto buffer = llvm::MemoryBuffer::getFile(path, /*IsText=*/false,
                                            /*RequiresNullTerminator=*/false);
  if (!buffer)
    return refuse("cannot read '" + path + "': " + buffer.getError().message());
  llvm::StringRef bytes = (*buffer)->getBuffer();
  uint64_t length = bytes.size() < 8 ? 0 : endian::read64le(bytes.data());
  if (bytes.size() < 8 || length > bytes.size() - 8)
    return refuse("'" + path + "' is cut short");
  auto header = llvm::json::parse(bytes.substr(8, length));
  if (!header)
    return header.takeError();
  if (!header->getAsObject())
    return refuse("'" + path + "' has no header");
  NamedTensors tensors;
  for (auto &[name, entry] : *header->getAsObject()) {
    if (name == "__metadata__" || !entry.getAsObject())
      continue;
    auto tensor = readTensor(*entry.getAsObject(), bytes.substr(8 + length));
    if (!tensor)
      return tensor.takeError();
    tensors[name.str()] = std::move(*tensor);
  }
  return tensors;
}

llvm::Error reference::writeSafetensors(llvm::StringRef path,
                                        const NamedTensors &tensors) {
  llvm::json::Object header;
  int64_t offset = 0;
  for (auto &[name, tensor] : tensors) {
    int64_t end = offset + 8 * tensor.values.size();
    header[name] =
        llvm::json::Object{{"dtype", "F64"},
                           {"shape", llvm::json::Array(tensor.shape)},
                           {"data_offsets", llvm::json::Array{offset, end}}};
    offset = end;
  }
  std::string text;
  llvm::raw_string_ostream(text) << llvm::json::Value(std::move(header));
  text.resize((text.size() + 7) / 8 * 8, ' ');
  std::error_code error;
  llvm::raw_fd_ostream file(path, error);
  if (error)
    return refuse("cannot write '" + path + "': " + error.message());
  endian::write<uint64_t>(file, text.size(), llvm::endianness::little);
  file << text;
  for (auto &[name, tensor] : tensors)
    for (double value : tensor.values)
      endian::write<double>(file, value, llvm::endianness::little);
  return llvm::Error::success();
}
