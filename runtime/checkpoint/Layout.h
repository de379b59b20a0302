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

/// Fills `file` with the elements of the file's order that begin with number
/// `first`, each of `width` bytes, out of all of `memory`.
void memoryToFile(const Layout &order, uint64_t width, uint64_t first,
                  std::span<const std::byte> memory, std::span<std::byte> file);

/// Puts such elements into their places in `memory`.
void fileToMemory(const Layout &order, uint64_t width, uint64_t first,
                  std::span<const std::byte> file, std::span<std::byte> memory);

} // namespace gan::runtime

#endif // GAN_RUNTIME_CHECKPOINT_LAYOUT_H
