# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What the peers in JAX have in common: Adam, and how a step that is one jitted function is compiled and measured.

To be imported after the process was bound to its cores, which jax counts.
"""

import time

import jax
import jax.numpy as jnp

import peer


def optimizer(p):
    """Adam's state before the first step, the parameters `p` with it."""
    return {"p": p, "m": jax.tree.map(jnp.zeros_like, p), "v": jax.tree.map(jnp.zeros_like, p), "t": jnp.zeros(())}


def adam(s, g, rate, beta1, beta2):
    """Such a state after a step along the gradients `g`; `beta1` may be 0, and the first moments are then not read."""
    t = s["t"] + 1
    m = jax.tree.map(lambda m, g: beta1 * m + (1 - beta1) * g, s["m"], g) if beta1 else g
    v = jax.tree.map(lambda v, g: beta2 * v + (1 - beta2) * g * g, s["v"], g)
    p = jax.tree.map(lambda p, m, v: p - rate * m / (1 - beta1**t) / (jnp.sqrt(v / (1 - beta2**t)) + 1e-8), s["p"], m, v)
    return {"p": p, "m": m, "v": v, "t": t}


def measure(step, state, data, steps, images):
    """Compiles `step(state, *data)`, which gives the next state, with its state donated, and measures it (peer.measure)."""
    start = time.perf_counter()
    run = jax.jit(step, donate_argnums=0).lower(state, *data).compile()
    compiled = time.perf_counter() - start

    def advance():
        nonlocal state
        state = jax.block_until_ready(run(state, *data))

    peer.measure(advance, steps, images, compile_seconds=compiled)
