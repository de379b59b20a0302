# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""models/sngan_cnn.gan in PyTorch: spectral norm on every layer of the discriminator, whose u and v move in each of its calls."""

import torch
from layers import batch_norm, conv, conv_transpose, dense, normal, spectral_norm
from run import adam
from torch.nn.functional import leaky_relu, relu

def generator(run, z, width, init, bias_init=0):
    h = dense(run, "G.dense.0", z, 128 * width, init=init, bias_init=bias_init).reshape(-1, 8 * width, 4, 4)
    for i, m in enumerate((4, 2, 1)):
        h = conv_transpose(run, f"G.conv_transpose.{i}", h, m * width, 4, 2, (1, 1), bias=False, init=init)
        h = relu(batch_norm(run, f"G.batch_norm.{i}", h))
    return torch.tanh(conv(run, "G.conv.0", h, 3, 3, padding=1, init=init, bias_init=bias_init))


def features(run, x, width, init, bias_init=0):
    norm = spectral_norm(run)
    shapes = [(m * width, kernel, stride) for m in (1, 2, 4) for kernel, stride in ((3, 1), (4, 2))] + [(8 * width, 3, 1)]
    for i, (out, kernel, stride) in enumerate(shapes):
        x = leaky_relu(conv(run, f"D.conv.{i}", x, out, kernel, stride, 1, init=init, bias_init=bias_init, weights=norm), 0.1)
    return x.flatten(1)


def discriminator(run, x, width, init):
    return dense(run, "D.dense.0", features(run, x, width, init), 1, init=init, bias_init=0, weights=spectral_norm(run)).flatten()


def play(run, steps, width, latent, std):
    opt, init = adam(2e-4, 0.5), normal(std)

    def fake_scores():
        fake = generator(run, run.draw("z", "normal", 0, 1, (latent,)), width, init)
        return discriminator(run, fake, width, init)

    for _ in range(steps):
        run.step()
        real = discriminator(run, run.images("cifar.x", (3, 32, 32)), width, init)
        run.move(("discriminator", "D", relu(1 - real).mean() + relu(1 + fake_scores()).mean(), opt))
        run.move(("generator", "G", -fake_scores().mean(), opt))
        run.log()
