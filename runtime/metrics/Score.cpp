// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/metrics/Score.h"

#include <algorithm>
#include <cmath>

using namespace gan::runtime;

Matrix gan::runtime::softmax(const Matrix &logits, size_t classes) {
  Matrix result = logits;
  for (size_t start = 0; start < logits.values.size(); start += classes) {
    std::span<double> group = std::span(result.values).subspan(start, classes);
    double largest = *std::ranges::max_element(group);
    double sum = 0;
    for (double &value : group)
      sum += value = std::exp(value - largest);
    for (double &value : group)
      value /= sum;
  }
  return result;
}

double gan::runtime::classifierScore(const Matrix &probabilities) {
  double rows = static_cast<double>(probabilities.rows);
  std::vector<double> marginal(probabilities.columns, 0);
  for (size_t i = 0; i < probabilities.rows; ++i)
    for (size_t j = 0; j < probabilities.columns; ++j)
      marginal[j] += probabilities.at(i, j) / rows;
  double divergence = 0;
  for (size_t i = 0; i < probabilities.rows; ++i)
    for (size_t j = 0; j < probabilities.columns; ++j)
      // p log p tends to 0 with p.
      if (double p = probabilities.at(i, j); p > 0)
        divergence += p * std::log(p / marginal[j]);
  return std::exp(divergence / rows);
}

Spread gan::runtime::classifierScoreOfSplits(const Matrix &probabilities,
                                             size_t splits) {
  splits = std::clamp<size_t>(splits, 1, probabilities.rows);
  size_t rows = probabilities.rows / splits;
  std::vector<double> scores;
  for (size_t i = 0; i < splits; ++i)
    scores.push_back(classifierScore(rowsOf(probabilities, i * rows, rows)));
  return spreadOf(scores);
}
