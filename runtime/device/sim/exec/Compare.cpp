// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/sim/exec/Families.h"
#include "runtime/device/sim/exec/Lanes.h"
#include "runtime/device/sim/exec/Scalars.h"

#include <cmath>

using namespace gan::sim;

namespace {
enum class Relation : uint8_t {
  Eq,
  Ne,
  Lt,
  Le,
  Gt,
  Ge,
  Equ,
  Neu,
  Ltu,
  Leu,
  Gtu,
  Geu,
  Num,
  Nan,
};

template <Relation R, typename T> bool related(T a, T b) {
  bool unordered = a != a || b != b;
  switch (R) {
  case Relation::Eq:
    return a == b;
  case Relation::Ne:
    return a != b && !unordered;
  case Relation::Lt:
    return a < b;
  case Relation::Le:
    return a <= b;
  case Relation::Gt:
    return a > b;
  case Relation::Ge:
    return a >= b;
  case Relation::Equ:
    return a == b || unordered;
  case Relation::Neu:
    return a != b;
  case Relation::Ltu:
    return !(a >= b);
  case Relation::Leu:
    return !(a > b);
  case Relation::Gtu:
    return !(a <= b);
  case Relation::Geu:
    return !(a < b);
  case Relation::Num:
    return !unordered;
  case Relation::Nan:
    return unordered;
  }
}

/// How the lanes of a type are read.
template <bool Ftz> struct HalfLane {
  uint16_t bits;
};
struct BfloatLane {
  uint16_t bits;
};
struct FlushedLane {
  float value;
};

template <typename T> T read(T lane) { return lane; }
template <bool Ftz> float read(HalfLane<Ftz> lane) {
  return halfToFloat(flush16<kF16, Ftz>(lane.bits));
}
inline float read(BfloatLane lane) { return bfloatToFloat(lane.bits); }
inline float read(FlushedLane lane) { return flush<true>(lane.value); }

using Compare = uint32_t (*)(const Warp &, Slot a, Slot b);

template <Relation R, typename T>
uint32_t compare(const Warp &warp, Slot slotA, Slot slotB) {
  const T *a = warp.lanes<T>(slotA), *b = warp.lanes<T>(slotB);
  return lanesWhere(
      [=](unsigned lane) { return related<R>(read(a[lane]), read(b[lane])); });
}
} // namespace

template <typename T> static Compare comparison(Relation relation) {
  switch (relation) {
  case Relation::Eq:
    return compare<Relation::Eq, T>;
  case Relation::Ne:
    return compare<Relation::Ne, T>;
  case Relation::Lt:
    return compare<Relation::Lt, T>;
  case Relation::Le:
    return compare<Relation::Le, T>;
  case Relation::Gt:
    return compare<Relation::Gt, T>;
  case Relation::Ge:
    return compare<Relation::Ge, T>;
  case Relation::Equ:
    return compare<Relation::Equ, T>;
  case Relation::Neu:
    return compare<Relation::Neu, T>;
  case Relation::Ltu:
    return compare<Relation::Ltu, T>;
  case Relation::Leu:
    return compare<Relation::Leu, T>;
  case Relation::Gtu:
    return compare<Relation::Gtu, T>;
  case Relation::Geu:
    return compare<Relation::Geu, T>;
  case Relation::Num:
    return compare<Relation::Num, T>;
  case Relation::Nan:
    return compare<Relation::Nan, T>;
  }
}

static Compare comparisonOf(Type type, Relation relation, bool ftz) {
  switch (type) {
  case Type::U16:
  case Type::B16:
    return comparison<uint16_t>(relation);
  case Type::S16:
    return comparison<int16_t>(relation);
  case Type::U32:
  case Type::B32:
    return comparison<uint32_t>(relation);
  case Type::S32:
    return comparison<int32_t>(relation);
  case Type::U64:
  case Type::B64:
    return comparison<uint64_t>(relation);
  case Type::S64:
    return comparison<int64_t>(relation);
  case Type::F16:
    return ftz ? comparison<HalfLane<true>>(relation)
               : comparison<HalfLane<false>>(relation);
  case Type::BF16:
    return comparison<BfloatLane>(relation);
  case Type::F32:
    return ftz ? comparison<FlushedLane>(relation)
               : comparison<float>(relation);
  case Type::F64:
    return comparison<double>(relation);
  default:
    return nullptr;
  }
}

