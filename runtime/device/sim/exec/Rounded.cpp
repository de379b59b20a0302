// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Arithmetic with the roundings .rz, .rm and .rp. The processor rounds: its
// mode is set around the loop over lanes. This file is compiled so that nothing
// is moved across that (-frounding-math).
#include "runtime/device/sim/exec/Families.h"
#include "runtime/device/sim/exec/Lanes.h"
#include "runtime/device/sim/exec/Scalars.h"

#include <cfenv>
#include <cmath>

#pragma STDC FENV_ACCESS ON

using namespace gan::sim;

namespace {
enum class Op : uint8_t { Add, Sub, Mul, Fma, Div, Rcp, Sqrt };

/// Sets the mode of the processor for as long as it lives.
class Mode {
public:
  explicit Mode(int mode) : before(std::fegetround()) { std::fesetround(mode); }
  ~Mode() { std::fesetround(before); }
  Mode(const Mode &) = delete;
  Mode &operator=(const Mode &) = delete;

private:
  int before;
};
} // namespace

template <Op O, typename T> static T apply(T a, T b, T c) {
  switch (O) {
  case Op::Add:
    return a + b;
  case Op::Sub:
    return a - b;
  case Op::Mul:
    return a * b;
  case Op::Fma:
    return fuse(a, b, c);
  case Op::Div:
    return a / b;
  case Op::Rcp:
    return T(1) / a;
  case Op::Sqrt:
    return std::sqrt(a);
  }
}

static float arrange(float value, bool ftz) {
  return ftz ? flush<true>(value) : value;
}
static double arrange(double value, bool) { return value; }
static float deliver(float value, bool ftz, bool sat) {
  value = arrange(canonical(value), ftz);
  return sat ? saturate<true>(value) : value;
}
static double deliver(double value, bool, bool) { return canonical(value); }

// Inst::aux is the mode of <cfenv>; bit 0 of the flags .ftz, bit 1 .sat.
template <Op O, typename T>
static void rounded(Warp &warp, const Inst &inst, uint32_t mask) {
  Slot second = inst.b == kNoSlot ? inst.a : inst.b;
  Slot third = inst.c == kNoSlot ? inst.a : inst.c;
  const T *a = warp.lanes<T>(inst.a), *b = warp.lanes<T>(second);
  const T *c = warp.lanes<T>(third);
  T *d = warp.lanes<T>(inst.d);
  bool ftz = inst.flags & 1, sat = inst.flags & 2;
  Mode mode{int(inst.aux)};
  for (uint32_t left = mask; left; left &= left - 1) {
    unsigned lane = firstLane(left);
    d[lane] = deliver(apply<O, T>(arrange(a[lane], ftz), arrange(b[lane], ftz),
                                  arrange(c[lane], ftz)),
                      ftz, sat);
  }
  warp.carry(inst.d, mask,
             warp.poison[inst.a] | warp.poison[second] | warp.poison[third]);
}

template <Op O> static Handler make(Type type) {
  return type == Type::F64 ? rounded<O, double> : rounded<O, float>;
}

bool gan::sim::selectRounded(const Match &match, Inst &inst) {
  std::string_view opcode = match.form->opcode;
  Type type = match.types[0];
  inst.aux = uint32_t(match.has(".rz")   ? FE_TOWARDZERO
                      : match.has(".rm") ? FE_DOWNWARD
                                         : FE_UPWARD);
  inst.flags =
      uint8_t((match.has(".ftz") ? 1 : 0) | (match.has(".sat") ? 2 : 0));
  if (type == Type::F64)
    inst.group = Class::Double;
  if (opcode == "add")
    inst.run = make<Op::Add>(type);
  else if (opcode == "sub")
    inst.run = make<Op::Sub>(type);
  else if (opcode == "mul")
    inst.run = make<Op::Mul>(type);
  else if (opcode == "fma" || opcode == "mad")
    inst.run = make<Op::Fma>(type);
  else if (opcode == "div")
    inst.run = make<Op::Div>(type);
  else if (opcode == "rcp")
    inst.run = make<Op::Rcp>(type);
  else if (opcode == "sqrt")
    inst.run = make<Op::Sqrt>(type);
  return inst.run != nullptr;
}
