// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/random/PlayCompiled.h"
#include "passes/Pipelines.h"
#include "passes/codegen/executable/WriteExecutable.h"
#include "runtime/checkpoint/Layout.h"
#include "runtime/data/Elements.h"
#include "runtime/data/SourceOptions.h"
#include "runtime/data/Sources.h"
#include "runtime/device/cpu/CpuDevice.h"
#include "runtime/game/Game.h"

#include <cmath>
#include <limits>

using namespace gan;
using namespace gan::random;
using namespace gan::runtime;

static llvm::Error refuse(const llvm::Twine &what) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), what);
}

llvm::Expected<std::vector<char>>
gan::random::compileGame(mlir::ModuleOp game, const Variant &variant) {
  if (failed(runStages(game, "plan",
                       {variant.precision, variant.without, variant.forGpu,
                        variant.winogradTile})))
    return refuse("the passes fail");
  ModelOp model = *game.getOps<ModelOp>().begin();
  TargetInfo target = *llvm::find_if(cpuTargets(), [&](const TargetInfo &info) {
    return info.name == variant.target;
  });
  target.isOptimised = variant.isOptimised;
  mlir::FailureOr<CompiledKernels> kernels = compileKernels(model, target);
  if (failed(kernels))
    return refuse("the kernels cannot be compiled");
  mlir::FailureOr<std::vector<char>> bytes =
      writeExecutable(model, *kernels, {"gan-random", {}, "random.gan", ""});
  if (failed(bytes))
    return refuse("the executable cannot be written");
  return std::move(*bytes);
}

static std::vector<double> numbersOf(std::span<const std::byte> bytes,
                                     format::ElementType element) {
  std::vector<double> numbers(bytes.size() / elementBytes(element));
  for (size_t i = 0; i < numbers.size(); ++i)
    numbers[i] = loadElement(element, bytes, i);
  return numbers;
}

static Status readStorage(const Executable &executable, Device &device,
                          Trace &trace) {
  for (const format::Storage *storage : *executable.tables().storage()) {
    uint64_t width = elementBytes(storage->element());
    FileBytes memory(elementCount(*storage->shape()) * width);
    FileBytes file(memory.size());
    Status status = device.read(storage->buffer(), memory);
    if (status.ok())
      status = device.wait();
    if (!status.ok())
      return status;
    Layout layout{{storage->shape()->begin(), storage->shape()->end()},
                  {storage->layout()->begin(), storage->layout()->end()}};
    memoryToFile(layout, width, 0, memory, file);
    trace[storage->name()->str()] = numbersOf(file, storage->element());
  }
  return Status();
}

static Status readOutputs(const Executable &executable, runtime::Game &game,
                          Trace &trace) {
  for (uint32_t i = 0; i < executable.tables().entries()->size(); ++i) {
    const format::Entry &entry = *executable.tables().entries()->Get(i);
    if (entry.kind() != format::EntryKind::Output)
      continue;
    Result<FileBytes> bytes = game.compute(i, /*move=*/0);
    if (!bytes.ok())
      return bytes.status();
    const format::Binding &binding = *entry.outputs()->Get(0);
    trace["= " + binding.name()->str()] = numbersOf(*bytes, binding.element());
  }
  return Status();
}

// Data that are not made are drawn at random.
static std::vector<std::string> sourcesOf(const Executable &executable) {
  for (const format::Data *data : *executable.tables().data())
    for (const format::DataField *field : *data->fields())
      if (needsSource(*field))
        return {"random"};
  return {};
}

static Status play(const Executable &executable, Device &device, uint64_t seed,
                   Trace &trace) {
  std::vector<std::string> sources = sourcesOf(executable);
  Result<std::vector<Dataset>> data =
      bindData(*executable.tables().data(), {.sources = sources});
  if (!data.ok())
    return data.status();
  Result<runtime::Game> game = runtime::Game::create(
      executable, device, data.take(),
      {.seed = seed, .wantsMetrics = [](uint64_t) { return true; }});
  if (!game.ok())
    return game.status();
  Status status = game->initialise();
  if (status.ok())
    status = game->play([&](const PassReport &report) {
      for (const auto &[name, value] : report.metrics)
        trace[std::to_string(report.pass) + " " + name] = {
            std::isfinite(value) ? value
                                 : std::numeric_limits<double>::quiet_NaN()};
      return Status();
    });
  if (status.ok())
    status = readStorage(executable, device, trace);
  return status.ok() ? readOutputs(executable, *game, trace) : status;
}

llvm::Expected<Trace> gan::random::playCompiled(llvm::ArrayRef<char> bytes,
                                                uint64_t seed, unsigned threads,
                                                llvm::StringRef target) {
  Result<Executable> executable =
      Executable::loadBytes(std::as_bytes(std::span(bytes)), "random.ganx");
  if (!executable.ok())
    return refuse("the executable is refused: " + executable.status().text());
  Result<std::unique_ptr<Device>> device =
      makeCpuDevice({.threads = threads, .target = target.str()});
  if (!device.ok())
    return refuse(device.status().text());
  Trace trace;
  Status status = (*device)->load(*executable);
  if (status.ok())
    status = play(*executable, **device, seed, trace);
  if (!status.ok())
    return refuse("the game ends: " + status.text());
  return trace;
}
