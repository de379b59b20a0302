// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/metrics/Spread.h"

#include <cmath>

using namespace gan::runtime;

Spread gan::runtime::spreadOf(std::span<const double> values) {
  Spread spread;
  for (double value : values)
    spread.mean += value;
  spread.mean /= static_cast<double>(values.size());
  if (values.size() < 2)
    return spread;
  double squares = 0;
  for (double value : values)
    squares += (value - spread.mean) * (value - spread.mean);
  spread.deviation =
      std::sqrt(squares / static_cast<double>(values.size() - 1));
  return spread;
}
