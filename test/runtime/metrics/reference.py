# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The values of reference.json: the metrics of runtime/metrics as NumPy and SciPy compute them, by the formulas of the papers with whole
distance matrices, Schur's square root, and convolutions by Fourier transform. usage: reference.py > reference.json"""

import json

import numpy as np
import scipy.linalg
import scipy.signal
import scipy.spatial.distance
import scipy.special


def uniforms(seed, count):
    """The generator that MetricsTest.cpp has too."""
    state, values = seed, []
    for _ in range(count):
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        values.append((state >> 11) * 2.0**-53)
    return np.array(values)


def features(seed, rows, columns, scale, offset):
    x = uniforms(seed, rows * columns * 4).reshape(rows, columns, 4)
    x = (x[:, :, 0] + x[:, :, 1] + x[:, :, 2] + x[:, :, 3] - 2) * scale + offset
    for j in range(1, columns):
        x[:, j] += 0.5 * x[:, j - 1]
    return x


def frechet(a, b):
    c1, c2 = np.cov(a, rowvar=False), np.cov(b, rowvar=False)
    root = scipy.linalg.sqrtm(c1 @ c2)
    return ((a.mean(0) - b.mean(0))**2).sum() + np.trace(c1 + c2 - 2 * np.real(root))


def kernel(a, b):
    k = lambda x, y: (x @ y.T / x.shape[1] + 1)**3
    xx, yy, xy, m, n = k(a, a), k(b, b), k(a, b), len(a), len(b)
    return (xx.sum() - np.trace(xx)) / (m * (m - 1)) + (yy.sum() - np.trace(yy)) / (n * (n - 1)) - 2 * xy.mean()


def manifolds(real, fake, k):
    d = scipy.spatial.distance.cdist
    radius = lambda x: np.partition(d(x, x), k, axis=1)[:, k]
    cross, rr, fr = d(real, fake), radius(real), radius(fake)
    inside = cross < rr[:, None]
    return {"precision": inside.any(0).mean(), "recall": (cross < fr[None]).any(1).mean(),
            "density": inside.sum(0).mean() / k, "coverage": (cross.min(1) < rr).mean()}


def two_sample(real, fake):
    x = np.concatenate([real, fake])
    d = scipy.spatial.distance.cdist(x, x)
    np.fill_diagonal(d, np.inf)
    is_fake = np.arange(len(x)) >= len(real)
    same = is_fake[d.argmin(1)] == is_fake
    return {"accuracy": same.mean(), "of_reals": same[:len(real)].mean(), "of_fakes": same[len(real):].mean()}


def score(logits):
    p = scipy.special.softmax(logits, axis=1)
    return np.exp((p * (np.log(p) - np.log(p.mean(0)))).sum(1).mean())


def similarity(a, b):
    """msssim.py of Progressive GANs, for one pair [channels, height, width]."""
    weights, parts = np.array([0.0448, 0.2856, 0.3001, 0.2363, 0.1333]), []
    for _ in weights:
        size = min(11, *a.shape[1:])
        x = np.arange(size) - (size - 1) / 2
        g = np.exp(-(x[:, None]**2 + x[None]**2) / (2 * (1.5 * size / 11)**2))
        g /= g.sum()
        blur = lambda v: np.stack([scipy.signal.fftconvolve(c, g, mode="valid") for c in v])
        ma, mb = blur(a), blur(b)
        c1, c2 = (0.01 * 255)**2, (0.03 * 255)**2
        cs = (2 * (blur(a * b) - ma * mb) + c2) / (blur(a * a) - ma**2 + blur(b * b) - mb**2 + c2)
        parts.append(((cs * (2 * ma * mb + c1) / (ma**2 + mb**2 + c1)).mean(), cs.mean()))
        h, w = a.shape[1] // 2 * 2, a.shape[2] // 2 * 2
        halve = lambda v: (v[:, 0:h:2, 0:w:2] + v[:, 1:h:2, 0:w:2] + v[:, 0:h:2, 1:w:2] + v[:, 1:h:2, 1:w:2]) / 4
        a, b = halve(a), halve(b)
    means = np.maximum([cs for _, cs in parts[:-1]] + [parts[-1][0]], 0)
    return np.prod(means**weights)


real, fake = features(1, 300, 24, 1, 0), features(2, 260, 24, 0.9, 0.1)
images = uniforms(3, 2 * 3 * 37 * 45).reshape(2, 3, 37, 45) * 40
# A ramp that both share below the noise, so that no scale is without structure.
images += np.arange(37)[:, None] * 3 + np.arange(45) * 2
print(json.dumps({"frechet": frechet(real, fake), "kernel": kernel(real, fake), "manifolds_3": manifolds(real, fake, 3),
                  "manifolds_5": manifolds(real, fake, 5), "two_sample": two_sample(real[:260], fake), "score": score(real * 2),
                  "similarity": similarity(images[0], images[1])}, indent=1))
