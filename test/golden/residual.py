# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Residual blocks, conditional batch norm and the projection head in PyTorch, with the paths of the library."""

from layers import batch_norm, dense, normal, plain
from torch.nn.functional import avg_pool2d, interpolate, relu


def embedding(run, path, y, classes, size, init=normal(1), weights=plain):
    return weights(path, run.param(path + ".weight", (classes, size), init))[y]


def cond_batch_norm(run, path, x, y, classes, eps=1e-5, momentum=0.1):
    h = batch_norm(run, path + ".batch_norm.0", x, eps, momentum, affine=False)
    gain = embedding(run, path + ".weight", y, classes, x.shape[1], 1)
    offset = embedding(run, path + ".bias", y, classes, x.shape[1], 0)
    return h * gain[:, :, None, None] + offset[:, :, None, None]


def up(path, h, n, norm, conv):
    """`norm` takes (path, h), `conv` (path, h, channels, kernel)."""

    def larger(x):
        return interpolate(x, scale_factor=2, mode="nearest")

    r = conv(path + ".conv.0", larger(relu(norm(path, 0, h))), n, 3)
    r = conv(path + ".conv.1", relu(norm(path, 1, r)), n, 3)
    return r + conv(path + ".conv.2", larger(h), n, 1)


def down(path, h, n, conv, first=False, pool=True):
    def smaller(x):
        return avg_pool2d(x, 2) if pool else x

    r = conv(path + ".conv.1", relu(conv(path + ".conv.0", h if first else relu(h), n, 3)), n, 3)
    if first:
        return smaller(r) + conv(path + ".conv.2", smaller(h), n, 1)
    if pool or h.shape[1] != n:
        return smaller(r) + smaller(conv(path + ".conv.2", h, n, 1))
    return r + h


def projection(run, path, f, y, classes, bias, init, weights):
    score = dense(run, path + ".dense.0", f, 1, bias=bias, init=init, bias_init=0, weights=weights).flatten()
    return score + (f * embedding(run, path + ".embedding.0", y, classes, f.shape[1], init, weights)).sum(1)
