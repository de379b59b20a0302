// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Storage, data, phases and clocks.
#include "dialect/DataKinds.h"
#include "passes/codegen/executable/Tables.h"

#include "llvm/ADT/StringSwitch.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace gan;
using namespace gan::writer;

format::ElementType writer::elementOf(Type tensor) {
  Type element = cast<RankedTensorType>(tensor).getElementType();
  if (element.isF32())
    return format::ElementType::F32;
  if (element.isF64())
    return format::ElementType::F64;
  if (element.isBF16())
    return format::ElementType::BF16;
  if (element.isInteger(32))
    return format::ElementType::I32;
  return element.isInteger(64) ? format::ElementType::I64
                               : format::ElementType::Bool;
}

format::ElementType writer::realsOf(ModelOp model) {
  for (StorageOp op : model.getBody().getOps<StorageOp>())
    if (format::ElementType type = elementOf(op.getType());
        type == format::ElementType::F32 || type == format::ElementType::F64)
      return type;
  return format::ElementType::F32;
}

flatbuffers::Offset<flatbuffers::Vector<int64_t>>
writer::shapeOf(Context &context, ArrayRef<int64_t> shape) {
  return context.builder.CreateVector(shape.data(), shape.size());
}

flatbuffers::Offset<flatbuffers::String> writer::text(Context &context,
                                                      StringRef value) {
  return context.builder.CreateString(value.data(), value.size());
}

static format::ClockOp clockOpOf(StringRef name) {
  using format::ClockOp;
  return llvm::StringSwitch<ClockOp>(name)
      .Case("step", ClockOp::Step)
      .Case("images", ClockOp::Images)
      .Case("epoch", ClockOp::Epoch)
      .Case("progress", ClockOp::Progress)
      .Case("+", ClockOp::Add)
      .Case("-", ClockOp::Sub)
      .Case("*", ClockOp::Mul)
      .Case("/", ClockOp::Div)
      .Case("//", ClockOp::FloorDiv)
      .Case("%", ClockOp::Mod)
      .Case("^", ClockOp::Pow)
      .Case("min", ClockOp::Min)
      .Case("max", ClockOp::Max)
      .Case("neg", ClockOp::Neg)
      .Case("floor", ClockOp::Floor)
      .Case("sqrt", ClockOp::Sqrt)
      .Case("exp", ClockOp::Exp)
      .Case("log", ClockOp::Log)
      .Case("cos", ClockOp::Cos)
      .Case("sin", ClockOp::Sin)
      .Case("==", ClockOp::Eq)
      .Case("!=", ClockOp::Ne)
      .Case("<", ClockOp::Lt)
      .Case("<=", ClockOp::Le)
      .Case(">", ClockOp::Gt)
      .Case(">=", ClockOp::Ge)
      .Case("not", ClockOp::Not)
      .Case("and", ClockOp::And)
      .Case("or", ClockOp::Or)
      .Default(ClockOp::If);
}

flatbuffers::Offset<format::ClockExpression>
writer::clockOf(Context &context, Attribute expression) {
  if (!expression)
    return 0;
  if (auto number = dyn_cast<FloatAttr>(expression))
    return format::CreateClockExpression(
        context.builder, format::ClockOp::Number, number.getValueAsDouble());
  if (auto number = dyn_cast<IntegerAttr>(expression))
    return format::CreateClockExpression(context.builder,
                                         format::ClockOp::Number,
                                         static_cast<double>(number.getInt()));
  if (auto name = dyn_cast<StringAttr>(expression))
    return format::CreateClockExpression(context.builder,
                                         clockOpOf(name.getValue()));
  auto list = cast<ArrayAttr>(expression);
  std::vector<flatbuffers::Offset<format::ClockExpression>> operands;
  for (Attribute operand : list.getValue().drop_front())
    operands.push_back(clockOf(context, operand));
  auto arguments = context.builder.CreateVector(operands);
  return format::CreateClockExpression(
      context.builder, clockOpOf(cast<StringAttr>(list[0]).getValue()), 0,
      arguments);
}

