// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/reference/Game.h"

#include "llvm/Support/JSON.h"

#include <cmath>

using namespace mlir;
using namespace gan;
using namespace gan::reference;

// ---- the ABI of steps

Game::Game(ModelOp model, GameOptions options)
    : model(model), options(options) {
  auto data = model.getOps<DataOp>();
  if (!data.empty() && recordCount(*data.begin()) > 0)
    this->options.records = recordCount(*data.begin());
}

// The moves of a step take their batches in the order of the moves; the fields
// of one move share the positions.
std::vector<uint64_t> Game::takePositions(func::FuncOp function) {
  std::vector<uint64_t> positions(function.getNumArguments());
  if (function->getAttrOfType<StringAttr>("gan.role") != "step")
    return positions;
  using Use = std::pair<std::string, int64_t>; // data, move
  std::map<Use, uint64_t> batches, begins;
  std::map<unsigned, Use> uses; // by argument
  for (unsigned i = 0; i < function.getNumArguments(); ++i) {
    auto name = function.getArgAttrOfType<StringAttr>(i, "gan.data");
    auto move = function.getArgAttrOfType<IntegerAttr>(i, "gan.move");
    if (!name)
      continue;
    uses[i] = {name.getValue().rsplit('.').first.str(),
               move ? move.getInt() : 0};
    batches[uses[i]] =
        cast<RankedTensorType>(function.getArgumentTypes()[i]).getDimSize(0);
  }
  for (auto &[use, batch] : batches)
    begins[use] = std::exchange(cursors[use.first], cursors[use.first] + batch);
  for (auto &[argument, use] : uses)
    positions[argument] = begins[use];
  return positions;
}

FailureOr<Tensor> Game::bind(func::FuncOp function, unsigned argument,
                             uint64_t position) {
  auto type = cast<RankedTensorType>(function.getArgumentTypes()[argument]);
  auto text = [&](StringRef key) {
    return function.getArgAttrOfType<StringAttr>(argument, key);
  };
  auto moveAfter = [&](StringRef key) -> uint64_t {
    auto fresh = function.getArgAttrOfType<IntegerAttr>(argument, key);
    return movesDone + (fresh ? fresh.getInt() : 0);
  };
  if (StringAttr name = text("gan.storage")) {
    auto found = storage.find(name.str());
    if (found != storage.end())
      return found->second;
    return function.emitError()
           << "storage '" << name.getValue() << "' has no value yet";
  }
  if (StringAttr name = text("gan.data"))
    return readField(model, name, type, options.data, options.seed,
                     moveAfter("gan.move"), position);
  if (StringAttr name = text("gan.draw"))
    return draws.at({function->getAttrOfType<FlatSymbolRefAttr>("gan.draws")
                         .getValue()
                         .str(),
                     name.str()});
  if (Attribute expression = function.getArgAttr(argument, "gan.clock"))
    return Tensor::scalar(evaluateClock(expression, clock));
  if (function.getArgAttr(argument, "gan.key"))
    return Tensor{{2},
                  {static_cast<double>(options.seed),
                   static_cast<double>(moveAfter("gan.key"))}};
  return function.emitError() << "argument " << argument << " is not bound";
}

LogicalResult Game::call(func::FuncOp function) {
  Tensors arguments;
  std::vector<uint64_t> positions = takePositions(function);
  for (unsigned i = 0; i < function.getNumArguments(); ++i) {
    FailureOr<Tensor> value = bind(function, i, positions[i]);
    if (failed(value))
      return failure();
    arguments.push_back(std::move(*value));
  }
  FailureOr<Tensors> results =
      evaluateFunction(function, std::move(arguments), options.observer);
  if (failed(results))
    return failure();
  for (auto [i, value] : llvm::enumerate(*results)) {
    if (auto name = function.getResultAttrOfType<StringAttr>(i, "gan.storage"))
      storage[name.str()] = std::move(value);
    else if (auto name =
                 function.getResultAttrOfType<StringAttr>(i, "gan.metric"))
      metrics[name.str()] = value.values[0];
    else if (auto name =
                 function.getResultAttrOfType<StringAttr>(i, "gan.output"))
      outputs[name.str()] = std::move(value);
    else if (auto name =
                 function.getResultAttrOfType<StringAttr>(i, "gan.draw"))
      draws[{function.getSymName().str(), name.str()}] = std::move(value);
    else if (function.getResultAttr(i, "gan.until"))
      answer = value.values[0] != 0;
  }
  return success();
}

LogicalResult Game::callAll(StringRef role, int64_t &count) {
  int64_t moves = std::exchange(movesDone, 0);
  LogicalResult result = success();
  for (auto function : model.getOps<func::FuncOp>()) {
    auto found = function->getAttrOfType<StringAttr>("gan.role");
    if (!found || found.getValue() != role || failed(result))
      continue;
    ++count;
    result = call(function);
  }
  movesDone = moves;
  return result;
}

LogicalResult Game::initialise() {
  for (auto op : model.getOps<StorageOp>())
    storage[op.getSymName().str()] =
        Tensor::zeros(cast<RankedTensorType>(op.getType()).getShape());
  int64_t count = 0;
  if (failed(callAll("init", count)))
    return failure();
  if (count == 1)
    return success();
  return model.emitError() << "needs one function of role 'init', found "
                           << count;
}

