// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The one wrapper of libpng.
#ifndef GAN_RUNTIME_REPORT_PNG_H
#define GAN_RUNTIME_REPORT_PNG_H

#include "runtime/base/Status.h"
#include "runtime/report/ImageGrid.h"

#include <string>

namespace gan::runtime {

/// Writes the picture as a PNG of 8 bits a channel; the file appears whole or
/// not at all. The same picture gives the same bytes.
Status writePng(const std::string &path, const Picture &picture);

} // namespace gan::runtime

#endif // GAN_RUNTIME_REPORT_PNG_H
