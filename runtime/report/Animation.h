// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The one wrapper of libwebp's encoders.
#ifndef GAN_RUNTIME_REPORT_ANIMATION_H
#define GAN_RUNTIME_REPORT_ANIMATION_H

#include "runtime/base/Status.h"
#include "runtime/data/image/Picture.h"

#include <span>
#include <string>

namespace gan::runtime {

/// Writes pictures of one size, grey or of three channels, as a WebP that shows
/// them one after another for so long each, over and over. Lossless; the file
/// appears whole or not at all, and the same pictures give the same bytes.
/// `Usage` for more than 16383 pixels a side, the most that the format has.
Status writeAnimatedWebp(const std::string &path,
                         std::span<const Picture> pictures, int milliseconds);

} // namespace gan::runtime

#endif // GAN_RUNTIME_REPORT_ANIMATION_H
