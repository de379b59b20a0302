// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/Splats.h"
#include "passes/inline/Passes.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace gan;

namespace gan {
#define GEN_PASS_DEF_THREADSTORAGEPASS
#include "passes/inline/Passes.h.inc"
} // namespace gan

namespace {

// By the name of a storage, all that begin with its first value: itself, its
// copies, theirs.
using Families = llvm::DenseMap<StringAttr, SmallVector<StringAttr>>;

// Makes one function pure: a walk over its block that knows the present value
// of each storage.
class Threader {
public:
  Threader(func::FuncOp function, const Families &families)
      : function(function), families(families),
        block(function.getBody().front()), builder(function.getContext()),
        role(function->getAttrOfType<StringAttr>("gan.role")) {}
  LogicalResult thread();

private:
  void bindKeys();
  bool rewrite(Operation &op);
  Value bind(ArrayRef<NamedAttribute> names, Type type, Location loc);
  Value bindToMove(StringRef kind, Attribute value, Value key, Operation &op);
  Value present(StringAttr storage, Type type, Location loc);
  void initialise(InitialiseOp op);
  LogicalResult addResults();
  void eraseUnneeded();

  func::FuncOp function;
  const Families &families;
  Block &block;
  Builder builder;
  StringAttr role;
  SmallVector<DictionaryAttr> bindings; // of the arguments
  llvm::DenseMap<std::pair<Attribute, Type>, Value> arguments;
  llvm::MapVector<StringAttr, Value> storages; // present values
  llvm::MapVector<StringAttr, Value> reports;
  llvm::DenseSet<StringAttr> initialised; // flags
};

} // namespace

// The argument of outputs, of the ends of phases and of networks has the key of
// move 0; those of steps and init say of which move they are.
void Threader::bindKeys() {
  for (unsigned i = 0; i < block.getNumArguments(); ++i) {
    DictionaryAttr names = function.getArgAttrDict(i);
    bindings.push_back(names ? names : builder.getDictionaryAttr({}));
  }
  if (role == "output" || role == "until" || role == "network")
    bindings[0] = builder.getDictionaryAttr(
        builder.getNamedAttr("gan.key", builder.getI64IntegerAttr(0)));
}

// The argument with this binding: one, however often it is asked for.
Value Threader::bind(ArrayRef<NamedAttribute> names, Type type, Location loc) {
  DictionaryAttr binding = builder.getDictionaryAttr(names);
  Value &argument = arguments[{binding, type}];
  if (!argument) {
    argument = block.addArgument(type, loc);
    bindings.push_back(binding);
  }
  return argument;
}

Value Threader::bindToMove(StringRef kind, Attribute value, Value key,
                           Operation &op) {
  unsigned number = cast<BlockArgument>(key).getArgNumber();
  return bind(
      {builder.getNamedAttr(kind, value),
       builder.getNamedAttr("gan.move", bindings[number].get("gan.key"))},
      op.getResult(0).getType(), op.getLoc());
}

// What the storage holds now.
Value Threader::present(StringAttr storage, Type type, Location loc) {
  Value &value = storages[storage];
  if (!value)
    value = bind(builder.getNamedAttr("gan.storage", storage), type, loc);
  return value;
}

// old, now = flag > 0 ? old : value. Moves that are taken back have read the
// old one in front of the op; what they store again is the new one.
void Threader::initialise(InitialiseOp op) {
  StringAttr flag = op.getFlagAttr().getAttr();
  if (!initialised.insert(flag).second)
    return;
  OpBuilder here(op);
  Location loc = op.getLoc();
  RankedTensorType type = op.getValue().getType();
  auto one = RankedTensorType::get({}, type.getElementType());
  Value isDone = CompareOp::create(
      here, loc, one.clone(here.getI1Type()), ComparePredicate::GT,
      present(flag, one, loc), createSplat(here, loc, one, 0));
  Value isDoneEach = BroadcastOp::create(
      here, loc, type.clone(here.getI1Type()), isDone, ArrayRef<int64_t>{});
  for (StringAttr name : families.lookup(op.getStorageAttr().getAttr())) {
    Value old = present(name, type, loc);
    Value choice = SelectOp::create(here, loc, isDoneEach, old, op.getValue());
    Value now = VariableOp::create(here, loc, choice);
    old.replaceUsesWithIf(now, [&](OpOperand &use) {
      auto store = dyn_cast<StoreOp>(use.getOwner());
      return store && store.getStorageAttr().getAttr() == name;
    });
    storages[name] = now;
  }
  for (StringAttr name : families.lookup(flag))
    storages[name] =
        VariableOp::create(here, loc, createSplat(here, loc, one, 1));
}

