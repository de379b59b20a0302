// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/data/image/Decode.h"
#include "runtime/base/File.h"
#include "runtime/data/image/Decoders.h"
#include "runtime/data/image/Orientation.h"

#include <algorithm>
#include <string_view>

using namespace gan::runtime;

Status gan::runtime::checkExtents(uint64_t width, uint64_t height,
                                  uint64_t fileBytes,
                                  const std::string &where) {
  std::string extents = std::to_string(width) + " x " + std::to_string(height);
  if (width == 0 || height == 0)
    return Status(Code::Damaged, "the image has no pixels: " + extents, where);
  if (width > kMostExtent || height > kMostExtent ||
      width * height > kMostPixels)
    return Status(Code::Damaged,
                  "the image has " + extents + " pixels, at most " +
                      std::to_string(kMostPixels) + ", " +
                      std::to_string(kMostExtent) + " a side, are read",
                  where);
  if (width * height > std::max(kFreePixels, kMostPixelsPerByte * fileBytes))
    return Status(Code::Damaged,
                  "the image claims " + extents + " pixels in " +
                      std::to_string(fileBytes) + " bytes",
                  where);
  return Status();
}

static bool isPng(std::string_view text) {
  return text.starts_with("\x89PNG\r\n\x1a\n");
}

// `decoder` is null where the file is none of those that are `wanted`.
static Result<Picture> decodeUpright(std::span<const std::byte> file,
                                     const std::string &where, DecodeFn decoder,
                                     const char *wanted) {
  if (file.size() > kMostImageFileBytes)
    return Status(Code::Damaged,
                  "the image has " + std::to_string(file.size()) +
                      " bytes, at most " + std::to_string(kMostImageFileBytes) +
                      " are read",
                  where);
  if (!decoder)
    return Status(Code::Damaged, std::string("this is no ") + wanted, where);
  Result<Picture> picture = decoder(file, where);
  if (!picture.ok())
    return picture;
  return turn(picture.take(), orientationOf(file));
}

Result<Picture> gan::runtime::decodeImage(std::span<const std::byte> file,
                                          const std::string &where) {
  std::string_view text = textOf(file);
  bool isWebp = text.starts_with("RIFF") && text.size() >= 12 &&
                text.substr(8, 4) == "WEBP";
  DecodeFn decoder = isPng(text)                        ? decodePng
                     : text.starts_with("\xff\xd8\xff") ? decodeJpeg
                     : isWebp                           ? decodeWebp
                                                        : nullptr;
  return decodeUpright(file, where, decoder, "PNG, JPEG or WebP file");
}

Result<Picture> gan::runtime::decodeNumbers(std::span<const std::byte> file,
                                            const std::string &where) {
  return decodeUpright(file, where,
                       isPng(textOf(file)) ? decodePngNumbers : nullptr,
                       "PNG file, of which maps of classes are read");
}
