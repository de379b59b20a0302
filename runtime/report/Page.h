// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// report.html: a run on one page.
#ifndef GAN_RUNTIME_REPORT_PAGE_H
#define GAN_RUNTIME_REPORT_PAGE_H

#include "runtime/base/Status.h"

#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace gan::runtime {

/// Takes JSON piece by piece.
using JsonSink = std::function<void(std::string_view)>;

/// Writes the page with the data that `writeData` gives out, which its script
/// draws: one file that needs no other and no network. With `reloadSeconds` the
/// browser loads it again after so long; 0: the run is over.
Status writePageFile(const std::string &path, const std::string &title,
                     unsigned reloadSeconds,
                     const std::function<void(const JsonSink &)> &writeData);

/// RFC 4648.
std::string base64(std::span<const std::byte> bytes);

} // namespace gan::runtime

#endif // GAN_RUNTIME_REPORT_PAGE_H
