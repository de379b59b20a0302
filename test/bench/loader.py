# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""How fast the loader alone gives images, beside how fast DCGAN at 64 pixels consumes them on this machine: expected is three times as fast.

usage: loader.py BIN IMAGES [--threads N] [--rounds N] [--seconds N]

BIN holds ganc, gan-run and gan-bench-data; IMAGES is an archive or folder of JPEGs. Trainer and loaders take turns; told are the medians of the
rounds and, behind them, the least and the most. A ratio is that of one round. All threads decode, as all compute while the trainer has them
alone (`--data random`). The loader reads a folder, a packed archive in place (tar), and what --data-cache keeps of both once it is filled.
"""

import argparse
import os
import pathlib
import statistics
import subprocess
import sys
import tarfile
import tempfile

import bench

CASE = bench.CASES[0]  # DCGAN at 64 pixels
EXPECTED = 3


def spread(values, digits):
    return f"{statistics.median(values):,.{digits}f} ({min(values):,.{digits}f} to {max(values):,.{digits}f})"


def unpack(images, folder):
    """IMAGES as a folder and as a tar."""
    place, archive = folder / "images", folder / "images.tar"
    if images.is_dir():
        place = images
    else:
        with tarfile.open(images) as file:
            file.extractall(place, filter="data")
        # The classes are the folders on top.
        while len(inner := list(place.iterdir())) == 1 and inner[0].is_dir():
            place = inner[0]
    with tarfile.open(archive, "w") as file:
        file.add(place, arcname="")
    return place, archive


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("bin", type=pathlib.Path)
    parser.add_argument("images", type=pathlib.Path)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        options.folder = pathlib.Path(name)
        options.trainer, options.steps, options.precision = options.folder / "trainer", 12, "f32"
        bench.build(CASE, options)
        folder, archive = unpack(options.images, options.folder)
        cache = options.folder / "cache"
        cache.mkdir()
        loaders = {"folder of JPEGs": (folder,), "tar of JPEGs": (archive,), "packed cache": (folder, cache)}
        rates = {label: [] for label in ("DCGAN-64 trains", *loaders)}
        for _ in range(options.rounds):
            rates["DCGAN-64 trains"].append(bench.train(CASE, options)[0])
            for label, (source, *keep) in loaders.items():
                rates[label].append(float(bench.output(options.bin / "gan-bench-data", options.trainer, source, options.threads,
                                                       options.seconds, *keep)))
    trained = rates.pop("DCGAN-64 trains")
    print(f"images per second, {options.threads} threads\n  {'DCGAN-64 trains':18} {spread(trained, 0)}")
    ratios = {label: [rate / base for rate, base in zip(each, trained)] for label, each in rates.items()}
    for label, each in rates.items():
        print(f"  {label:18} {spread(each, 0)}, {spread(ratios[label], 1)} times as fast")
    slow = [label for label, each in ratios.items() if statistics.median(each) < EXPECTED]
    return f"expected {EXPECTED} times the rate of training: {', '.join(slow)}" if slow else 0


if __name__ == "__main__":
    sys.exit(main())
