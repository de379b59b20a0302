// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The value of a tensor of the kernel's region at an index: elementwise ops
// compose values, indexed ops compose indices.
#include "passes/codegen/KernelBuilder.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "llvm/ADT/Sequence.h"

using namespace mlir;
using namespace gan;

static RankedTensorType typeOf(Value tensor) {
  return cast<RankedTensorType>(tensor.getType());
}

Value KernelBuilder::at(Value tensor, ArrayRef<Value> index, int64_t lanes,
                        int laneAxis, bool aligned) {
  return at(tensor, axes(tensor, index, lanes, laneAxis, aligned));
}

void KernelBuilder::define(Value tensor, const Index &index, Value element) {
  remember(keyOf(tensor, index), element);
}

Value KernelBuilder::at(Value tensor, const Index &index) {
  Key key = keyOf(tensor, index);
  if (Value found = recall(key))
    return found;
  if (index.lanes > 1 && index.lane < 0)
    return remember(key, splat(at(tensor, scalar(index)), index.lanes));
  if (index.lanes == 1 && typeOf(tensor).getNumElements() == 1 &&
      isa<BlockArgument>(tensor)) {
    // One element for the whole launch: read before the loops.
    OpBuilder::InsertionGuard guard(b);
    Value pointer = inputs[cast<BlockArgument>(tensor).getArgNumber()];
    b.setInsertionPointAfterValue(pointer);
    return remember(
        key, load(pointer, typeOf(tensor).getElementType(), constant(0)));
  }
  return remember(key, compute(tensor, index));
}

Value KernelBuilder::compute(Value tensor, const Index &index) {
  if (auto argument = dyn_cast<BlockArgument>(tensor))
    return loadArgument(argument, index);
  Operation *op = tensor.getDefiningOp();
  if (auto elementwise = dyn_cast<ElementwiseOpInterface>(op)) {
    SmallVector<Value> operands;
    for (Value operand : op->getOperands())
      operands.push_back(at(operand, index));
    return elementwise.emitElement(b, loc, operands);
  }
  return TypeSwitch<Operation *, Value>(op)
      .Case([&](ConstantOp op) { return atConstant(op, index); })
      .Case([&](ReshapeOp op) {
        return at(op.getX(), index);
      }) // the same row-major number
      .Case([&](BroadcastOp op) { return atBroadcast(op, index); })
      .Case([&](TransposeOp op) { return atTranspose(op, index); })
      .Case([&](SliceOp op) { return atSlice(op, index); })
      .Case([&](ShardOp op) { return atShard(op, index); })
      .Case([&](PadOp op) { return atPad(op, index); })
      .Case([&](ConcatOp op) { return atConcat(op, index); })
      .Case([&](FlipOp op) { return atFlip(op, index); })
      .Case([&](IotaOp op) { return atIota(op, index); })
      .Case([&](RandomOp op) { return atRandom(op, index); })
      .Default([&](Operation *op) -> Value {
        llvm::report_fatal_error("no emitter defined " +
                                 op->getName().getStringRef() +
                                 " at this index");
      });
}

// The row-major number of lane 0.
static Value flatten(KernelBuilder &builder, const Index &index) {
  Value flat = builder.constant(0);
  for (const Digit &digit : index.digits)
    flat = digit.extent == 1
               ? flat
               : builder.add(builder.mul(flat, digit.extent), digit.value);
  return flat;
}

// A reshape has the same row-major numbers.
Value KernelBuilder::addressOf(Value tensor, const Index &index) {
  while (auto reshape = tensor.getDefiningOp<ReshapeOp>())
    tensor = reshape.getX();
  auto argument = dyn_cast<BlockArgument>(tensor);
  if (!argument)
    return {};
  return advance(inputs[argument.getArgNumber()],
                 typeOf(argument).getElementType(), flatten(*this, index));
}