// The storages that the function of role "init" writes.
static llvm::DenseSet<Attribute> writtenByInit(ModelOp model) {
  llvm::DenseSet<Attribute> names;
  for (func::FuncOp function : model.getBody().getOps<func::FuncOp>())
    if (auto role = function->getAttrOfType<StringAttr>("gan.role");
        role && role == "init")
      for (unsigned i = 0; i < function.getNumResults(); ++i)
        names.insert(function.getResultAttr(i, "gan.storage"));
  return names;
}

static flatbuffers::Offset<format::Storage>
storageTable(Context &context, StorageOp op, bool startsZero,
             flatbuffers::Optional<uint32_t> value) {
  auto type = cast<RankedTensorType>(op.getType());
  std::vector<int64_t> shape(type.getShape());
  std::vector<uint32_t> layout(type.getRank());
  for (int64_t axis = 0; axis < type.getRank(); ++axis) {
    layout[axis] = op.getLayout() ? (*op.getLayout())[axis] : axis;
    shape[layout[axis]] = type.getDimSize(axis);
  }
  auto name = text(context, op.getSymName());
  auto owner = text(context, op.getOwner());
  auto shapes = shapeOf(context, shape);
  auto layouts = context.builder.CreateVector(layout);
  return format::CreateStorage(
      context.builder, name, static_cast<format::StorageKind>(op.getKind()),
      owner, elementOf(type), shapes, layouts,
      op->getAttrOfType<IntegerAttr>("gan.buffer").getInt(), startsZero, value);
}

Offsets<format::Storage> writer::storageTables(Context &context) {
  std::vector<flatbuffers::Offset<format::Storage>> tables;
  llvm::DenseSet<Attribute> written = writtenByInit(context.model);
  for (StorageOp op : context.model.getBody().getOps<StorageOp>()) {
    flatbuffers::Optional<uint32_t> value = flatbuffers::nullopt;
    if (context.firstValue)
      value = *context.firstValue + tables.size();
    tables.push_back(storageTable(
        context, op, !written.contains(op.getSymNameAttr()), value));
  }
  return context.builder.CreateVector(tables);
}

static Offsets<format::Move> moveTables(Context &context, Region &region);

static flatbuffers::Offset<format::Move> moveTable(Context &context,
                                                   Operation *op) {
  if (auto run = dyn_cast<RunOp>(op))
    return format::CreateMove(context.builder, format::MoveKind::Run,
                              context.entryIndex.lookup(run.getStep()));
  if (auto repeat = dyn_cast<RepeatOp>(op)) {
    auto count = clockOf(context, repeat.getCount());
    auto body = moveTables(context, repeat.getBody());
    return format::CreateMove(context.builder, format::MoveKind::Repeat, 0,
                              count, body);
  }
  auto when = cast<WhenOp>(op);
  auto condition = clockOf(context, when.getCondition());
  auto then = moveTables(context, when.getThen());
  auto otherwise = moveTables(context, when.getOtherwise());
  return format::CreateMove(context.builder, format::MoveKind::When, 0,
                            condition, then, otherwise);
}

static Offsets<format::Move> moveTables(Context &context, Region &region) {
  std::vector<flatbuffers::Offset<format::Move>> moves;
  for (Operation &op : region.getOps())
    if (isa<RunOp, RepeatOp, WhenOp>(op))
      moves.push_back(moveTable(context, &op));
  return context.builder.CreateVector(moves);
}

