# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Modes that samples in the plane cover, by the protocol of PacGAN: a sample is of high quality if it lies within 3 standard deviations
of the nearest centre; a mode is covered if a sample of high quality is nearest to it."""

import csv
import math
import pathlib
import subprocess
import time

MODELS = pathlib.Path(__file__).resolve().parents[2] / "models"


def circle(count, radius):
    return [(radius * math.cos(2 * math.pi * i / count), radius * math.sin(2 * math.pi * i / count)) for i in range(count)]


def square(side, gap):
    return [(gap * (i // side - (side - 1) / 2), gap * (i % side - (side - 1) / 2)) for i in range(side * side)]


def cover(points, centres, std):
    """Samples of high quality per mode."""
    counts = [0] * len(centres)
    for point in points:
        distance, nearest = min((math.dist(point, centre), i) for i, centre in enumerate(centres))
        counts[nearest] += distance <= 3 * std
    return counts


def read_points(path):
    with open(path) as file:
        return [(float(x), float(y)) for x, y in list(csv.reader(file))[1:]]  # The first line is a heading.


def build(model, trainer, settings):
    words = [word for name, value in settings.items() for word in ("--set", f"{name}={value}")]
    subprocess.run(["ganc", "build", MODELS / f"{model}.gan", *words, "-o", trainer], check=True)


def train(trainer, run, seed, steps=None):
    """Seconds of training."""
    start = time.monotonic()
    subprocess.run([trainer, "train", "--seed", str(seed), "--run-dir", run, "--new",
                    *(["--steps", str(steps)] if steps else [])], check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - start


def sample(trainer, run, seed, count):
    path = run.parent / f"{run.name}.csv"
    subprocess.run([trainer, "sample", "--run", run, "--count", str(count), "--seed", str(seed), "-o", path], check=True,
                   stdout=subprocess.DEVNULL)
    points = read_points(path)
    assert len(points) == count, f"expected {count} samples, found {len(points)}"
    return points
