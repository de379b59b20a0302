// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The compiler: the frontend's command line, with the passes behind it.
#include "frontend/Commands.h"
#include "models/StandardLibrary.h"
#include "passes/Compile.h"

#include "llvm/ADT/StringExtras.h"

using namespace gan;
using frontend::BuildOptions;

static CompileOptions toCompileOptions(const BuildOptions &options) {
  CompileOptions result;
  result.precision = options.precision;
  result.without = options.without;
  result.shards = options.shards;
  result.showsLines = options.showsLines;
  result.forGpu = options.target == "cuda";
  result.architectures = options.architectures;
  result.withSmallerBatch = options.withSmallerBatch;
  result.onlyOutputs = !options.header.empty();
  result.weights = options.weights;
  result.provenance.compiler = "ganc " + options.version;
  result.provenance.sourceName = options.modelPath;
  result.provenance.source = options.modelText;
  result.provenance.flags.push_back("--precision=" + options.precision);
  if (result.forGpu)
    result.provenance.flags.push_back(
        "--target=" + options.target +
        (options.architectures.empty() ? "" : ":") +
        llvm::join(options.architectures, ","));
  if (!options.without.empty())
    result.provenance.flags.push_back("--without=" + options.without);
  if (options.shards > 1)
    result.provenance.flags.push_back("--shards=" +
                                      std::to_string(options.shards));
  for (const std::string &setting : options.settings)
    result.provenance.flags.push_back("--set=" + setting);
  return result;
}

static mlir::LogicalResult build(mlir::ModuleOp module,
                                 const BuildOptions &options) {
  CompileOptions compile = toCompileOptions(options);
  if (!options.stage.empty())
    return emitStage(module, options.stage, compile, llvm::outs());
  if (!options.header.empty())
    return buildLibrary(module, compile, options.runtime, options.output,
                        options.header);
  return buildTrainer(module, compile, options.runtime, options.output);
}

static mlir::LogicalResult explain(mlir::ModuleOp module,
                                   const BuildOptions &options,
                                   llvm::raw_ostream &os) {
  return explainCosts(module, toCompileOptions(options), os);
}

int main(int argc, char **argv) {
  std::vector<frontend::LibraryText> library;
  for (const LibraryFile &file : getStandardLibrary())
    library.push_back({file.name, file.text});
  return frontend::runCommand(argc, argv, library, build, explain);
}