Offsets<format::Phase> writer::phaseTables(Context &context) {
  std::vector<flatbuffers::Offset<format::Phase>> phases;
  for (PhaseOp op : context.model.getBody().getOps<PhaseOp>()) {
    std::vector<flatbuffers::Offset<flatbuffers::String>> players;
    if (std::optional<ArrayAttr> reset = op.getReset())
      for (StringAttr player : reset->getAsRange<StringAttr>())
        players.push_back(text(context, player));
    auto name = text(context, op.getSymName());
    auto body = moveTables(context, op.getBody());
    auto reset = context.builder.CreateVector(players);
    uint32_t until =
        op.getUntil() ? context.entryIndex.lookup(*op.getUntil()) : 0;
    auto unit = llvm::StringSwitch<format::LengthUnit>(op.getUnit())
                    .Case("steps", format::LengthUnit::Steps)
                    .Case("images", format::LengthUnit::Images)
                    .Default(format::LengthUnit::Epochs);
    phases.push_back(format::CreatePhase(
        context.builder, name, unit, op.getLength(), op.getBatch(), body, reset,
        until, op.getCheck().value_or(0)));
  }
  return context.builder.CreateVector(phases);
}

static double realOf(DictionaryAttr field, StringRef key) {
  Attribute value = field.get(key);
  if (auto real = dyn_cast_or_null<FloatAttr>(value))
    return real.getValueAsDouble();
  auto integer = dyn_cast_or_null<IntegerAttr>(value);
  return integer ? static_cast<double>(integer.getInt()) : 0;
}

static flatbuffers::Offset<format::DataField> fieldTable(Context &context,
                                                         DictionaryAttr field) {
  StringRef kind = field.getAs<StringAttr>("kind").getValue();
  std::vector<double> points;
  if (auto list = field.getAs<DenseF64ArrayAttr>("centres"))
    points.assign(list.asArrayRef().begin(), list.asArrayRef().end());
  else if (auto attributes = field.getAs<ArrayAttr>("centres"))
    for (FloatAttr real : attributes.getAsRange<FloatAttr>())
      points.push_back(real.getValueAsDouble());
  auto name = text(context, field.getAs<StringAttr>("name"));
  auto kindText = text(context, kind);
  auto shape =
      shapeOf(context, field.getAs<DenseI64ArrayAttr>("shape").asArrayRef());
  auto centres = context.builder.CreateVector(points);
  flatbuffers::Offset<flatbuffers::String> filter;
  if (auto word = field.getAs<StringAttr>("filter"))
    filter = text(context, word);
  auto nameIn = [&](StringRef key) {
    auto word = field.getAs<StringAttr>(key);
    return word ? text(context, word)
                : flatbuffers::Offset<flatbuffers::String>();
  };
  auto other = nameIn("other"), differs = nameIn("differs");
  return format::CreateDataField(
      context.builder, name, kindText,
      isOfIntegers(kind) ? format::ElementType::I32 : realsOf(context.model),
      shape, realOf(field, "low"), realOf(field, "high"),
      static_cast<uint64_t>(realOf(field, "classes")), centres,
      realOf(field, "std"), static_cast<uint64_t>(realOf(field, "count")),
      static_cast<uint64_t>(realOf(field, "resize")), field.contains("crop"),
      field.contains("flip"), filter,
      static_cast<uint64_t>(realOf(field, "of")),
      static_cast<uint64_t>(realOf(field, "mean")),
      static_cast<uint64_t>(realOf(field, "stack")), other, differs);
}

Offsets<format::Data> writer::dataTables(Context &context) {
  std::vector<flatbuffers::Offset<format::Data>> tables;
  for (DataOp op : context.model.getBody().getOps<DataOp>()) {
    std::vector<flatbuffers::Offset<format::DataField>> fields;
    for (DictionaryAttr field : op.getFields().getAsRange<DictionaryAttr>())
      fields.push_back(fieldTable(context, field));
    auto name = text(context, op.getSymName());
    auto fieldTables = context.builder.CreateVector(fields);
    tables.push_back(format::CreateData(context.builder, name, fieldTables));
  }
  return context.builder.CreateVector(tables);
}
