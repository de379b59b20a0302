// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Kernels, and the launch graphs of the entries.
#include "dialect/Entries.h"
#include "dialect/Shards.h"
#include "passes/Places.h"
#include "passes/codegen/executable/KernelCost.h"
#include "passes/codegen/executable/Tables.h"

#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace gan;
using namespace gan::writer;

static flatbuffers::Offset<format::GpuLaunch>
gridTable(Context &context, const EmittedGpuKernel &kernel) {
  return format::CreateGpuLaunch(context.builder, kernel.blocks, blockThreads,
                                 kernel.sharedBytes);
}

// Null where no GPU runs the kernel.
static flatbuffers::Offset<format::GpuLaunch> launchTable(Context &context,
                                                          KernelOp op) {
  if (!context.kernels.gpu)
    return {};
  const GpuKernels &gpu = *context.kernels.gpu;
  return gridTable(context, gpu.kernels[gpu.kernelOf.lookup(op)]);
}

static flatbuffers::Offset<format::Kernel>
kernelTable(Context &context, KernelOp op, const EmittedKernel &kernel) {
  std::vector<uint64_t> entries, sizes;
  std::vector<uint8_t> written;
  std::vector<format::ElementType> elements;
  for (const Image &image : context.kernels.images)
    entries.push_back(image.entries.lookup(kernel.name));
  for (TypeRange types :
       {TypeRange(op->getOperandTypes()), TypeRange(op->getResultTypes())})
    for (Type type : types) {
      sizes.push_back(bytesOf(type));
      elements.push_back(elementOf(type));
    }
  for (size_t i = 0; i < sizes.size(); ++i)
    written.push_back(i >= op->getNumOperands());
  KernelCost cost = costOf(op);
  auto name = text(context, kernel.name);
  auto entryTable = context.builder.CreateVector(entries);
  auto sizeTable = context.builder.CreateVector(sizes);
  auto writtenTable = context.builder.CreateVector(written);
  auto elementTable = context.builder.CreateVector(elements);
  auto hero = text(context, stringifyHeroKind(op.getHero()));
  auto gpu = launchTable(context, op);
  return format::CreateKernel(context.builder, name, entryTable, sizeTable,
                              writtenTable, kernel.tiles, kernel.scratchBytes,
                              cost.flops, cost.bytes, hero, gpu, elementTable);
}

Offsets<format::Kernel> writer::kernelTables(Context &context) {
  std::vector<KernelOp> ops(context.kernels.kernels.size());
  context.model.walk([&](KernelOp op) {
    KernelOp &first = ops[context.kernels.kernelOf.lookup(op)];
    if (!first)
      first = op;
  });
  std::vector<flatbuffers::Offset<format::Kernel>> tables;
  for (auto [op, kernel] : llvm::zip_equal(ops, context.kernels.kernels))
    tables.push_back(kernelTable(context, op, kernel));
  return context.builder.CreateVector(tables);
}

static flatbuffers::Offset<format::GpuGroup>
groupTable(Context &context, const GpuLaunch &launch) {
  auto name = text(context, launch.grid.name);
  std::vector<uint32_t> kernels;
  std::vector<uint8_t> follows;
  for (const LaunchMember &member : launch.members) {
    kernels.push_back(member.kernel);
    follows.push_back(member.follows);
  }
  auto kernelTable = context.builder.CreateVector(kernels);
  auto followsTable = context.builder.CreateVector(follows);
  auto grid = gridTable(context, launch.grid);
  return format::CreateGpuGroup(context.builder, name, kernelTable, grid,
                                followsTable);
}

Offsets<format::GpuGroup> writer::groupTables(Context &context) {
  if (!context.kernels.gpu)
    return {};
  std::vector<flatbuffers::Offset<format::GpuGroup>> tables;
  for (auto [i, launch] : llvm::enumerate(context.kernels.gpu->launches))
    if (launch.members.size() > 1) {
      context.groupIndex[i] = tables.size();
      tables.push_back(groupTable(context, launch));
    }
  return tables.empty() ? Offsets<format::GpuGroup>()
                        : context.builder.CreateVector(tables);
}

namespace {
// The nodes of one entry so far, with the bytes each touches.
class NodeList {
public:
  explicit NodeList(Context &context)
      : context(context),
        table(context.model->getAttrOfType<DenseI64ArrayAttr>("gan.buffers")) {}
  void add(Operation &op);
  std::vector<flatbuffers::Offset<format::Node>> nodes;
  std::vector<format::GroupedNodes> groups;

private:
  struct Access {
    SmallVector<int64_t> reads, writes;
  };
  bool overlap(ArrayRef<int64_t> a, ArrayRef<int64_t> b) const;
  std::vector<uint32_t> dependenciesOf(const Access &access, bool isExchange);
  void addGroup(Operation &op);

