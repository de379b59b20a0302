// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/data/image/Decoders.h"

#include <algorithm>
#include <csetjmp>
#include <cstdio>
#include <memory>

#include <png.h>

using namespace gan::runtime;

// libpng leaves by longjmp, so between setjmp and the calls there is nothing
// that has a destructor.
namespace {
struct PngReading {
  std::span<const std::byte> rest;
  png_structp png = nullptr;
  png_infop info = nullptr;
  char message[96] = "error";

  explicit PngReading(std::span<const std::byte> file) : rest(file) {}
  PngReading(const PngReading &) = delete;
  PngReading &operator=(const PngReading &) = delete;
  ~PngReading() { png_destroy_read_struct(&png, &info, nullptr); }
};
} // namespace

static void keepMessage(png_structp png, png_const_charp message) {
  auto *reading = static_cast<PngReading *>(png_get_error_ptr(png));
  std::snprintf(reading->message, sizeof(reading->message), "%s", message);
  png_longjmp(png, 1);
}

static void ignoreWarning(png_structp, png_const_charp) {}

static void giveBytes(png_structp png, png_bytep out, size_t size) {
  auto *reading = static_cast<PngReading *>(png_get_io_ptr(png));
  if (reading->rest.size() < size)
    png_error(png, "it is cut short");
  std::copy_n(reinterpret_cast<const png_byte *>(reading->rest.data()), size,
              out);
  reading->rest = reading->rest.subspan(size);
}

// Reads up to the pixels.
static bool readHeader(PngReading &reading) {
  reading.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &reading,
                                       keepMessage, ignoreWarning);
  if (!reading.png)
    return false;
  if (setjmp(png_jmpbuf(reading.png)))
    return false;
  reading.info = png_create_info_struct(reading.png);
  if (!reading.info)
    return false;
  png_set_read_fn(reading.png, &reading, giveBytes);
  png_set_user_limits(reading.png, kMostExtent, kMostExtent);
  png_set_chunk_malloc_max(reading.png, 1 << 20);
  png_set_chunk_cache_max(reading.png, 64);
  png_read_info(reading.png, reading.info);
  return true;
}

// What the pixels of a file stand for.
enum class Meaning : uint8_t { Colours, Numbers };

// Eight bits a channel: 1 grey, 2 with alpha, 3 colours, 4 with alpha; 1 of
// numbers.
static bool chooseFormat(PngReading &reading, Meaning meaning) {
  if (setjmp(png_jmpbuf(reading.png)))
    return false;
  if (meaning == Meaning::Numbers) {
    png_set_packing(reading.png);
  } else {
    png_set_expand(reading.png);
    png_set_scale_16(reading.png);
  }
  png_set_interlace_handling(reading.png);
  png_read_update_info(reading.png, reading.info);
  return true;
}

static bool readPixels(PngReading &reading, png_bytepp rows) {
  if (setjmp(png_jmpbuf(reading.png)))
    return false;
  png_read_image(reading.png, rows);
  png_read_end(reading.png, nullptr);
  return true;
}

static bool holdsNumbers(const PngReading &reading) {
  png_byte colours = png_get_color_type(reading.png, reading.info);
  return (colours == PNG_COLOR_TYPE_GRAY ||
          colours == PNG_COLOR_TYPE_PALETTE) &&
         png_get_bit_depth(reading.png, reading.info) <= 8;
}

static Result<Picture> decode(std::span<const std::byte> file,
                              const std::string &where, Meaning meaning) {
  PngReading reading(file);
  auto refused = [&] {
    return Status(Code::Damaged,
                  std::string("the PNG is damaged: ") + reading.message, where);
  };
  if (!readHeader(reading))
    return refused();
  Picture picture;
  picture.width = png_get_image_width(reading.png, reading.info);
  picture.height = png_get_image_height(reading.png, reading.info);
  if (Status status =
          checkExtents(picture.width, picture.height, file.size(), where);
      !status.ok())
    return status;
  if (meaning == Meaning::Numbers && !holdsNumbers(reading))
    return Status(
        Code::Damaged,
        "the PNG is of colours, alpha or 16 bits: a map has a palette "
        "or is grey, of up to 8 bits, and each value is a class",
        where);
  if (!chooseFormat(reading, meaning))
    return refused();
  picture.channels = png_get_channels(reading.png, reading.info);
  size_t stride = picture.width * picture.channels;
  if (png_get_rowbytes(reading.png, reading.info) != stride)
    return refused();
  picture.pixels.resize(stride * picture.height);
  std::vector<png_bytep> rows(picture.height);
  for (size_t row = 0; row < rows.size(); ++row)
    rows[row] = picture.pixels.data() + row * stride;
  if (!readPixels(reading, rows.data()))
    return refused();
  return picture;
}

Result<Picture> gan::runtime::decodePng(std::span<const std::byte> file,
                                        const std::string &where) {
  return decode(file, where, Meaning::Colours);
}

Result<Picture> gan::runtime::decodePngNumbers(std::span<const std::byte> file,
                                               const std::string &where) {
  return decode(file, where, Meaning::Numbers);
}
