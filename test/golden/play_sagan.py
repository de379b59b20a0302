# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""models/sagan.gan in PyTorch: attention, spectral norm in both networks, the discriminator's u and v moving on the real pass only."""

import torch
from layers import batch_norm, conv, dense, glorot_uniform, spectral_norm
from residual import cond_batch_norm, down, projection, up
from run import adam
from torch.nn.functional import max_pool2d, relu

LEVELS = {16: 2, 32: 3, 64: 4, 128: 5}


def convolution(run, weights, bias=True):
    def apply(path, h, n, kernel):
        return conv(run, path, h, n, kernel, padding=kernel // 2, bias=bias, init=glorot_uniform(), bias_init=0, weights=weights)

    return apply


def attention(run, path, x, weights):
    """x + factor * o(softmax(theta phi^T) g), keys and values pooled by 2, one row of scores per query."""

    def project(name, h, n):
        return conv(run, f"{path}.{name}", h, n, 1, bias=False, init=glorot_uniform(), weights=weights)

    c = x.shape[1]
    theta = project("theta", x, c // 8).flatten(2).transpose(1, 2)
    phi = max_pool2d(project("phi", x, c // 8), 2).flatten(2)
    g = max_pool2d(project("g", x, c // 2), 2).flatten(2).transpose(1, 2)
    y = (torch.softmax(theta @ phi, dim=-1) @ g).transpose(1, 2).reshape(-1, c // 2, *x.shape[2:])
    return x + run.param(path + ".sigma", (), 0) * project("o", y, c)


def look(run, path, h, attend, weights):
    return attention(run, path, h, weights) if h.shape[2] == attend else h


def generator(run, z, y, size, width, attend, classes):
    norm, levels = spectral_norm(run), LEVELS[size]
    top = 2 ** (levels - 1) * width

    def cond(path, i, h):
        return cond_batch_norm(run, f"{path}.cond_batch_norm.{i}", h, y, classes, momentum=0.001)

    h = dense(run, "G.dense.0", z, 16 * top, init=glorot_uniform(), bias_init=0, weights=norm).reshape(-1, top, 4, 4)
    for i in range(levels):
        h = up(f"G.residual_up.{i}", h, top // 2**i, cond, convolution(run, norm, bias=False))
        h = look(run, "G.attention.0", h, attend, norm)
    h = relu(batch_norm(run, "G.batch_norm.0", h, momentum=0.0001))
    return torch.tanh(convolution(run, norm)("G.conv.0", h, 3, 3))


def discriminator(run, x, y, size, width, attend, classes, update):
    norm, levels = spectral_norm(run, update), LEVELS[size]
    cv = convolution(run, norm)
    h = look(run, "D.attention.0", down("D.residual_down.0", x, width, cv, first=True), attend, norm)
    for i in range(1, levels):
        h = look(run, "D.attention.0", down(f"D.residual_down.{i}", h, 2**i * width, cv), attend, norm)
    h = down(f"D.residual_down.{levels}", h, 2 ** (levels - 1) * width, cv, pool=False)
    return projection(run, "D.projection.0", relu(h).sum((2, 3)), y, classes, True, glorot_uniform(), norm)


def play(run, steps, size, attend, classes, width, latent):
    shape = {"size": size, "width": width, "attend": attend, "classes": classes}

    def fake_scores():
        z, c = run.draw("z", "normal", 0, 1, (latent,)), run.classes("c", classes)
        return discriminator(run, generator(run, z, c, **shape), c, **shape, update=False)

    for _ in range(steps):
        run.step()
        x, y = run.images("photos.x", (3, size, size)), run.classes("data/photos.y", classes)
        real = discriminator(run, x, y, **shape, update=True)
        run.move(("discriminator", "D", relu(1 - real).mean() + relu(1 + fake_scores()).mean(), adam(4e-4, 0)))
        run.move(("generator", "G", -fake_scores().mean(), adam(1e-4, 0)))
        run.log()
