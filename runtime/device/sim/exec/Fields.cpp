// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/sim/exec/Families.h"
#include "runtime/device/sim/exec/Lanes.h"

#include <type_traits>

using namespace gan::sim;

namespace {
constexpr auto countOnes = [](auto a) {
  using U = std::make_unsigned_t<decltype(a)>;
  return unsigned(std::popcount(U(a)));
};
constexpr auto leadingZeros = [](auto a) {
  using U = std::make_unsigned_t<decltype(a)>;
  return unsigned(std::countl_zero(U(a)));
};
constexpr auto reverse = [](auto a) {
  decltype(a) result = 0;
  for (unsigned i = 0; i < 8 * sizeof(a); ++i, a >>= 1)
    result = decltype(a)(result << 1 | (a & 1));
  return result;
};
// The highest bit that differs from the sign; 0xffffffff where there is none.
template <bool Amount>
constexpr auto find = [](auto a) {
  using U = std::make_unsigned_t<decltype(a)>;
  U bits = a < 0 ? U(~U(a)) : U(a);
  unsigned zeros = unsigned(std::countl_zero(bits));
  unsigned width = 8 * sizeof(U);
  if (zeros == width)
    return 0xffffffffu;
  return Amount ? zeros : width - 1 - zeros;
};
// Bits b .. b+c-1 of a; signed fields repeat their highest bit, or that of a
// where the field reaches beyond it.
constexpr auto extract = [](auto a, uint32_t b, uint32_t c) {
  using T = decltype(a);
  using U = std::make_unsigned_t<T>;
  constexpr uint32_t width = 8 * sizeof(T);
  uint32_t position = b & 0xff, length = c & 0xff;
  if (length == 0)
    return T(0);
  uint32_t last = position + length - 1;
  bool sign =
      std::is_signed_v<T> && (U(a) >> (last < width ? last : width - 1) & 1);
  U result = position < width ? U(U(a) >> position) : U(0);
  uint32_t have = position < width ? width - position : 0;
  uint32_t keep = length < have ? length : have;
  U ones = keep >= width ? U(~U(0)) : U((U(1) << keep) - 1);
  result &= ones;
  return T(sign ? U(result | U(~ones)) : result);
};
template <typename T>
constexpr T insert(T a, T b, uint32_t position, uint32_t length) {
  constexpr uint32_t width = 8 * sizeof(T);
  position &= 0xff;
  length &= 0xff;
  if (position >= width || length == 0)
    return b;
  T ones = length >= width ? T(~T(0)) : T((T(1) << length) - 1);
  T field = T(ones << position);
  return T((b & ~field) | ((a << position) & field));
}
// 2^width - 1, shifted: bits a .. a+b-1.
template <bool Clamp> constexpr uint32_t bitMask(uint32_t a, uint32_t b) {
  if (!Clamp) {
    a &= 31;
    b &= 31;
  } else if (a >= 32) {
    return 0;
  }
  uint32_t ones = b >= 32 ? ~0u : (1u << b) - 1;
  return ones << a;
}
// The low b bits of a as a number of type T.
template <typename T, bool Clamp> constexpr T extend(T a, uint32_t b) {
  uint32_t bits = Clamp ? (b > 32 ? 32 : b) : b & 31;
  if (bits == 0)
    return 0;
  return T(T(uint32_t(a) << (32 - bits)) >> (32 - bits));
}
} // namespace

template <typename T>
static void insertField(Warp &warp, const Inst &inst, uint32_t mask) {
  const T *a = warp.lanes<T>(inst.a), *b = warp.lanes<T>(inst.b);
  const uint32_t *c = warp.lanes<uint32_t>(inst.c);
  const uint32_t *f = warp.lanes<uint32_t>(inst.f);
  forLanes(warp.lanes<T>(inst.d), mask, [=](unsigned lane) {
    return insert<T>(a[lane], b[lane], c[lane], f[lane]);
  });
  warp.carry(inst.d, mask,
             warp.poison[inst.a] | warp.poison[inst.b] | warp.poison[inst.c] |
                 warp.poison[inst.f]);
}