LogicalResult Game::computeOutputs() {
  int64_t count = 0;
  return success(succeeded(callAll("draws", count)) &&
                 succeeded(callAll("output", count)));
}

// ---- moves and phases

LogicalResult Game::playMove(Operation &op) {
  if (auto run = dyn_cast<RunOp>(op)) {
    auto step = SymbolTable::lookupNearestSymbolFrom<func::FuncOp>(
        run, run.getStepAttr());
    if (failed(call(step)))
      return failure();
    movesDone += run.getMoves();
    return success();
  }
  if (auto repeat = dyn_cast<RepeatOp>(op)) {
    double count = std::floor(evaluateClock(repeat.getCount(), clock));
    for (double i = 0; i < count; ++i)
      if (failed(playBody(repeat.getBody())))
        return failure();
    return success();
  }
  if (auto when = dyn_cast<WhenOp>(op)) {
    bool holds = evaluateClock(when.getCondition(), clock) != 0;
    return playBody(holds ? when.getThen() : when.getOtherwise());
  }
  return op.emitError() << "'" << op.getName()
                        << "' is left in a phase: form the steps first";
}

LogicalResult Game::playBody(Region &body) {
  for (Operation &op : body.getOps())
    if (failed(playMove(op)))
      return failure();
  return success();
}

void Game::setClock(PhaseOp phase, int64_t pass) {
  clock.step = pass;
  clock.images = pass * phase.getBatch();
  clock.epoch = std::floor(clock.images / options.records);
  double length = phase.getLength();
  if (phase.getUnit() == "epochs")
    length *= options.records;
  double done = phase.getUnit() == "steps" ? clock.step : clock.images;
  clock.progress = done / length;
}

void Game::report(PhaseOp phase, raw_ostream &log) {
  llvm::json::Object line{{"step", passesDone}, {"phase", phase.getSymName()}};
  for (auto &[name, value] : metrics)
    line[name] = std::isfinite(value) ? llvm::json::Value(value) : nullptr;
  log << llvm::json::Value(std::move(line)) << '\n';
  metrics.clear();
}

LogicalResult Game::playPhase(PhaseOp phase, int64_t &stepsLeft,
                              raw_ostream &log) {
  if (phase.getReset() && failed(resetOptimizers(*phase.getReset())))
    return failure();
  for (int64_t pass = 0; stepsLeft > 0; ++pass, --stepsLeft) {
    setClock(phase, pass);
    if (clock.progress >= 1)
      return success();
    if (failed(playBody(phase.getBody())))
      return failure();
    ++passesDone;
    report(phase, log);
    FailureOr<bool> ends = isOver(phase, pass + 1);
    if (failed(ends))
      return failure();
    if (*ends) {
      --stepsLeft;
      return success();
    }
  }
  return success();
}

FailureOr<bool> Game::isOver(PhaseOp phase, int64_t pass) {
  if (!phase.getUntil() || pass % *phase.getCheck() != 0)
    return false;
  setClock(phase, pass);
  auto until = SymbolTable::lookupNearestSymbolFrom<func::FuncOp>(
      phase, phase.getUntilAttr());
  if (failed(call(until)))
    return failure();
  return answer;
}

LogicalResult Game::play(int64_t steps, raw_ostream &log) {
  for (auto phase : model.getOps<PhaseOp>())
    if (steps > 0 && failed(playPhase(phase, steps, log)))
      return failure();
  return success();
}

// The optimizer states of `players` get their first values again, everything
// else keeps its own.
LogicalResult Game::resetOptimizers(ArrayAttr players) {
  NamedTensors before = storage;
  if (failed(initialise()))
    return failure();
  for (auto op : model.getOps<StorageOp>()) {
    bool isReset = op.getKind() == StorageKind::Optimizer &&
                   llvm::is_contained(players, op.getOwnerAttr());
    if (!isReset)
      storage[op.getSymName().str()] = before[op.getSymName().str()];
  }
  return success();
}

// ---- the weights file

// Axis k in memory is axis layout[k] of the file.
NamedTensors reference::toFileLayout(ModelOp model,
                                     const NamedTensors &storage) {
  NamedTensors file = storage;
  for (auto op : model.getOps<StorageOp>())
    if (auto found = file.find(op.getSymName().str());
        found != file.end() && op.getLayout())
      found->second =
          transpose(found->second, inversePermutation(*op.getLayout()));
  return file;
}

LogicalResult reference::fromFileLayout(ModelOp model, const NamedTensors &file,
                                        NamedTensors &storage) {
  for (auto &[name, tensor] : file) {
    auto op = dyn_cast_if_present<StorageOp>(
        SymbolTable::lookupSymbolIn(model, name));
    if (!op)
      return model.emitError()
             << "the weights hold '" << name << "', which is no storage";
    Tensor value = op.getLayout() ? transpose(tensor, *op.getLayout()) : tensor;
    auto type = cast<RankedTensorType>(op.getType());
    if (failed(checkShape([&] { return op.emitError(); }, name, type.getShape(),
                          value.shape)))
      return failure();
    storage[name] = std::move(value);
  }
  return success();
}
