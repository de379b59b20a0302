// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/game/Latent.h"
#include "runtime/base/Rng.h"

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace gan::runtime;

using Numbers = std::vector<double>;

// How much of both ends there is at a part of the way.
namespace {
struct Weights {
  double ofA, ofB;
};
} // namespace

static double lengthOf(const Numbers &x) {
  return std::sqrt(std::inner_product(x.begin(), x.end(), x.begin(), 0.0));
}

static Weights linear(double t) { return {1 - t, t}; }

static Weights spherical(const Numbers &a, const Numbers &b, double t) {
  double lengths = lengthOf(a) * lengthOf(b);
  double cosine = std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
  // A vector of zeros has no direction; the comparison is false for it, too.
  if (!(std::abs(cosine) < (1 - 1e-9) * lengths))
    return linear(t);
  double angle = std::acos(cosine / lengths);
  return {std::sin((1 - t) * angle) / std::sin(angle),
          std::sin(t * angle) / std::sin(angle)};
}

Latent gan::runtime::between(const Latent &a, const Latent &b, double t,
                             Path path, const std::vector<bool> &moves) {
  Latent result = a;
  for (size_t draw = 0; draw < a.size(); ++draw) {
    if (!moves[draw] || t == 0)
      continue;
    if (t == 1) {
      result[draw] = b[draw];
      continue;
    }
    Weights weights =
        path == Path::Linear ? linear(t) : spherical(a[draw], b[draw], t);
    for (size_t i = 0; i < a[draw].size(); ++i)
      result[draw][i] = weights.ofA * a[draw][i] + weights.ofB * b[draw][i];
  }
  return result;
}

void gan::runtime::addTo(Latent &to, double factor, const Latent &latent,
                         const std::vector<bool> &moves) {
  for (size_t draw = 0; draw < to.size(); ++draw)
    for (size_t i = 0; moves[draw] && i < to[draw].size(); ++i)
      to[draw][i] += factor * latent[draw][i];
}

Latent gan::runtime::meanOf(std::span<const Latent> latents,
                            const std::vector<bool> &moves) {
  Latent mean = latents.front();
  for (const Latent &latent : latents.subspan(1))
    addTo(mean, 1, latent, moves);
  for (size_t draw = 0; draw < mean.size(); ++draw)
    for (size_t i = 0; moves[draw] && i < mean[draw].size(); ++i)
      mean[draw][i] /= static_cast<double>(latents.size());
  return mean;
}

void gan::runtime::disturb(Latent &latent, double size, uint64_t seed,
                           uint32_t number, const std::vector<bool> &moves) {
  for (size_t draw = 0; draw < latent.size(); ++draw) {
    RandomStream stream("disturb", seed, /*move=*/draw);
    for (size_t i = 0; moves[draw] && i < latent[draw].size(); ++i)
      latent[draw][i] +=
          size * (2 * unit(stream.at(static_cast<uint32_t>(i), number)[0]) - 1);
  }
}
