// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Pictures of another size.
#ifndef GAN_RUNTIME_DATA_IMAGE_RESIZE_H
#define GAN_RUNTIME_DATA_IMAGE_RESIZE_H

#include "runtime/data/image/Picture.h"

#include <optional>
#include <string_view>

namespace gan::runtime {

/// How pixels are weighed; each widens with the scale where a picture shrinks.
enum class Filter : uint8_t { Nearest, Box, Bilinear, Bicubic, Lanczos };

/// "nearest", "box", "bilinear", "bicubic", "lanczos".
std::optional<Filter> filterNamed(std::string_view name);

/// A picture of `width` x `height` that is never whole in memory: what is
/// wanted of it begins at (`left`, `top`).
struct Window {
  int64_t width, height;
  int64_t left = 0, top = 0;
};

/// What a picture stretched to the extents of `window` shows in the `width` x
/// `height` pixels there, to the byte as Pillow's `Image.resize` gives it:
/// integer weights of 22 bits, horizontally first, each pass rounded to bytes.
/// (`Nearest`: the pixel at the centre, where Pillow sums up steps. Alpha is a
/// channel like others, where Pillow weighs colours by it.) The window holds
/// those pixels.
Picture resize(const Picture &picture, const Window &window, int64_t width,
               int64_t height, Filter filter);

/// The picture with so many channels (as Picture.h counts them): alpha that has
/// no place is laid on white, colours become grey as Pillow weighs them (ITU-R
/// 601-2), grey is repeated, and where alpha is new, all is opaque.
Picture convertChannels(Picture picture, int64_t channels);

} // namespace gan::runtime

#endif // GAN_RUNTIME_DATA_IMAGE_RESIZE_H