// The selectors of prmt for one mode, as those of the mode without a name.
static uint32_t selectorOf(uint32_t mode, uint32_t c) {
  uint32_t i = c & 3;
  constexpr uint32_t f4e[] = {0x3210, 0x4321, 0x5432, 0x6543};
  constexpr uint32_t b4e[] = {0x5670, 0x6701, 0x7012, 0x0123};
  constexpr uint32_t ecl[] = {0x3210, 0x3211, 0x3222, 0x3333};
  constexpr uint32_t ecr[] = {0x0000, 0x1110, 0x2210, 0x3210};
  switch (mode) {
  case 1:
    return f4e[i];
  case 2:
    return b4e[i];
  case 3:
    return 0x1111 * i;
  case 4:
    return ecl[i];
  case 5:
    return ecr[i];
  case 6:
    return i & 1 ? 0x3232 : 0x1010;
  default:
    return c;
  }
}

static uint32_t permute(uint32_t a, uint32_t b, uint32_t selector) {
  uint64_t bytes = uint64_t(b) << 32 | a;
  uint32_t result = 0;
  for (unsigned i = 0; i < 4; ++i) {
    uint32_t pick = selector >> (4 * i) & 0xf;
    uint32_t byte = uint32_t(bytes >> (8 * (pick & 7))) & 0xff;
    if (pick & 8) // its sign, eight times
      byte = byte & 0x80 ? 0xff : 0;
    result |= byte << (8 * i);
  }
  return result;
}

static void prmt(Warp &warp, const Inst &inst, uint32_t mask) {
  const uint32_t *a = warp.lanes<uint32_t>(inst.a);
  const uint32_t *b = warp.lanes<uint32_t>(inst.b);
  const uint32_t *c = warp.lanes<uint32_t>(inst.c);
  uint32_t mode = inst.aux;
  forLanes(warp.lanes<uint32_t>(inst.d), mask, [=](unsigned lane) {
    return permute(a[lane], b[lane], selectorOf(mode, c[lane]));
  });
  warp.carry(inst.d, mask,
             warp.poison[inst.a] | warp.poison[inst.b] | warp.poison[inst.c]);
}

template <auto F> static Handler toWord(Type type) {
  return forInteger(type, []<typename T>(T) { return unary<F, uint32_t, T>; });
}

static Handler extraction(Type type) {
  return forInteger(type, []<typename T>(T) {
    return ternary<extract, T, T, uint32_t, uint32_t>;
  });
}

template <bool Clamp> static Handler extension(Type type) {
  return type == Type::S32
             ? binary<extend<int32_t, Clamp>, int32_t, int32_t, uint32_t>
             : binary<extend<uint32_t, Clamp>, uint32_t, uint32_t, uint32_t>;
}

static uint32_t permuteMode(const Match &match) {
  uint32_t number = 0;
  for (std::string_view mode :
       {".f4e", ".b4e", ".rc8", ".ecl", ".ecr", ".rc16"}) {
    ++number;
    if (match.has(mode))
      return number;
  }
  return 0;
}

// Counting, finding and moving fields of bits.
bool gan::sim::selectField(const Match &match, Inst &inst) {
  std::string_view opcode = match.form->opcode;
  Type type = match.types[0];
  bool clamp = match.has(".clamp");
  if (opcode == "popc")
    inst.run = toWord<countOnes>(type);
  else if (opcode == "clz")
    inst.run = toWord<leadingZeros>(type);
  else if (opcode == "brev")
    inst.run = integerUnary<reverse>(type);
  else if (opcode == "bfind")
    inst.run = match.has(".shiftamt") ? toWord<find<true>>(type)
                                      : toWord<find<false>>(type);
  else if (opcode == "bfe")
    inst.run = extraction(type);
  else if (opcode == "bfi")
    inst.run =
        type == Type::B32 ? insertField<uint32_t> : insertField<uint64_t>;
  else if (opcode == "bmsk")
    inst.run = clamp ? binary<bitMask<true>, uint32_t, uint32_t, uint32_t>
                     : binary<bitMask<false>, uint32_t, uint32_t, uint32_t>;
  else if (opcode == "szext")
    inst.run = clamp ? extension<true>(type) : extension<false>(type);
  else if (opcode == "prmt") {
    inst.aux = permuteMode(match);
    inst.run = prmt;
  }
  return inst.run != nullptr;
}
