# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Trains a game in two variants, of which theory says that one covers more modes, and counts them.

usage: compare_modes.py unrolled|pacgan FOLDER [--steps N] [--seeds N...]       (`ganc` on the PATH)

unrolled: models/unrolled.gan on the ring with the paper's networks and steps, k = 10 against k = 0 (with the notebook's, k = 0 had
all modes, too, when it was tried for 10,000 steps). pacgan: models/pacgan.gan on the grid, m = 2 against m = 1. Both variants take
the same steps. Seeds 1, 2 and 3; modes are those of modes.py. The mean over the seeds of the first variant has to be above that of
the second.
"""

import argparse
import pathlib
import sys
from dataclasses import dataclass

import modes


@dataclass(frozen=True)
class Contest:
    model: str
    variants: tuple  # Settings: the one with more modes, the other.
    steps: int
    centres: list
    std: float
    samples: int


CONTESTS = {
    "unrolled": Contest("unrolled", ({"net": "paper", "k": 10}, {"net": "paper", "k": 0}), 25_000, modes.circle(8, 2), 0.02, 10_000),
    "pacgan": Contest("pacgan", ({"m": 2}, {"m": 1}), 40_000, modes.square(5, 2), 0.05, 2_500),
}


def play(contest, settings, folder, steps, seeds):
    """The mean number of modes over the seeds."""
    label = "-".join(f"{name}{value}" for name, value in settings.items())
    trainer = folder / label
    modes.build(contest.model, trainer, settings)
    found = []
    for seed in seeds:
        run = folder / f"{label}.{seed}"
        seconds = modes.train(trainer, run, seed, steps)
        counts = modes.cover(modes.sample(trainer, run, seed, contest.samples), contest.centres, contest.std)
        found.append(sum(count > 0 for count in counts))
        print(f"{label}, seed {seed}: {found[-1]} of {len(counts)} modes, {sum(counts) / contest.samples:.1%} of high quality, "
              f"{steps} steps in {seconds:.0f} s", flush=True)
    return sum(found) / len(found)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("contest", choices=CONTESTS)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--steps", type=int)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    contest = CONTESTS[options.contest]
    more, fewer = (play(contest, settings, options.folder, options.steps or contest.steps, options.seeds)
                   for settings in contest.variants)
    print(f"{contest.variants[0]}: {more:.2f} modes, {contest.variants[1]}: {fewer:.2f}")
    return 0 if more > fewer else 1


if __name__ == "__main__":
    sys.exit(main())
