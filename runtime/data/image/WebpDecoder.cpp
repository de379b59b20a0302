// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/data/image/Decoders.h"

#include <webp/decode.h>

using namespace gan::runtime;

Result<Picture> gan::runtime::decodeWebp(std::span<const std::byte> file,
                                         const std::string &where) {
  const auto *bytes = reinterpret_cast<const uint8_t *>(file.data());
  WebPBitstreamFeatures features;
  if (WebPGetFeatures(bytes, file.size(), &features) != VP8_STATUS_OK)
    return Status(Code::Damaged, "the header of the WebP is damaged", where);
  if (features.has_animation)
    return Status(Code::Damaged, "the WebP is animated, expected one image",
                  where);
  Picture picture;
  picture.width = features.width;
  picture.height = features.height;
  if (Status status =
          checkExtents(picture.width, picture.height, file.size(), where);
      !status.ok())
    return status;
  picture.channels = features.has_alpha ? 4 : 3;
  int stride = features.width * static_cast<int>(picture.channels);
  picture.pixels.resize(static_cast<size_t>(stride) * features.height);
  auto decode = features.has_alpha ? WebPDecodeRGBAInto : WebPDecodeRGBInto;
  if (!decode(bytes, file.size(), picture.pixels.data(), picture.pixels.size(),
              stride))
    return Status(Code::Damaged, "the WebP is damaged or cut short", where);
  return picture;
}
