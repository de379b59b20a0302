// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// How an operation on scalars becomes one on the 32 lanes of a warp.
#ifndef GAN_RUNTIME_DEVICE_SIM_EXEC_LANES_H
#define GAN_RUNTIME_DEVICE_SIM_EXEC_LANES_H

#include "runtime/device/sim/Warp.h"

namespace gan::sim {

/// d[lane] = compute(lane) for the lanes of `mask`. Both loops vectorise where
/// `compute` does: results and sources are either the same register or apart.
template <typename D, typename Compute>
inline void forLanes(D *d, uint32_t mask, Compute compute) {
  if (mask == kAllLanes) {
#pragma clang loop vectorize(assume_safety)
    for (unsigned lane = 0; lane < kLanes; ++lane)
      d[lane] = compute(lane);
    return;
  }
  for (uint32_t left = mask; left; left &= left - 1) {
    unsigned lane = firstLane(left);
    d[lane] = compute(lane);
  }
}

/// The lanes of all 32 for which `holds(lane)`.
template <typename Holds> inline uint32_t lanesWhere(Holds holds) {
  uint32_t bits = 0;
#pragma clang loop vectorize(assume_safety)
  for (unsigned lane = 0; lane < kLanes; ++lane)
    bits |= uint32_t(holds(lane) ? 1 : 0) << lane;
  return bits;
}

/// The lanes whose `a op b` has no value: a false operand decides an '&' and a
/// true one an '|' alone, whatever the other one is.
inline uint32_t poisonOfLogic(uint32_t a, uint32_t poisonA, uint32_t b,
                              uint32_t poisonB, uint32_t op) {
  uint32_t decided = 0;
  if (op == '&')
    decided = (~a & ~poisonA) | (~b & ~poisonB);
  else if (op == '|')
    decided = (a & ~poisonA) | (b & ~poisonB);
  return (poisonA | poisonB) & ~decided;
}

template <auto F, typename D, typename A>
void unary(Warp &warp, const Inst &inst, uint32_t mask) {
  const A *a = warp.lanes<A>(inst.a);
  forLanes(warp.lanes<D>(inst.d), mask,
           [=](unsigned lane) { return D(F(a[lane])); });
  warp.carry(inst.d, mask, warp.poison[inst.a]);
}

template <auto F, typename D, typename A, typename B>
void binary(Warp &warp, const Inst &inst, uint32_t mask) {
  const A *a = warp.lanes<A>(inst.a);
  const B *b = warp.lanes<B>(inst.b);
  forLanes(warp.lanes<D>(inst.d), mask,
           [=](unsigned lane) { return D(F(a[lane], b[lane])); });
  warp.carry(inst.d, mask, warp.poison[inst.a] | warp.poison[inst.b]);
}

template <auto F, typename D, typename A, typename B, typename C>
void ternary(Warp &warp, const Inst &inst, uint32_t mask) {
  const A *a = warp.lanes<A>(inst.a);
  const B *b = warp.lanes<B>(inst.b);
  const C *c = warp.lanes<C>(inst.c);
  forLanes(warp.lanes<D>(inst.d), mask,
           [=](unsigned lane) { return D(F(a[lane], b[lane], c[lane])); });
  warp.carry(inst.d, mask,
             warp.poison[inst.a] | warp.poison[inst.b] | warp.poison[inst.c]);
}

/// `make` of a zero of the integer type that `type` names; null for a type that
/// is no integer of 16 to 64 bits.
template <typename Make> Handler forInteger(Type type, Make make) {
  switch (type) {
  case Type::U16:
  case Type::B16:
    return make(uint16_t());
  case Type::U32:
  case Type::B32:
    return make(uint32_t());
  case Type::U64:
  case Type::B64:
    return make(uint64_t());
  case Type::S16:
    return make(int16_t());
  case Type::S32:
    return make(int32_t());
  case Type::S64:
    return make(int64_t());
  default:
    return nullptr;
  }
}

/// `unary`, `binary` or `ternary` with results and sources of one such type.
template <auto F> Handler integerUnary(Type type) {
  return forInteger(type, []<typename T>(T) { return unary<F, T, T>; });
}
template <auto F> Handler integerBinary(Type type) {
  return forInteger(type, []<typename T>(T) { return binary<F, T, T, T>; });
}
template <auto F> Handler integerTernary(Type type) {
  return forInteger(type, []<typename T>(T) { return ternary<F, T, T, T, T>; });
}

} // namespace gan::sim

#endif // GAN_RUNTIME_DEVICE_SIM_EXEC_LANES_H
