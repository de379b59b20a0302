# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Trains models/ring.gan and counts what its samples cover.

usage: ring_quality.py FOLDER SEEDS NEEDED [--steps N]       (`ganc` on the PATH)

Protocol: 10,000 samples after training, with the seed of the run. A sample is of high quality if it lies within 3 standard
deviations (0.15) of the nearest of the eight centres; a mode is covered if a sample of high quality is nearest to it. A run is good
with 8 of 8 modes, at least 80 % of high quality (a perfect generator has 98.9 %), and 60 s or less of training. NEEDED of the
seeds 1 to SEEDS have to be good.
"""

import argparse
import csv
import math
import pathlib
import subprocess
import sys
import time

STD, RADIUS, SAMPLES = 0.05, 2.0, 10_000
CENTRES = [(RADIUS * math.cos(math.pi * i / 4), RADIUS * math.sin(math.pi * i / 4)) for i in range(8)]


def cover(points):
    """Samples of high quality per mode."""
    counts = [0] * len(CENTRES)
    for point in points:
        distance, nearest = min((math.dist(point, centre), i) for i, centre in enumerate(CENTRES))
        counts[nearest] += distance <= 3 * STD
    return counts


def read_points(path):
    with open(path) as file:
        return [(float(x), float(y)) for x, y in list(csv.reader(file))[1:]]  # The first line is a heading.


def is_good(trainer, folder, seed, steps):
    run = folder / f"run{seed}"
    start = time.monotonic()
    subprocess.run([trainer, "train", "--seed", str(seed), "--run-dir", run, "--overwrite", *steps], check=True,
                   stdout=subprocess.DEVNULL)
    seconds = time.monotonic() - start
    samples = folder / f"samples{seed}.csv"
    subprocess.run([trainer, "sample", "--run", run, "--count", str(SAMPLES), "--seed", str(seed), "-o", samples], check=True,
                   stdout=subprocess.DEVNULL)
    points = read_points(samples)
    assert len(points) == SAMPLES, f"expected {SAMPLES} samples, found {len(points)}"
    counts = cover(points)
    modes, quality = sum(count > 0 for count in counts), sum(counts) / SAMPLES
    print(f"seed {seed}: {modes} of 8 modes, {quality:.1%} of high quality, {seconds:.1f} s; per mode {counts}")
    return modes == 8 and quality >= 0.8 and seconds <= 60


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("seeds", type=int)
    parser.add_argument("needed", type=int)
    parser.add_argument("--steps")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    trainer = options.folder / "ring"
    model = pathlib.Path(__file__).parents[2] / "models" / "ring.gan"
    subprocess.run(["ganc", "build", model, "-o", trainer], check=True)
    steps = ["--steps", options.steps] if options.steps else []
    good = sum(is_good(trainer, options.folder, seed, steps) for seed in range(1, options.seeds + 1))
    print(f"{good} of {options.seeds} runs are good, {options.needed} have to be")
    return 0 if good >= options.needed else 1


if __name__ == "__main__":
    sys.exit(main())
