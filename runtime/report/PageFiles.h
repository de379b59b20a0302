// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The files of runtime/report/page, as texts; the build makes the source.
#ifndef GAN_RUNTIME_REPORT_PAGEFILES_H
#define GAN_RUNTIME_REPORT_PAGEFILES_H

#include <string_view>

namespace gan::runtime {

extern const std::string_view kPageHtml, kPageStyle, kPageChart, kPageScript;

} // namespace gan::runtime

#endif // GAN_RUNTIME_REPORT_PAGEFILES_H