static Relation relationOf(const Match &match) {
  constexpr std::pair<std::string_view, Relation> names[] = {
      {".eq", Relation::Eq},   {".ne", Relation::Ne},   {".lt", Relation::Lt},
      {".le", Relation::Le},   {".gt", Relation::Gt},   {".ge", Relation::Ge},
      {".lo", Relation::Lt},   {".ls", Relation::Le},   {".hi", Relation::Gt},
      {".hs", Relation::Ge},   {".equ", Relation::Equ}, {".neu", Relation::Neu},
      {".ltu", Relation::Ltu}, {".leu", Relation::Leu}, {".gtu", Relation::Gtu},
      {".geu", Relation::Geu}, {".num", Relation::Num}, {".nan", Relation::Nan},
  };
  for (auto [name, relation] : names)
    if (match.has(name))
      return relation;
  return Relation::Eq;
}

// d = (a R b) op c, e = !(a R b) op c; op in Inst::aux, 0 without one.
static uint32_t combine(uint32_t holds, uint32_t c, uint32_t op) {
  switch (op) {
  case '&':
    return holds & c;
  case '|':
    return holds | c;
  case '^':
    return holds ^ c;
  default:
    return holds;
  }
}

// The function for each relation and type sits in Inst::imm.
static void setp(Warp &warp, const Inst &inst, uint32_t mask) {
  Compare compare = reinterpret_cast<Compare>(inst.imm);
  uint32_t holds = compare(warp, inst.a, inst.b);
  uint32_t poisoned = warp.poison[inst.a] | warp.poison[inst.b];
  uint32_t c = 0, poisonC = 0;
  if (inst.c != kNoSlot) {
    c = warp.predicate(inst.c);
    poisonC = warp.poison[inst.c];
  }
  if (inst.e != kNoSlot)
    warp.setPredicate(inst.e, mask, combine(~holds, c, inst.aux),
                      poisonOfLogic(~holds, poisoned, c, poisonC, inst.aux));
  warp.setPredicate(inst.d, mask, combine(holds, c, inst.aux),
                    poisonOfLogic(holds, poisoned, c, poisonC, inst.aux));
}

// Of f16x2 and bf16x2 the lower halves give the first result, the upper ones
// the second. They are compared through copies.
template <typename T>
static void setpPairs(Warp &warp, const Inst &inst, uint32_t mask) {
  const uint32_t *a = warp.lanes<uint32_t>(inst.a);
  const uint32_t *b = warp.lanes<uint32_t>(inst.b);
  alignas(kUnit) uint16_t halves[4][kLanes];
  for (unsigned lane = 0; lane < kLanes; ++lane) {
    halves[0][lane] = uint16_t(a[lane]);
    halves[1][lane] = uint16_t(b[lane]);
    halves[2][lane] = uint16_t(a[lane] >> 16);
    halves[3][lane] = uint16_t(b[lane] >> 16);
  }
  Warp view;
  view.file = reinterpret_cast<std::byte *>(halves);
  Compare compare = reinterpret_cast<Compare>(inst.imm);
  uint32_t c = inst.c == kNoSlot ? 0 : warp.predicate(inst.c);
  uint32_t poisoned = warp.poison[inst.a] | warp.poison[inst.b];
  if (inst.c != kNoSlot)
    poisoned |= warp.poison[inst.c];
  uint32_t low = combine(compare(view, 0, 1), c, inst.aux);
  uint32_t high = combine(compare(view, 2, 3), c, inst.aux);
  warp.setPredicate(inst.d, mask, low, poisoned);
  if (inst.e != kNoSlot)
    warp.setPredicate(inst.e, mask, high, poisoned);
}

static uint32_t combiner(const Match &match) {
  return match.has(".and")   ? '&'
         : match.has(".or")  ? '|'
         : match.has(".xor") ? '^'
                             : 0;
}

bool gan::sim::selectSetp(const Match &match, Inst &inst) {
  if (match.form->opcode == "testp")
    return selectChoose(match, inst);
  Type type = match.types[0];
  bool pairs = type == Type::F16x2 || type == Type::BF16x2;
  if (pairs)
    type = type == Type::F16x2 ? Type::F16 : Type::BF16;
  Relation relation = relationOf(match);
  if (!isFloat(type) && relation > Relation::Ge)
    return false;
  inst.imm = reinterpret_cast<int64_t>(
      comparisonOf(type, relation, match.has(".ftz")));
  inst.aux = combiner(match);
  if ((inst.aux == 0) != (inst.c == kNoSlot))
    return false;
  inst.run = pairs ? setpPairs<uint16_t> : setp;
  return inst.imm != 0;
}

// The comparison as a number: all ones, or 1.0 of the result's type.
static void set(Warp &warp, const Inst &inst, uint32_t mask) {
  Compare compare = reinterpret_cast<Compare>(inst.imm);
  uint32_t holds = compare(warp, inst.a, inst.b);
  uint32_t poisoned = warp.poison[inst.a] | warp.poison[inst.b];
  if (inst.c != kNoSlot) {
    holds = combine(holds, warp.predicate(inst.c), inst.flags);
    poisoned |= warp.poison[inst.c];
  }
  uint32_t yes = inst.aux;
  if (inst.width == 2)
    forLanes(warp.lanes<uint16_t>(inst.d), mask, [=](unsigned lane) {
      return uint16_t(holds >> lane & 1 ? yes : 0);
    });
  else
    forLanes(warp.lanes<uint32_t>(inst.d), mask,
             [=](unsigned lane) { return holds >> lane & 1 ? yes : 0u; });
  warp.carry(inst.d, mask, poisoned);
}

