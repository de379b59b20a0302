// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/sim/Types.h"

#include <array>

using namespace gan::sim;

namespace {
struct TypeRow {
  std::string_view name;
  unsigned bits;
};
} // namespace

// In the order of the enumeration.
static constexpr std::array<TypeRow, 23> kTypes = {{
    {".u8", 8},      {".u16", 16},   {".u32", 32},   {".u64", 64},
    {".s8", 8},      {".s16", 16},   {".s32", 32},   {".s64", 64},
    {".b8", 8},      {".b16", 16},   {".b32", 32},   {".b64", 64},
    {".b128", 128},  {".f16", 16},   {".f16x2", 32}, {".bf16", 16},
    {".bf16x2", 32}, {".tf32", 32},  {".f32", 32},   {".f64", 64},
    {".u16x2", 32},  {".s16x2", 32}, {".pred", 1},
}};

std::optional<Type> gan::sim::typeNamed(std::string_view word) {
  for (size_t i = 0; i < kTypes.size(); ++i)
    if (kTypes[i].name == word)
      return Type(i);
  return std::nullopt;
}

unsigned gan::sim::bitsOf(Type type) { return kTypes[size_t(type)].bits; }

bool gan::sim::isSigned(Type type) {
  return type >= Type::S8 && type <= Type::S64;
}

bool gan::sim::isFloat(Type type) {
  return type == Type::F16 || type == Type::BF16 ||
         (type >= Type::TF32 && type <= Type::F64);
}

std::string_view gan::sim::nameOf(Space space) {
  constexpr std::array<std::string_view, 7> names = {
      "register", "global", "shared", "local", "const", "param", "generic"};
  return names[size_t(space)];
}
