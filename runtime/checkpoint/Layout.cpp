// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/checkpoint/Layout.h"

#include <cstring>

using namespace gan::runtime;

// Calls `copy(i, index)` for `count` elements of the file from number `first`
// on: i counts them from 0, `index` is the element's number in memory.
template <typename CopyFn>
static void forEachElement(const Layout &order, uint64_t first, uint64_t count,
                           CopyFn copy) {
  size_t rank = order.shape.size();
  std::vector<uint64_t> steps(rank), position(rank);
  for (uint64_t step = 1, k = rank; k-- > 0;) {
    steps[order.layout[k]] = step;
    step *= order.shape[order.layout[k]];
  }
  uint64_t index = 0;
  for (uint64_t rest = first, axis = rank; axis-- > 0;) {
    position[axis] = rest % order.shape[axis];
    rest /= order.shape[axis];
    index += position[axis] * steps[axis];
  }
  for (uint64_t i = 0; i < count; ++i) {
    copy(i, index);
    for (size_t axis = rank; axis-- > 0;) {
      index += steps[axis];
      if (++position[axis] < order.shape[axis])
        break;
      index -= steps[axis] * order.shape[axis];
      position[axis] = 0;
    }
  }
}

void gan::runtime::memoryToFile(const Layout &order, uint64_t width,
                                uint64_t first,
                                std::span<const std::byte> memory,
                                std::span<std::byte> file) {
  forEachElement(order, first, file.size() / width,
                 [&](uint64_t i, uint64_t index) {
                   std::memcpy(&file[i * width], &memory[index * width], width);
                 });
}

void gan::runtime::fileToMemory(const Layout &order, uint64_t width,
                                uint64_t first, std::span<const std::byte> file,
                                std::span<std::byte> memory) {
  forEachElement(order, first, file.size() / width,
                 [&](uint64_t i, uint64_t index) {
                   std::memcpy(&memory[index * width], &file[i * width], width);
                 });
}
