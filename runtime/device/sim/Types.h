// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The words that every part of the simulator shares: PTX types, state spaces,
// the shape of a grid.
#ifndef GAN_RUNTIME_DEVICE_SIM_TYPES_H
#define GAN_RUNTIME_DEVICE_SIM_TYPES_H

#include "runtime/base/Status.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace gan::sim {

using runtime::Code;
using runtime::Result;
using runtime::Status;

constexpr unsigned kLanes = 32;
constexpr uint32_t kAllLanes = 0xffffffff;

/// The fundamental types of PTX, with the packed ones.
enum class Type : uint8_t {
  // clang-format off
  U8, U16, U32, U64, S8, S16, S32, S64, B8, B16, B32, B64, B128,
  F16, F16x2, BF16, BF16x2, TF32, F32, F64, U16x2, S16x2, Pred,
  // clang-format on
};

/// The type that ".f32" names; nothing for a word that is no type.
std::optional<Type> typeNamed(std::string_view word);
/// 1 for predicates.
unsigned bitsOf(Type type);
bool isSigned(Type type);
/// F16, BF16, TF32, F32 or F64.
bool isFloat(Type type);

enum class Space : uint8_t {
  Reg,
  Global,
  Shared,
  Local,
  Const,
  Param,
  Generic
};

std::string_view nameOf(Space space);

struct Dim3 {
  uint32_t x = 1, y = 1, z = 1;
  uint64_t count() const { return uint64_t(x) * y * z; }
  friend bool operator==(const Dim3 &, const Dim3 &) = default;
};

} // namespace gan::sim

#endif // GAN_RUNTIME_DEVICE_SIM_TYPES_H
