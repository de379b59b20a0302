// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/random/Optimizers.h"
#include "test/random/Body.h"

using namespace gan::random;

// A learning rate, a number or one of the clock.
static std::string rate(Choice &choose) {
  if (choose.chance(70))
    return choose.oneOf({"0.1", "0.03", "1e-2", "2e-3"});
  return choose.oneOf({"0.1 * (1 - progress)", "0.05 * 0.5^step",
                       "if step < 1 then 0.02 else 0.1", "0.2 / (1 + images)",
                       "0.1 * min(1, 2 - 2 * progress)",
                       "0.02 * (1 + step % 2)", "0.1 * cos(progress)"});
}

std::string gan::random::optimizer(Choice &choose) {
  std::string stages;
  if (choose.chance(25))
    stages = choose.oneOf(
        {"l2(1e-2) |> ", "clip_norm(0.5) |> ", "clip_value(0.05) |> ",
         "clip_norm(0.3) |> l2(0.1) |> ", "((p, g) => g / (1 + abs(g))) |> "});
  // Plain descent most often: what divides by the size of a gradient makes
  // whole steps of rounding errors.
  if (choose.chance(45))
    return stages + "sgd(" + rate(choose) + ")";
  std::string pattern = choose.oneOf(
      {"sgd({0}, momentum: 0.9)", "sgd({0}, momentum: 0.5, nesterov: true)",
       "adam({0})", "adam({0}, beta1: 0, beta2: 0.9)",
       "adam({0}, beta1: 0.5, eps: 1e-3)", "rmsprop({0}, eps: 1e-3)",
       "rmsprop_tf({0})", "adam_tf({0}, eps: 1e-3)",
       "adamw({0}, eps: 1e-3, decay: 0.1)", "adamax({0}, eps: 1e-3)",
       "own({0})", "adagrad({0}, eps: 1e-3)", "momentum({0})",
       "((p, g) => p - 0.1 * tanh(g))"});
  return stages + text(pattern.c_str(), rate(choose));
}
