// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/random/Trial.h"
#include "dialect/Winograd.h"
#include "frontend/Frontend.h"
#include "models/StandardLibrary.h"
#include "passes/Pipelines.h"
#include "passes/codegen/EmitKernels.h"
#include "runtime/device/cpu/Target.h"
#include "test/random/Choice.h"

#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/Verifier.h"

#include <cstring>

using namespace mlir;
using namespace gan;
using namespace gan::random;

static std::vector<frontend::LibraryText> standardLibrary() {
  std::vector<frontend::LibraryText> texts;
  for (const LibraryFile &file : getStandardLibrary())
    texts.push_back({file.name, file.text});
  return texts;
}

namespace {
// A program in a context of its own; what is reported is kept.
class Trial {
public:
  Trial(llvm::StringRef text, uint64_t seed);
  Report run(llvm::ArrayRef<Variant> variants);

private:
  bool elaborate();
  bool fail(StringRef kind, StringRef variant, const llvm::Twine &what);
  bool prepareReference();
  bool tryVariant(const Variant &variant);
  bool judge(const Variant &variant, const Trace &trace);
  Judgement judgeSimplified(const Variant &variant, const Trace &trace);

  std::string text;
  uint64_t seed;
  MLIRContext context;
  ScopedDiagnosticHandler handler;
  std::string reports;
  OwningOpRef<ModuleOp> game, grad;
  ReferenceRun exact;
  std::optional<Judge> judgeOfAll;
  Report report;
};
} // namespace

static const DialectRegistry &registry() {
  static const DialectRegistry all = [] {
    DialectRegistry registry;
    registerGanDialects(registry);
    registerCodegenDialects(registry);
    return registry;
  }();
  return all;
}

Trial::Trial(llvm::StringRef text, uint64_t seed)
    : text(text), seed(seed),
      context(registry(), MLIRContext::Threading::DISABLED),
      handler(&context, [this](Diagnostic &diagnostic) {
        reports += diagnostic.str() + "; ";
        return success();
      }) {}

bool Trial::fail(StringRef kind, StringRef variant, const llvm::Twine &what) {
  report.failure = Failure{kind.str(), variant.str(), what.str()};
  if (!reports.empty())
    report.failure->what += " (" + reports + ")";
  return false;
}

bool Trial::elaborate() {
  static const std::vector<frontend::LibraryText> library = standardLibrary();
  llvm::SourceMgr sources;
  sources.AddNewSourceBuffer(
      llvm::MemoryBuffer::getMemBufferCopy(text, "random.gan"), llvm::SMLoc());
  game = std::move(
      frontend::elaborate({"random.gan", {}, library}, sources, &context)
          .module);
  if (!game || failed(verify(*game)))
    return fail("refused", "", "the frontend refuses it");
  return true;
}

bool Trial::prepareReference() {
  grad = OwningOpRef<ModuleOp>(game->clone());
  if (failed(runStages(*grad, "grad", {.precision = "f64"})))
    return fail("compile", "grad", "the passes fail");
  std::optional<ReferenceRun> run = playReference(*grad, seed);
  if (!run)
    return fail("run", "interpreter", "the interpreter fails");
  exact = std::move(*run);
  judgeOfAll.emplace(*grad, seed, exact, exact);
  return true;
}

// By the program as it is behind its algebra. The gradient of a norm of two
// features is what is left when nearly all of it cancels; that the mean is
// subtracted once more, after sums that are zero in exact numbers, would save
// digits there, and the usual formula of two sums has none.
Judgement Trial::judgeSimplified(const Variant &variant, const Trace &trace) {
  OwningOpRef<ModuleOp> simple(game->clone());
  StageOptions options{
      .precision = "f64", .without = variant.without, .forGpu = variant.forGpu};
  if (failed(runStages(*simple, "simple", options)))
    return {Verdict::Different, "the passes fail"};
  std::optional<ReferenceRun> plain = playReference(*simple, seed);
  if (!plain)
    return {Verdict::Different, "the interpreter fails when simplified"};
  return Judge(*simple, seed, *plain, exact, &*judgeOfAll)
      .judge(trace, variant.precision, variant.winogradTile != 0);
}

