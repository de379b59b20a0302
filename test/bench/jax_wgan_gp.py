# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The peer of bench.py: the WGAN-GP of models/wgan_gp.gan in JAX, a whole step as one jitted function with donated state.

usage: jax_wgan_gp.py WIDTH BATCH THREADS STEPS
Prints one JSON object: images_per_second (the critic's real images in the median step, two steps of warm-up), peak_mib,
compile_seconds. Images are channels-last.
"""

import functools
import os
import sys

WIDTH, BATCH, THREADS, STEPS = map(int, sys.argv[1:5])
os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:THREADS])  # before jax counts the cores

import jax  # noqa: E402
import jax.numpy as jnp  # noqa: E402
from jax import lax, random  # noqa: E402

import jax_peer  # noqa: E402
from jax_peer import optimizer  # noqa: E402

adam = functools.partial(jax_peer.adam, rate=1e-4, beta1=0.5, beta2=0.9)

CRITIC_STEPS = 5
WIDTHS = [WIDTH, 2 * WIDTH, 4 * WIDTH]
LAYOUT = ("NHWC", "HWIO", "NHWC")


def norm(h, gain, bias):
    mean, var = h.mean((0, 1, 2)), h.var((0, 1, 2))
    return (h - mean) * lax.rsqrt(var + 1e-5) * gain + bias


def generate(p, z):
    h = (z @ p["in"] + p["in_bias"]).reshape(-1, 4, 4, 4 * WIDTH)
    for w, b, gain, bias in zip(p["w"], p["b"], p["gain"], p["bias"]):
        h = lax.conv_transpose(jax.nn.relu(norm(h, gain, bias)), w, (2, 2), "SAME", dimension_numbers=LAYOUT) + b
    return jnp.tanh(h)


def score(p, x):
    for w, b in zip(p["w"], p["b"]):
        x = jax.nn.leaky_relu(lax.conv_general_dilated(x, w, (2, 2), "SAME", dimension_numbers=LAYOUT) + b, 0.2)
    return x.reshape(x.shape[0], -1) @ p["out"] + p["out_bias"]


def first_state():
    keys = iter(random.split(random.key(0), 16))
    uniform = lambda fan_in, *shape: random.uniform(next(keys), shape, minval=-1, maxval=1) / fan_in**0.5
    filters = lambda channels: [uniform(25 * i, 5, 5, i, o) for i, o in zip(channels, channels[1:])]
    zeros = lambda channels: [jnp.zeros(c) for c in channels]
    up = WIDTHS[::-1]
    g = {"in": uniform(128, 128, 64 * WIDTH), "in_bias": jnp.zeros(64 * WIDTH), "w": filters([*up, 3]), "b": zeros([*up[1:], 3]),
         "gain": [jnp.ones(c) for c in up], "bias": zeros(up)}
    d = {"w": filters([3, *WIDTHS]), "b": zeros(WIDTHS), "out": uniform(64 * WIDTH, 64 * WIDTH), "out_bias": jnp.zeros(())}
    return {"g": optimizer(g), "d": optimizer(d), "average": jax.tree.map(jnp.copy, g), "key": random.key(1)}


def critic_loss(d, x, fake, t):
    slope = jax.grad(lambda mix: score(d, mix).sum())(x + t * (fake - x))
    penalty = jnp.square(jnp.sqrt(jnp.square(slope).sum((1, 2, 3))) - 1).mean()
    return 10 * penalty + score(d, fake).mean() - score(d, x).mean()


def step(s, x):
    g, d, (key, *keys) = s["g"], s["d"], random.split(s["key"], 2 * CRITIC_STEPS + 2)
    for kz, kt in zip(keys[::2], keys[1::2]):
        fake = generate(g["p"], random.normal(kz, (BATCH, 128)))
        d = adam(d, jax.grad(critic_loss)(d["p"], x, fake, random.uniform(kt, (BATCH, 1, 1, 1))))
    z = random.normal(keys[-1], (BATCH, 128))
    g = adam(g, jax.grad(lambda p: -score(d["p"], generate(p, z)).mean())(g["p"]))
    return {"g": g, "d": d, "average": jax.tree.map(lambda a, p: a + 0.001 * (p - a), s["average"], g["p"]), "key": key}


def main():
    x = random.uniform(random.key(2), (BATCH, 32, 32, 3), minval=-1, maxval=1)
    jax_peer.measure(step, first_state(), (x,), STEPS, CRITIC_STEPS * BATCH)


main()