  Context &context;
  DenseI64ArrayAttr table;
  std::vector<Access> accesses;
  std::vector<llvm::BitVector> ancestors;
  std::optional<size_t> lastExchange;
};
} // namespace

bool NodeList::overlap(ArrayRef<int64_t> a, ArrayRef<int64_t> b) const {
  for (int64_t x : a)
    for (int64_t y : b)
      if (table[2 * x] < table[2 * y] + table[2 * y + 1] &&
          table[2 * y] < table[2 * x] + table[2 * x + 1])
        return true;
  return false;
}

// Earlier nodes that touch the same bytes, one of the two writing; those that
// are waited for through others are left out. Exchanges wait for each other, as
// they have to take place in one order on all ranks.
std::vector<uint32_t> NodeList::dependenciesOf(const Access &access,
                                               bool isExchange) {
  std::vector<uint32_t> dependencies;
  llvm::BitVector reached(accesses.size() + 1);
  for (size_t i = accesses.size(); i-- > 0;) {
    const Access &earlier = accesses[i];
    bool isBefore = isExchange && lastExchange == i;
    if (reached.test(i) ||
        !(isBefore || overlap(access.reads, earlier.writes) ||
          overlap(access.writes, earlier.reads) ||
          overlap(access.writes, earlier.writes)))
      continue;
    dependencies.push_back(i);
    {
      llvm::BitVector above = ancestors[i];
      above.resize(reached.size());
      reached |= above;
    }
    reached.set(i);
  }
  ancestors.push_back(reached);
  std::reverse(dependencies.begin(), dependencies.end());
  return dependencies;
}

// Where `op` is the first of several kernels in a launch.
void NodeList::addGroup(Operation &op) {
  if (!context.kernels.gpu)
    return;
  auto launch = context.kernels.gpu->launchOf.find(&op);
  if (launch == context.kernels.gpu->launchOf.end())
    return;
  auto group = context.groupIndex.find(launch->second);
  if (group != context.groupIndex.end())
    groups.emplace_back(nodes.size(), group->second);
}

void NodeList::add(Operation &op) {
  addGroup(op);
  Access access;
  access.reads = llvm::to_vector(
      op.getAttrOfType<DenseI64ArrayAttr>("gan.inputs").asArrayRef());
  access.writes = llvm::to_vector(
      op.getAttrOfType<DenseI64ArrayAttr>("gan.outputs").asArrayRef());
  std::vector<uint32_t> arguments(access.reads.begin(), access.reads.end());
  arguments.insert(arguments.end(), access.writes.begin(), access.writes.end());
  bool isLaunch = isa<KernelOp>(op), isExchange = isa<AllGatherOp>(op);
  std::vector<uint32_t> waits = dependenciesOf(access, isExchange);
  if (isExchange)
    lastExchange = accesses.size();
  accesses.push_back(access);
  auto argumentTable = context.builder.CreateVector(arguments);
  auto waitTable = context.builder.CreateVector(waits);
  auto place = text(context, spellPlace(op.getLoc()));
  nodes.push_back(
      format::CreateNode(context.builder,
                         isLaunch     ? format::NodeKind::Launch
                         : isExchange ? format::NodeKind::Collective
                                      : format::NodeKind::Copy,
                         isLaunch ? context.kernels.kernelOf.lookup(&op) : 0,
                         argumentTable, waitTable, place));
}

static flatbuffers::Offset<format::Binding>
bindingTable(Context &context, format::BindingKind kind, StringRef name,
             Type type, uint32_t buffer, uint32_t move, Attribute clock,
             uint64_t batch = 0, uint64_t classes = 0) {
  auto nameText = text(context, name);
  auto shape = shapeOf(context, cast<RankedTensorType>(type).getShape());
  auto expression = clockOf(context, clock);
  return format::CreateBinding(context.builder, kind, nameText, elementOf(type),
                               shape, buffer, move, expression, batch,
                               /*first=*/0, classes);
}

static uint32_t integerOr(Attribute attribute, uint32_t otherwise) {
  auto integer = dyn_cast_or_null<IntegerAttr>(attribute);
  return integer ? integer.getInt() : otherwise;
}

