# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Trains models/ring.gan and counts what its samples cover.

usage: ring_quality.py FOLDER SEEDS NEEDED [--steps N]       (`ganc` on the PATH)

Protocol: 10,000 samples after training, with the seed of the run; modes and quality as in modes.py, std 0.05. A run is good
with 8 of 8 modes, at least 80 % of high quality (a perfect generator has 98.9 %), and 60 s or less of training. NEEDED of the
seeds 1 to SEEDS have to be good.
"""

import argparse
import pathlib
import sys

import modes

STD, SAMPLES = 0.05, 10_000
CENTRES = modes.circle(8, radius=2)


def is_good(trainer, folder, seed, steps):
    run = folder / f"run{seed}"
    seconds = modes.train(trainer, run, seed, steps)
    counts = modes.cover(modes.sample(trainer, run, seed, SAMPLES), CENTRES, STD)
    covered, quality = sum(count > 0 for count in counts), sum(counts) / SAMPLES
    print(f"seed {seed}: {covered} of 8 modes, {quality:.1%} of high quality, {seconds:.1f} s; per mode {counts}")
    return covered == 8 and quality >= 0.8 and seconds <= 60


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("seeds", type=int)
    parser.add_argument("needed", type=int)
    parser.add_argument("--steps")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    trainer = options.folder / "ring"
    modes.build("ring", trainer, {})
    good = sum(is_good(trainer, options.folder, seed, options.steps) for seed in range(1, options.seeds + 1))
    print(f"{good} of {options.seeds} runs are good, {options.needed} have to be")
    return 0 if good >= options.needed else 1


if __name__ == "__main__":
    sys.exit(main())
