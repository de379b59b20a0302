// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/data/image/Decoders.h"

#include <memory>

#include <turbojpeg.h>

using namespace gan::runtime;

namespace {
struct CloseDecompressor {
  void operator()(void *handle) const { tjDestroy(handle); }
};
} // namespace

// Inks as Adobe stores them, 255 for none, to light; in place, 4 channels to 3.
static void inksToColours(Picture &picture) {
  size_t count = picture.width * picture.height;
  std::vector<uint8_t> &pixels = picture.pixels;
  for (size_t i = 0; i < count; ++i) {
    unsigned black = pixels[4 * i + 3];
    for (size_t c = 0; c < 3; ++c)
      pixels[3 * i + c] =
          static_cast<uint8_t>((pixels[4 * i + c] * black + 127) / 255);
  }
  pixels.resize(3 * count);
  picture.channels = 3;
}

Result<Picture> gan::runtime::decodeJpeg(std::span<const std::byte> file,
                                         const std::string &where) {
  std::unique_ptr<void, CloseDecompressor> handle(tjInitDecompress());
  if (!handle)
    return Status(Code::OutOfMemory, "there is no memory to unpack it", where);
  auto refused = [&] {
    return Status(Code::Damaged,
                  std::string("the JPEG is damaged: ") +
                      tjGetErrorStr2(handle.get()),
                  where);
  };
  const auto *bytes = reinterpret_cast<const unsigned char *>(file.data());
  int width = 0, height = 0, subsampling = 0, colours = 0;
  if (tjDecompressHeader3(handle.get(), bytes, file.size(), &width, &height,
                          &subsampling, &colours) != 0)
    return refused();
  Picture picture;
  picture.width = width;
  picture.height = height;
  if (Status status = checkExtents(width, height, file.size(), where);
      !status.ok())
    return status;
  bool isGrey = colours == TJCS_GRAY;
  bool isInk = colours == TJCS_CMYK || colours == TJCS_YCCK;
  picture.channels = isGrey ? 1 : isInk ? 4 : 3;
  picture.pixels.resize(picture.width * picture.height * picture.channels);
  int format = isGrey ? TJPF_GRAY : isInk ? TJPF_CMYK : TJPF_RGB;
  // A warning is missing data: libjpeg would fill the rest with grey. Many
  // scans over many pixels are a way to keep a decoder busy.
  if (tjDecompress2(handle.get(), bytes, file.size(), picture.pixels.data(),
                    width, /*pitch=*/0, height, format,
                    TJFLAG_ACCURATEDCT | TJFLAG_STOPONWARNING |
                        TJFLAG_LIMITSCANS) != 0)
    return refused();
  if (isInk)
    inksToColours(picture);
  return picture;
}
