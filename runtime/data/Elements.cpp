// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/data/Elements.h"

#include <cstring>

using namespace gan;
using namespace gan::runtime;

template <typename T>
static void store(std::span<std::byte> out, size_t index, double value) {
  T rounded = static_cast<T>(value);
  std::memcpy(out.data() + index * sizeof(T), &rounded, sizeof(T));
}

template <typename T>
static double load(std::span<const std::byte> bytes, size_t index) {
  T value;
  std::memcpy(&value, bytes.data() + index * sizeof(T), sizeof(T));
  return static_cast<double>(value);
}

void gan::runtime::storeElement(format::ElementType type,
                                std::span<std::byte> out, size_t index,
                                double value) {
  switch (type) {
  case format::ElementType::F32:
    return store<float>(out, index, value);
  case format::ElementType::F64:
    return store<double>(out, index, value);
  case format::ElementType::I32:
    return store<int32_t>(out, index, value);
  case format::ElementType::I64:
    return store<int64_t>(out, index, value);
  case format::ElementType::Bool:
    return store<uint8_t>(out, index, value != 0);
  case format::ElementType::BF16:
    break; // kernels alone write it
  }
}

double gan::runtime::loadElement(format::ElementType type,
                                 std::span<const std::byte> bytes,
                                 size_t index) {
  switch (type) {
  case format::ElementType::F32:
    return load<float>(bytes, index);
  case format::ElementType::F64:
    return load<double>(bytes, index);
  case format::ElementType::I32:
    return load<int32_t>(bytes, index);
  case format::ElementType::I64:
    return load<int64_t>(bytes, index);
  case format::ElementType::Bool:
    return load<uint8_t>(bytes, index);
  case format::ElementType::BF16:
    break; // nobody asks for what is between kernels
  }
  return 0;
}
