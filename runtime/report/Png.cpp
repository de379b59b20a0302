// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/report/Png.h"
#include "runtime/base/File.h"

#include <png.h>

using namespace gan::runtime;

Status gan::runtime::writePng(const std::string &path, const Picture &picture) {
  // The simplified interface reports errors by its result; the other one jumps
  // out of the function, over destructors.
  png_image image = {};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(picture.width);
  image.height = static_cast<png_uint_32>(picture.height);
  constexpr png_uint_32 kFormats[] = {PNG_FORMAT_GRAY, PNG_FORMAT_GA,
                                      PNG_FORMAT_RGB, PNG_FORMAT_RGBA};
  image.format = kFormats[picture.channels - 1];
  png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(image);
  FileBytes bytes(size);
  bool isDone = png_image_write_to_memory(
      &image, bytes.data(), &size, /*convert_to_8_bit=*/0,
      picture.pixels.data(), /*row_stride=*/0, /*colormap=*/nullptr);
  if (!isDone)
    return Status(Code::Internal,
                  std::string("cannot make a PNG: ") + image.message, path);
  return writeFile(path, std::span(bytes).first(size));
}
