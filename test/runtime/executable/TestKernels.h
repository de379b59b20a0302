// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The machine code of the test executable, and its PTX.
#ifndef GAN_TEST_RUNTIME_EXECUTABLE_TESTKERNELS_H
#define GAN_TEST_RUNTIME_EXECUTABLE_TESTKERNELS_H

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace gan::test {

/// The image: position-independent and self-contained.
std::span<const std::byte> kernelBytes();
/// The same kernels as PTX.
std::string_view kernelText();
/// Where the kernels begin in it, in the order of `Kernels`.
std::vector<uint64_t> kernelOffsets();

} // namespace gan::test

#endif // GAN_TEST_RUNTIME_EXECUTABLE_TESTKERNELS_H
