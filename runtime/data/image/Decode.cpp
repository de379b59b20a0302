// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/data/image/Decode.h"
#include "runtime/data/image/Decoders.h"
#include "runtime/data/image/Orientation.h"

#include <algorithm>
#include <array>
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

static bool beginsWith(std::span<const std::byte> file, std::string_view magic,
                       size_t at = 0) {
  return file.size() >= at + magic.size() &&
         std::equal(magic.begin(), magic.end(), file.begin() + at,
                    [](char c, std::byte b) {
                      return static_cast<std::byte>(c) == b;
                    });
}

Result<Picture> gan::runtime::decodeImage(std::span<const std::byte> file,
                                          const std::string &where) {
  if (file.size() > kMostImageFileBytes)
    return Status(Code::Damaged,
                  "the image has " + std::to_string(file.size()) +
                      " bytes, at most " + std::to_string(kMostImageFileBytes) +
                      " are read",
                  where);
  using Decoder =
      Result<Picture> (*)(std::span<const std::byte>, const std::string &);
  Decoder decoder = beginsWith(file, "\x89PNG\r\n\x1a\n") ? decodePng
                    : beginsWith(file, "\xff\xd8\xff")    ? decodeJpeg
                    : beginsWith(file, "RIFF") && beginsWith(file, "WEBP", 8)
                        ? decodeWebp
                        : nullptr;
  if (!decoder)
    return Status(Code::Damaged, "this is no PNG, JPEG or WebP file", where);
  Result<Picture> picture = decoder(file, where);
  if (!picture.ok())
    return picture;
  return turn(picture.take(), orientationOf(file));
}
