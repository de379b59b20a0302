// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/sim/exec/Families.h"
#include "runtime/device/sim/exec/Lanes.h"

using namespace gan::sim;

namespace {
/// What a link of a chain does; the flags of Inst::flags.
enum CarryFlags : uint8_t { kTakes = 1, kGives = 2, kSubtracts = 4 };
} // namespace

// One lane of add.cc, addc, sub.cc, subc: d = a + b + in, carry out.
template <typename T>
static T link(T a, T b, bool in, bool subtracts, bool &out) {
  T first, second;
  if (subtracts) {
    bool borrow = __builtin_sub_overflow(a, b, &first);
    out = borrow | __builtin_sub_overflow(first, T(in), &second);
  } else {
    bool carry = __builtin_add_overflow(a, b, &first);
    out = carry | __builtin_add_overflow(first, T(in), &second);
  }
  return second;
}

template <typename T>
static void chain(Warp &warp, const Inst &inst, uint32_t mask, Slot summand) {
  const T *a = warp.lanes<T>(inst.a), *b = warp.lanes<T>(summand);
  T *d = warp.lanes<T>(inst.d);
  uint32_t &flags = warp.predicate(kCarry);
  uint32_t before = inst.flags & kTakes ? flags : 0;
  for (uint32_t left = mask; left; left &= left - 1) {
    unsigned lane = firstLane(left);
    bool out = false;
    d[lane] = link<T>(a[lane], b[lane], before >> lane & 1,
                      inst.flags & kSubtracts, out);
    if (inst.flags & kGives)
      flags = (flags & ~(1u << lane)) | uint32_t(out) << lane;
  }
  uint32_t poisoned = warp.poison[inst.a] | warp.poison[summand];
  if (inst.flags & kTakes)
    poisoned |= warp.poison[kCarry];
  warp.carry(inst.d, mask, poisoned);
  if (inst.flags & kGives)
    warp.carry(kCarry, mask, poisoned);
}

template <typename T>
static void addChain(Warp &warp, const Inst &inst, uint32_t mask) {
  chain<T>(warp, inst, mask, inst.b);
}

// mad.lo.cc and its kin: the product first, then a link of the chain.
template <typename T, typename Wide>
static void multiplyChain(Warp &warp, const Inst &inst, uint32_t mask) {
  const T *a = warp.lanes<T>(inst.a), *b = warp.lanes<T>(inst.b);
  const T *c = warp.lanes<T>(inst.c);
  T *d = warp.lanes<T>(inst.d);
  uint32_t &flags = warp.predicate(kCarry);
  uint32_t before = inst.flags & kTakes ? flags : 0;
  for (uint32_t left = mask; left; left &= left - 1) {
    unsigned lane = firstLane(left);
    Wide product = Wide(a[lane]) * Wide(b[lane]);
    T part = T(inst.aux ? product >> (8 * sizeof(T)) : product);
    bool out = false;
    d[lane] = T(link<std::make_unsigned_t<T>>(std::make_unsigned_t<T>(part),
                                              std::make_unsigned_t<T>(c[lane]),
                                              before >> lane & 1, false, out));
    if (inst.flags & kGives)
      flags = (flags & ~(1u << lane)) | uint32_t(out) << lane;
  }
  uint32_t poisoned =
      warp.poison[inst.a] | warp.poison[inst.b] | warp.poison[inst.c];
  if (inst.flags & kTakes)
    poisoned |= warp.poison[kCarry];
  warp.carry(inst.d, mask, poisoned);
  if (inst.flags & kGives)
    warp.carry(kCarry, mask, poisoned);
}

bool gan::sim::selectCarry(const Match &match, Inst &inst) {
  std::string_view opcode = match.form->opcode;
  bool takes = opcode.ends_with('c');
  bool wide = bitsOf(match.types[0]) == 64;
  inst.flags = uint8_t((takes ? kTakes : 0) | (match.has(".cc") ? kGives : 0) |
                       (opcode.starts_with("sub") ? kSubtracts : 0));
  inst.aux = match.has(".hi");
  if (!opcode.starts_with("mad"))
    inst.run = wide ? addChain<uint64_t> : addChain<uint32_t>;
  else if (isSigned(match.types[0]))
    inst.run = wide ? multiplyChain<int64_t, __int128>
                    : multiplyChain<int32_t, int64_t>;
  else
    inst.run = wide ? multiplyChain<uint64_t, unsigned __int128>
                    : multiplyChain<uint32_t, uint64_t>;
  return true;
}

// add, min, max of .u16x2 and .s16x2: both halves by themselves.
template <typename T, char Op> static uint32_t halves(uint32_t a, uint32_t b) {
  uint32_t result = 0;
  for (unsigned shift : {0u, 16u}) {
    T x = T(a >> shift), y = T(b >> shift);
    T r = Op == '+' ? T(x + y) : Op == '<' ? (x < y ? x : y) : (x < y ? y : x);
    result |= uint32_t(uint16_t(r)) << shift;
  }
  return result;
}

template <typename T> static Handler packed(std::string_view opcode) {
  if (opcode == "add")
    return binary<halves<T, '+'>, uint32_t, uint32_t, uint32_t>;
  return opcode == "min" ? binary<halves<T, '<'>, uint32_t, uint32_t, uint32_t>
                         : binary<halves<T, '>'>, uint32_t, uint32_t, uint32_t>;
}

bool gan::sim::selectPacked(const Match &match, Inst &inst) {
  inst.run = match.types[0] == Type::S16x2
                 ? packed<int16_t>(match.form->opcode)
                 : packed<uint16_t>(match.form->opcode);
  return true;
}

// dp4a and dp2a: bytes of b with bytes or halves of a, added to c.
template <typename A, typename B, unsigned Count>
static uint32_t dot(uint32_t a, uint32_t b, uint32_t c) {
  for (unsigned i = 0; i < Count; ++i)
    c += uint32_t(int32_t(A(a >> (i * 32 / Count))) * int32_t(B(b >> (i * 8))));
  return c;
}

template <typename A, typename B, unsigned Count>
static void dotProduct(Warp &warp, const Inst &inst, uint32_t mask) {
  const uint32_t *a = warp.lanes<uint32_t>(inst.a);
  const uint32_t *b = warp.lanes<uint32_t>(inst.b);
  const uint32_t *c = warp.lanes<uint32_t>(inst.c);
  unsigned shift = inst.aux; // dp2a.hi takes the upper bytes of b
  forLanes(warp.lanes<uint32_t>(inst.d), mask, [=](unsigned lane) {
    return dot<A, B, Count>(a[lane], b[lane] >> shift, c[lane]);
  });
  warp.carry(inst.d, mask,
             warp.poison[inst.a] | warp.poison[inst.b] | warp.poison[inst.c]);
}

bool gan::sim::selectDot(const Match &match, Inst &inst) {
  bool signedA = isSigned(match.types[0]), signedB = isSigned(match.types[1]);
  inst.aux = match.has(".hi") ? 16 : 0;
  if (match.form->opcode == "dp4a")
    inst.run = signedA   ? signedB ? dotProduct<int8_t, int8_t, 4>
                                   : dotProduct<int8_t, uint8_t, 4>
               : signedB ? dotProduct<uint8_t, int8_t, 4>
                         : dotProduct<uint8_t, uint8_t, 4>;
  else
    inst.run = signedA   ? signedB ? dotProduct<int16_t, int8_t, 2>
                                   : dotProduct<int16_t, uint8_t, 2>
               : signedB ? dotProduct<uint16_t, int8_t, 2>
                         : dotProduct<uint16_t, uint8_t, 2>;
  return true;
}
