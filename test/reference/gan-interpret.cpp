// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Plays a game with the reference interpreter: seed in, metrics and weights
// out.
#include "passes/Pipelines.h"
#include "test/reference/Safetensors.h"

#include "mlir/Parser/Parser.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/ToolOutputFile.h"

using namespace mlir;
using namespace gan;
using namespace gan::reference;
namespace cl = llvm::cl;

static cl::OptionCategory category("options of gan-interpret");
static cl::opt<std::string> input(cl::Positional, cl::desc("model.mlir"),
                                  cl::init("-"), cl::cat(category));
static cl::opt<int64_t> steps("steps", cl::desc("passes to play at most"),
                              cl::init(1), cl::cat(category));
static cl::opt<uint64_t> seed("seed", cl::desc("seed of the run"), cl::init(0),
                              cl::cat(category));
static cl::opt<int64_t>
    records("records", cl::desc("records in an epoch of data made anew"),
            cl::init(50000), cl::cat(category));
static cl::opt<std::string> weights("weights",
                                    cl::desc("first values (.safetensors)"),
                                    cl::cat(category));
static cl::opt<std::string>
    output("o", cl::desc("final storage (.safetensors)"), cl::cat(category));
static cl::opt<std::string>
    outputs("outputs",
            cl::desc("the model's outputs at the end (.safetensors)"),
            cl::cat(category));
static cl::opt<DataSource>
    data("data", cl::desc("where data come from"), cl::cat(category),
         cl::init(DataSource::Synthetic),
         cl::values(clEnumValN(DataSource::Synthetic, "synthetic",
                               "only what needs no file"),
                    clEnumValN(DataSource::Random, "random",
                               "images and labels at random")));

static LogicalResult refuse(llvm::Error error) {
  llvm::errs() << "error: " << llvm::toString(std::move(error)) << '\n';
  return failure();
}

static LogicalResult loadWeights(ModelOp model, Game &game) {
  if (weights.empty())
    return success();
  auto file = readSafetensors(weights);
  if (!file)
    return refuse(file.takeError());
  return fromFileLayout(model, *file, game.storage);
}

// An empty path asks for nothing.
static LogicalResult write(StringRef path, const NamedTensors &tensors) {
  if (path.empty())
    return success();
  if (auto error = writeSafetensors(path, tensors))
    return refuse(std::move(error));
  return success();
}

static LogicalResult interpret(ModelOp model) {
  Game game(model, {.seed = seed, .records = records, .data = data});
  if (failed(game.initialise()) || failed(loadWeights(model, game)) ||
      failed(game.play(steps, llvm::outs())))
    return failure();
  if (!outputs.empty() && failed(game.computeOutputs()))
    return failure();
  if (failed(write(outputs, game.outputs)))
    return failure();
  return write(output, toFileLayout(model, game.storage));
}

int main(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  cl::HideUnrelatedOptions(category);
  cl::ParseCommandLineOptions(argc, argv,
                              "the reference interpreter of ganc\n");
  DialectRegistry registry;
  registerGanDialects(registry);
  MLIRContext context(registry);
  llvm::SourceMgr sources;
  SourceMgrDiagnosticHandler handler(sources, &context);
  OwningOpRef<ModuleOp> module =
      parseSourceFile<ModuleOp>(input, sources, &context);
  if (!module)
    return 1;
  auto models = module->getOps<ModelOp>();
  if (models.empty()) {
    module->emitError("there is no 'gan.model' here");
    return 1;
  }
  return failed(interpret(*models.begin()));
}
