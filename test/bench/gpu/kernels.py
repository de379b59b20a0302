# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""How long each kernel of a step takes on this GPU, beside the least that it could take, and beside cuDNN and cuBLAS for the contractions.

usage: kernels.py BIN [--model MODEL.gan] [--set NAME=VALUE]... [--precision f32|tf32|bf16] [--torch PYTHON] [--driver-folder FOLDER]
                  [--peak-tflops T] [--peak-gbs B] [--steps N]

Our kernels are timed by `train --profile` on the device `cuda`: one after the other, with an event between each two. The roof is the larger
of FLOPs over the GPU's peak and bytes over its bandwidth, from NVIDIA's data sheets where GPUS below knows the name, else as given. With
--torch, every contraction of DCGAN-64 is timed in PyTorch too (library_convs.py): cuDNN for convolutions, cuBLAS for products, the best
algorithm that either finds, channels-last. Exit status 77: no GPU.
"""

import argparse
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import gpu

HERE = pathlib.Path(__file__).parent
MODELS = HERE.parents[2] / "models"
# FLOP/s of f32, tf32 and bf16, without sparsity; bytes/s.
GPUS = {"A100": (19.5e12, 156e12, 312e12, 2.039e12), "H100": (66.9e12, 494.7e12, 989.4e12, 3.35e12), "H200": (66.9e12, 494.7e12, 989.4e12, 4.8e12),
        "B200": (75e12, 1125e12, 2250e12, 7.7e12), "RTX 5090": (104.8e12, 104.8e12, 209.5e12, 1.792e12)}
PRECISIONS = ("f32", "tf32", "bf16")


def peaks(name, options):
    known = next((figures for key, figures in GPUS.items() if key in name), None)
    flops = options.peak_tflops * 1e12 if options.peak_tflops else known and known[PRECISIONS.index(options.precision)]
    bandwidth = options.peak_gbs * 1e9 if options.peak_gbs else known and known[3]
    if not flops or not bandwidth:
        sys.exit(f"kernels.py: the peaks of '{name}' are not known: give --peak-tflops and --peak-gbs")
    return flops, bandwidth


def profile(options, folder, environment):
    """(name, ms a call, calls a step, GFLOP/s, GB/s) of each launch, as the trainer tells them."""
    trainer = folder / "trainer"
    settings = [word for item in options.set for word in ("--set", item)]
    subprocess.run([options.bin / "ganc", "build", options.model, *settings, f"--precision={options.precision}", "--target=cuda", "-o", trainer],
                   check=True)
    done = subprocess.run([trainer, "train", "--data", "random", "--steps", str(options.steps), "--new", "--run-dir", folder / "run",
                           "--sample-every", "0", "--device", "cuda", "--profile"], capture_output=True, text=True, env=environment)
    if done.returncode != 0:
        sys.exit(f"kernels.py: {done.stderr.strip().splitlines()[-1]}")
    row = re.compile(r"^\s*([\d.]+)%\s+([\d.]+)\s+([\d.]+)\s+([\d.]+)\s+([\d.]+)\s.*?([kg]\d+_\S+ \(\w+\).*)$")
    for line in (done.stdout + done.stderr).splitlines():
        if found := row.match(line):
            share, ms, calls, gflops, gbs = map(float, found.groups()[:5])
            yield found.group(6), ms, calls, gflops, gbs


def library(options):
    command = [options.torch, HERE / "library_convs.py", options.precision]
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    if done.returncode != 0:
        print(f"kernels.py: cuDNN is left out: {done.stderr.strip().splitlines()[-1]}", file=sys.stderr)
        return []
    return json.loads(done.stdout.splitlines()[-1])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("bin", type=pathlib.Path)
    parser.add_argument("--model", type=pathlib.Path, default=MODELS / "dcgan.gan")
    parser.add_argument("--set", action="append", default=[])
    parser.add_argument("--precision", choices=PRECISIONS, default="tf32")
    parser.add_argument("--torch")
    parser.add_argument("--driver-folder", default="")
    parser.add_argument("--peak-tflops", type=float)
    parser.add_argument("--peak-gbs", type=float)
    parser.add_argument("--steps", type=int, default=20)
    options = parser.parse_args()
    driver = os.path.join(options.driver_folder, gpu.DRIVER) if options.driver_folder else gpu.DRIVER
    with gpu.Gpu(driver) as device:
        name = device.name
    flops, bandwidth = peaks(name, options)
    paths = [options.driver_folder, os.environ.get("LD_LIBRARY_PATH", "")]
    environment = os.environ | {"LD_LIBRARY_PATH": ":".join(path for path in paths if path)}
    print(f"{name}, {options.precision}: {'of roof':>8} {'ms/call':>9} {'calls':>6} {'TFLOP/s':>8} {'GB/s':>8}  kernel")
    with tempfile.TemporaryDirectory() as folder:
        for kernel, ms, calls, gflops, gbs in profile(options, pathlib.Path(folder), environment):
            roof = max(gflops * 1e9 / flops, gbs * 1e9 / bandwidth)
            print(f"{'':{len(name) + len(options.precision) + 3}} {roof:8.1%} {ms:9.3f} {calls:6.0f} {gflops / 1e3:8.2f} {gbs:8.0f}  {kernel}")
    for row in library(options) if options.torch else []:
        print(f"{row['library']:>8}: {row['ms']:9.3f} ms {row['tflops']:8.2f} TFLOP/s  {row['what']}")


if __name__ == "__main__":
    gpu.explain("kernels.py", main)
