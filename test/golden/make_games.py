# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Makes the golden files of games.py: steps of published models in PyTorch, float64.

usage: make_games.py [NAME]...        (needs torch and numpy; default: all)
usage: make_games.py --judge SEEDS [NAME]...   prints those of the first SEEDS seeds that are well conditioned, as make_golden.py does

A file holds every parameter and state of the networks after the last step under its name in the weights file, and each player's
losses, the last of each pass, as `loss.PLAYER`.
"""

import importlib
import pathlib
import sys

import games
import numpy as np
import run
import tensors
import torch

TRIALS, LIMIT = 8, 5e-5


def results(name, seed, noise=None):
    game = games.GAMES[name]
    played = run.Run(seed, games.BATCH, noise)
    importlib.import_module("play_" + (game.script or name)).play(played, games.STEPS, **game.settings)
    return played.results()


def condition(name, seed):
    """The largest relative change of a result over trials with jitter, which end where it passes LIMIT."""
    exact, worst = results(name, seed), 0
    for trial in range(TRIALS):
        moved = results(name, seed, torch.Generator().manual_seed(trial))
        worst = max([worst, *(np.linalg.norm(moved[n] - exact[n]) / (np.linalg.norm(exact[n]) or 1) for n in exact)])
        if worst > LIMIT:
            break
    return worst


def judge(seeds, names):
    for name in names:
        for seed in range(seeds):
            worst = condition(name, seed)
            if worst <= LIMIT:
                print(f"{name} seed {seed}: {worst:.1e}", flush=True)


def make(names):
    for name in names:
        found = results(name, games.GAMES[name].seed)
        path = pathlib.Path(__file__).parent / f"{name}.safetensors"
        tensors.write(path, {name: (value.shape, value.astype("<f8").tobytes()) for name, value in found.items()})
        print(path)


torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)
if sys.argv[1:2] == ["--judge"]:
    judge(int(sys.argv[2]), sys.argv[3:] or games.GAMES)
else:
    make(sys.argv[1:] or games.GAMES)