bool Trial::judge(const Variant &variant, const Trace &trace) {
  Judgement judgement =
      judgeOfAll->judge(trace, variant.precision, variant.winogradTile != 0);
  if (judgement.verdict == Verdict::Different) {
    Judgement written = std::move(judgement);
    judgement = judgeSimplified(variant, trace);
    if (judgement.verdict == Verdict::Different) {
      judgement.what = written.what + "; simplified: " + judgement.what;
    } else {
      ++report.simplified;
      judgement.what = written.what;
    }
  }
  report.kinks += judgement.verdict == Verdict::Kink;
  report.ranges += judgement.verdict == Verdict::Range;
  report.vague += judgement.vague;
  if (!judgement.what.empty())
    report.notes += variant.name() + ": " + judgement.what + "; ";
  return judgement.verdict != Verdict::Different ||
         fail("different", variant.name(), judgement.what);
}

// The name of the first tensor that has other bits.
static std::string firstDifference(const Trace &a, const Trace &b) {
  for (const auto &[name, values] : a) {
    auto found = b.find(name);
    if (found == b.end() || found->second.size() != values.size() ||
        std::memcmp(found->second.data(), values.data(),
                    values.size() * sizeof(double)) != 0)
      return name;
  }
  return "";
}

bool Trial::tryVariant(const Variant &variant) {
  OwningOpRef<ModuleOp> module(game->clone());
  llvm::Expected<std::vector<char>> bytes = compileGame(*module, variant);
  if (!bytes)
    return fail("compile", variant.name(), llvm::toString(bytes.takeError()));
  llvm::Expected<Trace> one =
      playCompiled(*bytes, seed, /*threads=*/1, variant.target);
  if (!one)
    return fail("run", variant.name(), llvm::toString(one.takeError()));
  ++report.compiled;
  llvm::Expected<Trace> two =
      playCompiled(*bytes, seed, /*threads=*/2, variant.target);
  if (!two)
    return fail("run", variant.name(), llvm::toString(two.takeError()));
  if (std::string name = firstDifference(*one, *two); !name.empty())
    return fail("threads", variant.name(),
                "'" + name + "' has other bits with two threads");
  return judge(variant, *one);
}

Report Trial::run(llvm::ArrayRef<Variant> variants) {
  if (!elaborate() || !prepareReference())
    return report;
  for (const Variant &variant : variants)
    if (!tryVariant(variant))
      break;
  return report;
}

std::vector<Variant> gan::random::drawVariants(uint64_t seed) {
  Choice choose(~seed);
  bool isWide = runtime::canRun("x86-64-v4") && choose.chance(50);
  std::string target = isWide ? "x86-64-v4" : "x86-64-v3";
  std::string first = choose.oneOf({"f32", "f64"});
  std::string second = first == "f32" ? "f64" : "f32";
  // Fusion is what changes most.
  llvm::ArrayRef<OptionalPass> passes = getOptionalPasses();
  std::string without = choose.chance(35)
                            ? "fusion"
                            : passes[choose.below(passes.size())].name.str();
  bool isOptimised = choose.chance(25);
  bool forGpu = choose.chance(50);
  int64_t tile = 2 * choose.below(3);
  return {{first, "", target, isOptimised, forGpu, tile},
          {second, without, target, isOptimised, !forGpu, tile}};
}

std::vector<Variant> gan::random::allVariants() {
  std::vector<Variant> variants;
  std::string target = runtime::canRun("x86-64-v4") ? "x86-64-v4" : "x86-64-v3";
  for (const char *precision : {"f64", "f32"}) {
    variants.push_back({precision, "", "x86-64-v3", /*isOptimised=*/true,
                        /*forGpu=*/true});
    for (int64_t tile : winogradTiles)
      variants.push_back({precision, "", "x86-64-v3", /*isOptimised=*/true,
                          /*forGpu=*/false, tile});
    for (const OptionalPass &pass : getOptionalPasses())
      variants.push_back({precision, pass.name.str(), target});
  }
  return variants;
}

Report gan::random::tryProgram(llvm::StringRef text, uint64_t seed,
                               llvm::ArrayRef<Variant> variants) {
  return Trial(text, seed).run(variants);
}