bool gan::sim::selectSet(const Match &match, Inst &inst) {
  Type result = match.types[0];
  Relation relation = relationOf(match);
  if (!isFloat(match.types[1]) && relation > Relation::Ge)
    return false;
  inst.imm = reinterpret_cast<int64_t>(
      comparisonOf(match.types[1], relation, match.has(".ftz")));
  inst.flags = uint8_t(combiner(match));
  if ((inst.flags == 0) != (inst.c == kNoSlot))
    return false;
  inst.width = uint8_t(bitsOf(result) / 8);
  inst.aux = result == Type::F32    ? bitsOf(1.0f)
             : result == Type::F16  ? 0x3c00
             : result == Type::BF16 ? 0x3f80
                                    : 0xffffffff;
  inst.run = set;
  return inst.imm != 0;
}

template <typename T>
static void selp(Warp &warp, const Inst &inst, uint32_t mask) {
  const T *a = warp.lanes<T>(inst.a), *b = warp.lanes<T>(inst.b);
  uint32_t c = warp.predicate(inst.c);
  forLanes(warp.lanes<T>(inst.d), mask, [=](unsigned lane) {
    T x = a[lane], y = b[lane];
    T chosen = T(0) - T(c >> lane & 1); // all ones or nothing: no branch
    return T(y ^ ((x ^ y) & chosen));
  });
  // Only the operand that was chosen counts.
  warp.carry(inst.d, mask,
             (warp.poison[inst.a] & c) | (warp.poison[inst.b] & ~c) |
                 warp.poison[inst.c]);
}

template <typename T, typename C>
static void slct(Warp &warp, const Inst &inst, uint32_t mask) {
  const T *a = warp.lanes<T>(inst.a), *b = warp.lanes<T>(inst.b);
  const C *c = warp.lanes<C>(inst.c);
  forLanes(warp.lanes<T>(inst.d), mask, [=](unsigned lane) {
    return read(c[lane]) >= 0 ? a[lane] : b[lane];
  });
  warp.carry(inst.d, mask,
             warp.poison[inst.a] | warp.poison[inst.b] | warp.poison[inst.c]);
}

template <typename T> static Handler slctOn(const Match &match) {
  if (match.types[1] != Type::F32)
    return slct<T, int32_t>;
  return match.has(".ftz") ? slct<T, FlushedLane> : slct<T, float>;
}

// Zeros count as normal numbers here.
template <typename T> static bool hasProperty(T value, uint32_t property) {
  switch (property) {
  case 0:
    return std::isfinite(value);
  case 1:
    return std::isinf(value);
  case 2:
    return !std::isnan(value);
  case 3:
    return std::isnan(value);
  case 4:
    return value == 0 || std::isnormal(value);
  default:
    return value != 0 && std::isfinite(value) && !std::isnormal(value);
  }
}

template <typename T>
static void testp(Warp &warp, const Inst &inst, uint32_t mask) {
  const T *a = warp.lanes<T>(inst.a);
  uint32_t bits = 0;
  for (unsigned lane = 0; lane < kLanes; ++lane)
    bits |= uint32_t(hasProperty(a[lane], inst.aux)) << lane;
  warp.setPredicate(inst.d, mask, bits, warp.poison[inst.a]);
}

static uint32_t propertyOf(const Match &match) {
  uint32_t number = 0;
  for (std::string_view name : {".finite", ".infinite", ".number",
                                ".notanumber", ".normal", ".subnormal"}) {
    if (match.has(name))
      return number;
    ++number;
  }
  return number;
}

// selp, slct and testp.
bool gan::sim::selectChoose(const Match &match, Inst &inst) {
  std::string_view opcode = match.form->opcode;
  unsigned bits = bitsOf(match.types[0]);
  if (opcode == "testp") {
    inst.aux = propertyOf(match);
    inst.run = bits == 64 ? testp<double> : testp<float>;
  } else if (opcode == "slct") {
    inst.run = bits == 16   ? slctOn<uint16_t>(match)
               : bits == 32 ? slctOn<uint32_t>(match)
                            : slctOn<uint64_t>(match);
  } else {
    inst.run = bits == 16   ? selp<uint16_t>
               : bits == 32 ? selp<uint32_t>
                            : selp<uint64_t>;
  }
  return true;
}
