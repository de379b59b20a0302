# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The peer of bench.py: the SNGAN-ResNet-32 with projection of models/sngan.gan in JAX, a whole step as one jitted function with
donated state.

usage: jax_sngan.py G D BATCH THREADS STEPS
G and D are the channels of the two networks. A step is one move of the generator on twice the batch and five of the discriminator.
Prints one JSON object: images_per_second (the discriminator's real images in the median step, two steps of warm-up), peak_mib,
compile_seconds. Images are channels-last.
"""

import functools
import os
import sys

G, D, BATCH, THREADS, STEPS = map(int, sys.argv[1:6])
os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:THREADS])  # before jax counts the cores

import jax  # noqa: E402
import jax.numpy as jnp  # noqa: E402
from jax import lax, random  # noqa: E402

import jax_peer  # noqa: E402
from jax_peer import optimizer  # noqa: E402

adam = functools.partial(jax_peer.adam, rate=2e-4, beta1=0, beta2=0.9)

CLASSES, D_STEPS = 10, 5
LAYOUT = ("NHWC", "HWIO", "NHWC")
relu = jax.nn.relu


def conv(h, w, b=0):
    return lax.conv_general_dilated(h, w, (1, 1), "SAME", dimension_numbers=LAYOUT) + b


def pool(h):
    return h.reshape(h.shape[0], h.shape[1] // 2, 2, h.shape[2] // 2, 2, h.shape[3]).mean((2, 4))


def twice(h):
    return h.repeat(2, 1).repeat(2, 2)


def norm(h):
    return (h - h.mean((0, 1, 2))) * lax.rsqrt(h.var((0, 1, 2)) + 2e-5)


def class_norm(p, h, y):
    return norm(h) * p["gain"][y][:, None, None] + p["offset"][y][:, None, None]


def generate(p, z, y):
    h = (z @ p["in"] + p["in_bias"]).reshape(-1, 4, 4, G)
    for b in p["blocks"]:
        r = conv(twice(relu(class_norm(b["norms"][0], h, y))), b["first"])
        h = conv(relu(class_norm(b["norms"][1], r, y)), b["second"]) + conv(twice(h), b["short"])
    return jnp.tanh(conv(relu(norm(h) * p["gain"] + p["offset"]), p["out"], p["out_bias"]))


def divide(w, u):
    """The weight over its spectral norm after one step of power iteration, and the new vector; outputs are the last axis."""
    matrix = lax.stop_gradient(w.reshape(-1, w.shape[-1]))
    v = matrix @ u
    v = v / (jnp.linalg.norm(v) + 1e-12)
    u = v @ matrix
    u = u / (jnp.linalg.norm(u) + 1e-12)
    return w / (v @ w.reshape(-1, w.shape[-1]) @ u), u


def normalised(p, u):
    pairs = {name: divide(p["w"][name], u[name]) for name in u}
    return {name: w for name, (w, _) in pairs.items()}, {name: n for name, (_, n) in pairs.items()}


def discriminate(p, u, x, y):
    w, u = normalised(p, u)
    h = x
    for i in range(4):
        r = conv(h if i == 0 else relu(h), w[f"first{i}"], p["b"][f"first{i}"])
        r = conv(relu(r), w[f"second{i}"], p["b"][f"second{i}"])
        short = lambda h: conv(h, w[f"short{i}"], p["b"][f"short{i}"])
        h = r + h if i > 1 else pool(r) + (short(pool(h)) if i == 0 else pool(short(h)))
    f = relu(h).sum((1, 2))
    return (f @ w["dense"])[:, 0] + (f * w["classes"][:, y].T).sum(1), u


def first_state():
    keys = iter(random.split(random.key(0), 64))
    filters = lambda k, i, o: random.normal(next(keys), (k, k, i, o)) / (k * k * i) ** 0.5
    class_norms = lambda: {"gain": jnp.ones((CLASSES, G)), "offset": jnp.zeros((CLASSES, G))}
    block = lambda: {"norms": [class_norms(), class_norms()], "first": filters(3, G, G), "second": filters(3, G, G),
                     "short": filters(1, G, G)}
    g = {"in": random.normal(next(keys), (128, 16 * G)) / 128**0.5, "in_bias": jnp.zeros(16 * G), "blocks": [block() for _ in range(3)],
         "gain": jnp.ones(G), "offset": jnp.zeros(G), "out": filters(3, G, 3), "out_bias": jnp.zeros(3)}
    w = {f"first{i}": filters(3, D if i else 3, D) for i in range(4)} | {f"second{i}": filters(3, D, D) for i in range(4)}
    w |= {"short0": filters(1, 3, D), "short1": filters(1, D, D)}
    b = {name: jnp.zeros(D) for name in w}
    w |= {"dense": filters(1, D, 1)[0, 0], "classes": filters(1, D, CLASSES)[0, 0]}
    u = {name: random.normal(next(keys), (t.shape[-1],)) for name, t in w.items()}
    return {"g": optimizer(g), "d": optimizer({"w": w, "b": b}), "u": u, "key": random.key(1)}


def draw(key, count):
    kz, ky = random.split(key)
    return random.normal(kz, (count, 128)), random.randint(ky, (count,), 0, CLASSES)


def hinge(p, u, g, x, y, key):
    noise, drawn = random.split(key)
    z, c = draw(drawn, BATCH)
    real, u = discriminate(p, u, x + random.uniform(noise, x.shape) / 128, y)
    fake, u = discriminate(p, u, lax.stop_gradient(generate(g, z, c)), c)
    return relu(1 - real).mean() + relu(1 + fake).mean(), u


def step(s, x, y):
    g, d, u, (key, first, *keys) = s["g"], s["d"], s["u"], random.split(s["key"], D_STEPS + 2)
    z, c = draw(first, 2 * BATCH)

    def deceive(p):
        score, new = discriminate(d["p"], u, generate(p, z, c), c)
        return -score.mean(), new

    slope, u = jax.grad(deceive, has_aux=True)(g["p"])
    g = adam(g, slope)
    for k in keys:
        slope, u = jax.grad(hinge, has_aux=True)(d["p"], u, g["p"], x, y, k)
        d = adam(d, slope)
    return {"g": g, "d": d, "u": u, "key": key}


def main():
    x = random.uniform(random.key(2), (BATCH, 32, 32, 3), minval=-1, maxval=1)
    y = random.randint(random.key(3), (BATCH,), 0, CLASSES)
    jax_peer.measure(step, first_state(), (x, y), STEPS, D_STEPS * BATCH)


main()
