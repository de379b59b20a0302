// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/sim/exec/Families.h"
#include "runtime/device/sim/exec/Lanes.h"

#include <type_traits>

using namespace gan::sim;

static void predicateLogic(Warp &warp, const Inst &inst, uint32_t mask) {
  uint32_t a = warp.predicate(inst.a);
  uint32_t poisoned = warp.poison[inst.a];
  uint32_t result = ~a;
  if (inst.b != kNoSlot) {
    uint32_t b = warp.predicate(inst.b);
    poisoned = poisonOfLogic(a, poisoned, b, warp.poison[inst.b], inst.aux);
    result = inst.aux == '&' ? a & b : inst.aux == '|' ? a | b : a ^ b;
  }
  warp.setPredicate(inst.d, mask, result, poisoned);
}

Handler gan::sim::complementHandler() { return predicateLogic; }

// Bit i of the table is the answer where a, b, c are bits 2, 1, 0 of i.
static uint32_t lookUp(uint32_t a, uint32_t b, uint32_t c, uint32_t table) {
  uint32_t result = 0;
  for (unsigned i = 0; i < 8; ++i)
    if (table >> i & 1)
      result |= (i & 4 ? a : ~a) & (i & 2 ? b : ~b) & (i & 1 ? c : ~c);
  return result;
}

static void lop3(Warp &warp, const Inst &inst, uint32_t mask) {
  const uint32_t *a = warp.lanes<uint32_t>(inst.a);
  const uint32_t *b = warp.lanes<uint32_t>(inst.b);
  const uint32_t *c = warp.lanes<uint32_t>(inst.c);
  uint32_t table = uint32_t(inst.imm);
  forLanes(warp.lanes<uint32_t>(inst.d), mask, [=](unsigned lane) {
    return lookUp(a[lane], b[lane], c[lane], table);
  });
  warp.carry(inst.d, mask,
             warp.poison[inst.a] | warp.poison[inst.b] | warp.poison[inst.c]);
}

bool gan::sim::selectLogic(const Match &match, Inst &inst) {
  std::string_view opcode = match.form->opcode;
  Type type = match.types[0];
  inst.aux = opcode == "and" ? '&' : opcode == "or" ? '|' : '^';
  if (opcode == "lop3")
    inst.run = lop3;
  else if (type == Type::Pred)
    inst.run = predicateLogic;
  else if (opcode == "and")
    inst.run = integerBinary<[](auto a, auto b) { return a & b; }>(type);
  else if (opcode == "or")
    inst.run = integerBinary<[](auto a, auto b) { return a | b; }>(type);
  else if (opcode == "xor")
    inst.run = integerBinary<[](auto a, auto b) { return a ^ b; }>(type);
  else if (opcode == "not")
    inst.run = integerUnary<[](auto a) { return ~a; }>(type);
  else
    inst.run =
        integerUnary<[](auto a) { return a == 0 ? 1 : 0; }>(type); // cnot
  return inst.run != nullptr;
}

namespace {
// Amounts beyond the width count as the width.
constexpr auto shiftLeft = [](auto a, uint32_t by) {
  using T = decltype(a);
  return by >= 8 * sizeof(T) ? T(0) : T(std::make_unsigned_t<T>(a) << by);
};
constexpr auto shiftRight = [](auto a, uint32_t by) {
  using T = decltype(a);
  uint32_t most = 8 * sizeof(T) - 1;
  return by > most ? T(std::is_signed_v<T> && a < 0 ? -1 : 0) : T(a >> by);
};
} // namespace

template <auto F> static Handler shift(Type type) {
  return forInteger(type,
                    []<typename T>(T) { return binary<F, T, T, uint32_t>; });
}

// shf: a is the low word, b the high one.
template <bool Left, bool Wrap>
static uint32_t funnel(uint32_t a, uint32_t b, uint32_t c) {
  uint32_t by = Wrap ? c & 31 : c > 32 ? 32 : c;
  uint64_t both = uint64_t(b) << 32 | a;
  return Left ? uint32_t(by == 32 ? a : (both << by) >> 32)
              : uint32_t(by == 32 ? b : both >> by);
}

template <bool Left, bool Wrap> static Handler funnelHandler() {
  return ternary<funnel<Left, Wrap>, uint32_t, uint32_t, uint32_t, uint32_t>;
}

bool gan::sim::selectShift(const Match &match, Inst &inst) {
  std::string_view opcode = match.form->opcode;
  bool wrap = match.has(".wrap");
  if (opcode == "shl")
    inst.run = shift<shiftLeft>(match.types[0]);
  else if (opcode == "shr")
    inst.run = shift<shiftRight>(match.types[0]);
  else if (match.has(".l"))
    inst.run =
        wrap ? funnelHandler<true, true>() : funnelHandler<true, false>();
  else
    inst.run =
        wrap ? funnelHandler<false, true>() : funnelHandler<false, false>();
  return inst.run != nullptr;
}
