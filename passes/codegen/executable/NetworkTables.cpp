// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The inference graphs of the networks, for export and inspection.
#include "passes/codegen/executable/Tables.h"

#include "llvm/Support/raw_ostream.h"

using namespace mlir;
using namespace gan;
using namespace gan::writer;

namespace {
struct Numbers {
  std::vector<int64_t> ints;
  std::vector<double> reals;
  std::string text;
};
} // namespace

// Integers, reals, or else the printed attribute.
static Numbers numbersOf(Attribute attribute) {
  Numbers numbers;
  if (auto list = dyn_cast<DenseI64ArrayAttr>(attribute))
    numbers.ints.assign(list.asArrayRef().begin(), list.asArrayRef().end());
  else if (auto integer = dyn_cast<IntegerAttr>(attribute))
    numbers.ints.push_back(integer.getInt());
  else if (auto string = dyn_cast<StringAttr>(attribute))
    numbers.text = string.str();
  else if (auto values = dyn_cast<DenseFPElementsAttr>(attribute)) {
    for (const APFloat &value : values.getValues<APFloat>()) {
      numbers.reals.push_back(value.convertToDouble());
      if (values.isSplat())
        break;
    }
  } else if (auto values = dyn_cast<DenseIntElementsAttr>(attribute)) {
    for (const APInt &value : values.getValues<APInt>()) {
      // A bool is one bit, which is not a sign.
      numbers.ints.push_back(value.getBitWidth() == 1 ? value.getZExtValue()
                                                      : value.getSExtValue());
      if (values.isSplat())
        break;
    }
  } else {
    llvm::raw_string_ostream(numbers.text) << attribute;
  }
  return numbers;
}

static Offsets<format::Attribute> attributeTables(Context &context,
                                                  Operation &op) {
  std::vector<flatbuffers::Offset<format::Attribute>> tables;
  for (NamedAttribute named : op.getAttrs()) {
    Numbers numbers = numbersOf(named.getValue());
    auto name = text(context, named.getName());
    auto ints = context.builder.CreateVector(numbers.ints);
    auto reals = context.builder.CreateVector(numbers.reals);
    auto words = text(context, numbers.text);
    tables.push_back(
        format::CreateAttribute(context.builder, name, ints, reals, words));
  }
  return context.builder.CreateVector(tables);
}

namespace {
// One graph under construction: its values in order of definition.
class GraphWriter {
public:
  explicit GraphWriter(Context &context) : context(context) {}
  flatbuffers::Offset<format::Network> write(NetworkOp network,
                                             func::FuncOp function);

private:
  void define(Value value, StringRef storage);
  std::vector<uint32_t> idsOf(ValueRange range);
  void addOp(Operation &op);

  Context &context;
  DenseMap<Value, uint32_t> ids;
  std::vector<flatbuffers::Offset<format::GraphValue>> values;
  std::vector<flatbuffers::Offset<format::GraphOp>> ops;
};
} // namespace

void GraphWriter::define(Value value, StringRef storage) {
  ids[value] = values.size();
  auto type = cast<RankedTensorType>(value.getType());
  auto shape = shapeOf(context, type.getShape());
  flatbuffers::Offset<flatbuffers::String> name;
  if (!storage.empty())
    name = text(context, storage);
  values.push_back(
      format::CreateGraphValue(context.builder, elementOf(type), shape, name));
}

std::vector<uint32_t> GraphWriter::idsOf(ValueRange range) {
  std::vector<uint32_t> list;
  for (Value value : range)
    list.push_back(ids.lookup(value));
  return list;
}

void GraphWriter::addOp(Operation &op) {
  if (auto load = dyn_cast<LoadOp>(op)) {
    define(load.getValue(), load.getStorage());
    return;
  }
  for (Value result : op.getResults())
    define(result, "");
  auto name = text(context, op.getName().stripDialect());
  auto operands = context.builder.CreateVector(idsOf(op.getOperands()));
  auto results = context.builder.CreateVector(idsOf(op.getResults()));
  auto attributes = attributeTables(context, op);
  ops.push_back(format::CreateGraphOp(context.builder, name, operands, results,
                                      attributes));
}

flatbuffers::Offset<format::Network> GraphWriter::write(NetworkOp network,
                                                        func::FuncOp function) {
  std::vector<uint32_t> inputs;
  for (BlockArgument argument : function.getArguments()) {
    auto storage = function.getArgAttrOfType<StringAttr>(
        argument.getArgNumber(), "gan.storage");
    define(argument, storage ? storage.getValue() : "");
    if (!storage)
      inputs.push_back(ids.lookup(argument));
  }
  Block &block = function.getBody().front();
  for (Operation &op : block.without_terminator())
    addOp(op);
  auto name = text(context, network.getSymName());
  auto valueTable = context.builder.CreateVector(values);
  auto inputTable = context.builder.CreateVector(inputs);
  auto outputTable =
      context.builder.CreateVector(idsOf(block.getTerminator()->getOperands()));
  auto opTable = context.builder.CreateVector(ops);
  return format::CreateNetwork(context.builder, name, valueTable, inputTable,
                               outputTable, opTable);
}

Offsets<format::Network> writer::networkTables(Context &context) {
  std::vector<flatbuffers::Offset<format::Network>> tables;
  for (NetworkOp op : context.model.getBody().getOps<NetworkOp>())
    if (auto function = dyn_cast_or_null<func::FuncOp>(
            SymbolTable::lookupSymbolIn(context.model, op.getGraphAttr())))
      tables.push_back(GraphWriter(context).write(op, function));
  return context.builder.CreateVector(tables);
}
