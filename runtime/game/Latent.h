// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What one sample is drawn from, and arithmetic with it.
#ifndef GAN_RUNTIME_GAME_LATENT_H
#define GAN_RUNTIME_GAME_LATENT_H

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace gan::runtime {

/// For each draw of an output its numbers for one sample, row-major.
using Latent = std::vector<std::vector<double>>;

/// How one goes from one latent to another. Linear: a + t (b - a). Spherical:
/// along the great circle between the two directions (Shoemake 1985; of latents
/// White 2016),
///   sin((1 - t) w) / sin w * a + sin(t w) / sin w * b,   w the angle of a and
///   b
/// which keeps the length that normal latents have; where w is 0 or a half
/// turn, linear.
enum class Path : uint8_t { Linear, Spherical };

/// The latent at part `t` of the way from `a` to `b`: of the draws that `moves`
/// marks, the others are those of `a`. `a` itself at 0, `b`'s draws at 1.
Latent between(const Latent &a, const Latent &b, double t, Path path,
               const std::vector<bool> &moves);

/// The mean of one or more latents in the draws that `moves` marks; the others
/// are those of the first.
Latent meanOf(std::span<const Latent> latents, const std::vector<bool> &moves);

/// `to` += `factor` * `latent` in the draws that `moves` marks.
void addTo(Latent &to, double factor, const Latent &latent,
           const std::vector<bool> &moves);

/// Adds a number in (-size, size) to each of the draws that `moves` marks: a
/// function of seed and `number`.
void disturb(Latent &latent, double size, uint64_t seed, uint32_t number,
             const std::vector<bool> &moves);

} // namespace gan::runtime

#endif // GAN_RUNTIME_GAME_LATENT_H
