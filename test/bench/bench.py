# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Speed and memory of trainers as ratios to PyTorch's eager mode, both measured here, one after the other, in one run.

usage: bench.py BIN [--threads N] [--rounds N] [--steps N] [--torch PYTHON] [--kernels]

BIN holds ganc, gan-run and gan-bench-kernels. PYTHON is an interpreter that can import torch (default: python3); without one, only our
figures are told. The two take turns for N rounds and the best of each counts, so that a busy moment of the machine harms neither.
Also told: seconds of `ganc build`; how long a whole run of three steps of one image takes, which is mostly start and end; peak memory of
the process, and what `ganc explain` promises of it. `--kernels` adds every contraction of DCGAN as a share of the measured FMA peak.
"""

import argparse
import json
import os
import pathlib
import re
import subprocess
import tempfile
import time

HERE = pathlib.Path(__file__).parent
MODEL = HERE.parents[1] / "models" / "dcgan.gan"
CASES = {"DCGAN-64, 3 channels": (64, 3, 64, 64), "DCGAN-32, 1 channel": (32, 1, 64, 64)}


def output(*command, **options):
    return subprocess.run([str(word) for word in command], check=True, capture_output=True, text=True, **options).stdout


def settings(size, channels, width, batch):
    return [word for pair in (("size", size), ("channels", channels), ("width", width), ("batch", batch))
            for word in ("--set", f"{pair[0]}={pair[1]}")]


def build(tools, case, trainer):
    start = time.perf_counter()
    output(tools / "ganc", "build", MODEL, *settings(*case), "-o", trainer)
    return time.perf_counter() - start


def train(trainer, folder, steps, threads):
    """(images per second of the median logged step but the first two, peak MiB) of one process."""
    command = [trainer, "train", "--data", "random", "--steps", steps, "--threads", threads, "--log-every", 1, "--overwrite",
               "--sample-every", 0, "--run-dir", folder]
    with subprocess.Popen([str(word) for word in command], stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, f"{trainer} ended with status {process.returncode}"
    rates = sorted(json.loads(line)["images_per_second"] for line in (folder / "metrics.jsonl").read_text().splitlines()[2:])
    return rates[len(rates) // 2], usage.ru_maxrss / 1024


def short_run(tools, case, folder):
    """Seconds from exec to exit of a run of three steps on one image, the best of five."""
    trainer = folder / "one"
    build(tools, (*case[:3], 1), trainer)
    times = []
    for _ in range(5):
        start = time.perf_counter()
        train(trainer, folder / "run", 3, 1)
        times.append(time.perf_counter() - start)
    return min(times)


def promised(tools, case):
    text = output(tools / "ganc", "explain", MODEL, *settings(*case))
    return float(re.search(r"in all\s+([\d.]+) MiB", text).group(1))


def torch_run(python, case, threads, steps, *options):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("OPENBLAS_")}
    text = output(python, HERE / "torch_dcgan.py", *case, threads, steps, *options, env=environment)
    return json.loads(text.splitlines()[-1])


def has_torch(python):
    return subprocess.run([python, "-c", "import torch"], capture_output=True).returncode == 0


def measure(name, case, options, folder):
    trainer = folder / "trainer"
    seconds = min(build(options.bin, case, trainer) for _ in range(2))
    ours, eager, best = [], [], []
    for _ in range(options.rounds):
        ours.append(train(trainer, folder / "run", options.steps, options.threads))
        if options.torch:
            eager.append(torch_run(options.torch, case, options.threads, options.steps))
            best.append(torch_run(options.torch, case, options.threads, options.steps, "--best"))
    rate, memory = max(ours)
    print(f"\n{name}, width {case[2]}, batch {case[3]}, f32, {options.threads} threads")
    print(f"  ganc build            {seconds:8.2f} s")
    print(f"  a run of three steps of one image, from start to end {short_run(options.bin, case, folder) * 1000:8.0f} ms")
    print(f"  ours                  {rate:8.1f} images/s  {memory:8.0f} MiB, promised {promised(options.bin, case):.0f}")
    for label, runs in (("PyTorch eager", eager), ("PyTorch by hand", best)):
        if runs:
            peer = max(run["images_per_second"] for run in runs)
            peak = min(run["peak_mib"] for run in runs)
            print(f"  {label:<20}  {peer:8.1f} images/s  {peak:8.0f} MiB    ratio {rate / peer:.2f}, memory {memory / peak:.2f}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("bin", type=pathlib.Path)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--steps", type=int, default=8)
    parser.add_argument("--torch", default="python3")
    parser.add_argument("--kernels", action="store_true")
    options = parser.parse_args()
    if not has_torch(options.torch):
        print(f"{options.torch} cannot import torch: our figures alone")
        options.torch = None
    with tempfile.TemporaryDirectory() as folder:
        for name, case in CASES.items():
            measure(name, case, options, pathlib.Path(folder))
    if options.kernels:
        print(output(options.bin / "gan-bench-kernels", HERE / "dcgan-layers.mlir"))


main()
