# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""models/pacgan.gan in PyTorch: two samples per decision, batch norm in groups, maxout, simultaneous moves, a fixed set of points."""

import numpy as np
import torch
from layers import batch_norm, dense, normal
from run import adam
from torch.nn.functional import relu, softplus

M, COUNT = 2, 100_000
CENTRES = np.array([[2.0 * (i // 5 - 2), 2.0 * (i % 5 - 2)] for i in range(25)])


def generator(run, z, width, group, init):
    for i in range(4):
        h = dense(run, f"G.dense.{i}", z, width, bias=False, init=init)
        z = relu(batch_norm(run, f"G.batch_norm.{i}", h, eps=1e-4, momentum=0.05, group=group))
    return dense(run, "G.dense.4", z, 2, init=init, bias_init=0)


def discriminator(run, x, units, pieces, init):
    for i in range(3):
        x = torch.stack([dense(run, f"D.maxout.{i}.piece.{k}", x, units, init=init, bias_init=0) for k in range(pieces)]).amax(0)
    return dense(run, "D.dense.0", x, 1, init=init, bias_init=0).flatten()


def pack(x):
    return torch.cat(x.chunk(M), dim=1)


def play(run, steps, width, units, pieces, std):
    opt, batch, init = adam(1e-4, 0.8), run.batch, normal(std)
    for _ in range(steps):
        run.step()
        x = run.points("plane", "x", CENTRES, 0.05, COUNT, M * batch)
        z = run.draw("z", "normal", 0, 1, (2,), M * batch)
        fake = pack(generator(run, z, width, batch, init))
        real, score = (discriminator(run, two, units, pieces, init) for two in (pack(x), fake))
        run.move(("discriminator", "D", softplus(-real).mean() + softplus(score).mean(), opt),
                 ("generator", "G", softplus(-score).mean(), opt))
        run.log()
