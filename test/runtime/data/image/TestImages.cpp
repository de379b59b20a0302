// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/runtime/data/image/TestImages.h"

#include <cstdlib>

#include <png.h>
#include <turbojpeg.h>
#include <webp/decode.h>
#include <webp/encode.h>
#include <zlib.h>

using namespace gan;
using namespace gan::runtime;
using namespace gan::test;

Picture gan::test::makePattern(int64_t width, int64_t height,
                               int64_t channels) {
  Picture picture = {width, height, channels, {}};
  for (int64_t y = 0; y < height; ++y)
    for (int64_t x = 0; x < width; ++x)
      for (int64_t c = 0; c < channels; ++c)
        picture.pixels.push_back(
            static_cast<uint8_t>(31 * x + 17 * y + 71 * c + x * y));
  return picture;
}

static FileBytes bytesFrom(const void *data, size_t size) {
  const auto *begin = static_cast<const std::byte *>(data);
  return FileBytes(begin, begin + size);
}

static void append(png_structp png, png_bytep data, size_t size) {
  auto *file = static_cast<FileBytes *>(png_get_io_ptr(png));
  FileBytes more = bytesFrom(data, size);
  file->insert(file->end(), more.begin(), more.end());
}

FileBytes gan::test::encodePng(const Picture &picture, const PngForm &form) {
  FileBytes file;
  png_structp png =
      png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
  png_infop info = png_create_info_struct(png);
  png_set_write_fn(png, &file, append, nullptr);
  constexpr int kColours[] = {PNG_COLOR_TYPE_GRAY, PNG_COLOR_TYPE_GRAY_ALPHA,
                              PNG_COLOR_TYPE_RGB, PNG_COLOR_TYPE_RGB_ALPHA};
  png_set_IHDR(png, info, picture.width, picture.height, form.depth,
               form.hasPalette ? PNG_COLOR_TYPE_PALETTE
                               : kColours[picture.channels - 1],
               form.isInterlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE,
               PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  png_color colours[16];
  for (int i = 0; i < 16; ++i)
    colours[i] = {static_cast<png_byte>(255 - i), static_cast<png_byte>(i), 7};
  if (form.hasPalette)
    png_set_PLTE(png, info, colours, 16);
  png_write_info(png, info);
  png_set_packing(png);
  std::vector<uint8_t> samples;
  for (uint8_t value : picture.pixels)
    samples.insert(samples.end(), form.depth == 16 ? 2 : 1, value);
  size_t stride = samples.size() / picture.height;
  std::vector<png_bytep> rows;
  for (int64_t row = 0; row < picture.height; ++row)
    rows.push_back(samples.data() + row * stride);
  png_write_image(png, rows.data());
  png_write_end(png, nullptr);
  png_destroy_write_struct(&png, &info);
  return file;
}

FileBytes gan::test::encodeJpeg(const Picture &picture, int quality) {
  bool isGrey = picture.channels == 1;
  tjhandle handle = tjInitCompress();
  unsigned char *bytes = nullptr;
  unsigned long size = 0;
  tjCompress2(handle, picture.pixels.data(), static_cast<int>(picture.width), 0,
              static_cast<int>(picture.height),
              isGrey                  ? TJPF_GRAY
              : picture.channels == 4 ? TJPF_CMYK
                                      : TJPF_RGB,
              &bytes, &size, isGrey ? TJSAMP_GRAY : TJSAMP_444, quality,
              TJFLAG_ACCURATEDCT);
  FileBytes file = bytesFrom(bytes, size);
  tjFree(bytes);
  tjDestroy(handle);
  return file;
}

FileBytes gan::test::encodeWebp(const Picture &picture) {
  uint8_t *bytes = nullptr;
  auto width = static_cast<int>(picture.width),
       height = static_cast<int>(picture.height);
  auto encode =
      picture.channels == 4 ? WebPEncodeLosslessRGBA : WebPEncodeLosslessRGB;
  size_t size = encode(picture.pixels.data(), width, height,
                       width * static_cast<int>(picture.channels), &bytes);
  FileBytes file = bytesFrom(bytes, size);
  WebPFree(bytes);
  return file;
}

static void appendText(FileBytes &bytes, std::string_view text) {
  bytes.insert(bytes.end(), bytesOf(text).begin(), bytesOf(text).end());
}

static void appendNumber(FileBytes &bytes, uint32_t number, bool isLittle) {
  for (int i = 0; i < 4; ++i)
    bytes.push_back(
        static_cast<std::byte>(number >> (isLittle ? 8 * i : 24 - 8 * i)));
}

// A directory of one entry: tag 274, a short, one of them.
static FileBytes tiffWith(int orientation) {
  FileBytes tiff;
  appendText(tiff, std::string_view("MM\0\x2a\0\0\0\x08\0\x01", 10));
  appendText(tiff, std::string_view("\x01\x12\0\x03\0\0\0\x01\0", 9));
  tiff.push_back(static_cast<std::byte>(orientation));
  appendText(tiff, std::string_view("\0\0\0\0\0\0", 6));
  return tiff;
}

static FileBytes inserted(const FileBytes &file, size_t at,
                          const FileBytes &piece) {
  FileBytes result = file;
  result.insert(result.begin() + at, piece.begin(), piece.end());
  return result;
}

FileBytes gan::test::withOrientation(const FileBytes &file, int orientation) {
  FileBytes tiff = tiffWith(orientation), piece;
  if (file[0] == std::byte{0xff}) { // behind the first marker
    FileBytes exif = bytesFrom("Exif\0\0", 6);
    exif.insert(exif.end(), tiff.begin(), tiff.end());
    appendText(piece, std::string_view("\xff\xe1\0", 3));
    piece.push_back(static_cast<std::byte>(exif.size() + 2));
    piece.insert(piece.end(), exif.begin(), exif.end());
    return inserted(file, 2, piece);
  }
  if (file[0] == std::byte{0x89}) { // behind the header
    appendNumber(piece, tiff.size(), /*isLittle=*/false);
    appendText(piece, "eXIf");
    piece.insert(piece.end(), tiff.begin(), tiff.end());
    appendNumber(piece,
                 crc32(0, reinterpret_cast<const Bytef *>(piece.data() + 4),
                       piece.size() - 4),
                 /*isLittle=*/false);
    return inserted(file, 33, piece);
  }
  // WebP: RIFF, VP8X with the flags of alpha and EXIF, the image, EXIF.
  FileBytes result = bytesFrom(file.data(), 12);
  int width = 0, height = 0;
  WebPGetInfo(reinterpret_cast<const uint8_t *>(file.data()), file.size(),
              &width, &height);
  appendText(result, std::string_view("VP8X\x0a\0\0\0\x18\0\0\0", 12));
  for (int extent : {width - 1, height - 1})
    for (int shift : {0, 8, 16})
      result.push_back(static_cast<std::byte>(extent >> shift));
  result.insert(result.end(), file.begin() + 12, file.end());
  appendText(result, "EXIF");
  appendNumber(result, tiff.size(), /*isLittle=*/true);
  result.insert(result.end(), tiff.begin(), tiff.end());
  auto size = static_cast<uint32_t>(result.size() - 8);
  for (int i = 0; i < 4; ++i)
    result[4 + i] = static_cast<std::byte>(size >> 8 * i);
  return result;
}
