// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/Pipelines.h"

#include "dialect/GanOps.h"
#include "passes/autodiff/Passes.h"
#include "passes/fusion/Passes.h"
#include "passes/inline/Passes.h"
#include "passes/schedule/Passes.h"
#include "passes/shard/Passes.h"
#include "passes/simplify/Passes.h"

#include "mlir/Pass/PassManager.h"
#include "mlir/Pass/PassRegistry.h"
#include "mlir/Transforms/Passes.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ErrorHandling.h"

#include <mutex>

using namespace mlir;

void gan::registerGanDialects(DialectRegistry &registry) {
  registry.insert<GanDialect, func::FuncDialect>();
  registerAdjoints(registry);
}

void gan::registerGanPasses() {
  registerTransformsPasses();
  registerGanautodiffPasses();
  registerGaninlinePasses();
  registerGanfusionPasses();
  registerGanschedulePasses();
  registerGanshardPasses();
  registerGansimplifyPasses();
}

llvm::ArrayRef<gan::Stage> gan::getStages() {
  static constexpr Stage stages[] = {
      {"tensor", "gan.model(gan-keep-outputs,gan-set-precision{real={0}},"
                 "gan-form-steps,gan-inline-calls,gan-thread-storage,"
                 "func.func(gan-mark-variables),gan-split-draws,"
                 "gan-verify-tensor)"},
      {"grad", "gan.model(func.func(canonicalize,cse,gan-expand-grad,"
               "gan-verify-no-grad))"},
      {"simple",
       "gan.model(func.func(gan-simplify-algebra,cse,gan-factor-sums,"
       "gan-join-averages,gan-simplify-algebra,cse),gan-assign-layouts,"
       "func.func(gan-simplify-algebra,cse),gan-shard-steps{shards={4}},"
       "func.func(cse,gan-fix-orders,gan-split-sums,"
       "gan-split-batches{for-gpu={2}},cse,"
       "gan-verify-simplified))"},
      {"fused", "gan.model(func.func(gan-form-groups{for-gpu={2}},"
                "gan-round-operands{to={1}},gan-choose-convolutions{tile={3}},"
                "gan-join-gathers,gan-store-rounded{to={1}},"
                "gan-verify-fused))"},
      {"plan", "gan.model(func.func(gan-order-steps,gan-group-launches),"
               "gan-plan-memory,gan-verify-plan)"},
  };
  return stages;
}

llvm::ArrayRef<gan::OptionalPass> gan::getOptionalPasses() {
  static constexpr OptionalPass passes[] = {
      {"canonicalize", "canonicalize", ""},
      {"cse", "cse", ""},
      {"simplify-algebra", "gan-simplify-algebra", ""},
      {"factor-sums", "gan-factor-sums", ""},
      {"assign-layouts", "gan-assign-layouts", ""},
      {"split-sums", "gan-split-sums", ""},
      {"split-batches", "gan-split-batches", ""},
      {"merge-groups", "gan-form-groups",
       "gan-form-groups{merge=false for-gpu={2}}"},
      {"fusion", "gan-form-groups", "gan-form-groups{fuse=false for-gpu={2}}"},
      {"choose-convolutions", "gan-choose-convolutions", ""},
      {"store-rounded", "gan-store-rounded", ""},
      {"order-steps", "gan-order-steps", ""},
      {"group-launches", "gan-group-launches", ""},
  };
  return passes;
}

// Puts `instead` where `pass`, with whatever options, stands in a pipeline,
// everywhere. Where nothing comes in its place, a comma beside it goes too, and
// what is empty then.
static std::string replacePass(StringRef pipeline, StringRef pass,
                               StringRef instead) {
  std::string result;
  while (!pipeline.empty()) {
    size_t end = pipeline.find_first_of("(),");
    StringRef element = pipeline.take_front(end);
    bool isMeant = element.take_until([](char c) { return c == '{'; }) == pass;
    result += isMeant ? instead.str() : element.str();
    pipeline = pipeline.drop_front(element.size());
    bool isGone = isMeant && instead.empty();
    if (isGone && !result.empty() && result.back() == ',')
      result.pop_back();
    else if (isGone && pipeline.starts_with(","))
      pipeline = pipeline.drop_front();
    result += pipeline.take_front(1).str();
    pipeline = pipeline.drop_front(std::min<size_t>(1, pipeline.size()));
  }
  constexpr StringLiteral empty = "func.func(),";
  if (size_t at = result.find(empty); at != std::string::npos)
    result.erase(at, empty.size());
  return result;
}

static void fill(std::string &passes, StringRef hole, StringRef value) {
  for (size_t at = passes.find(hole); at != std::string::npos;
       at = passes.find(hole))
    passes.replace(at, hole.size(), value);
}

static const gan::OptionalPass *findOptional(StringRef name) {
  const auto *found = llvm::find_if(
      gan::getOptionalPasses(),
      [&](const gan::OptionalPass &pass) { return pass.name == name; });
  return found == gan::getOptionalPasses().end() ? nullptr : found;
}

std::string gan::pipelineOf(const Stage &stage, const StageOptions &options) {
  std::string passes = stage.passes.str();
  if (const OptionalPass *without = findOptional(options.without))
    passes = replacePass(passes, without->pass, without->instead);
  // Passes that only some options want.
  const std::pair<StringRef, bool> conditional[] = {
      {"gan-keep-outputs", options.onlyOutputs},
      {"gan-split-sums", options.forGpu},
      {"gan-group-launches", options.forGpu},
      {"gan-choose-convolutions", !options.forGpu},
      {"gan-shard-steps", options.shards > 1},
      {"gan-join-gathers", options.shards > 1}};
  for (auto [pass, isWanted] : conditional)
    if (!isWanted)
      passes = replacePass(passes, pass, "");
  StringRef precision = options.precision;
  bool isWidth = precision == "f32" || precision == "f64";
  fill(passes, "{0}", isWidth ? precision : "f32");
  fill(passes, "{1}", isWidth ? "none" : precision);
  fill(passes, "{2}", options.forGpu ? "true" : "false");
  fill(passes, "{3}", std::to_string(options.winogradTile));
  fill(passes, "{4}", std::to_string(options.shards));
  return passes;
}

LogicalResult gan::runStages(ModuleOp module, StringRef last,
                             const StageOptions &options) {
  static std::once_flag registered;
  std::call_once(registered, registerGanPasses);
  if (!options.without.empty() && !findOptional(options.without)) {
    auto names = llvm::map_range(
        getOptionalPasses(), [](const auto &pass) { return pass.name.str(); });
    return module.emitError() << "'" << options.without
                              << "' is no pass that can be left out; there are "
                              << llvm::join(names, ", ");
  }
  std::string passes;
  for (const Stage &stage : getStages()) {
    passes += (passes.empty() ? "" : ",") + pipelineOf(stage, options);
    if (stage.name == last)
      break;
  }
  PassManager manager(module.getContext());
  if (failed(parsePassPipeline(passes, manager)))
    llvm::report_fatal_error("the table of stages names a pass that is not");
  return manager.run(module);
}
