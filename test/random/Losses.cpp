// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/random/Losses.h"
#include "test/random/Body.h"

using namespace gan::random;

// No deviation of samples that may all be equal: gradients take a sum of
// differences from the mean for zero, and rounding errors over their own
// deviation are then anything.

// s -> something of the same shape.
static std::string formula(Choice &choose, const std::string &s) {
  std::string pattern = choose.oneOf({"tanh({0})",
                                      "softplus({0})",
                                      "({0})^2",
                                      "abs({0})",
                                      "sin(2 * {0})",
                                      "relu({0} + 0.2)",
                                      "leaky_relu({0}, 0.3)",
                                      "clamp({0}, -0.5, 1)",
                                      "exp(clamp({0}, -2, 1))",
                                      "log(1 + ({0})^2)",
                                      "sqrt(({0})^2 + 0.1)",
                                      "rsqrt(1 + ({0})^2)",
                                      "max({0}, 0.1 * {0})",
                                      "min({0}, 0.7)",
                                      "{0} * stop_gradient({0})",
                                      "scale_gradient({0}, -0.5)",
                                      "where({0} > 0.1, {0}, 0.3 * {0})",
                                      "1 / (1 + ({0})^2)",
                                      "{0} / (0.5 + abs({0}))",
                                      "elu({0})",
                                      "0.3 * selu({0})",
                                      "cos({0})",
                                      "(1 + ({0})^2)^0.4",
                                      "2^tanh({0})",
                                      "lerp({0}, tanh({0}), 0.3)",
                                      "{0} + stop_gradient(floor({0}) - {0})",
                                      "sigmoid(-{0})"});
  return text(pattern.c_str(), s);
}

std::string gan::random::numberOf(Choice &choose, const std::string &score) {
  std::string s = score;
  for (int64_t depth = choose.between(0, 2); depth > 0; --depth)
    s = formula(choose, s);
  std::string pattern =
      choose.oneOf({"mean({0})",
                    "mean({0})",
                    "mean({0})",
                    "0.2 * sum({0})",
                    "norm({0})",
                    "var({0})",
                    "std({0} + 0.1 * position({0}, over: batch))",
                    "mse({0}, 0.3)",
                    "l1({0}, -0.2)",
                    "hinge({0}, 1)",
                    "bce({0}, 0.9)",
                    "mean(sum({0}, over: batch) * mean({0}, over: batch))",
                    "mean(norm({0}, over: batch))",
                    "sqrt(0.1 + sum(({0})^2))",
                    "max(mean({0}), 0.1)",
                    "0.5 * max({0})",
                    "-0.3 * min({0})",
                    "0.2 * logsumexp({0})",
                    "max(mean({0}, over: batch))",
                    "mean(max({0}, over: batch) - {0})"});
  return text(pattern.c_str(), s);
}

std::string gan::random::adversarialLoss(Choice &choose,
                                         const std::string &real,
                                         const std::string &fake,
                                         bool isCritic) {
  std::string pattern =
      isCritic
          ? choose.oneOf(
                {"bce({0}, 1) + bce({1}, 0)", "bce({0}, 0.9) + bce({1}, 0.1)",
                 "hinge({0}, 1) + hinge({1}, -1)", "mse({0}, 1) + mse({1}, 0)",
                 "mean({1}) - mean({0})", "mean(tanh({1})) - mean(tanh({0}))",
                 "bce({0} - mean({1}), 1) + bce({1} - mean({0}), 0)",
                 "hinge({0} - mean({1}), 1) + hinge({1} - mean({0}), -1)",
                 "mse({0} - mean({1}), 1) + mse({1} - mean({0}), -1)",
                 "mean(exp(clamp({1}, -3, 1))) - mean({0})",
                 "mean({1}^2) / 2 - mean({0})",
                 "-mean(log(sigmoid({0}) + 0.01)) - "
                 "mean(log(1.01 - sigmoid({1})))"})
          : choose.oneOf({"bce({1}, 1)", "-mean({1})", "mse({1}, 1)",
                          "-bce({1}, 0)", "hinge({1}, 1)",
                          "bce({1} - mean({0}), 1) + bce({0} - mean({1}), 0)",
                          "-mean(exp(clamp({1}, -3, 1)))",
                          "-mean(log(sigmoid({1}) + 0.01))",
                          "mean(({1} - mean({0}) - 1)^2)",
                          "abs(mean({1}) - mean({0}))"});
  return text(pattern.c_str(), real, fake);
}

static std::string pointAt(Setting &setting, const std::string &fake) {
  if (setting.hasNoise && setting.choose.chance(30))
    return "x + 0.1 * u";
  if (setting.choose.chance(50))
    return "0.5 * (x + " + fake + ")";
  return setting.choose.oneOf({"x + 0", "0.9 * x"});
}

std::string gan::random::gradientPenalty(Setting &setting,
                                         const Network &critic,
                                         const std::string &fake, int number,
                                         std::vector<std::string> &lines) {
  Choice &choose = setting.choose;
  std::string d = critic.call("v");
  int64_t kind = choose.below(9);
  if (kind == 8)
    return text(choose
                    .oneOf({"r1(v => {0}, x)", "dragan_penalty(v => {0}, x)",
                            "gradient_penalty(v => {0}, x, {1}, "
                            "one_sided: true)"})
                    .c_str(),
                d, fake);
  if (kind == 0)
    return text("gradient_penalty(v => {0}, x, {1})", d, fake);
  if (kind == 1)
    return text("gradient_penalty(v => {0}, x, {1}, target: 0)", d, fake);
  if (kind == 2) {
    std::string slopes = text("slopes{0}", number);
    lines.push_back(text("let {0} = grad({1}, params({2}))", slopes,
                         numberOf(choose, critic.call("x")), critic.name));
    return text("sum({0}[0]^2)", slopes);
  }
  std::string at = text("at{0}", number), first = text("first{0}", number);
  lines.push_back(text("let {0} = {1}", at, pointAt(setting, fake)));
  std::string score = choose.chance(50) ? text("sum({0})", critic.call(at))
                                        : numberOf(choose, critic.call(at));
  lines.push_back(text("let {0} = grad({1}, {2})", first, score, at));
  if (kind <= 5)
    return text(choose
                    .oneOf({"mean(sum({0}^2, over: item))",
                            "mean((norm({0}, over: item) - 1)^2)",
                            "mean(relu(norm({0}, over: item) - 0.1))",
                            "sum({0}^2)", "mean(abs({0}))", "norm({0} - 0.1)"})
                    .c_str(),
                first);
  std::string second = text("second{0}", number);
  lines.push_back(text("let {0} = grad(sum({1}^2), {2})", second, first, at));
  if (kind == 6)
    return text("mean({0}^2)", second);
  std::string third = text("third{0}", number);
  lines.push_back(
      text("let {0} = grad(sum({1} * tanh({1})), {2})", third, second, at));
  return text("mean(tanh({0})^2)", third);
}
