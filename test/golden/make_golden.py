# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Makes the golden files beside it: three steps of models/dcgan.gan and models/ring.gan in PyTorch, float64.

usage: make_golden.py [FOLDER]        (needs torch and numpy; default: this folder)

Networks, losses and optimizers are PyTorch's own, written as its users write them; first values, latents and data are the
ones that a trainer with the same seed draws. A file holds every parameter and buffer of the networks after the last step under
its name in the weights file, and each player's losses, one per step, as `loss.PLAYER`.

usage: make_golden.py --judge SEEDS   prints those of the first SEEDS seeds that are well conditioned

An activation that is zero up to rounding is a kink: on which side f32 finds it is chance, and Adam makes a visible step of it. So the
seed of a case is one where values that move by as much as f32 rounds (JITTER, of every parameter before every step) move no result by
more than half the limit of the comparison.
"""

import math
import pathlib
import sys

import draws
import numpy as np
import tensors
import torch
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits as bce

STEPS, BATCH = 3, 8
SEEDS = {"dcgan28": 0, "dcgan64": 84, "ring": 7}
JITTER, TRIALS, LIMIT = 3e-7, 16, 5e-6
LATENT = {"dcgan": 100, "ring": 16}


def dcgan_networks(size, channels, width):
    """The networks of the PyTorch example at 64 pixels; 28 pixels start from, and end at, 7x7."""
    first, widths = (7, [width, 2 * width]) if size == 28 else (4, [width * m for m in (1, 2, 4, 8)])

    def up(i, o):
        return nn.ConvTranspose2d(i, o, 4, 2, 1, bias=False)

    def down(i, o):
        return nn.Conv2d(i, o, 4, 2, 1, bias=False)

    m = widths[::-1]
    g = [nn.ConvTranspose2d(LATENT["dcgan"], m[0], first, 1, 0, bias=False), nn.BatchNorm2d(m[0]), nn.ReLU()]
    for i, o in zip(m, m[1:]):
        g += [up(i, o), nn.BatchNorm2d(o), nn.ReLU()]
    g += [up(width, channels), nn.Tanh()]
    d = [down(channels, width), nn.LeakyReLU(0.2)]
    for i, o in zip(widths, widths[1:]):
        d += [down(i, o), nn.BatchNorm2d(o), nn.LeakyReLU(0.2)]
    d += [nn.Conv2d(widths[-1], 1, first, 1, 0, bias=False), nn.Flatten(0)]
    return nn.Sequential(*g), nn.Sequential(*d)


def ring_networks(width):
    def mlp(sizes, activation):
        layers = []
        for i, o in zip(sizes, sizes[1:]):
            layers += [nn.Linear(i, o), activation]
        return layers[:-1]

    g = mlp([LATENT["ring"], width, width, 2], nn.ReLU())
    d = mlp([2, width, width, 1], nn.LeakyReLU(0.2))
    return nn.Sequential(*g), nn.Sequential(*d, nn.Flatten(0))


KINDS = {nn.Conv2d: "conv", nn.ConvTranspose2d: "conv_transpose", nn.BatchNorm2d: "batch_norm", nn.Linear: "dense"}


def storage(network, name):
    """Pairs of a path in the weights file and the tensor of PyTorch: layers are counted by kind."""
    counts = {}
    for layer in network:
        kind = KINDS.get(type(layer))
        if kind is None:
            continue
        number = counts[kind] = counts.get(kind, -1) + 1
        for own, tensor in [*layer.named_parameters(), *layer.named_buffers()]:
            if own != "num_batches_tracked":
                yield f"{name}.{kind}.{number}.{own}", layer, own, tensor


def initialise(network, name, seed):
    """Normal(0, 0.02) for convolutions, normal(1, 0.02) for gains of batch norms, PyTorch's uniform for dense layers."""
    with torch.no_grad():
        for path, layer, own, tensor in storage(network, name):
            if isinstance(layer, nn.BatchNorm2d) and own != "weight":
                continue  # PyTorch's constants.
            if isinstance(layer, nn.Linear):
                limit = 1 / math.sqrt(layer.in_features)
                kind = ("uniform", -limit, limit)
            else:
                kind = ("normal", float(isinstance(layer, nn.BatchNorm2d)), 0.02)
            tensor.copy_(torch.from_numpy(draws.first_value(path, tuple(tensor.shape), seed, *kind)))