Value KernelBuilder::loadArgument(BlockArgument argument, const Index &index) {
  Type element = typeOf(argument).getElementType();
  Value pointer = inputs[argument.getArgNumber()],
        offset = flatten(*this, index);
  int64_t stride = index.laneStride();
  // A GPU reads a vector at once if its address is a multiple of its size;
  // tensors begin at multiples of 64 bytes.
  bool aligned = target.isGpu && index.aligned && stride == 1 &&
                 index.digits[index.lane].extent % index.lanes == 0;
  if (index.lanes == 1 || stride == 1)
    return load(pointer, element, offset, index.lanes, aligned);
  SmallVector<Value> lanes;
  for (int64_t i = 0; i < index.lanes; ++i)
    lanes.push_back(load(pointer, element, add(offset, constant(i * stride))));
  return assemble(lanes);
}

// Where the lanes of an index do not stay neighbours: one element at a time.
Value KernelBuilder::perLane(Value tensor, const Index &index) {
  SmallVector<Value> lanes;
  for (int64_t i = 0; i < index.lanes; ++i)
    lanes.push_back(at(tensor, scalar(index, i)));
  return assemble(lanes);
}

Value KernelBuilder::atConstant(ConstantOp op, const Index &index) {
  auto elements = cast<DenseElementsAttr>(op.getValue());
  Type type = elements.getElementType();
  if (!elements.isSplat()) {
    if (index.lanes > 1 && index.laneStride() != 1)
      return perLane(op.getY(), index);
    return load(table(elements), type, flatten(*this, index), index.lanes);
  }
  TypedAttr value = isa<FloatType>(type)
                        ? TypedAttr(elements.getSplatValue<FloatAttr>())
                        : TypedAttr(elements.getSplatValue<IntegerAttr>());
  if (index.lanes > 1)
    value = DenseElementsAttr::get(cast<ShapedType>(widen(type, index.lanes)),
                                   value);
  return arith::ConstantOp::create(b, loc, value);
}

// Neighbouring axes that are all kept or all new stay one digit.
Value KernelBuilder::atBroadcast(BroadcastOp op, const Index &index) {
  ArrayRef<int64_t> shape = typeOf(op.getY()).getShape();
  SmallVector<int64_t> extents;
  SmallVector<bool> kept;
  for (auto [axis, extent] : llvm::enumerate(shape)) {
    bool keep = llvm::is_contained(op.getDims(), (int64_t)axis);
    if (extents.empty() || kept.back() != keep) {
      extents.push_back(1);
      kept.push_back(keep);
    }
    extents.back() *= extent;
  }
  std::optional<Index> grouped = regroup(index, extents);
  if (!grouped)
    return perLane(op.getY(), index);
  Index source;
  source.lanes = index.lanes;
  source.aligned = grouped->aligned;
  for (auto [i, digit] : llvm::enumerate(grouped->digits)) {
    if (!kept[i])
      continue;
    if (grouped->lane == (int)i)
      source.lane = source.digits.size();
    source.digits.push_back(digit);
  }
  return at(op.getX(), source);
}

Value KernelBuilder::atTranspose(TransposeOp op, const Index &index) {
  std::optional<Index> grouped = regroup(index, typeOf(op.getY()).getShape());
  if (!grouped)
    return perLane(op.getY(), index);
  Index source = *grouped;
  for (auto [axis, from] : llvm::enumerate(op.getPermutation())) {
    source.digits[from] = grouped->digits[axis];
    if (grouped->lane == (int)axis)
      source.lane = from;
  }
  return at(op.getX(), source);
}

Value KernelBuilder::atSlice(SliceOp op, const Index &index) {
  std::optional<Index> grouped = regroup(index, typeOf(op.getY()).getShape());
  if (!grouped)
    return perLane(op.getY(), index);
  for (auto [axis, offset] : llvm::enumerate(op.getOffsets())) {
    Digit &digit = grouped->digits[axis];
    digit = {typeOf(op.getX()).getDimSize(axis),
             add(digit.value, constant(offset))};
    if (grouped->lane == (int)axis)
      grouped->aligned &= offset % index.lanes == 0;
  }
  return at(op.getX(), *grouped);
}

