// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Every stage of the compiler keeps what a game computes: two passes of each
// model, played by the interpreter after each stage that it can play, from the
// grad stage on. usage: gan-stage-check MODEL.gan[,NAME=VALUE...]...
#include "frontend/Frontend.h"
#include "models/StandardLibrary.h"
#include "passes/Pipelines.h"
#include "test/reference/Game.h"

#include "mlir/Pass/PassManager.h"
#include "mlir/Pass/PassRegistry.h"
#include "llvm/Support/JSON.h"

#include <gtest/gtest.h>

using namespace mlir;
using namespace gan;
using namespace gan::reference;

static llvm::SmallVector<std::string> models;

namespace {
// What two passes of a game leave.
struct Trace {
  std::vector<llvm::json::Object> lines; // one a pass: losses
  NamedTensors storage, outputs;         // in file layout
};
} // namespace

static OwningOpRef<ModuleOp> elaborate(StringRef model, MLIRContext &context) {
  static std::vector<frontend::LibraryText> library = [] {
    std::vector<frontend::LibraryText> texts;
    for (const LibraryFile &file : getStandardLibrary())
      texts.push_back({file.name, file.text});
    return texts;
  }();
  SmallVector<StringRef> parts;
  model.split(parts, ',');
  frontend::FrontendOptions options{
      .path = parts[0].str(), .settings = {}, .standard = library};
  for (StringRef setting : ArrayRef(parts).drop_front())
    options.settings.push_back(setting.str());
  llvm::SourceMgr sources;
  SourceMgrDiagnosticHandler handler(sources, &context);
  return std::move(frontend::elaborate(options, sources, &context).module);
}

static LogicalResult runStage(ModuleOp module, const Stage &stage,
                              bool forGpu) {
  PassManager manager(module.getContext());
  std::string passes =
      pipelineOf(stage, {.precision = "f64", .without = "", .forGpu = forGpu});
  if (failed(parsePassPipeline(passes, manager)))
    return failure();
  return manager.run(module);
}

static FailureOr<Trace> play(ModuleOp module) {
  ModelOp model = *module.getOps<ModelOp>().begin();
  Game game(model, {.seed = 3, .data = DataSource::Random});
  std::string text;
  llvm::raw_string_ostream log(text);
  if (failed(game.initialise()) || failed(game.play(/*steps=*/2, log)) ||
      failed(game.computeOutputs()))
    return failure();
  Trace trace{{}, toFileLayout(model, game.storage), game.outputs};
  for (StringRef line : llvm::split(StringRef(text).trim(), '\n'))
    trace.lines.push_back(
        *llvm::cantFail(llvm::json::parse(line)).getAsObject());
  return trace;
}

// Losses are sums of at most 10^4 terms near 1: reordered in double they differ
// by less than 1e-12.
static void compareLosses(const Trace &a, const Trace &b) {
  ASSERT_EQ(a.lines.size(), b.lines.size());
  for (auto [before, after] : llvm::zip(a.lines, b.lines)) {
    ASSERT_EQ(before.size(), after.size());
    for (auto &[name, value] : before) {
      double x = value.getAsNumber().value_or(0);
      const llvm::json::Value *other = after.get(name);
      ASSERT_TRUE(other) << name.str();
      EXPECT_NEAR(x, other->getAsNumber().value_or(0),
                  1e-12 * (1 + std::abs(x)))
          << name.str();
    }
  }
}

// Where a gradient is exactly zero, as that of a bias before a norm, Adam
// divides what roundings leave of it, up to 1e-14, by eps = 1e-8, and steps by
// that times the rate, up to 1e-3, twice. Outputs that look at running
// statistics see the bias.
static void compareTensors(const NamedTensors &a, const NamedTensors &b) {
  ASSERT_EQ(a.size(), b.size());
  for (auto &[name, x] : a) {
    ASSERT_TRUE(b.contains(name)) << name;
    const Tensor &y = b.at(name);
    ASSERT_EQ(x.shape, y.shape) << name;
    for (size_t i = 0; i < x.values.size(); ++i)
      ASSERT_NEAR(x.values[i], y.values[i], 2e-9 * (1 + std::abs(x.values[i])))
          << name << ", element " << i;
  }
}

static void checkStages(const std::string &model, MLIRContext &context,
                        bool forGpu) {
  OwningOpRef<ModuleOp> module = elaborate(model, context);
  ASSERT_TRUE(module);
  std::optional<Trace> first;
  for (const Stage &stage : getStages()) {
    SCOPED_TRACE(stage.name.str());
    ASSERT_TRUE(succeeded(runStage(*module, stage, forGpu)));
    if (stage.name == "tensor")
      continue; // The interpreter has no gradients of its own.
    FailureOr<Trace> trace = play(*module);
    ASSERT_TRUE(succeeded(trace));
    ASSERT_EQ(trace->lines.size(), 2u);
    if (first) {
      compareLosses(*first, *trace);
      compareTensors(first->storage, trace->storage);
      compareTensors(first->outputs, trace->outputs);
    } else {
      first = std::move(*trace);
    }
  }
}

TEST(StageCheck, EveryStageKeepsTheGame) {
  DialectRegistry registry;
  registerGanDialects(registry);
  for (const std::string &model : models)
    for (bool forGpu : {false, true}) {
      SCOPED_TRACE(model + (forGpu ? ", for GPUs" : ""));
      MLIRContext context(registry, MLIRContext::Threading::DISABLED);
      context.loadAllAvailableDialects();
      checkStages(model, context, forGpu);
    }
}

int main(int argc, char **argv) {
  testing::InitGoogleTest(&argc, argv);
  registerGanPasses();
  models.assign(argv + 1, argv + argc);
  return RUN_ALL_TESTS();
}
