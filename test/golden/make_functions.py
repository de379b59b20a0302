# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Writes functions.safetensors: what Inputs/functions.gan computes, by torch.nn.functional in float64. usage: make_functions.py"""

import draws
import pathlib
import tensors
import torch
import torch.nn.functional as F

STEPS, RATE = 2, 0.1


def values(x, m):
    box = (3, 1, 1, 2)
    return [
        F.max_pool2d(x, 3, 2, 1), F.max_pool2d(x, 2), F.avg_pool2d(x, 3, 2, 1), F.avg_pool2d(x, 2),
        F.adaptive_max_pool2d(x, (3, 4)), F.adaptive_avg_pool2d(x, (3, 4)),
        F.interpolate(x, size=(7, 4), mode="bilinear"), F.interpolate(x, size=(7, 4), mode="bilinear", align_corners=True),
        F.interpolate(x, size=(7, 4)), F.interpolate(x, scale_factor=2), F.interpolate(x, scale_factor=2, mode="bilinear"),
        F.pixel_shuffle(x, 2), F.pixel_unshuffle(x[:, :, :4], 2),
        x.flip(3), torch.rot90(x, 1, (2, 3)), torch.rot90(x, 3, (2, 3)), x.roll(2, 3), x.tile(1, 1, 2, 3), x[:, :, 1:5:2],
        F.pad(x, box, mode="reflect"), F.pad(x, box, mode="replicate"), F.pad(x, box, value=7),
        x.flatten(2).softmax(-1), x.log_softmax(-1), x.logsumexp(1), x.amax((1, 3)), x.amin(2),
        m.inverse(), torch.linalg.slogdet(m)[1],
    ]


def places(x):
    return [x.argmax(2), x.movedim(2, 1).flatten(2).argmin(-1), x.topk(2, 3).indices]


def weighted(y):
    y = y.double().flatten()
    return (y * torch.arange(len(y), dtype=torch.float64).sin()).sum()


def main():
    first = {"N.x": (4, 5, 6), "N.m": (4, 4)}
    x, m = (torch.from_numpy(draws.first_value(name, shape, 0, "normal", 0, 1)).requires_grad_() for name, shape in first.items())
    losses = []
    for _ in range(STEPS):
        sums = torch.stack([weighted(y) for y in values(x[None], m)])
        counted = torch.stack([weighted(y) for y in places(x[None])])
        loss = sums.sum() / 100
        losses.append(loss.detach())
        gradients = torch.autograd.grad(loss, (x, m))
        x, m = ((p - RATE * g).detach().requires_grad_() for p, g in zip((x, m), gradients))
    found = {"N.x": x, "N.m": m, "p.sums": sums, "p.counted": counted, "loss.p": torch.stack(losses)}
    path = pathlib.Path(__file__).with_name("functions.safetensors")
    tensors.write(path, {name: (value.shape, value.detach().numpy().tobytes()) for name, value in found.items()})


main()
