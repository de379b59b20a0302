# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""models/gan_mlp.gan with R1 in PyTorch: gamma / 2 times the squared gradient of the scores of real images."""

import torch
from layers import dense, he_normal
from run import adam
from torch.nn.functional import relu, softplus


def fc(run, path, x, out):
    return dense(run, path, x, out, init=he_normal, bias_init=0)


def generator(run, z, width):
    h = fc(run, "G.dense.1", relu(fc(run, "G.dense.0", z, width)), 784)
    return torch.sigmoid(h).reshape(-1, 1, 28, 28)


def discriminator(run, x, width):
    return fc(run, "D.dense.1", relu(fc(run, "D.dense.0", x.flatten(1), width)), 1).flatten()


def play(run, steps, width, latent, gamma):
    opt = adam(1e-4, 0.5, 0.9)

    def fake_scores():
        return discriminator(run, generator(run, run.draw("z", "uniform", -1, 1, (latent,)), width), width)

    for _ in range(steps):
        run.step()
        x = run.images("digits.x", (1, 28, 28), 0, 1).requires_grad_()
        real = discriminator(run, x, width)
        (slope,) = torch.autograd.grad(real.sum(), x, create_graph=True)
        penalty = gamma / 2 * slope.flatten(1).square().sum(1).mean()
        run.move(("discriminator", "D", softplus(-real).mean() + softplus(fake_scores()).mean() + penalty, opt))
        run.move(("generator", "G", softplus(-fake_scores()).mean(), opt))
        run.log()
