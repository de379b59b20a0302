# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Compares functions of the library at known points (values.gan) with formulas written here, from the papers.

usage: values.py METRICS       (lines of gan-interpret; 1e-12 relative is a few roundings of double)
"""

import json
import math
import sys

REAL, FAKE = [0.3, -1.2, 2.5, 0.1], [-0.4, 0.9, 1.7, -2.2]
ROWS = [[0.3, -1.2, 2.5], [-0.4, 0.9, 1.7]]


def mean(values):
    values = list(values)
    return sum(values) / len(values)


def softplus(x):
    return math.log(1 + math.exp(x))


def bce(scores, target):
    """-log of the probability of the target under a sigmoid."""
    return mean(-math.log(1 / (1 + math.exp(-s if target else s))) for s in scores)


def shifted(scores, other):
    return [s - mean(other) for s in scores]


def squares(scores, target):
    return mean((s - target) ** 2 for s in scores)


def hinge(scores, sign):
    return mean(max(0, 1 - sign * s) for s in scores)


def symmetric(loss):
    """The average over real samples of `loss(s, first)` and over fake ones of `loss(s, second)`, of relativistic average scores."""
    return lambda r, f, first, second: (loss(shifted(r, f), first) + loss(shifted(f, r), second)) / 2


# Nowozin et al. 2016, tables 2 and 6: the output activation and the conjugate, as they stand there.
DIVERGENCES = {
    "kl": (lambda v: v, lambda t: math.exp(t - 1)),
    "reverse_kl": (lambda v: -math.exp(-v), lambda t: -1 - math.log(-t)),
    "pearson": (lambda v: v, lambda t: t**2 / 4 + t),
    "hellinger": (lambda v: 1 - math.exp(-v), lambda t: t / (1 - t)),
    "jensen_shannon": (lambda v: math.log(2) - softplus(-v), lambda t: -math.log(2 - math.exp(t))),
    "gan": (lambda v: -softplus(-v), lambda t: -math.log(1 - math.exp(t))),
}


def variational(name):
    """Minus the bound that the discriminator ascends."""
    g, conjugate = DIVERGENCES[name]
    return mean(conjugate(g(v)) for v in FAKE) - mean(g(v) for v in REAL)


def gram(rows):
    return [[sum(a * b for a, b in zip(r, s)) for s in rows] for r in rows]


def off_identity(rows, diagonal):
    """The squared distance of W W^T from the identity, with or without its diagonal."""
    products = gram(rows)
    return sum((products[i][j] - (i == j)) ** 2 for i in range(2) for j in range(2) if diagonal or i != j)


def blur(image):
    """GLO's 5 x 5 kernel, edges repeated."""
    n = len(image)
    g = [math.exp(-(d * d) / 8) ** 2 for d in range(-2, 3)]
    kernel = [[a + b for b in g] for a in g]
    total = sum(map(sum, kernel))

    def inside(i):
        return min(max(i, 0), n - 1)

    return [[sum(kernel[i][j] * image[inside(y + i - 2)][inside(x + j - 2)] for i in range(5) for j in range(5)) / total
             for x in range(n)] for y in range(n)]