// The number of the shard is read once, before the loops.
Value KernelBuilder::atShard(ShardOp op, const Index &index) {
  std::optional<Index> grouped = regroup(index, typeOf(op.getY()).getShape());
  if (!grouped)
    return perLane(op.getY(), index);
  int64_t axis = op.getDim(), extent = typeOf(op.getY()).getDimSize(axis);
  Value first = mul(at(op.getNumber(), Index()), extent);
  Digit &digit = grouped->digits[axis];
  digit = {typeOf(op.getX()).getDimSize(axis), add(digit.value, first)};
  if (grouped->lane == (int)axis)
    grouped->aligned &= extent % index.lanes == 0;
  return at(op.getX(), *grouped);
}

Value KernelBuilder::atFlip(FlipOp op, const Index &index) {
  std::optional<Index> grouped = regroup(index, typeOf(op.getY()).getShape());
  if (!grouped || llvm::is_contained(op.getDims(), grouped->lane))
    return perLane(op.getY(), index);
  for (int64_t axis : op.getDims()) {
    Digit &digit = grouped->digits[axis];
    digit.value = sub(constant(digit.extent - 1), digit.value);
  }
  return at(op.getX(), *grouped);
}

Value KernelBuilder::atIota(IotaOp op, const Index &index) {
  std::optional<Index> grouped = regroup(index, typeOf(op.getY()).getShape());
  if (!grouped)
    return perLane(op.getY(), index);
  Value position = constant(0);
  int64_t laneStride = 0; // from one lane to the next
  for (int64_t axis : op.getDims()) {
    const Digit &digit = grouped->digits[axis];
    position = add(mul(position, digit.extent), digit.value);
    laneStride = grouped->lane == axis ? 1 : laneStride * digit.extent;
  }
  Type i32 = b.getI32Type();
  Value first =
      splat(arith::TruncIOp::create(b, loc, i32, position), index.lanes);
  if (laneStride == 0 || index.lanes == 1)
    return first;
  return arith::AddIOp::create(b, loc, first,
                               ramp(i32, laneStride, index.lanes));
}

// One unsigned comparison: what is below `low` wraps to a huge number.
Value KernelBuilder::inside(Value coordinate, int64_t low, int64_t high) {
  return arith::CmpIOp::create(b, loc, arith::CmpIPredicate::ult,
                               sub(coordinate, constant(low)),
                               constant(high - low));
}

// Whether all lanes of digit `axis` lie on the same side of `low` and of
// `high`.
static bool sameSide(const Index &index, int axis, int64_t low, int64_t high) {
  return index.lane != axis ||
         (index.aligned && low % index.lanes == 0 && high % index.lanes == 0);
}

// Outside, element 0 of the source is read and thrown away: no branch, no
// address outside.
Value KernelBuilder::atPad(PadOp op, const Index &index) {
  RankedTensorType from = typeOf(op.getX()), to = typeOf(op.getY());
  std::optional<Index> grouped = regroup(index, to.getShape());
  if (!grouped)
    return perLane(op.getY(), index);
  Value all;
  Index source = *grouped;
  for (auto [axis, low] : llvm::enumerate(op.getLow())) {
    int64_t extent = from.getDimSize(axis), high = low + extent;
    Digit &digit = source.digits[axis];
    if (low == 0 && high == to.getDimSize(axis))
      continue;
    if (!sameSide(*grouped, axis, low, high))
      return perLane(op.getY(), index);
    Value within = inside(digit.value, low, high);
    Value shifted = sub(digit.value, constant(low));
    digit = {extent,
             arith::SelectOp::create(b, loc, within, shifted, constant(0))};
    all = all ? arith::AndIOp::create(b, loc, all, within).getResult() : within;
  }
  Value value = at(op.getX(), source);
  if (!all)
    return value;
  return arith::SelectOp::create(b, loc, all, value,
                                 number(to.getElementType(), 0, index.lanes));
}

