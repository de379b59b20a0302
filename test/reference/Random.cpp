// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/reference/Random.h"

#include <cmath>
#include <numbers>

using namespace gan::reference;

static uint32_t low(uint64_t x) { return static_cast<uint32_t>(x); }
static uint32_t high(uint64_t x) { return static_cast<uint32_t>(x >> 32); }

Words gan::reference::philox(Words counter, std::array<uint32_t, 2> key) {
  for (int round = 0; round < 10; ++round) {
    uint64_t a = uint64_t{0xD2511F53} * counter[0];
    uint64_t b = uint64_t{0xCD9E8D57} * counter[2];
    counter = {high(b) ^ counter[1] ^ key[0], low(b),
               high(a) ^ counter[3] ^ key[1], low(a)};
    key[0] += 0x9E3779B9; // the golden ratio
    key[1] += 0xBB67AE85; // sqrt(3) - 1
  }
  return counter;
}

uint64_t gan::reference::fnv1a64(llvm::StringRef text) {
  uint64_t hash = 0xcbf29ce484222325;
  for (char c : text)
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return hash;
}

Stream::Stream(llvm::StringRef name, uint64_t seed, uint64_t move)
    : key(seed ^ fnv1a64(name)), move(move) {}

Words Stream::at(uint32_t element, uint32_t sample) const {
  return philox({element, sample, low(move), high(move)},
                {low(key), high(key)});
}

double gan::reference::unit(uint32_t x) { return ((x >> 8) + 0.5) * 0x1p-24; }

double gan::reference::normal(const Words &x) {
  return std::sqrt(-2 * std::log(unit(x[0]))) *
         std::cos(2 * std::numbers::pi * unit(x[1]));
}

// c[0] + c[1] x + c[2] x^2 + ..
static double polynomial(std::initializer_list<double> c, double x) {
  double y = 0;
  for (const double *k = c.end(); k != c.begin();)
    y = y * x + *--k;
  return y;
}

double gan::reference::normalQuantile(double p) {
  double q = p - 0.5;
  if (std::abs(q) <= 0.425) {
    double r = 0.180625 - q * q;
    return q *
           polynomial({3.3871328727963666080e0, 1.3314166789178437745e2,
                       1.9715909503065514427e3, 1.3731693765509461125e4,
                       4.5921953931549871457e4, 6.7265770927008700853e4,
                       3.3430575583588128105e4, 2.5090809287301226727e3},
                      r) /
           polynomial({1, 4.2313330701600911252e1, 6.8718700749205790830e2,
                       5.3941960214247511077e3, 2.1213794301586595867e4,
                       3.9307895800092710610e4, 2.8729085735721942674e4,
                       5.2264952788528545610e3},
                      r);
  }
  double r = std::sqrt(-std::log(q < 0 ? p : 1 - p)) - 1.6;
  double x = polynomial({1.42343711074968357734e0, 4.63033784615654529590e0,
                         5.76949722146069140550e0, 3.64784832476320460504e0,
                         1.27045825245236838258e0, 2.41780725177450611770e-1,
                         2.27238449892691845833e-2, 7.74545014278341407640e-4},
                        r) /
             polynomial({1, 2.05319162663775882187e0, 1.67638483018380384940e0,
                         6.89767334985100004550e-1, 1.48103976427480074590e-1,
                         1.51986665636164571966e-2, 5.47593808499534494600e-4,
                         1.05075007164441684324e-9},
                        r);
  return q < 0 ? -x : x;
}

double gan::reference::truncatedNormal(const Words &x, double cut) {
  double below = std::erfc(cut / std::sqrt(2.0)) / 2;
  return normalQuantile(below + (1 - 2 * below) * unit(x[0]));
}
