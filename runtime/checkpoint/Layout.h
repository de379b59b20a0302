// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// From the order of a tensor's elements in memory to that of the file.
#ifndef GAN_RUNTIME_CHECKPOINT_LAYOUT_H
#define GAN_RUNTIME_CHECKPOINT_LAYOUT_H

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace gan::runtime {

/// The order of the elements of one tensor. Axis k in memory is axis
/// `layout[k]` of `shape`, which is the file's; both are row-major.
struct Layout {
  std::vector<uint64_t> shape;
  std::vector<uint32_t> layout;
};

/// Copies elements of `width` bytes from the order of memory to that of the
/// file. Both spans have exactly the size of the tensor.
void memoryToFile(const Layout &order, uint64_t width,
                  std::span<const std::byte> memory, std::span<std::byte> file);

/// And back.
void fileToMemory(const Layout &order, uint64_t width,
                  std::span<const std::byte> file, std::span<std::byte> memory);

} // namespace gan::runtime

#endif // GAN_RUNTIME_CHECKPOINT_LAYOUT_H
