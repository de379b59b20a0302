# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Says whether a run agrees with a golden file, or one run with another.

usage: compare.py REFERENCE.safetensors WEIGHTS.safetensors METRICS LIMIT

METRICS: one JSON object a line with `PLAYER.loss`. For every tensor of the reference |p - r| / |r| (Euclidean norms; |p| where
r is 0) and for every loss |l - r| / |r| may reach LIMIT. A golden file holds the losses as `loss.PLAYER`, one per step.
"""

import json
import math
import sys

import tensors


def norm(values):
    return math.sqrt(math.fsum(v * v for v in values))


def error(values, reference):
    """The relative error; infinite, not NaN, where a number is not finite."""
    size = norm(reference) or 1.0
    value = norm(a - b for a, b in zip(values, reference)) / size
    return value if math.isfinite(value) else math.inf


def losses(path):
    """The losses of a log by player, a list over steps."""
    found = {}
    with open(path) as file:
        for line in file:
            for name, value in json.loads(line).items():
                if name.endswith(".loss"):
                    found.setdefault("loss." + name.removesuffix(".loss"), []).append(math.nan if value is None else value)
    return found


def differences(reference, run, logged):
    """(name, relative error) of everything in the reference; an error of infinity where the run lacks it."""
    for name, (shape, values) in reference.items():
        if name.startswith("loss."):
            found = logged.get(name, [])
            same = len(found) == len(values)
            yield name, max((error([a], [b]) for a, b in zip(found, values)), default=0.0) if same else math.inf
        else:
            found = run.get(name, (None, []))
            yield name, error(found[1], values) if list(found[0] or []) == list(shape) else math.inf


def main(reference, weights, metrics, limit):
    found = list(differences(tensors.read(reference), tensors.read(weights), losses(metrics)))
    bad = [(name, value) for name, value in found if value > float(limit)]
    for name, value in bad:
        print(f"error: {name} differs by {value:.1e}, the limit is {float(limit):.0e}")
    worst = max(found, key=lambda pair: pair[1])
    print(f"{len(found)} tensors and losses compared; the largest difference is {worst[1]:.1e}, in {worst[0]}")
    return 1 if bad or not found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
