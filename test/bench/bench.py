# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Speed and memory of trainers as ratios to PyTorch and JAX, all measured here, one after the other, in one run.

usage: bench.py BIN [--threads N] [--rounds N] [--steps N] [--torch PYTHON] [--jax PYTHON] [--only TEXT]
                [--precision f32|bf16] [--start] [--kernels] [--json]

BIN holds ganc, gan-run, gan-opt and gan-bench-kernels. PYTHON is an interpreter that can import torch (default: python3) or jax; without one, that
peer is left out. All take turns for N rounds; told are the medians of the rounds and, behind them, the least and the most. A ratio is that of
one round, where all met the same machine. Images are those that the discriminator sees as real.
Also told: seconds of `ganc build`; start to first step (start.py), which `--start` tells alone; peak memory of the process, and what
`ganc explain` promises of it. `--only` takes the cases whose name holds TEXT; `--kernels` adds every contraction of DCGAN, in the form that
`ganc` chooses and counted by the products that this makes, as a share of the measured FMA peak; `--json` prints one object for each case instead of tables. With `--precision bf16` PyTorch runs under its autocast, and JAX
is left out.
"""

import argparse
import dataclasses
import json
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time

import start

HERE = pathlib.Path(__file__).parent
MODELS = HERE.parents[1] / "models"


@dataclasses.dataclass
class Case:
    name: str
    model: str  # a file of models/, and of torch_MODEL.py and jax_MODEL.py
    settings: dict  # with what it is built; the peers get the values in this order
    batches: int = 1  # of real images in a step; the trainer counts one
    steps: int = 1  # that are counted as one, where a step alone is shorter than what it takes to write its losses down


CASES = [Case("DCGAN-64, 3 channels", "dcgan", {"size": 64, "channels": 3, "width": 64, "batch": 64}),
         Case("DCGAN-32, 1 channel", "dcgan", {"size": 32, "channels": 1, "width": 64, "batch": 64}),
         Case("WGAN-GP-32, 5 critic moves", "wgan_gp", {"width": 64, "batch": 64}, batches=5),
         Case("SNGAN-ResNet-32, 5 discriminator moves", "sngan", {"g": 256, "d": 128, "batch": 32}, batches=5),
         Case("MLP GAN on a ring", "unrolled", {"k": 0, "width": 128, "batch": 256}, steps=100)]


def output(*command, **options):
    return subprocess.run([str(word) for word in command], check=True, capture_output=True, text=True, **options).stdout


def program(case, options):
    settings = [word for item in case.settings.items() for word in ("--set", f"{item[0]}={item[1]}")]
    return [MODELS / f"{case.model}.gan", *settings, f"--precision={options.precision}"]


def build(case, options):
    start = time.perf_counter()
    output(options.bin / "ganc", "build", *program(case, options), "-o", options.trainer)
    return time.perf_counter() - start


def train(case, options):
    """(images per second of the median logged step but the first two, peak MiB) of one process."""
    trainer, folder = options.trainer, options.folder / "run"
    command = [trainer, "train", "--data", "random", "--steps", options.steps * case.steps, "--threads", options.threads,
               "--log-every", case.steps, "--new", "--sample-every", 0, "--run-dir", folder]
    with subprocess.Popen([str(word) for word in command], stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, f"{trainer} ended with status {process.returncode}"
    rates = [json.loads(line)["images_per_second"] for line in (folder / "metrics.jsonl").read_text().splitlines()[2:]]
    return statistics.median(rates) * case.batches, usage.ru_maxrss / 1024


def promised(case, options):
    text = output(options.bin / "ganc", "explain", *program(case, options))
    return float(re.search(r"in all\s+([\d.]+) MiB", text).group(1))


def peer_run(python, script, case, threads, steps, *options):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("OPENBLAS_")}
    text = output(python, script, *case.settings.values(), threads, steps, *options, env=environment)
    return json.loads(text.splitlines()[-1])


def peers(case, options):
    """(label, function that runs it once)"""
    torch = ("--precision", options.precision)
    for package, label, extra in (("torch", "PyTorch eager", torch), ("torch", "PyTorch by hand", (*torch, "--best")), ("jax", "JAX", ())):
        python, script = getattr(options, package), HERE / f"{package}_{case.model}.py"
        if python and script.exists() and (package == "torch" or options.precision == "f32"):
            yield label, lambda p=python, s=script, e=extra: peer_run(p, s, case, options.threads, options.steps * case.steps, *e)


def has_package(python, package):
    return bool(python) and subprocess.run([python, "-c", f"import {package}"], capture_output=True).returncode == 0


def take_turns(case, options):
    """Our figures and those of the peers of every round, by label."""
    runs = {}
    for _ in range(options.rounds):
        rate, memory = train(case, options)
        runs.setdefault("ours", []).append({"images_per_second": rate, "peak_mib": memory})
        for label, run in peers(case, options):
            runs.setdefault(label, []).append(run())
    return {label: {name: [run[name] for run in each] for name in ("images_per_second", "peak_mib")} for label, each in runs.items()}


def measure(case, options):
    figures = {"name": case.name, "settings": case.settings, "precision": options.precision, "threads": options.threads,
               "build_seconds": min(build(case, options) for _ in range(2)),
               "start": start.measure(options.trainer, options.folder, options.threads)}
    if options.start:
        return figures
    return figures | {"promised_mib": promised(case, options), "runs": take_turns(case, options)}


def spread(values, digits):
    return f"{statistics.median(values):.{digits}f} ({min(values):.{digits}f} to {max(values):.{digits}f})"


def show(figures):
    sizes = ", ".join(f"{key} {value}" for key, value in figures["settings"].items())
    print(f"\n{figures['name']}: {sizes}, {figures['precision']}, {figures['threads']} threads")
    print(f"  ganc build            {figures['build_seconds']:8.2f} s")
    start.show(figures["start"])
    runs = figures.get("runs", {})
    for label, run in runs.items():
        print(f"  {label:<20}  {spread(run['images_per_second'], 1)} images/s  {statistics.median(run['peak_mib']):8.0f} MiB", end="")
        if run is runs["ours"]:
            print(f", promised {figures['promised_mib']:.0f}", flush=True)
        else:
            ratios = {name: [a / b for a, b in zip(runs["ours"][name], run[name])] for name in run}
            print(f"    ratio {spread(ratios['images_per_second'], 2)}, memory {statistics.median(ratios['peak_mib']):.2f}", flush=True)


def read_options():
    parser = argparse.ArgumentParser()
    parser.add_argument("bin", type=pathlib.Path)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--steps", type=int, default=8, help="at least 3: the first two of ours are not counted")
    parser.add_argument("--torch", default="python3")
    parser.add_argument("--jax")
    parser.add_argument("--only", default="")
    parser.add_argument("--precision", choices=("f32", "bf16"), default="f32", help="of what large products multiply")
    for flag in ("--start", "--kernels", "--json"):
        parser.add_argument(flag, action="store_true")
    options = parser.parse_args()
    if options.steps < 3:
        parser.error(f"--steps: expected 3 or more, found {options.steps}")
    for package in () if options.start else ("torch", "jax"):
        python = getattr(options, package)
        if not has_package(python, package):
            print(f"no {package} in {python or 'any interpreter given'}: that peer is left out", file=sys.stderr)
            setattr(options, package, None)
    return options


def main():
    options = read_options()
    with tempfile.TemporaryDirectory() as folder:
        options.folder = pathlib.Path(folder)
        options.trainer = options.folder / "trainer"
        for case in CASES:
            if options.only in case.name:
                figures = measure(case, options)
                print(json.dumps(figures), flush=True) if options.json else show(figures)
    if options.kernels:
        with tempfile.NamedTemporaryFile(suffix=".mlir") as marked:
            output(options.bin / "gan-opt", HERE / "dcgan-layers.mlir", "-o", marked.name,
                   "--pass-pipeline=builtin.module(func.func(gan-choose-convolutions))")
            print(output(options.bin / "gan-bench-kernels", marked.name))


if __name__ == "__main__":
    main()