def adam(network, lr):
    return torch.optim.Adam(network.parameters(), lr, betas=(0.5, 0.999))


def update(optimizer, loss, log):
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    log.append(loss.item())


def jitter(networks, generator):
    with torch.no_grad():
        for network in networks:
            for tensor in network.parameters():
                tensor.mul_(1 + JITTER * torch.randn(tensor.shape, generator=generator))


def play(g, d, seed, lr, latent_shape, data, new_draw_for_g, noise=None):
    """Alternating moves. Returns the losses by player. Each move with a draw of its own counts; `data` and latents follow the count."""
    optimizers = adam(g, lr), adam(d, lr)
    losses = {"discriminator": [], "generator": []}
    ones, zeros = torch.ones(BATCH), torch.zeros(BATCH)
    moves = 0

    def latents():
        return torch.from_numpy(draws.latents("z", BATCH, latent_shape[0], seed, moves)).reshape(BATCH, *latent_shape)

    for _ in range(STEPS):
        if noise is not None:
            jitter((g, d), noise)
        x, fake = torch.from_numpy(data(seed, moves)), g(latents())
        update(optimizers[1], bce(d(x), ones) + bce(d(fake.detach()), zeros), losses["discriminator"])
        moves += 1
        if new_draw_for_g:
            fake = g(latents())
            moves += 1
        update(optimizers[0], bce(d(fake), ones), losses["generator"])
    return losses


def results(case, seed, noise=None):
    """Everything that a golden file holds, by name."""
    networks, game = case
    g, d = networks()
    initialise(g, "G", seed)
    initialise(d, "D", seed)
    found = {f"loss.{player}": np.array(values) for player, values in play(g, d, seed, noise=noise, **game).items()}
    for network, name in ((g, "G"), (d, "D")):
        found |= {name: tensor.detach().numpy() for name, _, _, tensor in storage(network, name)}
    return found


def dcgan(size, channels):
    def images(seed, move):
        return draws.random_images("photos.x", BATCH, (channels, size, size), seed, move)

    return lambda: dcgan_networks(size, channels, width=8), {
        "lr": 2e-4, "latent_shape": (LATENT["dcgan"], 1, 1), "data": images, "new_draw_for_g": False}


def ring():
    angles = 2 * np.pi * np.arange(8) / 8
    centres = 2 * np.stack([np.cos(angles), np.sin(angles)], axis=1)

    def points(seed, move):
        return draws.mixture("points.x", centres, 0.05, BATCH, seed, move)

    return lambda: ring_networks(width=8), {
        "lr": 1e-3, "latent_shape": (LATENT["ring"],), "data": points, "new_draw_for_g": True}


CASES = {"dcgan28": dcgan(28, 1), "dcgan64": dcgan(64, 3), "ring": ring()}


def condition(case, seed):
    """The largest relative change of a result over the trials with jitter, which end where it passes LIMIT."""
    exact, worst = results(case, seed), 0
    for trial in range(TRIALS):
        moved = results(case, seed, torch.Generator().manual_seed(trial))
        worst = max([worst, *(np.linalg.norm(moved[n] - exact[n]) / np.linalg.norm(exact[n]) for n in exact)])
        if worst > LIMIT:
            break
    return worst


def judge(seeds):
    for name, case in CASES.items():
        for seed in range(seeds):
            worst = condition(case, seed)
            if worst <= LIMIT:
                print(f"{name} seed {seed}: {worst:.1e}", flush=True)


def main(folder):
    for name, case in CASES.items():
        found = results(case, SEEDS[name])
        path = folder / f"{name}.safetensors"
        tensors.write(path, {name: (value.shape, value.astype("<f8").tobytes()) for name, value in found.items()})
        print(path)


torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)
if sys.argv[1:2] == ["--judge"]:
    judge(int(sys.argv[2]))
else:
    main(pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path(__file__).parent)
