// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/data/image/Orientation.h"
#include "runtime/base/File.h"

#include <algorithm>
#include <string_view>

using namespace gan::runtime;

using Bytes = std::span<const std::byte>;

namespace {
// Numbers in bytes that may end anywhere: what lies beyond the end is 0.
struct Numbers {
  Bytes bytes;
  bool isLittle = false;

  uint64_t at(uint64_t offset, unsigned width) const {
    uint64_t number = 0;
    for (unsigned i = 0; i < width; ++i) {
      uint64_t place = offset + (isLittle ? width - 1 - i : i);
      number =
          number << 8 |
          (place < bytes.size() ? std::to_integer<uint64_t>(bytes[place]) : 0);
    }
    return number;
  }
};
} // namespace

// What a chunk holds, or less of it where the file ends.
static Bytes piece(Bytes bytes, uint64_t offset, uint64_t size) {
  if (offset >= bytes.size())
    return {};
  return bytes.subspan(offset, std::min<uint64_t>(size, bytes.size() - offset));
}

static bool beginsWith(Bytes bytes, std::string_view magic) {
  return textOf(bytes).starts_with(magic);
}

// "II" or "MM", 42, the offset of a directory of entries of 12 bytes: tag,
// type, count, value.
static int orientationOfTiff(Bytes tiff) {
  Numbers numbers{tiff, beginsWith(tiff, "II")};
  if ((!numbers.isLittle && !beginsWith(tiff, "MM")) || numbers.at(2, 2) != 42)
    return 1;
  uint64_t directory = numbers.at(4, 4);
  for (uint64_t i = 0; i < numbers.at(directory, 2); ++i)
    if (uint64_t entry = directory + 2 + 12 * i; numbers.at(entry, 2) == 274) {
      uint64_t value = numbers.at(entry + 8, 2);
      return value >= 1 && value <= 8 ? static_cast<int>(value) : 1;
    }
  return 1;
}

// Markers of two bytes, then a length that counts itself; the segments before
// the first scan.
static Bytes exifOfJpeg(Bytes file) {
  Numbers numbers{file};
  uint64_t at = 2;
  while (numbers.at(at, 1) == 0xff && numbers.at(at + 1, 1) != 0xda) {
    uint64_t length = numbers.at(at + 2, 2);
    Bytes segment = piece(file, at + 4, length < 2 ? 0 : length - 2);
    if (numbers.at(at + 1, 1) == 0xe1 &&
        beginsWith(segment, std::string_view("Exif\0\0", 6)))
      return segment.subspan(6);
    at += 2 + length;
  }
  return {};
}

// Length, type, content, checksum.
static Bytes exifOfPng(Bytes file) {
  Numbers numbers{file};
  for (uint64_t at = 8; at < file.size();) {
    uint64_t length = numbers.at(at, 4);
    if (beginsWith(piece(file, at + 4, 4), "eXIf"))
      return piece(file, at + 8, length);
    at += 12 + length;
  }
  return {};
}

// Type, length, content padded to an even number of bytes.
static Bytes exifOfWebp(Bytes file) {
  Numbers numbers{file, /*isLittle=*/true};
  for (uint64_t at = 12; at < file.size();) {
    uint64_t length = numbers.at(at + 4, 4);
    if (beginsWith(piece(file, at, 4), "EXIF")) {
      Bytes exif = piece(file, at + 8, length);
      return beginsWith(exif, std::string_view("Exif\0\0", 6)) ? exif.subspan(6)
                                                               : exif;
    }
    at += 8 + length + length % 2;
  }
  return {};
}

int gan::runtime::orientationOf(Bytes file) {
  return orientationOfTiff(beginsWith(file, "RIFF")   ? exifOfWebp(file)
                           : beginsWith(file, "\x89") ? exifOfPng(file)
                                                      : exifOfJpeg(file));
}

// Upright pixel (x, y) is the stored pixel (s, t). Orientations from 5 on swap
// the axes; the others of each pair mirror one or both.
Picture gan::runtime::turn(Picture picture, int orientation) {
  if (orientation == 1)
    return picture;
  bool swaps = orientation >= 5;
  bool mirrorsX = orientation == 2 || orientation == 3 || orientation == 7 ||
                  orientation == 8;
  bool mirrorsY = orientation == 3 || orientation == 4 || orientation == 6 ||
                  orientation == 7;
  Picture upright = {swaps ? picture.height : picture.width,
                     swaps ? picture.width : picture.height, picture.channels,
                     std::vector<uint8_t>(picture.pixels.size())};
  uint8_t *out = upright.pixels.data();
  for (int64_t y = 0; y < upright.height; ++y)
    for (int64_t x = 0; x < upright.width; ++x) {
      int64_t s = swaps ? y : x, t = swaps ? x : y;
      s = mirrorsX ? picture.width - 1 - s : s;
      t = mirrorsY ? picture.height - 1 - t : t;
      const uint8_t *pixel =
          &picture.pixels[(t * picture.width + s) * picture.channels];
      out = std::copy_n(pixel, picture.channels, out);
    }
  return upright;
}
