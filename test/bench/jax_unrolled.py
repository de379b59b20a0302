# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The peer of bench.py: the two perceptrons of models/unrolled.gan on a ring, not unrolled (k = 0), in JAX, a whole step as one jitted function
with donated state.

usage: jax_unrolled.py K WIDTH BATCH THREADS STEPS
Prints one JSON object: images_per_second (real points in the median step, two steps of warm-up), peak_mib, compile_seconds.
"""

import functools
import os
import sys

K, WIDTH, BATCH, THREADS, STEPS = map(int, sys.argv[1:6])
assert K == 0, "this peer does not unroll"
os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:THREADS])  # before jax counts the cores

import jax  # noqa: E402
import jax.numpy as jnp  # noqa: E402
from jax import random  # noqa: E402

import jax_peer  # noqa: E402
from jax_peer import optimizer  # noqa: E402

adam = functools.partial(jax_peer.adam, beta1=0.5, beta2=0.999)


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
    return {"g": optimizer(first_network(keys[0], 256, WIDTH, WIDTH, 2)), "d": optimizer(first_network(keys[1], 2, WIDTH, WIDTH, 1)),
            "key": keys[2]}


def step(s, x):
    key, draw = random.split(s["key"])
    of_d, of_g = jax.grad(value, (0, 1))(s["d"]["p"], s["g"]["p"], x, random.normal(draw, (BATCH, 256)))
    return {"d": adam(s["d"], of_d, 1e-4), "g": adam(s["g"], jax.tree.map(jnp.negative, of_g), 1e-3), "key": key}


def main():
    x = random.normal(random.key(2), (BATCH, 2))
    jax_peer.measure(step, first_state(), (x,), STEPS, BATCH)


main()
