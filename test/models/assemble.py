# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""NVIDIA's assembler takes every kernel of every model at its published size, for four generations of GPUs and every precision.

usage: assemble.py FOLDER [NAME]...     (`ganc` on the PATH; FOLDER for its files; default: all of models/)

Registers spilled to memory are an error, as is code that ptxas does not take; without ptxas all is skipped.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys

MODELS = pathlib.Path(__file__).resolve().parents[2] / "models"
# The code for sm_90a is its own (wgmma), that of the others is one.
CODES = {"cuda": ["sm_80", "sm_100", "sm_120"], "cuda:sm_90a": ["sm_90a"]}
PRECISIONS = ["f32", "tf32", "bf16"]


def find_ptxas():
    home = os.environ.get("CUDA_HOME", "/usr/local/cuda")
    return shutil.which("ptxas", path=home + "/bin") or shutil.which("ptxas")


def faults_of(ptxas, code, architecture, folder):
    """What ptxas has against the code, a line each, and how many kernels it took."""
    done = subprocess.run([ptxas, "-v", "-arch=" + architecture, code, "-o", folder / "code.cubin"], capture_output=True, text=True)
    if done.returncode != 0:
        return ["refused: " + done.stderr.strip().splitlines()[0]], 0
    faults, kernel = [], None
    for line in done.stderr.splitlines():
        if entry := re.search(r"Compiling entry function '([^']+)'", line):
            kernel = entry[1]
        elif (spill := re.search(r"(\d+) bytes spill stores, (\d+) bytes spill loads", line)) and spill.groups() != ("0", "0"):
            faults.append(f"{kernel} spills: {spill[0]}")
        elif "serialized" in line:
            faults.append(line.strip())
    return faults, done.stderr.count("Compiling entry function")


def main():
    ptxas, folder = find_ptxas(), pathlib.Path(sys.argv[1])
    if not ptxas:
        print("skipped: there is no ptxas")
        return 0
    folder.mkdir(parents=True, exist_ok=True)
    bad = 0
    for model in sorted(MODELS.glob("*.gan")):
        if sys.argv[2:] and model.stem not in sys.argv[2:]:
            continue
        for precision in PRECISIONS:
            for target, architectures in CODES.items():
                code = folder / "code.ptx"
                with open(code, "w") as ptx:
                    subprocess.run(["ganc", "build", model, "--emit=ptx", "--target=" + target, "--precision=" + precision], stdout=ptx, check=True)
                for architecture in architectures:
                    faults, kernels = faults_of(ptxas, code, architecture, folder)
                    print(f"{model.stem:16} {precision:5} {architecture:7} {kernels:4} kernels", *faults, sep="\n    " if faults else " ", flush=True)
                    bad += len(faults)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