def pyramid(image, levels=3):
    """Details of each level, then what is left."""
    found = []
    for _ in range(levels):
        low = blur(image)
        found.append([[a - b for a, b in zip(r, s)] for r, s in zip(image, low)])
        image = [[(low[2 * y][2 * x] + low[2 * y + 1][2 * x] + low[2 * y][2 * x + 1] + low[2 * y + 1][2 * x + 1]) / 4
                  for x in range(len(low) // 2)] for y in range(len(low) // 2)]
    return [*found, image]


def lap_l1():
    a = pyramid([[math.sin((8 * y + x) ** 2) for x in range(8)] for y in range(8)])
    b = pyramid([[0.25] * 8] * 8)
    return sum(mean(abs(p - q) for r, s in zip(u, v) for p, q in zip(r, s)) for u, v in zip(a, b))


def pooled():
    """Means of what 3 x 3 windows at every other pixel see of the image."""
    rows = [range(max(2 * i - 1, 0), min(2 * i + 2, 8)) for i in range(4)]
    return mean(math.exp(mean(math.sin((8 * y + x) ** 2) for y in ys for x in xs)) for ys in rows for xs in rows)


def expected():
    bces, ls, hinges = symmetric(bce), symmetric(squares), symmetric(hinge)
    yield from {
        "saturating": mean(math.log(1 - 1 / (1 + math.exp(-s))) for s in FAKE), "non_saturating": bce(FAKE, 1),
        "hinge_real": hinge(REAL, 1), "w": mean(FAKE) - mean(REAL), "w_generator": -mean(FAKE),
        "ls": (squares(REAL, 1) + squares(FAKE, -1)) / 2, "ls_generator": squares(FAKE, 0.5) / 2,
        "rs_d": bce([r - f for r, f in zip(REAL, FAKE)], 1),
        "ra_d": bces(REAL, FAKE, 1, 0), "ra_g": bces(REAL, FAKE, 0, 1),
        "ra_ls_d": ls(REAL, FAKE, 1, -1), "ra_ls_g": ls(REAL, FAKE, -1, 1),
        "ra_hinge_d": hinges(REAL, FAKE, 1, -1), "ra_hinge_g": hinges(REAL, FAKE, -1, 1),
        **{"d_" + name: variational(name) for name in DIVERGENCES},
        "g_pearson": -mean(v**2 / 4 + v for v in FAKE), "h_hellinger": -mean(1 - math.exp(-v) for v in FAKE),
        "kl_n": sum(-0.5 * (1 + lv - m**2 - math.exp(lv)) for m, lv in ((0.3, 0.5), (-1.2, -0.25))),
        "nll": -sum(math.log(math.exp(-((x - m) ** 2) / (2 * math.exp(lv))) / math.sqrt(2 * math.pi * math.exp(lv)))
                    for x, m, lv in ((1.5, 0.3, 0.5), (0.5, -1.2, -0.25))),
        "cos_ab": (0.3 * -0.4 - 1.2 * 0.9) / math.sqrt((0.09 + 1.44) * (0.16 + 0.81)),
        "classes": -math.log(math.exp(-1.2) / sum(map(math.exp, REAL))), "pyramid": lap_l1(), "pooled": pooled(),
        "drift_real": mean(s**2 for s in REAL),
        "ortho": off_identity(ROWS, True), "angles": off_identity(ROWS, False),
    }.items()
    size = math.hypot(2 * 0.3, 3 * 0.4)
    yield from {
        "slope_at": size, "r1_at": size**2 / 2, "r2_at": size**2 / 2, "gp": (size - 1) ** 2,
        "gp_one_sided": max(0, size - 1) ** 2, "gp_zero": size**2, "gp_steep": (9 * size - 1) ** 2,
        "dragan_at": (size - 1) ** 2, "dragan_over": (size - 1) ** 2,
        "warm": 1 / 4, "line": 7 / 8, "stairs": 1 / 4, "ratio": 0.1 ** (1 / 4),
        "half_cosine": 0.1 + 0.9 * (1 + math.cos(math.pi / 4)) / 2,
    }.items()


def main(metrics):
    with open(metrics) as file:
        found = {name.split(".")[1]: value for line in file for name, value in json.loads(line).items() if "." in name}
    bad = 0
    wanted = dict(expected())
    for name, value in wanted.items():
        here = found.pop(name, math.inf)
        if not abs(here - value) <= 1e-12 * max(1, abs(value)):
            bad += 1
            print(f"error: {name} is {here}, the formula gives {value}")
    unknown = found.keys() - {"loss"}
    for name in unknown:
        print(f"error: {name} has no formula")
    print(f"{len(wanted)} values compared")
    return 1 if bad or unknown else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
