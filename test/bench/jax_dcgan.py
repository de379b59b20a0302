# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The peer of bench.py: the DCGAN of models/dcgan.gan in JAX, a whole step as one jitted function with donated state.

usage: jax_dcgan.py SIZE CHANNELS WIDTH BATCH THREADS STEPS
Prints one JSON object: images_per_second (median step, two steps of warm-up), peak_mib, compile_seconds. Images are channels-last.
"""

import functools
import os
import sys

SIZE, CHANNELS, WIDTH, BATCH, THREADS, STEPS = map(int, sys.argv[1:7])
os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:THREADS])  # before jax counts the cores

import jax  # noqa: E402
import jax.numpy as jnp  # noqa: E402
from jax import lax, random  # noqa: E402

import jax_peer  # noqa: E402
from jax_peer import optimizer  # noqa: E402

adam = functools.partial(jax_peer.adam, rate=2e-4, beta1=0.5, beta2=0.999)

FIRST = 7 if SIZE == 28 else 4
WIDTHS = [WIDTH * m for m in {28: (1, 2), 32: (1, 2, 4), 64: (1, 2, 4, 8)}[SIZE]]
LAYOUT = ("NHWC", "HWIO", "NHWC")


def down(h, w, stride=2, pad=1):
    return lax.conv_general_dilated(h, w, (stride, stride), [(pad, pad)] * 2, dimension_numbers=LAYOUT)


def up(h, w):
    return lax.conv_general_dilated(h, w, (1, 1), [(2, 2)] * 2, lhs_dilation=(2, 2), dimension_numbers=LAYOUT)


def norm(p, h):
    return (h - h.mean((0, 1, 2))) * lax.rsqrt(h.var((0, 1, 2)) + 1e-5) * p["gain"] + p["offset"]


def generate(p, z):
    h = jax.nn.relu(norm(p["norms"][0], (z @ p["in"]).reshape(-1, FIRST, FIRST, WIDTHS[-1])))
    for w, n in zip(p["up"], p["norms"][1:]):
        h = jax.nn.relu(norm(n, up(h, w)))
    return jnp.tanh(up(h, p["out"]))


def discriminate(p, x):
    h = jax.nn.leaky_relu(down(x, p["in"]), 0.2)
    for w, n in zip(p["down"], p["norms"]):
        h = jax.nn.leaky_relu(norm(n, down(h, w)), 0.2)
    return down(h, p["out"], stride=1, pad=0).reshape(-1)


def first_state():
    keys = iter(random.split(random.key(0), 32))
    filters = lambda k, i, o: random.normal(next(keys), (k, k, i, o)) * 0.02
    norms = lambda widths: [{"gain": jnp.ones(w), "offset": jnp.zeros(w)} for w in widths]
    wider = list(zip(WIDTHS, WIDTHS[1:]))
    g = {"in": random.normal(next(keys), (100, FIRST * FIRST * WIDTHS[-1])) * 0.02, "up": [filters(4, o, i) for i, o in wider[::-1]],
         "norms": norms(WIDTHS[::-1]), "out": filters(4, WIDTH, CHANNELS)}
    d = {"in": filters(4, CHANNELS, WIDTH), "down": [filters(4, i, o) for i, o in wider], "norms": norms(WIDTHS[1:]),
         "out": filters(FIRST, WIDTHS[-1], 1)}
    return {"g": optimizer(g), "d": optimizer(d), "key": random.key(1)}


def step(s, x):
    key, drawn = random.split(s["key"])
    z = random.normal(drawn, (BATCH, 100))
    fake = generate(s["g"]["p"], z)
    loss = lambda p: jax.nn.softplus(-discriminate(p, x)).mean() + jax.nn.softplus(discriminate(p, fake)).mean()
    d = adam(s["d"], jax.grad(loss)(s["d"]["p"]))
    g = adam(s["g"], jax.grad(lambda p: jax.nn.softplus(-discriminate(d["p"], generate(p, z))).mean())(s["g"]["p"]))
    return {"g": g, "d": d, "key": key}


def main():
    x = random.uniform(random.key(2), (BATCH, SIZE, SIZE, CHANNELS), minval=-1, maxval=1)
    jax_peer.measure(step, first_state(), (x,), STEPS, BATCH)


main()
