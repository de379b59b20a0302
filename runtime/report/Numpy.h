// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Arrays as NumPy reads them.
#ifndef GAN_RUNTIME_REPORT_NUMPY_H
#define GAN_RUNTIME_REPORT_NUMPY_H

#include "runtime/base/Status.h"
#include "runtime/format/Executable_generated.h"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace gan::runtime {

/// Numbers, row-major, that something else owns.
struct NumpyArray {
  std::vector<uint64_t> sizes;
  format::ElementType element; // not bf16, which NumPy does not have
  std::span<const std::byte> bytes;
};

/// Writes a file of format 1.0, whole or not at all.
Status writeNpy(const std::string &path, const NumpyArray &array);

/// Writes a zip with the array as `name`.npy, not packed. `Usage` for what is
/// too large for a zip without extensions, 4 GiB.
Status writeNpz(const std::string &path, const std::string &name,
                const NumpyArray &array);

} // namespace gan::runtime

#endif // GAN_RUNTIME_REPORT_NUMPY_H
