# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Says whether models cost what they did: kernels, launches and bytes by the plan, and instructions as they run. Nothing here is a time.

usage: costs.py TABLE FOLDER [--write]

A row of TABLE is a model with its settings, `precision` among them; behind `|` what it costs:
  kernels, MiB           of the steps of all phases, by `ganc explain`, in a file for CPUs
  launches, GPU MiB      the same in a file for GPUs
  CPU Kinstr             thousands of instructions in kernels of two steps on one thread with AVX2, counted by valgrind: those of a run of
                         three steps less those of a run of one; what they are not, files and losses, costs what libraries please
  warp instr             instructions of warps in a whole run of one step on the simulated GPU
`-` stands where a model is too large to be run here. Plans must cost what they did, to the digit; instructions may differ by 2 %. Costs that
fell fail too: the table is written anew (--write) in the commit that made them fall, so that nobody loses them again unseen. Without
valgrind its column is left out, and that is said.
FOLDER takes trainers and runs. `ganc` is on the PATH.
"""

import argparse
import pathlib
import re
import shutil
import subprocess
import sys

COLUMNS = ("kernels", "MiB", "launches", "GPU MiB", "CPU Kinstr", "warp instr")
PLANNED = 4  # columns
# Of instructions, as LLVM is patched: two runs differ by 0.02 % where a step is small, by none on the GPU.
TOLERANCE = 0.02


def said_by(*command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        sys.exit(f"error: {' '.join(map(str, command))}\n{done.stdout}")
    return done.stdout


def steps_below(text, heading):
    """The numbers of the entries that are steps of phases, "train.0", below a heading of `ganc explain`, added by column."""
    table = re.search(rf"^{heading}.*\n((?:.+\n)+)", text, re.MULTILINE)[1]
    rows = [line.split() for line in table.splitlines()]
    return [sum(column) for column in zip(*(map(float, row[1:]) for row in rows if re.search(r"\.\d+$", row[0])))]


def planned(model):
    text = said_by("ganc", "explain", *model, "--target=cuda")
    kernels, _, mebibytes = steps_below(text, "entry +kernels")
    _, launches, _, on_gpu, *_ = steps_below(text, "entry on a GPU")
    return [kernels, mebibytes, launches, on_gpu]


def train(command, steps, folder, *options):
    return said_by(*command, "train", "--data", "random", "--steps", str(steps), "--seed", "1", "--threads", "1", "--new", "--quiet",
                   "--run-dir", folder / "run", *options)


def instructions_of_kernels(counts):
    """Those of a file of cachegrind's in code without a name: kernels are mapped from the trainer's file, and have none."""
    blocks = re.split(r"^fn=", counts.read_text(), flags=re.MULTILINE)[1:]
    return sum(int(line.split()[1]) for block in blocks if block.startswith("???\n") for line in block.splitlines()[1:] if line[:1].isdigit())


def counted_on_cpu(model, folder):
    if not shutil.which("valgrind"):
        return None
    trainer = folder / "cpu"
    said_by("ganc", "build", *model, "-o", trainer)
    counts = folder / "counts"
    instructions = {}
    for steps in (1, 3):
        train(("valgrind", "--tool=cachegrind", "--cache-sim=no", f"--cachegrind-out-file={counts}", trainer), steps, folder)
        instructions[steps] = instructions_of_kernels(counts)
    return (instructions[3] - instructions[1]) / 1e3


def counted_on_gpu(model, folder):
    trainer = folder / "gpu"
    said_by("ganc", "build", *model, "--target=cuda", "-o", trainer)
    said = train((trainer,), 1, folder, "--device", "sim", "--profile")
    return float(re.search(r"(\d+) warp instructions$", said, re.MULTILINE)[1])


def costs_of(row, models, folder, runs):
    name, *settings = row.split()
    model = [models / f"{name}.gan"]
    for setting in settings:
        model += [f"--{setting}"] if setting.startswith("precision=") else ["--set", setting]
    return planned(model) + ([counted_on_cpu(model, folder), counted_on_gpu(model, folder)] if runs else [None, None])


def shown(figure):
    return "-" if figure is None else f"{figure:.1f}" if figure % 1 else f"{figure:.0f}"


def compare(row, known, found):
    """Says what differs; whether that is anything."""
    differs = False
    for i, (before, now) in enumerate(zip(known, found, strict=True)):
        allowed = 0 if i < PLANNED or before is None else TOLERANCE * before
        if now is None and before is not None:
            print(f"skipped: {COLUMNS[i]}: no valgrind")
        elif shown(now) != shown(before) and not abs(now - before) <= allowed:
            differs = True
            print(f"error: {row}: {COLUMNS[i]} was {shown(before)}, is {shown(now)}")
    return differs


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("table", type=pathlib.Path)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    if options.write and not shutil.which("valgrind"):
        sys.exit("error: the table is written where there is valgrind, which counts one of its columns")
    options.folder.mkdir(parents=True, exist_ok=True)
    models = pathlib.Path(__file__).resolve().parents[2] / "models"
    differs, lines = False, []
    for line in options.table.read_text().splitlines():
        row, bar, figures = line.partition("|")
        if bar and not line.startswith("#"):
            known = [None if figure == "-" else float(figure) for figure in figures.split()]
            found = costs_of(row, models, options.folder, runs=known[-1] is not None)
            line = f"{row.rstrip():60} |" + "".join(f"{shown(figure):>13}" for figure in found)
            print(line)
            differs |= not options.write and compare(row.strip(), known, found)
        lines.append(line)
    if options.write:
        options.table.write_text("\n".join(lines) + "\n")
    elif differs:
        print(f"If that is meant: python3 {sys.argv[0]} {options.table} {options.folder} --write")
    return 1 if differs else 0


if __name__ == "__main__":
    sys.exit(main())
