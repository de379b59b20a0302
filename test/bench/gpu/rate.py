# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""How many images a second our trainers take on this GPU, beside PyTorch, eager and compiled, and JAX, in one run.

usage: rate.py BIN [--torch PYTHON] [--jax PYTHON] [--precision f32|tf32|bf16]... [--only TEXT] [--rounds N] [--steps N] [--json]

BIN holds ganc and gan-run. PYTHON is an interpreter that can import torch (default: python3) or jax, built for this GPU; without one, that peer
is left out. All take turns for N rounds, the best of each counts. PyTorch is channels-last and leaves out what an expert would (`--best` of
../torch_MODEL.py), under autocast in bf16; JAX multiplies in the same precision. A peer that fails is told by its last line and left out.
Exit status 77: no GPU.
"""

import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import gpu

HERE = pathlib.Path(__file__).parent
BENCH, MODELS = HERE.parent, HERE.parents[2] / "models"
# Settings that ganc and the peers get, the latter in this order; batches of real images in a step.
CASES = [("DCGAN-64", "dcgan", {"size": 64, "channels": 3, "width": 64, "batch": 128}, 1),
         ("WGAN-GP-32, 5 critic moves", "wgan_gp", {"width": 64, "batch": 64}, 5),
         ("SNGAN-ResNet-32, 5 discriminator moves", "sngan", {"g": 256, "d": 128, "batch": 64}, 5)]
JAX_PRECISION = {"f32": "float32", "tf32": "tensorfloat32", "bf16": "bfloat16"}


class PeerFailed(Exception):
    pass


def output(*command, **options):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, **options)
    if done.returncode != 0:
        raise PeerFailed((done.stderr.strip().splitlines() or [f"status {done.returncode}"])[-1])
    return done.stdout


def ours(options, model, settings, batches, precision, folder):
    """Builds once, then gives the function that trains."""
    trainer, run = folder / f"{model}-{precision}", folder / "run"
    words = [word for item in settings.items() for word in ("--set", f"{item[0]}={item[1]}")]
    output(options.bin / "ganc", "build", MODELS / f"{model}.gan", *words, f"--precision={precision}", "--target=cuda", "-o", trainer)

    def train():
        output(trainer, "train", "--data", "random", "--steps", options.steps, "--log-every", 1, "--new", "--sample-every", 0, "--run-dir", run,
               "--device", "cuda", env=options.environment)
        rates = sorted(json.loads(line)["images_per_second"] for line in (run / "metrics.jsonl").read_text().splitlines()[2:])
        return rates[len(rates) // 2] * batches

    return train


def peer(python, script, settings, options, *more, **environment):
    def train():
        text = output(python, BENCH / script, *settings.values(), len(os.sched_getaffinity(0)), options.steps, *more,
                      env=os.environ | environment)
        return json.loads(text.splitlines()[-1])["images_per_second"]
    return train


def runners(options, model, settings, batches, precision, folder):
    yield "ours", ours(options, model, settings, batches, precision, folder)
    if options.torch:
        flags = ("--best", "--device", "cuda", "--precision", precision)
        yield "PyTorch eager", peer(options.torch, f"torch_{model}.py", settings, options, *flags)
        yield "torch.compile", peer(options.torch, f"torch_{model}.py", settings, options, *flags, "--compile")
    if options.jax and (BENCH / f"jax_{model}.py").exists():
        yield "JAX", peer(options.jax, f"jax_{model}.py", settings, options, JAX_DEFAULT_MATMUL_PRECISION=JAX_PRECISION[precision])


def take_turns(options, *case):
    """Images a second by name, the best of all rounds; nothing of those that failed."""
    with tempfile.TemporaryDirectory() as folder:
        best, left = {}, dict(runners(options, *case, pathlib.Path(folder)))
        for _ in range(options.rounds):
            for name, run in list(left.items()):
                try:
                    best[name] = max(best.get(name, 0), run())
                except PeerFailed as reason:
                    print(f"rate.py: {name} failed: {reason}", file=sys.stderr)
                    del left[name]
    return best


def has_package(python, package):
    found = python and shutil.which(python)
    return bool(found) and subprocess.run([found, "-c", f"import {package}"], capture_output=True).returncode == 0


def read_options():
    parser = argparse.ArgumentParser()
    parser.add_argument("bin", type=pathlib.Path)
    parser.add_argument("--torch", default="python3")
    parser.add_argument("--jax")
    parser.add_argument("--precision", action="append", choices=JAX_PRECISION)
    parser.add_argument("--only", default="")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--steps", type=int, default=50)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--driver-folder", default="")
    options = parser.parse_args()
    options.environment = os.environ | {"LD_LIBRARY_PATH": f"{options.driver_folder}:{os.environ.get('LD_LIBRARY_PATH', '')}".strip(":")}
    return options


def main():
    options = read_options()
    with gpu.Gpu(os.path.join(options.driver_folder, gpu.DRIVER) if options.driver_folder else gpu.DRIVER) as device:
        name = device.name
    for package in ("torch", "jax"):
        if not has_package(getattr(options, package), package):
            print(f"rate.py: no {package} in {getattr(options, package) or 'any interpreter given'}: that peer is left out", file=sys.stderr)
            setattr(options, package, None)
    for title, model, settings, batches in CASES:
        for precision in options.precision or ("tf32", "bf16"):
            if options.only not in f"{title} {precision}":
                continue
            rates = take_turns(options, model, settings, batches, precision)
            if options.json:
                print(json.dumps({"gpu": name, "case": title, "precision": precision, "images_per_second": rates}), flush=True)
                continue
            print(f"\n{title}, {precision}, {name}: " + ", ".join(f"{key} {value}" for key, value in settings.items()))
            for label, rate in rates.items():
                ratio = "" if label == "ours" or "ours" not in rates else f"   ours {rates['ours'] / rate:.2f} times as fast"
                print(f"  {label:<14} {rate:10.1f} images/s{ratio}", flush=True)


if __name__ == "__main__":
    gpu.explain("rate.py", main)
