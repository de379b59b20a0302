# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""models/wgan_gp.gan in PyTorch: the norm of a gradient inside a loss, TensorFlow's "same" padding."""

import torch
from layers import batch_norm, conv, conv_transpose, dense
from run import adam
from torch.nn.functional import leaky_relu, relu

SAME = (1, 2)  # Of kernel 5, stride 2, on even extents.


def generator(run, z, width):
    h = dense(run, "G.dense.0", z, 64 * width).reshape(-1, 4 * width, 4, 4)
    h = relu(batch_norm(run, "G.batch_norm.0", h))
    for i, m in enumerate((2, 1)):
        h = conv_transpose(run, f"G.conv_transpose.{i}", h, m * width, 5, 2, SAME, bias=False)
        h = relu(batch_norm(run, f"G.batch_norm.{i + 1}", h))
    return torch.tanh(conv_transpose(run, "G.conv_transpose.2", h, 3, 5, 2, SAME))


def critic(run, x, width):
    for i, m in enumerate((1, 2, 4)):
        x = leaky_relu(conv(run, f"D.conv.{i}", x, m * width, 5, 2, SAME), 0.2)
    return dense(run, "D.dense.0", x.flatten(1), 1).flatten()


def play(run, steps, width, latent, critic_steps):
    opt = adam(1e-4, 0.5, 0.9)

    def fakes():
        return generator(run, run.draw("z", "normal", 0, 1, (latent,)), width)

    for step in range(steps):
        run.step()
        if step > 0:
            run.move(("generator", "G", -critic(run, fakes(), width).mean(), opt))
        for _ in range(critic_steps):
            x, fake = run.images("cifar.x", (3, 32, 32)), fakes()
            t = run.draw("critic/t", "uniform", 0, 1)[:, None, None, None]
            mix = torch.lerp(x, fake, t)
            (slope,) = torch.autograd.grad(critic(run, mix, width).sum(), mix, create_graph=True)
            penalty = ((slope.flatten(1).norm(dim=1) - 1) ** 2).mean()
            gap = critic(run, x, width).mean() - critic(run, fake, width).mean()
            run.move(("critic", "D", 10 * penalty - gap, opt))
        run.log()
