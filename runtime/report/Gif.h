// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The one wrapper of giflib.
#ifndef GAN_RUNTIME_REPORT_GIF_H
#define GAN_RUNTIME_REPORT_GIF_H

#include "runtime/base/Status.h"
#include "runtime/data/image/Picture.h"

#include <span>
#include <string>

namespace gan::runtime {

/// Writes pictures of one size, grey or of three channels, as a GIF that shows
/// them one after another for so long each (in hundredths of a second, rounded
/// down), over and over. A picture of at most 256 colours, as every grey one,
/// is kept as it is; of others giflib chooses 256. The file appears whole or
/// not at all, and the same pictures give the same bytes. `Usage` for more than
/// 65535 pixels a side, the most that the format has.
Status writeAnimatedGif(const std::string &path,
                        std::span<const Picture> pictures, int milliseconds);

} // namespace gan::runtime

#endif // GAN_RUNTIME_REPORT_GIF_H
