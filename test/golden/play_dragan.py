# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""models/dragan.gan on the InfoGAN networks in PyTorch: a penalty through batch norms, differentiated twice."""

import torch
from layers import batch_norm, conv, conv_transpose, dense, normal
from run import adam
from torch.nn.functional import leaky_relu, relu, softplus

INIT = normal(0.02)


def bn(run, network, i, x):
    return batch_norm(run, f"{network}.batch_norm.{i}", x)


def generator(run, z, width):
    h = relu(bn(run, "G", 0, dense(run, "G.dense.0", z, 16 * width, bias=False, init=INIT)))
    h = relu(bn(run, "G", 1, dense(run, "G.dense.1", h, 98 * width, bias=False, init=INIT)))
    h = conv_transpose(run, "G.conv_transpose.0", h.reshape(-1, 2 * width, 7, 7), width, 4, 2, (1, 1), bias=False, init=INIT)
    return torch.sigmoid(conv_transpose(run, "G.conv_transpose.1", relu(bn(run, "G", 2, h)), 1, 4, 2, (1, 1), init=INIT, bias_init=0))


def discriminator(run, x, width):
    h = leaky_relu(conv(run, "D.conv.0", x, width, 4, 2, 1, init=INIT, bias_init=0), 0.2)
    h = leaky_relu(bn(run, "D", 0, conv(run, "D.conv.1", h, 2 * width, 4, 2, 1, bias=False, init=INIT)), 0.2)
    h = leaky_relu(bn(run, "D", 1, dense(run, "D.dense.0", h.flatten(1), 16 * width, bias=False, init=INIT)), 0.2)
    return dense(run, "D.dense.1", h, 1, init=INIT, bias_init=0).flatten()


def play(run, steps, net, width, latent):
    opt = adam(1e-3, 0.5)

    def fake_scores():
        return discriminator(run, generator(run, run.draw("z", "uniform", -1, 1, (latent,)), width), width)

    for _ in range(steps):
        run.step()
        x = run.images("digits.x", (1, 28, 28), 0, 1)
        loss = softplus(-discriminator(run, x, width)).mean() + softplus(fake_scores()).mean()
        noise = 0.5 * x.std(correction=0) * run.draw("discriminator/dragan_penalty#0/u", "uniform", 0, 1, (1, 28, 28))
        alpha = run.draw("discriminator/dragan_penalty#0/alpha", "uniform", 0, 1)[:, None, None, None]
        around = (x + alpha * noise).requires_grad_()
        (slope,) = torch.autograd.grad(discriminator(run, around, width).sum(), around, create_graph=True)
        penalty = ((slope.flatten(1).norm(dim=1) - 1) ** 2).mean()
        run.move(("discriminator", "D", loss + 0.25 * penalty, opt))
        run.move(("generator", "G", softplus(-fake_scores()).mean(), opt))
        run.log()
