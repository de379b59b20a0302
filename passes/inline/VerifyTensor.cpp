// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/Entries.h"
#include "passes/inline/InitFunction.h"
#include "passes/inline/Passes.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"

using namespace mlir;
using namespace gan;

namespace gan {
#define GEN_PASS_DEF_VERIFYTENSORPASS
#include "passes/inline/Passes.h.inc"
} // namespace gan

// ---- phases

// The highest number of a move that a step binds; -1 where it binds none.
static int64_t lastMoveOf(func::FuncOp step) {
  int64_t last = -1;
  for (unsigned i = 0; i < step.getNumArguments(); ++i)
    for (StringRef name : {"gan.key", "gan.move"})
      if (auto move = step.getArgAttrOfType<IntegerAttr>(i, name))
        last = std::max(last, move.getInt());
  return last;
}

static LogicalResult verifyRun(RunOp run, SymbolTable &symbols) {
  int64_t last = lastMoveOf(symbols.lookup<func::FuncOp>(run.getStep()));
  int64_t moves = run.getMoves();
  if (last < moves)
    return success();
  return run.emitOpError() << "makes " << moves
                           << " moves, but its step binds move " << last;
}

static LogicalResult verifyMoves(Region &body, SymbolTable &symbols) {
  for (Operation &op : body.getOps()) {
    if (!isa<RunOp, RepeatOp, WhenOp>(op))
      return op.emitOpError("is left in a phase after inlining");
    for (Region &inner : op.getRegions())
      if (failed(verifyMoves(inner, symbols)))
        return failure();
    auto run = dyn_cast<RunOp>(op);
    if (run && failed(verifyRun(run, symbols)))
      return failure();
  }
  return success();
}

// ---- arguments and results

namespace {
// An argument or a result of a function.
struct Slot {
  StringRef what; // "argument" or "result"
  unsigned index;
  Type type;
  DictionaryAttr bindings; // null where there is none
  func::FuncOp function;

  InFlightDiagnostic error() const {
    return emitError(function->getLoc())
           << what << " " << index << " of '"
           << SymbolTable::getSymbolName(function).getValue() << "' ";
  }
  Attribute get(StringRef name) const {
    return bindings ? bindings.get(name) : Attribute();
  }
};
} // namespace

// What an argument or a result may be bound to, by the role of its function.
static ArrayRef<StringRef> bindingsOf(StringRef role, bool isArgument) {
  static constexpr StringRef inputs[] = {"gan.key", "gan.storage", "gan.data",
                                         "gan.clock", drawAttribute};
  static constexpr StringRef stepResults[] = {"gan.storage", "gan.metric"};
  static constexpr StringRef outputResults[] = {"gan.output"};
  static constexpr StringRef drawsResults[] = {drawAttribute};
  static constexpr StringRef untilInputs[] = {"gan.storage", "gan.clock"};
  static constexpr StringRef untilResults[] = {"gan.until"};
  ArrayRef<StringRef> in(inputs), out(stepResults);
  if (role == "until")
    return isArgument ? ArrayRef(untilInputs) : ArrayRef(untilResults);
  if (role == "init")
    return isArgument ? in.take_front(1) : out.take_front(1);
  if (role == "network")
    return isArgument ? in.take_front(2) : ArrayRef<StringRef>();
  if (role == "draws")
    return isArgument ? in.take_front(1) : ArrayRef(drawsResults);
  if (isArgument)
    return role == "output" ? in : in.drop_back();
  return role == "step" ? out : ArrayRef(outputResults);
}

static LogicalResult verifyStorage(const Slot &slot, SymbolTable &symbols) {
  auto name = dyn_cast<StringAttr>(slot.get("gan.storage"));
  auto storage = name ? symbols.lookup<StorageOp>(name) : StorageOp();
  if (!storage)
    return slot.error() << "is bound to " << slot.get("gan.storage")
                        << ", which is no storage";
  if (storage.getType() == slot.type)
    return success();
  return slot.error() << "has type " << slot.type << ", but '"
                      << name.getValue() << "' holds " << storage.getType();
}

static bool isOneReal(Type type) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  return tensor && tensor.getRank() == 0 &&
         isa<FloatType>(tensor.getElementType());
}

// What an output takes is a result of its draws, of the same type.
static LogicalResult verifyDraw(const Slot &slot, SymbolTable &symbols) {
  auto draws = slot.function->getAttrOfType<FlatSymbolRefAttr>(drawsAttribute);
  auto maker =
      draws ? symbols.lookup<func::FuncOp>(draws.getValue()) : func::FuncOp();
  for (unsigned i = 0; maker && i < maker.getNumResults(); ++i)
    if (maker.getResultAttr(i, drawAttribute) == slot.get(drawAttribute) &&
        maker.getResultTypes()[i] == slot.type)
      return success();
  return slot.error() << "is bound to the draw " << slot.get(drawAttribute)
                      << " of type " << slot.type
                      << ", which the draws of its output do not make";
}

