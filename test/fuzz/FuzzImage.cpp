// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The decoders of images on any bytes, and what becomes of pictures.
#include "runtime/data/image/Decode.h"
#include "runtime/data/image/Resize.h"
#include "test/fuzz/FuzzTarget.h"

#include <cstdlib>

using namespace gan::runtime;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  std::span<const std::byte> file = std::as_bytes(std::span(data, size));
  Result<Picture> numbers = decodeNumbers(file, "fuzz");
  if (numbers.ok() && numbers->pixels.size() !=
                          static_cast<size_t>(numbers->width * numbers->height))
    abort();
  Result<Picture> picture = decodeImage(file, "fuzz");
  if (!picture.ok())
    return 0;
  if (picture->pixels.size() !=
      static_cast<size_t>(picture->width * picture->height * picture->channels))
    abort();
  // What is large is only decoded.
  if (picture->pixels.size() > 1 << 16)
    return 0;
  for (int64_t channels : {1, 2, 3, 4}) {
    Picture converted = convertChannels(*picture, channels);
    Window window{7 + picture->width / 2, 5 + 3 * picture->height, 2, 1};
    (void)resize(converted, window, 5, 4, static_cast<Filter>(size % 5));
  }
  return 0;
}