Value KernelBuilder::atConcat(ConcatOp op, const Index &index) {
  int64_t axis = op.getDim();
  std::optional<Index> grouped = regroup(index, typeOf(op.getY()).getShape());
  if (!grouped)
    return perLane(op.getY(), index);
  int64_t low = 0;
  for (Value x : op.getXs()) {
    if (!sameSide(*grouped, axis, low, low + typeOf(x).getDimSize(axis)))
      return perLane(op.getY(), index);
    low += typeOf(x).getDimSize(axis);
  }
  Value result;
  low = 0;
  for (Value x : op.getXs()) {
    int64_t extent = typeOf(x).getDimSize(axis);
    Value coordinate = grouped->digits[axis].value,
          within = inside(coordinate, low, low + extent);
    Index source = *grouped;
    source.digits[axis] = {
        extent,
        arith::SelectOp::create(b, loc, within, sub(coordinate, constant(low)),
                                constant(0))};
    Value value = at(x, source);
    result =
        result
            ? arith::SelectOp::create(b, loc, within, value, result).getResult()
            : value;
    low += extent;
  }
  return result;
}

// Follows the digits of `hero`'s element to the place in `value` that it
// decides; nothing when `value` does not depend on `hero` by elementwise ops,
// reshapes and transposes. Such values are `independent`: no way to one is gone
// twice.
std::optional<Index>
KernelBuilder::indexOf(Value value, Value hero, const Index &index,
                       llvm::DenseSet<Value> &independent) {
  if (value == hero)
    return index;
  Operation *op = value.getDefiningOp();
  if (!op || !independent.insert(value).second ||
      isa<BroadcastOp, SliceOp, ShardOp, PadOp, ConcatOp, FlipOp, IotaOp,
          RandomOp>(op))
    return std::nullopt;
  for (Value operand : op->getOperands()) {
    std::optional<Index> source = indexOf(operand, hero, index, independent);
    auto transpose = dyn_cast<TransposeOp>(op);
    if (!source)
      continue;
    if (!transpose)
      return source;
    std::optional<Index> grouped = regroup(*source, typeOf(operand).getShape());
    if (!grouped)
      return std::nullopt;
    Index result = *grouped;
    for (auto [axis, from] : llvm::enumerate(transpose.getPermutation())) {
      result.digits[axis] = grouped->digits[from];
      if (grouped->lane == (int)from)
        result.lane = axis;
    }
    return result;
  }
  return std::nullopt;
}

void KernelBuilder::storeOutputs(Value hero, const Index &index) {
  storeOutputs(hero, index,
               llvm::to_vector(llvm::seq<unsigned>(0, outputs.size())));
}

// All is read before anything is stored: an output may lie where an input was.
void KernelBuilder::storeOutputs(Value hero, const Index &index,
                                 ArrayRef<unsigned> numbers) {
  SmallVector<std::pair<Index, Value>> elements;
  for (unsigned number : numbers) {
    Value value = yield().getValues()[number];
    llvm::DenseSet<Value> independent;
    Index place = indexOf(value, hero, index, independent).value_or(index);
    elements.push_back({place, at(value, place)});
  }
  for (auto [number, placed] : llvm::zip_equal(numbers, elements)) {
    auto &[place, element] = placed;
    Value pointer = outputs[number], offset = flatten(*this, place);
    int64_t stride = place.laneStride();
    Type held = typeOf(yield().getValues()[number]).getElementType();
    if (place.lanes == 1 || stride == 1) {
      storeAs(held, element, pointer, offset);
      continue;
    }
    for (int64_t i = 0; i < place.lanes; ++i)
      storeAs(held, extract(element, i), pointer,
              add(offset, constant(i * stride)));
  }
}
