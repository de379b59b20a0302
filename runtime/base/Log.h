// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What the programs of the runtime say to their user on standard error. Errors
// while saying it are ignored: a closed terminal stops no training.
#ifndef GAN_RUNTIME_BASE_LOG_H
#define GAN_RUNTIME_BASE_LOG_H

#include "runtime/base/Status.h"

#include <string_view>

namespace gan::runtime {

/// One line, written with one call: lines of several threads do not mix.
void logLine(std::string_view line);
/// "warning: <sentence>"
void logWarning(std::string_view sentence);
/// "error: <where>: <sentence>"; with GAN_DEBUG in the environment also the
/// place in our code where it arose.
void logError(const Status &status);

} // namespace gan::runtime

#endif // GAN_RUNTIME_BASE_LOG_H
