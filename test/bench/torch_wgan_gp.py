# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The peer of bench.py: the WGAN-GP of models/wgan_gp.gan trained in PyTorch's eager mode, its penalty with create_graph.

usage: torch_wgan_gp.py WIDTH BATCH THREADS STEPS [--best] [--compile] [--device D] [--precision P]
Prints one JSON object: images_per_second (the critic's real images in the median step, two steps of warm-up), peak_mib. A step is five
moves of the critic and one of the generator. `--best` is what an expert adds by hand: channels-last memory, and one call of the critic
for real and fake (it has no batch statistics).
"""

import torch
from torch import nn

import torch_peer

CRITIC_STEPS = 5


def networks(width):
    g = [nn.Linear(128, 64 * width), nn.Unflatten(1, (4 * width, 4, 4)), nn.BatchNorm2d(4 * width), nn.ReLU(True)]
    for m in (2, 1):
        g += [nn.ConvTranspose2d(2 * m * width, m * width, 5, 2, 2, 1), nn.BatchNorm2d(m * width), nn.ReLU(True)]
    g += [nn.ConvTranspose2d(width, 3, 5, 2, 2, 1), nn.Tanh()]
    d = []
    for i, o in ((3, width), (width, 2 * width), (2 * width, 4 * width)):
        d += [nn.Conv2d(i, o, 5, 2, 2), nn.LeakyReLU(0.2, True)]
    return nn.Sequential(*g), nn.Sequential(*d, nn.Flatten(), nn.Linear(64 * width, 1), nn.Flatten(0))


def main(options, width, batch):
    g, d = torch_peer.prepare(options, *networks(width))
    critic, generator = (torch.optim.Adam(network.parameters(), 1e-4, betas=(0.5, 0.9)) for network in (d, g))
    average = [p.detach().clone() for p in g.parameters()]
    x = torch.rand(batch, 3, 32, 32).mul_(2).sub_(1).contiguous(memory_format=options.layout)

    def critic_move():
        with torch.no_grad():
            fake = g(torch.randn(batch, 128)).contiguous(memory_format=options.layout)
        critic.zero_grad()
        if options.best:
            gap = (d(torch.cat([x, fake])) * signs).sum()
        else:
            gap = d(x).mean() - d(fake).mean()
        mix = torch.lerp(x, fake, torch.rand(batch, 1, 1, 1)).requires_grad_(True)
        slope = torch.autograd.grad(d(mix).sum(), mix, create_graph=True)[0].flatten(1).norm(dim=1)
        (10 * (slope - 1).square().mean() - gap).backward()
        critic.step()

    def step():
        for _ in range(CRITIC_STEPS):
            critic_move()
        d.requires_grad_(False)
        generator.zero_grad()
        (-d(g(torch.randn(batch, 128))).mean()).backward()
        generator.step()
        d.requires_grad_(True)
        with torch.no_grad():
            torch._foreach_lerp_(average, list(g.parameters()), 0.001)

    signs = torch.cat([torch.ones(batch), -torch.ones(batch)]) / batch
    torch_peer.measure(options, step, CRITIC_STEPS * batch)


OPTIONS = torch_peer.read(("width", "batch"))
main(OPTIONS, OPTIONS.width, OPTIONS.batch)
