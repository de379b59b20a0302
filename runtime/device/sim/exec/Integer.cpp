// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/sim/exec/Families.h"
#include "runtime/device/sim/exec/Lanes.h"

#include <limits>
#include <type_traits>

using namespace gan::sim;

namespace {
/// Wraps without undefined behaviour: 16 bits are computed in 32.
template <typename T>
using Wrapping = std::conditional_t<sizeof(T) == 8, uint64_t, uint32_t>;
template <typename T>
using Wide = std::conditional_t<
    sizeof(T) == 8,
    std::conditional_t<std::is_signed_v<T>, __int128, unsigned __int128>,
    std::conditional_t<
        sizeof(T) == 4,
        std::conditional_t<std::is_signed_v<T>, int64_t, uint64_t>,
        std::conditional_t<std::is_signed_v<T>, int32_t, uint32_t>>>;

constexpr auto add = [](auto a, auto b) {
  using W = Wrapping<decltype(a)>;
  return decltype(a)(W(a) + W(b));
};
constexpr auto subtract = [](auto a, auto b) {
  using W = Wrapping<decltype(a)>;
  return decltype(a)(W(a) - W(b));
};
// PTX leaves division by zero open; the hardware answers with all ones.
constexpr auto divide = [](auto a, auto b) {
  using T = decltype(a);
  if (b == 0)
    return T(-1);
  if (std::is_signed_v<T> && b == T(-1))
    return T(0 - Wrapping<T>(a));
  return T(a / b);
};
constexpr auto remainder_ = [](auto a, auto b) {
  using T = decltype(a);
  if (b == 0)
    return a;
  if (std::is_signed_v<T> && b == T(-1))
    return T(0);
  return T(a % b);
};
constexpr auto minimum = [](auto a, auto b) { return a < b ? a : b; };
constexpr auto maximum = [](auto a, auto b) { return a < b ? b : a; };
constexpr auto absolute = [](auto a) {
  using T = decltype(a);
  return a < 0 ? T(0 - Wrapping<T>(a)) : a;
};
constexpr auto negate_ = [](auto a) {
  using T = decltype(a);
  return T(0 - Wrapping<T>(a));
};
constexpr auto difference = [](auto a, auto b, auto c) {
  using T = decltype(a);
  using W = Wrapping<T>;
  return T(W(c) + (a < b ? W(b) - W(a) : W(a) - W(b)));
};
constexpr auto low = [](auto a, auto b) {
  using W = Wrapping<decltype(a)>;
  return decltype(a)(W(a) * W(b));
};
constexpr auto high = [](auto a, auto b) {
  using T = decltype(a);
  return T(Wide<T>(a) * Wide<T>(b) >> (8 * sizeof(T)));
};
constexpr auto lowAdd = [](auto a, auto b, auto c) {
  return add(low(a, b), c);
};
constexpr auto highAdd = [](auto a, auto b, auto c) {
  return add(high(a, b), c);
};
constexpr auto wide = [](auto a, auto b) {
  using T = decltype(a);
  return Wide<T>(a) * Wide<T>(b);
};
constexpr auto wideAdd = [](auto a, auto b, auto c) {
  return add(decltype(c)(wide(a, b)), c);
};
constexpr int32_t clampToS32(int64_t value) {
  return int32_t(value < INT32_MIN   ? INT32_MIN
                 : value > INT32_MAX ? INT32_MAX
                                     : value);
}
// The 24 low bits, extended.
constexpr int64_t low24(int32_t a) { return int32_t(uint32_t(a) << 8) >> 8; }
constexpr uint64_t low24(uint32_t a) { return a & 0xffffff; }
constexpr auto multiply24 = [](auto a, auto b) {
  return decltype(a)(low24(a) * low24(b));
};
constexpr auto multiply24High = [](auto a, auto b) {
  return decltype(a)(low24(a) * low24(b) >> 16);
};
constexpr auto multiply24Add = [](auto a, auto b, auto c) {
  return add(multiply24(a, b), c);
};
constexpr auto multiply24HighAdd = [](auto a, auto b, auto c) {
  return add(multiply24High(a, b), c);
};
} // namespace

