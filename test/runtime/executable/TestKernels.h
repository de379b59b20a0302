// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The machine code of the test executable.
#ifndef GAN_TEST_RUNTIME_EXECUTABLE_TESTKERNELS_H
#define GAN_TEST_RUNTIME_EXECUTABLE_TESTKERNELS_H

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace gan::test {

/// The image: position-independent and self-contained.
std::span<const std::byte> kernelBytes();
/// Where the kernels begin in it, in the order of `Kernels`.
std::vector<uint64_t> kernelOffsets();

} // namespace gan::test

#endif // GAN_TEST_RUNTIME_EXECUTABLE_TESTKERNELS_H
