// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/checkpoint/Layout.h"

#include <cstring>

using namespace gan::runtime;

// Calls `copy(i, index)` for every element: its number in memory and in the
// file.
template <typename CopyFn>
static void forEachElement(const Layout &order, CopyFn copy) {
  size_t rank = order.shape.size();
  std::vector<uint64_t> strides(rank, 1), sizes(rank), steps(rank);
  for (size_t axis = rank; axis-- > 1;)
    strides[axis - 1] = strides[axis] * order.shape[axis];
  uint64_t count = 1;
  for (size_t k = 0; k < rank; ++k) {
    sizes[k] = order.shape[order.layout[k]];
    steps[k] = strides[order.layout[k]];
    count *= sizes[k];
  }
  std::vector<uint64_t> position(rank, 0); // in memory
  uint64_t index = 0;
  for (uint64_t i = 0; i < count; ++i) {
    copy(i, index);
    for (size_t k = rank; k-- > 0;) {
      index += steps[k];
      if (++position[k] < sizes[k])
        break;
      index -= steps[k] * sizes[k];
      position[k] = 0;
    }
  }
}

void gan::runtime::memoryToFile(const Layout &order, uint64_t width,
                                std::span<const std::byte> memory,
                                std::span<std::byte> file) {
  forEachElement(order, [&](uint64_t i, uint64_t index) {
    std::memcpy(&file[index * width], &memory[i * width], width);
  });
}

void gan::runtime::fileToMemory(const Layout &order, uint64_t width,
                                std::span<const std::byte> file,
                                std::span<std::byte> memory) {
  forEachElement(order, [&](uint64_t i, uint64_t index) {
    std::memcpy(&memory[i * width], &file[index * width], width);
  });
}