static Offsets<format::Binding>
inputTables(Context &context, func::FuncOp function, uint32_t &moves) {
  std::vector<flatbuffers::Offset<format::Binding>> tables;
  for (BlockArgument argument : function.getArguments()) {
    unsigned i = argument.getArgNumber();
    if (function.getArgAttr(i, "gan.storage"))
      continue;
    uint32_t buffer = integerOr(function.getArgAttr(i, "gan.buffer"), 0);
    Attribute key = function.getArgAttr(i, "gan.key");
    uint32_t move =
        integerOr(key ? key : function.getArgAttr(i, "gan.move"), 0);
    moves = std::max(moves, move + 1);
    Attribute clock = function.getArgAttr(i, "gan.clock");
    auto data = function.getArgAttrOfType<StringAttr>(i, "gan.data");
    auto draw = function.getArgAttrOfType<StringAttr>(i, drawAttribute);
    bool isShard = static_cast<bool>(function.getArgAttr(i, shardAttribute));
    format::BindingKind kind = key       ? format::BindingKind::Key
                               : clock   ? format::BindingKind::Clock
                               : isShard ? format::BindingKind::Shard
                               : draw    ? format::BindingKind::Draw
                                         : format::BindingKind::Data;
    auto shards = function->getAttrOfType<IntegerAttr>(shardsAttribute);
    auto type = cast<RankedTensorType>(argument.getType());
    uint64_t batch = data && shards ? type.getDimSize(0) * shards.getInt() : 0;
    StringRef name = data   ? data.getValue()
                     : draw ? draw.getValue()
                            : StringRef();
    uint64_t classes = integerOr(function.getArgAttr(i, classesAttribute), 0);
    tables.push_back(bindingTable(context, kind, name, type, buffer, move,
                                  clock, batch, classes));
  }
  return context.builder.CreateVector(tables);
}

namespace {
struct Reading {
  format::BindingKind kind;
  StringRef name;
};
} // namespace

// How the host reads the result with these bindings; storage it does not.
static std::optional<Reading> readingOf(DictionaryAttr bindings) {
  if (!bindings)
    return std::nullopt;
  if (auto metric = bindings.getAs<StringAttr>("gan.metric"))
    return Reading{format::BindingKind::Metric, metric};
  if (auto output = bindings.getAs<StringAttr>("gan.output"))
    return Reading{format::BindingKind::Output, output};
  if (auto draw = bindings.getAs<StringAttr>(drawAttribute))
    return Reading{format::BindingKind::Output, draw};
  if (bindings.get("gan.until"))
    return Reading{format::BindingKind::Until, "until"};
  return std::nullopt;
}

static Offsets<format::Binding> outputTables(Context &context,
                                             func::FuncOp function) {
  std::vector<flatbuffers::Offset<format::Binding>> tables;
  for (auto [i, type] : llvm::enumerate(function.getResultTypes())) {
    std::optional<Reading> reading = readingOf(function.getResultAttrDict(i));
    if (!reading)
      continue;
    uint32_t buffer = integerOr(function.getResultAttr(i, "gan.buffer"), 0);
    tables.push_back(bindingTable(context, reading->kind, reading->name, type,
                                  buffer, 0, {}));
  }
  return context.builder.CreateVector(tables);
}

static auto entriesOf(Context &context) {
  return llvm::make_filter_range(context.model.getBody().getOps<func::FuncOp>(),
                                 isEntry);
}

// The entry that draws what an output takes; 0 where it takes none.
static uint32_t drawsOf(Context &context, func::FuncOp function) {
  auto draws = function->getAttrOfType<FlatSymbolRefAttr>(drawsAttribute);
  uint32_t index = 0;
  for (func::FuncOp entry : entriesOf(context)) {
    if (draws && entry.getSymName() == draws.getValue())
      return index;
    ++index;
  }
  return 0;
}

static flatbuffers::Offset<format::Entry> entryTable(Context &context,
                                                     func::FuncOp function) {
  auto role = function->getAttrOfType<StringAttr>("gan.role");
  uint32_t moves = 0;
  auto inputs = inputTables(context, function, moves);
  auto outputs = outputTables(context, function);
  context.model.walk([&](RunOp run) {
    if (run.getStep() == function.getSymName())
      moves = run.getMoves();
  });
  NodeList list(context);
  for (Operation &op : function.getBody().front())
    if (isa<KernelOp, CopyOp, AllGatherOp>(op))
      list.add(op);
  auto name = text(context, function.getSymName());
  auto nodes = context.builder.CreateVector(list.nodes);
  flatbuffers::Offset<flatbuffers::Vector<const format::GroupedNodes *>> groups;
  if (!list.groups.empty())
    groups = context.builder.CreateVectorOfStructs(list.groups);
  auto kind = llvm::StringSwitch<format::EntryKind>(role.getValue())
                  .Case("init", format::EntryKind::Init)
                  .Case("step", format::EntryKind::Step)
                  .Case("output", format::EntryKind::Output)
                  .Case("draws", format::EntryKind::Draws)
                  .Default(format::EntryKind::Until);
  return format::CreateEntry(context.builder, name, kind, moves, inputs,
                             outputs, nodes, groups,
                             drawsOf(context, function));
}

Offsets<format::Entry> writer::entryTables(Context &context) {
  std::vector<flatbuffers::Offset<format::Entry>> tables;
  for (func::FuncOp function : entriesOf(context))
    tables.push_back(entryTable(context, function));
  return context.builder.CreateVector(tables);
}
