// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/health/Finite.h"

#include <algorithm>
#include <cmath>
#include <cstring>

using namespace gan;
using namespace gan::runtime;

// Elements looked at between two decisions: so many that the loop becomes
// vector code.
static constexpr size_t kBlock = 4096;

// A real is finite unless all bits of its exponent are set. `Word` has the
// upper bits of `Real`, or all.
template <typename Real, typename Word>
static std::optional<NotFinite> scan(std::span<const std::byte> bytes,
                                     Word exponent) {
  size_t count = bytes.size() / sizeof(Word);
  auto wordAt = [&](size_t i) {
    Word word;
    std::memcpy(&word, bytes.data() + i * sizeof(Word), sizeof(Word));
    return word;
  };
  for (size_t begin = 0; begin < count; begin += kBlock) {
    size_t end = std::min(begin + kBlock, count);
    bool isFinite = true;
    for (size_t i = begin; i < end; ++i)
      isFinite &= (wordAt(i) & exponent) != exponent;
    for (size_t i = begin; !isFinite && i < end; ++i) {
      if ((wordAt(i) & exponent) != exponent)
        continue;
      Real value = 0;
      Word word = wordAt(i);
      std::memcpy(reinterpret_cast<std::byte *>(&value) + sizeof(Real) -
                      sizeof(Word),
                  &word, sizeof(Word));
      return NotFinite{.index = i, .value = value};
    }
  }
  return std::nullopt;
}

std::optional<NotFinite>
gan::runtime::findNotFinite(format::ElementType element,
                            std::span<const std::byte> bytes) {
  switch (element) {
  case format::ElementType::F32:
    return scan<float, uint32_t>(bytes, 0x7f800000);
  case format::ElementType::F64:
    return scan<double, uint64_t>(bytes, 0x7ff0000000000000);
  case format::ElementType::BF16:
    return scan<float, uint16_t>(bytes, 0x7f80);
  case format::ElementType::I32:
  case format::ElementType::I64:
  case format::ElementType::Bool:
    break;
  }
  return std::nullopt;
}

std::string gan::runtime::nameOfNotFinite(double value) {
  return std::isnan(value) ? "nan" : value > 0 ? "inf" : "-inf";
}
