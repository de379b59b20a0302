// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The parts of gan-random: every program is valid, the judge tells rounding
// from faults, the reducer keeps what fails.
#include "frontend/Frontend.h"
#include "models/StandardLibrary.h"
#include "passes/Pipelines.h"
#include "test/random/Generate.h"
#include "test/random/Isolate.h"
#include "test/random/Judge.h"
#include "test/random/Reduce.h"

#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/Verifier.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace gan;
using namespace gan::random;
using mlir::MLIRContext;
using mlir::ModuleOp;
using mlir::OwningOpRef;

static OwningOpRef<ModuleOp> elaborate(const std::string &text,
                                       MLIRContext &context) {
  std::vector<frontend::LibraryText> library;
  for (const LibraryFile &file : getStandardLibrary())
    library.push_back({file.name, file.text});
  llvm::SourceMgr sources;
  sources.AddNewSourceBuffer(
      llvm::MemoryBuffer::getMemBufferCopy(text, "random.gan"), llvm::SMLoc());
  mlir::SourceMgrDiagnosticHandler handler(sources, &context);
  return std::move(
      frontend::elaborate({"random.gan", {}, library}, sources, &context)
          .module);
}

TEST(Generate, GivesValidProgramsAndTheSameAgain) {
  MLIRContext context(MLIRContext::Threading::DISABLED);
  for (uint64_t seed = 0; seed < 200; ++seed) {
    std::string text = generateProgram(seed);
    EXPECT_EQ(text, generateProgram(seed));
    OwningOpRef<ModuleOp> module = elaborate(text, context);
    ASSERT_TRUE(module && succeeded(mlir::verify(*module))) << seed << ":\n"
                                                            << text;
  }
}

namespace {
// A game at stage `grad` and what the interpreter makes of it.
class Judging : public testing::Test {
protected:
  void prepare(const std::string &loss) {
    registerGanDialects(registry);
    context = std::make_unique<MLIRContext>(registry,
                                            MLIRContext::Threading::DISABLED);
    grad = elaborate(
        "import \"std\"\nmodel m { data d { x: vector(3) }\n"
        "network D(x: [3]) = x |> dense(4) |> tanh |> dense(1) |> reshape([])\n"
        "player p { trains D with sgd(0.1); minimize " +
            loss + " }\nphase train(steps: 2, batch: 4) { p } }\n",
        *context);
    ASSERT_TRUE(grad);
    ASSERT_TRUE(succeeded(runStages(*grad, "grad", {.precision = "f64"})));
    std::optional<ReferenceRun> run = playReference(*grad, /*seed=*/3);
    ASSERT_TRUE(run);
    exact = std::move(*run);
  }

  // The verdict on the interpreter's own trace with the first weight changed.
  Verdict judge(double factor, llvm::StringRef precision) {
    Trace trace = exact.trace;
    trace.at("D.dense.0.weight")[0] *= factor;
    return Judge(*grad, /*seed=*/3, exact, exact)
        .judge(trace, precision)
        .verdict;
  }

  mlir::DialectRegistry registry;
  std::unique_ptr<MLIRContext> context;
  OwningOpRef<ModuleOp> grad;
  ReferenceRun exact;
};
} // namespace

TEST_F(Judging, TellsRoundingFromFaults) {
  prepare("mean(D(x)^2)");
  EXPECT_EQ(judge(1, "f64"), Verdict::Equal);
  EXPECT_EQ(judge(1 + 0x1p-52, "f64"), Verdict::Equal);
  EXPECT_EQ(judge(1 + 1e-12, "f64"), Verdict::Different);
  EXPECT_EQ(judge(1 + 1e-7, "f32"), Verdict::Equal);
  EXPECT_EQ(judge(1 + 1e-4, "f32"), Verdict::Different);
}

TEST_F(Judging, WantsANumberForANumber) {
  prepare("mean(D(x)^2)");
  EXPECT_EQ(judge(std::nan(""), "f32"), Verdict::Different);
  EXPECT_EQ(judge(INFINITY, "f64"), Verdict::Different);
}

TEST_F(Judging, WantsNoNumberForNoNumber) {
  prepare("mean(sqrt(D(x) - 1000))");
  EXPECT_TRUE(std::isnan(exact.trace.at("D.dense.0.weight")[0]));
  EXPECT_EQ(judge(1, "f64"), Verdict::Equal);
  Trace trace = exact.trace;
  trace.at("D.dense.0.weight")[0] = INFINITY;
  EXPECT_EQ(Judge(*grad, 3, exact, exact).judge(trace, "f64").verdict,
            Verdict::Equal);
  trace.at("D.dense.0.weight")[0] = 1;
  EXPECT_NE(Judge(*grad, 3, exact, exact).judge(trace, "f64").verdict,
            Verdict::Equal);
}

// The sign of a difference that rounding alone decides moves every weight.
TEST_F(Judging, KnowsKinks) {
  prepare("mean(D(x) * sign((D(x) + 0.1) - 0.1 - D(x)))");
  EXPECT_EQ(judge(1 + 1e-3, "f64"), Verdict::Kink);
}

