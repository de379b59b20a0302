// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/reference/GradProgram.h"

#include "test/reference/Random.h"

#include <cmath>

using namespace mlir;
using namespace gan;
using namespace gan::reference;

static std::string typeOf(const std::string &shape) {
  return "tensor<" + shape + "f64>";
}

// ---- the functions as text

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

// Computes f, and returns its name.
static std::string appendF(std::string &text, const GradCase &one, int order) {
  text += bodyText(one);
  appendDot(text, "f", "%y", "%r", one.result);
  if (order == 1)
    return "f";
  text += gradText(one, "d", "f");
  std::string sum;
  for (size_t i = 0; i < one.operands.size(); ++i) {
    std::string k = std::to_string(i);
    appendDot(text, "s" + k, "%d#" + k, "%q" + k, one.operands[i]);
    if (i > 0)
      text += "%t" + k + " = gan.add %" + sum + ", %s" + k + " : tensor<f64>\n";
    sum = (i > 0 ? "t" : "s") + k;
  }
  return sum;
}

std::string reference::gradProgram(const GradCase &one, int order,
                                   const std::string &suffix,
                                   const std::string &attributes) {
  std::string arguments, weights, types, results, compute;
  for (size_t i = 0; i < one.operands.size(); ++i) {
    std::string k = std::to_string(i), type = typeOf(one.operands[i]);
    arguments += "%x" + k + ": " + type + ", ";
    weights += ", %q" + k + ": " + type;
    types += (i ? ", " : "") + type;
    results += (i ? ", %g#" : "%g#") + k;
  }
  arguments += "%r: " + typeOf(one.result) + weights;
  std::string f = appendF(compute, one, order);
  return "func.func @f" + suffix + "(" + arguments + ") -> tensor<f64> " +
         attributes + " {\n" + compute + "return %" + f +
         " : tensor<f64>\n}\nfunc.func @gradient" + suffix + "(" + arguments +
         ") -> (" + types + ") " + attributes + " {\n" + compute +
         gradText(one, "g", f) + "return " + results + " : " + types + "\n}\n";
}

// ---- the comparison

// `share` in (0, 1) tells where in each cell of the grid the elements lie.
static Tensor draw(const GradCase &one, const std::string &shapeText,
                   size_t seed, double share, double low, double high) {
  SmallVector<StringRef> extents;
  StringRef(shapeText).split(extents, 'x', /*MaxSplit=*/-1,
                             /*KeepEmpty=*/false);
  Shape shape;
  for (StringRef extent : extents)
    shape.push_back(std::stoll(extent.str()));
  Tensor x = Tensor::zeros(shape);
  Stream stream(one.name, seed, /*move=*/0);
  const double cells = 32;
  for (size_t j = 0; j < x.values.size(); ++j) {
    double cell = std::floor(cells * unit(stream.at(j, 0)[0]));
    x.values[j] = low + (high - low) * (cell + share) / cells;
  }
  return x;
}

Tensors reference::drawGradArguments(const GradCase &one) {
  Tensors arguments;
  double share = 1.0 / (one.operands.size() + 1);
  for (auto [i, x] : llvm::enumerate(one.operands))
    arguments.push_back(draw(one, x, i, (i + 1) * share, one.low, one.high));
  auto addWeight = [&](const std::string &shape) {
    arguments.push_back(
        draw(one, shape, arguments.size(), /*share=*/0.5, 0.25, 0.9));
  };
  addWeight(one.result);
  llvm::for_each(one.operands, addWeight);
  return arguments;
}

// The quotient of GradProgram.h in element `j` of argument `i`.
static double differenceAt(Evaluate f, Tensors &arguments, size_t i, size_t j) {
  const double h = 0x1p-11;
  double &element = arguments[i].values[j];
  const double x = element;
  double sum = 0;
  for (auto [step, weight] : {std::pair(1, 8), {-1, -8}, {2, -1}, {-2, 1}}) {
    element = x + step * h;
    FailureOr<Tensors> y = f(arguments);
    sum += weight * (failed(y) ? NAN : y->front().values[0]);
  }
  element = x;
  return sum / (12 * h);
}

double reference::worstGradError(const GradCase &one, Evaluate f,
                                 Evaluate gradient) {
  Tensors arguments = drawGradArguments(one);
  FailureOr<Tensors> gradients = gradient(arguments);
  if (failed(gradients))
    return INFINITY;
  double worst = 0;
  for (auto [i, found] : llvm::enumerate(*gradients)) {
    double scale = 1e-3, largest = 0;
    for (size_t j = 0; j < found.values.size(); ++j) {
      double expected = one.isInactive ? 0 : differenceAt(f, arguments, i, j);
      double error = std::abs(found.values[j] - expected);
      largest = std::isnan(error) ? INFINITY : std::max(largest, error);
      scale = std::max(scale, std::abs(found.values[j]));
    }
    worst = std::max(worst, largest / scale);
  }
  return worst;
}