static LogicalResult verifyType(const Slot &slot, StringRef kind,
                                SymbolTable &symbols) {
  if (kind == "gan.storage")
    return verifyStorage(slot, symbols);
  if (kind == drawAttribute && slot.what == "argument")
    return verifyDraw(slot, symbols);
  Builder builder(slot.type.getContext());
  if (kind == "gan.key" &&
      slot.type != RankedTensorType::get({2}, builder.getI64Type()))
    return slot.error() << "is a key, 'tensor<2xi64>', but has type "
                        << slot.type;
  if ((kind == "gan.clock" || kind == "gan.metric") && !isOneReal(slot.type))
    return slot.error() << "is one real, but has type " << slot.type;
  if (kind == "gan.until" &&
      slot.type != RankedTensorType::get({}, builder.getI1Type()))
    return slot.error() << "is one bool, but has type " << slot.type;
  bool needsMove = kind == "gan.data" || kind == "gan.clock";
  if (needsMove && !isa_and_present<IntegerAttr>(slot.get("gan.move")))
    return slot.error() << "needs the number of its move, 'gan.move'";
  return success();
}

// Bound to one thing of those that its role allows, of the right type. Only
// networks leave some unbound: their own arguments and results.
static LogicalResult verifyBinding(const Slot &slot, StringRef role,
                                   SymbolTable &symbols) {
  ArrayRef<StringRef> allowed = bindingsOf(role, slot.what == "argument");
  SmallVector<StringRef> found;
  for (StringRef name : std::initializer_list<StringRef>{
           "gan.key", "gan.storage", "gan.data", "gan.clock", "gan.metric",
           "gan.output", "gan.until", drawAttribute})
    if (slot.get(name))
      found.push_back(name);
  if (found.empty() && role == "network")
    return success();
  if (found.size() != 1 || !llvm::is_contained(allowed, found.front()))
    return slot.error() << "needs one binding of [" << llvm::join(allowed, ", ")
                        << "], found [" << llvm::join(found, ", ") << "]";
  return verifyType(slot, found.front(), symbols);
}

// All arguments, or all results; a storage stands among them once.
static LogicalResult verifyBindings(ArrayRef<Slot> slots, StringRef role,
                                    SymbolTable &symbols) {
  llvm::DenseSet<Attribute> storages;
  for (const Slot &slot : slots) {
    if (failed(verifyBinding(slot, role, symbols)))
      return failure();
    Attribute storage = slot.get("gan.storage");
    if (storage && !storages.insert(storage).second)
      return slot.error() << "is bound to " << storage
                          << ", to which another is bound";
  }
  return success();
}

static LogicalResult verifySignature(func::FuncOp function, StringRef role,
                                     SymbolTable &symbols) {
  SmallVector<Slot> arguments, results;
  for (auto [i, type] : llvm::enumerate(function.getArgumentTypes()))
    arguments.push_back({"argument", static_cast<unsigned>(i), type,
                         function.getArgAttrDict(i), function});
  for (auto [i, type] : llvm::enumerate(function.getResultTypes()))
    results.push_back({"result", static_cast<unsigned>(i), type,
                       function.getResultAttrDict(i), function});
  return success(succeeded(verifyBindings(arguments, role, symbols)) &&
                 succeeded(verifyBindings(results, role, symbols)));
}

// ---- functions

static LogicalResult verifyBody(func::FuncOp function) {
  for (Operation &op : function.getBody().front().without_terminator()) {
    bool isTensorOp = isa<GanDialect>(op.getDialect()) &&
                      (isPure(&op) || isa<VariableOp>(op)) &&
                      !isa<KernelOp, CopyOp>(op);
    if (!isTensorOp)
      return op.emitOpError("is left in a function after inlining");
  }
  return success();
}

// Init gives each storage its first value, if that is not zero.
static LogicalResult verifyInit(func::FuncOp init, ModelOp model,
                                SymbolTable &symbols) {
  llvm::DenseSet<Attribute> given;
  for (unsigned i = 0; i < init.getNumResults(); ++i)
    given.insert(init.getResultAttr(i, "gan.storage"));
  for (auto storage : model.getOps<StorageOp>())
    if (!given.contains(storage.getSymNameAttr()) &&
        !inlining::startsAsZero(storage, symbols))
      return storage.emitOpError("gets no first value from the function of "
                                 "role 'init'");
  return success();
}

static LogicalResult verifyFunctions(ModelOp model, SymbolTable &symbols) {
  llvm::DenseSet<StringRef> graphs;
  for (auto network : model.getOps<NetworkOp>())
    graphs.insert(network.getGraph());
  int64_t inits = 0;
  for (auto function : model.getOps<func::FuncOp>()) {
    auto attribute = function->getAttrOfType<StringAttr>("gan.role");
    StringRef role = attribute ? attribute.getValue() : "none";
    bool isKnown = isEntry(function) ||
                   (role == "network" && graphs.contains(function.getName()));
    if (!isKnown)
      return function.emitError()
             << "'" << function.getSymName() << "' of role '" << role
             << "' is left after inlining";
    if (failed(verifyBody(function)) ||
        failed(verifySignature(function, role, symbols)))
      return failure();
    inits += role == "init";
    if (role == "init" && failed(verifyInit(function, model, symbols)))
      return failure();
  }
  if (inits == 1)
    return success();
  return model.emitOpError()
         << "needs one function of role 'init', found " << inits;
}

namespace {
struct VerifyTensorPass : gan::impl::VerifyTensorPassBase<VerifyTensorPass> {
  using VerifyTensorPassBase::VerifyTensorPassBase;
  void runOnOperation() override {
    ModelOp model = getOperation();
    SymbolTable symbols(model);
    if (failed(verifyFunctions(model, symbols)))
      return signalPassFailure();
    for (auto phase : model.getOps<PhaseOp>())
      if (failed(verifyMoves(phase.getBody(), symbols)))
        return signalPassFailure();
    markAllAnalysesPreserved();
  }
};
} // namespace
