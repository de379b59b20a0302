# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The peer of bench.py: the DCGAN of models/dcgan.gan trained in PyTorch's eager mode, the way its example does.

usage: torch_dcgan.py SIZE CHANNELS WIDTH BATCH THREADS STEPS [--best] [--compile] [--device D] [--precision P]
Prints one JSON object: images_per_second (median step, two steps of warm-up), peak_mib. `--best` is what an expert adds by hand:
channels-last memory, and no weight gradients of D in G's move.
"""

import torch
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits as bce

import torch_peer


def networks(size, channels, width):
    first = 7 if size == 28 else 4
    widths = [width * m for m in {28: (1, 2), 32: (1, 2, 4), 64: (1, 2, 4, 8)}[size]]
    g, d = [nn.ConvTranspose2d(100, widths[-1], first, 1, 0, bias=False), nn.BatchNorm2d(widths[-1]), nn.ReLU(True)], []
    for i, o in zip(widths[::-1], widths[-2::-1]):
        g += [nn.ConvTranspose2d(i, o, 4, 2, 1, bias=False), nn.BatchNorm2d(o), nn.ReLU(True)]
    g += [nn.ConvTranspose2d(width, channels, 4, 2, 1, bias=False), nn.Tanh()]
    d += [nn.Conv2d(channels, width, 4, 2, 1, bias=False), nn.LeakyReLU(0.2, True)]
    for i, o in zip(widths, widths[1:]):
        d += [nn.Conv2d(i, o, 4, 2, 1, bias=False), nn.BatchNorm2d(o), nn.LeakyReLU(0.2, True)]
    return nn.Sequential(*g), nn.Sequential(*d, nn.Conv2d(widths[-1], 1, first, 1, 0, bias=False), nn.Flatten(0))


def main(options, size, channels, width, batch):
    g, d = torch_peer.prepare(options, *networks(size, channels, width))
    optimizers = [torch.optim.Adam(network.parameters(), 2e-4, betas=(0.5, 0.999)) for network in (g, d)]
    x = torch.rand(batch, channels, size, size).mul_(2).sub_(1).contiguous(memory_format=options.layout)
    ones, zeros = torch.ones(batch), torch.zeros(batch)

    def step():
        fake = g(torch.randn(batch, 100, 1, 1))
        optimizers[1].zero_grad()
        (bce(d(x), ones) + bce(d(fake.detach()), zeros)).backward()
        optimizers[1].step()
        d.requires_grad_(not options.best)
        optimizers[0].zero_grad()
        bce(d(fake), ones).backward()
        optimizers[0].step()
        d.requires_grad_(True)

    torch_peer.measure(options, step, batch)


OPTIONS = torch_peer.read(("size", "channels", "width", "batch"))
main(OPTIONS, OPTIONS.size, OPTIONS.channels, OPTIONS.width, OPTIONS.batch)
