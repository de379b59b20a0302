# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Says whether a model trains on the simulated GPU as on the CPU: the same bytes of all that is learned and of every number that is logged.

usage: train_on_sim.py MODEL.gan FOLDER [--steps N] [--schedule NAME]... [--set NAME=VALUE]...

Plays N steps (2) from one seed on the CPU and, under each schedule (round-robin and reverse), on the device `sim`, whose checks are all on.
FOLDER takes what the runs leave. `ganc` is on the PATH.
"""

import argparse
import json
import pathlib
import subprocess
import sys
import time


def train(trainer, folder, options, *device):
    """What the run left: the bytes of each file of tensors, and the log without its rates."""
    subprocess.run([trainer, "train", "--data", "random", "--steps", options.steps, "--seed", "5", "--log-every", "1", "--new",
                    "--run-dir", folder, *device], check=True, stdout=subprocess.DEVNULL)
    lines = [json.loads(line) for line in (folder / "metrics.jsonl").read_text().splitlines()]
    for line in lines:
        line.pop("images_per_second")
    left = {path.name: path.read_bytes() for path in folder.glob("*.safetensors")}
    return left | {"metrics.jsonl": lines}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("model")
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--steps", default="2")
    parser.add_argument("--schedule", action="append")
    parser.add_argument("--set", action="append", default=[])
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    trainer = options.folder / "trainer"
    settings = [word for setting in options.set for word in ("--set", setting)]
    subprocess.run(["ganc", "build", options.model, *settings, "--target=cuda", "-o", trainer], check=True)
    expected = train(trainer, options.folder / "cpu", options)
    failed = "weights.safetensors" not in expected or not expected["metrics.jsonl"]
    for schedule in options.schedule or ["round-robin", "reverse"]:
        start = time.monotonic()
        found = train(trainer, options.folder / "sim", options, "--device", "sim", "--sim-schedule", schedule)
        print(f"{schedule}: {options.steps} steps in {time.monotonic() - start:.1f} s")
        for name in sorted(expected.keys() | found.keys()):
            if expected.get(name) != found.get(name):
                failed = True
                print(f"error: {schedule}: {name} differs from the CPU's")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
