// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/codegen/nvptx/GpuStaging.h"

#include "dialect/Arithmetic.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"

#include <algorithm>

using namespace mlir;
using namespace gan;

// The widest load of a thread.
static constexpr int64_t vectorBytes = 16;
static constexpr int64_t warp = 32;

static int64_t bitsOf(Value tensor) {
  return cast<RankedTensorType>(tensor.getType()).getElementTypeBitWidth();
}

GpuStaging::GpuStaging(GpuTile &t, const Operand &operand, const Space &space,
                       Value first, int64_t depth, int64_t pack)
    : t(t), operand(operand), space(space), depth(depth),
      isAlongK(t.p.isAlong(operand, t.p.k)), first(first) {
  // Elements of a thread.
  int64_t each = t.slices * t.edge * depth / blockThreads;
  assert(each >= pack && "some threads would have nothing to stage");
  if (isAlongK) {
    deep = std::min<int64_t>(4 * pack, each); // 16 bytes to store
    lanes = std::min(lanesAlong(t.p.k), deep);
    wide = std::min<int64_t>(4, each / deep);
  } else {
    lanes = std::min(lanesAlong(space), each / pack);
    wide = lanes;
    deep = std::min<int64_t>(4, each / wide);
  }
  placeUnits(first);
}

// Neighbours along a run of `along` that can be read at a time, wherever they
// start: those of a vector share all coordinates but the last, and the address
// of the first is a multiple of its size.
int64_t GpuStaging::lanesAlong(const Space &along) const {
  const Problem &p = t.p;
  if (!p.isAlong(operand, along) || p.mayLeave(operand.axes.back()))
    return 1;
  const Coordinate &last = operand.axes.back();
  auto fits = [&](int64_t lanes) {
    return last.extent % lanes == 0 && last.before % lanes == 0 &&
           p.extents[along.run] % lanes == 0 &&
           llvm::all_of(ArrayRef(last.terms).drop_back(),
                        [&](auto term) { return term.factor % lanes == 0; });
  };
  int64_t lanes = vectorBytes * 8 / t.type.getIntOrFloatBitWidth();
  if (Value tensor = held(); tensor && isAlongK)
    lanes = vectorBytes * 8 / bitsOf(tensor);
  while (!fits(lanes))
    lanes /= 2;
  return lanes;
}

// Along k, the lanes of a warp take neighbouring steps, then other members.
// Otherwise they take neighbouring members up to 128 bytes, then other steps:
// what they store lies in several rows of shared memory, and so in several of
// its banks.
void GpuStaging::placeUnits(Value first) {
  KernelBuilder &k = t.k;
  int64_t inK = depth / deep, groups = t.slices * t.edge / wide;
  int64_t near = std::min(groups, warp / wide);
  for (int64_t unit = 0; unit < inK * groups; unit += blockThreads) {
    Value number = k.add(t.g.thread(), k.constant(unit));
    StagedUnit one;
    if (isAlongK) {
      one.ahead = k.mul(k.rem(number, inK), deep);
      for (int64_t i = 0; i < wide; ++i)
        one.members.push_back(
            k.add(k.div(number, inK), k.constant(i * groups)));
    } else {
      Value rest = k.div(number, near);
      one.ahead = k.mul(k.rem(rest, inK), deep);
      Value group = k.add(k.mul(k.div(rest, inK), near), k.rem(number, near));
      for (int64_t i = 0; i < wide; ++i)
        one.members.push_back(k.add(k.mul(group, wide), k.constant(i)));
    }
    units.push_back(one);
  }
}

// The rows or columns of all slices stand one behind the other.
GpuStaging::Place GpuStaging::placeOf(Value member, Value at) {
  KernelBuilder &k = t.k;
  if (t.slices == 1)
    return {k.add(first, member), at, at};
  return {k.add(first, k.rem(member, t.edge)), at,
          k.add(at, k.mul(k.div(member, t.edge), t.stride))};
}

Value GpuStaging::isNeeded(const Place &place, Value to) {
  auto isLess = [&](Value x, Value y) -> Value {
    return arith::CmpIOp::create(t.k.b, t.k.loc, arith::CmpIPredicate::slt, x,
                                 y);
  };
  Value needed = isLess(place.first, to);
  auto narrow = [&](Value also) {
    if (also)
      needed = arith::AndIOp::create(t.k.b, t.k.loc, needed, also);
  };
  narrow(t.g.isBelow(place.position, t.p.count(space), t.edge));
  int64_t count = t.p.count(t.p.k);
  if (t.slices * t.stride > count)
    narrow(isLess(place.step, t.k.constant(count)));
  return needed;
}

// At the digits that are set. Without a branch: what is not there is read at
// index 0 and thrown away, so that loads can be under way together.
Index GpuStaging::placeInMemory(Value needed, Value &isThere) {
  KernelBuilder &k = t.k;
  isThere = needed;
  if (Value inside = t.isInside(operand))
    isThere = arith::AndIOp::create(k.b, k.loc, needed, inside);
  Index index = t.index(operand, lanes, operand.axes.size() - 1);
  index.aligned = lanes > 1;
  for (Digit &digit : index.digits)
    digit.value = arith::SelectOp::create(k.b, k.loc, isThere, digit.value,
                                          k.constant(0));
  return index;
}

