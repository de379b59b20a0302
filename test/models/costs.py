# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Says whether models cost what they did: kernels, launches and bytes by the plan, and instructions as they run. Nothing here is a time.

usage: costs.py TABLE FOLDER [--write]

A row of TABLE is a model with its settings; behind `|` what it costs:
  kernels, MiB           of all entries of a file for CPUs, by `ganc explain`
  launches, GPU MiB      the same of a file for GPUs
  CPU Kinstr             thousands of instructions of two steps on one thread with AVX2, counted by valgrind: those of a run of three steps
                         less those of a run of one
  warp instr             instructions of warps in one step on the simulated GPU, and in what comes before it
`-` stands where a model is too large to be run here. Fails where a figure is more than 2 % away from the table's: costs that fell are kept
by writing the table anew (--write), in the commit that made them fall. Counts of a CPU are left out where there is no valgrind, and say so.
FOLDER takes trainers and runs. `ganc` is on the PATH.
"""

import argparse
import pathlib
import re
import shutil
import subprocess
import sys

COLUMNS = ("kernels", "MiB", "launches", "GPU MiB", "CPU Kinstr", "warp instr")
TOLERANCE = 0.02  # other versions of LLVM and of libc order a little otherwise


def said_by(*command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        sys.exit(f"error: {' '.join(map(str, command))}\n{done.stdout}")
    return done.stdout


def rows_below(text, heading):
    """The rows of numbers below a heading of `ganc explain`, without the names of the entries."""
    table = text.split(heading, 1)[1].split("\n\n", 1)[0]
    return [[float(number) for number in line.split()[1:]] for line in table.splitlines()[1:] if line]


def planned(model):
    text = said_by("ganc", "explain", *model, "--target=cuda")
    cpu, gpu = rows_below(text, "\nentry                   kernels"), rows_below(text, "\nentry on a GPU")
    return [sum(row[i] for row in rows) for rows, i in ((cpu, 0), (cpu, 2), (gpu, 1), (gpu, 3))]


def train(command, steps, folder, *options):
    return said_by(*command, "train", "--data", "random", "--steps", str(steps), "--seed", "1", "--threads", "1", "--new", "--quiet",
                   "--run-dir", folder / "run", *options)


def counted_on_cpu(model, folder):
    if not shutil.which("valgrind"):
        return None
    trainer = folder / "cpu"
    said_by("ganc", "build", *model, "-o", trainer)
    valgrind = ("valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null", trainer)
    counts = [int(re.search(r"I\s+refs:\s+([\d,]+)", train(valgrind, steps, folder))[1].replace(",", "")) for steps in (1, 3)]
    return (counts[1] - counts[0]) / 1e3


def counted_on_gpu(model, folder):
    trainer = folder / "gpu"
    said_by("ganc", "build", *model, "--target=cuda", "-o", trainer)
    said = train((trainer,), 1, folder, "--device", "sim", "--profile")
    return float(re.search(r"(\d+) warp instructions$", said, re.MULTILINE)[1])


def costs_of(row, models, folder, runs):
    name, *settings = row.split()
    model = [models / f"{name}.gan", *(word for setting in settings for word in ("--set", setting))]
    return planned(model) + ([counted_on_cpu(model, folder), counted_on_gpu(model, folder)] if runs else [None, None])


def shown(figure):
    return "-" if figure is None else f"{figure:.1f}" if figure % 1 else f"{figure:.0f}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("table", type=pathlib.Path)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    models = pathlib.Path(__file__).resolve().parents[2] / "models"
    failed, lines = False, []
    for line in options.table.read_text().splitlines():
        if not line or line.startswith("#"):
            lines.append(line)
            continue
        row, _, figures = line.partition("|")
        known = [None if figure == "-" else float(figure) for figure in figures.split()]
        found = costs_of(row, models, options.folder, runs=known[-1] is not None)
        lines.append(f"{row.rstrip():60} |" + "".join(f"{shown(figure):>13}" for figure in found))
        print(lines[-1])
        for column, before, now in zip(COLUMNS, known, found, strict=True):
            if now is None and before is not None:
                print(f"skipped: {column}: no valgrind")
            elif now is not None and not options.write and not abs(now - before) <= TOLERANCE * before:
                failed = True
                print(f"error: {row.strip()}: {column} was {shown(before)}, is {shown(now)}")
    if options.write:
        options.table.write_text("\n".join(lines) + "\n")
        return 0
    if failed:
        print(f"If that is meant: python3 {sys.argv[0]} {options.table} {options.folder} --write")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
