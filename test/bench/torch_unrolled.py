# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The peer of bench.py: the two perceptrons of models/unrolled.gan on a ring, not unrolled (k = 0), in PyTorch's eager mode.

usage: torch_unrolled.py K WIDTH BATCH THREADS STEPS [--best] [--compile] [--device D] [--precision P]
Prints one JSON object: images_per_second (real points in the median step, two steps of warm-up), peak_mib. Both networks move at once, on
one loss, which one backward pass differentiates for both. `--best` is what an expert adds by hand: Adam as one kernel, and one call of the
discriminator for real and fake.
"""

import torch
from torch import nn
from torch.nn import functional as F

import torch_peer


def perceptron(inputs, width, outputs):
    layers = [nn.Linear(inputs, width), nn.Tanh(), nn.Linear(width, width), nn.Tanh(), nn.Linear(width, outputs)]
    for layer in layers[::2]:
        nn.init.orthogonal_(layer.weight, 1.4)
        nn.init.zeros_(layer.bias)
    return nn.Sequential(*layers)


def main(options, width, batch):
    g, d = torch_peer.prepare(options, perceptron(256, width, 2), perceptron(2, width, 1))
    # The generator's loss is the negated one.
    adams = [torch.optim.Adam(network.parameters(), rate, betas=(0.5, 0.999), maximize=maximize, fused=options.best)
             for network, rate, maximize in ((d, 1e-4, False), (g, 1e-3, True))]
    x = torch.randn(batch, 2)

    def step():
        fake = g(torch.randn(batch, 256))
        if options.best:
            value = F.softplus(d(torch.cat([x, fake])) * signs).sum()
        else:
            value = F.softplus(-d(x)).mean() + F.softplus(d(fake)).mean()
        for adam in adams:
            adam.zero_grad()
        (value / batch if options.best else value).backward()
        for adam in adams:
            adam.step()

    signs = torch.cat([-torch.ones(batch, 1), torch.ones(batch, 1)])
    torch_peer.measure(options, step, batch)


OPTIONS = torch_peer.read(("k", "width", "batch"))
assert OPTIONS.k == 0, "this peer does not unroll"
main(OPTIONS, OPTIONS.width, OPTIONS.batch)
