# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The peer of bench.py: the two perceptrons of models/unrolled.gan on a ring, not unrolled (k = 0), in JAX, a whole step as one jitted function
with donated state.

usage: jax_unrolled.py K WIDTH BATCH THREADS STEPS
Prints one JSON object: images_per_second (real points in the median step, two steps of warm-up), peak_mib, compile_seconds.
"""

import os
import sys
import time

K, WIDTH, BATCH, THREADS, STEPS = map(int, sys.argv[1:6])
assert K == 0, "this peer does not unroll"
os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:THREADS])  # before jax counts the cores

import jax  # noqa: E402
import jax.numpy as jnp  # noqa: E402
from jax import random  # noqa: E402

import peer  # noqa: E402


def perceptron(p, h):
    for w, b in p[:-1]:
        h = jnp.tanh(h @ w + b)
    return h @ p[-1][0] + p[-1][1]


def first_network(key, *widths):
    orthogonal = jax.nn.initializers.orthogonal(1.4)
    return [(orthogonal(k, shape), jnp.zeros(shape[1])) for k, shape in zip(random.split(key, len(widths)), zip(widths, widths[1:]))]


def value(d, g, x, z):
    fake = perceptron(g, z)
    scores = perceptron(d, jnp.concatenate([x, fake]))
    return (jax.nn.softplus(-scores[:BATCH]) + jax.nn.softplus(scores[BATCH:])).mean()


def first_state():
    keys = random.split(random.key(0), 3)
    optimizer = lambda p: {"p": p, "m": jax.tree.map(jnp.zeros_like, p), "v": jax.tree.map(jnp.zeros_like, p), "t": jnp.zeros(())}
    return {"g": optimizer(first_network(keys[0], 256, WIDTH, WIDTH, 2)), "d": optimizer(first_network(keys[1], 2, WIDTH, WIDTH, 1)),
            "key": keys[2]}


def adam(s, g, rate):
    t = s["t"] + 1
    m = jax.tree.map(lambda m, g: 0.5 * m + 0.5 * g, s["m"], g)
    v = jax.tree.map(lambda v, g: 0.999 * v + 0.001 * g * g, s["v"], g)
    p = jax.tree.map(lambda p, m, v: p - rate * m / (1 - 0.5**t) / (jnp.sqrt(v / (1 - 0.999**t)) + 1e-8), s["p"], m, v)
    return {"p": p, "m": m, "v": v, "t": t}


def step(s, x):
    key, draw = random.split(s["key"])
    of_d, of_g = jax.grad(value, (0, 1))(s["d"]["p"], s["g"]["p"], x, random.normal(draw, (BATCH, 256)))
    return {"d": adam(s["d"], of_d, 1e-4), "g": adam(s["g"], jax.tree.map(jnp.negative, of_g), 1e-3), "key": key}


def main():
    state = first_state()
    x = random.normal(random.key(2), (BATCH, 2))
    start = time.perf_counter()
    run = jax.jit(step, donate_argnums=0).lower(state, x).compile()
    compiled = time.perf_counter() - start

    def advance():
        nonlocal state
        state = jax.block_until_ready(run(state, x))

    peer.measure(advance, STEPS, BATCH, compile_seconds=compiled)


main()
