# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""models/sngan.gan in PyTorch: residual networks, conditional batch norm, spectral norm, projection, rates that fall to zero."""

import torch
from layers import batch_norm, conv, dense, glorot_uniform, plain, spectral_norm
from residual import cond_batch_norm, down, projection, up
from run import adam
from torch.nn.functional import relu


def convolution(run, bias=True, weights=plain):
    def apply(path, h, n, kernel):
        init = glorot_uniform(2**0.5 if kernel == 3 else 1)
        return conv(run, path, h, n, kernel, padding=kernel // 2, bias=bias, init=init, bias_init=0, weights=weights)

    return apply


def generator(run, z, y, width, classes):
    def norm(path, i, h):
        return cond_batch_norm(run, f"{path}.cond_batch_norm.{i}", h, y, classes, eps=2e-5)

    h = dense(run, "G.dense.0", z, 16 * width, init=glorot_uniform(), bias_init=0).reshape(-1, width, 4, 4)
    for i in range(3):
        h = up(f"G.residual_up.{i}", h, width, norm, convolution(run, bias=False))
    return torch.tanh(convolution(run)("G.conv.0", relu(batch_norm(run, "G.batch_norm.0", h, eps=2e-5)), 3, 3))


def discriminator(run, x, y, width, classes):
    norm = spectral_norm(run)
    h = down("D.residual_down.0", x, width, convolution(run, weights=norm), first=True)
    for i in range(3):
        h = down(f"D.residual_down.{i + 1}", h, width, convolution(run, weights=norm), pool=i == 0)
    return projection(run, "D.projection.0", relu(h).sum((2, 3)), y, classes, False, glorot_uniform(), norm)


def play(run, passes, classes, g, d, latent, d_steps, steps):
    def fake_scores(batch=None):
        z, c = run.draw("z", "normal", 0, 1, (latent,), batch), run.classes("c", classes, batch)
        return discriminator(run, generator(run, z, c, g, classes), c, d, classes)

    for step in range(passes):
        run.step()
        opt = adam(2e-4 * (1 - step / steps), 0, 0.9)
        run.move(("generator", "G", -fake_scores(2 * run.batch).mean(), opt))
        for _ in range(d_steps):
            x = run.images("cifar.x", (3, 32, 32), -1, 127 / 128) + run.draw("u", "uniform", 0, 1 / 128, (3, 32, 32))
            real = discriminator(run, x, run.classes("data/cifar.y", classes), d, classes)
            run.move(("discriminator", "D", relu(1 - real).mean() + relu(1 + fake_scores()).mean(), opt))
        run.log()
