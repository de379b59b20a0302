# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The peer of bench.py: the SNGAN-ResNet-32 with projection of models/sngan.gan trained in PyTorch's eager mode.

usage: torch_sngan.py G D BATCH THREADS STEPS [--best] [--compile] [--device D] [--precision P]
G and D are the channels of the two networks. A step is one move of the generator on twice the batch and five of the discriminator.
Prints one JSON object: images_per_second (the discriminator's real images in the median step, two steps of warm-up), peak_mib. `--best`
is what an expert adds by hand: channels-last memory, and no weight gradients of D in G's move.
"""

import torch
from torch import nn
from torch.nn.functional import avg_pool2d, interpolate, relu
from torch.nn.utils import spectral_norm

import torch_peer

CLASSES, D_STEPS = 10, 5


class ClassNorm(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.norm = nn.BatchNorm2d(channels, eps=2e-5, affine=False)
        self.gain, self.offset = nn.Embedding(CLASSES, channels), nn.Embedding(CLASSES, channels)
        nn.init.ones_(self.gain.weight)
        nn.init.zeros_(self.offset.weight)

    def forward(self, h, y):
        return self.norm(h) * self.gain(y)[:, :, None, None] + self.offset(y)[:, :, None, None]


class Up(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.norms = nn.ModuleList(ClassNorm(channels) for _ in range(2))
        self.first, self.second = (nn.Conv2d(channels, channels, 3, padding=1, bias=False) for _ in range(2))
        self.short = nn.Conv2d(channels, channels, 1, bias=False)

    def forward(self, h, y):
        r = self.first(interpolate(relu(self.norms[0](h, y)), scale_factor=2))
        return self.second(relu(self.norms[1](r, y))) + self.short(interpolate(h, scale_factor=2))


class Down(nn.Module):
    def __init__(self, inputs, channels, first=False, pool=True):
        super().__init__()
        self.first, self.second = (spectral_norm(nn.Conv2d(i, channels, 3, padding=1)) for i in (inputs, channels))
        self.short = spectral_norm(nn.Conv2d(inputs, channels, 1)) if pool else None
        self.is_first = first

    def forward(self, h):
        r = self.second(relu(self.first(h if self.is_first else relu(h))))
        if not self.short:
            return r + h
        return avg_pool2d(r, 2) + (self.short(avg_pool2d(h, 2)) if self.is_first else avg_pool2d(self.short(h), 2))


class Generator(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.dense, self.shape = nn.Linear(128, 16 * channels), (channels, 4, 4)
        self.blocks = nn.ModuleList(Up(channels) for _ in range(3))
        self.norm, self.out = nn.BatchNorm2d(channels, eps=2e-5), nn.Conv2d(channels, 3, 3, padding=1)

    def forward(self, z, y):
        h = self.dense(z).unflatten(1, self.shape)
        for block in self.blocks:
            h = block(h, y)
        return torch.tanh(self.out(relu(self.norm(h))))


class Discriminator(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.blocks = nn.Sequential(Down(3, channels, first=True), Down(channels, channels),
                                    *(Down(channels, channels, pool=False) for _ in range(2)))
        self.dense = spectral_norm(nn.Linear(channels, 1, bias=False))
        self.classes = spectral_norm(nn.Embedding(CLASSES, channels))

    def forward(self, x, y):
        f = relu(self.blocks(x)).sum((2, 3))
        return self.dense(f)[:, 0] + (f * self.classes(y)).sum(1)


def main(options, g_width, d_width, batch):
    g, d = torch_peer.prepare(options, Generator(g_width), Discriminator(d_width))
    optimizers = [torch.optim.Adam(network.parameters(), 2e-4, betas=(0.0, 0.9)) for network in (g, d)]
    x = torch.rand(batch, 3, 32, 32).mul_(2).sub_(1).contiguous(memory_format=options.layout)
    y = torch.randint(CLASSES, (batch,))

    def fakes(count):
        c = torch.randint(CLASSES, (count,))
        return g(torch.randn(count, 128), c), c

    def discriminate():
        with torch.no_grad():
            fake, c = fakes(batch)
        optimizers[1].zero_grad()
        (relu(1 - d(x + torch.rand_like(x) / 128, y)).mean() + relu(1 + d(fake, c)).mean()).backward()
        optimizers[1].step()

    def step():
        d.requires_grad_(not options.best)
        optimizers[0].zero_grad()
        (-d(*fakes(2 * batch)).mean()).backward()
        optimizers[0].step()
        d.requires_grad_(True)
        for _ in range(D_STEPS):
            discriminate()

    torch_peer.measure(options, step, D_STEPS * batch)


OPTIONS = torch_peer.read(("g_width", "d_width", "batch"))
main(OPTIONS, OPTIONS.g_width, OPTIONS.d_width, OPTIONS.batch)
