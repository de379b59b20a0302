// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Every differentiable op against finite differences, in double precision:
// first derivatives, and second ones by differentiating the first. With x the
// operands and r, q fixed random weights,
//   order 1:  f(x) = sum(op(x) * r)            order 2:  f(x) = sum_i sum(d
//   sum(op(x) * r) / dx_i * q_i)
// and `gan.grad f wrt x`, expanded, must equal (f(x + h) - f(x - h)) / 2h up to
// 1e-6 of the largest gradient.
#include "passes/Pipelines.h"
#include "test/reference/GradCases.h"
#include "test/reference/Interpreter.h"
#include "test/reference/Random.h"

#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Pass/PassRegistry.h"
#include "llvm/ADT/StringSet.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace mlir;
using namespace gan;
using namespace gan::reference;

static std::string typeOf(const std::string &shape) {
  return "tensor<" + shape + "f64>";
}

//===-- the functions as text
//-------------------------------------------------===//

// Appends `%name = sum over everything of %a * %b`, all of shape `shape`.
static void appendDot(std::string &text, const std::string &name,
                      const std::string &a, const std::string &b,
                      const std::string &shape) {
  std::string dims;
  for (size_t axis = 0; axis < StringRef(shape).count('x'); ++axis)
    dims += (axis ? ", " : "") + std::to_string(axis);
  text +=
      "%p" + name + " = gan.mul " + a + ", " + b + " : " + typeOf(shape) + "\n";
  text += "%" + name + " = gan.sum %p" + name + " dims = [" + dims +
          "] : " + typeOf(shape) + " -> tensor<f64>\n";
}

// "%d:2 = gan.grad %f wrt %x0, %x1 : ..."
static std::string gradText(const GradCase &one, const std::string &name,
                            const std::string &f) {
  std::string xs, types;
  for (size_t i = 0; i < one.operands.size(); ++i) {
    xs += (i ? ", %x" : "%x") + std::to_string(i);
    types += (i ? ", " : "") + typeOf(one.operands[i]);
  }
  return "%" + name + ":" + std::to_string(one.operands.size()) +
         " = gan.grad %" + f + " wrt " + xs + " : (tensor<f64>, " + types +
         ") -> (" + types + ")\n";
}

static std::string bodyText(const GradCase &one) {
  std::string body = one.body;
  auto substitute = [&](const std::string &mark, const std::string &type) {
    for (size_t at; (at = body.find(mark)) != std::string::npos;)
      body.replace(at, mark.size(), type);
  };
  for (size_t i = 0; i < one.operands.size(); ++i)
    substitute("$" + std::to_string(i), typeOf(one.operands[i]));
  substitute("$y", typeOf(one.result));
  return body + "\n";
}

// A module with @f, of the given order, and @gradient, on the arguments x0, ..,
// r, q0, ..
static std::string moduleText(const GradCase &one, int order) {
  std::string arguments, types, compute = bodyText(one), f = "f1";
  for (size_t i = 0; i < one.operands.size(); ++i) {
    arguments +=
        "%x" + std::to_string(i) + ": " + typeOf(one.operands[i]) + ", ";
    types += (i ? ", " : "") + typeOf(one.operands[i]);
  }
  arguments += "%r: " + typeOf(one.result);
  for (size_t i = 0; i < one.operands.size(); ++i)
    arguments += ", %q" + std::to_string(i) + ": " + typeOf(one.operands[i]);
  appendDot(compute, "f1", "%y", "%r", one.result);
  if (order == 2) {
    compute += gradText(one, "d", f);
    for (size_t i = 0; i < one.operands.size(); ++i) {
      std::string k = std::to_string(i);
      appendDot(compute, "s" + k, "%d#" + k, "%q" + k, one.operands[i]);
    }
    f = "s0";
    if (one.operands.size() == 2) {
      compute += "%f2 = gan.add %s0, %s1 : tensor<f64>\n";
      f = "f2";
    }
  }
  std::string results;
  for (size_t i = 0; i < one.operands.size(); ++i)
    results += (i ? ", %g#" : "%g#") + std::to_string(i);
  return "func.func @f(" + arguments + ") -> tensor<f64> {\n" + compute +
         "return %" + f + " : tensor<f64>\n}\nfunc.func @gradient(" +
         arguments + ") -> (" + types + ") {\n" + compute +
         gradText(one, "g", f) + "return " + results + " : " + types + "\n}\n";
}

//===-- the comparison
//--------------------------------------------------------===//

static double evaluateF(ModuleOp module, const Tensors &arguments) {
  auto results =
      evaluateFunction(module.lookupSymbol<func::FuncOp>("f"), arguments);
  return failed(results) ? NAN : results->front().values[0];
}