// The types of mul24 and mad24.
template <auto F> static Handler mul24(Type type) {
  return type == Type::S32 ? binary<F, int32_t, int32_t, int32_t>
                           : binary<F, uint32_t, uint32_t, uint32_t>;
}
template <auto F> static Handler mad24(Type type) {
  return type == Type::S32 ? ternary<F, int32_t, int32_t, int32_t, int32_t>
                           : ternary<F, uint32_t, uint32_t, uint32_t, uint32_t>;
}

static Handler saturating(std::string_view opcode) {
  if (opcode == "add")
    return binary<[](int32_t a, int32_t b) {
      return clampToS32(int64_t(a) + b);
    },
                  int32_t, int32_t, int32_t>;
  return binary<[](int32_t a, int32_t b) { return clampToS32(int64_t(a) - b); },
                int32_t, int32_t, int32_t>;
}

// max(0, min(a, b)) of .relu
template <auto F> static Handler rectified() {
  return binary<[](int32_t a, int32_t b) { return maximum(F(a, b), 0); },
                int32_t, int32_t, int32_t>;
}

bool gan::sim::selectInteger(const Match &match, Inst &inst) {
  std::string_view opcode = match.form->opcode;
  Type type = match.types[0];
  if (match.has(".sat"))
    inst.run = type == Type::S32 ? saturating(opcode) : nullptr;
  else if (match.has(".relu"))
    inst.run = opcode == "min" ? rectified<minimum>() : rectified<maximum>();
  else if (opcode == "add")
    inst.run = integerBinary<add>(type);
  else if (opcode == "sub")
    inst.run = integerBinary<subtract>(type);
  else if (opcode == "div")
    inst.run = integerBinary<divide>(type);
  else if (opcode == "rem")
    inst.run = integerBinary<remainder_>(type);
  else if (opcode == "min")
    inst.run = integerBinary<minimum>(type);
  else if (opcode == "max")
    inst.run = integerBinary<maximum>(type);
  else if (opcode == "abs")
    inst.run = integerUnary<absolute>(type);
  else if (opcode == "neg")
    inst.run = integerUnary<negate_>(type);
  else if (opcode == "sad")
    inst.run = integerTernary<difference>(type);
  return inst.run != nullptr;
}

static Handler wideProduct(Type type, bool plus) {
  switch (type) {
  case Type::U16:
    return plus ? ternary<wideAdd, uint32_t, uint16_t, uint16_t, uint32_t>
                : binary<wide, uint32_t, uint16_t, uint16_t>;
  case Type::S16:
    return plus ? ternary<wideAdd, int32_t, int16_t, int16_t, int32_t>
                : binary<wide, int32_t, int16_t, int16_t>;
  case Type::U32:
    return plus ? ternary<wideAdd, uint64_t, uint32_t, uint32_t, uint64_t>
                : binary<wide, uint64_t, uint32_t, uint32_t>;
  case Type::S32:
    return plus ? ternary<wideAdd, int64_t, int32_t, int32_t, int64_t>
                : binary<wide, int64_t, int32_t, int32_t>;
  default:
    return nullptr;
  }
}

// mul, mad, mul24 and mad24 of integers.
bool gan::sim::selectMultiply(const Match &match, Inst &inst) {
  std::string_view opcode = match.form->opcode;
  Type type = match.types[0];
  bool plus = opcode.starts_with("mad");
  bool isHigh = match.has(".hi");
  if (opcode.ends_with("24"))
    inst.run = plus     ? isHigh ? mad24<multiply24HighAdd>(type)
                                 : mad24<multiply24Add>(type)
               : isHigh ? mul24<multiply24High>(type)
                        : mul24<multiply24>(type);
  else if (match.has(".sat"))
    inst.run = ternary<[](int32_t a, int32_t b, int32_t c) {
      return clampToS32((int64_t(a) * b >> 32) + c);
    },
                       int32_t, int32_t, int32_t, int32_t>;
  else if (match.has(".wide"))
    inst.run = wideProduct(type, plus);
  else if (isHigh)
    inst.run = plus ? integerTernary<highAdd>(type) : integerBinary<high>(type);
  else
    inst.run = plus ? integerTernary<lowAdd>(type) : integerBinary<low>(type);
  return inst.run != nullptr;
}
