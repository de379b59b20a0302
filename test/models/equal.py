# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Says whether compiled code trains as the reference interpreter does, in f64 and in f32.

usage: equal.py MODEL.gan FOLDER [--steps N] [--records N] [--seed N] [--shards N] [--f32-limit [NAME=]X]... [--set NAME=VALUE]...

Both play N steps (3) of the model from the same seed. For every parameter and every state of a network |p - r| / |r| in Euclidean
norms (|p| where r is 0), and for every number that is logged the relative error, may reach 1e-10 in f64 and X (1e-5) in f32; with NAME,
X is the limit of that one alone. The interpreter runs the text of stage `grad`, so that whatever comes after is between the two.
FOLDER takes what the runs leave. `ganc` and `gan-interpret` are on the PATH.
"""

import argparse
import json
import math
import pathlib
import re
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "golden"))
import compare
import tensors

def run(*command, **options):
    return subprocess.run([str(word) for word in command], check=True, **options)


def log(path):
    """Every number of a log but the rate, by name, a list over steps."""
    found = {}
    for line in path.read_text().splitlines():
        for name, value in json.loads(line).items():
            if name not in ("step", "phase", "images_per_second"):
                found.setdefault(name, []).append(math.nan if value is None else value)
    return found


def interpret(options, settings, folder):
    """(tensors, log, names of all parameters and states) of the interpreter."""
    text = folder / "grad.mlir"
    with text.open("w") as file:
        run("ganc", "check", options.model, *settings, "--precision=f64", "--emit=grad", stdout=file)
    with (folder / "interpreted.jsonl").open("w") as file:
        run("gan-interpret", text, "--steps", options.steps, "--seed", options.seed, "--data", "random", "--records", options.records,
            "-o", folder / "interpreted.safetensors", stdout=file)
    names = re.findall(r'gan\.storage @("[^"]*"|\S+)\s+(?:param|state) ', text.read_text())
    return (tensors.read(folder / "interpreted.safetensors"), log(folder / "interpreted.jsonl"),
            [name.strip('"') for name in names])


def train(options, settings, folder, precision):
    """(tensors, log) of the trainer."""
    trainer, left = folder / precision, folder / f"{precision}.run"
    run("ganc", "build", options.model, *settings, f"--precision={precision}", f"--shards={options.shards}", "-o", trainer)
    run(trainer, "train", "--data", "random", "--steps", options.steps, "--seed", options.seed, "--log-every", 1, "--threads", 2,
        "--new", "--run-dir", left, stdout=subprocess.DEVNULL)
    return tensors.read(left / "weights.safetensors"), log(left / "metrics.jsonl")


def differences(reference, run_tensors, reference_log, run_log, names):
    for name in names:
        shape, values = reference[name]
        found = run_tensors.get(name, (None, []))
        yield name, compare.error(found[1], values) if list(found[0] or []) == list(shape) else math.inf
    for name, values in reference_log.items():
        found = run_log.get(name, [])
        same = len(found) == len(values)
        yield name, max(compare.error([a], [b]) for a, b in zip(found, values)) if same else math.inf


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("model", type=pathlib.Path)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--steps", default=3)
    parser.add_argument("--records", default=50000)
    parser.add_argument("--seed", default=5)
    parser.add_argument("--shards", default=1)
    parser.add_argument("--f32-limit", action="append", default=[])
    parser.add_argument("--set", action="append", default=[])
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    settings = [word for setting in options.set for word in ("--set", setting)]
    reference, reference_log, names = interpret(options, settings, options.folder)
    failed = not names
    f32_limits = {"": 1e-5}
    for word in options.f32_limit:
        name, _, limit = word.rpartition("=")
        f32_limits[name] = float(limit)
    if unknown := f32_limits.keys() - {"", *names, *reference_log}:
        sys.exit(f"error: there is no {', '.join(unknown)} to limit")
    for precision, limits in (("f64", {"": 1e-10}), ("f32", f32_limits)):
        result = train(options, settings, options.folder, precision)
        found = list(differences(reference, result[0], reference_log, result[1], names))
        for name, value in found:
            limit = limits.get(name, limits[""])
            if value > limit:
                failed = True
                print(f"error: {precision}: {name} differs by {value:.1e}, the limit is {limit:.0e}")
        worst = max(found, key=lambda pair: pair[1])
        print(f"{precision}: {len(found)} tensors and numbers compared; the largest difference is {worst[1]:.1e}, in {worst[0]}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