// The pass may work on functions or on the module.
static LogicalResult addExpandGrad(PassManager &passes) {
  if (succeeded(parsePassPipeline("func.func(gan-expand-grad)", passes,
                                  llvm::nulls())))
    return success();
  return parsePassPipeline("gan-expand-grad", passes);
}

// Fixed arguments of the case, in (0.25, 0.9).
static Tensors drawArguments(const GradCase &one, func::FuncOp function) {
  Tensors arguments;
  for (auto [i, type] : llvm::enumerate(function.getArgumentTypes())) {
    Tensor x = Tensor::zeros(cast<RankedTensorType>(type).getShape());
    Stream stream(one.name, /*seed=*/i, /*move=*/0);
    for (size_t j = 0; j < x.values.size(); ++j)
      x.values[j] = 0.25 + 0.65 * unit(stream.at(j, 0)[0]);
    arguments.push_back(std::move(x));
  }
  return arguments;
}

// (f(x + h) - f(x - h)) / 2h in element `j` of argument `i`.
static double differenceAt(ModuleOp module, Tensors &arguments, size_t i,
                           size_t j) {
  const double h = 1e-5;
  double &element = arguments[i].values[j];
  double kept = std::exchange(element, element + h);
  double above = evaluateF(module, arguments);
  element = kept - h;
  double below = evaluateF(module, arguments);
  element = kept;
  return (above - below) / (2 * h);
}

class GradCheck : public testing::Test {
protected:
  GradCheck() {
    registerGanDialects(registry);
    context.appendDialectRegistry(registry);
    context.loadAllAvailableDialects();
  }

  // The largest difference between gradient and finite differences, over the
  // largest element of the operand's gradient (or 1e-3); infinite where
  // something failed.
  double worstError(const GradCase &one, int order);

  DialectRegistry registry;
  MLIRContext context;
};

double GradCheck::worstError(const GradCase &one, int order) {
  std::string text = moduleText(one, order);
  OwningOpRef<ModuleOp> module = parseSourceString<ModuleOp>(text, &context);
  PassManager passes(&context);
  if (!module || failed(addExpandGrad(passes)) || failed(passes.run(*module)))
    return INFINITY;
  auto gradient = module->lookupSymbol<func::FuncOp>("gradient");
  Tensors arguments = drawArguments(one, gradient);
  FailureOr<Tensors> expanded = evaluateFunction(gradient, arguments);
  if (failed(expanded))
    return INFINITY;

  double worst = 0;
  for (auto [i, found] : llvm::enumerate(*expanded)) {
    double scale = 1e-3, largest = 0;
    for (size_t j = 0; j < found.values.size(); ++j) {
      double expected =
          one.isInactive ? 0 : differenceAt(*module, arguments, i, j);
      double error = std::abs(found.values[j] - expected);
      largest = std::isnan(error) ? INFINITY : std::max(largest, error);
      scale = std::max(scale, std::abs(found.values[j]));
    }
    worst = std::max(worst, largest / scale);
  }
  return worst;
}

TEST_F(GradCheck, FirstDerivativesMatchDifferences) {
  for (const GradCase &one : gradCases())
    EXPECT_LE(worstError(one, /*order=*/1), 1e-6) << moduleText(one, 1);
}

TEST_F(GradCheck, SecondDerivativesMatchDifferences) {
  for (const GradCase &one : gradCases())
    EXPECT_LE(worstError(one, /*order=*/2), 1e-6) << moduleText(one, 2);
}

// gan.stop_gradient has a derivative that is wrong on purpose.
TEST_F(GradCheck, WrongDerivativesAreSeen) {
  for (GradCase &one : gradCases()) {
    if (!one.isInactive)
      continue;
    one.isInactive = false;
    EXPECT_GT(worstError(one, /*order=*/1), 0.1);
  }
}

TEST_F(GradCheck, EveryDifferentiableOpHasACase) {
  llvm::StringSet<> tried;
  for (const GradCase &one : gradCases())
    tried.insert("gan." + one.op);
  int64_t differentiable = 0;
  for (RegisteredOperationName name :
       context.getRegisteredOperationsByDialect("gan")) {
    if (!name.hasInterface<DifferentiableOpInterface>())
      continue;
    ++differentiable;
    EXPECT_TRUE(tried.contains(name.getStringRef()))
        << name.getStringRef().str() << " has no case in GradCases.cpp";
  }
  EXPECT_GT(differentiable, 20);
}

int main(int argc, char **argv) {
  registerGanPasses();
  testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
