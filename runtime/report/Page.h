// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// report.html: a run on one page.
#ifndef GAN_RUNTIME_REPORT_PAGE_H
#define GAN_RUNTIME_REPORT_PAGE_H

#include "runtime/base/Json.h"

#include <span>
#include <string>

namespace gan::runtime {

/// The page with `data` in it, which its script draws: one file that needs no
/// other and no network. With `reloadSeconds` the browser loads it again after
/// so long; 0: the run is over.
std::string pageText(const std::string &title, const Json &data,
                     unsigned reloadSeconds);

/// RFC 4648.
std::string base64(std::span<const std::byte> bytes);

} // namespace gan::runtime

#endif // GAN_RUNTIME_REPORT_PAGE_H