// Runs that round to f32 leave its range, the exact one stays in its own.
TEST_F(Judging, KnowsTheRangeOfNumbers) {
  prepare("mean(exp(100 + D(x))) * 1e-43");
  EXPECT_EQ(judge(std::nan(""), "f32"), Verdict::Range);
  EXPECT_EQ(judge(std::nan(""), "f64"), Verdict::Different);
}

// Another form of a program may lose other digits, but not compute another
// number.
TEST_F(Judging, AsksTheWrittenProgramWhatIsRight) {
  prepare("mean(D(x)^2)");
  ReferenceRun written = std::move(exact);
  grad = {};
  prepare("1.001 * mean(D(x)^2)");
  Judge judge(*grad, /*seed=*/3, exact, written);
  EXPECT_EQ(judge.judge(written.trace, "f64").verdict, Verdict::Equal);
  EXPECT_EQ(judge.judge(exact.trace, "f64").verdict, Verdict::Different);
}

// The gradient of a norm of two features is what remains where its terms
// cancel, and its direction what remains of that.
TEST(Simplified, LosesOtherDigitsThanTheWrittenProgram) {
  std::string text = "import \"std\"\nmodel m {\n"
                     "  data points { x: vector(2); y: label(1) }\n"
                     "  draw z: [1] ~ sphere()\n"
                     "  network D(x: [2], y) {\n    let h = x |> layer_norm\n"
                     "    return h * h\n  }\n"
                     "  player p {\n    trains D with clip_norm(1)\n"
                     "    minimize -1 * gradient_penalty(v => D(v, y), x, z)\n"
                     "  }\n  phase train(steps: 1, batch: 1) { p }\n}\n";
  Report report = tryProgram(text, /*seed=*/7773, allVariants());
  EXPECT_FALSE(report.failure) << report.failure->what;
  EXPECT_GT(report.simplified, 0);
}

// The mean of two normed samples is 0 as one form has it, and a residue of f64
// as the other does.
TEST(Simplified, MayLeaveNoResidue) {
  std::string text = "import \"std\"\nmodel m {\n"
                     "  data points { y: label(1) }\n"
                     "  draw z: [4] ~ sphere()\n"
                     "  network H(z: [4], y) {\n"
                     "    let h = z |> reshape([1, 4]) |> conv1d(1, 1)\n"
                     "    return h |> flatten |> batch_norm(momentum: 1) "
                     "|> batch_norm(eps: 1e-1)\n  }\n"
                     "  player p {\n    trains H with clip_norm(1)\n"
                     "    minimize hinge(H(z, y), 1)\n  }\n"
                     "  phase warm(images: 1, batch: 2) { p }\n}\n";
  Report report = tryProgram(text, /*seed=*/27572, allVariants());
  EXPECT_FALSE(report.failure) << report.failure->what;
  EXPECT_GT(report.simplified, 0);
}

// The gradient of one tap is a sum of zeros, of which tiles leave 2^-28; Adam
// makes a quarter of a step of that.
TEST(Tiles, MayLeaveAResidueOfZeros) {
  std::string text =
      "import \"std\"\nmodel m {\n"
      "  data photos { x: image(3, 8, 1, range: [0, 1]) }\n"
      "  draw z: [1] ~ normal(0, 1)\n"
      "  network D(x: [3, 8, 1]) {\n"
      "    let h = x |> conv_transpose(1, 3) |> relu\n"
      "    return h\n  }\n"
      "  let fake = z\n  player pG {\n  }\n"
      "  player pD {\n    trains D with adam(1e-1)\n"
      "    let real1 = D(x)\n    minimize mean(fake) - mean(real1)\n  }\n"
      "  phase train(steps: 1, batch: 2) { pG; pD }\n}\n";
  Report report = tryProgram(
      text, /*seed=*/36372,
      {{.precision = "f32", .target = "x86-64-v3"},
       {.precision = "f32", .target = "x86-64-v3", .winogradTile = 2}});
  EXPECT_FALSE(report.failure) << report.failure->what;
}

TEST(Reduce, KeepsWhatFails) {
  auto fails = [](const std::string &text) {
    return text.find("player") != std::string::npos &&
           text.find("tanh(") != std::string::npos;
  };
  std::string text = "import \"std\"\nmodel m {\n  network G(z: [3]) {\n"
                     "    let h = z\n    h = h |> dense(4) |> relu\n"
                     "    return h\n  }\n  player p {\n    trains G with sgd\n"
                     "    minimize mean(sin(z)) + 0.3 * sum(tanh(G(z)) - 1)\n"
                     "  }\n  phase train(steps: 3) { p; p }\n}\n";
  std::string small = reduce(text, fails, /*seconds=*/20);
  EXPECT_TRUE(fails(small));
  EXPECT_LT(small.size(), 60u) << small;
}

// While a failing program is reduced, others are still running.
TEST(Isolation, TrialsWithinTrialsLeaveTheOthersAlone) {
  int left = 3, told = 0;
  Work broken{1, "model", {{"f64", "", "x86-64-v3"}}};
  runIsolated([&] { return left-- > 0 ? std::optional(broken) : std::nullopt; },
              [&](const Work &, const Report &) {
                ++told;
                EXPECT_EQ(runIsolated(broken).failure->kind, "refused");
              },
              /*jobs=*/2);
  EXPECT_EQ(told, 3);
}