// Whether the op is said by arguments, results and values now.
bool Threader::rewrite(Operation &op) {
  return TypeSwitch<Operation *, bool>(&op)
      .Case([&](LoadOp load) {
        load.getValue().replaceAllUsesWith(
            present(load.getStorageAttr().getAttr(), load.getValue().getType(),
                    load.getLoc()));
        return true;
      })
      .Case([&](InitialiseOp initial) {
        initialise(initial);
        return true;
      })
      .Case([&](StoreOp store) {
        OpBuilder here(store);
        storages[store.getStorageAttr().getAttr()] =
            VariableOp::create(here, store.getLoc(), store.getValue());
        return true;
      })
      .Case([&](ReadOp read) {
        auto name =
            builder.getStringAttr(read.getData() + "." + read.getField());
        read.getValue().replaceAllUsesWith(
            bindToMove("gan.data", name, read.getKey(), op));
        return true;
      })
      .Case([&](ClockOp clock) {
        clock.getValue().replaceAllUsesWith(
            bindToMove("gan.clock", clock.getExpression(), clock.getKey(), op));
        return true;
      })
      .Case([&](ReportOp report) {
        reports[report.getNameAttr()] = report.getValue();
        return true;
      })
      .Default([](Operation *) { return false; });
}

// A value that leaves the function has no gradient to stop.
static Value strip(Value value) {
  while (isa_and_present<StopGradientOp, VariableOp>(value.getDefiningOp()))
    value = value.getDefiningOp()->getOperand(0);
  return value;
}

LogicalResult Threader::addResults() {
  Operation *ret = block.getTerminator();
  SmallVector<Value> values(ret->getOperands());
  SmallVector<DictionaryAttr> names(values.size(),
                                    builder.getDictionaryAttr({}));
  auto add = [&](StringRef kind, StringAttr name, Value value) {
    values.push_back(strip(value));
    names.push_back(
        builder.getDictionaryAttr(builder.getNamedAttr(kind, name)));
  };
  if (role == "output")
    names[0] = builder.getDictionaryAttr(
        builder.getNamedAttr("gan.output", function->removeAttr("gan.output")));
  if (role == "until")
    names[0] = builder.getDictionaryAttr(
        builder.getNamedAttr("gan.until", builder.getUnitAttr()));
  for (auto &[name, value] : storages) {
    Attribute binding =
        builder.getDictionaryAttr(builder.getNamedAttr("gan.storage", name));
    bool isSame = arguments.lookup({binding, value.getType()}) == strip(value);
    if (isSame || role == "network")
      continue;
    if (role == "output" || role == "until")
      return function.emitError()
             << (role == "output" ? "an output" : "'until'")
             << " changes no storage, but '" << name.getValue()
             << "' is stored";
    add("gan.storage", name, value);
  }
  for (auto &[name, value] : reports)
    add("gan.metric", name, value);
  ret->setOperands(values);
  function.setFunctionType(builder.getFunctionType(block.getArgumentTypes(),
                                                   ret->getOperandTypes()));
  function.setAllArgAttrs(bindings);
  function.setAllResultAttrs(names);
  return success();
}

// Users stand behind what they use: one walk backwards finds all.
void Threader::eraseUnneeded() {
  for (Operation &op : llvm::make_early_inc_range(llvm::reverse(block)))
    if (isOpTriviallyDead(&op))
      op.erase();
  llvm::BitVector unneeded(block.getNumArguments());
  for (BlockArgument argument : block.getArguments())
    if (argument.use_empty() && !bindings[argument.getArgNumber()].empty())
      unneeded.set(argument.getArgNumber());
  (void)function.eraseArguments(unneeded);
}

LogicalResult Threader::thread() {
  bindKeys();
  for (Operation &op : llvm::make_early_inc_range(block))
    if (rewrite(op))
      op.erase();
  if (failed(addResults()))
    return failure();
  eraseUnneeded();
  return success();
}

static Families gatherFamilies(ModelOp model) {
  SymbolTable symbols(model);
  Families families;
  for (auto storage : model.getOps<StorageOp>()) {
    llvm::DenseSet<Operation *> seen;
    for (StorageOp at = storage; at && seen.insert(at).second;
         at = at.getCopy() ? symbols.lookup<StorageOp>(*at.getCopy())
                           : StorageOp())
      families[at.getSymNameAttr()].push_back(storage.getSymNameAttr());
  }
  return families;
}

namespace {
struct ThreadStoragePass : gan::impl::ThreadStoragePassBase<ThreadStoragePass> {
  using ThreadStoragePassBase::ThreadStoragePassBase;
  void runOnOperation() override {
    Families families = gatherFamilies(getOperation());
    for (auto function : getOperation().getOps<func::FuncOp>())
      if (failed(Threader(function, families).thread()))
        return signalPassFailure();
  }
};
} // namespace