Value GpuStaging::element(Value needed, Value &isThere) {
  KernelBuilder &k = t.k;
  Index index = placeInMemory(needed, isThere);
  Value value = k.at(operand.tensor, index);
  return arith::SelectOp::create(k.b, k.loc, isThere, value,
                                 k.number(t.type, 0, lanes));
}

void GpuStaging::fetchUnit(const StagedUnit &unit, Value step, Value to,
                           MutableArrayRef<Value> values,
                           MutableArrayRef<Value> there) {
  KernelBuilder &k = t.k;
  int64_t acrossSteps = isAlongK ? lanes : 1,
          acrossMembers = isAlongK ? 1 : lanes;
  for (int64_t member = 0; member < wide; member += acrossMembers)
    for (int64_t ahead = 0; ahead < deep; ahead += acrossSteps) {
      Value at = k.add(k.add(step, unit.ahead), k.constant(ahead));
      Place place = placeOf(unit.members[member], at);
      t.setPosition(space, place.position);
      t.setPosition(t.p.k, place.step);
      Value isThere, value = element(isNeeded(place, to), isThere);
      for (int64_t lane = 0; lane < lanes; ++lane) {
        int64_t i = isAlongK ? member * deep + ahead + lane
                             : (member + lane) * deep + ahead;
        values[i] = lanes == 1 ? value : k.extract(value, lane);
        there[i] = isThere;
      }
    }
}

SmallVector<Value> GpuStaging::fetch(Value step, Value to) {
  int64_t each = wide * deep;
  SmallVector<Value> values(units.size() * each);
  insides.assign(values.size(), Value());
  for (auto [i, unit] : llvm::enumerate(units))
    fetchUnit(unit, step, to, MutableArrayRef(values).slice(i * each, each),
              MutableArrayRef(insides).slice(i * each, each));
  return values;
}

// The input whose elements are those of the operand, as memory holds them; null
// where they are computed.
Value GpuStaging::held() const {
  Value tensor = operand.tensor;
  auto passReshapes = [&] {
    while (auto reshape = tensor.getDefiningOp<ReshapeOp>())
      tensor = reshape.getX();
  };
  passReshapes();
  if (isExtended(tensor))
    tensor = tensor.getDefiningOp<CastOp>().getX();
  passReshapes();
  return isa<BlockArgument>(tensor) ? tensor : Value();
}

// What is told of apart from its value goes by way of registers.
bool GpuStaging::canCopy() const {
  Value tensor = held();
  return tensor && !t.p.skips && bitsOf(tensor) >= 32;
}

BlockArgument GpuStaging::heldInHalves() const {
  auto tensor = dyn_cast_or_null<BlockArgument>(held());
  return tensor && bitsOf(tensor) == 16 ? tensor : BlockArgument();
}

// A copy has 4 bytes or more.
bool GpuStaging::canCopyHalves() const {
  Value tensor = held();
  return tensor && !t.p.skips && bitsOf(tensor) == 16 && isVectorOfSteps();
}

// shared[to .. to + bytes) = isThere ? global[from ..) : 0
static void copyAsync(KernelBuilder &k, Value to, Value from, int64_t bytes,
                      Value isThere) {
  StringRef name = bytes == 16  ? "llvm.nvvm.cp.async.cg.shared.global.16.s"
                   : bytes == 8 ? "llvm.nvvm.cp.async.ca.shared.global.8.s"
                                : "llvm.nvvm.cp.async.ca.shared.global.4.s";
  Type i32 = k.b.getI32Type();
  Value size = arith::SelectOp::create(k.b, k.loc, isThere,
                                       k.number(i32, bytes), k.number(i32, 0));
  LLVM::CallIntrinsicOp::create(k.b, k.loc, k.b.getStringAttr(name),
                                ValueRange{to, from, size});
}

// Along members a copy has all lanes; along k it has, or each step lies
// elsewhere.
void GpuStaging::copyUnit(const StagedUnit &unit, Value step, Value to,
                          bool keepsSteps,
                          function_ref<Value(Value, Value)> place) {
  KernelBuilder &k = t.k;
  int64_t acrossSteps = isAlongK ? lanes : 1,
          acrossMembers = isAlongK ? 1 : lanes;
  int64_t copies = keepsSteps ? 1 : acrossSteps;
  Value tensor = held();
  Type element = cast<RankedTensorType>(tensor.getType()).getElementType();
  int64_t bytes = bitsOf(tensor) / 8 * (lanes / copies);
  for (int64_t member = 0; member < wide; member += acrossMembers)
    for (int64_t ahead = 0; ahead < deep; ahead += acrossSteps) {
      Value first = k.add(unit.ahead, k.constant(ahead));
      Place from = placeOf(unit.members[member], k.add(step, first));
      t.setPosition(space, from.position);
      t.setPosition(t.p.k, from.step);
      Value isThere;
      Index index = placeInMemory(isNeeded(from, to), isThere);
      Value source = k.addressOf(tensor, index);
      for (int64_t i = 0; i < copies; ++i)
        copyAsync(k, place(unit.members[member], k.add(first, k.constant(i))),
                  k.advance(source, element, k.constant(i)), bytes, isThere);
    }
}

void GpuStaging::copy(Value step, Value to, bool keepsSteps,
                      function_ref<Value(Value, Value)> place) {
  for (const StagedUnit &unit : units)
    copyUnit(unit, step, to, keepsSteps, place);
}
