# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Layers in PyTorch for a Run, with the paths and first values that the library of the language gives them."""

import math

import torch
from torch.nn import functional as F


def normal(std, mean=0):
    return ("normal", mean, std)


def fans(shape):
    """As torch.nn.init counts them."""
    area = math.prod(shape[2:])
    return shape[1] * area, shape[0] * area


def fan_uniform(shape):
    limit = 1 / math.sqrt(fans(shape)[0])
    return ("uniform", -limit, limit)


def he_normal(shape):
    return normal(math.sqrt(2 / fans(shape)[0]))


def glorot_uniform(gain=1):
    def init(shape):
        limit = gain * math.sqrt(6 / sum(fans(shape)))
        return ("uniform", -limit, limit)

    return init


def orthogonal(gain):
    """A frame from normal numbers: rows, or columns if these are fewer, made orthonormal in turn."""
    return ("orthogonal", gain, None)


def bias_of(run, path, size, init, shape):
    return run.param(path + ".bias", (size,), init(shape) if callable(init) else init)


def plain(path, weight):
    return weight


def dense(run, path, x, out, bias=True, init=fan_uniform, bias_init=fan_uniform, weights=plain):
    shape = (out, x.shape[1])
    y = F.linear(x, weights(path, run.param(path + ".weight", shape, init)))
    return y + bias_of(run, path, out, bias_init, shape) if bias else y


def conv(run, path, x, out, kernel, stride=1, padding=0, bias=True, init=fan_uniform, bias_init=fan_uniform, weights=plain):
    """`padding`: a number, or the (before, after) of both axes."""
    shape = (out, x.shape[1], kernel, kernel)
    before, after = (padding, padding) if isinstance(padding, int) else padding
    weight = weights(path, run.param(path + ".weight", shape, init))
    y = F.conv2d(F.pad(x, (before, after, before, after)), weight, stride=stride)
    return y + bias_of(run, path, out, bias_init, shape)[:, None, None] if bias else y


def conv_transpose(run, path, x, out, kernel, stride, crop, bias=True, init=fan_uniform, bias_init=fan_uniform):
    """`crop`: how much of the whole result goes at the (start, end) of both axes."""
    shape = (x.shape[1], out, kernel, kernel)
    y = F.conv_transpose2d(x, run.param(path + ".weight", shape, init), stride=stride)
    y = y[:, :, crop[0]:y.shape[2] - crop[1], crop[0]:y.shape[3] - crop[1]]
    return y + bias_of(run, path, out, bias_init, shape)[:, None, None] if bias else y


def batch_norm(run, path, x, eps=1e-5, momentum=0.1, affine=True, group=None):
    """With `group`, samples are normalised in groups; the running averages are those of the whole batch."""
    c = x.shape[1]
    mean, var = run.state(path + ".running_mean", (c,), 0), run.state(path + ".running_var", (c,), 1)
    weight, bias = (run.param(path + ".weight", (c,), 1), run.param(path + ".bias", (c,), 0)) if affine else (None, None)
    whole = F.batch_norm(x, mean, var, weight, bias, training=True, momentum=momentum, eps=eps)
    if group is None:
        return whole
    return torch.cat([F.batch_norm(part, None, None, weight, bias, training=True, eps=eps) for part in x.split(group)])


def spectral_norm(run, update=True, eps=1e-12):
    """As torch.nn.utils.spectral_norm: one power iteration per call, u and v constant to the gradient; kept with `update`."""

    def divide(path, weight):
        matrix = weight.flatten(1)
        u = run.state(path + ".spectral_norm.0.u", matrix.shape[:1], normal(1))
        v = run.state(path + ".spectral_norm.0.v", matrix.shape[1:], normal(1))
        with torch.no_grad():
            right = F.normalize(matrix.t() @ u, dim=0, eps=eps)
            left = F.normalize(matrix @ right, dim=0, eps=eps)
            if update:
                u.copy_(left)
                v.copy_(right)
        return weight / torch.dot(left, matrix @ right)

    return divide
