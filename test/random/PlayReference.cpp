// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/random/PlayReference.h"
#include "test/random/Choice.h"
#include "test/reference/Game.h"
#include "test/reference/Random.h"

#include "llvm/Support/JSON.h"

#include <cmath>
#include <limits>

using namespace mlir;
using namespace gan;
using namespace gan::random;
using namespace gan::reference;

namespace {
// Watches decisions, and disturbs reals where it is told to.
class Disturber : public Observer {
public:
  explicit Disturber(std::optional<Disturbance> disturbance)
      : disturbance(disturbance), choose(disturbance ? disturbance->seed : 0) {}

  void beforeOp(Operation &op, Tensors &operands) override;
  void afterOp(Operation &op, llvm::ArrayRef<Tensor> operands,
               Tensors &results) override;

  uint64_t decisions = 0;

private:
  void record(double outcome) {
    decisions = decisions * 0x100000001b3 + static_cast<int64_t>(outcome) + 7;
  }
  std::optional<Disturbance> disturbance;
  Choice choose;
};
} // namespace

static bool isReal(mlir::Value value) {
  return isa<FloatType>(cast<ShapedType>(value.getType()).getElementType());
}

void Disturber::beforeOp(Operation &op, Tensors &operands) {
  if (!disturbance)
    return;
  for (auto [value, tensor] : llvm::zip(op.getOperands(), operands))
    if (isReal(value))
      for (double &x : tensor.values)
        x *= 1 + disturbance->size * choose.signedUnit();
}

double gan::random::largest(llvm::ArrayRef<double> x) {
  double most = 0;
  for (double value : x)
    if (std::isfinite(value))
      most = std::max(most, std::abs(value));
  return most;
}

// How far a normal draw moves where u moves by the 2^-25 by which a float may
// miss it: z = sqrt(-2 ln u) cos(...), which is steep where u is nearly 1. In
// the sixteenths of 8 units that a disturbance is.
static double slopeOf(RandomOp draw, const Tensor &key, size_t element) {
  if (draw.getDistribution().getKind() != DistributionKind::Normal)
    return 0;
  llvm::ArrayRef<int64_t> shape = draw.getY().getType().getShape();
  size_t perSample = draw.getY().getType().getNumElements() /
                     (draw.getPlain() ? 1 : shape.front());
  reference::Stream stream(draw.getStream(),
                           static_cast<int64_t>(key.values[0]),
                           static_cast<int64_t>(key.values[1]));
  double u =
      reference::unit(stream.at(element % perSample, element / perSample)[0]);
  return 1 / (16 * u * std::sqrt(-2 * std::log(u)));
}

void Disturber::afterOp(Operation &op, llvm::ArrayRef<Tensor> operands,
                        Tensors &results) {
  std::vector<double> &y = results.front().values;
  if (isa<CompareOp, SignOp, FloorOp, ArgmaxOp>(op))
    for (double outcome : y)
      record(std::isfinite(outcome) ? outcome : 0);
  if (isa<MaxOp, MinOp>(op))
    for (size_t i = 0; i < y.size(); ++i)
      record(operands[0].values[i] < operands[1].values[i]);
  if (!disturbance)
    return;
  // The errors of a draw are of the size of its deviation, near zero too.
  if (auto draw = dyn_cast<RandomOp>(op))
    for (auto [i, x] : llvm::enumerate(y)) {
      llvm::ArrayRef<double> params = draw.getDistribution().getParams();
      x += disturbance->size * choose.signedUnit() *
           (std::abs(params[0]) +
            std::abs(params[1]) * (1 + slopeOf(draw, operands[0], i)));
    }
  if (disturbance->byTiles &&
      isa<Conv2dOp, Conv2dInputGradOp, Conv2dWeightGradOp>(op)) {
    double size = disturbance->size * largest(y);
    for (double &x : y)
      x += size * choose.signedUnit();
  }
  if (disturbance->isSingle && isReal(op.getResult(0)))
    for (double &x : y)
      x = static_cast<float>(x);
}

static void addLines(StringRef log, Trace &trace) {
  int pass = 0;
  for (StringRef line : llvm::split(log.trim(), '\n')) {
    std::string prefix = std::to_string(++pass) + " ";
    auto parsed = llvm::cantFail(llvm::json::parse(line));
    for (auto &[name, value] : *parsed.getAsObject())
      if (name != "step" && name != "phase")
        trace[prefix + name.str()] = {value.getAsNumber().value_or(
            std::numeric_limits<double>::quiet_NaN())};
  }
}

std::optional<ReferenceRun>
gan::random::playReference(ModuleOp module, uint64_t seed,
                           std::optional<Disturbance> disturbance) {
  ModelOp model = *module.getOps<ModelOp>().begin();
  Disturber disturber(disturbance);
  reference::Game game(
      model,
      {.seed = seed, .data = DataSource::Random, .observer = &disturber});
  std::string text;
  llvm::raw_string_ostream log(text);
  if (failed(game.initialise()) ||
      failed(game.play(std::numeric_limits<int64_t>::max(), log)) ||
      failed(game.computeOutputs()))
    return std::nullopt;
  ReferenceRun run{{}, disturber.decisions};
  addLines(text, run.trace);
  for (auto &[name, tensor] : toFileLayout(model, game.storage))
    run.trace[name] = tensor.values;
  for (auto &[name, tensor] : game.outputs)
    run.trace["= " + name] = tensor.values;
  return run;
}
