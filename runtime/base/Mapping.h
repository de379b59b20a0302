// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Which file lies at an address: how a shared library finds itself.
#ifndef GAN_RUNTIME_BASE_MAPPING_H
#define GAN_RUNTIME_BASE_MAPPING_H

#include "runtime/base/Status.h"

#include <string>

namespace gan::runtime {

/// The absolute path, as it is now, of the file that is mapped at the address.
/// `NotFound` where none is, or where it has been removed or replaced.
Result<std::string> mappedFileOf(const void *address);

} // namespace gan::runtime

#endif // GAN_RUNTIME_BASE_MAPPING_H
