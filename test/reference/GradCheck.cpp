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

class GradCheck : public testing::Test {
protected:
  GradCheck() {
    registerGanDialects(registry);
    context.appendDialectRegistry(registry);
    context.loadAllAvailableDialects();
  }

  static double f(ModuleOp module, const Tensors &arguments) {
    auto results =
        evaluateFunction(module.lookupSymbol<func::FuncOp>("f"), arguments);
    return failed(results) ? NAN : results->front().values[0];
  }

  void check(const GradCase &one, int order);

  DialectRegistry registry;
  MLIRContext context;
};

void GradCheck::check(const GradCase &one, int order) {
  SCOPED_TRACE(one.name + ", order " + std::to_string(order));
  std::string text = moduleText(one, order);
  OwningOpRef<ModuleOp> module = parseSourceString<ModuleOp>(text, &context);
  ASSERT_TRUE(module) << text;
  PassManager passes(&context, ModuleOp::getOperationName(),
                     OpPassManager::Nesting::Implicit);
  ASSERT_TRUE(succeeded(parsePassPipeline("gan-expand-grad", passes)));
  ASSERT_TRUE(succeeded(passes.run(*module))) << text;

  auto gradient = module->lookupSymbol<func::FuncOp>("gradient");
  Tensors x;
  for (auto [i, type] : llvm::enumerate(gradient.getArgumentTypes())) {
    x.push_back(Tensor::zeros(cast<RankedTensorType>(type).getShape()));
    Stream stream(one.name, /*seed=*/i, /*move=*/order);
    for (size_t j = 0; j < x[i].values.size(); ++j)
      x[i].values[j] = 0.25 + 0.65 * unit(stream.at(j, 0)[0]);
  }
  FailureOr<Tensors> expanded = evaluateFunction(gradient, x);
  ASSERT_TRUE(succeeded(expanded));

  const double h = 1e-5;
  for (size_t i = 0; i < one.operands.size(); ++i) {
    const std::vector<double> &found = (*expanded)[i].values;
    double scale = 1e-3; // of a gradient that is zero
    for (double value : found)
      scale = std::max(scale, std::abs(value));
    for (size_t j = 0; j < found.size(); ++j) {
      double kept = x[i].values[j];
      x[i].values[j] = kept + h;
      double above = f(*module, x);
      x[i].values[j] = kept - h;
      double below = f(*module, x);
      x[i].values[j] = kept;
      double expected = one.isInactive ? 0 : (above - below) / (2 * h);
      ASSERT_NEAR(found[j], expected, 1e-6 * scale)
          << "x" << i << ", element " << j << "\n"
          << text;
    }
  }
}

TEST_F(GradCheck, FirstDerivativesMatchDifferences) {
  for (const GradCase &one : gradCases())
    check(one, /*order=*/1);
}

TEST_F(GradCheck, SecondDerivativesMatchDifferences) {
  for (const GradCase &one : gradCases())
    check(one, /*order=*/2);
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
